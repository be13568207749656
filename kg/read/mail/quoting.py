"""The words of a plain mail: what its writer wrote, without what is answered and the signature.

The rules, which leave a newsletter whole:

- What stands after the last line that is ``-- `` and nothing else is a signature if it is no
  longer than `SIGNATURE` lines, and is left out.
- Only in an answer (its subject begins with Re: or the like, or it names the mail it answers) are
  lines that begin with ``>`` left out, with the line above them that says who wrote them, and all
  that stands after ``-----Original Message-----``. If nothing remained, all remains.
- A file written into the text (``begin 644 name``) is left out.
"""

from __future__ import annotations

import re

SIGNATURE = 15
"""Lines of the longest signature."""

_REPLY = re.compile(r"\s*(?:re|aw|sv|antw|odp|rif|res|vs)(?:\[\d+\])?\s*:", re.I)
_ORIGINAL = re.compile(r"^-{3,} ?Original Message ?-{3,}\s*$", re.I | re.M)
_SAID = re.compile(r"(?=.*(?:@|\d|wrote)).*:\s*$", re.S)
_ENCODED = re.compile(
    r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n(?:[ -`]{1,62}\n)*(?:end(?:\n|\Z)|\Z)", re.M
)
_BLOCK_ABOVE = 3


def is_answer(subject: str, named: bool) -> bool:
    """Tell whether a mail is an answer: by its subject, or because it names the one it answers.

    Examples
    --------
    >>> is_answer("Re: Talks in Paris", False), is_answer("Renewed talks in Paris", False)
    (True, False)
    """
    return named or _REPLY.match(subject) is not None


def unfolded(words: str, *, joined: bool) -> str:
    r"""Return the paragraphs of a text with ``format=flowed``, whose lines end where they may.

    Parameters
    ----------
    words
        The text; a line that ends with a space goes on in the next.
    joined
        Whether that space is left out (``delsp=yes``).

    Examples
    --------
    >>> unfolded("Macron met \nScholz.\n", joined=False)
    'Macron met Scholz.\n'
    """
    found: list[str] = []
    open_quotes: str | None = None
    for line in words.split("\n"):
        rest = line.lstrip(">")
        quotes = line[: len(line) - len(rest)]
        rest = rest.removeprefix(" ")
        flows = rest.endswith(" ") and rest != "-- "
        content = rest[:-1] if flows and joined else rest
        if open_quotes == quotes and found and rest != "-- ":
            found[-1] += content
        else:
            found.append(f"{quotes} {content}" if quotes else content)
        open_quotes = quotes if flows else None
    return "\n".join(found)


def own_words(words: str, *, answer: bool) -> tuple[str, list[str]]:
    r"""Return what the writer of a mail wrote, and what was left out.

    Examples
    --------
    >>> own_words("Yes.\n\nOn Monday Ann wrote:\n> Will he come?\n-- \nBob\n", answer=True)
    ('Yes.\n', ['signature left out', 'quoted mail left out'])
    """
    notes = []
    words, count = _ENCODED.subn("", words)
    if count:
        notes.append("uuencoded files left out")
    lines = words.split("\n")
    marks = [number for number, line in enumerate(lines) if line == "-- "]
    if (
        marks
        and len(lines) - marks[-1] - 1 <= SIGNATURE + 1
        and any(map(str.strip, lines[: marks[-1]]))
    ):
        lines = [*lines[: marks[-1]], ""]
        notes.append("signature left out")
    if answer and (own := _unquoted(lines)) != lines and any(map(str.strip, own)):
        lines = own
        notes.append("quoted mail left out")
    return "\n".join(lines), notes


def _unquoted(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    if original := _ORIGINAL.search(text):
        lines = text[: original.start()].split("\n")
    found: list[str] = []
    quoted = False
    for line in lines:
        if line.startswith(">"):
            if not quoted:
                _take_back(found)
            quoted = True
        elif line.strip() or not quoted:
            found.append(line)
            quoted = False
    while len(found) > 1 and not found[-1].strip() and not found[-2].strip():
        found.pop()
    return found


def _take_back(found: list[str]) -> None:
    """Take away the lines above a quotation that say who wrote it."""
    end = len(found)
    while end and not found[end - 1].strip():
        end -= 1
    start = end
    while start and found[start - 1].strip() and end - start <= _BLOCK_ABOVE:
        start -= 1
    if 0 < end - start <= _BLOCK_ABOVE and _SAID.fullmatch("\n".join(found[start:end])):
        del found[start:]
