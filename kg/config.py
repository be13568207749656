"""What a user gives by name or path -> what it stands for."""

from __future__ import annotations

from pathlib import Path

from kg.relations import Lexicon, shipped


def lexicon_from(given: Lexicon | str | Path | None) -> Lexicon:
    """Return a lexicon: ours, ours with the entries of a TOML file, or the one given.

    Raises
    ------
    LexiconError
        If the file cannot be read or an entry does not hold.

    Examples
    --------
    >>> lexicon_from(None)["briefed"].label
    'briefed'
    """
    if isinstance(given, Lexicon):
        return given
    return shipped() if given is None else shipped().extended(given)
