"""Make `kg/view/assets/outlines.json`, the outlines of the map, from Natural Earth.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tests.outlines package/countries-50m.json > kg/view/assets/outlines.json

Lines are simplified one by one with their ends kept, so that neighbours still share a border:
points that span small triangles are left out (Visvalingam), then small islands and Antarctica.
What is left is counted in steps of 1/25 degree and written as differences, each a variable-length
number in the letters of base64, as source maps do.
"""

from __future__ import annotations

import heapq
import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

UNIT = 25  # steps of a degree
TRIANGLE = 0.033  # square degrees: what a point must add to stay
ISLAND = 0.03  # square degrees
SOUTH = -58  # degrees of latitude: what lies below is left out
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the lines of a TopoJSON file in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for packed in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in packed:
            x, y = x + step_x, y + step_y
            arc.append((x * kx + dx, y * ky + dy))
        arcs.append(arc)
    return arcs


def area(ring: list[Point]) -> float:
    """Return the area of a ring, in square degrees."""
    around = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in around)) / 2


def simplify(arc: list[Point], least: float) -> list[Point]:
    """Leave out, the least first, points that span less than an area with their neighbours."""
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    gone: set[int] = set()
    left = len(arc)
    fewest = 4 if arc[0] == arc[-1] else 2
    heap = [(area([arc[i - 1], arc[i], arc[i + 1]]), i) for i in range(1, len(arc) - 1)]
    heapq.heapify(heap)
    current = {i: size for size, i in heap}
    while heap and left > fewest:
        size, i = heapq.heappop(heap)
        if size >= least:
            break
        if i in gone or current[i] != size:
            continue
        gone.add(i)
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < len(arc) - 1:
                # A neighbour is not left out before its time because it lost this point.
                current[j] = max(size, area([arc[before[j]], arc[j], arc[after[j]]]))
                heapq.heappush(heap, (current[j], j))
    return [point for i, point in enumerate(arc) if i not in gone]


def packed(numbers: list[int]) -> str:
    """Write whole numbers as letters, five bits each, the sign in the lowest bit."""
    text = ""
    for number in numbers:
        rest = abs(number) << 1 | (number < 0)
        while True:
            rest, low = rest >> 5, rest & 31
            text += LETTERS[low | (32 if rest else 0)]
            if not rest:
                break
    return text


def steps(arc: list[Point]) -> list[int]:
    """Return the differences of an arc's points in units, those that are no step left out."""
    grid = [(round(x * UNIT), round(y * UNIT)) for x, y in arc]
    numbers = [*grid[0]]
    for (x, y), (u, v) in pairwise(grid):
        if (x, y) != (u, v):
            numbers += [u - x, v - y]
    return numbers


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a TopoJSON polygon or several, as numbers of arcs."""
    if geometry["type"] == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings_of(part)]
    several = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in several for ring in polygon]


def outlines(topology: dict[str, Any]) -> dict[str, Any]:
    """Return land and borders in the form that the page reads."""
    whole = arcs_of(topology)
    used = Counter(
        arc if arc >= 0 else ~arc
        for geometry in topology["objects"]["countries"]["geometries"]
        for ring in rings_of(geometry)
        for arc in ring
    )
    kept: list[str] = []
    numbers: dict[int, int] = {}

    def take(arc: int) -> int:
        own = arc if arc >= 0 else ~arc
        if own not in numbers:
            numbers[own] = len(kept)
            kept.append(packed(steps(simplify(whole[own], TRIANGLE))))
        return numbers[own] if arc >= 0 else ~numbers[own]

    land = []
    for ring in rings_of(topology["objects"]["land"]):
        points = [point for arc in ring for point in whole[arc if arc >= 0 else ~arc]]
        if area(points) >= ISLAND and max(y for _, y in points) > SOUTH:
            land.append([take(arc) for arc in ring])
    borders = [take(arc) for arc, times in sorted(used.items()) if times > 1]
    return {"unit": UNIT, "arcs": kept, "land": land, "borders": borders}


if __name__ == "__main__":
    made = outlines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print(json.dumps(made, separators=(",", ":")))
