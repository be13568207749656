"""The picture of a node: initials, a flag or a sign on the shape and colour of its type, as SVG."""

from __future__ import annotations

import tomllib
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from kg.relations import entity_types


@cache
def flags() -> dict[str, str]:
    """Return the drawing of each flag by ISO 3166 alpha-3 code or Wikidata id."""
    table = (files("kg.view") / "assets" / "flags.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[0]: row[1] for row in rows}


@cache
def _drawings() -> dict[str, Any]:
    return tomllib.loads((files("kg.view") / "assets" / "icons.toml").read_text(encoding="utf-8"))


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name.

    Examples
    --------
    >>> initials("Sir Keir Starmer"), initials("Pelé"), initials("...")
    ('SS', 'P', '')
    """
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:: max(len(words) - 1, 1)]).upper()


def icon(kind: str, name: str, *, flag: str | None = None, badge: str | None = None) -> str:
    """Draw a node as an SVG document of 100 x 100 units.

    Parameters
    ----------
    kind
        The entity type: gives shape, colour and sign.
    name
        For a person's initials.
    flag
        Code of the flag that fills the shape.
    badge
        Code of the small flag at the lower right.
    """
    entry = entity_types()[kind]
    colour, shape = entry["colour"], _drawings()["shapes"][entry["shape"]]
    body = shape.format(colour=colour)
    if flag in flags():
        body = (
            _flag(str(flag), 4, 92)
            + f'<circle cx="50" cy="50" r="47" fill="none" stroke="{colour}" stroke-width="5"/>'
        )
    elif kind == "Person" and initials(name):
        body += (
            '<text x="50" y="63" font-family="system-ui,Segoe UI,Helvetica,Arial,sans-serif" '
            'font-size="36" font-weight="600" fill="#fff" text-anchor="middle">'
            f"{escape(initials(name))}</text>"
        )
    else:
        body += (
            f'<g transform="translate(26 26) scale(2)" fill="#fff">{_drawings()["signs"][kind]}</g>'
        )
    if badge in flags():
        body += '<circle cx="80" cy="80" r="20" fill="#fff"/>' + _flag(str(badge), 63, 34)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="128" height="128">'
        f"{body}</svg>"
    )


def _flag(code: str, corner: int, size: int) -> str:
    """Draw a round flag into a square."""
    mask = f"m{corner}"
    return (
        f'<svg x="{corner}" y="{corner}" width="{size}" height="{size}" viewBox="0 0 512 512">'
        f'<mask id="{mask}"><circle cx="256" cy="256" r="256" fill="#fff"/></mask>'
        f'<g mask="url(#{mask})">{flags()[code]}</g></svg>'
    )
