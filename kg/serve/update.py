"""What a SPARQL update speaks of, as far as its own words tell."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.store.guard import tokens

_BRACES = {"{": 1, "}": -1}


def data_only(update: str) -> bool:
    """Tell whether an update names all that it changes: no WHERE, no graphs but by their IRI.

    Examples
    --------
    >>> data_only("DROP GRAPH <https://a.org/1> ; INSERT DATA { <a:a> <a:b> 1 }")
    True
    >>> data_only("DELETE WHERE { ?s ?p ?o }"), data_only("CLEAR ALL")
    (False, False)
    """
    words = [(kind, token.upper()) for kind, token, _ in tokens(update)]
    depth = 0
    for place, (kind, token) in enumerate(words):
        depth += _BRACES.get(token, 0)
        if kind != "word" or depth:
            continue
        rest = [*words[place + 1 : place + 4], ("", ""), ("", ""), ("", "")]
        if token in ("INSERT", "DELETE"):
            if rest[0] != ("word", "DATA"):
                return False
        elif token in ("DROP", "CLEAR"):
            silent = rest[0] == ("word", "SILENT")
            if rest[silent] != ("word", "GRAPH") or rest[silent + 1][0] != "iri":
                return False
        elif token not in ("DATA", "SILENT", "GRAPH", "PREFIX", "BASE"):
            return False
    return True


def mentioned(update: str, known: Mapping[str, str]) -> ox.Store:
    """Return everything that an update inserts or deletes, and the graphs that it drops.

    Parameters
    ----------
    update
        One that is `data_only`.
    known
        Prefixes that it need not declare.

    Raises
    ------
    SyntaxError
        If it does not parse.

    Examples
    --------
    >>> update = "DELETE DATA { <a:a> <a:b> 1 } ; DROP GRAPH <https://a.org/1>"
    >>> found = mentioned(update, {})
    >>> len(found), [name.value for name in found.named_graphs()]
    (1, ['https://a.org/1'])
    """
    pieces, last, depth = [], 0, 0
    instead = {"DELETE": "INSERT", "DROP": "CREATE", "CLEAR": "CREATE"}
    for kind, token, place in tokens(update):
        depth += _BRACES.get(token, 0)
        if kind == "word" and not depth and token.upper() in instead:
            pieces += [update[last:place], instead[token.upper()]]
            last = place + len(token)
        if kind == "word" and not depth and token.upper() == "GRAPH":
            pieces += [update[last:place], "SILENT GRAPH"]
            last = place + len(token)
        if kind == "word" and not depth and token.upper() == "SILENT":
            pieces.append(update[last:place])
            last = place + len(token)
    found = ox.Store()
    found.update("".join([*pieces, update[last:]]), prefixes=dict(known))
    return found
