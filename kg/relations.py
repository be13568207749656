"""The lexicon: one relation type = one TOML entry, with its wording, its looks and its examples."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from kg.errors import LexiconError, UnknownName
from kg.model import ENTITY_TYPES, STATUSES, EntityType, Status

KEYS = {
    "label", "noun", "gloss", "domain", "range", "symmetric", "inverse", "plover", "colour",
    "frames", "examples",
}  # fmt: skip

Companions = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that can express a relation: lemma, part of speech, particle, fixed companions.

    ``"call off"`` is a verb with a particle, ``"talk.n"`` a noun, ``"critical.a"`` an adjective;
    ``"send, deploy [obj=troop|soldier]"`` wants one of these lemmas as head of the slot for both
    verbs, ``[obj=deed]`` any noun for a deed, ``[obj=site]`` any for a building or a piece of
    land (lists in ``cues.toml``); ``"call [obj=Person] [as=-]"`` wants an entity of that type
    there and nobody called anything: "-" is an empty slot.
    """

    lemma: str
    pos: str
    particle: str = ""
    companions: Companions = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Which slots of a clause hold subject and object when one of the triggers is its head.

    Slots are "subj", "obj", "iobj", "poss" (possessor of a noun, or a name that modifies it),
    "mod" (its other modifiers), "self" (the noun itself), "as" (what an object is called),
    "comp" (subject of a complement clause), "duty" (that subject, if it should or must),
    "deed" (the infinitive below a verb: "ordered him to leave"), "target" (its object: "threatened
    to attack Chile"), "condition" (who is to do it: "unless Chile leaves, X warned") or a
    preposition; ``".of"`` after a slot means the country or organization that the phrase belongs
    to ("British troops" -> Britain), ``".doer"`` whose deed it names ("the ban imposed by Norway"
    -> Norway, see ``kg.extract.deeds``). ``together`` frames take two members of one slot.
    ``status`` overrides what the grammar says; "implied" takes what the grammar says, but tells
    nothing where that is a denial: who did not speak at a summit may well have been there.
    """

    triggers: tuple[Trigger, ...]
    subject: str
    object: str
    together: bool = False
    status: Status | Literal["implied"] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a lexicon entry with all relations of that type it must yield."""

    text: str
    yields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationType:
    """One entry of the lexicon.

    ``noun`` names an occurrence of it ("Briefing") as a class in the RDF graph; ``domain`` and
    ``range`` are entity types; ``plover`` is the PLOVER class of an occurrence that is actual;
    ``family`` is the name of the file; ``origin`` is the file it was read from.
    """

    name: str
    label: str
    noun: str
    gloss: str
    family: str
    domain: tuple[EntityType, ...]
    range: tuple[EntityType, ...]
    symmetric: bool
    inverse: str | None
    plover: str | None
    colour: str
    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]
    origin: str


