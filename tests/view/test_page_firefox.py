"""The page in Firefox: it opens, draws, selects, filters, and keeps to itself."""

from __future__ import annotations

from pathlib import Path

from kg.model import Document
from kg.relations import shipped
from kg.view.page import page
from tests.browser import two
from tests.firefox import Firefox, installed
from tests.hostile import CANARY, corpus, lexicon

TEXT = "document.querySelector('{}').textContent"


if installed():  # tests/run.sh says so where it cannot be installed

    def test_firefox_shows_what_chromium_shows(tmp_path: Path, gold_seed: Document) -> None:
        files = {
            "seed": page([gold_seed], lexicon=shipped(), title="Talks"),
            "two": page([two()], lexicon=shipped(), title="Two"),
            "hostile": page(corpus(), lexicon=lexicon(), title="<script>"),
        }
        address = {}
        for name, html in files.items():
            file = tmp_path / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            address[name] = file.as_uri()
        with Firefox(tmp_path) as firefox:
            firefox.open(address["seed"])
            assert "32 relations" in firefox.run(TEXT.format("#counts"))
            firefox.type("/", *"macron", "Enter")
            firefox.until(f"{TEXT.format('#detail h2')} === 'Emmanuel Macron'")
            views = firefox.run("[...document.querySelectorAll('[id^=view-][role=tab]')]"
                                ".map((tab) => tab.id).join()").split(",")  # fmt: skip
            for view in views:
                firefox.run(f"document.getElementById('{view}').click()")
                firefox.until(f"document.querySelector('#{view}').ariaSelected === 'true'")
            firefox.run("document.getElementById('view-graph').click()")
            firefox.run("document.querySelector('[data-entry=\"status:negated\"]').click()")
            firefox.until(f"{TEXT.format('#counts')}.includes('31 of 32 relations')")

            firefox.open(address["two"])  # its one line runs through the middle
            box = firefox.run("(() => { const b = document.querySelector('#network')"
                              ".getBoundingClientRect(); return `${b.x + b.width / 2},"
                              "${b.y + b.height / 2}`; })()")  # fmt: skip
            x, y = (int(float(part)) for part in box.split(","))
            for down in range(-40, 41, 4):
                firefox.click(x, y + down)
                if firefox.run("location.hash.includes('edge=')"):
                    break
            firefox.until("document.querySelector('#article mark') !== null")

            firefox.open(address["hostile"])
            for _ in range(12):
                firefox.type("n", "Enter")
            assert firefox.run("window.ran === undefined") is True

            assert firefox.complaints == []
            ours = (*address.values(), "about:", "data:", "blob:", "chrome:", "resource:", "moz-")
            assert [url for url in firefox.requests if not url.startswith(ours)] == []

            firefox.run(
                f"document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"{CANARY}\">')"
            )
            firefox.run("new Promise((done) => setTimeout(done, 200))")
            assert firefox.run("window.ran === undefined") is True
            assert any("Content-Security-Policy" in said for said in firefox.complaints)
