"""The titles that stand right before a name: "President" of "President Trump"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.data import table
from kg.model import Document, Entity
from kg.resolve.weights import words

_LONGEST = 5  # words of a title
_BEFORE = 80  # letters before a name in which a title is looked for


def styles(doc: Document, entity: Entity) -> Iterator[str]:
    """Yield the offices that a document calls a person by, right before the name.

    Not what may be more or less than the title ("former President", "Company President").

    Examples
    --------
    >>> from kg.model import Mention, Span
    >>> trump = Entity("e1", "Person", "Trump", (Mention(Span(20, 25), "name"),))
    >>> list(styles(Document("d", "He called President Trump."), trump))
    ['president']
    """
    for mention in entity.mentions:
        if mention.kind != "name":
            continue
        start = mention.span.start
        before = doc.text[max(0, start - _BEFORE) : start]
        if not before[-1:].isspace():
            continue
        near = before.split()
        for length in range(min(_LONGEST, len(near)), 0, -1):
            title = " ".join(near[-length:])
            if title.casefold() in _offices() and title[0].isupper():
                if _stands_alone(near[:-length]):
                    yield title.casefold()
                break


def _stands_alone(before: list[str]) -> bool:
    """Tell whether a title begins behind these words, and is one of today."""
    if not before:
        return True
    last = before[-1]
    return not last[-1].isalnum() or (last.islower() and last not in words("not now"))


@cache
def _offices() -> frozenset[str]:
    return frozenset(
        row.title for row in table("titles") if row.attaches_to == "state" and row.before_name
    )
