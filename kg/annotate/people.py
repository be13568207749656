"""People: full names by parser, table, title or verb of saying, then their surnames throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.annotate.guesses import Guess
from kg.annotate.lookup import Entry, Trie, officials
from kg.annotate.naming import Naming
from kg.annotate.votes import Votes, given_names
from kg.data import lists
from kg.model import Span

_WORDS = 8  # of the longest full name
_LONGEST = 3  # words before a surname
# Parts of speech that a parser may give a surname.
_CONTENT = frozenset({"PROPN", "NOUN", "ADJ", "X", "ADP", "VERB", "INTJ"})


class People:
    """Finds the people of one document and notes them in its naming."""

    def __init__(self, naming: Naming, candidates: Sequence[Guess], votes: Votes) -> None:
        self.naming = naming
        self.tokens = naming.tokens
        self.syntax = naming.syntax
        self.candidates = candidates
        self.ending = {guess.last: guess for guess in candidates}
        self.covering = {i: g for g in candidates for i in range(g.first, g.last + 1)}
        self.votes = votes
        self.cues = lists("names")["votes"]
        self.family_first = lists("names")["people"]["family_first"]

    def find(self) -> None:
        """Note full names first, so that each surname finds its bearer."""
        for match in officials().find(self.naming.doc.text):
            self._official(match.span)
        for guess in self.candidates:
            if guess.label == "PERSON":
                self._full_name(guess)
        for span in [*self._titled(), *self._speaking()]:
            self.naming.add(span, "Person")
        for match in self._surnames().find(self.naming.doc.text):
            self._surname(match.span)

    # ------------------------------------------------------------ full names

    def _official(self, span: Span) -> None:
        """Take the name of someone in office, without a title that the table has in it."""
        inside = [i for i in self.syntax.within(span) if i not in self.naming.title_words]
        if inside:
            self.naming.add(self.syntax.span(inside[0], inside[-1]), "Person", over=True)

    def _full_name(self, guess: Guess) -> None:
        """Take what the parser calls a person by more than one word."""
        first, last = guess.first, guess.last
        while first < last and not self._may_start(first):
            first += 1
        words = self.naming.words_of(first, last).split()
        if first == last or not any(word[:1].isupper() for word in words) or "of" in words:
            return
        name = guess.span.of(self.naming.doc.text)
        if self.votes.kind(name) != "Person" and first not in self.naming.behind_titles:
            return
        if not all(index in self.naming.taken for index in range(first, last + 1)):
            self.naming.add(self.syntax.span(first, last), "Person", over=True)

    def _may_start(self, index: int) -> bool:
        word = self.tokens[index].text
        return word[:1].isupper() or word.lower() in self.naming.particles

    def _titled(self) -> Iterator[Span]:
        """Yield runs of capitalized words right behind a title, "Sir" with a given name."""
        for start, (end, row) in self.naming.titles.items():
            if not row.before_name or (row.in_name and not self.tokens[start].text[:1].isupper()):
                continue
            last = self._run(end + 1)
            built = self.tokens[last].text.lower() in self.cues["facility"]
            if last > end and not built:  # "King George Hotel"
                with_title = row.in_name and last == end + 1
                yield self.syntax.span(start if with_title else end + 1, last)

    def _run(self, first: int) -> int:
        """Return the last token of the run of name words that starts here, or the one before."""
        index, latest = first, min(first + _WORDS, len(self.tokens))
        while index < latest and self._is_name_word(index):
            index += 1
        while index > first and not self.tokens[index - 1].text[:1].isupper():
            index -= 1
        return index - 1

    def _is_name_word(self, index: int) -> bool:
        token = self.tokens[index]
        if index in self.naming.title_words or index in self.naming.taken:
            return False
        if token.pos == "PROPN" and token.text[:1].isupper():
            return token.ner[2:] not in ("DATE", "TIME")
        return token.text in self.naming.particles or token.text == "-"

    def _speaking(self) -> Iterator[Span]:
        """Yield what looks like a full name right before a verb of saying: "Li-wen Chang said"."""
        for index, token in enumerate(self.tokens[:-1]):
            verb = self.tokens[index + 1]
            if verb.pos != "VERB" or verb.lemma not in self.cues["saying"]:
                continue
            first, earliest = index + 1, max(0, index + 1 - _WORDS)
            while first > earliest and self._goes_back(first - 1):
                first -= 1
            known = self.naming.words.intersection(range(first, index + 1))
            if first < index and token.text not in self.cues["heads"] and not known:
                yield self.syntax.span(first, index)

    def _goes_back(self, index: int) -> bool:
        """Tell whether a token can belong to a full name that is read from its end."""
        token = self.tokens[index]
        if token.text == "-" or token.text in self.naming.particles:
            return True
        if index in self.naming.taken or index in self.naming.title_words or token.pos != "PROPN":
            return False
        before = self.naming.doc.text[max(0, token.span.start - 1) : token.span.start]
        return token.text[:1].isupper() or before == "-"

    # ------------------------------------------------------------ surnames

    def _surnames(self) -> Trie:
        """Return the surnames of the people found, with their particles ("von der Leyen")."""
        names = dict[str, None]()
        for span, kind in self.naming.found.items():
            words = span.of(self.naming.doc.text).split()
            if kind != "Person" or len(words) < 2:
                continue
            start = len(words) - 1
            while start > 1 and words[start - 1].lower() in self.naming.particles:
                start -= 1
            short = [" ".join(words[start:]), words[-1]]
            if words[0] in self.family_first and words[-1] not in self.family_first:
                short = [words[0]]
            for name in short:
                names[name] = names[name[:1].upper() + name[1:]] = None
        return Trie((name, Entry("Person", name, "name")) for name in names)

    def _surname(self, span: Span) -> None:
        """Take a surname as its bearer, unless the tables or a longer name say otherwise."""
        inside = self.syntax.within(span)
        if not inside or self.syntax.span(inside[0], inside[-1]) != span:
            return
        last = inside[-1]
        if last in self.naming.title_words or self.tokens[last].pos not in _CONTENT:
            return
        first = self._leftmost(inside[0], last)
        known = any(index in self.naming.taken for index in range(first, last + 1))
        if (known and not self._acts(last)) or self._is_part_of_body(span):
            return
        self.naming.add(self.syntax.span(first, last), "Person", over=True)

    def _leftmost(self, first: int, last: int) -> int:
        """Return where the name begins: with a given name or what the parser joins to it."""
        earliest = max(0, last - _LONGEST)
        while first > earliest and self.tokens[first - 1].pos == "PROPN":
            word = self.tokens[first - 1].text
            if word.lower() not in self.naming.particles and word not in given_names():
                break
            first -= 1
        guess = self.ending.get(last)
        return guess.first if guess is not None and earliest < guess.first < first else first

    def _acts(self, index: int) -> bool:
        """Tell whether a word that is also a place acts as a person here."""
        token = self.tokens[index]
        speaks = token.dep == "nsubj" and self.tokens[token.head].lemma in self.cues["saying"]
        return speaks or token.ner.endswith("PERSON")

    def _is_part_of_body(self, span: Span) -> bool:
        """Tell whether the surname is part of the name of a body or place ("Novak Foundation")."""
        guess = self.covering.get(self.syntax.within(span)[0])
        if guess is None or guess.label == "PERSON" or not guess.span.covers(span):
            return False
        last = self.tokens[guess.last].text
        longer = guess.span != span
        return longer and (last in self.cues["heads"] or last.lower() in self.cues["facility"])
