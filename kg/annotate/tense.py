"""Whether a date lies before or after the day of writing, told from the grammar around it."""

from __future__ import annotations

from itertools import islice
from typing import Literal

from kg.annotate.reporting import reporting
from kg.cues import status_of_words
from kg.syntax import Syntax

Direction = Literal[-1, 0, 1]

_HIGHEST = 20  # levels of the tree between a date and its verb
_AHEAD = frozenset({"for", "until", "till", "by", "ahead"})
_COMING = frozenset(
    {"upcoming", "forthcoming", "planned", "scheduled", "coming", "expected", "future", "due"}
)
_PRESENT = frozenset({"VBZ", "VBP"})


def direction(syntax: Syntax, index: int) -> Direction:
    """Return 1 if what a date goes with is to come, -1 if it is past, 0 if nothing tells.

    Parameters
    ----------
    syntax
        The dependency tree of the document.
    index
        The token that heads the date expression.

    Notes
    -----
    "met on Tuesday" is past; "will meet", "is scheduled to meet", "set for Tuesday" are to come.
    """
    tokens = syntax.tokens
    for above in (index, *islice(syntax.ancestors(index), _HIGHEST)):
        token = tokens[above]
        if token.pos in ("VERB", "AUX"):
            return _of_verb(syntax, above)
        if token.pos == "ADP" and token.lemma in _AHEAD:
            return 1 if _goes_ahead(syntax, above) else -1
        if token.lemma in _COMING or any(
            tokens[child].lemma in _COMING for child in syntax.all(above, "amod", "acl")
        ):
            return 1
    return 0


def _goes_ahead(syntax: Syntax, preposition: int) -> bool:
    """Tell "set for Tuesday", "until Friday" from "had left by Friday"."""
    return not any(
        syntax.tokens[child].lemma == "have"
        for child in syntax.all(syntax.tokens[preposition].head, "aux")
    )


def _of_verb(syntax: Syntax, verb: int) -> Direction:
    tokens = syntax.tokens
    seen: set[int] = set()
    while verb not in seen and len(seen) < _HIGHEST:
        seen.add(verb)
        token = tokens[verb]
        auxiliaries = [tokens[child] for child in syntax.all(verb, "aux", "auxpass")]
        lemmas = {auxiliary.lemma for auxiliary in auxiliaries}
        if "have" in lemmas and not any(a.tag == "TO" for a in auxiliaries):
            return -1  # "has met", "would have met"
        if any(auxiliary.tag == "MD" for auxiliary in auxiliaries):
            return 1
        if any(auxiliary.tag == "TO" for auxiliary in auxiliaries):
            if _is_ahead_of(syntax, verb):
                return 1
            verb = token.head
            continue
        if token.tag == "VBN" and (token.lemma in _COMING or _foresees(token.lemma)):
            return 1  # "is scheduled", "talks planned Tuesday"
        if token.tag == "VBD" or any(auxiliary.tag == "VBD" for auxiliary in auxiliaries):
            return -1
        if token.tag in _PRESENT or any(auxiliary.tag in _PRESENT for auxiliary in auxiliaries):
            return -1 if token.lemma in reporting("verbs", "say") else 1
        if token.tag == "VBN":
            return -1  # "a meeting held on Tuesday"
        verb = token.head  # a participle shares the time of its verb
        if tokens[verb].pos not in ("VERB", "AUX"):
            return 0
    return 0


def _is_ahead_of(syntax: Syntax, infinitive: int) -> bool:
    """Tell whether an infinitive is still to come: "due to meet", not "managed to meet"."""
    tokens = syntax.tokens
    head = tokens[infinitive].head
    if tokens[infinitive].dep in ("acl", "relcl"):
        return True  # "an election to be held"
    if tokens[infinitive].dep == "advcl":
        return False  # "came to meet": as the main verb
    if tokens[head].pos in ("ADJ", "NOUN"):
        return tokens[head].lemma in _COMING or _foresees(tokens[head].lemma)
    return tokens[head].lemma == "be" or _foresees(tokens[head].lemma)


def _foresees(lemma: str) -> bool:
    """Tell whether a word looks ahead to what it governs: "plan", "ready", "offer"."""
    return any(
        status_of_words("governors", kind).get(lemma) in ("planned", "possible")
        for kind in ("verbs", "adjectives", "nouns")
    )
