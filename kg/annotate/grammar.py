"""Grammar as a parser of another language tells it -> grammar as our rules read it.

Rules read ClearNLP labels, Penn tags and trees in which an auxiliary hangs on its verb. Which
label stands for which is data: ``data/languages/de/grammar.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from kg.errors import UnknownName
from kg.model import Document, Token

_VERBS = ("VERB", "AUX")


@dataclass(frozen=True)
class Grammar:
    """Puts labels, tags and heads of tokens as our rules expect them.

    Parameters
    ----------
    language
        The ISO 639-1 code of a language with a table of labels.
    """

    name: ClassVar[str] = "grammar"
    requires: ClassVar[tuple[str, ...]] = ("tokens",)
    provides: ClassVar[tuple[str, ...]] = ("tokens",)

    language: str

    def warm_up(self) -> None:
        """Read the table."""
        _table(self.language)

    def __call__(self, doc: Document) -> Document:
        """Return the document with its grammar put in our terms."""
        return doc.but(tokens=_Tree(doc.tokens, _table(self.language)).ours())


class _Tree:
    def __init__(self, tokens: Sequence[Token], table: dict[str, Any]) -> None:
        self.tokens, self.table, self.roles = tokens, table, table["roles"]
        self.heads = [token.head for token in tokens]
        self.deps = [token.dep for token in tokens]
        self.set: dict[int, str] = {}

    def ours(self) -> tuple[Token, ...]:
        self._lift()
        tags = self.table["tags"]
        found = []
        for index, token in enumerate(self.tokens):
            dep = self.set.get(index) or self._label(index)
            head = self.heads[index]
            if dep == "conj" and self._label(head) == "cc":
                head = self.heads[head]
            found.append(
                replace(
                    token,
                    tag=tags.get(token.tag, token.tag),
                    dep=dep,
                    head=head,
                    lemma="by" if dep == "agent" else token.lemma,
                )
            )
        return tuple(found)

    def _lift(self) -> None:
        """Put each verb above its auxiliary, the outermost one first."""
        for _ in self.tokens:
            lifted = False
            for index, token in enumerate(self.tokens):
                head = self.heads[index]
                above = self.tokens[head]
                if (
                    head != index
                    and self.deps[index] == self.roles["clause"]
                    and token.pos in _VERBS
                    and above.pos == "AUX"
                ):
                    self._exchange(index, head)
                    lifted = True
            if not lifted:
                return

    def _exchange(self, verb: int, auxiliary: int) -> None:
        is_root = self.heads[auxiliary] == auxiliary
        passive = (
            self.tokens[auxiliary].lemma in self.roles["passive"]
            and self.tokens[verb].tag in self.roles["participle"]
        )
        for index, head in enumerate(self.heads):
            if head == auxiliary and index not in (verb, auxiliary):
                self.heads[index] = verb
        self.heads[verb] = verb if is_root else self.heads[auxiliary]
        self.deps[verb] = self.deps[auxiliary]
        self.heads[auxiliary] = verb
        self.set[auxiliary] = "auxpass" if passive else "aux"
        if passive:
            self._make_passive(verb)

    def _make_passive(self, verb: int) -> None:
        for index, head in enumerate(self.heads):
            if head == verb and self._label(index) == "nsubj":
                self.set[index] = "nsubjpass"

    def _label(self, index: int) -> str:
        dep, pos = self.deps[index], self.tokens[index].pos
        under = self.tokens[self.heads[index]]
        if dep == self.roles["object_of_preposition"] and under.pos == "ADP" and pos != "DET":
            return "pobj"
        labels: dict[str, str] = self.table["labels"]
        return labels.get(f"{dep}.{pos}") or labels.get(dep, "dep")


@cache
def _table(language: str) -> dict[str, Any]:
    folder = files("kg.data") / "languages"
    file = folder / language / "grammar.toml"
    if not file.is_file():
        known = tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))
        raise UnknownName("language", language, known)
    return tomllib.loads(file.read_text(encoding="utf-8"))
