"""Reported speech in the grammar: who says what to whom, and with which word."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from kg.annotate.contents import Contents
from kg.annotate.reporting import reporting
from kg.annotate.speakers import Speakers
from kg.model import Document, Span
from kg.syntax import Syntax

# What has these beside it is not said: "may say", "as he said", "if he says".
_UNSAID = frozenset({"will", "wo", "shall", "may", "might", "could", "should", "must", "can"})
_SUBORDINATE = frozenset({"if", "whether", "as", "unless"})
_ONWARD = frozenset({"go", "continue"})  # "went on to say"
_NEAR = 4  # tokens before a verb in which a lost subject is looked for
_LISTS = ("say", "promise", "ask", "announce", "name", "about", "objects", "links")


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting word with its speakers, its addressee, and the words it reports.

    ``verb`` is the token of the reporting word and ``cue`` its words; ``content`` is None where
    only quotation marks tell what was said. Without speakers someone speaks who is no entity.
    """

    verb: int
    cue: str
    speakers: tuple[str, ...]
    addressee: str | None = None
    content: Span | None = None


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
        self.text, self.syntax, self.tokens = doc.text, syntax, doc.tokens
        self.speakers, self.quoted = speakers, quoted
        self.contents = Contents(doc, syntax, speakers, quoted)

    def reports(self) -> Iterator[Report]:
        """Yield what is reported in indirect speech, in the order of the reporting words."""
        verbs = frozenset().union(*(reporting("verbs", name) for name in _LISTS))
        nouns = reporting("nouns", "clauses")
        for index, token in enumerate(self.tokens):
            found = None
            if index in self.quoted:
                continue
            if token.pos == "VERB" and (token.lemma in verbs or self.contents.is_idiom(index)):
                found = self._of_verb(index)
            elif token.pos == "NOUN" and token.lemma in nouns:
                found = self._of_noun(index)
            elif token.text.lower() == "according":
                found = self._according(index)
            if found is not None and found.speakers and found.content is not None:
                yield found

    def report(self, verb: int, speakers: tuple[str, ...] | None = None) -> Report:
        """Return who says something with a verb; what, quotation marks must tell."""
        speakers = self.who(verb) if speakers is None else speakers
        return Report(verb, self.tokens[verb].text, speakers, self.addressee(verb))

    # ------------------------------------------------------------ reporting words
    def is_reporting(self, index: int) -> bool:
        """Tell whether a word can introduce a quotation and does: not "may say", "to say"."""
        token = self.tokens[index]
        return (
            token.pos == "VERB"
            and index not in self.quoted
            and (
                token.lemma in reporting("verbs", "say")
                or token.lemma in reporting("verbs", "utter")
            )
            and self.is_said(index)
        )

    def is_said(self, verb: int) -> bool:
        """Tell whether a verb is asserted: not negated, not in the future, no bare infinitive."""
        token = self.tokens[verb]
        while token.dep == "conj" and token.tag == "VB" and self.tokens[token.head].pos == "VERB":
            verb = token.head  # shares "to", "will", "did not"
            token = self.tokens[verb]
        infinitive = False
        for child in self.syntax.children[verb]:
            word = self.tokens[child]
            if (
                word.dep == "neg"
                or (word.dep == "aux" and word.tag == "MD" and word.lemma in _UNSAID)
                or (word.dep == "mark" and word.lemma in _SUBORDINATE)
            ):
                return False
            infinitive = infinitive or word.tag == "TO"
        return not infinitive or (token.dep == "xcomp" and self.tokens[token.head].lemma in _ONWARD)

    def _of_verb(self, verb: int) -> Report | None:
        if not self.is_said(verb):
            return None
        content = self.contents.of_verb(verb)
        if content is None:
            return None
        token = self.tokens[verb]
        return Report(verb, token.text, self.who(verb), self.addressee(verb), content)

    def _of_noun(self, noun: int) -> Report | None:
        """Return "expressed hope that ...", "echoed the minister's warning that ..."."""
        content = self.contents.of_noun(noun)
        if content is None:
            return None
        owner = self.syntax.child(noun, "poss")
        speakers = () if owner is None else self.speakers.of(owner)
        verb = self.tokens[noun].head
        carries = self.tokens[verb].lemma in reporting("nouns", "carriers")
        if carries and self.tokens[noun].dep == "dobj" and self.is_said(verb):
            speakers += tuple(speaker for speaker in self.who(verb) if speaker not in speakers)
        return Report(noun, self.tokens[noun].text, speakers, None, content)

    def _according(self, index: int) -> Report | None:
        to = self.syntax.child(index, "prep")
        source = None if to is None else self.syntax.child(to, "pobj")
        if to is None or source is None:
            return None
        written = self.tokens[source].lemma in reporting("nouns", "documents")
        speakers = (self.speakers.author(source) if written else ()) or self.speakers.of(source)
        cue = Span(self.tokens[index].span.start, self.tokens[to].span.end).of(self.text)
        return Report(index, cue, speakers, None, self.contents.beside(index))

    # ------------------------------------------------------------ who and to whom
    def who(self, verb: int) -> tuple[str, ...]:
        """Return those who say it."""
        subject = self.speakers.subject(verb)
        if subject is None:  # the parser lost it
            passive = self.syntax.child(verb, "auxpass", "nsubjpass") is not None
            finite = self.tokens[verb].tag in ("VBD", "VBZ", "VBP")
            return self.speakers.name_before(verb, verb - _NEAR) if finite and not passive else ()
        return self.speaking(subject) or self.speakers.name_before(verb, subject)

    def speaking(self, head: int) -> tuple[str, ...]:
        """Return those a phrase stands for, or the authors of the document that it names."""
        found = self.speakers.of(head)
        if not found and self.tokens[head].lemma in reporting("nouns", "documents"):
            found = self.speakers.author(head) or self.speakers.author_before(head)
        return found

    def addressee(self, verb: int) -> str | None:
        """Return the one who is told, if the text says it."""
        for listener in self._listeners(verb):
            if found := self.speakers.one(listener):
                return found
        return None

    def _listeners(self, verb: int) -> Iterator[int]:
        syntax = self.syntax
        told = reporting("verbs", "tell")
        if self.tokens[verb].lemma in told:
            yield from syntax.all(verb, "dative", "dobj", "nsubjpass")
        for preposition in syntax.all(verb, "prep", "dative"):
            to = self.tokens[preposition].lemma == "to"
            for noun in syntax.all(preposition, "pobj"):
                if to:
                    yield noun
                if self.tokens[noun].lemma in reporting("nouns", "occasions"):
                    for inner in syntax.all(noun, "prep"):  # "in a letter to X"
                        if self.tokens[inner].lemma in ("to", "with"):
                            yield from syntax.all(inner, "pobj")
        for participle in syntax.all(verb, "advcl"):  # "while addressing X"
            if self.tokens[participle].tag == "VBG" and self.tokens[participle].lemma in told:
                yield from syntax.all(participle, "dobj")
        token = self.tokens[verb]
        governor = self.tokens[token.head]
        if token.dep == "advcl" and token.tag == "VBG" and governor.lemma in told:
            yield from syntax.all(token.head, "dative", "dobj")  # "briefed X, stressing that ..."
