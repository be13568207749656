"""Does a capital or a seat of government stand for the place, or for the government there."""

from __future__ import annotations

from kg.data import lists
from kg.model import Span
from kg.syntax import Syntax


def is_place(syntax: Syntax, span: Span, *, building: bool = False) -> bool:
    """Tell whether a capital stands for the city rather than the government, by its slot.

    "in Kyiv", "outside Minsk", "the Paris talks" are places; "Athens expelled", "between Kyiv and
    Moscow", "Moscow's demands" are governments.

    Parameters
    ----------
    building
        Ask about a seat ("the White House") instead: a place only where one can be or go.
    """
    index = syntax.first_conjunct(syntax.root_of(span))
    token, cues = syntax.tokens[index], lists("names")["capital"]
    head = syntax.tokens[token.head]
    if building:
        if token.dep == "dobj":
            return head.lemma in cues["object"]
        governor = syntax.tokens[head.head].lemma
        if head.lemma in ("to", "from"):
            return token.dep == "pobj" and governor in cues["motion"]
        if head.lemma == "at":
            return governor in cues["occasion"]
        return token.dep == "pobj" and head.lemma in cues["here"]
    match token.dep:
        case "nsubj":
            if head.lemma == "be":
                return not _has_a_mind(syntax, token.head, cues)
            has_particle = syntax.child(token.head, "prt") is not None  # "sat down with"
            return head.lemma in cues["located"] and not has_particle
        case "nsubjpass" | "dobj":
            return head.lemma in cues["object"]
        case "pobj" | "dative":
            return _after_preposition(syntax, token.head, cues)
        case "agent":
            return False
        case "poss":
            return head.lemma in cues["urban"]
        case "compound" | "nmod" | "amod":
            return head.lemma not in cues["regime"]
        case "npadvmod":
            return head.text.lower().rpartition("-")[2] not in cues["backed"]
        case _:
            return True


def _has_a_mind(syntax: Syntax, verb: int, cues: dict[str, frozenset[str]]) -> bool:
    """Tell "Washington was prepared to accommodate" from "Washington was cold"."""
    said = syntax.child(verb, "acomp")
    if said is None:
        return False
    return (
        syntax.child(said, "xcomp", "ccomp") is not None
        or syntax.tokens[said].lemma in cues["mind"]
    )


def _after_preposition(syntax: Syntax, preposition: int, cues: dict[str, frozenset[str]]) -> bool:
    word = syntax.tokens[preposition]
    if word.lemma in cues["here"]:
        return True
    governor = syntax.tokens[word.head]
    if word.lemma in ("to", "from"):
        return governor.lemma in cues["motion"]
    if word.lemma in ("on", "for", "between"):
        return governor.lemma in cues["motion"] | cues["object"]
    if word.lemma in cues["state"]:
        return False
    return governor.pos != "ADJ"
