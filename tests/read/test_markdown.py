"""Markdown is read as its reader sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import Failure, SourceError
from kg.model import Document
from kg.read import read
from kg.read.apart import Apart
from kg.read.kinds import kind_of
from kg.read.pages.markdown import Markdown
from kg.read.through import through
from kg.resource import Resource

NOTE = """---
title: "Talks in Hallow"
author: Irena Varga
date: 2026-03-03T18:20:00+01:00
publisher: The Hallow Courier
license: CC BY 4.0
url: https://courier.example/talks
layout: post
tags: [a, b]
---

# The presidents met

The presidents of **Norland** and [Estmark](https://a.example "a title") met
in *Hallow* on Monday.\\
They spoke for `three` hours.

![Mira Holt arrives](holt.jpg)

> We are close to a treaty.

- Norland keeps the islands.
- Estmark gets a third of the catch.
  1. Of herring only.

```python
print("no news")
```

    nor = "this"

<div>Nor <b>that</b></div>

Herring &amp; cod cost 5 \\* 3 crowns<br>today.

| Year | Ships |
|------|-------|
| 2001 | 3,912 |
"""


def of(words: str) -> Document:
    (document,) = Markdown()(Resource.of(words.encode(), "note.md"))
    return document


def test_a_note_is_read_as_it_is_seen() -> None:
    document = of(NOTE)
    assert document.text.split("\n\n") == [
        "The presidents met",
        "The presidents of Norland and Estmark met in Hallow on Monday.\n"
        "They spoke for three hours.",
        "We are close to a treaty.",
        "Norland keeps the islands.",
        "Estmark gets a third of the catch.",
        "Of herring only.",
        "Herring & cod cost 5 * 3 crownstoday.",
    ]
    assert "no news" not in document.text
    assert "that" not in document.text
    assert document.id == "note"
    assert document.date == "2026-03-03"
    assert document.source is not None
    assert document.source.title == "Talks in Hallow"
    assert document.source.author == "Irena Varga"
    assert document.source.publisher == "The Hallow Courier"
    assert document.source.licence == "CC BY 4.0"
    assert document.source.url == "https://courier.example/talks"


def test_the_first_heading_is_the_title_of_a_note_that_has_no_other() -> None:
    document = of("Lead.\n\nThe *presidents* met\n====\n\n# Another\n")
    assert document.source is not None
    assert document.source.title == "The presidents met"
    assert of("No heading.").source is None


@pytest.mark.parametrize("told", ["date: 2026-02-31", "date: soon", "url: javascript:x", "title:"])
def test_front_matter_that_does_not_hold_is_passed_over(told: str) -> None:
    document = of(f"---\n{told}\n---\nThey met.")
    assert (document.text, document.date, document.source) == ("They met.", None, None)


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert of("---\nThey met.\n").text == "They met."


def test_what_stands_beside_the_file_counts_more(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "note.meta.toml").write_text("date = 2026-03-04", encoding="utf-8")
    (found,) = read([tmp_path])
    assert isinstance(found, Document)
    assert found.date == "2026-03-04"
    assert found.source is not None
    assert found.source.title == "Talks in Hallow"


def test_a_note_without_words_is_refused() -> None:
    with pytest.raises(SourceError, match="is empty"):
        of("---\ntitle: Talks\n---\n![a](b.jpg)\n")


HOSTILE = {
    "brackets": "[" * 20_000,
    "links": "[a](" * 10_000,
    "emphasis": "*a _b " * 5_000,
    "quotes": ">" * 20_000 + " a",
    "lists": "".join("  " * depth + "- a\n" for depth in range(200)),
    "backticks": "".join("`" * count + "a" for count in range(400)),
    "references": "[a]: b\n" * 5_000 + "[a]" * 5_000,
    "table": "|" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|a" * 5_000,
    "entities": "&amp;" * 10_000,
    "html": "<a " * 10_000,
    "front matter": "---\n" + "a: b\n" * 20_000,
}


def test_hostile_markdown_ends_within_the_limits_and_costs_no_neighbour() -> None:
    with Apart(seconds=3) as apart:  # which the good one needs less of, however busy the machine
        for name, words in HOSTILE.items():
            resource = Resource.of(words.encode(), f"{name}.md")
            assert kind_of(resource).apart
            (found,) = through(resource, apart)
            assert isinstance(found, Document | Failure), name
        (good,) = through(Resource.of(b"They met.", "good.md"), apart)
        assert isinstance(good, Document)


def test_the_day_below_the_heading_counts_where_no_front_matter_tells_one() -> None:
    words = "# Talks in Paris\n\n*March 4, 2024*\n\nMacron met Scholz."
    document = of(words)
    assert document.date == "2024-03-04"
    assert document.reading is not None
    assert document.reading.notes == ("date: as the text begins",)
    assert of(f"---\ndate: 2024-03-05\n---\n{words}").date == "2024-03-05"
