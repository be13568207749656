"""How long the page of a large graph takes to open, to select an entity and to filter.

    python tests/bench/page.py 2000 --chromium /usr/bin/chromium [--keep page.html]

A graph of N invented entities with 2 N relations, spread over N / 20 documents, is drawn and
opened in a headless Chromium without a graphics card. Each figure is the median of several tries,
in milliseconds from the act until the frame after it is painted.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from kg.model import STATUSES, Document, Entity, EntityType, Mention, Relation, Span
from kg.relations import shipped
from kg.view.page import page

TYPES: tuple[EntityType, ...] = ("Person", "Person", "Country", "Organization", "Place", "Event")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TRIES = 7
NAMES = ("Anna Berg", "Boris Lund", "Northland", "Council of Ports", "Oldtown", "talks")
PAINTED = """(act) => new Promise((done) => {
  const start = performance.now();
  if (act.key) dispatchEvent(new KeyboardEvent("keydown", { key: act.key }));
  else document.querySelector(act.click).click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("nodes", type=int, nargs="?", default=2000)
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser to run")
    parser.add_argument("--keep", type=Path, help="keep the page in this file")
    options = parser.parse_args()
    start = perf_counter()
    html = page(documents(options.nodes), lexicon=shipped(), title=f"{options.nodes} entities")
    print(f"drawn   {perf_counter() - start:8.1f} s, {len(html.encode()) / 1e6:.1f} MB")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = (options.keep or Path(folder, "page.html")).absolute()
        file.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=options.chromium, args=ARGUMENTS)
        measure(browser, file)
        browser.close()


def documents(nodes: int, *, size: int = 20, seed: int = 7) -> list[Document]:
    """Invent a graph in which few entities have many relations, as in the news."""
    chance = random.Random(seed)
    names = list(shipped())
    known = [0]
    facts = []
    for number in range(2 * nodes):
        one = number if 0 < number < nodes else chance.randrange(nodes)
        other = chance.choice(known)
        facts.append((one, other if other != one else (one + 1) % nodes))
        known += facts[-1]
    return [
        document(number, facts[start : start + 2 * size], chance, names)
        for number, start in enumerate(range(0, len(facts), 2 * size))
    ]


def document(
    number: int, facts: list[tuple[int, int]], chance: random.Random, names: list[str]
) -> Document:
    """Write one sentence for each fact and nothing else."""
    text, relations = "", []
    spans: dict[int, list[Span]] = {}
    for one, other in facts:
        start = len(text)
        for who in (one, other):
            spans.setdefault(who, []).append(Span(len(text), len(text) + len(name_of(who))))
            text += f"{name_of(who)} "
        relations.append(
            Relation(
                chance.choice(names),
                f"e{one}",
                f"e{other}",
                chance.choices(STATUSES, (85, 8, 5, 2))[0],
                Span(start, len(text) - 1),
                date=f"2025-02-{chance.randrange(1, 28):02}",
            )
        )
        text += "\n"
    entities = tuple(
        Entity(
            f"e{who}",
            TYPES[who % len(TYPES)],
            name_of(who),
            tuple(map(Mention, found)),
            iri=f"https://example.org/{who}",
        )
        for who, found in spans.items()
    )
    return Document(id=f"d{number}", text=text, entities=entities, relations=tuple(relations))


def name_of(number: int) -> str:
    return f"{NAMES[number % len(NAMES)]} {number}"


def measure(browser: Browser, file: Path) -> None:
    window = browser.new_context(
        viewport={"width": 1400, "height": 900}, reduced_motion="reduce", color_scheme="light"
    )
    tab = window.new_page()
    start = perf_counter()
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-ready]")
    print(f"ready   {1000 * (perf_counter() - start):8.0f} ms")
    measure_acts(
        tab,
        {
            "overview": {"key": "f"},
            "select": {"key": "n"},  # with nothing selected: the best connected entity
            "clear": {"key": "Escape"},
            "hide": {"click": '[data-entry^="type:"]'},
            "show": {"click": '[data-entry^="type:"]'},
        },
    )
    window.close()


def measure_acts(tab: Page, acts: dict[str, dict[str, str]]) -> None:
    """Do the acts in turn, several times, and print the median of each."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(TRIES):
        for name, act in acts.items():
            taken[name].append(float(tab.evaluate(PAINTED, act)))
    for name, times in taken.items():
        print(f"{name:8}{median(times):8.0f} ms")


if __name__ == "__main__":
    main()