class Lexicon(Mapping[str, RelationType]):
    """All relation types by name, in the order of their files.

    Examples
    --------
    >>> shipped()["briefed"].label
    'briefed'
    """

    def __init__(self, types: Iterable[RelationType]) -> None:
        self._types = {entry.name: entry for entry in types}
        nouns: dict[str, str] = {}
        for entry in self._types.values():
            other = nouns.setdefault(entry.noun, entry.name)
            if other != entry.name:
                problem = f"{entry.noun!r} is the noun of '{other}' already"
                raise LexiconError(entry.origin, entry.name, "noun", problem)

    def __getitem__(self, name: str) -> RelationType:
        try:
            return self._types[name]
        except KeyError:
            raise UnknownName("relation", name, tuple(self._types)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._types

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    @cached_property
    def by_trigger(self) -> dict[tuple[str, str], list[tuple[RelationType, Frame, Trigger]]]:
        """The frames by lemma and part of speech ("v", "n", "a") of the words that trigger them."""
        found: dict[tuple[str, str], list[tuple[RelationType, Frame, Trigger]]] = {}
        for entry in self.values():
            for frame in entry.frames:
                for trigger in frame.triggers:
                    key = (trigger.lemma, trigger.pos)
                    found.setdefault(key, []).append((entry, frame, trigger))
        return found

    def extended(self, path: str | Path) -> Lexicon:
        """Return this lexicon with the entries of a TOML file added, or put in place of ours.

        Raises
        ------
        LexiconError
            If the file cannot be read or an entry does not hold.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise LexiconError(str(path), "", "", "there is no such file; check the path") from None
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            raise LexiconError(str(path), "", "", problem) from None
        except UnicodeDecodeError:
            raise LexiconError(str(path), "", "", "is not UTF-8; save it as UTF-8") from None
        return Lexicon([*self.values(), *parse(text, str(path))])


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with the package."""
    folder = files("kg.data") / "relations"
    found = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            found += parse(file.read_text(encoding="utf-8"), f"kg/data/relations/{file.name}")
    return Lexicon(found)


@cache
def of_language(code: str) -> Lexicon:
    """Return those relation types of ours that have words in another language, in these words.

    Examples
    --------
    >>> ("laden", "v") in of_language("de").by_trigger
    True
    """
    file = files("kg.data") / "languages" / code / "relations.toml"
    if not file.is_file():
        known = (entry.name for entry in (files("kg.data") / "languages").iterdir())
        raise UnknownName("language", code, tuple(sorted(known)))
    origin, found = f"kg/data/languages/{code}/relations.toml", []
    for name, body in tomllib.loads(file.read_text(encoding="utf-8")).items():
        ours = shipped()[name]
        told = _Entry(origin, name, {**body, "domain": list(ours.domain)})
        frames = tuple(frame for line in told.strings("frames") for frame in told.frame(line))
        examples = tuple(told.example(entry) for entry in body["examples"])
        found.append(replace(ours, frames=frames, examples=examples, origin=origin))
    return Lexicon(found)


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """Return the terms that every graph uses, from ``vocabulary.toml``, by kind."""
    return tomllib.loads((files("kg.data") / "vocabulary.toml").read_text(encoding="utf-8"))


@cache
def structure() -> frozenset[str]:
    """Return the names that the RDF vocabulary uses for itself: no relation may take one."""
    return frozenset(name for terms in vocabulary().values() for name in terms)


@cache
def entity_types() -> dict[str, dict[str, Any]]:
    """Return the entries of ``entities.toml``: label, plural, colour, shape, classes."""
    return dict(_entities()["types"])


@cache
def entity_groups() -> dict[str, tuple[EntityType, ...]]:
    """Return the names that stand for several entity types: Actor, Body, Location."""
    return {name: tuple(types) for name, types in _entities()["groups"].items()}


@cache
def _entities() -> dict[str, Any]:
    return tomllib.loads((files("kg.data") / "entities.toml").read_text(encoding="utf-8"))


@cache
def slots() -> tuple[str, ...]:
    """Return the slots that a frame may name, from ``slots.toml``."""
    known = tomllib.loads((files("kg.data") / "slots.toml").read_text(encoding="utf-8"))
    return (*known["grammar"], *known["prepositions"])


def parse(text: str, origin: str) -> list[RelationType]:
    """Read the entries of one lexicon file.

    Raises
    ------
    LexiconError
        Naming the file, the entry and the field.
    """
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(origin, "", "", f"is not TOML: {error}") from None
    family = Path(origin).stem
    return [_Entry(origin, name, body).read(family) for name, body in entries.items()]


class _Entry:
    """One TOML entry, checked field by field."""

    def __init__(self, origin: str, name: str, body: Any) -> None:
        self.origin, self.name = origin, name
        if not isinstance(body, dict):
            raise self.fail("", "is not a table")
        self.body: dict[str, Any] = body
        if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name):
            raise self.fail(
                "", "a relation's name is letters and digits, a small letter first, like metWith"
            )
        if name in structure():
            raise self.fail("", "the graph uses this name for itself; take another")
        for key in body:
            if key not in KEYS:
                raise self.fail("", str(UnknownName("field", key, tuple(sorted(KEYS)))))

    def fail(self, field: str, problem: str) -> LexiconError:
        return LexiconError(self.origin, self.name, field, problem)

    def read(self, family: str) -> RelationType:
        colour = self.text("colour", "#667788")
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise self.fail("colour", f"{colour!r} is not a colour like #2a9d8f")
        symmetric = self.body.get("symmetric", False)
        if not isinstance(symmetric, bool):
            raise self.fail("symmetric", "is true or false")
        return RelationType(
            name=self.name,
            label=self.text("label", self.name),
            noun=self.noun(),
            gloss=self.text("gloss", ""),
            family=family,
            domain=self.types("domain"),
            range=self.types("range"),
            symmetric=symmetric,
            inverse=self.inverse(),
            plover=self.text("plover", "") or None,
            colour=colour,
            frames=tuple(frame for line in self.strings("frames") for frame in self.frame(line)),
            examples=tuple(self.example(entry) for entry in self.body.get("examples", [])),
            origin=self.origin,
        )

    def text(self, field: str, default: str) -> str:
        value = self.body.get(field, default)
        if not isinstance(value, str):
            raise self.fail(field, f"{value!r} is not a string")
        return value

    def inverse(self) -> str | None:
        inverse = self.text("inverse", "")
        if inverse and (not re.fullmatch(r"[a-z][A-Za-z0-9]*", inverse) or inverse in structure()):
            raise self.fail("inverse", f"{inverse!r} is not a free name like hostedBy")
        return inverse or None

    def noun(self) -> str:
        noun = self.text("noun", self.name[0].upper() + self.name[1:])
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", noun) or noun in structure():
            raise self.fail("noun", f"{noun!r} is not a free class name like Briefing")
        return noun

    def strings(self, field: str) -> list[str]:
        value = self.body.get(field, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.fail(field, "is a list of strings")
        return value

    def types(self, field: str) -> tuple[EntityType, ...]:
        groups = _entities()["groups"]
        found: list[EntityType] = []
        for name in self.strings(field):
            if name not in groups and name not in ENTITY_TYPES:
                known = (*groups, *ENTITY_TYPES)
                raise self.fail(field, str(UnknownName("entity type or group", name, known)))
            found += [kind for kind in groups.get(name, [name]) if kind not in found]
        if not found:
            raise self.fail(field, 'is missing; for example ["Actor"]')
        return tuple(found)

    def frame(self, line: str) -> Iterator[Frame]:
        head, colon, tail = line.partition(":")
        if not colon:
            raise self.fail("frames", f"{line!r} has no colon; like 'brief: subj > obj'")
        words, bracket, rest = head.partition("[")
        companions = self.companions(bracket + rest)
        triggers = tuple(self.trigger(part.strip(), companions) for part in words.split(","))
        for part in tail.split(";"):
            pair, equals, status = (piece.strip() for piece in part.partition("="))
            match = re.fullmatch(r"([a-z]+(?:\.[a-z]+)?)\s*([>&])\s*([a-z]+(?:\.[a-z]+)?)", pair)
            if not match:
                raise self.fail("frames", f"{part.strip()!r} is not 'slot > slot' or 'slot & slot'")
            if equals and status not in (*STATUSES, "implied"):
                known = (*STATUSES, "implied")
                raise self.fail("frames", str(UnknownName("status", status, known)))
            yield Frame(
                triggers,
                self.slot(match[1]),
                self.slot(match[3]),
                together=match[2] == "&",
                status=status if equals else None,  # type: ignore[arg-type]  # checked above
            )

    def trigger(self, words: str, companions: Companions) -> Trigger:
        match = re.fullmatch(r"([\w'-]+?)(?:\.([na]))?(?: ([a-z]+))?", words)
        if not match:
            raise self.fail("frames", f"{words!r} is not a trigger like 'call off' or 'talk.n'")
        return Trigger(match[1], match[2] or "v", match[3] or "", companions)

    def slot(self, name: str) -> str:
        bare = re.sub(r"\.(of|doer)$", "", name)
        if bare not in slots():
            raise self.fail("frames", str(UnknownName("slot", bare, slots())))
        return name

    def companions(self, brackets: str) -> Companions:
        if re.sub(r"\[[a-z]+(?:\.of)?=[^\[\]]+\]", "", brackets).strip():
            raise self.fail("frames", f"{brackets!r} is not like [obj=troop|soldier]")
        return tuple(
            (self.slot(slot), frozenset(lemmas.split("|")))
            for slot, lemmas in re.findall(r"\[([^=]+)=([^\]]+)\]", brackets)
        )

    def example(self, entry: Any) -> Example:
        if not isinstance(entry, dict) or set(entry) != {"text", "yields"}:
            raise self.fail("examples", "each is {text = '...', yields = ['A > B', ...]}")
        return Example(str(entry["text"]), tuple(str(line) for line in entry["yields"]))
