"""What the user has decided about who is who: one small file, applied again at every build.

::

    # decisions.toml, beside the store of the graph
    [[merge]]                  # these are one, whatever we think
    these = ["Zelensky", "Q3874799"]

    [[never]]                  # these are never one
    these = ["person/kim", { name = "Kim", country = "KOR" }]

    [[alias]]                  # also known as; a text that says so means this one
    of = "Donald Trump"
    names = ["the Donald"]

    [[rename]]                 # shown by this name
    of = "Q3052772"
    to = "President Macron"

A thing is named by a name, a Wikidata id, an IRI (``person/kim`` is one of ours, without its base)
or, to be exact, by ``{ name, type, country }``. Take an entry out and all is as before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self, get_args

from kg.errors import DecisionError
from kg.model import EntityType
from kg.vocab import BASE, slug

FILE = "decisions.toml"
"""Name of the file in the folder of a graph."""

_OURS = re.compile(r"(country|person|organization|place|event|group)/(\S+)")


@dataclass(frozen=True, order=True)
class Reference:
    """What a decision is about: a name, an IRI or an id, with a type and a country to be exact.

    Examples
    --------
    >>> Reference("Kim Jong Un").blocks(), Reference("Q56226").blocks()
    (('name/kim-jong-un',), ('wikidata/Q56226',))
    """

    name: str
    type: str = ""
    country: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.type, self.country)))

    @property
    def is_id(self) -> bool:
        """Whether it names one thing exactly: an IRI or a Wikidata id."""
        return bool(self.wikidata or self.ours or "://" in self.name)

    @property
    def wikidata(self) -> str | None:
        """The Wikidata id that it is, if it is one."""
        found = re.fullmatch(r"(?:http://www\.wikidata\.org/entity/)?(Q[1-9][0-9]*)", self.name)
        return found[1] if found else None

    @property
    def ours(self) -> str | None:
        """What it is without our base, if it is an IRI of our making: "person/keir-starmer"."""
        found = _OURS.fullmatch(self.name.removeprefix(BASE).removeprefix(":"))
        return found[0] if found else None

    def blocks(self) -> tuple[str, ...]:
        """Return the blocks under which what it means is looked up."""
        if self.wikidata:
            return (f"wikidata/{self.wikidata}",)
        if self.ours:
            kind, _, rest = self.ours.partition("/")
            if kind == "country":
                return (f"iso3/{rest}",)
            return tuple(sorted({f"name/{rest.partition('_')[0]}", f"only/{self.ours}"}))
        if "://" in self.name:
            return (f"iri/{self.name}",)
        return (f"name/{slug(self.name)}",)


@dataclass(frozen=True)
class Decisions:
    r"""The user's own decisions; none by default.

    Attributes
    ----------
    merge
        Things that are one.
    never
        Pairs, or more, that are never one.
    alias
        A thing and its further names.
    rename
        A thing and the name it is shown by.

    Examples
    --------
    >>> one = Decisions.from_toml('[[merge]]\nthese = ["Zelensky", "Zelenskiy"]')
    >>> one.beside("name/zelensky")
    ('name/zelenskiy',)
    """

    merge: tuple[tuple[Reference, ...], ...] = ()
    never: tuple[tuple[Reference, ...], ...] = ()
    alias: tuple[tuple[Reference, tuple[str, ...]], ...] = ()
    rename: tuple[tuple[Reference, str], ...] = ()

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the file of a graph; no file, no decisions.

        Raises
        ------
        DecisionError
            Telling which entry does not hold, and what to do.
        """
        try:
            return cls.from_toml(path.read_text(encoding="utf-8"), str(path))
        except FileNotFoundError:
            return cls()
        except UnicodeDecodeError:
            raise DecisionError(str(path), "", "is no UTF-8 text; save it as UTF-8") from None
        except OSError as error:
            problem = f"cannot be read ({error.strerror}); mend or remove it"
            raise DecisionError(str(path), "", problem) from None

    @classmethod
    def from_toml(cls, text: str, file: str = FILE) -> Self:
        """Read decisions from the text of a file.

        Raises
        ------
        DecisionError
            Telling which entry does not hold, and what to do.
        """
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise DecisionError(file, "", f"is no TOML: {error}; mend that line") from None
        unknown = sorted(set(content) - {"merge", "never", "alias", "rename"})
        if unknown:
            known = "known are merge, never, alias, rename"
            raise DecisionError(file, unknown[0], f"is no kind of decision; {known}")
        said = cls(
            tuple(entry.several() for entry in _entries(content, "merge", file)),
            tuple(entry.several() for entry in _entries(content, "never", file)),
            tuple((entry.one(), entry.names()) for entry in _entries(content, "alias", file)),
            tuple((entry.one(), entry.text("to")) for entry in _entries(content, "rename", file)),
        )
        _agree(said, file)
        return said

    def references(self) -> tuple[Reference, ...]:
        """Return all things that are named in some decision, sorted, each once."""
        several = [one for entry in (*self.merge, *self.never) for one in entry]
        return tuple(sorted({*several, *(one for one, _ in (*self.alias, *self.rename))}))

    def blocks(self) -> frozenset[str]:
        """Return the blocks that some decision is about; a changed decision touches these."""
        aliases = {f"name/{slug(name)}" for _, names in self.alias for name in names}
        return frozenset(aliases.union(*(one.blocks() for one in self.references())))

    def beside(self, block: str) -> tuple[str, ...]:
        """Return the blocks that belong to the same search as this one by a decision."""
        return self._beside.get(block, ())

    @cached_property
    def _beside(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        groups = [[block for one in entry for block in one.blocks()] for entry in self.merge]
        groups += [
            [*one.blocks(), *(f"name/{slug(name)}" for name in names)] for one, names in self.alias
        ]
        for group in groups:
            for block in group:
                found.setdefault(block, set()).update(group)
        return {block: tuple(sorted(others - {block})) for block, others in found.items()}


def _agree(said: Decisions, file: str) -> None:
    """Refuse a file that says of the same things that they are one and that they never are."""
    for number, entry in enumerate(said.never, 1):
        for one in entry:
            one_thing, by = {one}, set[int]()
            while further := {
                n
                for n, merge in enumerate(said.merge, 1)
                if n not in by and not one_thing.isdisjoint(merge)
            }:
                by |= further
                one_thing.update(other for n in further for other in said.merge[n - 1])
            both = [other for other in entry if other != one and other in one_thing]
            if both:
                merges = " and ".join(f"merge, entry {n}" for n in sorted(by))
                raise DecisionError(
                    file,
                    f"never, entry {number}",
                    f"{one} and {both[0]} are one by {merges}; take out one of these entries",
                )


class _Entry:
    """One entry of the file, read field by field with errors that say where."""

    def __init__(self, content: Mapping[str, Any], file: str, where: str) -> None:
        self._content, self._file, self._where = content, file, where

    def fail(self, problem: str) -> DecisionError:
        return DecisionError(self._file, self._where, problem)

    def text(self, field: str) -> str:
        value = self._content.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"'{field}' has no text; write {field} = \"a name\"")
        return value

    def names(self) -> tuple[str, ...]:
        value = self._content.get("names")
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not all(map(_is_text, names)):
            raise self.fail("'names' has no names; write names = [\"a name\"]")
        return tuple(names)

    def one(self) -> Reference:
        return self._reference(self._content.get("of"), "of")

    def several(self) -> tuple[Reference, ...]:
        value = self._content.get("these")
        if not isinstance(value, list) or len(value) < 2:
            raise self.fail('\'these\' names less than two things; write these = ["A", "B"]')
        return tuple(self._reference(one, "these") for one in value)

    def _reference(self, value: object, field: str) -> Reference:
        if _is_text(value):
            return Reference(str(value).strip())
        if not isinstance(value, Mapping) or not _is_text(value.get("name")):
            raise self.fail(
                f"'{field}' needs a name, an IRI or a Wikidata id, or {{ name, type, country }}"
            )
        extra = sorted(set(value) - {"name", "type", "country"})
        if extra or not all(map(_is_text, value.values())):
            raise self.fail(f"'{field}' may hold name, type and country, all of them texts")
        kind, country = value.get("type", ""), value.get("country", "")
        if kind and kind not in get_args(EntityType):
            raise self.fail(f"there is no type '{kind}'; take {', '.join(get_args(EntityType))}")
        if country and not re.fullmatch(r"[A-Z]{3}", country):
            raise self.fail(f"'{country}' is no code of a state; write it like \"FRA\"")
        return Reference(value["name"].strip(), kind, country)


def _entries(content: Mapping[str, Any], kind: str, file: str) -> Iterable[_Entry]:
    value = content.get(kind, [])
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise DecisionError(file, kind, f"is no list of entries; write [[{kind}]] above each")
    for number, one in enumerate(value, 1):
        allowed = {"merge": "these", "never": "these", "alias": "of names", "rename": "of to"}
        extra = sorted(set(one) - {*allowed[kind].split(), "why"})
        entry = _Entry(one, file, f"{kind}, entry {number}")
        if extra:
            raise entry.fail(f"there is no '{extra[0]}'; it has {allowed[kind]} and why")
        yield entry


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
