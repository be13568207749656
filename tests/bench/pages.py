"""How well is the article found in saved pages, by us and by the bare library?

``python tests/bench/pages.py FOLDER ...`` takes unpacked packages that ship pages with what is
right for them: ``NAME/source.html`` with ``expected.html`` beside it (the whole article), or a
``unit_tests.py`` with a ``cache`` beside it, whose assertions say which words belong to the article
of a page and which do not, or on which day it was published. The pages are not ours to ship.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import trafilatura
from lxml.html import document_fromstring

from kg.errors import SourceError
from kg.read.pages.html import Html
from kg.resource import Resource

_WORDS = re.compile(r"\w+")
_BLOCKS = [
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "br",
    "blockquote",
    "pre",
    "figcaption",
    "section",
    "article",
]


@dataclass
class Gold:
    """What is right for a page; what is not known is empty."""

    page: Path
    url: str | None = None
    text: str = ""
    inside: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    title: str = ""
    author: str = ""
    day: str | None = ""

    def without_comments(self) -> Gold:
        """Leave out words of readers' comments, which the library once took for the article."""
        if self.inside:
            found = trafilatura.bare_extraction(self.page.read_bytes(), url=self.url)
            told = " ".join((found.comments or "").split()) if found is not None else ""
            self.inside = [words for words in self.inside if words not in told]
        return self


@dataclass
class Answer:
    """What was found in a page."""

    text: str = ""
    title: str = ""
    author: str = ""
    day: str | None = None


def ours(gold: Gold) -> Answer:
    """Read a page as `kg` does."""
    about = {"url": gold.url} if gold.url else {}
    page = Resource.of(gold.page.read_bytes(), gold.page.name, about=about)
    try:
        (document,) = Html()(page)
    except SourceError:
        return Answer()
    source = document.source
    assert source is not None
    return Answer(document.text, source.title or "", source.author or "", document.date)


def bare(gold: Gold) -> Answer:
    """Read a page by the library with its own settings."""
    found = trafilatura.extract_with_metadata(gold.page.read_bytes(), url=gold.url)
    if found is None:
        return Answer()
    text = (found.text or "").partition("\n---\n")[2]  # behind what it says of the page
    return Answer(text, found.title or "", found.author or "", found.date)


def whole_articles(folder: Path) -> Iterator[Gold]:
    """Yield the pages that have a whole article beside them."""
    seen: set[bytes] = set()
    for page in sorted(folder.rglob("source.html")):
        expected = page.with_name("expected.html")
        data = page.read_bytes()
        if not expected.is_file() or data in seen:
            continue
        seen.add(data)
        told = json.loads(page.with_name("expected-metadata.json").read_text(encoding="utf-8"))
        text = _text(expected.read_text(encoding="utf-8"))
        yield Gold(page, text=text, title=told.get("title") or "", author=told.get("byline") or "")


def _text(html: str) -> str:
    body = document_fromstring(html)
    for block in body.iter(*_BLOCKS):
        block.tail = f"\n{block.tail or ''}"
    return str(body.text_content())


def assertions(folder: Path) -> Iterator[Gold]:
    """Yield the pages of which the tests of a library say what is right."""
    for file in sorted(folder.rglob("unit_tests.py")):
        module = ast.parse(file.read_text(encoding="utf-8"))
        pages: dict[str, str] = {}
        for node in ast.walk(module):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "MOCK_PAGES":
                pages = ast.literal_eval(node.value)
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef):
                yield from _in_function(node, pages, file.parent / "cache")


def _in_function(function: ast.FunctionDef, pages: dict[str, str], cache: Path) -> Iterator[Gold]:
    gold: Gold | None = None
    for line in function.body:
        if url := _loaded(line):
            if gold is not None:
                yield gold
            known = url in pages and (cache / pages[url]).is_file()
            gold = Gold(cache / pages[url], url) if known else None
            if isinstance(line, ast.Assert) and gold is not None:
                gold = _with_day(gold, line)
        elif gold is not None and isinstance(line, ast.Assert):
            for test in ast.walk(line):
                if isinstance(test, ast.Compare) and isinstance(test.left, ast.Constant):
                    told = " ".join(str(test.left.value).split())
                    if "<" not in told:  # they are about the markup that the library gives
                        inside = isinstance(test.ops[0], ast.In)
                        (gold.inside if inside else gold.outside).append(told)
    if gold is not None:
        yield gold


def _loaded(line: ast.stmt) -> str:
    for node in ast.walk(line):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "load_mock_page":
            return str(getattr(node.args[0], "value", ""))
    return ""


