"""The page in a real browser: what it shows, asks for, and lets hostile text do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kg.model import Document, Entity, Mention, Relation, Source, Span, Statement
from kg.relations import shipped
from kg.view.page import page

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PEACE = "Ukraine has not agreed and is not sitting at the negotiating table"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


class Opened:
    """A page in its own window, with all that it asked for and complained of."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    @property
    def detail(self) -> str:
        return self.tab.locator("#detail").inner_text()

    def search(self, words: str) -> None:
        self.tab.keyboard.press("/")
        self.tab.keyboard.type(words)

    def hover_across(self, wanted: str) -> None:
        """Move across the graph until the tip names what is wanted."""
        box = self.tab.locator("#network").bounding_box()
        assert box is not None
        for y in range(-40, 21, 15):
            for x in range(10, int(box["width"]) - 10, 12):
                self.tab.mouse.move(box["x"] + x, box["y"] + box["height"] / 2 + y)
                if self.tab.locator("#tip:visible strong", has_text=wanted).count():
                    return
        raise AssertionError(f"nothing in the graph is called {wanted}")

    def hover_middle(self) -> str:
        """Move down through the middle of the graph until something answers; return its words."""
        box = self.tab.locator("#network").bounding_box()
        assert box is not None
        for y in range(-60, 61, 3):
            self.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + y)
            self.tab.wait_for_timeout(15)
            if self.tab.locator("#tip").is_visible():
                return self.tab.locator("#tip").inner_text()
        return ""


