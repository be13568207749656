"""Names that others gave: harmless to show and to build an id of."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LONGEST = 200
"""Characters of a name that are shown."""

_DRIVE = re.compile(r"[A-Za-z]:")


def harmless(name: str) -> str:
    r"""Return a name that moves no terminal, breaks no line and is Unicode text.

    Control characters, marks that turn the direction of writing and bytes that are no text are
    written out; of a name that is too long the middle is left out.

    Examples
    --------
    >>> harmless("paris\n\x1b[2J.txt")
    'paris\\n\\x1b[2J.txt'
    """
    name = shown(name)
    if len(name) > LONGEST:
        name = f"{name[: LONGEST // 2]}...{name[-LONGEST // 2 + 3 :]}"
    return name


def shown(name: str) -> str:
    """Return a name or a path as it is shown, however long: what cannot be seen is written out."""
    if name.isprintable():
        return name
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in name
    )


def member(name: str) -> PurePosixPath | None:
    r"""Return the path of a member inside its archive; None if it leads out of it.

    Some programs write backslashes between folders.

    Examples
    --------
    >>> member("news/paris.txt"), member("../paris.txt"), member("C:\\paris.txt")
    (PurePosixPath('news/paris.txt'), None, None)
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if "\x00" in name or path.is_absolute() or _DRIVE.match(name) or ".." in path.parts:
        return None
    return path
