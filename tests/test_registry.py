"""Components by kind and name."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import pytest

from kg import registry
from kg.annotate.tokens import Tokens
from kg.errors import UnknownName
from kg.extract.frames import Frames
from kg.registry import COMPONENTS, component
from kg.relations import Lexicon


def test_a_component_by_name() -> None:
    assert component("annotators", "tokens") == Tokens()


def test_a_component_with_its_settings() -> None:
    empty = Lexicon([])
    assert component("extractors", "frames", lexicon=empty) == Frames(lexicon=empty)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, table in COMPONENTS.items() for name in table]
)
def test_every_component_is_there_under_its_own_name(kind: str, name: str) -> None:
    assert component(kind, name).name == name


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(UnknownName, match="no annotator called 'tokken'; did you mean 'tokens'"):
        component("annotators", "tokken")


def test_a_plug_in_of_an_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(group: str) -> list[EntryPoint]:
        return [EntryPoint("counter", "collections:Counter", group)]

    monkeypatch.setattr(registry, "entry_points", installed)
    made: Any = component("annotators", "counter", a=2)
    assert made["a"] == 2


def test_a_plug_in_is_among_the_names_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(group: str) -> list[EntryPoint]:
        return [EntryPoint("counter", "collections:Counter", group)]

    monkeypatch.setattr(registry, "entry_points", installed)
    with pytest.raises(UnknownName, match="did you mean 'counter'"):
        component("annotators", "countre")
