"""How long pages of large graphs take to make, open, select and filter, beside stock pyvis.

    python tests/bench/page.py [50 500 2000 5000 20000] [--stock 60] [--chromium /usr/bin/chromium]

A graph of N invented entities with 2 N relations, spread over N / 20 documents, is drawn and
opened in a headless Chromium without a graphics card, and so is `pyvis.network.Network` with its
own settings, the same nodes and the same lines. Acts are medians of several tries, in milliseconds
from the act until the frame after it is painted. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, Error, Page, sync_playwright

from kg.model import STATUSES, Document, Entity, EntityType, Mention, Relation, Span
from kg.relations import shipped
from kg.view.page import page

TYPES: tuple[EntityType, ...] = ("Person", "Person", "Country", "Organization", "Place", "Event")
NAMES = ("Anna Berg", "Boris Lund", "Northland", "Council of Ports", "Oldtown", "talks")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--enable-precise-memory-info",
]  # fmt: skip
TRIES = 5
PAINTED = """(act) => new Promise((done) => {
  const start = performance.now();
  if (act.key) dispatchEvent(new KeyboardEvent("keydown", { key: act.key }));
  else document.querySelector(act.click).click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""
# Drag for a second, one step each frame, and count the frames.
PAN = """(root) => new Promise((done) => {
  const canvas = document.querySelector(`${root} canvas`);
  const box = canvas.getBoundingClientRect();
  const send = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { bubbles: true,
    pointerId: 1, isPrimary: true, pointerType: "mouse", button: 0, buttons: 1,
    clientX: box.x + x, clientY: box.y + y }));
  let frames = 0;
  const start = performance.now();
  send("pointerdown", 5, 5);
  const step = () => {
    frames += 1;
    send("pointermove", 5 + 3 * frames, 5 + frames);
    if (performance.now() - start < 1000) return requestAnimationFrame(step);
    send("pointerup", 5, 5);
    return done((1000 * frames) / (performance.now() - start));
  };
  requestAnimationFrame(step);
})"""
HEAP = "() => performance.memory.usedJSHeapSize / 1e6"
COLUMNS = (
    "nodes", "page", "made s", "file MB", "ready s", "select ms", "clear ms", "hide ms", "show ms",
    "pan frames/s", "JS heap MB", "requests",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("nodes", type=int, nargs="*", default=[50, 500, 2000, 5000, 20000])
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser to run")
    parser.add_argument("--stock", type=float, default=60, help="seconds that stock pyvis gets")
    parser.add_argument("--keep", type=Path, help="keep the pages in this folder")
    options = parser.parse_args()
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = options.keep or Path(temporary)
        for nodes in options.nodes:
            for kind in ("kg", "pyvis"):
                file = (folder / f"{kind}{nodes}.html").absolute()
                limit = options.stock if kind == "pyvis" else 600
                made = in_time(make, limit, kind, nodes, file)
                row = [f"{nodes:,}", kind, short(made, limit)]
                if made is not None:
                    browser = playwright.chromium.launch(
                        executable_path=options.chromium, args=ARGUMENTS
                    )
                    row += [f"{file.stat().st_size / 1e6:.1f}"]
                    row += own(browser, file) if kind == "kg" else stock(browser, file, limit)
                    browser.close()
                print(f"| {' | '.join([*row, *['-'] * (len(COLUMNS) - len(row))])} |", flush=True)


def in_time(act: object, limit: float, *given: object) -> float | None:
    """Do it in another process; return the seconds it says it took, or None after the limit."""
    with ProcessPoolExecutor(1) as pool:
        running = pool.submit(act, *given)  # type: ignore[arg-type]
        try:
            return float(running.result(timeout=limit + 30))  # type: ignore[arg-type]
        except TimeoutError:
            for process in list(pool._processes.values()):
                process.kill()
            return None


def short(taken: float | None, limit: float) -> str:
    return f"> {limit:.0f}" if taken is None or taken > limit else f"{taken:.1f}"


def make(kind: str, nodes: int, file: Path) -> float:
    """Write a page; return how long that took, without the time to invent the graph."""
    given = documents(nodes)
    start = perf_counter()
    if kind == "kg":
        html = page(given, lexicon=shipped(), title=f"{nodes:,} entities")
    else:
        from pyvis.network import Network  # takes a while to load

        start = perf_counter()
        network = Network(directed=True, cdn_resources="in_line")
        names = {entity.id: entity.name for one in given for entity in one.entities}
        for node, name in names.items():
            network.add_node(node, label=name)
        for one in given:
            for relation in one.relations:
                network.add_edge(relation.subject, relation.object, title=relation.type)
        html = network.generate_html()
    file.write_text(html, encoding="utf-8")
    return perf_counter() - start


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


def opened(browser: Browser) -> tuple[Page, list[str]]:
    """Return a tab, and the list of what it asks for that is not the file itself."""
    window = browser.new_context(
        viewport={"width": 1400, "height": 900}, reduced_motion="reduce", color_scheme="light"
    )
    tab, asked = window.new_page(), list[str]()
    tab.on("request", lambda request: asked.append(request.url))
    return tab, asked


def foreign(asked: list[str]) -> str:
    return str(len([url for url in asked if url.startswith("http")]))


def own(browser: Browser, file: Path) -> list[str]:
    """Open a page of ours and measure it; a number for each column from "ready s" on."""
    tab, asked = opened(browser)
    start = perf_counter()
    tab.goto(file.as_uri())
    tab.wait_for_function("() => document.documentElement.dataset.ready")
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    ready = perf_counter() - start
    acts = {
        "select": {"click": "#detail .row.person"},
        "clear": {"key": "Escape"},
        "hide": {"click": '[data-entry^="type:"]'},
        "show": {"click": '[data-entry^="type:"]'},
    }
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(TRIES):
        for name, act in acts.items():
            taken[name].append(float(tab.evaluate(PAINTED, act)))
    pan = float(tab.evaluate(PAN, "#network"))
    heap = float(tab.evaluate(HEAP))
    figures = [f"{median(times):.0f}" for times in taken.values()]
    return [f"{ready:.1f}", *figures, f"{pan:.0f}", f"{heap:.0f}", foreign(asked)]


def stock(browser: Browser, file: Path, limit: float) -> list[str]:
    """Open a page of pyvis: it is ready when its physics has come to rest."""
    tab, asked = opened(browser)
    tab.set_default_timeout(1000 * limit)
    tab.route("http*://**", lambda route: route.abort())  # offline, as the other is
    start = perf_counter()
    try:
        tab.goto(file.as_uri(), wait_until="commit")
        tab.wait_for_function(
            "() => typeof network === 'object' && network.physics && network.physics.stabilized"
        )
        ready = perf_counter() - start
        pan = f"{float(tab.evaluate(PAN, '#mynetwork')):.0f}"
        heap = f"{float(tab.evaluate(HEAP)):.0f}"
    except Error:
        return [f"> {limit:.0f}", "-", "-", "-", "-", "-", "-", foreign(asked)]
    return [f"{ready:.1f}", "-", "-", "-", "-", pan, heap, foreign(asked)]


if __name__ == "__main__":
    main()
