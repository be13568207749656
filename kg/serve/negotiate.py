"""Which of the forms we have is the one a client likes best."""

from __future__ import annotations

from collections.abc import Sequence


def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that an Accept header prefers, the first of equals, or None.

    Parameters
    ----------
    accept
        The header; without one, anything is welcome.
    offers
        Media types, ours in order of preference.

    Examples
    --------
    >>> best("text/csv;q=0.5, application/json", ["text/html", "text/csv", "application/json"])
    'application/json'
    >>> best("text/*", ["application/json", "text/csv"])
    'text/csv'
    >>> best("image/png", ["text/csv"]) is None
    True
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = [_range(part) for part in accept.split(",")[:64] if part.strip()]
    liked = [(_liking(offer, ranges), -place, offer) for place, offer in enumerate(offers)]
    quality, _, offer = max(liked)
    return offer if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = part.split(";")
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind.strip().lower(), quality


def _liking(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the quality of the most specific range that an offer falls into."""
    kind = offer.partition("/")[0]
    for wanted in (offer, f"{kind}/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
