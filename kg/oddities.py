"""Text as the annotators see it: without what print or a program put between its letters.

A soft hyphen in a name, a ligature, an accent of its own or a mark that turns the direction of
writing hides a word from tables and rules. Annotators work on a copy without such oddities;
whatever they find is then moved to where it stands in the text as stored, which never changes.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import replace

from kg.model import Clause, Document, Entity, Span

# Left out: soft hyphens, what joins or parts without width, marks of direction, controls.
_GONE = (
    r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_SPACE = r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_BREAK = r"\r\n?|[\x85\u2028\u2029]"
_PRIME = r"[\u2032-\u2034\u2057]"
_WIDE = r"[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]"  # ligatures, full width, styled
_APART = r"[^\W\d_][\u0300-\u036f]+"
_ODD = re.compile(
    f"(?P<gone>{_GONE})|(?P<space>{_SPACE})|(?P<line>{_BREAK})|(?P<prime>{_PRIME})"
    f"|(?P<wide>{_WIDE})|(?P<apart>{_APART})"
)
# One set of all that may be odd is searched for far faster, and most texts have none of it.
_SETS = (_GONE, _SPACE, r"[\r\x85\u2028\u2029]", _PRIME, _WIDE, r"[\u0300-\u036f]")
_MAY_BE_ODD = re.compile(f"[{''.join(signs[1:-1] for signs in _SETS)}]")
_PRIMES = {"\u2032": "'", "\u2033": '"', "\u2034": '"', "\u2057": '"'}


class View:
    r"""A text without oddities, and where each of its letters stands in the text as stored.

    Examples
    --------
    >>> view = View("Ma\u00adcron\u00a0met a con\ufb01dant.")
    >>> view.text
    'Macron met a confidant.'
    >>> view.back(Span(0, 6))
    Span(start=0, end=7)
    """

    def __init__(self, stored: str) -> None:
        pieces: list[str] = []
        starts, ends = array("L"), array("L")
        done = 0
        for match in _ODD.finditer(stored):
            first, last = match.span()
            shown = _shown(match)
            pieces += (stored[done:first], shown)
            starts.extend(range(done, first))
            ends.extend(range(done + 1, first + 1))
            starts.extend([first] * len(shown))
            ends.extend([last] * len(shown))
            done = last
        pieces.append(stored[done:])
        starts.extend(range(done, len(stored)))
        ends.extend(range(done + 1, len(stored) + 1))
        self.text = "".join(pieces)
        self._starts, self._ends = starts, ends

    def back(self, span: Span) -> Span:
        """Return where a span of the view stands in the text as stored."""
        return Span(self._starts[span.start], self._ends[span.end - 1])

    def restored(self, found: Document, stored: Document) -> Document:
        """Return what was found in the view as layers of the document as stored."""
        back = self.back
        return found.but(
            text=stored.text,
            tokens=tuple(replace(token, span=back(token.span)) for token in found.tokens),
            times=tuple(replace(time, span=back(time.span)) for time in found.times),
            entities=tuple(map(self._entity, found.entities)),
            offices=tuple(replace(office, title=back(office.title)) for office in found.offices),
            clauses=tuple(map(self._clause, found.clauses)),
            relations=tuple(
                replace(relation, evidence=back(relation.evidence)) for relation in found.relations
            ),
            statements=tuple(
                replace(statement, quote=back(statement.quote)) for statement in found.statements
            ),
        )

    def _entity(self, entity: Entity) -> Entity:
        mentions = (replace(mention, span=self.back(mention.span)) for mention in entity.mentions)
        return replace(entity, mentions=tuple(mentions))

    def _clause(self, clause: Clause) -> Clause:
        return replace(
            clause,
            trigger=self.back(clause.trigger),
            sentence=self.back(clause.sentence),
            slots={name: self._all(spans) for name, spans in clause.slots.items()},
        )

    def _all(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(map(self.back, spans))


def plainly(words: str) -> str:
    r"""Return a few words without oddities.

    Examples
    --------
    >>> plainly("Emmanuel\u00a0Ma\u00adcron")
    'Emmanuel Macron'
    """
    return _ODD.sub(_shown, words)


def is_odd(text: str) -> bool:
    r"""Tell whether a text has anything that annotators should not see.

    Examples
    --------
    >>> is_odd("Macron met Mitsotákis."), is_odd("Macron\u200b met")
    (False, True)
    """
    return _MAY_BE_ODD.search(text) is not None and _ODD.search(text) is not None


def _shown(match: re.Match[str]) -> str:
    """Return what stands in the view for an oddity."""
    odd = match[0]
    if match["gone"]:
        return ""
    if match["space"]:
        return " "
    if match["line"]:
        return "\n\n" if odd == "\u2029" else "\n"
    if match["prime"]:
        return _PRIMES[odd]
    return unicodedata.normalize("NFKC" if match["wide"] else "NFC", odd)
