"""Whether somebody linked bears the office that a bare surname is called by: "President Trump"."""

from __future__ import annotations

from kg.officials import fold, in_office, of_wikidata
from kg.resolve.evidence import Cluster
from kg.resolve.persona import Known

_HEADS = ("head_of_state", "head_of_government")


def same_office(known: Known, cluster: Cluster) -> bool:
    """Tell whether a linked person bears the office that a bare surname is called by.

    The table of officials goes before what texts say: it knows when an office was held, and of
    which state the office is.

    Parameters
    ----------
    known
        A person of whom a surname is known.
    cluster
        The only person of that surname whose full name is known.
    """
    persona, date = known.persona, known.first[:10].strip()
    if not cluster.wikidata:
        return False
    shared = cluster.countries & set(persona.countries)
    if persona.countries and cluster.countries and not shared:
        return False
    for office in persona.offices:
        terms = [
            term
            for wikidata in cluster.wikidata
            for term in of_wikidata(wikidata)
            if term.role in _HEADS and fold(term.office) == fold(office)
        ]
        held = any(
            (not date or in_office(term, date))
            and (not persona.countries or term.country in persona.countries)
            for term in terms
        )
        if held or (not terms and office in cluster.offices):
            return not (shared and office in cluster.offices)  # that is counted by itself
    return False
