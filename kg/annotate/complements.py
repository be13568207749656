"""What a verb says of a verb below it: "ordered him to leave", "threatened to attack Chile"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.annotate.prepositions import Slots
    from kg.annotate.verbs import Verbs

_AGAINST = ("on", "against", "from")
_CONDITIONS = ("if", "unless")


def add_complements(verbs: Verbs, index: int, slots: Slots) -> None:
    """Add the slots "deed", "target" and "condition", and resolve "each other".

    Parameters
    ----------
    verbs
        The reader of the verbs of the document.
    index
        A verb.
    slots
        Its arguments so far; changed in place.
    """
    for child in _infinitives(verbs, index):
        slots.setdefault("deed", []).append(child)
        slots.setdefault("target", []).extend(_targets(verbs, child))
    slots.setdefault("condition", []).extend(_conditions(verbs, index))
    for noun in (*slots.get("to", ()), *slots.get("obj", ())):
        # "sent his deputy to the summit in his place": parsers hang it on the summit
        slots.setdefault("in", []).extend(_proxies(verbs, noun))
    for name, members in slots.items():
        if any(_is_reciprocal(verbs, member) for member in members):
            # "accused each other": everyone who does it is whom it is done to
            kept = [member for member in members if not _is_reciprocal(verbs, member)]
            slots[name] = [*kept, *slots["subj"]] if name != "subj" else kept


def _infinitives(verbs: Verbs, index: int) -> list[int]:
    """Return the infinitives below a verb: "asked to come", "48 hours to leave"."""
    syntax = verbs.syntax
    below = syntax.all(index, "xcomp", "ccomp", "advcl")
    for noun in syntax.all(index, "dobj", "npadvmod"):
        below += syntax.all(noun, "acl", "relcl")
    found = [child for child in below if syntax.has_to(child)]
    return [
        verb
        for child in found
        for verb in (child, *syntax.all(child, "conj"))
        if syntax.tokens[verb].pos == "VERB"
    ]


def _targets(verbs: Verbs, index: int) -> list[int]:
    """Return to whom the deed is done: "to attack Chile", "to impose sanctions on Chile"."""
    syntax = verbs.syntax
    if verbs.is_passive(index):
        return []
    objects = [i for child in syntax.all(index, "dobj") for i in syntax.conjuncts(child)]
    prepositions = [prep for word in (index, *objects) for prep in syntax.all(word, "prep")]
    return objects + [
        i
        for prep in prepositions
        if syntax.tokens[prep].lemma in _AGAINST
        for noun in syntax.all(prep, "pobj")
        for i in syntax.conjuncts(noun)
    ]


def _conditions(verbs: Verbs, index: int) -> list[int]:
    """Return who has to do what is the condition: "unless Chile leaves, Novak warned"."""
    syntax = verbs.syntax
    told = [index, *syntax.all(index, "ccomp")]
    if syntax.tokens[index].dep == "parataxis":
        told.append(syntax.tokens[index].head)
    return [
        subject
        for verb in told
        for child in syntax.all(verb, "advcl")
        if syntax.tokens[syntax.edges(child)[0]].lemma in _CONDITIONS
        for subject in verbs.own_subjects(child)
    ]


def _proxies(verbs: Verbs, noun: int) -> list[int]:
    """Return the "place" of "in his place" where it hangs on a noun."""
    syntax = verbs.syntax
    return [
        place
        for prep in syntax.all(noun, "prep")
        if syntax.tokens[prep].lemma == "in"
        for place in syntax.all(prep, "pobj")
        if syntax.tokens[place].lemma in ("place", "stead")
        and syntax.child(place, "poss") is not None
    ]


def _is_reciprocal(verbs: Verbs, index: int) -> bool:
    """Tell "each other" and "one another" from others."""
    tokens = verbs.syntax.tokens
    pair = tuple(token.lemma for token in tokens[max(0, index - 1) : index + 1])
    ahead = tuple(token.lemma for token in tokens[index : index + 2])
    return pair == ("each", "other") or ("one", "another") in (pair, ahead)
