"""Why something was found in a sentence, or was not: every layer in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.frames import Frames, Match, Matcher
from kg.model import Clause, Document, Relation, Span
from kg.relations import Frame, Trigger

_POS = {"v": "verb", "n": "noun", "a": "adjective"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document with all its layers, and how each clause met the lexicon.

    ``str(explanation)`` is the text that ``kg explain`` prints.
    """

    document: Document
    findings: tuple[tuple[Clause, tuple[str, ...]], ...]

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
    return Explanation(document, tuple(found))


def _reasons(matcher: Matcher, clause: Clause, document: Document) -> Iterator[str]:
    """Yield one sentence for each frame that the trigger of a clause has."""
    candidates = matcher.lexicon.by_trigger.get((clause.lemma.partition(" ")[0], clause.pos), ())
    fitting = list(matcher.matches(clause))
    if not candidates and clause.pos == "v":
        yield f"no relation has a frame for the verb '{clause.lemma}'"
    for entry, frame, trigger in candidates:
        match = Match(entry, frame, trigger)
        name = f"{entry.name} ({_written(trigger)}: {_pair(frame)})"
        if match not in fitting:
            if trigger.companions and trigger.particle in ("", clause.lemma.partition(" ")[2]):
                yield (
                    f"{entry.name} ({_written(trigger)}): not fired, "
                    f"the sentence lacks {_companions(trigger)}"
                )
            continue
        made = list(matcher.relations(clause, match))
        if made:
            for relation in made:
                yield f"{name}: fired, {_fact(relation, document)}"
        else:
            yield f"{name}: not fired, {_hindrance(matcher, clause, match)}"


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
    clauses = (line for finding in explanation.findings for line in _clause(doc, *finding))
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


def _clause(doc: Document, clause: Clause, reasons: tuple[str, ...]) -> Iterator[str]:
    slots = "; ".join(
        f"{name} = {', '.join(_quoted(doc, span) for span in spans)}"
        for name, spans in clause.slots.items()
        if name != "self"
    )
    kind = _POS[clause.pos]
    yield f"{kind} '{clause.lemma}', {clause.status}{f': {slots}' if slots else ''}"
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


def _companions(trigger: Trigger) -> str:
    return " and ".join(
        f"{' or '.join(sorted(lemmas)[:4])} in the slot '{slot}'"
        for slot, lemmas in trigger.companions
    )