Open = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Write documents as a page and open the file."""
    windows = []

    def opened(*documents: Document, link: str = "", size: tuple[int, int] = (1400, 900)) -> Opened:
        file = tmp_path / "page.html"
        file.write_text(page(documents, lexicon=shipped(), title="Talks"), encoding="utf-8")
        window = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
        )
        windows.append(window)
        found = Opened(window.new_page())
        found.tab.goto(file.as_uri() + link)
        found.tab.wait_for_selector("html[data-ready]")
        return found

    yield opened
    for window in windows:
        window.close()


def two(subject: str = "Emmanuel Macron", object_: str = "Donald Trump", **fields: str) -> Document:
    """A document with one relation, so that its line runs through the middle of the graph."""
    text = f"On Monday, {subject} briefed {object_} on the talks."
    one, other = text.index(subject), text.index(object_, 12 + len(subject))
    return Document(
        id=fields.get("id", "one"),
        text=text,
        entities=(
            Entity("e1", "Person", subject, (Mention(Span(one, one + len(subject))),)),
            Entity("e2", "Person", object_, (Mention(Span(other, other + len(object_))),)),
        ),
        relations=(Relation("briefed", "e1", "e2", "actual", Span(0, len(text))),),
        statements=(Statement("e1", Span(0, 9), "direct", cue="said"),),
    )


def test_the_file_asks_for_nothing_and_complains_of_nothing(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)
    for view in ("relations", "statements", "graph"):
        shown.tab.click(f"#view-{view}")
    shown.tab.keyboard.press("t")
    shown.search("macron")
    shown.tab.keyboard.press("Enter")
    (own,) = [url for url in shown.requests if not url.startswith("data:")]
    assert own.startswith("file:")
    assert shown.complaints == []


def test_a_click_on_a_line_shows_the_sentence_and_marks_it_in_the_article(open_page: Open) -> None:
    shown = open_page(two())
    assert "Emmanuel Macron – briefed – Donald Trump" in shown.hover_middle()
    shown.tab.mouse.down()
    shown.tab.mouse.up()
    sentence = "On Monday, Emmanuel Macron briefed Donald Trump on the talks."
    expect(shown.tab.locator("#detail blockquote")).to_have_text(sentence)
    expect(shown.tab.locator("#detail .badge")).to_have_text("actual")
    expect(shown.tab.locator("#article mark")).to_have_text(sentence)


def test_the_legend_hides_a_type_says_so_and_brings_it_back(open_page: Open) -> None:
    shown = open_page(two())
    assert shown.hover_middle()
    shown.tab.click('[data-entry="type:Person"]')
    expect(shown.tab.locator("#chips")).to_contain_text("2 entities and 1 relation hidden")
    assert shown.hover_middle() == ""
    shown.tab.click("#chips button")
    expect(shown.tab.locator("#chips")).to_be_empty()
    assert shown.hover_middle()


def test_what_is_hidden_stays_hidden_in_the_dark(open_page: Open) -> None:
    shown = open_page(two())
    shown.tab.click('[data-entry="relation:briefed"]')
    shown.tab.click("#theme")
    assert shown.hover_middle() == ""
    shown.tab.click('[data-entry="relation:briefed"]')
    assert "briefed" in shown.hover_middle()


def test_the_tip_goes_when_the_pointer_leaves_or_clicks(open_page: Open) -> None:
    shown = open_page(two())
    tip = shown.tab.locator("#tip")
    assert shown.hover_middle()
    shown.tab.locator("#legend").hover()
    expect(tip).to_be_hidden()
    assert shown.hover_middle()
    shown.tab.mouse.down()
    shown.tab.mouse.up()
    expect(tip).to_be_hidden()


def test_counts_in_the_legend_are_those_of_the_document(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)

    def number(entry: str) -> str:
        return shown.tab.locator(f'[data-entry="{entry}"] .number').inner_text()

    assert [number(f"type:{kind}") for kind in ("Person", "Country", "Event")] == ["10", "12", "5"]
    assert [number(f"status:{status}") for status in ("actual", "planned", "possible", "negated")] \
        == ["28", "2", "1", "1"]  # fmt: skip
    assert number("relation:attended") == "11"


def test_alt_click_shows_only_this_status_and_the_table_follows(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)
    shown.tab.click('[data-entry="status:planned"]', modifiers=["Alt"])
    shown.tab.click("#view-relations")
    rows = shown.tab.locator("#table tbody tr")
    expect(rows).to_have_count(2)
    assert sorted(row.split("\t")[0] for row in rows.all_inner_texts()) == [
        "Emmanuel Macron", "senior U.S. officials",
    ]  # fmt: skip
    expect(shown.tab.locator("#table tbody .badge")).to_have_text(["planned", "planned"])


def test_search_finds_macron_by_keyboard_alone(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.search("macron")
    expect(shown.tab.locator("#hit-0")).to_contain_text("Emmanuel Macron")
    shown.tab.keyboard.press("ArrowDown")
    shown.tab.keyboard.press("ArrowUp")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")
    assert "briefed" in shown.detail
    assert "planned" in shown.detail
    shown.tab.keyboard.press("Escape")
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator("#detail .hint")).to_be_visible()


@pytest.mark.parametrize("words", ["elysee palace", "ÉLYSÉE"])
def test_search_minds_neither_accents_nor_case(
    open_page: Open, gold_seed: Document, words: str
) -> None:
    shown = open_page(gold_seed)
    shown.search(words)
    expect(shown.tab.locator("#hit-0")).to_contain_text("Élysée Palace")


def test_search_in_the_text_opens_the_passage(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.search("negotiating table. General")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#article mark")).to_have_text("negotiating table. General")


def test_a_denied_fact_is_named_denied_with_its_words(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.search("ukraine attended")
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail .facts .badge")).to_have_text("negated")
    assert PEACE in shown.tab.locator("#detail blockquote").inner_text()
    assert PEACE in "".join(shown.tab.locator("#article mark").all_inner_texts())


def test_a_name_in_the_article_opens_the_entity(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.tab.locator("#article .mention", has_text="Zelenskyy").first.click()
    expect(shown.tab.locator("#detail h2")).to_have_text("Volodymyr Zelenskyy")
    lit = shown.tab.locator("#article .mention.lit")
    assert set(lit.all_inner_texts()) == {"Zelenskyy"}


def test_the_keys_walk_through_entities_and_their_relations(open_page: Open) -> None:
    shown = open_page(two())
    shown.tab.keyboard.press("n")
    expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")
    shown.tab.keyboard.press("n")
    expect(shown.tab.locator("#detail h2")).to_have_text("Donald Trump")
    shown.tab.locator("#network").focus()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail blockquote")).to_contain_text("briefed")


def test_the_table_can_be_sorted_and_opened_by_keyboard(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed)
    shown.tab.keyboard.press("r")
    header = shown.tab.locator("#table th", has_text="Subject")
    expect(header).to_have_attribute("aria-sort", "ascending")
    header.locator("button").focus()
    shown.tab.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    subjects = shown.tab.locator("#table tbody td:nth-child(1)").all_inner_texts()
    assert len(set(subjects)) > 10
    assert subjects == sorted(subjects, key=str.casefold, reverse=True)
    shown.tab.locator("#table tbody .verb").first.focus()
    shown.tab.keyboard.press("Enter")
    expect(shown.tab.locator("#detail blockquote")).to_be_visible()


def test_the_link_keeps_selection_and_filters(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed, link="#focus=Keith%20Kellogg&hide=type:Place")
    expect(shown.tab.locator("#detail h2")).to_have_text("Keith Kellogg")
    expect(shown.tab.locator('[data-entry="type:Place"]')).to_have_attribute(
        "aria-pressed", "false"
    )
    shown.tab.locator("#detail .names button", has_text="EU officials").click()
    link = shown.tab.evaluate("location.hash")
    again = open_page(gold_seed, link=link)
    assert "EU officials" in again.detail
    assert "Keith Kellogg" in again.detail


def test_every_document_that_says_so_is_listed(open_page: Open) -> None:
    first, second = two(), two(id="two")
    same = [
        document.but(
            entities=tuple(
                Entity(e.id, e.type, e.name, e.mentions, iri=f"http://x/{e.id}")
                for e in document.entities
            ),
            source=Source(title=title, url=f"https://example.org/{title}"),
        )
        for document, title in ((first, "Monday"), (second, "Tuesday"))
    ]
    shown = open_page(*same)
    shown.search("briefed")
    shown.tab.keyboard.press("Enter")
    assert "2 documents say so" in shown.detail
    expect(shown.tab.locator("#detail .source button")).to_have_text(["Monday", "Tuesday"])
    shown.tab.locator("#detail .source button").nth(1).click()
    link = shown.tab.locator("#article a")
    expect(link).to_have_attribute("href", "https://example.org/Tuesday")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_the_timeline_chooses_facts_by_their_days(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    document = document.but(
        relations=(
            replace(fact, date="2025-02-14"),
            replace(fact, date="2025-02-18", status="planned"),
            replace(fact, date="shortly before", status="possible"),
        )
    )
    shown = open_page(document, link="#time=2025-02-15..")
    badges = shown.tab.locator("#table tbody .badge")
    shown.tab.keyboard.press("r")
    expect(badges).to_have_text(["planned", "possible"])
    shown.tab.uncheck("#undated")
    expect(badges).to_have_text(["planned"])
    shown.tab.locator("#from").press("Home")
    expect(badges).to_have_text(["actual", "planned"])
    shown.tab.locator("#to").press("ArrowLeft")
    expect(badges).to_have_text(["actual"])
    assert "time=..2025-02-17&undated=no" in shown.tab.evaluate("location.hash")
    shown.tab.keyboard.press("g")
    shown.tab.click("#chips button")
    expect(shown.tab.locator("#time-words")).to_contain_text("2025-02-14 – 2025-02-18")


def test_one_old_date_does_not_squeeze_the_others(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    days = ("2015-06-01", "2025-02-14", "2025-02-21")
    shown = open_page(document.but(relations=tuple(replace(fact, date=day) for day in days)))
    lefts = shown.tab.locator("#bars i").evaluate_all(
        "all => all.map(i => parseFloat(i.style.left))"
    )
    assert lefts == pytest.approx([0, 66.67, 100], abs=0.1)  # two weeks for ten years, then a week
    expect(shown.tab.locator("#ticks span").first).to_have_text("Jun 2015")
    shown.tab.locator("#from").press("ArrowRight")
    expect(shown.tab.locator("#time-words")).to_contain_text("– 2025-02-21")
    shown.tab.locator("#from").press("End")
    expect(shown.tab.locator("#time-words")).to_contain_text("1 dated relation shown")


def test_offices_happen_on_no_day(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    held = replace(fact, type="holdsPosition", date="2015")
    dated = [replace(fact, date=day) for day in ("2025-02-14", "2025-02-18")]
    shown = open_page(document.but(relations=(held, *dated)))
    expect(shown.tab.locator("#time-words")).to_contain_text("2025-02-14 – 2025-02-18")


def test_without_two_days_there_is_no_timeline(open_page: Open) -> None:
    expect(open_page(two()).tab.locator("#time")).to_be_hidden()


def test_shift_click_shows_the_shortest_path(open_page: Open) -> None:
    shown = open_page(two())
    shown.hover_across("Emmanuel Macron")
    shown.tab.mouse.down()
    shown.tab.mouse.up()
    expect(shown.tab.locator("#detail h2")).to_have_text("Emmanuel Macron")
    shown.hover_across("Donald Trump")
    shown.tab.keyboard.down("Shift")
    shown.tab.mouse.down()
    shown.tab.mouse.up()
    expect(shown.tab.locator("#detail")).to_contain_text("shortest path: 1 step")


def test_only_the_neighbours_of_an_entity_can_be_shown(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed, link="#focus=Keith%20Kellogg")
    shown.tab.click("text=Show only direct neighbours")
    expect(shown.tab.locator("#counts")).to_contain_text("4 of 42 entities")
    shown.tab.keyboard.press("Escape")
    expect(shown.tab.locator("#counts")).to_contain_text("42 entities")


def test_a_page_with_nothing_found_says_what_to_do(open_page: Open) -> None:
    shown = open_page(Document(id="none", text="It rained."))
    expect(shown.tab.locator("#empty")).to_contain_text("No people")
    expect(shown.tab.locator("#article")).to_contain_text("It rained.")
    nothing = open_page()
    expect(nothing.tab.locator("#empty")).to_be_visible()
    assert shown.complaints == nothing.complaints == []


def test_entities_without_relations_are_explained(open_page: Open) -> None:
    shown = open_page(two().but(relations=()))
    expect(shown.tab.locator("#empty")).to_contain_text("no relation between them")


def test_the_table_to_take_along_holds_what_is_shown(open_page: Open, gold_seed: Document) -> None:
    shown = open_page(gold_seed)
    shown.tab.click('[data-entry="status:negated"]', modifiers=["Alt"])
    with shown.tab.expect_download() as download:
        shown.tab.click("#csv")
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith('"subject","relation","object","status"')
    assert rows[1].startswith('"Ukraine","attended","peace talks (upcoming)","negated"')
    assert len(rows) == 2
    with shown.tab.expect_download() as picture:
        shown.tab.click("#png")
    image = picture.value.path().read_bytes()
    assert image.startswith(b"\x89PNG")
    seen = shown.tab.evaluate("document.querySelector('#network canvas').clientWidth")
    assert int.from_bytes(image[16:20], "big") == 2 * seen


def test_offsets_to_take_along_count_code_points(open_page: Open) -> None:
    document = two("😀 Macron", "Trump")
    shown = open_page(document)
    with shown.tab.expect_download() as download:
        shown.tab.click("#csv")
    row = download.value.path().read_text(encoding="utf-8-sig").splitlines()[1]
    assert f'"0","{len(document.text)}"' in row


def test_dark_is_kept_and_follows_the_system_at_first(browser: Browser, open_page: Open) -> None:
    shown = open_page(two())
    assert shown.tab.locator("html").get_attribute("data-theme") == "light"
    shown.tab.click("#theme")
    assert shown.tab.locator("html").get_attribute("data-theme") == "dark"
    shown.tab.reload()
    shown.tab.wait_for_selector("html[data-ready]")
    assert shown.tab.locator("html").get_attribute("data-theme") == "dark"


def test_a_phone_shows_it_all_without_scrolling_sideways(
    open_page: Open, gold_seed: Document
) -> None:
    shown = open_page(gold_seed, size=(420, 860))
    assert shown.tab.evaluate("document.documentElement.scrollWidth") <= 420
    expect(shown.tab.locator("#legend")).to_be_hidden()
    shown.tab.click("#filters")
    expect(shown.tab.locator("#legend")).to_be_visible()


class TestHostile:
    """Text that tries to run, to hide or to break the page."""

    ATTACKS = (
        "<script>document.title='hacked'</script>",
        "</script><script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '" onmouseover="alert(1)',
        "<a href='javascript:alert(1)'>href</a>",
        "javascript:alert(1)",
        "__proto__",
        "constructor",
        "\u202egnp.exe\u2066",
        "{{7*7}}{% raw %}{#",
        "<!--<script>",
        "x" * 10_000,
    )

    def document(self) -> Document:
        """Everybody's name is an attack, and everybody briefs the next."""
        text, entities, relations = "", [], []
        for number, attack in enumerate(self.ATTACKS):
            span = Span(len(text), len(text) + len(attack))
            text += attack + "\n"
            entities.append(Entity(attack[:40], "Person", attack, (Mention(span),), iri=attack))
            if number:
                relations.append(
                    Relation(
                        "briefed",
                        entities[number - 1].id,
                        attack[:40],
                        "actual",
                        span,
                        title=attack,
                        date=attack,
                        by=attack,
                    )
                )
        statements = (Statement(entities[0].id, Span(0, 20), "direct", cue=self.ATTACKS[2]),)
        return Document(
            id=self.ATTACKS[0],
            text=text,
            source=Source(url=self.ATTACKS[5], title=self.ATTACKS[1], publisher=self.ATTACKS[2]),
            entities=tuple(entities),
            relations=tuple(relations),
            statements=statements,
        )

    def test_nothing_of_it_runs_anywhere_on_the_page(self, open_page: Open) -> None:
        shown = open_page(self.document())
        tab = shown.tab
        for _ in self.ATTACKS:
            tab.keyboard.press("n")
            tab.locator("#network").focus()
            tab.keyboard.press("Enter")
        shown.search("href")
        tab.keyboard.press("Escape")
        for view in ("relations", "statements", "graph"):
            tab.click(f"#view-{view}")
            tab.wait_for_timeout(50)
        shown.hover_middle()
        expect(tab.locator('[data-entry="type:Person"] .number')).to_have_text(
            str(len(self.ATTACKS))
        )
        assert tab.title() == "Talks"
        assert shown.dialogs == []
        assert shown.complaints == []
        assert tab.locator("#detail a, #article a, #table a").count() == 0
        assert [url for url in shown.requests if not url.startswith(("file:", "data:"))] == []

    def test_long_words_do_not_widen_the_page(self, open_page: Open) -> None:
        shown = open_page(self.document())
        for view in ("graph", "relations", "statements"):
            shown.tab.click(f"#view-{view}")
            assert shown.tab.evaluate("document.documentElement.scrollWidth") <= 1400
            assert shown.tab.evaluate("document.getElementById('side').scrollWidth") <= 400

    @pytest.mark.parametrize(
        "attack",
        [
            "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; "
            "document.body.append(s)",
            "document.body.innerHTML = '<img src=x onerror=\"window.ran = 1\">'",
            "document.body.innerHTML = '<a id=l href=\"javascript:window.ran = 1\">x</a>'; "
            "document.getElementById('l').click()",
            "document.body.innerHTML = '<iframe srcdoc=\"<script>parent.ran = 1</script>\">'",
            "const s = document.createElement('script'); "
            "s.src = 'data:text/javascript,window.ran=1'; document.body.append(s)",
        ],
    )
    def test_the_policy_stops_what_gets_in_all_the_same(self, open_page: Open, attack: str) -> None:
        shown = open_page(two())
        shown.tab.evaluate(f"() => {{ {attack} }}")
        shown.tab.wait_for_timeout(150)
        assert shown.tab.evaluate("window.ran") is None

    def test_the_policy_lets_nothing_out(self, open_page: Open) -> None:
        shown = open_page(two())
        asked = "fetch('https://example.org/').then(() => 'sent', () => 'refused')"
        assert shown.tab.evaluate(asked) == "refused"


