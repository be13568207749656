"""What a file says is its title or author, if it is one."""

from __future__ import annotations

import re

from kg.data import lists

_LONGEST = 300
_FILE = re.compile(
    r"^\S*[\w)]\.(?:docx?|odt|rtf|pdf|txt|html?|indd|qx[dp]|pages|tex|dvi|tmp|wpd)$", re.I
)
_BY_PROGRAM = re.compile(
    r"^(?:Microsoft (?:Word|PowerPoint|Excel)|Slide|Layout|Druck) ?\d* ?[-–]|^(?:https?|file)://",
    re.I,
)


def title(words: str | None) -> str | None:
    """Return a title, or None if the words are the name of a file or of nothing.

    Examples
    --------
    >>> title(" Talks  in Paris "), title("Microsoft Word - talks.doc"), title("Untitled")
    ('Talks in Paris', None, None)
    """
    found = " ".join((words or "").split())
    if not 3 <= len(found) <= _LONGEST or not any(sign.isalpha() for sign in found):
        return None
    if _FILE.match(found) or _BY_PROGRAM.match(found):
        return None
    return None if found.casefold() in lists("paper")["titles"]["none"] else found


def author(words: str | None) -> str | None:
    """Return an author, or None if the words name a program, an account or nobody.

    Examples
    --------
    >>> author("Ada Brandt"), author("admin"), author("python-docx")
    ('Ada Brandt', None, None)
    """
    found = " ".join((words or "").split())
    if not 2 <= len(found) <= _LONGEST or "@" in found or not any(s.isalpha() for s in found):
        return None
    return None if found.casefold() in lists("paper")["authors"]["none"] else found
