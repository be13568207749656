"""What an analysis found, to be drawn on the page: groups, sizes, lit relations, a caption."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol

from kg.view.content import clean


class Step(NamedTuple):
    """A relation that is lit: its ends by IRI, its name, and its status."""

    subject: str
    relation: str
    object: str
    status: str = "actual"


class Lit(NamedTuple):
    """Relations that are lit together, and what they are, like "1: Macron, Trump, Putin"."""

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What to draw over a page; everybody goes by IRI.

    Parameters
    ----------
    caption
        A sentence that says what is drawn.
    groups
        Names of groups with their members, each of whom gets a ring in the colour of the group.
    values
        A number for some; the larger it is, the larger they are drawn.
    paths
        Relations to light up; the first of them at once, the others by a click in the legend.

    Examples
    --------
    >>> Marks("Two camps", groups={"one": ("i:a", "i:b"), "two": ("i:c",)}).caption
    'Two camps'
    """

    caption: str
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    paths: tuple[Lit, ...] = ()

    @property
    def marks(self) -> Marks:
        """These marks: they may be given wherever a table that has some may be."""
        return self


class Marked(Protocol):
    """Whatever has marks: a table that an analysis returned, or marks themselves."""

    @property
    def marks(self) -> Marks:
        """What to draw."""
        ...


@cache
def rings() -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """Return the colours of rings, and the dashes that tell rings of one colour apart."""
    told = tomllib.loads((files("kg.data") / "rings.toml").read_text(encoding="utf-8"))
    return tuple(told["colours"]), tuple(tuple(dash) for dash in told["dashes"])


def drawn(marks: Marks, ids: Mapping[str, str]) -> dict[str, Any]:
    """Return marks as a page has them, of what is on it.

    Parameters
    ----------
    marks
        By IRI.
    ids
        The ids of the nodes of the page by IRI.

    Examples
    --------
    >>> drawn(Marks("Two", groups={"one": ("i:a", "i:x")}), {"i:a": "n0"})["groups"]
    [{'label': 'one', 'members': ['n0'], 'colour': '#0072b2', 'dash': []}]
    """
    colours, dashes = rings()
    groups = []
    for number, (label, members) in enumerate(marks.groups.items()):
        here = [ids[member] for member in members if member in ids]
        round_, colour = divmod(number, len(colours))
        known = round_ < len(dashes)
        groups.append(
            {
                "label": clean(label),
                "members": here,
                "colour": colours[colour] if known else None,
                "dash": list(dashes[round_]) if known else [],
            }
        )
    sized = sorted(
        ((ids[name], value) for name, value in marks.values.items() if name in ids),
        key=lambda pair: (-abs(pair[1]), pair[0]),
    )
    largest = abs(sized[0][1]) if sized and sized[0][1] else 1
    return {
        "caption": clean(marks.caption),
        "groups": [group for group in groups if group["members"]],
        "values": [
            [name, round(abs(value) / largest, 4), round(value, 3)] for name, value in sized
        ],
        "paths": [
            {"label": clean(lit.label), "steps": steps}
            for lit in marks.paths
            if (
                steps := [
                    [ids[step.subject], step.relation, ids[step.object], step.status]
                    for step in lit.steps
                    if step.subject in ids and step.object in ids
                ]
            )
        ],
    }