def test_the_page_works_in_the_sandbox_of_a_notebook(
    browser: Browser, tmp_path: Path, gold_seed: Document
) -> None:
    inner = escape(page([gold_seed], lexicon=shipped(), title="Talks"), quote=True)
    outer = tmp_path / "notebook.html"
    outer.write_text(
        '<!doctype html><meta charset="utf-8"><iframe width="1200" height="700" '
        f'sandbox="allow-scripts allow-downloads allow-popups" srcdoc="{inner}"></iframe>',
        encoding="utf-8",
    )
    window = browser.new_context(reduced_motion="reduce")
    shown = Opened(window.new_page())
    shown.tab.goto(outer.as_uri())
    frame = shown.tab.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator("#theme").click()
    frame.locator("#query").fill("macron")
    frame.locator("#query").press("Enter")
    expect(frame.locator("#detail h2")).to_have_text("Emmanuel Macron")
    assert shown.complaints == []
    window.close()


def test_relations_can_be_chosen_by_how_likely_they_are_right(open_page: Open) -> None:
    document = two()
    (fact,) = document.relations
    document = document.but(
        relations=(
            replace(fact, score=0.95),
            replace(fact, score=0.75, status="planned"),
            replace(fact, score=0.4, status="possible"),
        )
    )
    shown = open_page(document)
    shown.tab.keyboard.press("r")
    badges = shown.tab.locator("#table tbody .badge")
    steps = shown.tab.locator("#legend .steps button")
    expect(steps).to_have_text(["all", "50 %", "70 %", "80 %", "90 %"])
    steps.nth(2).click()
    expect(badges).to_have_text(["actual", "planned"])
    expect(steps.nth(2)).to_have_attribute("aria-pressed", "true")
    again = open_page(document, link=shown.tab.evaluate("location.hash"))
    expect(again.tab.locator("#table tbody .badge")).to_have_text(["actual", "planned"])
    again.tab.locator("#legend .steps button").first.click()
    expect(again.tab.locator("#table tbody .badge")).to_have_count(3)


