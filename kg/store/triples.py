"""N-Triples as a store takes them: parsed, and nothing in them that has no name."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import StoreError


def named(graph: str, where: str) -> ox.NamedNode:
    """Return the name of a graph.

    Raises
    ------
    StoreError
        If it is no IRI.
    """
    try:
        return ox.NamedNode(graph)
    except ValueError:
        raise StoreError(where, f"'{graph}' names no graph; give an IRI") from None


def parsed(graph: str, triples: str | bytes | None, where: str) -> set[ox.Triple]:
    """Return the triples that a named graph shall have; none if it shall not be there.

    Parameters
    ----------
    graph
        The name of the graph, an IRI.
    triples
        N-Triples, or None.
    where
        The address of the store, for messages.

    Raises
    ------
    StoreError
        If the name is no IRI, if these are no N-Triples, or if there is a blank node in them: it
        would be another one at each reading, so that nobody could tell what is known already.

    Examples
    --------
    >>> len(parsed("https://example.org/d1", '<a:a> <a:b> "c" .', "memory:"))
    1
    """
    named(graph, where)
    try:
        found = {quad.triple for quad in ox.parse(triples or b"", format=ox.RdfFormat.N_TRIPLES)}
    except (SyntaxError, ValueError) as error:
        raise StoreError(where, f"<{graph}> could not be stored ({error})") from None
    for triple in found:
        if not isinstance(triple.subject, ox.NamedNode) or not isinstance(
            triple.object, ox.NamedNode | ox.Literal
        ):
            problem = f"a blank node or a triple in a triple ({triple}); give everything an IRI"
            raise StoreError(where, f"<{graph}> could not be stored: {problem}")
    return found
