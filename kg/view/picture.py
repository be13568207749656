"""A picture of a graph that needs no script: for notebooks not trusted, code hosts and paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import hypot

from kg.model import STATUSES
from kg.relations import entity_types

WIDTH, HEIGHT = 960, 560
MARGIN, FOOT = 26, 30  # around the drawing, and below it for its signs
MOST = 300
"""So many entities are drawn, the best connected; more are only a cloud."""

LETTER, LINE = 6.1, 13  # width and height of a letter of a name, in pixels
LONGEST = 30
BOX, APART = 2 * LINE + 20, 60.0  # height of a dot with its name, length of a line
TOP = 24
"""So many entities have their names written even over small dots."""

_DASHES = {"planned": "6 4", "possible": "1.5 3.5", "negated": "6 3"}
_NEGATED = "#dc2626"


@dataclass(frozen=True, slots=True)
class Dot:
    """An entity and where it stands."""

    id: str
    x: float
    y: float
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A fact between two dots."""

    source: str
    target: str
    colour: str
    status: str


def picture(dots: Sequence[Dot], lines: Sequence[Line]) -> str:
    """Draw a graph as an SVG document.

    Names are written where they hide nothing, those of the best connected first.

    Parameters
    ----------
    dots
        With positions as on the page; they are fitted into the picture.
    lines
        Facts; a line is drawn as its status is on the page.

    Examples
    --------
    >>> drawn = picture([Dot("n0", 0, 0, "Person", "Macron"), Dot("n1", 9, 0, "Person", "Scholz")],
    ...                 [Line("n0", "n1", "#224466", "planned")])
    >>> "Macron" in drawn, "stroke-dasharray" in drawn
    (True, True)
    """
    degree = _degrees(lines)
    drawn = _drawn(dots, degree)
    places = _fitted(drawn)
    radii = {dot.id: min(4 + 1.5 * degree[dot.id] ** 0.5, 11) for dot in drawn}
    seen = [line for line in lines if line.source in places and line.target in places]
    parts = [*_lines(seen, places, radii), *_dots(drawn, places, radii)]
    parts += _names(drawn, places, radii) + _signs(drawn, seen, len(dots) - len(drawn))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="system-ui,Segoe UI,Helvetica,Arial,sans-serif" '
        f'font-size="11"><rect width="{WIDTH}" height="{HEIGHT}" fill="#fbfcfd"/>'
        f"{''.join(parts)}</svg>"
    )


