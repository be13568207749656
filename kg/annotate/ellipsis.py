"""Verbs that stand for another: "as did Macron", "but Hungary did not", "offered to do so"."""

from __future__ import annotations

from kg.syntax import Syntax

_MARKERS = frozenset({"as", "so", "nor", "neither", "too", "likewise", "not", "also"})
_INHERITING = frozenset({"as", "so", "nor", "neither"})
_BARE = frozenset({"do", "have", "will", "would", "can", "could", "may", "might", "should"})
_BESIDE = frozenset({"too", "also", "likewise", "either", "already", "so"})
_OWN_ARGUMENTS = ("dobj", "xcomp", "ccomp", "attr", "acomp")


def stands_for(syntax: Syntax, index: int) -> int | None:
    """Return the verb that an elliptical "did" repeats, or None.

    It is the verb that governs it ("X attended, as did Y"), the main verb of the sentence before
    ("X signed. So did Y."), or of "do so" and "follow suit" the nearest verb before them.
    """
    token = syntax.tokens[index]
    if _says_the_same(syntax, index) or _is_bare(syntax, index):
        return _verb_before(syntax, index)
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


def inherits(syntax: Syntax, index: int) -> bool:
    """Tell "as did X", which shares the status of what it repeats, from "offered to do so"."""
    return index > 0 and syntax.tokens[index - 1].lemma in _INHERITING


def denies(syntax: Syntax, index: int) -> bool:
    """Tell "nor did X" and "neither did X"."""
    return index > 0 and syntax.tokens[index - 1].lemma in ("nor", "neither")


def _says_the_same(syntax: Syntax, index: int) -> bool:
    """Tell "did so", "do the same" and "follow suit" from verbs with a meaning of their own."""
    token = syntax.tokens[index]
    objects = {syntax.tokens[child].lemma for child in syntax.all(index, "dobj")}
    behind = {syntax.tokens[child].lemma for child in syntax.all(index, "advmod") if child > index}
    if token.lemma == "do":
        return bool(behind & {"so", "likewise"}) or objects == {"same"}
    return token.lemma == "follow" and objects == {"suit"}


def _is_bare(syntax: Syntax, index: int) -> bool:
    """Tell "Spain has not" and "Chile did", where only the auxiliary is left."""
    token = syntax.tokens[index]
    if token.lemma not in _BARE or token.dep in ("aux", "auxpass") or inherits(syntax, index):
        return False
    own = [*_OWN_ARGUMENTS, "prep", "prt", "advcl"]
    behind = [child for child in syntax.all(index, *own) if child > index]
    behind += [
        child
        for child in syntax.all(index, "advmod")
        if child > index and syntax.tokens[child].lemma not in _BESIDE
    ]
    finite = token.tag in ("VBD", "VBZ", "VBP", "MD")
    return finite and not behind and syntax.child(index, "nsubj") is not None


def _verb_before(syntax: Syntax, index: int) -> int | None:
    """Return the nearest verb before that has an object, but none that only governs this one."""
    controlling, at = {index}, index
    while (
        syntax.tokens[at].dep in ("xcomp", "ccomp", "pcomp", "conj")
        and syntax.tokens[at].head not in controlling
    ):
        at = syntax.tokens[at].head
        if syntax.tokens[at].dep != "conj" and syntax.child(at, "dobj") is None:
            controlling.add(at)
    start = syntax.sentence(index).start
    earlier = syntax.sentence(start - 1).start if start else start
    for verb in range(index - 1, earlier - 1, -1):
        acts = syntax.tokens[verb].pos == "VERB" and verb not in controlling
        if acts and syntax.child(verb, "dobj", "prep", "nsubjpass") is not None:
            return verb
    return None


def _main_verb(syntax: Syntax, index: int) -> int | None:
    root = next((i for i in syntax.sentence(index) if syntax.tokens[i].dep == "ROOT"), None)
    return root if root is not None and syntax.tokens[root].pos == "VERB" else None
