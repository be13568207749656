"""The PLOVER event class of a relation, which depends on its status as well.

References
----------
PLOVER: Political Language Ontology for Verifiable Event Records, codebook.
https://github.com/openeventdata/PLOVER
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import UnknownName
from kg.model import Status
from kg.relations import RelationType


def event_class(relation: RelationType, status: Status) -> str | None:
    """Return the PLOVER class of one occurrence of a relation; None for roles and places.

    Parameters
    ----------
    relation
        The entry of the lexicon.
    status
        Whether the text speaks of a fact, a plan, a possibility or a denial.

    Raises
    ------
    UnknownName
        If the entry has a class that PLOVER does not have.

    Examples
    --------
    >>> from kg.relations import shipped
    >>> met, attacked = shipped()["metWith"], shipped()["attacked"]
    >>> [event_class(met, status) for status in ("actual", "planned", "negated")]
    ['CONSULT', 'AGREE', 'REJECT']
    >>> event_class(attacked, "planned")
    'THREATEN'
    """
    if relation.plover is None:
        return None
    entry = _class(relation.plover)
    if status == "actual":
        return relation.plover
    return str(entry["negated" if status == "negated" else "planned"])


def quad_class(name: str) -> int:
    """Return the quad class of a PLOVER class: 1 and 2 cooperation, 3 and 4 conflict.

    1 and 3 are verbal, 2 and 4 material.

    Examples
    --------
    >>> quad_class("CONSULT"), quad_class("ASSAULT")
    (1, 4)
    """
    return int(_class(name)["quad"])


def _class(name: str) -> dict[str, Any]:
    table = _classes()
    if name not in table:
        raise UnknownName("PLOVER class", name, tuple(table))
    return table[name]


@cache
def _classes() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("kg.data") / "plover.toml").read_text(encoding="utf-8"))
