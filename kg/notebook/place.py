"""Where in a query something is wrong: its line, with a caret under the place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kg.relations import Lexicon
from kg.store.guard import tokens
from kg.vocab import KG

WIDTH = 100


def pointed(query: str, line: int | None, column: int | None) -> str:
    r"""Return the line of a query with a caret under a column; nothing where none is known.

    Examples
    --------
    >>> print(pointed("ASK {\n  ?a kg:met ?b", 2, 6))
    <BLANKLINE>
    2 |   ?a kg:met ?b
      |      ^
    """
    lines = query.split("\n")
    if not line or not column or line > len(lines):
        return ""
    words = lines[line - 1].replace("\t", " ")
    start = max(0, column - 1 - WIDTH // 2) if len(words) > WIDTH else 0
    margin = f"{line} | "
    space = " " * (len(margin) - 2) + "| " + " " * (column - 1 - start)
    return f"\n{margin}{words[start : start + WIDTH]}\n{space}^"


def terms(lexicon: Lexicon) -> tuple[str, ...]:
    """Return what may stand after ``kg:``: the vocabulary, the relations and their classes."""
    found = KG.terms | set(lexicon) | {entry.noun for entry in lexicon.values()}
    return tuple(sorted(found | {entry.inverse for entry in lexicon.values() if entry.inverse}))


def unknown_terms(query: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield a sentence for each name after ``kg:`` that no graph of this lexicon has.

    Examples
    --------
    >>> from kg.relations import shipped
    >>> print(*unknown_terms("SELECT * { ?a kg:brefed ?b }", shipped()))
    kg:brefed is no name of this graph; did you mean kg:briefed?
    1 | SELECT * { ?a kg:brefed ?b }
      |               ^
    """
    known = terms(lexicon)
    told = set()
    for kind, token, at in tokens(query):
        name = token.removeprefix("kg:")
        if kind != "name" or name == token or name in known or name in told:
            continue
        told.add(name)
        near = get_close_matches(name, known, n=1)
        meant = f"; did you mean kg:{near[0]}?" if near else ""
        before = query[:at]
        line, column = before.count("\n") + 1, at - before.rfind("\n")
        yield f"{token} is no name of this graph{meant}{pointed(query, line, column)}"
