"""Statements: who is quoted as saying what, directly or indirectly, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.annotate.marks import Quotation, quotations
from kg.annotate.reporting import reporting
from kg.annotate.speakers import Speakers
from kg.annotate.speech import Report, Speech, closed
from kg.model import Document, Span, Statement, StatementKind
from kg.syntax import NOMINAL, Syntax

_ENDS = frozenset({".", "!", "?", ":", ";"})
_FEWEST = 2  # words of a quotation that is no whole sentence; one word is irony or a term
_INVERTED = 8  # tokens after the verb in which an inverted subject is looked for
_TAIL = 40  # tokens that may stand between a quotation and the verb that follows it
_BREAK = re.compile(r"\n\s*\n|(?<=[.!?:\"”])\s*\n\s*")  # between paragraphs
_STOP = re.compile(r"[.!?]\s|\n")
_SHARE = 0.5  # of a reported clause: from here on it is the quotation that counts


@dataclass(frozen=True)
class Quotes:
    """Direct and indirect speech with speaker, addressee and the reporting word."""

    name: ClassVar[str] = "quotes"
    requires: ClassVar[tuple[str, ...]] = ("tokens", "entities")
    provides: ClassVar[tuple[str, ...]] = ("statements",)

    def warm_up(self) -> None:
        """Read the word lists now rather than at the first document."""
        reporting("verbs", "say")

    def __call__(self, doc: Document) -> Document:
        """Return the document with its statements, in the order of the text."""
        if not doc.tokens or not doc.entities:
            return doc.but(statements=())
        return doc.but(statements=tuple(_Reader(doc).statements()))


class _Reader:
    """One document, read for its statements."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.text, self.tokens = doc, doc.text, doc.tokens
        self.syntax = Syntax(doc.tokens)
        found = quotations(doc.text)
        self.quotes = [q for q in found if not q.nested]
        self.nested = [q for q in found if q.nested]
        self.quoted = {i for q in self.quotes for i in self.syntax.within(q.inner)}
        self.speakers = Speakers(doc, self.syntax, self.quoted)
        self.speech = Speech(doc, self.syntax, self.speakers, self.quoted)
        self.reports: dict[Quotation, Report] = {}
        self.absorbed: set[Quotation] = set()

    def statements(self) -> list[Statement]:
        """Return all statements, each once."""
        found: dict[tuple[str, Span], Statement] = {}
        for statement in (*self._indirect(), *self._direct(), *self._inner()):
            found.setdefault((statement.speaker, statement.quote), statement)
        return sorted(found.values(), key=lambda s: (s.quote, s.speaker))

    # ------------------------------------------------------------ indirect
    def _indirect(self) -> Iterator[Statement]:
        """Yield reported clauses; those that are mostly a quotation are left to `_direct`."""
        for report in self.speech.reports():
            if report.content is None:
                continue
            content = self._clipped(closed(report.content, self.quotes), report.verb)
            if content.start >= content.end:
                continue
            within = [q for q in self.quotes if q.outer.overlaps(content)]
            shared = sum(
                min(q.outer.end, content.end) - max(q.outer.start, content.start) for q in within
            )
            if shared >= _SHARE * (content.end - content.start):
                for quotation in within:
                    self.reports.setdefault(quotation, report)
            else:
                self.absorbed.update(within)
                yield from _statements(report, content, "indirect")

    def _clipped(self, content: Span, verb: int) -> Span:
        """Return the clause without what the parser drew in from beyond its sentence.

        That is another paragraph, a quotation that begins a sentence of its own, and what follows
        a quotation that the clause begins with.
        """
        start, end = content.start, content.end
        cue = self.tokens[verb].span
        if _BREAK.search(self.text, end, cue.start):
            return Span(start, start)
        for match in _BREAK.finditer(self.text, start, end):
            if match.end() <= cue.start:
                start = max(start, match.end())
            elif match.start() >= cue.end:
                end = min(end, match.start())
        for q in self.quotes:
            if start < q.outer.start < end:
                before = self.text[start : q.outer.start].rstrip()
                if before[-1:] in (".", "!", "?"):
                    end = start + len(before.rstrip(".!?"))
            elif q.outer.start <= start < q.outer.end < end and self.text[q.outer.end] == ",":
                end = q.outer.end
        return Span(start, end)

    # ------------------------------------------------------------ direct
    def _direct(self) -> Iterator[Statement]:
        previous: tuple[Quotation, Report] | None = None
        for q in self.quotes:
            if q in self.absorbed:
                continue
            report = self.reports.get(q) or self._tail(q) or self._lead(q)
            if report is None:
                report = self._continuation(q, previous)
            if report is not None:
                yield from _statements(report, q.inner, "direct")
                previous = (q, report)

    def _tail(self, q: Quotation) -> Report | None:
        """Return the cue after a quotation: `"...," he said`, `"..." wrote Trump`."""
        last = self.text[q.inner.end - 1]
        if q.continued or last == ".":
            return None
        first = self.syntax.at(q.outer.end - 1) + 1
        while first < len(self.tokens) and self.tokens[first].text == ",":
            first += 1
        for index in range(first, min(first + _TAIL, len(self.tokens))):
            token = self.tokens[index]
            if token.text in _ENDS or index in self.quoted or token.pos == "SPACE":
                return None
            if self._is_cue(index):
                speakers = self.speech.who(index) if self._begins(index, first) else ()
                if not speakers and index == first:
                    speakers = self._inverted(index)
                return self._report(index, speakers) if speakers else None
        return None

    def _begins(self, verb: int, first: int) -> bool:
        """Tell whether the clause of a verb begins at a token: nothing but its subject between."""
        return (
            verb == first
            or self.tokens[first].pos not in ("CCONJ", "SCONJ")
            and any(
                self.syntax.edges(child)[0] <= first < verb for child in self.syntax.children[verb]
            )
        )

    def _inverted(self, verb: int) -> tuple[str, ...]:
        """Return who speaks in `"..." tweeted Johnson` where the parser saw no subject."""
        for index in range(verb + 1, min(verb + _INVERTED, len(self.tokens))):
            if self.tokens[index].pos == "PUNCT":
                break
            if self.tokens[index].pos in NOMINAL and (found := self.speech.speaking(index)):
                return found
        return ()

    def _lead(self, q: Quotation) -> Report | None:
        """Return the cue before a quotation: `he said, "..."`, `cited the "..."`."""
        first = self.syntax.at(q.outer.start)
        before = self.text[: q.outer.start].rstrip()[-1:]
        inside = self.syntax.within(q.inner)
        if not len(inside):
            return None
        if before == ":":
            return self._announced(first)
        words = sum(self.tokens[i].pos not in ("PUNCT", "SPACE") for i in inside)
        if words < _FEWEST:
            return None
        governed = {a for i in inside for a in self.syntax.ancestors(i) if a < first}
        for index in range(first - 1, -1, -1):
            if index in self.quoted:
                continue
            token = self.tokens[index]
            if token.text in _ENDS or token.pos == "SPACE":
                break
            if self._is_cue(index) and (index in governed or before == ","):
                speakers = self.speech.who(index)
                return self._report(index, speakers) if speakers else None
        return None

    def _announced(self, first: int) -> Report | None:
        """Return the cue of a sentence that ends in a colon before the quotation."""
        verbs = []
        for index in range(first - 1, -1, -1):
            token = self.tokens[index]
            if index in self.quoted or token.text in _ENDS - {":"}:
                break
            if token.pos in ("VERB", "AUX") and self.speech.is_said(index):
                verbs.append(index)
        for index in (*filter(self._is_cue, verbs), *reversed(verbs)):
            if speakers := self.speech.who(index):
                return self._report(index, speakers)
        return None

    def _continuation(
        self, q: Quotation, previous: tuple[Quotation, Report] | None
    ) -> Report | None:
        """Return the cue of the quotation before, if this one goes on from it."""
        if previous is None:
            return None
        before, report = previous
        gap = self.text[before.outer.end : q.outer.start]
        if before.continued and not gap.strip():
            return report
        cue = self.tokens[report.verb].span
        if before.outer.end <= cue.start and cue.end <= q.outer.start and not _STOP.search(gap):
            return report  # "..." he said, "..."
        opening = self.text[q.inner.start]
        starts = gap.rstrip()[-1:] in _ENDS or not gap.strip()
        if "\n" in gap.strip() or not starts or not (opening.isupper() or opening in "[…"):
            return None
        return report if "\n" not in gap else None

    def _inner(self) -> Iterator[Statement]:
        """Yield quotations inside a quotation that name their speaker."""
        for q in self.nested:
            first = self.syntax.at(q.outer.start)
            for index in range(first - 1, max(-1, first - 4), -1):
                token = self.tokens[index]
                if token.pos == "VERB" and token.lemma in reporting("verbs", "say"):
                    if self.speech.is_said(index) and (speakers := self.speech.who(index)):
                        yield from _statements(self._report(index, speakers), q.inner, "direct")
                    break

    # ------------------------------------------------------------ cues
    def _is_cue(self, index: int) -> bool:
        return (
            index not in self.quoted
            and self.speech.is_reporting(index)
            and self.speech.is_said(index)
        )

    def _report(self, verb: int, speakers: tuple[str, ...]) -> Report:
        return Report(
            verb, self.tokens[verb].text, speakers, self.speech.addressee(verb), content=None
        )


def _statements(report: Report, quote: Span, kind: StatementKind) -> Iterator[Statement]:
    for speaker in report.speakers:
        addressee = report.addressee if report.addressee != speaker else None
        yield Statement(speaker, quote, kind, addressee, report.cue)