def arranged(names: Iterable[str], lines: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where dots of these names stand, joined as the numbers of the lines say."""
    from kg.view.layout import positions  # noqa: PLC0415  # networkx takes a while to load

    return positions(
        [(LETTER * min(len(name), LONGEST) + 12, BOX) for name in names],
        [(one, other, APART) for one, other in lines],
    )


def placed(dots: Sequence[Dot], lines: Sequence[Line]) -> list[Dot]:
    """Return the dots with places for all that a picture draws of them; a large page has none."""
    drawn = _drawn(dots, _degrees(lines))
    numbers = {dot.id: number for number, dot in enumerate(drawn)}
    joined = [
        (numbers[line.source], numbers[line.target])
        for line in lines
        if line.source in numbers and line.target in numbers
    ]
    places = arranged((dot.name for dot in drawn), joined)
    own = {dot.id: place for dot, place in zip(drawn, places, strict=True)}
    return [replace(dot, x=x, y=y) for dot in dots for x, y in [own.get(dot.id, (dot.x, dot.y))]]


Place = tuple[float, float]
Box = tuple[float, float, float, float]


def _degrees(lines: Iterable[Line]) -> Counter[str]:
    return Counter(end for line in lines for end in {line.source, line.target})


def _drawn(dots: Sequence[Dot], degree: Counter[str]) -> list[Dot]:
    """Return the dots that are drawn, the best connected first."""
    ranked = sorted(dots, key=lambda dot: -degree[dot.id])
    if len(ranked) > 1 and degree[ranked[0].id]:
        ranked = [dot for dot in ranked if degree[dot.id]]  # the others wait on the page
    return ranked[:MOST]


def _fitted(dots: Sequence[Dot]) -> dict[str, Place]:
    """Return where the dots stand in the picture: all of it used, stretched a little at most."""
    if not dots:
        return {}
    left, top = min(dot.x for dot in dots), min(dot.y for dot in dots)
    wide, high = max(dot.x for dot in dots) - left, max(dot.y for dot in dots) - top
    room = (WIDTH - 2 * MARGIN - 40, HEIGHT - 2 * MARGIN - FOOT)
    across, down = (room[0] / max(wide, 1), room[1] / max(high, 1))
    across, down = min(across, 1.7 * down, 3), min(down, 1.7 * across, 3)
    start = (WIDTH - wide * across) / 2, MARGIN + (room[1] - high * down) / 2
    return {
        dot.id: (start[0] + (dot.x - left) * across, start[1] + (dot.y - top) * down)
        for dot in dots
    }


def _lines(lines: Sequence[Line], places: dict[str, Place], radii: dict[str, float]) -> list[str]:
    """Draw lines of the same look as one path, which keeps the picture small."""
    paths: dict[tuple[str, str], list[str]] = {}
    pairs: Counter[frozenset[str]] = Counter()
    for line in lines:
        look = (_NEGATED if line.status == "negated" else line.colour, line.status)
        pair = frozenset((line.source, line.target))
        paths.setdefault(look, []).append(_curve(line, places, radii, pairs[pair]))
        pairs[pair] += 1
    return [
        f'<path d="{"".join(shapes)}" fill="none" stroke="{escape(colour)}" stroke-width="1.3" '
        f'stroke-opacity=".75"'
        + (f' stroke-dasharray="{_DASHES[status]}"' if status in _DASHES else "")
        + "/>"
        for (colour, status), shapes in paths.items()
    ]


def _curve(line: Line, places: dict[str, Place], radii: dict[str, float], number: int) -> str:
    """Return the way of a line; the second between two dots bends to one side, and so on."""
    (x, y), (to_x, to_y) = places[line.source], places[line.target]
    if line.source == line.target:
        r = radii[line.source] + 5
        return f"M{x:.0f} {y:.0f}a{r:.0f} {r:.0f} 0 1 1 1 0"
    if not number:
        return f"M{x:.0f} {y:.0f}L{to_x:.0f} {to_y:.0f}"
    bend = 9 * ((number + 1) // 2) * (1 if number % 2 else -1)
    bend *= 1 if line.source < line.target else -1
    length = max(hypot(to_x - x, to_y - y), 1)
    middle = (
        (x + to_x) / 2 - bend * (to_y - y) / length,
        (y + to_y) / 2 + bend * (to_x - x) / length,
    )
    return f"M{x:.0f} {y:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {to_x:.0f} {to_y:.0f}"


def _dots(dots: Sequence[Dot], places: dict[str, Place], radii: dict[str, float]) -> list[str]:
    return [
        f'<circle cx="{places[dot.id][0]:.0f}" cy="{places[dot.id][1]:.0f}" '
        f'r="{radii[dot.id]:.1f}" fill="{_colour(dot.type)}" stroke="#fff" stroke-width="1.5"/>'
        for dot in dots
    ]


def _names(dots: Sequence[Dot], places: dict[str, Place], radii: dict[str, float]) -> list[str]:
    """Write names beside their dots where they hide no other name, nor the dot of another.

    A name of the best connected may lie over small dots: a picture without them says nothing.
    """
    spots = [
        (x - radii[name] - 1, y - radii[name] - 1, x + radii[name] + 1, y + radii[name] + 1)
        for name, (x, y) in places.items()
    ]
    written: list[str] = []
    names: list[Box] = []
    for rank, dot in enumerate(dots):
        name = dot.name if len(dot.name) <= LONGEST else dot.name[: LONGEST - 1] + "…"
        half, radius = max(LETTER * len(name) / 2, 4), radii[dot.id]
        x, y = places[dot.id]
        beside = half + radius + 4
        avoided = names + spots[: TOP if rank < TOP else len(spots)]
        for middle, base in (
            (x, y + radius + LINE - 1),
            (x, y - radius - 4),
            (x + beside, y + 4),
            (x - beside, y + 4),
        ):
            centre = min(max(middle, half + 3), WIDTH - half - 3)
            box = (centre - half, base - LINE + 3, centre + half, base + 3)
            if not any(_meet(box, other) for other in avoided):
                names.append(box)
                written.append(f'<text x="{centre:.0f}" y="{base:.0f}">{escape(name)}</text>')
                break
    return [
        '<g text-anchor="middle" fill="#14202e" stroke="#fbfcfd" stroke-width="3" '
        'paint-order="stroke" stroke-linejoin="round">',
        *written,
        "</g>",
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _signs(dots: Sequence[Dot], lines: Sequence[Line], left_out: int) -> list[str]:
    """Say at the foot what the colours and lines mean, and what is not drawn."""
    used, statuses = {dot.type for dot in dots}, {line.status for line in lines}
    parts, x, y = [], 14.0, HEIGHT - 12
    for kind, entry in entity_types().items():
        if kind in used:
            parts.append(f'<circle cx="{x:.0f}" cy="{y - 4}" r="5" fill="{entry["colour"]}"/>')
            x += 10 + _word(parts, x + 10, y, entry["plural"]) + 12
    for status in STATUSES:
        if status in statuses:
            colour = _NEGATED if status == "negated" else "#5b6b7d"
            dashes = f' stroke-dasharray="{_DASHES[status]}"' if status in _DASHES else ""
            parts.append(
                f'<path d="M{x:.0f} {y - 4}h24" stroke="{colour}" stroke-width="1.6"{dashes}/>'
            )
            x += 29 + _word(parts, x + 29, y, status) + 12
    if left_out:
        others = "entity is" if left_out == 1 else "entities are"
        more = f"{left_out:,} more {others} not drawn"
        parts.append(f'<text x="{WIDTH - 14}" y="{y}" text-anchor="end">{more}</text>')
    return ['<g fill="#5b6b7d">', *parts, "</g>"]


def _word(parts: list[str], x: float, y: float, word: str) -> float:
    parts.append(f'<text x="{x:.0f}" y="{y:.0f}">{escape(word)}</text>')
    return LETTER * len(word)


def _colour(kind: str) -> str:
    return str(entity_types()[kind]["colour"])
