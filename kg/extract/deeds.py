"""Whose deed a noun names: "Norway's decision", "the ban imposed by Norway", "a Norwegian plan"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.cues import groups_of_words, words
from kg.extract.arguments import Arguments
from kg.model import Span

_DEPTH = 3
_ACTORS = ("Person", "Country", "Organization", "Group")
_COMPLEMENTS = ("of", "on", "against", "into", "to", "upon")
_RELATIVE = ("WDT", "WP")
_ACRONYM = 5  # "U.S.", "UNSC": no longer than this without dots


class Deeds:
    """Finds who did what the nouns of one document name.

    How a noun names its doer depends on its kind (``[deeds]`` in ``cues.toml``): "the decision of
    Norway" is Norway's, "the invasion of Norway" is not, and "Novak's arrest" is nobody's that
    the phrase names.
    """

    def __init__(self, arguments: Arguments) -> None:
        self.arguments, self.syntax = arguments, arguments.syntax
        self.tokens = arguments.tokens

    def of_span(self, span: Span) -> list[str]:
        """Return the ids of those whose deed the phrase headed by this word names."""
        return self.doers(self.syntax.at(span.start))

    def is_deed(self, span: Span) -> bool:
        """Tell whether the phrase headed by this word names a deed."""
        return self._kind(self.syntax.at(span.start)) is not None

    def doers(self, index: int, depth: int = 0) -> list[str]:
        """Return the ids of those whose deed the noun at this token names."""
        kind = self._kind(index)
        if kind is None or depth > _DEPTH:
            return []
        if kind == "joint":
            return self._distinct(self._parties(index))
        for reading in (self._agents(index), self._makers(index), self._owners(index, kind)):
            found = self._distinct(reading)
            if found:
                return found
        return self._behind(index, depth) if self._lemma(index) in words("deeds", "framing") else []

    def _kind(self, index: int) -> str | None:
        framing = "directed" if self._lemma(index) in words("deeds", "framing") else None
        return groups_of_words("deeds", "kinds").get(self._lemma(index), framing)

    def _lemma(self, index: int) -> str:
        return self.tokens[index].lemma.lower()

    def _distinct(self, indexes: Iterable[int]) -> list[str]:
        """Return the actors among what these tokens stand for."""
        found = [entity for index in indexes for entity in self._actors(index)]
        return list(dict.fromkeys(found))

    def _actors(self, index: int) -> list[str]:
        ids = self.arguments.of(index)
        if not ids and self._lemma(index) in words("descriptions", "country"):
            # "the Harper government's plan": the name beside the body will do
            names = self.syntax.all(index, "amod", "compound")
            ids = [entity for name in names for entity in self.arguments.of(name)]
        return [entity for entity in ids if self.arguments.type_of(entity) in _ACTORS]

    def _objects(self, index: int, *prepositions: str) -> Iterator[int]:
        for prep in self.syntax.all(index, "prep", "agent"):
            if self._lemma(prep) in prepositions:
                for noun in self.syntax.all(prep, "pobj"):
                    yield from self.syntax.conjuncts(noun)

    def _agents(self, index: int) -> Iterator[int]:
        """Yield who stands behind "by", also one noun further on: "the killing of ... by"."""
        yield from self._objects(index, "by")
        for noun in self._objects(index, "of", "on", "against", "for", "to"):
            yield from self._objects(noun, "by")

    def _makers(self, index: int) -> Iterator[int]:
        """Yield who does it in "the ban announced by Norway", "the plan Norway put forward"."""
        for verb in self.syntax.all(index, "acl", "relcl"):
            if self.syntax.lemma(verb) not in words("deeds", "made"):
                continue
            subject, object_ = self.syntax.child(verb, "nsubj"), self.syntax.child(verb, "dobj")
            open_ = object_ is None or self.tokens[object_].tag in _RELATIVE
            if subject is None:
                yield from self._objects(verb, "by")
            elif open_ and self.tokens[subject].tag not in _RELATIVE:
                yield from self.syntax.conjuncts(subject)

    def _owners(self, index: int, kind: str) -> Iterator[int]:
        """Yield the possessor, the country that describes it, or who stands behind "of"."""
        prepositions = {self._lemma(prep) for prep in self.syntax.all(index, "prep")}
        tied = bool(prepositions & set(_COMPLEMENTS))
        if kind == "suffered" and "of" not in prepositions:
            return
        for child in self.syntax.all(index, "poss"):
            yield from self.syntax.conjuncts(child)
        for child in self.syntax.all(index, "compound", "amod", "nmod"):
            if self._is_adjectival(child):
                is_doer = tied or kind not in ("violent", "suffered")
            else:  # "the Iran policy" is on Iran, "the Navalny arrest" of him
                is_doer = (kind == "owned" and not self._is_country(child)) or tied
            if is_doer:
                yield from self.syntax.conjuncts(child)
        if kind == "owned":
            yield from self._objects(index, "of", "from")

    def _is_adjectival(self, index: int) -> bool:
        """Tell "Norwegian" and "U.S." from "Norway" before a noun."""
        letters = self.tokens[index].text.replace(".", "")
        acronym = letters.isupper() and 1 < len(letters) <= _ACRONYM
        return acronym or self.tokens[index].pos == "ADJ" or self.tokens[index].dep == "amod"

    def _is_country(self, index: int) -> bool:
        return any(self.arguments.type_of(found) == "Country" for found in self._actors(index))

    def _parties(self, index: int) -> Iterator[int]:
        """Yield who made a deal: "the accord between Norway and Chile", "Norway's accord with"."""
        for child in self.syntax.all(index, "poss"):
            yield from self.syntax.conjuncts(child)
        for child in self.syntax.all(index, "compound", "amod", "nmod"):
            if self._is_adjectival(child):
                yield from self.syntax.conjuncts(child)
        yield from self._objects(index, "between", "with", "by")
        yield from self._makers(index)

    def _behind(self, index: int, depth: int) -> list[str]:
        """Read over a noun that only frames the deed: "acts of aggression by Norway"."""
        for noun in self._objects(index, "of"):
            found = self.doers(noun, depth + 1)
            if found:
                return found
        return []
