"""Writing decisions down: entries put behind the others, and taken out again, text untouched."""

from __future__ import annotations

import json
import re

from kg.resolve.decisions import Decisions

KINDS = ("merge", "never", "alias", "rename")
_HEAD = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]\s*(?:#.*)?")


def with_entry(text: str, kind: str, one: str, other: str) -> str:
    """Return the text of the file with one more decision at its end.

    Parameters
    ----------
    text
        What the file says now.
    kind
        "merge", "never", "alias" or "rename".
    one, other
        The two things of a merge or never; else the thing and its name.

    Examples
    --------
    >>> print(with_entry("", "rename", "Q142", "France"), end="")
    [[rename]]
    of = "Q142"
    to = "France"
    """
    if text and not text.endswith("\n"):
        text += "\n"
    return text + ("\n" if text else "") + _entry(kind, one, other)


def without_entry(text: str, kind: str, one: str, other: str) -> str | None:
    r"""Return the text of the file without that decision; None if it is not there by itself.

    What was put there by `with_entry` leaves no trace.

    Examples
    --------
    >>> without_entry(with_entry("# mine\n", "merge", "A", "B"), "merge", "B", "A")
    '# mine\n'
    """
    wanted = _decided(_entry(kind, one, other))
    swapped = _decided(_entry(kind, other, one)) if kind in ("merge", "never") else wanted
    lines = text.splitlines(keepends=True)
    heads = [n for n, line in enumerate(lines) if _HEAD.fullmatch(line)]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        stop = _stop(lines, start, end)
        if _decided("".join(lines[start:stop])) in (wanted, swapped):
            blank = start > 0 and not lines[start - 1].strip()
            return "".join(lines[: start - blank] + lines[stop:])
    return None


def _stop(lines: list[str], start: int, end: int) -> int:
    """Return where an entry ends: before blank lines, and before a comment on the next one."""
    stop = end
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    return stop


def _decided(text: str) -> Decisions | None:
    try:
        return Decisions.from_toml(text)
    except ValueError:
        return None


def _entry(kind: str, one: str, other: str) -> str:
    if kind in ("merge", "never"):
        return f"[[{kind}]]\nthese = [{_quoted(one)}, {_quoted(other)}]\n"
    if kind == "alias":
        return f"[[alias]]\nof = {_quoted(one)}\nnames = [{_quoted(other)}]\n"
    return f"[[rename]]\nof = {_quoted(one)}\nto = {_quoted(other)}\n"


def _quoted(text: str) -> str:
    """Return a TOML string, which is written like one of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
