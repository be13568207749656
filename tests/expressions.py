"""Every regular expression of ours, and strings that make a careless one explode.

``python -m tests.expressions 20000 0.5`` tells which take more than half a second of the processor
on 20,000 characters, and nothing bounds what they look through.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import kg

Expression = tuple[str | bytes, int, str]
"""What it is, its flags, and whether it is tried at one place (match) or at each (search)."""

BOUNDED = {
    "kg.annotate.credits._PARTS": "at most 60 characters in brackets",
    "kg.annotate.language._ADDRESS": "pieces of at most 1,000 characters",
    "kg.annotate.offices._BEFORE_NAME": "a window of words before a name",
    "kg.annotate.offices._BEFORE_AND": "a window of words before a name",
    "kg.annotate.offices._BEFORE_COMMA": "a window of words before a name",
    "kg.annotate.offices._BEHIND": "a window of words behind a name",
    "kg.annotate.offices._NEXT": "a window of words behind a name",
    "kg.notebook.complete._CALL": "the line that a user is typing",
    "kg.notebook.complete._TERM": "the line that a user is typing",
    "kg.read.pages.facts._PARTS": "a title without runs of white space",
    "kg.read.paper.hyphens._LAST": "the last 200 characters of a line",
    r"kg.relations: \[([^=]+)=([^\]]+)\]": "brackets that another expression has found sound",
    "kg.resolve.reports._CAPITALS": "80 characters before a mention",
    r"kg.store.guard: ([\w.-]*):[^\s]*$": "500 characters of a line of a query",
    r"kg.store.guard: [A-Z]\S* \S* ?is not [a-z ]+(?:[A-Z]+ ?)*|[Uu]nexpected [a-z ]+": (
        "500 characters of what the engine says"
    ),
    "kg.view.fold._ATTRIBUTE": "pages that we write ourselves",
}
"""Expressions whose time grows faster than what they look through, and what bounds that."""

UNITS = (
    "a", "A", "0", " ", "\n", "-", ".", ",", '"', "'", "’", "“", "(", "[", "<", "/", "&", "@", "\\",
    "a ", "A ", "a b ", "A b, ", "a-", "a.", "a\n", " \n", "0 ", "0.", "a:", "a=", "a@", "<a ",
)  # fmt: skip


def collected() -> dict[Expression, str]:
    """Return where each expression stands: in names of modules, behind functions, in calls."""
    found: dict[Expression, str] = {}
    for module in _modules():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if isinstance(value, _lru_cache_wrapper) and value.__module__ == module.__name__:
                given = _given_by(value)
            else:
                given = value
            calls = set(re.findall(rf"\b{name}\.(\w+)\(", source))
            how = "match" if calls and calls <= {"match", "fullmatch"} else "search"
            for pattern in _patterns(given):
                found.setdefault((pattern.pattern, pattern.flags, how), f"{module.__name__}.{name}")
        for written, how in _written(source):
            expression = (written, re.compile(written).flags, how)
            found.setdefault(expression, f"{module.__name__}: {written!s}")
    return found


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(kg.__path__, "kg."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _given_by(function: Any) -> object:
    """Return what a function without parameters gives that makes an expression once."""
    plain = function.__wrapped__
    told = str(plain.__annotations__.get("return", ""))
    return function() if "Pattern" in told and not plain.__code__.co_argcount else ()


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _patterns(one)
    elif isinstance(value, dict):
        yield from _patterns(tuple(value.values()))


def _written(source: str) -> Iterator[tuple[str | bytes, str]]:
    """Yield the expressions that stand in calls like ``re.search("...", text)``."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr not in ("escape", "compile")
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value, "match" if "match" in node.func.attr else "search"


def pumped(pattern: re.Pattern[Any], size: int) -> Iterator[str | bytes]:
    """Yield strings that take an expression a long way before it fails."""
    words = list(dict.fromkeys(_literals(_parser.parse(pattern.pattern, pattern.flags))))
    starts = ["", *words[:1]]
    for unit in dict.fromkeys((*UNITS, *words[:8], *(word + " " for word in words[:4]))):
        for start in starts:
            text = start + unit * (size // len(unit)) + "\x00"
            yield text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")


def _literals(parts: Iterable[Any]) -> Iterator[str]:
    """Yield the words that stand in an expression, and a sign of each set."""
    run = ""
    for what, value in parts:
        if what is _constants.LITERAL:
            run += chr(value)
            continue
        if run:
            yield run
            run = ""
        yield from _inside(value)
    if run:
        yield run


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, _parser.SubPattern):
        yield from _literals(value)
    elif isinstance(value, list | tuple):
        for one in value:
            if isinstance(one, tuple) and len(one) == 2 and one[0] is _constants.LITERAL:
                yield chr(one[1])
            elif isinstance(one, tuple) and len(one) == 2 and one[0] is _constants.RANGE:
                yield chr(one[1][0])
            else:
                yield from _inside(one)


def explosions(size: int, seconds: float) -> Iterator[str]:
    """Yield each expression that takes more time of the processor on one string of that size."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, stop)
    for (written, flags, how), place in collected().items():
        pattern = re.compile(written, flags)
        try:
            for text in pumped(pattern, size):
                signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
                getattr(pattern, how)(text)
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except TimeoutError:
            yield f"{place}\t{how} at {text[:20]!r}"


if __name__ == "__main__":
    for found in explosions(int(sys.argv[1]), float(sys.argv[2])):
        if found.partition("\t")[0] not in BOUNDED:
            print(found, flush=True)
