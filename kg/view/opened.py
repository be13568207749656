"""What a page shows when it is opened, read off the page itself, for its picture and caption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

from kg.view.narrow import within
from kg.view.pack import unpacked


@dataclass(frozen=True, slots=True)
class Opened:
    """Entities and facts that are seen, and how many the page has in all."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    of: tuple[int, int, int]

    @property
    def words(self) -> str:
        """Say how much of everything is seen.

        Examples
        --------
        >>> Opened([], [], (0, 1, 21)).words
        '0 entities, 0 of 1 relation, 21 documents'
        """
        seen = (len(self.nodes), len(self.edges), self.of[2])
        nouns = (("entity", "entities"), ("relation", "relations"), ("document", "documents"))
        return ", ".join(
            (f"{some:,} of " if some < every else "") + f"{every:,} {noun[every != 1]}"
            for some, every, noun in zip(seen, self.of, nouns, strict=True)
        )


def opened(data: Mapping[str, Any]) -> Opened:
    """Return what is seen of a page's data, by the link that the page opens with.

    Parameters
    ----------
    data
        As `kg.view.fold.data_of` reads it.
    """
    facts = data["facts"]
    nodes, edges = unpacked(data["nodes"]), unpacked(data["edges"])
    articles = [article["date"] for article in unpacked(facts["articles"])]
    evidence = iter(unpacked(facts["evidence"]))
    said = [list(islice(evidence, edge["evidence"])) for edge in edges]
    link = str(facts.get("opens", "")).lstrip("#").split("&")
    asked = {name: unquote(text) for name, _, text in (part.partition("=") for part in link)}
    relations, statuses = (set(filter(None, asked.get(name, "").split(",")))
                           for name in ("relations", "statuses"))  # fmt: skip
    relations |= {one["name"] for one in facts["relations"] if one["family"] in relations}
    least, since, until = float(asked.get("score", 0)), asked.get("from"), asked.get("to")
    seen = [
        edge
        for edge, words in zip(edges, said, strict=True)
        if (not relations or edge["type"] in relations)
        and (not statuses or edge["status"] in statuses)
        and any(one["score"] >= least for one in words)
        and any(one["basis"] == "text" for one in words)  # what no text says waits in the legend
        and any(within(one["date"], articles[one["document"]], since, until) for one in words)
    ]
    counts = (len(nodes), len(edges), len(articles))
    hops = int(asked.get("hops", 0))
    if hops:
        kept = {node["id"] for node in nodes if node["key"] == asked.get("focus")}
        for _ in range(hops):
            kept |= {
                end
                for edge in seen
                if edge["from"] in kept or edge["to"] in kept
                for end in (edge["from"], edge["to"])
            }
        seen = [edge for edge in seen if {edge["from"], edge["to"]} <= kept]
        nodes = [node for node in nodes if node["id"] in kept]
    elif len(seen) < len(edges):
        kept = {end for edge in seen for end in (edge["from"], edge["to"])}
        nodes = [node for node in nodes if node["id"] in kept]
    return Opened(nodes, seen, counts)
