"""Date expressions: "Tuesday", "6 October", "last month" -> the day, month or year they mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kg.annotate import almanac
from kg.annotate.datewords import COUNTS, DOUBTFUL_MONTHS, FORMS, NEAR
from kg.annotate.marks import quotations
from kg.annotate.tense import Direction, direction
from kg.model import Document, Span, Time
from kg.syntax import Syntax

# What the model may take a weekday or a month to be part of: "The Sunday Times", "Theresa May".
_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "EVENT", "FAC", "PRODUCT", "LAW", "GPE"})
_AMOUNTS = frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT"})
_BEFORE_A_YEAR = frozenset(
    {
        "in",
        "since",
        "by",
        "until",
        "till",
        "of",
        "from",
        "before",
        "after",
        "during",
        "around",
        "to",
    }
)
_BEFORE_A_MONTH = _BEFORE_A_YEAR | {"last", "next", "this", "for", "early", "late", "mid", "-"}
_PARTS = frozenset({"morning", "afternoon", "evening", "night", "noon", "midnight", "week"})
_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year", "moment"})
_BACK = 5  # dates that "the same day" looks back over
_LONGEST = 8  # tokens of "two hours before the meeting"


@dataclass(frozen=True)
class Dates:
    """Dates in the text, counted from the document's own date.

    The value is an ISO day, month or year. It is None, and the words stand for themselves, for
    what is vague ("last month", "over the weekend"), for a month without a year, for a stretch of
    time, and for "Tuesday" or "yesterday" in a document that has no date. "Yesterday" inside
    quotation marks counts from the day it was said, which is not known, so it has no value.
    """

    name: ClassVar[str] = "dates"
    requires: ClassVar[tuple[str, ...]] = ("tokens",)
    provides: ClassVar[tuple[str, ...]] = ("times",)

    def warm_up(self) -> None:
        """Have nothing to load."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with its date expressions, in the order of the text."""
        if not doc.tokens:
            return doc.but(times=())
        return doc.but(times=tuple(_Reader(doc).times()))