def test_relations_that_are_all_sure_need_no_such_choice(open_page: Open) -> None:
    shown = open_page(two())
    expect(shown.tab.locator("#legend .entry").first).to_be_visible()
    expect(shown.tab.locator("#legend .steps")).to_have_count(0)


def test_background_is_hidden_until_it_is_asked_for(open_page: Open) -> None:
    said = two()
    known = Relation(
        "citizenOf", "e1", "e3", "actual", said.entities[0].mentions[0].span,
        basis="background", by="background/officials",
    )  # fmt: skip
    france = Entity("e3", "Country", "France", iso3="FRA")
    shown = open_page(
        said.but(entities=(*said.entities, france), relations=(*said.relations, known))
    )
    counts = shown.tab.locator("#counts")
    own = shown.tab.locator('[data-entry="basis:background"]')
    expect(counts).to_contain_text("1 of 2 relations")
    expect(own).to_have_attribute("aria-pressed", "false")
    own.click()
    expect(counts).to_contain_text("2 relations")
    shown.tab.click("#view-relations")
    rows = shown.tab.locator("#table tbody tr")
    expect(rows.filter(has_text="citizen of")).to_contain_text("background")
    expect(rows.filter(has_text="briefed")).not_to_contain_text("background")


def test_a_page_without_background_does_not_speak_of_it(open_page: Open) -> None:
    shown = open_page(two())
    expect(shown.tab.locator("#counts")).to_contain_text("1 relation")
    expect(shown.tab.locator('[data-entry^="basis:"]')).to_have_count(0)
