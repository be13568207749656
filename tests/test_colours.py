"""Colours of the lexicon: readable on both grounds, told apart by colour-blind readers.

What a reader sees is simulated with the matrices of Machado, Oliveira and Fernandes (2009) for a
full lack of one cone; how far apart two colours look is CIEDE2000 (Sharma, Wu and Dalal 2005).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.model import STATUSES
from kg.relations import entity_types, shipped

ASSETS = Path(__file__).parent.parent / "kg" / "view" / "assets"
EYES = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                   [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
WHITE = np.array([0.95047, 1.0, 1.08883])
FAMILIES = {
    family: [entry.colour for entry in shipped().values() if entry.family == family]
    for family in sorted({entry.family for entry in shipped().values()})
}
TYPES = {name: entry["colour"] for name, entry in entity_types().items()}


def linear(colour: str) -> NDArray[np.float64]:
    values = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def grounds(dark: bool) -> list[str]:
    """Return the colours of the page that text and lines lie on."""
    style = (ASSETS / "page.css").read_text(encoding="utf-8").split("data-theme")[int(dark)]
    found = [re.search(rf"--{name}: #(\w+)", style) for name in ("card", "canvas", "soft")]
    short = [match[1] for match in found if match]
    return ["#" + (name if len(name) == 6 else "".join(2 * one for one in name)) for name in short]


def on_dark(colour: str) -> str:
    """Return the colour as canvas.js lightens it in the dark."""
    part = float(re.search(r"lighten\(colour, ([\d.]+)\)", (ASSETS / "canvas.js").read_text())[1])  # type: ignore[index]
    values = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{int(value + (255 - value) * part + 0.5):02x}" for value in values)


@cache
def seen(colour: str, eyes: str) -> tuple[float, float, float]:
    """Return the CIE Lab coordinates of a colour as these eyes see it."""
    xyz = TO_XYZ @ np.clip(EYES[eyes] @ linear(colour), 0, 1) / WHITE
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def difference(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Return the CIEDE2000 difference of two Lab colours."""
    lightness, a, b = np.array([one, other]).T
    mean = np.hypot(a, b).mean() ** 7
    a = a * (1 + 0.5 * (1 - np.sqrt(mean / (mean + 25.0**7))))
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    grey = chroma.prod() == 0
    turn = 0.0 if grey else (hue[1] - hue[0] + 180) % 360 - 180
    along = hue.sum() if grey else (hue[0] + turn / 2) % 360
    hues = 2 * np.sqrt(chroma.prod()) * np.sin(np.radians(turn / 2))
    chromas = chroma.mean()
    wave = 1 + sum(
        size * np.cos(np.radians(times * along + shift))
        for size, times, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    )
    middle = (lightness.mean() - 50) ** 2
    terms = np.array([
        (lightness[1] - lightness[0]) / (1 + 0.015 * middle / np.sqrt(20 + middle)),
        (chroma[1] - chroma[0]) / (1 + 0.045 * chromas),
        hues / (1 + 0.015 * chromas * wave),
    ])  # fmt: skip
    bend = np.sin(np.radians(60 * np.exp(-(((along - 275) / 25) ** 2))))
    bend *= -2 * np.sqrt(chromas**7 / (chromas**7 + 25.0**7))
    return float(np.sqrt((terms**2).sum() + bend * terms[1] * terms[2]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),  # published with the formula
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_formula_gives_the_published_differences(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


def test_black_on_white_has_the_contrast_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("dark", [False, True])
def test_words_in_the_colour_of_a_relation_can_be_read(dark: bool) -> None:
    for name, entry in shipped().items():
        colour = on_dark(entry.colour) if dark else entry.colour
        for ground in grounds(dark):
            assert contrast(colour, ground) >= 4.5, name


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("eyes", EYES)
def test_families_of_relations_are_told_apart(eyes: str, dark: bool) -> None:
    for one, other in combinations(FAMILIES, 2):
        for first in FAMILIES[one]:
            for second in FAMILIES[other]:
                pair = [on_dark(c) if dark else c for c in (first, second)]
                apart = difference(*(seen(colour, eyes) for colour in pair))
                assert apart >= 6, (one, first, other, second)


def test_relations_of_one_family_differ() -> None:
    for colours in FAMILIES.values():
        assert len(set(colours)) == len(colours)


@pytest.mark.parametrize("eyes", EYES)
def test_types_of_entities_are_told_apart(eyes: str) -> None:
    for one, other in combinations(TYPES, 2):
        assert difference(seen(TYPES[one], eyes), seen(TYPES[other], eyes)) >= 11, (one, other)


def test_signs_stand_out_on_both_grounds_and_carry_white_letters() -> None:
    for name, colour in TYPES.items():
        assert contrast(colour, "#ffffff") >= 4.5, name
        for ground in (*grounds(dark=False)[:2], grounds(dark=True)[1]):
            assert contrast(colour, ground) >= 3, name


def test_each_status_has_a_stroke_and_an_arrow_of_its_own_and_none_by_colour_alone() -> None:
    script = (ASSETS / "canvas.js").read_text(encoding="utf-8")
    strokes = re.search(r"const stroke = \{(.+?)\};", script)
    assert strokes
    drawn = dict(re.findall(r"(\w+): (false|\[[\d, ]+\])", strokes[1]))
    assert set(drawn) == set(STATUSES)
    assert len(set(drawn.values())) == len(STATUSES)
