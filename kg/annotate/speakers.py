"""Who speaks: from the subject of a reporting verb to the entities it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container
from functools import cached_property
from itertools import islice

from kg.annotate.reporting import reporting
from kg.model import Document, EntityType, Mention
from kg.syntax import Syntax

# What a pronoun may stand for where coreference has not said it.
_FITTING: dict[str, tuple[EntityType, ...]] = {
    "he": ("Person",),
    "she": ("Person",),
    "him": ("Person",),
    "her": ("Person",),
    "it": ("Organization", "Country"),
    "they": ("Group", "Organization"),
    "them": ("Group", "Organization"),
}
_SPEAKING: tuple[EntityType, ...] = ("Person", "Group", "Organization", "Country")
_HIGHEST = 20  # levels of the tree that a pronoun or a participle may look up
_REACH, _CANDIDATES = 3, 40  # sentences and subjects that an unresolved pronoun may look back
_SUBORDINATE = frozenset({"ccomp", "relcl", "acl", "csubj", "advcl", "pcomp"})
_NOBODY = frozenset(
    {"someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody", "none", "one"}
)
_RELATIVE = frozenset({"WP", "WDT"})


class Speakers:
    """The entities of a document as speakers.

    Parameters
    ----------
    doc
        A document with tokens and entities; nominal and pronoun mentions are used where present.
    syntax
        The dependency tree of its tokens.
    quoted
        The tokens that stand inside quotation marks.
    """

    def __init__(self, doc: Document, syntax: Syntax, quoted: Container[int]) -> None:
        self.doc, self.syntax, self.tokens, self.quoted = doc, syntax, doc.tokens, quoted
        self._types = {entity.id: entity.type for entity in doc.entities}
        self._places = {
            entity.id: sorted(mention.span.start for mention in entity.mentions)
            for entity in doc.entities
        }
        # For each token the mentions that cover it; a mention headed by it comes first.
        self._covering: dict[int, list[tuple[bool, int, str, Mention]]] = {}
        for entity in doc.entities:
            if entity.type in _SPEAKING:
                for mention in entity.mentions:
                    inside = syntax.within(mention.span)
                    root = syntax.root_of(mention.span) if len(inside) else -1
                    for token in inside:
                        entry = (token != root, -len(inside), entity.id, mention)
                        self._covering.setdefault(token, []).append(entry)
        for entries in self._covering.values():
            entries.sort(key=lambda entry: entry[:3])
        self._guesses: dict[int, str] = {}
        self._guess()

    def of(self, head: int) -> tuple[str, ...]:
        """Return the ids of those a phrase stands for, all members of an enumeration."""
        found: list[str] = []
        for member in self.syntax.conjuncts(head):
            for part in (member, *self._included(member)):
                entity = self.one(part)
                if entity and entity not in found:
                    found.append(entity)
        return tuple(found)

    def one(self, head: int) -> str | None:
        """Return the id of the entity that the word heading a phrase stands for."""
        head = self._antecedent_of_relative(head)
        token = self.tokens[head]
        if token.lemma in _NOBODY or any(
            self.tokens[c].lemma == "no" for c in self.syntax.all(head, "det")
        ):
            return None
        if token.pos == "PRON":
            return self._pronoun(head)
        return self._named(head) or self._through(head)

    def author(self, noun: int) -> tuple[str, ...]:
        """Return who wrote or gave a statement, letter, report ..."""
        for child in self.syntax.children[noun]:
            token = self.tokens[child]
            if token.dep in ("poss", "compound", "nmod", "amod"):
                found = self.of(child)
            elif token.dep in ("prep", "agent") and token.lemma in ("from", "by", "of"):
                found = tuple(e for o in self.syntax.all(child, "pobj") for e in self.of(o))
            else:
                continue
            if found:
                return found
        verb = self.tokens[noun].head
        if self.tokens[noun].dep == "dobj" and self.tokens[verb].lemma in reporting(
            "nouns", "authors"
        ):
            return self.of_subject(verb)
        return ()

    def author_before(self, noun: int) -> tuple[str, ...]:
        """Return the author of the same document where it was last mentioned before."""
        lemma = self.tokens[noun].lemma
        earlier = self._documents.get(lemma, [])
        place = bisect_left(earlier, noun, key=lambda entry: entry[0])
        return earlier[place - 1][1] if place else ()

    @cached_property
    def _documents(self) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
        """The statements, letters, reports ... with a known author, by lemma."""
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        nouns = reporting("nouns", "documents")
        for index, token in enumerate(self.tokens):
            if token.pos == "NOUN" and token.lemma in nouns and (author := self.author(index)):
                found.setdefault(token.lemma, []).append((index, author))
        return found

    def of_subject(self, verb: int) -> tuple[str, ...]:
        """Return who does what a verb says."""
        subject = self.subject(verb)
        return () if subject is None else self.of(subject)

    def subject(self, verb: int) -> int | None:
        """Return the word that heads the subject of a verb: its own, or one it shares."""
        seen: set[int] = set()
        while verb not in seen:
            seen.add(verb)
            own = self.syntax.child(verb, "nsubj")
            if own is not None:
                return own
            token = self.tokens[verb]
            if self.is_parallel(verb):
                verb = self.tokens[token.head].head
                continue
            if self.syntax.child(verb, "nsubjpass") is not None:
                agent = self.syntax.child(verb, "agent")
                return None if agent is None else self.syntax.child(agent, "pobj")
            if token.dep in ("conj", "advcl", "xcomp"):
                verb = self._outer(verb) if token.dep == "advcl" else token.head
                if token.dep == "xcomp" and token.tag == "VBG":  # "quoted X saying"
                    quoted = self.syntax.child(verb, "dobj")
                    if quoted is not None:
                        return quoted
                passive = self.syntax.child(verb, "nsubjpass")
                if passive is not None and token.dep != "conj":
                    return passive
            elif token.dep == "pcomp":
                return self._subject_of_gerund(token.head)
            elif token.dep in ("acl", "relcl") and self.tokens[token.head].pos in (
                "NOUN",
                "PROPN",
                "PRON",
            ):
                return token.head
        return None

    def name_before(self, verb: int, first: int) -> tuple[str, ...]:
        """Return who is named last before a verb: "director of Amnesty Man-kei Tam said"."""
        for index in range(verb - 1, max(first, -1), -1):
            if self.tokens[index].pos not in ("ADV", "AUX"):
                found = self._mentioned(index)
                return (found,) if found and self._types[found] == "Person" else ()
        return ()

    def is_parallel(self, verb: int) -> bool:
        """Tell "urged" in "warned that X could attack and urged Y", which goes with "warned".

        The parser hangs it on the verb of the content clause; its tense gives it away.
        """
        token = self.tokens[verb]
        clause = self.tokens[token.head]
        return (
            token.dep == "conj"
            and token.tag in ("VBD", "VBZ", "VBP")
            and clause.dep == "ccomp"
            and clause.tag == "VB"
            and self.syntax.child(verb, "nsubj", "nsubjpass", "expl") is None
        )

    def _outer(self, participle: int) -> int:
        """Return the verb whose subject a participle shares.

        In "said the talks had failed, adding that" it is who said, though the parser may hang
        "adding" on the failure.
        """
        governor = self.tokens[participle].head
        if self.tokens[participle].tag != "VBG" or self.tokens[participle - 1].text != ",":
            return governor
        for verb in (governor, *islice(self.syntax.ancestors(governor), _HIGHEST)):
            if self.tokens[verb].dep != "ccomp":
                return governor
            above = self.tokens[verb].head
            if self.tokens[above].lemma in reporting("verbs", "say") and above < participle:
                return above
        return governor

    def end_of_name(self, first: int, last: int) -> int:
        """Return the token after the name nearest to ``first`` that ends before ``last``, or 0."""
        for index in range(first, last):
            for _, _, _, mention in self._covering.get(index, ()):
                after = self.syntax.within(mention.span)[-1] + 1
                if mention.kind == "name" and after <= last:
                    return after
        return 0

    def _subject_of_gerund(self, preposition: int) -> int | None:
        """Find who speaks in "quoted X as saying", "began by saying", "was quoted as saying"."""
        verb = self.tokens[preposition].head
        if self.tokens[preposition].lemma == "as":
            return self.syntax.child(verb, "dobj", "nsubjpass")
        return self.subject(verb)

    def _included(self, noun: int) -> list[int]:
        """Return those named in "officials, including X and Y"."""
        return [
            member
            for child in self.syntax.all(noun, "prep", "acl")
            if self.tokens[child].lemma in ("including", "include")
            for phrase in self.syntax.all(child, "pobj", "dobj")
            for member in self.syntax.conjuncts(phrase)
        ]

    def _mentioned(self, head: int) -> str | None:
        for elsewhere, _, entity, mention in self._covering.get(head, ()):
            if not elsewhere or mention.kind == "name":
                return entity
        return None

    def _apposed(self, head: int) -> str | None:
        """Find the name in "the special envoy, General Keith Kellogg"."""
        for child in self.syntax.all(head, "appos"):
            found = self._mentioned(child) or self._titled(child)
            if found:
                return found
        return None

    def _titled(self, head: int) -> str | None:
        """Find a name before the word that the parser took for the head.

        It is a person's, or that of a newspaper or the like: "the Reuters news agency".
        """
        medium = self.tokens[head].lemma in reporting("nouns", "media")
        for child in reversed(self.syntax.all(head, "compound", "nmod", "flat")):
            found = self._mentioned(child)
            if found and self._types[found] == ("Organization" if medium else "Person"):
                return found
        return None

    def _through(self, head: int) -> str | None:
        """Find the state in "the Iranian government"."""
        if self.tokens[head].lemma not in reporting("nouns", "organs"):
            return None
        for child in self.syntax.all(head, "amod", "compound", "poss", "nmod"):
            found = self._mentioned(child)
            if found and self._types[found] in ("Country", "Organization"):
                return found
        return None

    def _antecedent_of_relative(self, head: int) -> int:
        """Return the minister of "the minister, who said"; any other word is its own."""
        while self.tokens[head].tag in _RELATIVE:
            above = next(
                (
                    governor
                    for governor in islice(self.syntax.ancestors(head), _HIGHEST)
                    if self.tokens[governor].dep == "relcl"
                ),
                None,
            )
            if above is None:
                break
            head = self.tokens[above].head
        return head

    def _pronoun(self, head: int) -> str | None:
        """Return whom a pronoun stands for.

        One outside quotation marks hardly means someone who was last named inside: such an
        answer of coreference gives way to the nearest fitting subject.
        """
        found = self._mentioned(head)
        if found is None or (head not in self.quoted and self._is_last_quoted(found, head)):
            return self._antecedent(head) or found
        return found

    def _is_last_quoted(self, entity: str, pronoun: int) -> bool:
        places = self._places[entity]
        before = bisect_left(places, self.tokens[pronoun].span.start)
        return before > 0 and self.syntax.at(places[before - 1]) in self.quoted

    def _antecedent(self, pronoun: int) -> str | None:
        """Guess an unresolved pronoun: the nearest fitting subject outside quotation marks.

        The subject of a main clause goes before one of a subordinate clause, since who spoke
        last speaks on.
        """
        token = self.tokens[pronoun]
        fitting = _FITTING.get(token.lemma, ())
        place = bisect_left(self._subjects, pronoun)
        second = None
        for index in reversed(self._subjects[max(0, place - _CANDIDATES) : place]):
            if self.tokens[index].sentence < token.sentence - _REACH:
                break
            found = self._guesses.get(index) or self._named(index)
            if found and self._types[found] in fitting:
                if self.tokens[self.tokens[index].head].dep not in _SUBORDINATE:
                    return found
                second = second or found
        return second

    @cached_property
    def _subjects(self) -> list[int]:
        subjects = ("nsubj", "nsubjpass")
        return [
            index
            for index, token in enumerate(self.tokens)
            if index not in self.quoted
            and (token.dep in subjects or (token.dep == "pobj" and self._is_source(index)))
        ]

    def _is_source(self, noun: int) -> bool:
        """Tell X in "according to X"."""
        to = self.tokens[self.tokens[noun].head]
        return to.lemma == "to" and self.tokens[to.head].text.lower() == "according"

    def _guess(self) -> None:
        """Guess the subjects that are unresolved pronouns; each looks at those before it."""
        for index in self._subjects:
            if self.tokens[index].pos == "PRON" and not self._mentioned(index):
                found = self._antecedent(index)
                if found:
                    self._guesses[index] = found

    def _named(self, head: int) -> str | None:
        return self._mentioned(head) or self._apposed(head) or self._titled(head)
