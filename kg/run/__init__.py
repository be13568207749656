"""Documents through a pipeline: one text, or many inputs one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.config import lexicon_from
from kg.contracts import Runner
from kg.errors import Failure, SourceError, WrongValue
from kg.model import Document
from kg.pipeline import Pipeline
from kg.read import Web, read
from kg.registry import component
from kg.relations import Lexicon
from kg.run.progress import Progress
from kg.run.serial import Serial

__all__ = ["extract", "extract_all", "runner"]


def extract(
    text: str | Path,
    *,
    date: str | None = None,
    lexicon: Lexicon | str | Path | None = None,
    min_score: float = 0.0,
    background: bool = False,
) -> Document:
    """Find entities, relations and statements in one text.

    Parameters
    ----------
    text
        The words themselves, or the path of a file with one document.
    date
        The day the text is from, like ``"2025-02-17"``; without it, "Tuesday" stays words.
    lexicon
        The relations to look for, or a TOML file that adds to the ones that come with the package.
    min_score
        Leave out relations that are less likely to be right, 0 to 1.
    background
        Add what the text does not say but our tables know, with ``basis`` "background".

    Raises
    ------
    TypeError
        If it is neither words nor a path.
    SourceError
        If the file cannot be read, or holds several documents.
    StageError
        If the text cannot be worked on, for instance because it is not English.

    Examples
    --------
    >>> document = extract("Emmanuel Macron spoke with Donald Trump before the meeting.")
    >>> [(relation.type, relation.status) for relation in document.relations]
    [('spokeWith', 'actual')]
    """
    if not isinstance(text, str | Path):
        raise TypeError(f"a text is a string or a path, not {type(text).__name__}")
    document = _one_file(Path(text)) if _is_path(text) else Document(id="text", text=str(text))
    if date is not None:
        document = document.but(date=date)
    chosen = lexicon_from(lexicon)
    return Pipeline.default(chosen, min_score=min_score, background=background)(document)


def extract_all(
    *inputs: str | Path,
    lexicon: Lexicon | str | Path | None = None,
    min_score: float = 0.0,
    background: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    web: Web | None = None,
    progress: Progress | None = None,
) -> Iterator[Document | Failure]:
    """Find entities, relations and statements in every document of the inputs, in order.

    Parameters
    ----------
    inputs
        Files, folders, patterns, or ``"-"`` for standard input.
    lexicon
        The relations to look for, or a TOML file that adds to the ones that come with the package.
    min_score
        Leave out relations that are less likely to be right, 0 to 1.
    background
        Add what the texts do not say but our tables know, with ``basis`` "background".
    workers, scheduler
        Who does the work, as for `runner`.
    web
        How addresses are read; see `kg.read.web.Web`.
    progress
        Called with the id of a document and what is about to happen to it.

    Yields
    ------
    Document or Failure
        A failure in place of each document that could not be read or worked on.

    Examples
    --------
    >>> [failure.problem for failure in extract_all("nowhere.txt")]
    ['there is no such file']
    """
    chosen = lexicon_from(lexicon)
    pipeline = Pipeline.default(chosen, min_score=min_score, background=background)
    return runner(workers, scheduler).map(pipeline, read(inputs, web=web), progress=progress)


def runner(workers: int = 1, scheduler: str | None = None) -> Runner:
    """Return what takes documents through a pipeline.

    Parameters
    ----------
    workers
        Processes on this machine, each with a model of its own (half a gigabyte). With one, the
        work is done in this process.
    scheduler
        Address of a Dask scheduler, like ``"tcp://192.0.2.7:8786"``, whose machines do the work.

    Raises
    ------
    WrongValue
        If there are no workers, both are given, or the address is none.

    Examples
    --------
    >>> runner(2)
    Processes(workers=2, limit=900.0)
    """
    if scheduler is not None and workers != 1:
        raise WrongValue(
            "workers", "do not go with a scheduler", "give one of them: it has workers of its own"
        )
    if workers == 1 and scheduler is None:
        return Serial()
    found: Runner
    if scheduler is not None:
        found = component("runners", "cluster", scheduler=scheduler)
    else:
        found = component("runners", "processes", workers=workers)
    return found


def _is_path(text: str | Path) -> bool:
    if isinstance(text, Path):
        return True
    try:
        return "\n" not in text and Path(text).exists() and text.strip() != ""
    except (OSError, ValueError):
        return False


def _one_file(path: Path) -> Document:
    found = list(read([path]))
    if len(found) != 1:
        raise SourceError(str(path), f"holds {len(found)} documents", "use kg.extract_all for many")
    if isinstance(found[0], Failure):
        raise SourceError(found[0].where, found[0].problem, found[0].remedy)
    return found[0]
