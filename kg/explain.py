"""Why something was found in a sentence, or was not: every layer in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.annotate.status import StatusReader
from kg.extract.frames import Frames, Match, Matcher
from kg.model import Clause, Document, Relation, Span
from kg.relations import Frame, Trigger
from kg.syntax import Syntax

_POS = {"v": "verb", "n": "noun", "a": "adjective"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document with all its layers, and how each clause met the lexicon.

    ``deciding`` has for each finding the word that makes its clause a plan, a possibility or a
    denial ("agreed", "may", "without"), or an empty string.

    ``str(explanation)`` is the text that ``kg explain`` prints.
    """

    document: Document
    findings: tuple[tuple[Clause, tuple[str, ...]], ...]
    deciding: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(_render(self))


def explained(document: Document, frames: Frames) -> Explanation:
    """Explain a document that has passed through a pipeline.

    Parameters
    ----------
    document
        With all layers.
    frames
        The extractor whose lexicon the clauses are held against.
    """
    matcher = Matcher(document, frames.lexicon)
    found = []
    for clause in document.clauses:
        reasons = tuple(dict.fromkeys(_reasons(matcher, clause, document)))
        if reasons:
            found.append((clause, reasons))
    syntax = Syntax(document.tokens)
    reader = StatusReader(syntax, document.times, document.date)
    words = (reader.word(syntax.at(clause.trigger.start)) for clause, _ in found)
    deciding = ("" if word is None else document.tokens[word].text for word in words)
    return Explanation(document, tuple(found), tuple(deciding))


def _reasons(matcher: Matcher, clause: Clause, document: Document) -> Iterator[str]:
    """Yield one sentence for each frame that fired, and why the others did not."""
    candidates = list(matcher.candidates(clause))
    if not candidates and clause.pos == "v":
        yield f"no relation has a frame for the verb '{clause.lemma}'"
    fitting = list(matcher.matches(clause))
    told: set[str] = set()
    idle = []
    for match in candidates:
        made = list(matcher.relations(clause, match)) if match in fitting else []
        told |= {relation.type for relation in made}
        for relation in made:
            yield f"{_name(match)}: fired, {_fact(relation, document)}"
        if not made:
            idle.append(match)
    # Where one frame of a relation fired, what its other wordings lack is of no interest.
    lacking: dict[str, dict[str, set[str]]] = {}
    for match in idle:
        if match.entry.name in told:
            continue
        if match in fitting:
            yield f"{_name(match)}: not fired, {_hindrance(matcher, clause, match)}"
        else:
            head = f"{match.entry.name} ({_written(match.trigger)})"
            lacks = _missing(matcher, clause, match.trigger)
            lacking.setdefault(head, {}).setdefault(lacks[0], set()).update(lacks[1])
    for head, slots in lacking.items():
        parts = (f"{_some(wanted)} in {where}" for where, wanted in slots.items())
        yield f"{head}: not fired, the sentence lacks {'; or '.join(parts)}"


def _name(match: Match) -> str:
    return f"{match.entry.name} ({_written(match.trigger)}: {_pair(match.frame)})"


def _missing(matcher: Matcher, clause: Clause, trigger: Trigger) -> tuple[str, frozenset[str]]:
    """Return the first slot whose companion a clause lacks, what stands there, what should."""
    slot, wanted = next(
        (slot, wanted)
        for slot, wanted in trigger.companions
        if not matcher.has(clause, slot, wanted)
    )
    held = [span.of(matcher.doc.text) for span in matcher.slot(clause, slot)]
    there = f"it holds {', '.join(map(repr, held))}" if held else "it is empty"
    return f"the slot '{slot}' ({there})", wanted


def _some(wanted: set[str]) -> str:
    """Return a few of the words that a slot should hold: "any but verbal" for "!verbal"."""
    if "-" in wanted:
        return "nothing"
    few = sorted(word.removeprefix("!") for word in wanted)
    text = " or ".join(few[:6]) + (" ..." if len(few) > 6 else "")
    return f"any word but {text}" if any(word.startswith("!") for word in wanted) else text


