"""The words that tell what was said: content clauses, infinitives, summing-up phrases."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from kg.annotate.marks import Quotation
from kg.annotate.reporting import reporting
from kg.annotate.speakers import Speakers
from kg.cues import words
from kg.model import Document, Span
from kg.syntax import Syntax

_QUESTION = frozenset({"if", "whether"})
_EDGE = frozenset(" \t\n\r,.;:!?—–-")
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_BACKSHIFTED = frozenset({"had", "was", "were"})
_DEEPEST = 12  # levels of the tree in which a clause is searched for what is not its own
_BROKEN_OFF = 2  # code points; a clause that ends so near the end of a quotation ends with it


class Contents:
    """Finds what the reporting verbs and nouns of a document report.

    Parameters
    ----------
    doc
        A document with tokens.
    syntax
        The dependency tree of its tokens.
    speakers
        Its entities as speakers.
    quoted
        The tokens inside quotation marks.
    """

    def __init__(
        self, doc: Document, syntax: Syntax, speakers: Speakers, quoted: Container[int]
    ) -> None:
        self.text, self.syntax, self.tokens = doc.text, syntax, doc.tokens
        self.speakers, self.quoted = speakers, quoted

    def of_verb(self, verb: int) -> Span | None:
        """Return what a verb reports without quotation marks."""
        lemma = self.tokens[verb].lemma
        asks = lemma in reporting("verbs", "ask")
        promises = lemma in reporting("verbs", "promise")
        found = self._summary(verb) if lemma in reporting("verbs", "announce") else None
        if found is None and (lemma in reporting("verbs", "say") or self.is_idiom(verb)):
            found = self._clause(verb)
        if found is None and (asks or promises):
            found = self._infinitive(verb, told=asks and not promises)
        if found is None and lemma in reporting("verbs", "name"):
            found = self._name(verb)
        return found or self._object(verb, lemma) or self._matter(verb, lemma)

    def of_noun(self, noun: int) -> Span | None:
        """Return the clause of "hope that ...", "the warning that ..."."""
        for clause in self.syntax.all(noun, "acl", "ccomp", "relcl"):
            if (
                self.syntax.child(clause, *_SUBJECTS) is not None
                and self.tokens[clause].tag != "VBG"
                and not self._is_relative(clause)
            ):
                return self._clause_span(clause, noun)
        return None

    def beside(self, index: int) -> Span | None:
        """Return what stands beside "according to X" in its sentence."""
        sentence = self.syntax.sentence(index)
        first, last = self.syntax.edges(index)
        start, stop = sentence[0], sentence[-1]
        for i in range(start, first):  # not over a quoted sentence before
            if i in self.quoted and self.tokens[i].text in (".", "!", "?"):
                start = i + 1
        while start < first and self.tokens[start].pos in ("PUNCT", "CCONJ", "SPACE"):
            start += 1
        if start == first:  # at the front
            return self._trimmed(last + 1, stop)
        if self.tokens[first - 1].text == "," and self.tokens[first - 2].pos == "CCONJ":
            comma = next((i for i in range(index + 2, stop) if self.tokens[i].text == ","), None)
            if comma is not None:  # "and, according to X, supportive of ..."
                return self._trimmed(comma + 1, stop)
        at_end = all(self.tokens[i].pos in ("PUNCT", "SPACE") for i in range(last + 1, stop + 1))
        return self._trimmed(start, first - 1 if at_end else stop)

    def is_idiom(self, verb: int) -> bool:
        """Tell whether a verb reports together with one of its companions: "made clear that"."""
        companions = reporting("verbs", "idioms", self.tokens[verb].lemma)
        return any(self.tokens[child].lemma in companions for child in self.syntax.children[verb])

    # ------------------------------------------------------------ clauses
    def _clause(self, verb: int) -> Span | None:
        """Return the content clause of a verb; one after it goes before one in front."""
        if self.tokens[verb].dep == "parataxis":  # "Ukraine, he said, should wait"
            return self._trimmed(*self.syntax.edges(self.tokens[verb].head))
        companions = reporting("verbs", "idioms", self.tokens[verb].lemma)
        idiom = [c for c in self.syntax.children[verb] if self.tokens[c].lemma in companions]
        holders = [verb, *self.syntax.all(verb, "dobj", "acomp", "oprd"), *idiom]
        for preposition in self.syntax.all(verb, "prep"):
            holders += self.syntax.all(preposition, "pobj")
        found = [
            clause
            for holder in holders
            for clause in self.syntax.children[holder]
            if clause not in idiom and self._tells(clause, own=holder == verb)
        ]
        for clause in [clause for clause in found if clause > verb] or found:
            return self._clause_span(clause, verb)
        return None

    def _tells(self, clause: int, *, own: bool) -> bool:
        """Tell whether a clause holds what was said; the parser may hang it on a noun before it."""
        token = self.tokens[clause]
        marks = {self.tokens[mark].lemma for mark in self.syntax.all(clause, "mark")}
        if own and token.dep == "ccomp":
            return not marks & _QUESTION and token.tag != "TO"
        first = self.syntax.edges(token.head)[0]
        if not own and (self._is_relative(clause) or self.tokens[first - 1].text == ","):
            return False  # "urged it to ratify the deal, a demand that Nagy criticised"
        return "that" in marks and token.dep in ("advcl", "acl", "ccomp", "relcl")

    def _is_relative(self, clause: int) -> bool:
        """Tell "a demand that Nagy dismissed", which lacks its object, from "that Nagy resign"."""
        for child in self.syntax.children[clause]:
            word = self.tokens[child]
            if word.tag in ("WDT", "WP") or (
                child < clause and (word.lemma, word.dep) == ("that", "dobj")
            ):
                return True
        whole = self.syntax.child(clause, "dobj", "ccomp", "xcomp", "nsubjpass") is not None
        return not whole and self.tokens[clause].lemma in words("truth", "denying")

    def _clause_span(self, clause: int, verb: int) -> Span | None:
        first, last = self.syntax.edges(clause)
        if clause > verb:
            marks = [m for m in self.syntax.all(clause, "mark") if self.tokens[m].lemma == "that"]
            first = marks[0] + 1 if marks else self._bare_start(clause, verb)
            last = max(self._cut(clause, bare=not marks), self._second(verb, clause))
            last = self._rest(verb, last)
            stops = (i for i in range(first, last) if self.tokens[i].text == ";")
            return self._trimmed(first, next((i for i in stops if i not in self.quoted), last))
        subject = self.syntax.child(verb, "nsubj")
        before = verb if subject is None else min(verb, self.syntax.edges(subject)[0])
        last = min(last, before - 1)
        if any(self.tokens[i].text in (":", ";") for i in range(last, verb)):
            return None
        return self._trimmed(first, last)

    def _bare_start(self, clause: int, verb: int) -> int:
        """Return where a clause without "that" begins, in "said on Monday the talks failed"."""
        if self.tokens[verb + 1].lemma == "that":
            return verb + 2  # the parser took it for an article
        first = max(self.syntax.edges(clause)[0], verb + 1)
        told = self.tokens[verb].lemma in reporting("verbs", "tell")
        subject = self.syntax.child(clause, *_SUBJECTS)
        thing = self.syntax.child(verb, "dobj")
        if subject is None:  # the parser took it for the object of the verb
            if thing is None or told or not verb < thing < clause:
                return first
            return self.syntax.edges(thing)[0]
        start = self.syntax.edges(subject)[0]
        if start <= first:  # "told X talks had begun" may be read as talks of X
            drawn_in = told and thing is None and self.syntax.child(verb, "dative") is None
            return max(first, self.speakers.end_of_name(verb + 1, subject) if drawn_in else first)
        before = [self.tokens[i] for i in range(first, start)]
        leading = {token.dep for token in before if token.head == clause}
        if any(token.text == "," for token in before) or leading - {"prep", "npadvmod", "advmod"}:
            return first
        return start

    def _second(self, verb: int, clause: int) -> int:
        """Return the end of a second clause: "said that ..., and that ..."."""
        ends = [
            self.syntax.edges(other)[1]
            for other in self.syntax.all(verb, "conj", "ccomp")
            if other > clause
            and any(self.tokens[mark].lemma == "that" for mark in self.syntax.all(other, "mark"))
        ]
        return max(ends, default=-1)

    def _cut(self, clause: int, *, bare: bool) -> int:
        """Return the last token of a clause without what the parser hung on it by mistake."""
        end = self.syntax.edges(clause)[1]
        for index in self._below(clause):
            if index <= clause or index in self.quoted:
                continue
            token = self.tokens[index]
            first = self.syntax.edges(index)[0]
            if token.dep == "advcl" and token.tag == "VBG":
                adds = token.lemma in reporting("verbs", "say") | reporting("verbs", "utter")
                if adds and self.tokens[first - 1].text == ",":
                    end = min(end, first - 1)
            elif self.speakers.is_parallel(index) or (
                token.dep == "conj" and token.head == clause and bare and self._is_aside(index)
            ):
                end = min(end, first - 1)
        return end

    def _below(self, clause: int) -> Iterator[int]:
        """Yield the words that hang on a clause, those very deep down left out."""
        open_ = [(clause, 0)]
        while open_:
            index, depth = open_.pop()
            yield index
            if depth < _DEEPEST:
                open_ += [(child, depth + 1) for child in self.syntax.children[index]]

    def _is_aside(self, conjunct: int) -> bool:
        """Tell whether a coordinate clause is the writer's own: "said X, and his critics blame"."""
        subject = self.syntax.child(conjunct, "nsubj", "nsubjpass")
        if subject is None or self.syntax.child(conjunct, "mark") is not None:
            return False
        for auxiliary in self.syntax.all(conjunct, "aux", "auxpass"):
            token = self.tokens[auxiliary]
            if token.tag == "MD" or token.text in _BACKSHIFTED:
                return False
        first = self.syntax.edges(subject)[0]
        return any(self.tokens[i].text in (",", ";") for i in range(max(0, first - 2), first))

    def _infinitive(self, verb: int, *, told: bool) -> Span | None:
        """Return "to stop" of "urged Iran to stop", "promised to stop"."""
        for clause in self.syntax.all(verb, "xcomp", "ccomp", "advcl"):
            marks = [a for a in self.syntax.all(clause, "aux") if self.tokens[a].tag == "TO"]
            if not marks or clause < verb:
                continue
            mark = self.syntax.child(clause, "mark")
            if mark is not None and self.tokens[mark].lemma == "for":
                return self._trimmed(mark, self._rest(verb, self._cut(clause, bare=True)))
            if not told and self.tokens[clause].dep == "advcl":
                continue
            if told and not self._reaches(verb):
                continue
            subject = None if told else self.syntax.child(clause, "nsubj")
            denial = [no for no in self.syntax.all(clause, "neg") if no > verb]
            start = min([marks[0], *denial]) if subject is None else self.syntax.edges(subject)[0]
            return self._trimmed(start, self._rest(verb, self._cut(clause, bare=True)))
        return None

    def _rest(self, verb: int, last: int) -> int:
        """Return the end of a clause with what goes on without a comma: "to vote in the fall"."""
        for child in self.syntax.children[verb]:
            first, end = self.syntax.edges(child)
            if first == last + 1 and self.tokens[child].dep in ("prep", "advmod", "npadvmod"):
                last = end
        return last

    def _reaches(self, verb: int) -> bool:
        """Tell whether someone is asked: "called on Iran to", not "called Iran to"."""
        if self.tokens[verb].lemma not in reporting("verbs", "ask_through"):
            return True
        following = self.tokens[verb + 1] if verb + 1 < len(self.tokens) else None
        return following is not None and following.lemma in ("on", "to") and following.head == verb

    # ------------------------------------------------------------ phrases
    def _summary(self, verb: int) -> Span | None:
        """Return the noun phrase of "announced new sanctions", "stressed the role of ..."."""
        thing = self.syntax.child(verb, "dobj")
        if thing is None or self.tokens[thing].pos != "NOUN" or thing < verb:
            return None
        first, last = self.syntax.edges(thing)
        clause = self.syntax.child(verb, "ccomp")
        if clause is not None:  # a relative clause, "a strategy that includes ...", or the content
            if not any(self.tokens[i].tag == "WDT" for i in range(last, clause)):
                return None
            last = self.syntax.edges(clause)[1]
        return self._trimmed(first, last) if last > first else None

    def _name(self, verb: int) -> Span | None:
        """Return "the crisis the worst in the world" after "called"."""
        named, thing = self.syntax.child(verb, "oprd"), self.syntax.child(verb, "dobj")
        if named is None or self.tokens[named].pos == "PROPN":
            return None
        if thing is None:
            thing = self.syntax.child(named, "nsubj")
        if thing is None or self.tokens[thing].tag in ("WP", "WDT"):
            return None
        return self._trimmed(self.syntax.edges(thing)[0], self.syntax.edges(named)[1])

    def _object(self, verb: int, lemma: str) -> Span | None:
        """Return "responsibility for it" after "claimed", "this to us" after "attributed"."""
        thing = self.syntax.child(verb, "dobj")
        if thing is None:
            return None
        first, last = self.syntax.edges(thing)
        if self.tokens[thing].lemma in reporting("verbs", "objects", lemma):
            return self._trimmed(first, last)
        for preposition in self.syntax.all(verb, "prep", "dative"):
            if self.tokens[preposition].lemma in reporting("verbs", "links", lemma):
                return self._trimmed(first, self.syntax.edges(preposition)[1])
        return None

    def _matter(self, verb: int, lemma: str) -> Span | None:
        """Return what follows a preposition: "spoke of an incursion", "called for calm talks"."""
        for preposition in self.syntax.all(verb, "prep"):
            if self.tokens[preposition].lemma not in reporting("verbs", "about", lemma):
                continue
            last = self.syntax.edges(preposition)[1]
            # "spoke of Turkey taking over", "called for action to end it"
            for clause in self.syntax.all(verb, "advcl", "xcomp"):
                start, end = self.syntax.edges(clause)
                if start == last + 1 and self.tokens[start].tag in ("VBG", "TO"):
                    last = end
            if last - preposition > 1:
                return self._trimmed(preposition + 1, last)
        return None

    def _trimmed(self, first: int, last: int) -> Span | None:
        """Return the span of some tokens without conjunctions and punctuation at its edges."""
        while first <= last and (
            self.tokens[first].pos in ("PUNCT", "SPACE") and self.tokens[first].text[0] in _EDGE
        ):
            first += 1
        if first <= last and self.tokens[first].lemma == "that" and self.tokens[first].tag == "IN":
            first += 1
        while first < last and self.tokens[last].pos == "CCONJ":
            last -= 1
        if first > last:
            return None
        start, end = self.tokens[first].span.start, self.tokens[last].span.end
        while end > start and self.text[end - 1] in _EDGE and not _abbreviates(self.text, end):
            end -= 1
        return Span(start, end) if start < end else None


def _abbreviates(text: str, end: int) -> bool:
    """Tell whether the full stop before ``end`` belongs to the word: "7:45 p.m."."""
    return text[end - 1] == "." and text[max(0, end - 3) : end - 2] == "."


def closed(span: Span, quotations: Iterable[Quotation]) -> Span:
    """Return the span with the end of a quotation that it breaks off just before its mark."""
    for q in quotations:
        if q.outer.start < span.end < q.outer.end and q.inner.end - span.end <= _BROKEN_OFF:
            return Span(span.start, q.outer.end)
    return span
