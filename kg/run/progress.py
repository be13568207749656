"""What a run tells of itself while it goes on, to whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, str], None]
"""Called with the id of a document and what is about to happen to it, the name of a stage; at last
with one of `ENDS`. Of what concerns the whole graph it is told with an empty id."""

STORED, UNCHANGED, REPEATED, FAILED = "stored", "unchanged", "repeated", "failed"
ENDS = (STORED, UNCHANGED, REPEATED, FAILED)
"""What may have become of an input."""