def _with_day(gold: Gold, line: ast.Assert) -> Gold | None:
    """Add the day that a line like ``assert find_date(load_mock_page(...)) == "..."`` says."""
    test = line.test
    if not isinstance(test, ast.Compare) or not isinstance(test.left, ast.Call):
        return None
    options = {option.arg: getattr(option.value, "value", None) for option in test.left.keywords}
    day = getattr(test.comparators[0], "value", "")
    if options.get("original_date") is False or day is None or not _is_day(day):
        return None
    gold.day = day
    return gold


def _is_day(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def overlap(found: str, right: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the words of a text."""
    one, two = Counter(_WORDS.findall(found.lower())), Counter(_WORDS.findall(right.lower()))
    common = (one & two).total()
    precision, recall = common / max(one.total(), 1), common / max(two.total(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def figures(golds: list[Gold], read: Callable[[Gold], Answer], *, each: bool) -> dict[str, str]:
    """Return the figures of a way to read."""
    started = time.process_time()
    answers = [read(gold) for gold in golds]
    seconds = time.process_time() - started
    shown = {"pages/s": f"{len(golds) / seconds:.1f}"}
    whole = [
        (gold, overlap(answer.text, gold.text))
        for gold, answer in zip(golds, answers, strict=True)
        if gold.text
    ]
    for place, name in enumerate(("precision", "recall", "F1")):
        if whole:
            shown[f"words {name}"] = f"{sum(row[1][place] for row in whole) / len(whole):.4f}"
    if each:
        for gold, row in whole:
            print(read.__name__, gold.page.parent.name, *(f"{value:.3f}" for value in row))
    right = Counter[str]()
    for gold, answer in zip(golds, answers, strict=True):
        text = " ".join(answer.text.split())
        for told, wanted in ((gold.inside, True), (gold.outside, False)):
            for words in told:
                right["inside" if wanted else "outside", words in text] += 1  # type: ignore[index]
                if each and (words in text) != wanted:
                    print(read.__name__, gold.page.name, "lacks" if wanted else "has", repr(words))
        if gold.title:
            right["title", _same(answer.title, gold.title)] += 1  # type: ignore[index]
        if gold.author:
            right["author", _named(answer.author, gold.author)] += 1  # type: ignore[index]
        if gold.day:
            outcome = "none" if answer.day is None else str(answer.day == gold.day)
            right["day", outcome] += 1  # type: ignore[index]
            if each and answer.day != gold.day:
                print(read.__name__, gold.url, "day", answer.day, "not", gold.day)
    return shown | _counted(right)


def _counted(right: Counter[str]) -> dict[str, str]:
    counts: dict[tuple[str, object], int] = dict(right)  # type: ignore[arg-type]
    shown = {}
    inside, missed = counts.get(("inside", True), 0), counts.get(("inside", False), 0)
    kept, dropped = counts.get(("outside", True), 0), counts.get(("outside", False), 0)
    if inside:
        precision, recall = inside / (inside + kept), inside / (inside + missed)
        shown["pieces precision"] = f"{precision:.4f}"
        shown["pieces recall"] = f"{recall:.4f}"
        shown["pieces F1"] = f"{2 * precision * recall / (precision + recall):.4f}"
        shown["pieces right"] = f"{inside + dropped} of {inside + missed + kept + dropped}"
    for name in ("title", "author"):
        if total := counts.get((name, True), 0) + counts.get((name, False), 0):
            shown[f"{name} right"] = f"{counts.get((name, True), 0)} of {total}"
    if days := {key[1]: count for key, count in counts.items() if key[0] == "day"}:
        shown["day right, wrong, none"] = ", ".join(
            str(days.get(outcome, 0)) for outcome in ("True", "False", "none")
        )
    return shown


def _same(one: str, two: str) -> bool:
    found, right = (" ".join(_WORDS.findall(text.lower())) for text in (one, two))
    return found == right


def _named(found: str, right: str) -> bool:
    """Tell whether all names that were found stand in the line that gives the authors."""
    return bool(found) and all(
        _WORDS.findall(name.lower()) and _inside(name, right) for name in found.split(";")
    )


def _inside(name: str, line: str) -> bool:
    one, two = (" ".join(_WORDS.findall(text.lower())) for text in (name, line))
    return one in two


def main() -> None:
    """Print the figures of both ways to read for each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--each", action="store_true", help="say what is wrong in which page")
    options = parser.parse_args()
    for folder in options.folders:
        golds = [gold.without_comments() for gold in (*whole_articles(folder), *assertions(folder))]
        rows = [figures(golds, read, each=options.each) for read in (bare, ours)]
        print(f"\n{folder.name}: {len(golds)} pages\n\n| figure | library | kg |\n|---|---|---|")
        for name in rows[0]:
            print(f"| {name} | {rows[0][name]} | {rows[1][name]} |")


if __name__ == "__main__":
    main()
