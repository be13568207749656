"""Statements: who is quoted as saying what, directly or indirectly, and to whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.annotate.contents import closed
from kg.annotate.marks import Quotation, breaks, last_before, quotations
from kg.annotate.reporting import reporting
from kg.annotate.speakers import Speakers
from kg.annotate.speech import Report, Speech
from kg.model import Document, Span, Statement, StatementKind
from kg.syntax import NOMINAL, Syntax

_STOPS = frozenset({".", "!", "?"})
_ENDS = _STOPS | {":", ";"}
_SHARE = 0.5  # of a reported clause: from here on it is the quotation in it that counts
# Words that a quotation inside a sentence has at least; fewer are irony or a term. Less may follow
# "called it", and "vowed".
_FEWEST, _FEWEST_OBJECT, _FEWEST_NAMED = 3, 2, 1
# Tokens between a quotation and its verb, after it and before it; of an inverted subject.
_TAIL, _LEAD, _INVERTED = 40, 80, 8
_FARTHEST = 400  # code points between a quotation and the cue before it
_SMALL = frozenset({"a", "an", "and", "at", "by", "de", "for", "in", "of", "on", "or", "the", "to"})
_LONGEST_TITLE = 8
_LINK = 6  # tokens of `wrote Johnson` between the halves of a quotation


@dataclass(frozen=True)
class Quotes:
    """Direct and indirect speech with speaker, addressee and the reporting word.

    A statement that is mostly a quotation is direct and spans the words between the marks; any
    other spans the reported clause, without "that". What is said by someone who is no entity of
    the document is left out.
    """

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
        self.text, self.tokens = doc.text, doc.tokens
        self.syntax = Syntax.of(doc.tokens)
        found = quotations(doc.text)
        self.quotes = [q for q in found if not q.nested]
        self.nested = [q for q in found if q.nested]
        self.breaks = breaks(doc.text)
        quoted = {i for q in self.quotes for i in self.syntax.within(q.inner)}
        self.quoted = quoted
        self.speakers = Speakers(doc, self.syntax, quoted)
        self.speech = Speech(doc, self.syntax, self.speakers, quoted)
        self.reports: dict[Quotation, Report] = {}  # quotations that make up a reported clause
        self.absorbed: set[Quotation] = set()  # quotations that are part of one
        self.told: list[tuple[int, Report]] = []  # indirect statements by where they end

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
            content = closed(report.content, self._touching(report.content))
            clipped = self._clipped(content, report.verb)
            if clipped is None:
                continue
            within = self._touching(clipped)
            shared = sum(
                min(q.outer.end, clipped.end) - max(q.outer.start, clipped.start) for q in within
            )
            if shared >= _SHARE * (clipped.end - clipped.start) or self._fronted(report, within):
                for q in within:
                    self.reports.setdefault(q, report)
            else:
                self.absorbed.update(within)
                self.told.append((max(clipped.end, self._end(report)), report))
                yield from _statements(report, clipped, "indirect")

    def _touching(self, span: Span) -> list[Quotation]:
        first = bisect_right(self.quotes, span.start, key=lambda q: q.outer.end)
        last = bisect_left(self.quotes, span.end, key=lambda q: q.outer.start)
        return self.quotes[first:last]

    def _fronted(self, report: Report, within: list[Quotation]) -> bool:
        """Tell whether a whole quoted sentence, drawn together with others, precedes the verb."""
        return (
            len(within) == 1
            and within[0].outer.end <= self.tokens[report.verb].span.start
            and self.text[within[0].inner.start].isupper()
            and self.text[within[0].inner.end - 1] in ",?!"
        )

    def _clipped(self, content: Span, verb: int) -> Span | None:
        """Return the clause without what the parser drew in from beyond its sentence.

        That is another paragraph, a quotation that begins a sentence of its own, and what follows
        a quotation that the clause begins with.
        """
        start, end = content.start, content.end
        cue = self.tokens[verb].span
        first = bisect_left(self.breaks, start, key=lambda gap: gap.start)
        for gap in self.breaks[first:]:
            if gap.start >= max(end, cue.start):
                break
            if end <= gap.start:
                return None  # the clause stands in the paragraph before
            if gap.end <= cue.start:
                start = gap.end
            elif gap.start >= cue.end:
                end = gap.start
        for q in self._touching(Span(start, end)):
            before = self.text[start : q.outer.start].rstrip()
            if start < q.outer.start and before.endswith((".", "!", "?")):
                end = min(end, start + len(before.rstrip(".!?")))
            elif q.outer.start <= start < q.outer.end < end and self.text[q.outer.end] == ",":
                end = q.outer.end
        end = start + len(self.text[start:end].rstrip())
        return Span(start, end) if start < end else None

    # ------------------------------------------------------------ direct
    def _direct(self) -> Iterator[Statement]:
        """Yield quotations with their speaker; one without a cue goes on from the one before."""
        told = sorted(self.told, key=lambda entry: entry[0])
        last: tuple[int, Report, Quotation | None] | None = None
        for q in self.quotes:
            while told and told[0][0] <= q.outer.start:
                end, before = told.pop(0)
                if last is None or last[0] < end:
                    last = (end, before, None)
            if q in self.absorbed:
                continue
            report = self.reports.get(q) or self._tail(q) or self._lead(q)
            if report is None and last is not None and self._goes_on(q, *last):
                report = last[1]
            if report is not None:
                last = (max(q.outer.end, self._end(report)), report, q)
                yield from _statements(report, q.inner, "direct")

    def _end(self, report: Report) -> int:
        return self.tokens[report.verb].span.end

    def _tail(self, q: Quotation) -> Report | None:
        """Return the cue after a quotation: `"...," he said`, `"..." wrote Trump`."""
        if q.continued or self.text[q.inner.end - 1] == ".":
            return None
        first = self.syntax.at(q.outer.end - 1) + 1
        while first < len(self.tokens) and self.tokens[first].text == ",":
            first += 1
        for index in range(first, min(first + _TAIL, len(self.tokens))):
            token = self.tokens[index]
            if token.text in _ENDS or index in self.quoted or token.pos == "SPACE":
                return None
            if self.speech.is_reporting(index):
                if token.tag == "VBG" or not self._begins(index, first):
                    return None
                speakers = self.speech.who(index)
                return self.speech.report(index, speakers or self._inverted(index, first))
        return None

    def _begins(self, verb: int, first: int) -> bool:
        """Tell whether the clause of a verb begins at a token: nothing but its subject between."""
        if verb == first:
            return True
        if self.tokens[first].pos in ("CCONJ", "SCONJ"):
            return False
        children = self.syntax.children[verb]
        return any(self.syntax.edges(child)[0] <= first < verb for child in children)

    def _inverted(self, verb: int, first: int) -> tuple[str, ...]:
        """Return who speaks in `"..." tweeted Johnson` where the parser saw no subject."""
        if verb != first:
            return ()
        for index in range(verb + 1, min(verb + _INVERTED, len(self.tokens))):
            if self.tokens[index].pos == "PUNCT":
                break
            if self.tokens[index].pos in NOMINAL and (found := self.speech.speaking(index)):
                return found
        return ()

    def _lead(self, q: Quotation) -> Report | None:
        """Return the cue before a quotation: `he said, "..."`, `cited the "..."`."""
        first = self.syntax.at(q.outer.start)
        inside = self.syntax.within(q.inner)
        before = last_before(self.text, q.outer.start)
        if before == ":":
            return self._announced(first)
        if not len(inside) or self._is_title(inside):
            return None
        heads = {self.tokens[i].head for i in inside} - set(inside)
        governors = {above for head in heads for above in (head, *self.syntax.ancestors(head))}
        for index in self._preceding(first, _ENDS):
            if self.speech.is_reporting(index) and (
                before == "," or (index in governors and self._is_long_enough(inside, index))
            ):
                return self.speech.report(index)
        return None

    def _preceding(self, first: int, ends: frozenset[str]) -> Iterator[int]:
        """Yield the words before a token in its sentence that are not quoted, nearest first."""
        for index in range(first - 1, max(-1, first - 1 - _LEAD), -1):
            if index not in self.quoted:
                if self.tokens[index].text in ends or self.tokens[index].pos == "SPACE":
                    break
                yield index

    def _is_long_enough(self, inside: range, verb: int) -> bool:
        fewest = _FEWEST
        heads = {self.tokens[i].head for i in inside} - set(inside)
        near = any(verb in (head, self.tokens[head].head) for head in heads)
        if near and self.tokens[verb].lemma in reporting("verbs", "name"):
            fewest = _FEWEST_NAMED
        elif near and any(self.tokens[head].lemma == "as" for head in heads):
            fewest = _FEWEST_NAMED  # "described it as"
        elif verb in heads and self.tokens[verb].lemma in reporting("verbs", "say"):
            fewest = _FEWEST_OBJECT  # "vowed"
        return sum(self.tokens[i].pos not in ("PUNCT", "SPACE") for i in inside) >= fewest

    def _is_title(self, inside: range) -> bool:
        """Tell the name of a book or an operation: all words but the small ones are capitalised."""
        words = [self.tokens[i].text for i in inside if self.tokens[i].text[0].isalpha()]
        names = [word for word in words if word[0].isupper()]
        small = sum(word.lower() in _SMALL for word in words if word[0].islower())
        return len(names) > 1 and len(names) + small == len(words) <= _LONGEST_TITLE

    def _announced(self, first: int) -> Report | None:
        """Return the cue of a sentence that ends in a colon before the quotation."""
        words = list(self._preceding(first - 1, _STOPS))
        verbs = [
            index
            for index in words
            if self.tokens[index].pos in ("VERB", "AUX") and self.speech.is_said(index)
        ]
        for index in (*filter(self.speech.is_reporting, verbs), *reversed(verbs)):
            if speakers := self.speech.who(index):
                return self.speech.report(index, speakers)
        if verbs or len(words) > _LINK:
            return None
        for index in words:  # a name alone: `Guterres: "..."`
            if speakers := self.speakers.of(index):
                return Report(index, "", speakers)
        return None

    def _goes_on(self, q: Quotation, end: int, report: Report, earlier: Quotation | None) -> bool:
        """Tell whether a quotation goes on from what was said in the sentence before."""
        if q.outer.start - end > _FARTHEST:
            return False
        gap = self.text[end : q.outer.start]
        if earlier is not None and not gap.strip():
            return True
        between = self.syntax.within(Span(end, q.outer.start)) if gap else range(0)
        stops = sum(self.tokens[i].text in _STOPS for i in between)
        ending = gap.rstrip()[-1:]
        if earlier is not None and not stops:  # `"..." wrote Johnson "..."`
            follows = earlier.outer.end <= self.tokens[report.verb].span.start
            return ending in (",", ";") or (follows and len(between) <= _LINK)
        opening = self.text[q.inner.start]
        whole = self.text[q.inner.end - 1] in ".,!?…]" or self.text[q.outer.end :][:1] in ".,"
        whole = whole and not opening.islower()
        return stops == 1 and ending in _STOPS and "\n" not in gap and whole

    # ------------------------------------------------------------ nested
    def _inner(self) -> Iterator[Statement]:
        """Yield quotations inside a quotation that name their speaker."""
        for q in self.nested:
            first = self.syntax.at(q.outer.start)
            for index in range(first - 1, max(-1, first - 4), -1):
                token = self.tokens[index]
                if token.pos == "VERB" and token.lemma in reporting("verbs", "say"):
                    if self.speech.is_said(index):
                        yield from _statements(self.speech.report(index), q.inner, "direct")
                    break


def _statements(report: Report, quote: Span, kind: StatementKind) -> Iterator[Statement]:
    for speaker in report.speakers:
        addressee = report.addressee if report.addressee != speaker else None
        yield Statement(speaker, quote, kind, addressee, report.cue)
