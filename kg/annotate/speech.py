"""Reported speech in the grammar: who says, to whom, and the words that tell what."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from kg.annotate.marks import Quotation
from kg.annotate.reporting import reporting
from kg.annotate.speakers import Speakers
from kg.model import Document, Span
from kg.syntax import Syntax

_UNSAID = frozenset(
    {"will", "wo", "shall", "may", "might", "could", "should", "must", "'ll", "can"}
)
_QUESTION = frozenset({"if", "whether"})
_EDGE = frozenset(" \t\n\r,.;:!?—–-")
_LISTS = ("say", "promise", "ask", "announce", "name")


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting word with its speakers, its addressee, and the words it reports.

    ``verb`` is the token of the reporting word; ``content`` is None where only quotation marks
    could tell what was said.
    """

    verb: int
    cue: str
    speakers: tuple[str, ...]
    addressee: str | None
    content: Span | None


class Speech:
    """Finds the reporting words of a document.

    Parameters
    ----------
    doc
        A document with tokens and entities.
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
        self.doc, self.syntax, self.tokens = doc, syntax, doc.tokens
        self.speakers, self.quoted = speakers, quoted

    def reports(self) -> Iterator[Report]:
        """Yield what is reported in indirect speech, in the order of the reporting words."""
        verbs = frozenset().union(*(reporting("verbs", name) for name in _LISTS))
        about = frozenset(reporting("verbs", "about"))
        carried = reporting("nouns", "clauses")
        for index, token in enumerate(self.tokens):
            if index in self.quoted:
                continue
            content = None
            if token.pos == "VERB" and (token.lemma in verbs or token.lemma in about):
                if self.is_said(index):
                    content = self._content(index)
            elif token.pos == "NOUN" and token.lemma in carried:
                yield from self._of_noun(index)
            elif token.text.lower() == "according":
                yield from self._according(index)
            if content is not None and (speakers := self.who(index)):
                yield Report(index, token.text, speakers, self.addressee(index), content)

    # ------------------------------------------------------------ the verb
    def is_reporting(self, index: int) -> bool:
        """Tell whether a word can introduce what somebody said."""
        token = self.tokens[index]
        return token.pos == "VERB" and (
            token.lemma in reporting("verbs", "say") or token.lemma in reporting("verbs", "utter")
        )

    def is_said(self, verb: int) -> bool:
        """Tell whether a verb reports what was said: not "did not say", "may say", "to say"."""
        infinitive = False
        for child in self.syntax.children[verb]:
            token = self.tokens[child]
            if token.dep == "neg":
                return False
            if token.dep == "aux" and token.tag == "MD" and token.lemma in _UNSAID:
                return False
            if token.dep == "mark" and token.lemma in _QUESTION | {"as", "unless"}:
                return False
            infinitive = infinitive or token.tag == "TO"
        if infinitive:
            head = self.tokens[verb].head
            return self.tokens[verb].dep == "xcomp" and self.tokens[head].lemma in (
                "go",
                "continue",
            )
        return True

    def who(self, verb: int) -> tuple[str, ...]:
        """Return those who say it."""
        subject = self.speakers.subject(verb)
        if subject is None:
            return ()
        return self.speaking(subject) or self.speakers.name_before(verb, subject)

    def speaking(self, head: int) -> tuple[str, ...]:
        """Return those a phrase stands for, or the authors of the document that it names."""
        found = self.speakers.of(head)
        if not found and self.tokens[head].lemma in reporting("nouns", "documents"):
            found = self.speakers.author(head) or self.speakers.author_before(head)
        return found

    def addressee(self, verb: int) -> str | None:
        """Return the one who is told, if the text says it."""
        syntax, speakers = self.syntax, self.speakers
        if self.tokens[verb].lemma in reporting("verbs", "tell"):
            for told in syntax.all(verb, "dative", "dobj", "nsubjpass"):
                if found := speakers.one(told):
                    return found
        for preposition in syntax.all(verb, "prep", "dative"):
            for noun in syntax.all(preposition, "pobj"):
                if self.tokens[preposition].lemma == "to" and (found := speakers.one(noun)):
                    return found
                if self.tokens[noun].lemma in reporting("nouns", "occasions"):
                    for inner in syntax.all(noun, "prep"):
                        if self.tokens[inner].lemma in ("to", "with"):
                            for partner in syntax.all(inner, "pobj"):
                                if found := speakers.one(partner):
                                    return found
        for participle in syntax.all(verb, "advcl"):
            if self.tokens[participle].lemma in ("address", "tell", "brief"):
                for told in syntax.all(participle, "dobj"):
                    if found := speakers.one(told):
                        return found
        token = self.tokens[verb]
        if token.dep == "advcl" and token.tag == "VBG" and token.head != verb:
            governor = self.tokens[token.head]
            if governor.lemma in reporting("verbs", "tell"):
                return self.addressee(token.head)
        return None

    # ------------------------------------------------------------ what is said
    def _content(self, verb: int) -> Span | None:
        lemma = self.tokens[verb].lemma
        if lemma in reporting("verbs", "announce") and (found := self._summary(verb)):
            return found
        if lemma in reporting("verbs", "say"):
            found = self._clause(verb)
            if found is not None:
                return found
        if lemma in reporting("verbs", "promise") or lemma in reporting("verbs", "ask"):
            found = self._infinitive(verb, asked=lemma not in reporting("verbs", "promise"))
            if found is not None:
                return found
        return self._phrase(verb, lemma)

    def _clause(self, verb: int) -> Span | None:
        """Return the content clause of a verb, before or after it."""
        for clause in self.syntax.children[verb]:
            token = self.tokens[clause]
            marks = {self.tokens[m].lemma for m in self.syntax.all(clause, "mark")}
            if token.dep == "ccomp" or (token.dep == "advcl" and "that" in marks):
                if marks & _QUESTION or token.tag == "TO":
                    continue
                return self._clause_span(clause, verb)
        return None

    def _clause_span(self, clause: int, verb: int) -> Span | None:
        first, last = self.syntax.edges(clause)
        if clause > verb:
            first = max(first, verb + 1)
            mark = next(
                (m for m in self.syntax.all(clause, "mark") if self.tokens[m].lemma == "that"), None
            )
            first = self._bare_start(clause, verb) if mark is None else mark + 1
            last = max(self._cut(clause, last, bare=mark is None), self._second(verb, clause))
        else:
            subject = self.syntax.child(verb, "nsubj")
            last = min(last, verb - 1)
            if subject is not None and subject < verb:
                last = min(last, self.syntax.edges(subject)[0] - 1)
        return self.trimmed(first, last)

    def _bare_start(self, clause: int, verb: int) -> int:
        """Return where a clause without "that" begins, in "said on Monday the talks failed"."""
        first = max(self.syntax.edges(clause)[0], verb + 1)
        subject = self.syntax.child(clause, "nsubj", "nsubjpass", "expl")
        if subject is None:  # the parser took it for the object of the verb
            thing = self.syntax.child(verb, "dobj")
            if thing is None or not verb < thing < clause or self._is_told(verb):
                return first
            return self.syntax.edges(thing)[0]
        start = self.syntax.edges(subject)[0]
        if start <= first or any(self._is_comma(i) for i in range(first, start)):
            return max(first, self._after_addressee(verb, subject))
        leading = {self.tokens[i].dep for i in range(first, start) if self.tokens[i].head == clause}
        return start if leading <= {"prep", "npadvmod", "advmod"} else first

    def _is_told(self, verb: int) -> bool:
        return self.tokens[verb].lemma in reporting("verbs", "tell")

    def _after_addressee(self, verb: int, subject: int) -> int:
        """Return the token after a name that the parser drew into the subject: "told X talks"."""
        if self._is_told(verb) and self.syntax.child(verb, "dobj", "dative") is None:
            return self.speakers.end_of_name(verb + 1, subject)
        return 0

    def _second(self, verb: int, clause: int) -> int:
        """Return the end of a second clause: "said that ..., and that ..."."""
        return max(
            (
                self.syntax.edges(other)[1]
                for other in self.syntax.all(verb, "conj", "ccomp")
                if other > clause
                for mark in self.syntax.all(other, "mark")
                if self.tokens[mark].lemma == "that"
            ),
            default=-1,
        )

    def _cut(self, clause: int, last: int, *, bare: bool) -> int:
        """Return the last token of a clause without what the parser hung on it by mistake."""
        end = last
        for index in self.syntax.subtree(clause):
            token = self.tokens[index]
            if index <= clause or index in self.quoted:
                continue
            if token.dep == "advcl" and token.tag == "VBG":
                if self.is_reporting(index) and self._after_comma(index):
                    end = min(end, index - 1)
            elif token.dep == "conj" and token.head == clause and bare:
                if self._is_aside(index):
                    end = min(end, self.syntax.edges(index)[0] - 1)
        return end

    def _after_comma(self, index: int) -> bool:
        first = self.syntax.edges(index)[0]
        return first > 0 and self.tokens[first - 1].text == ","

    def _is_aside(self, conjunct: int) -> bool:
        """Tell whether a coordinate clause is the writer's own: "said X, and his critics blame"."""
        subject = self.syntax.child(conjunct, "nsubj", "nsubjpass")
        if subject is None or self.syntax.child(conjunct, "mark") is not None:
            return False
        if any(
            self.tokens[a].tag == "MD" or self.tokens[a].text in ("had", "was", "were")
            for a in self.syntax.all(conjunct, "aux", "auxpass")
        ):
            return False
        first = self.syntax.edges(subject)[0]
        return any(self.tokens[i].text in (",", ";") for i in range(max(0, first - 2), first))

    def _infinitive(self, verb: int, *, asked: bool) -> Span | None:
        """Return "to stop" of "urged Iran to stop", "promised to stop"."""
        for clause in self.syntax.all(verb, "xcomp", "ccomp", "advcl"):
            to = next(
                (a for a in self.syntax.all(clause, "aux") if self.tokens[a].tag == "TO"), None
            )
            if to is None or clause < verb:
                continue
            mark = self.syntax.child(clause, "mark")
            if mark is not None and self.tokens[mark].lemma == "for":
                return self.trimmed(mark, self.syntax.edges(clause)[1])
            if self.tokens[clause].dep == "advcl" and not asked:
                continue
            if self.tokens[verb].lemma in reporting("verbs", "ask_through") and not any(
                self.tokens[p].lemma in ("on", "to") and p == verb + 1
                for p in self.syntax.all(verb, "prep", "dative")
            ):
                continue
            start = to
            if not asked and (subject := self.syntax.child(clause, "nsubj")) is not None:
                start = self.syntax.edges(subject)[0]
            return self.trimmed(start, self._cut(clause, self.syntax.edges(clause)[1], bare=True))
        return None

    def _phrase(self, verb: int, lemma: str) -> Span | None:
        """Return the noun phrase that sums up what was said."""
        if lemma in reporting("verbs", "name"):
            named = self.syntax.child(verb, "oprd")
            thing = self.syntax.child(verb, "dobj")
            if named is not None and thing is not None and self.tokens[named].pos != "PROPN":
                return self.trimmed(self.syntax.edges(thing)[0], self.syntax.edges(named)[1])
            if named is not None:
                inner = self.syntax.child(named, "nsubj")
                if inner is not None and self.tokens[named].pos != "PROPN":
                    return self.trimmed(*self.syntax.edges(named))
        thing = self.syntax.child(verb, "dobj")
        if thing is not None and self.tokens[thing].lemma in reporting("verbs", "objects", lemma):
            return self.trimmed(*self.syntax.edges(thing))
        prepositions = reporting("verbs", "about", lemma)
        for preposition in self.syntax.all(verb, "prep"):
            if self.tokens[preposition].lemma in prepositions and preposition > verb:
                first, last = self.syntax.edges(preposition)
                for clause in self.syntax.all(verb, "advcl"):  # "spoke of Turkey taking over"
                    if (
                        self.tokens[clause].tag == "VBG"
                        and self.syntax.edges(clause)[0] == last + 1
                    ):
                        last = self.syntax.edges(clause)[1]
                if last - first > 1:
                    return self.trimmed(preposition + 1, last)
        return None

    def _summary(self, verb: int) -> Span | None:
        """Return the noun phrase of "announced new sanctions", "stressed the role of ..."."""
        thing = self.syntax.child(verb, "dobj")
        if thing is None or self.tokens[thing].pos != "NOUN" or thing < verb:
            return None
        first, last = self.syntax.edges(thing)
        clause = self.syntax.child(verb, "ccomp")
        if clause is not None:
            relative = any(self.tokens[i].tag == "WDT" for i in range(last, clause))
            if not relative:
                return None
            last = self.syntax.edges(clause)[1]
        return self.trimmed(first, last) if last > first else None

    # ------------------------------------------------------------ nouns and "according to"
    def _of_noun(self, noun: int) -> Iterator[Report]:
        """Yield "expressed hope that ...", "the minister's warning that ..."."""
        token = self.tokens[noun]
        clause = next(
            (
                c
                for c in self.syntax.all(noun, "acl", "ccomp", "relcl")
                if self.syntax.child(c, "nsubj", "nsubjpass", "expl") is not None
                and self.tokens[c].tag != "VBG"
                and not self._is_relative(c)
            ),
            None,
        )
        if clause is None:
            return
        content = self._clause_span(clause, noun)
        speakers: tuple[str, ...] = ()
        owner = self.syntax.child(noun, "poss")
        if owner is not None:
            speakers = self.speakers.of(owner)
        governor = token.head
        if token.dep == "dobj" and self.tokens[governor].lemma in reporting("nouns", "carriers"):
            if self.is_said(governor):
                speakers += tuple(s for s in self.who(governor) if s not in speakers)
        if speakers and content is not None:
            yield Report(noun, token.text, speakers, None, content)

    def _is_relative(self, clause: int) -> bool:
        """Tell a relative clause, "the claim that he made", from a content clause."""
        return any(
            self.tokens[i].tag in ("WDT", "WP") and self.tokens[i].head == clause
            for i in self.syntax.children[clause]
        )

    def _according(self, index: int) -> Iterator[Report]:
        to = self.syntax.child(index, "prep")
        source = None if to is None else self.syntax.child(to, "pobj")
        if to is None or source is None:
            return
        speakers = self.speakers.of(source)
        if not speakers or self.tokens[source].lemma in reporting("nouns", "documents"):
            speakers = self._sources(source) or speakers
        content = self._beside(index)
        if speakers and content is not None:
            cue = Span(self.tokens[index].span.start, self.tokens[to].span.end).of(self.doc.text)
            yield Report(index, cue, speakers, None, content)

    def _sources(self, noun: int) -> tuple[str, ...]:
        """Return all behind "reports from the ministry and, on Thursday, Vyasna"."""
        found = list(self.speakers.author(noun))
        for member in self.syntax.conjuncts(noun):
            found += [entity for entity in self.speakers.of(member) if entity not in found]
        return tuple(found)

    def _beside(self, index: int) -> Span | None:
        """Return what stands beside "according to X" in its sentence."""
        sentence = self.syntax.sentence(index)
        first, last = self.syntax.edges(index)
        start, stop = sentence[0], sentence[-1]
        for i in sentence:  # not over a quotation that ended before
            if i in self.quoted and i < first:
                start = i + 1
        while start < first and self.tokens[start].text in ("and", "but", ",", '"', "”", "."):
            start += 1
        if first - start < 1:  # at the front
            after = next((i for i in range(first, stop) if i > last and self._is_comma(i)), last)
            if self._is_comma(last + 1 if last < stop else last):
                after = last + 1
            return self.trimmed(after + 1, stop)
        if first - 2 >= start and self.tokens[first - 2].pos == "CCONJ":  # "and, according to X,"
            after = next((i for i in range(first + 2, stop) if self._is_comma(i)), None)
            if self._is_comma(first - 1) and after is not None:
                return self.trimmed(after + 1, stop)
        if stop - last <= 2:  # at the end
            return self.trimmed(start, first - 1)
        return self.trimmed(start, stop)

    def _is_comma(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].text == ","

    # ------------------------------------------------------------ spans
    def trimmed(self, first: int, last: int) -> Span | None:
        """Return the span of some tokens without punctuation at its edges."""
        if first > last or last >= len(self.tokens):
            return None
        text = self.doc.text
        start, end = self.tokens[first].span.start, self.tokens[last].span.end
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE and not _is_abbreviated(text, end):
            end -= 1
        return Span(start, end) if start < end else None


def _is_abbreviated(text: str, end: int) -> bool:
    """Tell whether the full stop before ``end`` belongs to the word: "7:45 p.m."."""
    return text[end - 1] == "." and text[max(0, end - 3) : end - 2] == "."


def closed(span: Span, quotations: Iterable[Quotation]) -> Span:
    """Return the span with the end of a quotation that it breaks off just before its mark."""
    for quotation in quotations:
        if quotation.outer.start < span.end and span.end < quotation.outer.end:
            if quotation.inner.end - span.end <= 2:
                return Span(span.start, quotation.outer.end)
    return span
