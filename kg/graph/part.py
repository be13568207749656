"""The part of a large graph that one page can show: the newest documents, or those of somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest

from kg.graph.shelf import Shelf
from kg.model import Document
from kg.view.naming import Called, has_word, meant
from kg.view.narrow import within
from kg.view.rows import title

MOST = 300
"""So many documents go on a page: with more, browsers take minutes to open it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a page shows, its heading, and a sentence about what is not on it ("" if nothing)."""

    documents: tuple[Document, ...]
    title: str
    note: str = ""


def note(shown: int, number: int, of_whom: str | None = None) -> str:
    """Say what a page leaves out and how to see it.

    Examples
    --------
    >>> note(300, 50_000).partition(".")[0]
    'The page shows the newest 300 of 50,000 documents'
    """
    told = f"documents that speak of {of_whom}" if of_whom else "documents"
    return (
        f"The page shows the newest {shown:,} of {number:,} {told}. For other parts use "
        "kg show --focus NAME or --since DAY; kg serve and kg query answer about all."
    )


def part(
    shelf: Shelf, *, focus: str | None = None, since: str | None = None, until: str | None = None
) -> Part:
    """Choose the documents of a page; all of them, as long as they are not too many.

    Parameters
    ----------
    shelf
        The graph. Only the chosen documents are read.
    focus
        Name, alias or IRI of the entity that the page opens on: documents that speak of it come
        first, the newest first, then those that speak of what they relate it to.
    since, until
        As for `kg.view.narrow.narrowed`.

    Raises
    ------
    UnknownName
        If there is no entity ``focus``.
    """
    number = len(shelf.graphs())
    if number <= MOST:
        everything = tuple(shelf.shown())
        return Part(everything, title(everything))
    days = dict(_days(shelf))
    wanted: Iterable[str] = days
    if since is not None or until is not None:
        wanted = _in_time(shelf, days, since, until)
    if focus is None:
        found = set(wanted)
        chosen = _newest(found, days, MOST)
        number = len(found)
    else:
        speak = _speaking_of(shelf, _called(shelf, focus)) & set(wanted)
        chosen, number = _newest(speak, days, MOST), len(speak)
        if number < MOST:
            near = _speaking_of(shelf, _related(shelf, _called(shelf, focus))) & set(wanted)
            chosen += _newest(near - speak, days, MOST - number)
    names = {iri: name for name, iri in shelf.graphs().items()}
    iris = sorted(chosen, key=lambda iri: names[iri])
    documents = tuple(shelf.shown(iris))
    left_out = number > MOST or (focus is None and since is None and until is None)
    shown = min(number, MOST)
    heading = f"{shown:,} of {number:,} documents" if left_out else title(documents)
    if focus is not None:
        heading = f"{focus}: {heading}"
    return Part(documents, heading, note(shown, number, focus) if left_out else "")


def _newest(iris: Iterable[str], days: dict[str, str], most: int) -> list[str]:
    return nlargest(most, iris, key=lambda iri: (days[iri], iri))


def _days(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Yield every document with its date, "" if it has none."""
    found = shelf.store.query(
        "SELECT ?document ?day { GRAPH ?document { ?document kg:documentId ?id "
        "OPTIONAL { ?document schema:datePublished ?day } } }"
    )
    return ((str(row["document"]), str(row["day"] or "")) for row in found)


def _in_time(
    shelf: Shelf, days: dict[str, str], since: str | None, until: str | None
) -> Iterator[str]:
    """Yield the documents that are from that time, or tell something of it."""
    yield from (iri for iri, day in days.items() if within(None, day or None, since, until))
    found = shelf.store.query(
        "SELECT DISTINCT ?document ?day { GRAPH ?document { ?assertion kg:date ?day } }"
    )
    for row in found:
        if within(str(row["day"]), None, since, until):
            yield str(row["document"])


def _called(shelf: Shelf, who: str) -> set[str]:
    """Return the IRIs of what has that name, alias or IRI, or else that word in its name."""
    found = shelf.store.query(
        f"SELECT DISTINCT ?entity {{ ?entity rdfs:label|skos:altLabel ?name "
        f"FILTER(LCASE(?name) = LCASE({_quoted(who)}) || STR(?entity) = {_quoted(who)}) }}"
    )
    return {str(row["entity"]) for row in found} or {_partly_called(shelf, who)}


def _partly_called(shelf: Shelf, who: str) -> str:
    """Return the IRI of what is called so by a word, the best connected."""
    names = shelf.store.query(
        "SELECT ?entity ?name { ?entity rdfs:label ?name } ORDER BY ?entity ?name"
    )
    shown = {str(row["entity"]): str(row["name"]) for row in names}
    some = {iri for iri, name in shown.items() if has_word(name, who)}
    degrees = Counter(
        str(row["entity"])
        for row in shelf.store.query(
            f"SELECT ?entity ?fact {{ {_values('entity', some)} "
            "GRAPH ?document { ?fact kg:subject|kg:object ?entity } }"
        )
    )
    return meant(who, (Called(iri, name, (), degrees[iri]) for iri, name in shown.items())).key


def _related(shelf: Shelf, iris: set[str]) -> set[str]:
    """Return what a fact of these has at its other end."""
    found = shelf.store.query(
        f"SELECT DISTINCT ?other {{ {_values('entity', iris)} "
        "GRAPH ?document { { ?fact kg:subject ?entity ; kg:object ?other } "
        "UNION { ?fact kg:object ?entity ; kg:subject ?other } } }"
    )
    return {str(row["other"]) for row in found}


def _speaking_of(shelf: Shelf, iris: set[str]) -> set[str]:
    """Return the documents in which one of these appears."""
    if not iris:
        return set()
    found = shelf.store.query(
        f"SELECT DISTINCT ?document {{ {_values('entity', iris)} "
        "GRAPH ?document { ?appearance kg:refersTo ?entity } }"
    )
    return {str(row["document"]) for row in found}


def _values(name: str, iris: set[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in sorted(iris))} }}"


def _quoted(text: str) -> str:
    return '"' + text.translate(_ESCAPES) + '"'


_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r"}
