"""Walking a dependency tree: an index over the tokens of a document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Entity, Span, Token

_MODIFIERS = ("poss", "amod", "compound", "nmod")
_DEFINITE = ("the", "this", "that")
# Tokens that a noun phrase sheds at its edges.
_EDGES = frozenset({"DET", "PUNCT", "SPACE", "CCONJ"})
# Adverbs that make another verb of these: "stayed away from the talks".
_BOUND = {
    "stay": ("away",),
    "keep": ("away",),
    "shy": ("away",),
    "brush": ("aside",),
    "push": ("back",),
}
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


class Syntax:
    """The tokens of one document with children, conjuncts and phrases at hand.

    Tokens are named by their index in ``tokens`` throughout.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.children: list[list[int]] = [[] for _ in tokens]
        for index, token in enumerate(tokens):
            if token.head != index:
                self.children[token.head].append(index)
        self._starts = [token.span.start for token in tokens]
        self._edges: dict[int, tuple[int, int]] = {}
        self._kinds: dict[int, dict[str, list[int]]] = {}
        # The first token of every sentence, and behind the last one the end.
        self._sentences = [
            index
            for index, token in enumerate(tokens)
            if index == 0 or token.sentence != tokens[index - 1].sentence
        ] + [len(tokens)]

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Syntax:
        """Return the tree of these tokens; the stages of one document share one."""
        if not _latest or _latest[0].tokens is not tokens:
            _latest[:] = [cls(tokens)]
        return _latest[0]

    def at(self, offset: int) -> int:
        """Return the index of the token that covers a code point (or the one before it)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def within(self, span: Span) -> range:
        """Return the indexes of the tokens that overlap a span."""
        if not self.tokens:
            return range(0)
        first = self.at(span.start)
        if self.tokens[first].span.end <= span.start:
            first += 1
        last = self.at(span.end - 1)
        return range(first, last + 1)

    def root_of(self, span: Span) -> int:
        """Return the token of a span whose head lies outside it: the head of the phrase."""
        inside = self.within(span)
        for index in inside:
            head = self.tokens[index].head
            if (head == index or head not in inside) and self.tokens[index].pos not in _EDGES:
                return index
        return inside[-1] if len(inside) else 0

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first child with one of the dependency labels."""
        kinds = self._by_label(index)
        return min((kinds[dep][0] for dep in deps if dep in kinds), default=None)

    def all(self, index: int, *deps: str) -> list[int]:
        """Return the children with one of the dependency labels."""
        kinds = self._by_label(index)
        found = [kinds[dep] for dep in deps if dep in kinds]
        if len(found) < 2:
            return found[0].copy() if found else []
        return sorted({child for children in found for child in children})

    def _by_label(self, index: int) -> dict[str, list[int]]:
        """Return the children by label; a long enumeration has thousands, asked for often."""
        if index not in self._kinds:
            kinds: dict[str, list[int]] = {}
            for child in self.children[index]:
                kinds.setdefault(self.tokens[child].dep, []).append(child)
            self._kinds[index] = kinds
        return self._kinds[index]

    def conjuncts(self, index: int) -> list[int]:
        """Return the token and all that is coordinated with it, in the order of the text.

        What is left out on purpose ("Novak, but not Horak") is not among them.
        """
        found, open_ = {index}, [index]
        while open_:
            at = open_.pop()
            others = [i for i in self.all(at, "conj") if not self._is_excluded(i)]
            others += [i for i in self._taken_along(at) if i not in found]
            found.update(others)
            open_ += others
        return sorted(found)

    def _taken_along(self, index: int) -> list[int]:
        """Return the nouns of ", along with officials" and ", together with Horak" behind one."""
        at = index + 1 + (index + 1 < len(self.tokens) and self.tokens[index + 1].text == ",")
        idiom = [token.lemma for token in self.tokens[at : at + 2]]
        if self.tokens[index].pos not in NOMINAL or idiom[-1:] != ["with"]:
            return []
        if idiom[0] not in ("along", "together"):
            return []
        return self.all(at + 1, "pobj")

    def _is_excluded(self, index: int) -> bool:
        """Tell the second of "Novak, but not Horak" from one that belongs to the list."""
        if self.tokens[index].pos not in NOMINAL:
            return False
        head = self.tokens[index].head
        between = self.tokens[head + 1 : index]
        if any(token.text.lower() == "but" for token in between) and self._is_universal(head):
            return True
        return any(
            token.lemma == "not" and self.tokens[token.head].pos not in ("VERB", "AUX")
            for token in between
        )

    def _is_universal(self, index: int) -> bool:
        """Tell "all countries" and "everyone", from which "but Norway" is an exception."""
        if self.tokens[index].lemma in ("everyone", "everybody", "all", "nobody", "no-one"):
            return True
        determiner = self.child(index, "det", "predet")
        return determiner is not None and self.tokens[determiner].lemma in ("all", "every", "no")

    def first_conjunct(self, index: int) -> int:
        """Return the head of the coordination that a token belongs to."""
        while self.tokens[index].dep == "conj" and self.tokens[index].head != index:
            index = self.tokens[index].head
        return index

    def subtree(self, index: int) -> Iterator[int]:
        """Yield the token and everything below it, in no particular order."""
        open_ = [index]
        while open_:
            current = open_.pop()
            yield current
            open_.extend(self.children[current])

    def edges(self, index: int) -> tuple[int, int]:
        """Return the first and the last token of the subtree."""
        if index not in self._edges:
            above_first, open_ = [], [index]
            while open_:
                current = open_.pop()
                above_first.append(current)
                open_.extend(child for child in self.children[current] if child not in self._edges)
            for current in reversed(above_first):
                ends = [self._edges[child] for child in self.children[current]]
                first = min((end[0] for end in ends), default=current)
                last = max((end[1] for end in ends), default=current)
                self._edges[current] = (min(first, current), max(last, current))
        return self._edges[index]

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the governors of a token, nearest first."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index

    def sentence(self, index: int) -> range:
        """Return the tokens of the sentence a token stands in."""
        number = bisect_right(self._sentences, index)
        return range(self._sentences[number - 1], self._sentences[number])

    def span(self, first: int, last: int) -> Span:
        """Return the span from one token to another, both included, edges of white space shed."""
        while first < last and self.tokens[first].pos == "SPACE":
            first += 1
        while last > first and self.tokens[last].pos == "SPACE":
            last -= 1
        return Span(self.tokens[first].span.start, self.tokens[last].span.end)

    def sentence_span(self, index: int) -> Span:
        """Return the span of the sentence a token stands in."""
        inside = self.sentence(index)
        return self.span(inside[0], inside[-1])

    def owners(self, entities: Iterable[Entity], *, names_only: bool = False) -> dict[int, Entity]:
        """Return the entity that each token is part of a mention of."""
        return {
            index: entity
            for entity in entities
            for mention in entity.mentions
            if mention.kind == "name" or not names_only
            for index in self.within(mention.span)
        }

    def openings(self, entities: Iterable[Entity]) -> dict[int, tuple[int, Entity]]:
        """Return where names begin: first token -> last token and entity of the longest name."""
        found: dict[int, tuple[int, Entity]] = {}
        for entity in entities:
            for mention in entity.mentions:
                inside = self.within(mention.span)
                if mention.kind != "name" or not len(inside):
                    continue
                if inside[0] not in found or found[inside[0]][0] < inside[-1]:
                    found[inside[0]] = (inside[-1], entity)
        return found

    def lemma(self, index: int) -> str:
        """Return the lemma of a verb with its particle: "call off", "take place"."""
        token = self.tokens[index]
        for child in self.children[index]:
            word = self.tokens[child]
            if word.dep == "prt" or (
                word.dep == "advmod"
                and word.lemma in ("forward", "together", *_BOUND.get(token.lemma, ()))
            ):
                return f"{token.lemma} {word.lemma}"
        if token.lemma == "take" and any(
            self.tokens[c].lemma == "place" for c in self.all(index, "dobj")
        ):
            return "take place"
        if token.lemma == "let" and any(
            self.tokens[c].lemma == "go" for c in self.all(index, "ccomp", "xcomp")
        ):
            return "let go"
        if token.lemma == "rule" and any(
            self.tokens[c].lemma == "out" for c in self.children[index]
        ):
            return "rule out"
        return token.lemma

    def has_to(self, index: int) -> bool:
        """Tell whether a verb is an infinitive with "to"."""
        return any(
            self.tokens[child].tag == "TO" and self.tokens[child].dep == "aux"
            for child in self.children[index]
        )

    def companions(self, index: int, *prepositions: str) -> Iterator[int]:
        """Yield the tokens of a noun's modifiers, and of what these prepositions tie to it."""
        for child in self.children[index]:
            token = self.tokens[child]
            if token.dep in _MODIFIERS:
                yield from sorted(self.subtree(child))
            elif token.dep == "prep" and token.lemma in prepositions:
                for noun in self.all(child, "pobj"):
                    yield from sorted(self.subtree(noun))

    def is_definite(self, index: int) -> bool:
        """Tell whether a possessor, "the", "this" or "that" determines a noun."""
        return any(
            self.tokens[child].dep == "poss"
            or (self.tokens[child].dep == "det" and self.tokens[child].lemma in _DEFINITE)
            for child in self.children[index]
        )

    def count(self, index: int) -> int | None:
        """Return how many a noun is said to be, in words or figures: "three envoys" -> 3."""
        for child in self.all(index, "nummod"):
            word = self.tokens[child].text.lower()
            if word in _NUMBERS or (word.isascii() and word.isdigit() and len(word) < 3):
                return _NUMBERS.get(word) or int(word)
        return None

    def premodified(self, index: int) -> Span:
        """Return a noun with what stands before it ("NATO's 31 American allies"), article shed."""
        first = index
        for child in self.children[index]:
            if child < index and self.tokens[child].dep in _PREMODIFIERS:
                first = min(first, self.edges(child)[0])
        while first < index and self.tokens[first].pos in _EDGES:
            first += 1
        return Span(self.tokens[first].span.start, self.tokens[index].span.end)


_PREMODIFIERS = frozenset(
    {"compound", "amod", "poss", "nummod", "nmod", "quantmod", "advmod", "det", "npadvmod"}
)
_COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_NUMBERS = {word: number for number, word in enumerate(_COUNTED, start=1)}


_latest: list[Syntax] = []  # the tree asked for last: building it costs more than most stages
