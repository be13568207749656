"""What became of the inputs of a run, for the person at the terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from kg.annotate.language import named
from kg.cli.console import say
from kg.display import plain
from kg.errors import Failure
from kg.run.report import Kept, Repeat

LISTED = 20
"""So many failures or repeats are told one by one; more are told by reason, with examples."""

_REASONS, _EXAMPLES = 10, 3
_DIFFERS = re.compile(r"\(.*\)|'[^']*'|\d+")


def failed(failures: Sequence[Failure], listed_in: Path | None = None) -> None:
    """Tell what failed, with what to do about it.

    Parameters
    ----------
    failures
        All of them.
    listed_in
        The file in which all are listed.
    """
    if not failures:
        return
    say(f"[bold red]Failed[/] ({len(failures):,})")
    if len(failures) <= LISTED:
        for failure in failures:
            say(f"  [bold]{_shown(failure.where)}[/]{_stage(failure)}: {_why(failure)}")
    else:
        _by_reason(failures)
        if listed_in is not None:
            say(f"  All are in {_shown(str(listed_in))}, each with its reason and a remedy.")
    say()


def unchanged(count: int) -> None:
    """Say how many documents there was nothing to do for."""
    if count:
        what = "1 document was" if count == 1 else f"{count:,} documents were"
        say(f"{what} in the graph already, unchanged.")
        say()


def replaced(count: int) -> None:
    """Say how many documents took the place of older ones."""
    if count:
        what = "1 document" if count == 1 else f"{count:,} documents"
        say(f"{what} took the place of an older text or finding.")
        say()


def repeated(repeats: Sequence[Repeat]) -> None:
    """List the inputs that another one stands for."""
    if not repeats:
        return
    say(f"[bold]Same text[/] ({len(repeats):,})")
    for repeat in repeats[:LISTED]:
        say(
            f"  [bold]{_shown(repeat.id)}[/]: is the same text as {_shown(repeat.same_text_as)}, "
            "which stands for both"
        )
    if len(repeats) > LISTED:
        say(f"  and {len(repeats) - LISTED:,} more")
    say()


def kept(documents: Sequence[Kept]) -> None:
    """Say how many documents are in a language that is not read."""
    if not documents:
        return
    languages = Counter(named(document.language) for document in documents)
    told = ", ".join(f"{name} {count:,}" for name, count in languages.most_common())
    say(f"[bold]Kept, not extracted[/] ({len(documents):,}): {escape(told)}; only English is read")
    say()


def _by_reason(failures: Sequence[Failure]) -> None:
    """Tell failures by reason, those that cost most first."""
    groups: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        groups.setdefault((failure.stage, _DIFFERS.sub("", failure.problem)), []).append(failure)
    ranked = sorted(groups.values(), key=len, reverse=True)
    width = len(f"{len(ranked[0]):,}")
    for group in ranked[:_REASONS]:
        first = group[0]
        say(f"  [bold]{len(group):>{width},}[/]{_stage(first)}  {_why(first)}")
        where = ", ".join(_shown(failure.where) for failure in group[:_EXAMPLES])
        more = f" and {len(group) - _EXAMPLES:,} more" if len(group) > _EXAMPLES else ""
        say(f"  {'':{width}}  [dim]{where}{more}[/]")
    if rest := ranked[_REASONS:]:
        say(f"  and {sum(map(len, rest)):,} for {len(rest):,} other reasons")


def _why(failure: Failure) -> str:
    remedy = f"; {_shown(failure.remedy)}" if failure.remedy else ""
    return f"{_shown(failure.problem)}{remedy}"


def _stage(failure: Failure) -> str:
    return "" if failure.stage == "read" else f" [dim](stage {_shown(failure.stage)})[/]"


def _shown(words: str) -> str:
    return escape(plain(words))