class _Reader:
    """One document, read for its dates."""

    def __init__(self, doc: Document) -> None:
        self.text, self.tokens = doc.text, doc.tokens
        self.syntax = Syntax.of(doc.tokens)
        self.today = date.fromisoformat(doc.date) if doc.date else None
        self.quoted = [q.outer for q in quotations(doc.text) if not q.nested]

    def times(self) -> list[Time]:
        """Return the dates; "the same day" is the day named last before it."""
        taken = bytearray(len(self.text))
        found: list[Time] = []
        anaphoric: list[Time] = []
        for kind, form in FORMS.items():
            for match in form.finditer(self.text):
                span = Span(*match.span("span" if "span" in form.groupindex else 0))
                if any(taken[span.start : span.end]) or not self._is_date(kind, span, match):
                    continue
                taken[span.start : span.end] = b"\x01" * (span.end - span.start)
                time = Time(span, self._value(kind, span, match))
                (anaphoric if kind == "same" else found).append(time)
        found += [
            time for time in self._relative() if not any(taken[time.span.start : time.span.end])
        ]
        days = sorted((time.span.start, time.value) for time in found if _is_day(time.value))
        found += [Time(time.span, self._day_before(time.span, days)) for time in anaphoric]
        return sorted(found, key=lambda time: time.span)

    # ------------------------------------------------------------ what it means
    def _value(self, kind: str, span: Span, match: re.Match[str]) -> str | None:
        groups = match.groupdict()
        if kind in ("season", "year"):
            return match["year"]
        if kind == "iso":
            return match.group()
        if kind == "month":
            return f"{match['year']}-{almanac.month_number(match['month']):02}"
        if kind == "numeric":
            return self._numeric(int(match["one"]), int(match["two"]), int(match["year"]))
        found: date | None = None
        if kind == "day":
            month = almanac.month_number(groups["month"] or groups["month_"])
            day = _number(groups["day"] or groups["day_"])
            year = groups["year"] or groups["year_"]
            if year:
                found = almanac.make(int(year), month, day)
            elif self.today and not self._is_anniversary(span, month, day):
                named = groups["weekday"]
                number = almanac.weekday_number(named) if named else None
                side = self._direction(span)
                found = almanac.day_of_year(self.today, month, day, side, number)
        elif self.today:
            found = self._counted(kind, span, groups, self.today)
        return found.isoformat() if found else None

    def _counted(
        self, kind: str, span: Span, groups: dict[str, str | None], today: date
    ) -> date | None:
        """Return the day that is counted from the document's own."""
        if kind == "weekday":
            number = almanac.weekday_number(groups["name"] or "")
            return self._weekday(span, number, groups["which"] or "", groups["week"] or "", today)
        if kind == "ordinal":
            return almanac.day_of_month(today, _number(groups["day"] or ""), self._direction(span))
        if self._is_quoted(span):
            return None
        if kind == "near":
            words = " ".join((groups["words"] or "").lower().split())
            return almanac.shifted(today, NEAR.get(words, 0))
        if kind == "ago":
            count = (groups["count"] or "").lower()
            return almanac.shifted(today, -(COUNTS.get(count) or int(count)))
        return None

    def _weekday(self, span: Span, number: int, which: str, week: str, today: date) -> date:
        if week:
            weeks = {"last": -1, "this": 0, "next": 1}[week]
            return almanac.weekday_of_week(today, number, weeks)
        which = " ".join(which.lower().split())
        if which == "next":
            return almanac.weekday_of_week(today, number, 1)
        if which == "last":
            return almanac.last_weekday(today, number)
        sides: dict[str, Direction] = {"this coming": 1, "this past": -1}
        side = sides.get(which) or self._direction(span)
        return almanac.weekday(today, number, side or (1 if which == "this" else -1))

    def _numeric(self, one: int, two: int, year: int) -> str | None:
        """Read 29.12.2014 and 12/29/2014; 3/4/2014 may be March or April."""
        if one != two and one <= 12 and two <= 12:
            return None
        found = almanac.make(year, two, one) or almanac.make(year, one, two)
        return found.isoformat() if found else None

    def _day_before(self, span: Span, days: list[tuple[int, str | None]]) -> str | None:
        """Return the day named last before "the same day", which is not later than today."""
        place = bisect_right(days, span.start, key=lambda day: day[0])
        latest = "9" if self.today is None or self._direction(span) > 0 else self.today.isoformat()
        for _, value in reversed(days[max(0, place - _BACK) : place]):
            if value is not None and value <= latest:
                return value
        return None

    def _direction(self, span: Span) -> Direction:
        return direction(self.syntax, self.syntax.root_of(span))

    # ------------------------------------------------------------ what is no date
    def _is_date(self, kind: str, span: Span, match: re.Match[str]) -> bool:
        inside = self.syntax.within(span)
        if not len(inside):
            return False
        kinds = {self.tokens[i].ner[2:] for i in inside}
        if kind == "iso":
            day = int(match["day"] or 1)
            return almanac.make(int(match["year"]), int(match["month"]), day) is not None
        if kind == "year":
            return self._is_year(inside, kinds)
        if kind == "bare_month":
            return self._is_month(inside, kinds, match["name"])
        if kind == "weekday":
            return not kinds & _NAMES and not self._is_in_a_name(inside)
        if kind == "near":
            return not (kinds & _NAMES and self.tokens[inside[0]].text[0].isupper())
        if kind == "ordinal":
            after = inside[-1] + 1
            return after >= len(self.tokens) or self.tokens[after].pos not in (
                "NOUN",
                "PROPN",
                "ADJ",
            )
        return True

    def _is_year(self, inside: range, kinds: set[str]) -> bool:
        """Tell "in 2019" and "the 2019 vote" from "2019 cars" and "Flight 2019"."""
        if kinds & (_AMOUNTS | _NAMES):
            return False
        before = self.tokens[inside[0] - 1] if inside[0] else None
        if before is not None and before.text.lower() in _BEFORE_A_YEAR:
            return True
        return "DATE" in kinds and (
            before is None or before.pos not in ("NOUN", "PROPN", "VERB", "AUX", "NUM")
        )

    def _is_month(self, inside: range, kinds: set[str], name: str) -> bool:
        token = self.tokens[inside[-1]]
        doubtful = name in DOUBTFUL_MONTHS
        if kinds & _NAMES or token.pos != "PROPN" or token.dep == "nsubj":
            return False
        if doubtful and token.dep == "poss":  # "May's agreement"
            return False
        before = self.tokens[inside[0] - 1].text.lower() if inside[0] else ""
        known = len(inside) > 1 or before in _BEFORE_A_MONTH
        return "DATE" in kinds or (known and not doubtful)

    def _is_in_a_name(self, inside: range) -> bool:
        """Tell "The Sunday Times" and "Black Friday" from "Sunday night"."""
        for index in inside:
            token = self.tokens[index]
            head = self.tokens[token.head]
            if token.dep == "compound" and token.head not in inside and head.pos == "PROPN":
                return head.text.lower() not in _PARTS
            for child in self.syntax.all(index, "compound", "amod"):
                if child not in inside and self.tokens[child].text[0].isupper():
                    return True
        return False

    def _is_anniversary(self, span: Span, month: int, day: int) -> bool:
        """Tell "the September 11 attacks", which are not those of the nearest September."""
        head = self.tokens[self.tokens[self.syntax.root_of(span)].head]
        return (month, day) == (9, 11) and head.lemma in ("attack", "terrorist", "hijacking")

    def _is_quoted(self, span: Span) -> bool:
        place = bisect_right(self.quoted, span.start, key=lambda quoted: quoted.start)
        return place > 0 and self.quoted[place - 1].covers(span)

    # ------------------------------------------------------------ before and after
    def _relative(self) -> Iterator[Time]:
        """Yield "shortly before the meeting", "two hours after the vote"."""
        for index, token in enumerate(self.tokens):
            if token.text.lower() not in ("before", "after") or token.pos != "ADP":
                continue
            event = self.syntax.child(index, "pobj")
            measure = self._measure(index)
            if event is None or measure is None or self.tokens[event].pos != "NOUN":
                continue
            first = self.syntax.edges(measure)[0]
            if measure < index < event < first + _LONGEST:
                yield Time(self.syntax.span(first, event), None)

    def _measure(self, preposition: int) -> int | None:
        """Return "shortly" or "hours", which say how long before or after."""
        if preposition and self.tokens[preposition - 1].lemma in _UNITS:
            return preposition - 1
        adverb = self.syntax.child(preposition, "advmod")
        return adverb if adverb is not None and self.tokens[adverb].lemma != "not" else None


def _is_day(value: str | None) -> bool:
    return value is not None and len(value) == len("2025-02-17")


def _number(ordinal: str) -> int:
    """Return 9 for "9th"."""
    return int(ordinal.rstrip("stndrh"))