def _hindrance(matcher: Matcher, clause: Clause, match: Match) -> str:
    """Say what a frame lacked: a slot, an entity in it, or the right type."""
    for slot in (match.frame.subject, match.frame.object):
        name = slot.partition(".")[0]
        spans = matcher.slot(clause, name)
        if not spans:
            return f"the slot '{name}' is empty"
        if not matcher.fillers(clause, slot, match.trigger.companions):
            words = ", ".join(f"'{span.of(matcher.doc.text)}'" for span in spans)
            return f"the slot '{slot}' holds {words}, which is no known entity"
    entry = match.entry
    for slot, allowed in ((match.frame.subject, entry.domain), (match.frame.object, entry.range)):
        fillers = matcher.fillers(clause, slot, match.trigger.companions)
        types = {matcher.arguments.type_of(found) for found in fillers}
        if not types & set(allowed):
            return (
                f"the slot '{slot}' holds a {' or '.join(sorted(types))}, "
                f"and {entry.name} wants {', '.join(allowed)}"
            )
    if match.frame.status is not None and clause.status == "negated":
        return "the sentence denies it"
    return "subject and object would be the same, or only one stands in the slot"


def _render(explanation: Explanation) -> Iterator[str]:
    doc = explanation.document
    names = {entity.id: entity.name for entity in doc.entities}
    yield "Entities"
    for entity in doc.entities:
        mentions = ", ".join(f"'{m.span.of(doc.text)}'" for m in entity.mentions)
        link = " ".join(filter(None, (entity.iso3, entity.wikidata)))
        yield f"  {entity.type:<13} {entity.name}{f' ({link})' if link else ''}: {mentions}"
    dates = (f"'{t.span.of(doc.text)}' = {t.value or 'unresolved'}" for t in doc.times)
    offices = (
        f"{names[office.person]}: {'former ' * office.former}{office.title.of(doc.text)}"
        f" of {names.get(office.body or '', '?')}"
        for office in doc.offices
    )
    statements = (
        f'{names[s.speaker]} ({s.kind}, "{s.cue}"): {s.quote.of(doc.text)}' for s in doc.statements
    )
    clauses = (
        line
        for finding, word in zip(explanation.findings, explanation.deciding, strict=True)
        for line in _clause(doc, *finding, word)
    )
    yield from _section("Dates", dates)
    yield from _section("Offices", offices)
    yield from _section("Statements", statements)
    yield from _section("Clauses", clauses)
    yield from _section("Relations", (_fact(relation, doc) for relation in doc.relations))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {line}" for line in lines]
    if found or title == "Relations":
        yield title
        yield from found or ["  none"]


def _clause(doc: Document, clause: Clause, reasons: tuple[str, ...], word: str) -> Iterator[str]:
    slots = "; ".join(
        f"{name} = {', '.join(_quoted(doc, span) for span in spans)}"
        for name, spans in clause.slots.items()
        if name != "self"
    )
    kind = _POS[clause.pos]
    status = clause.status + (f" by '{word}'" if word else "")
    yield f"{kind} '{clause.lemma}', {status}{f': {slots}' if slots else ''}"
    yield from (f"  {reason}" for reason in reasons)


def _quoted(doc: Document, span: Span) -> str:
    return f"'{span.of(doc.text)}'"


def _fact(relation: Relation, doc: Document) -> str:
    names = {entity.id: entity.name for entity in doc.entities}
    extras: list[str] = [relation.status]
    extras += [f"in {names[relation.place]}"] if relation.place else []
    extras += [relation.date] if relation.date else []
    extras += [f"as {relation.title}"] if relation.title else []
    extras += ["former"] if relation.former else []
    pair = f"{names[relation.subject]} {relation.type} {names[relation.object]}"
    return f"{pair} [{', '.join(extras)}]"


def _written(trigger: Trigger) -> str:
    """Return a trigger as the lexicon writes it."""
    words = trigger.lemma + (f".{trigger.pos}" if trigger.pos != "v" else "")
    return f"{words} {trigger.particle}".strip()


def _pair(frame: Frame) -> str:
    return f"{frame.subject} {'&' if frame.together else '>'} {frame.object}"
