"""What is selected on a page, as Python reads it: names and facts with their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from kg.display import Displayed
from kg.view.fold import data_of
from kg.view.naming import Called, meant
from kg.view.pack import unpacked
from kg.view.rows import RelationRow
from kg.view.table import Table


@dataclass(frozen=True, slots=True)
class Selection(Displayed):
    """Who is selected, and the facts that are: of that entity, of a path, or all that is shown.

    ``facts`` has a row for each place where a document says one.
    """

    focus: str | None
    facts: Table[RelationRow]

    @property
    def entities(self) -> list[str]:
        """The names of everybody in these facts, the selected one first."""
        ends = (end for row in self.facts for end in (row.subject, row.object))
        return list(dict.fromkeys([self.focus, *ends] if self.focus else ends))

    def _repr_plain_(self) -> str:
        about = f"of {self.focus}" if self.focus else "shown"
        return f"Facts {about}\n{self.facts!r}"

    def _repr_html_(self) -> str:
        return self.facts._repr_html_()


class Shown:
    """What is on a page, to be looked up by what its script calls it.

    Parameters
    ----------
    page
        A page of `kg.view.page`.

    Examples
    --------
    >>> import kg
    >>> Shown(kg.KnowledgeGraph().page()).select(None, ["e1"]).facts
    subject  relation  object  status  date  place  title  evidence  document  score  basis  page
    0 rows
    """

    def __init__(self, page: str) -> None:
        data = data_of(page)
        self._nodes: dict[str, dict[str, Any]] = {
            node["id"]: node for node in unpacked(data["nodes"])
        }
        self._articles = [
            (article["id"], article["text"].encode("utf-16-le", "surrogatepass"))
            for article in unpacked(data["facts"]["articles"])
        ]
        evidence = iter(unpacked(data["facts"]["evidence"]))
        self._facts = {
            edge["id"]: (edge, [next(evidence) for _ in range(edge["evidence"])])
            for edge in unpacked(data["edges"])
        }

    def key(self, who: str) -> str:
        """Return the key of an entity by its key, name, alias or a word of its name.

        Raises
        ------
        UnknownName
            If there is none.
        """
        degrees = Counter(
            end for edge, _ in self._facts.values() for end in {edge["from"], edge["to"]}
        )
        known = (
            Called(str(node["key"]), node["name"], node["aliases"], degrees[node["id"]])
            for node in self._nodes.values()
        )
        return meant(who, known).key

    def name(self, key: object) -> str | None:
        """Return the name of the entity with this key, if there is one."""
        names = (node["name"] for node in self._nodes.values() if node["key"] == key)
        return next(names, None)

    def select(self, focus: object, edges: Collection[object]) -> Selection:
        """Return a selection; what is not on the page is left out of it."""
        rows = [
            row
            for name in edges
            if isinstance(name, str) and name in self._facts
            for row in self._rows(name)
        ]
        return Selection(self.name(focus), Table(RelationRow._fields, rows))

    def _rows(self, name: str) -> Iterator[RelationRow]:
        edge, evidence = self._facts[name]
        for seen in evidence:
            document, text = self._articles[seen["document"]]
            words = text[2 * seen["start"] : 2 * seen["end"]].decode("utf-16-le", "replace")
            place = None if seen["place"] is None else self._nodes[seen["place"]]["name"]
            yield RelationRow(
                subject=self._nodes[edge["from"]]["name"],
                relation=edge["type"],
                object=self._nodes[edge["to"]]["name"],
                status=edge["status"],
                date=seen["date"],
                place=place,
                title=edge["title"],
                evidence=words,
                document=document,
                score=seen["score"],
                basis=seen["basis"],
                page=seen["page"],
            )
