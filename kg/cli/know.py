"""Commands about how it works: relations, ontology, stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

import kg
from kg.cli import console
from kg.config import lexicon_from
from kg.contracts import Annotator
from kg.kb import tables
from kg.model import ENTITY_TYPES, EntityType
from kg.pipeline import Stage
from kg.rdf import ontology as turtle
from kg.relations import Frame, Lexicon, RelationType, Trigger, entity_groups
from kg.testing import surprise

OwnLexicon = Annotated[
    Path | None,
    typer.Option(
        "--lexicon", metavar="FILE", help="TOML file with your own relations, added to ours."
    ),
]


def relations(
    name: Annotated[str | None, typer.Argument(help="One of them, in full.")] = None,
    lexicon: OwnLexicon = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Try its examples, or those of FILE: do they hold?"),
    ] = False,
) -> None:
    """List the relations that are looked for, show one in full, or try its examples."""
    known = lexicon_from(lexicon)
    if check:
        entries = [known[name]] if name is not None else known.values()
        _check([e for e in entries if name or lexicon is None or e.origin == str(lexicon)], known)
        return
    if name is not None:
        _entry(known[name])
        return
    console.table(
        ("relation", "from", "to", "PLOVER", "meaning"),
        (
            (
                entry.name + ("*" if entry.symmetric else ""),
                _types(entry.domain),
                _types(entry.range),
                entry.plover,
                entry.gloss,
            )
            for entry in known.values()
        ),
    )
    groups = "; ".join(f"{name}: {', '.join(of)}" for name, of in entity_groups().items())
    console.say(f"[dim]* holds both ways. {groups}. One in full: kg relations metWith[/]")


def _check(entries: Iterable[RelationType], known: Lexicon) -> None:
    pipeline = kg.Pipeline.default(known)
    tried = [
        (entry.name, example.text, surprise(entry, example, pipeline))
        for entry in entries
        for example in entry.examples
    ]
    console.table(
        ("relation", "example", "outcome"),
        ((name, text, problem or "holds") for name, text, problem in tried),
    )
    if any(problem for *_, problem in tried):
        raise typer.Exit(1)


def ontology(
    shapes: Annotated[bool, typer.Option("--shapes", help="The SHACL shapes instead.")] = False,
    lexicon: OwnLexicon = None,
) -> None:
    """Print the OWL ontology (or the SHACL shapes) of the lexicon as Turtle."""
    known = lexicon_from(lexicon)
    console.write(turtle.shapes(known) if shapes else turtle.ontology(known))


def stages() -> None:
    """List the stages that a document passes through, in order."""
    console.table(
        ("stage", "needs", "adds"),
        (
            (stage.name, ", ".join(stage.requires) or "text", ", ".join(_adds(stage)))
            for stage in kg.Pipeline.default().stages
        ),
    )
    own = ", ".join(f"{table.name} ({table.told})" for table in tables())
    console.say(f"[dim]Your own tables (kg kb): {own or 'none'}.[/]")


def _adds(stage: Stage) -> tuple[str, ...]:
    return stage.provides if isinstance(stage, Annotator) else ("relations",)


def _entry(entry: RelationType) -> None:
    where = f"{entry.origin}:{_line(entry)}"
    facts: dict[str, object] = {
        "relation": Text(entry.name, "bold"),
        "family": entry.family,
        "label": entry.label,
        "meaning": entry.gloss,
        "from": _types(entry.domain),
        "to": _types(entry.range),
        "both ways": "yes" if entry.symmetric else "no",
        "inverse": entry.inverse,
        "PLOVER": entry.plover,
        "colour": Text.assemble(("■ ", entry.colour), entry.colour),
        "class": f"kg:{entry.noun}",
        "where": where,
    }
    rows = [(name, value) for name, value in facts.items() if value]
    rows += [("frame", frame) for frame in _frames(entry)]
    for example in entry.examples:
        yields = "; ".join(example.yields) or "nothing"
        rows.append(("example", f"{example.text}  ->  {yields}"))
    console.table(("", ""), rows, heading=False)


def _line(entry: RelationType) -> int:
    """Return the number of the line on which an entry of a lexicon file starts."""
    ours = entry.origin.startswith("kg/")
    file = files("kg") / entry.origin.removeprefix("kg/") if ours else Path(entry.origin)
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip() == f"[{entry.name}]"), 1)


def _types(types: tuple[EntityType, ...]) -> str:
    if len(types) == len(ENTITY_TYPES):
        return "anything"
    rest, found = list(types), []
    for name, members in entity_groups().items():
        if set(members) <= set(rest):
            found.append(name)
            rest = [kind for kind in rest if kind not in members]
    return ", ".join([*found, *rest])


def _frames(entry: RelationType) -> Iterator[str]:
    """Yield the frames as they stand in the file: what shares its triggers on one line."""
    for triggers, frames in groupby(entry.frames, key=lambda frame: frame.triggers):
        slots = "; ".join(_slots(frame) for frame in frames)
        yield f"{', '.join(_trigger(trigger) for trigger in triggers)}: {slots}"


def _slots(frame: Frame) -> str:
    status = f" = {frame.status}" if frame.status else ""
    return f"{frame.subject} {'&' if frame.together else '>'} {frame.object}{status}"


def _trigger(trigger: Trigger) -> str:
    words = trigger.lemma + (f" {trigger.particle}" if trigger.particle else "")
    words += "" if trigger.pos == "v" else f".{trigger.pos}"
    return words + "".join(f" [{slot}={'|'.join(sorted(of))}]" for slot, of in trigger.companions)
