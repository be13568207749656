"""Verbs that stand for another: "as did Macron", "so did Chile", "but Hungary did not"."""

from __future__ import annotations

from kg.syntax import Syntax

_MARKERS = frozenset({"as", "so", "nor", "neither", "too", "likewise", "not", "also"})
_OWN_ARGUMENTS = ("dobj", "xcomp", "ccomp", "attr", "acomp")


def stands_for(syntax: Syntax, index: int) -> int | None:
    """Return the verb that an elliptical "did" repeats, or None.

    It is the verb that governs it ("X attended, as did Y"), or the main verb of the sentence
    before ("X signed. So did Y.").
    """
    token = syntax.tokens[index]
    if token.lemma != "do" or token.dep in ("aux", "auxpass"):
        return None
    around = {syntax.tokens[child].lemma for child in syntax.children[index]}
    around |= {before.lemma for before in syntax.tokens[max(0, index - 1) : index]}
    if not around & _MARKERS or not subjects_of(syntax, index):
        return None
    if not around & {"nor", "neither"} and syntax.child(index, *_OWN_ARGUMENTS) is not None:
        return None
    if token.head != index:
        return token.head if syntax.tokens[token.head].pos == "VERB" else None
    first = syntax.sentence(index).start
    return _main_verb(syntax, first - 1) if first else None


def subjects_of(syntax: Syntax, index: int) -> list[int]:
    """Return who did so; behind "nor did" parsers take the subject for an object."""
    inverted = [i for i in syntax.all(index, "dobj") if i > index]
    found = syntax.all(index, "nsubj") or inverted
    return [member for child in found for member in syntax.conjuncts(child)]


def _main_verb(syntax: Syntax, index: int) -> int | None:
    root = next((i for i in syntax.sentence(index) if syntax.tokens[i].dep == "ROOT"), None)
    return root if root is not None and syntax.tokens[root].pos == "VERB" else None
