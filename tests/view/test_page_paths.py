"""The path between two on the page: by what is done before all else, and with the words for it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import Open, Opened
from tests.networks import Told, document

WEB = document(
    Told("Anna", "Zoe", status="planned"),
    Told("Anna", "Oz", "holdsPosition"),
    Told("Zoe", "Oz", "holdsPosition"),
    Told("Anna", "Boris", date="2025-02-17", score=0.6),
    Told("Boris", "Zoe", score=0.6),
    Told("Anna", "Carla", "criticized", date="2025-02-18", score=0.9),
    Told("Zoe", "Carla", score=0.9),
    Told("Anna", "Dora", status="planned", score=0.9),
    Told("Anna", "Dora", "criticized", score=0.4),
    Told("Dora", "Oslo", "holdsPosition"),
    Told("Emil", "Zoe", status="negated"),
    Told("Emil", "Fay"),
    id="web",
    date="2025-02-20",
)


def follow(shown: Opened, ends: str) -> tuple[str, list[str]]:
    """Return what the side says of a path, and its steps, each with the words for it."""
    shown.tab.evaluate("link => { location.hash = link }", f"#path={ends}")
    shown.tab.wait_for_timeout(60)
    told = " ".join(shown.tab.locator("#detail p.facts").all_inner_texts())
    steps = shown.tab.locator("#detail .steps-told > li").all_inner_texts()
    return told, [" ".join(step.split()) for step in steps]


def test_a_path_goes_by_what_is_done_and_tells_whose_words_say_so(open_page: Open) -> None:
    shown = open_page(WEB)
    # Shorter is a plan; as short are two offices, and a way by Boris that is less likely right.
    assert follow(shown, "Anna..Zoe") == (
        "shortest path: 2 steps",
        [
            "criticized Carla 18 Feb 2025 “Anna and in web Carla” web · 20 Feb 2025",
            "met with Zoe “Zoe and in web Carla” web · 20 Feb 2025",
        ],
    )
    shown.tab.locator("#detail .steps-told .row").first.click()
    expect(shown.tab.locator("#detail blockquote")).to_have_text("Anna and in web Carla")


def test_a_path_by_plans_or_offices_says_so_and_what_is_denied_joins_nobody(
    open_page: Open,
) -> None:
    shown = open_page(WEB)
    told, steps = follow(shown, "Anna..Oz")
    none = "No path by what is stated as done joins the two; this one uses"
    assert told == f"shortest path: 1 step {none} an office or another lasting bond."
    assert len(steps) == 1
    told, steps = follow(shown, "Anna..Oslo")
    assert told == f"shortest path: 2 steps {none} an office or another lasting bond."
    assert steps[0].startswith("criticized Dora “")  # what is done, though the plan is surer
    follow(shown, "Anna..Zoe")
    shown.tab.evaluate(
        "() => { location.hash = '#relations=metWith&statuses=planned&path=Anna..Zoe' }"
    )
    expect(shown.tab.locator("#detail")).to_contain_text(f"{none} a plan.")
    expect(shown.tab.locator("#detail .steps-told .badge")).to_have_text("planned")
    assert follow(shown, "Emil..Zoe") == ("No path over what is shown connects the two.", [])
    assert follow(shown, "Anna..Anna") == ("The two are one; choose another for a path.", [])
