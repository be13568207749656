"""What the user has decided about who is who, to be applied again at every build."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decisions:
    """The user's own decisions; none by default.

    Examples
    --------
    >>> Decisions().blocks(), Decisions().beside("name/kim")
    (frozenset(), ())
    """

    def blocks(self) -> frozenset[str]:
        """Return the blocks that some decision is about; a changed decision touches these."""
        return frozenset()

    def beside(self, block: str) -> tuple[str, ...]:
        """Return the blocks that belong to the same search as this one by a decision."""
        return ()
