"""The forms that dates take in English text."""

from __future__ import annotations

import re

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?)"
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_CENTURY = "(?:1[5-9]|20)"
_YEAR = rf"{_CENTURY}[0-9]{{2}}"
_TO = r" ?(?:[-–—]|\b(?:to|and|until|through)\b) ?"
_PART = "(?:morning|afternoon|evening|night|noon|midnight|lunchtime)"
_UNIT = "(?:minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|century|centurie)s?"
_SEASON = "(?:spring|summer|autumn|fall|winter)"
_SPELT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_COUNT = f"(?:[0-9]+|an?|{_SPELT}|(?:a )?few|several|some|many|a couple of|couple of)"
_ROUGHLY = "(?:(?:earlier|later|early|late|mid)(?:-| ))"

# Kind -> form. A kind that stands first takes the words before one that stands later. " " stands
# for white space with at most one line break. A group called "span" is what counts as the date.
_FORMS = {
    "iso": rf"(?P<year>{_YEAR})-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?(?![\w-])",
    "numeric": (
        r"(?P<one>[0-9]{1,2})(?P<mark>[./])(?P<two>[0-9]{1,2})(?P=mark)"
        rf"(?P<year>{_YEAR})"
    ),
    "range": (
        rf"{_MONTH} {_DAY}{_TO}(?:{_MONTH} )?{_DAY}(?:,? {_YEAR})?"
        rf"|{_DAY}(?: {_MONTH})?{_TO}{_DAY} {_MONTH}(?:,? {_YEAR})?"
        rf"|(?:(?:from|between) )?{_MONTH}(?: {_YEAR})?{_TO}{_MONTH} {_YEAR}"
        rf"|(?:from|between) {_YEAR}{_TO}{_YEAR}"
        rf"|{_YEAR} ?[-–—/] ?(?:{_YEAR}|[0-9]{{2}})(?![\w-])"
    ),
    "day": (
        rf"(?:(?P<weekday>{_ANY_WEEKDAY}),? (?:the )?)?(?:"
        rf"(?P<month>{_MONTH}) (?:the )?(?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?"
        rf"|(?P<day_>{_DAY})(?: of)? (?P<month_>{_MONTH})(?:,? (?P<year_>{_YEAR}))?)"
    ),
    "month": rf"{_ROUGHLY}?(?P<month>{_MONTH}),? (?:of )?(?P<year>{_YEAR})",
    "season": rf"(?i:{_ROUGHLY}?{_SEASON}) (?:of )?(?P<year>{_YEAR})",
    "decade": rf"(?:the )?(?i:{_ROUGHLY})?(?:{_CENTURY}[0-9]0s|['’][0-9]0s)",
    "weekday": (
        rf"(?i:(?P<which>last|next|this(?: coming| past)?) )?(?i:(?:earlier|later|early|late) )?"
        rf"(?P<name>{_WEEKDAY}|(?:Tues|Thurs)\b\.?)(?: {_PART})?"
        rf"(?:,? (?:of )?(?P<week>last|next|this) week)?"
    ),
    "ordinal": r"on the (?P<span>(?P<day>(?:[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)))",
    "near": (
        rf"(?i:(?P<words>the day before yesterday|the day after tomorrow|yesterday|tomorrow|today"
        rf"|tonight|this {_PART}|last night)(?: {_PART})?)"
    ),
    "ago": rf"(?i:(?P<count>[0-9]{{1,4}}|an?|{_SPELT}) days? ago)",
    "same": rf"(?i:(?:later |earlier )?(?:that|the same) (?:day|{_PART}))",
    "vague": (
        rf"(?i:(?:later |earlier |early |late )?(?:this|last|next|recent"
        rf"|(?:the )?(?:past|last|coming|next|previous|following|same))"
        rf"(?: {_COUNT})? (?:{_UNIT}|{_SEASON}|{_PART}))"
        rf"|(?i:(?:later|earlier|early|late) that (?:{_UNIT}|{_PART}))"
        rf"|(?i:{_COUNT} {_UNIT} (?:ago|earlier|later))"
        rf"|(?i:{_UNIT} (?:ago|earlier|later))"
        rf"|(?i:the weekend|the (?:end|start|beginning) of the (?:week|month|year))"
    ),
    "bare_month": (
        rf"(?i:(?:(?:early|late|mid|last|next|this|earlier this|later this)(?:-| )"
        rf"|the (?:end|start|beginning) of ))?(?P<name>{_MONTH})"
    ),
    "year": rf"(?i:{_ROUGHLY})?(?P<year>{_YEAR})(?![\w-])",
}
_GAP = r"(?:[^\S\n]{1,3}\n?[^\S\n]{0,3}|\n[^\S\n]{0,3})"
FORMS = {
    kind: re.compile(
        r"(?<![\w.,/–-])(?:" + form.replace(" ?", r"\x20?").replace(" ", _GAP) + r")(?!\w)"
    )
    for kind, form in _FORMS.items()
}

COUNTS = {word: number for number, word in enumerate(_SPELT.split("|"), 1)} | {"a": 1, "an": 1}
NEAR = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
# Names of people or common words, too: only a date where the model sees one.
DOUBTFUL_MONTHS = frozenset(
    {"March", "April", "May", "June", "August", "Mar", "Jun", "Jan", "Mar."}
)
