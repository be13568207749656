"""Text that tries to run, to hide or to break the page, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.model import Document, Entity, Mention, Relation, Source, Span, Statement
from tests.browser import Open, two


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
        assert tab.locator("#detail a, #article a, #table a").count() == 0

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
            "put('<img src=x onerror=\"window.ran = 1\">')",
            "put('<a id=l href=\"javascript:window.ran = 1\">x</a>'); "
            "document.getElementById('l').click()",
            "put('<iframe srcdoc=\"<script>parent.ran = 1</script>\">')",
            "const s = document.createElement('script'); "
            "s.src = 'data:text/javascript,window.ran=1'; document.body.append(s)",
        ],
    )
    def test_the_policy_stops_what_gets_in_all_the_same(self, open_page: Open, attack: str) -> None:
        shown = open_page(two())
        put = "const put = (html) => document.body.insertAdjacentHTML('beforeend', html);"
        shown.tab.evaluate(f"() => {{ {put} {attack} }}")
        shown.tab.wait_for_timeout(150)
        assert shown.tab.evaluate("window.ran") is None
        assert all("Content Security Policy" in words for words in shown.complaints)
        shown.complaints.clear()
        shown.requests.clear()  # what was refused is listed, too

    def test_the_policy_lets_nothing_out(self, open_page: Open) -> None:
        shown = open_page(two())
        asked = "fetch('https://example.org/').then(() => 'sent', () => 'refused')"
        assert shown.tab.evaluate(asked) == "refused"
        assert "Content Security Policy" in shown.complaints.pop(0)
        shown.complaints.clear()
        shown.requests.clear()
