"""The words of the magics: what `%kg` and `%%sparql` take, as the command line takes it."""

from __future__ import annotations

import argparse
import re
import shlex
from argparse import Namespace
from typing import Any, NoReturn

from IPython.core.error import UsageError

from kg.model import STATUSES
from kg.view.opening import ALSO, VIEWS

COMMANDS = {
    "build": "read and extract texts into a graph",
    "open": "open a graph that is there",
    "show": "show the page, or a part of it",
    "focus": "show somebody and what is around",
    "relations": "list the relations of a kind",
    "extract": "find everything in the text of the cell",
    "stats": "count what is in the graph",
}
FORMS = ("table", "frame")


class Told(Exception):
    """Help was asked for and has been given."""


class Parser(argparse.ArgumentParser):
    """A parser that says in one sentence what is wrong, and never ends the process."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was given."""
        raise UsageError(f"{self.prog}: {message}; see {self.prog} --help")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End with the help that has been printed."""
        raise Told(message or status)


def parsed(parser: Parser, line: str) -> Namespace:
    """Read a line as a shell would, but that an apostrophe inside a word is a letter.

    Examples
    --------
    >>> parsed(kg_parser(), "focus Côte d'Ivoire --hops 1").who
    ['Côte', "d'Ivoire"]
    """
    kept = re.sub(r"(?<=\w)'(?=\w)", "\\'", line)
    try:
        words = shlex.split(kept)
    except ValueError:
        raise UsageError(f"{parser.prog}: a quotation mark is not closed in: {line}") from None
    return parser.parse_args(words)


def _parser(prog: str, description: str) -> Parser:
    return Parser(prog=prog, description=description, add_help=True, allow_abbrev=False)


def sparql_parser() -> Parser:
    """Return what ``%%sparql`` takes."""
    parser = _parser(
        "%%sparql",
        "Answer the SPARQL query in the cell; kg:, schema:, rdfs: and others need no declaration.",
    )
    _graph(parser)
    _out(parser, "store the answer in this variable too")
    parser.add_argument("--as", dest="form", choices=FORMS, default="table", metavar="FORM",
                        help="table (default), or frame for a pandas DataFrame")  # fmt: skip
    parser.add_argument("-n", "--named", metavar="NAME",
                        help="a question that comes with the package")  # fmt: skip
    parser.add_argument("-p", "--param", action="append", default=[], metavar="NAME=VALUE",
                        help="for a named query; repeatable")  # fmt: skip
    return parser


def kg_parser() -> Parser:
    """Return what ``%kg`` takes."""
    parser = _parser("%kg", "Build a graph and look at it.")
    of: Any = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    made = {name: of.add_parser(name, help=told, description=told, allow_abbrev=False)
            for name, told in COMMANDS.items()}  # fmt: skip
    build, extract = made["build"], made["extract"]
    build.add_argument("inputs", nargs="+", metavar="INPUT", help="text files, folders, patterns")
    build.add_argument("--out", metavar="FOLDER", help="keep the graph there; else in memory")
    build.add_argument("--workers", type=int, default=1, metavar="N", help="processes at once")
    made["open"].add_argument("where", metavar="GRAPH", help="folder, or address of an endpoint")
    for name in ("build", "open"):
        _out(made[name], "the variable that holds it (default: g)")
    for name in ("build", "extract"):
        made[name].add_argument("--lexicon", metavar="FILE", help="your own relations, in TOML")
        _score(made[name])
        made[name].add_argument("--background", action="store_true",
                                help="add what no text says but our tables know")  # fmt: skip
    extract.add_argument("--date", metavar="DAY", help="the day the text is from")
    _out(extract, "store the document in this variable too")
    made["focus"].add_argument("who", nargs="+", metavar="NAME", help="name, alias or IRI")
    made["show"].add_argument("--focus", metavar="NAME", help="name, alias or IRI to open on")
    for name in ("show", "focus"):
        made[name].add_argument("--hops", type=int, metavar="N", help="relations around it")
        made[name].add_argument("--relation", action="append", default=[], metavar="NAME",
                                help="only this relation or family; repeatable")  # fmt: skip
        made[name].add_argument("--view", choices=(*VIEWS, *ALSO), default=VIEWS[0], metavar="VIEW",
                                help=", ".join(VIEWS))  # fmt: skip
    made["relations"].add_argument("type", nargs="*", metavar="NAME", help="like briefed")
    made["relations"].add_argument("--subject", metavar="NAME", help="who does it")
    made["relations"].add_argument("--object", metavar="NAME", help="to whom")
    _out(made["relations"], "store the table in this variable too")
    for name in ("show", "focus", "relations"):
        narrow = made[name]
        narrow.add_argument("--status", action="append", default=[], metavar="STATUS",
                            choices=STATUSES, help=", ".join(STATUSES))  # fmt: skip
        narrow.add_argument("--since", metavar="DAY", help="from this day, like 2025-02-17")
        narrow.add_argument("--until", metavar="DAY", help="until this day, included")
        _score(narrow)
    for name in ("show", "focus", "relations", "stats"):
        _graph(made[name])
    return parser


def _graph(parser: Parser) -> None:
    parser.add_argument("-g", dest="graph", metavar="NAME", help="the variable with the graph")


def _out(parser: Parser, words: str) -> None:
    parser.add_argument("-o", dest="name", type=_name, metavar="NAME", help=words)


def _score(parser: Parser) -> None:
    parser.add_argument("--min-score", type=float, default=0.0, metavar="P",
                        help="only relations at least so likely to be right")  # fmt: skip


def _name(given: str) -> str:
    if not given.isidentifier():
        raise argparse.ArgumentTypeError(f"'{given}' is no name of a variable (a folder: --out)")
    return given
