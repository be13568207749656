"""What keeps a query inside the store, and says in plain words where it does not parse."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from urllib.parse import urlsplit

from kg.errors import QueryError

_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
             | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<name>[?$]\w+ | [\w.-]{0,200}:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>\w+)
  | (?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ASKED = re.compile(r"\s+(?:SILENT\s+)?<([A-Za-z]+://[^<>\s\\]+)>", re.IGNORECASE)
_SURE_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^<>]*>")
_PLACE = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


def refuse_strays(query: str, where: str, services: Collection[str] = ()) -> None:
    """Refuse a query that would reach outside: SERVICE, and FROM a file.

    Parameters
    ----------
    query
        SPARQL of any kind.
    where
        The address of the store, for messages.
    services
        The hosts (``"host"`` or ``"host:port"``) that SERVICE may ask, by their full address.

    Raises
    ------
    QueryError
        With the line and column of the word.
    """
    for text in {query, _ESCAPED.sub(_character, query)}:
        named = "service" in text.lower()
        previous = ""
        for kind, token, place in tokens(text):
            if named and _may_be("SERVICE", kind, token):
                asked = _ASKED.match(text, place + len(token))
                if token.upper() != "SERVICE" or not asked or not _listed(asked[1], services):
                    problem = "SERVICE asks another server; a query here stays inside the graph"
                    raise QueryError(where, problem, *_place(text, place))
            after_from = previous in ("FROM", "NAMED")
            if kind == "iri" and after_from and token[1:].lower().startswith("file:"):
                problem = "FROM <file:...> reads a file; use the graphs that are in the store"
                raise QueryError(where, problem, *_place(text, place))
            previous = token.upper() if kind == "word" else ""


def _listed(iri: str, services: Collection[str]) -> bool:
    """Tell whether the host of an address is one of those that may be asked."""
    try:
        parts = urlsplit(iri)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or host is None or "@" in parts.netloc:
        return False
    return (host if port is None else f"{host}:{port}") in services


def _may_be(keyword: str, kind: str, token: str) -> bool:
    """Tell whether a token is the keyword, or may hide it.

    After an operand ``<`` may be "less than": what looks like ``<?b)SERVICE?x#>`` can be read as
    a comparison, the keyword and a comment, and ``<?b&&?c='>`` opens a string. Only
    ``<scheme://...>`` is an IRI in any reading.
    The engine needs no space around a keyword: ``SERVICE:x`` is one with the name ``:x`` behind
    it, ``SERVICESILENT`` is two.
    """
    if kind == "iri":
        return not _SURE_IRI.fullmatch(token)
    if kind == "word":
        return keyword in token.upper()
    if kind == "name" and token[0] not in "?$":
        prefix, _, local = token.upper().partition(":")
        return prefix.endswith((keyword, f"{keyword}SILENT")) or f".{keyword}" in local
    return False


def explained(error: SyntaxError, query: str, where: str, known: tuple[str, ...]) -> QueryError:
    """Turn Oxigraph's message into one sentence with the line and column in the user's query."""
    found = _PLACE.search(str(error))
    if found is None:
        return QueryError(where, " ".join(str(error).split()))
    line, column, expected = int(found[1]), int(found[2]), found[3][:500]
    lines = query.splitlines() or [""]
    rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    if "Prefix not found" in expected:
        end = before[-500:]
        name = re.search(r"([\w.-]*):[^\s]*$", end)
        prefix = f"{name[1]}:" if name else "a prefix"
        names = ", ".join(f"{one}:" for one in known)
        start = len(before) - len(end) + name.start() + 1 if name else column
        problem = f"the prefix {prefix} is not declared; known without declaring are {names}"
        return QueryError(where, problem, line, start)
    wrong = _wrong_form(query)
    if wrong is not None:
        return QueryError(where, wrong[0], *_place(query, wrong[1]))
    word = re.match(r"\s*(\S+)", rest)
    at = f"'{word[1][:40]}' is not expected here" if word else "the query ends too early"
    said = re.search(r"[A-Z]\S* \S* ?is not [a-z ]+(?:[A-Z]+ ?)*|[Uu]nexpected [a-z ]+", expected)
    return QueryError(where, f"{at}; {said[0].strip()}" if said else at, line, column)


def form(query: str) -> str | None:
    """Return which form of query it is, if it is one.

    Examples
    --------
    >>> form("PREFIX ask: <https://example.org/select> construct { ?s ?p ?o } { ?s ?p ?o }")
    'CONSTRUCT'
    """
    for match in _TOKEN.finditer(query):
        if match.lastgroup == "word" and match.group().upper() in _FORMS[:4]:
            return match.group().upper()
    return None


def _wrong_form(query: str) -> tuple[str, int] | None:
    """Say what is wrong with the first word, and where it stands, if it starts no query."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "word":
            continue
        word = match.group().upper()
        if word in _UPDATES:
            problem = f"{word} changes a graph; a query reads it (SELECT, ASK, CONSTRUCT, DESCRIBE)"
            return problem, match.start()
        near = get_close_matches(word, _FORMS, n=1)
        if near and word not in _FORMS:
            return f"'{word}' is no form of query; did you mean {near[0]}?", match.start()
        return None
    return None


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else " "


def sources(query: str) -> list[str]:
    """Return the addresses that a query names after FROM and FROM NAMED.

    Examples
    --------
    >>> sources("SELECT * FROM <https://a.org/1> FROM NAMED <https://a.org/2> { ?s ?p ?o }")
    ['https://a.org/1', 'https://a.org/2']
    """
    found, previous = [], ""
    for kind, token, _ in tokens(query):
        if kind == "iri" and previous in ("FROM", "NAMED"):
            found.append(_ESCAPED.sub(_character, token[1:-1]))
        previous = token.upper() if kind == "word" else ""
    return found


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the kind, the characters and the place of each token that is no space or comment.

    Examples
    --------
    >>> [token for _, token, _ in tokens("ASK { ?s a :Q1 } # all")]
    ['ASK', '{', '?s', 'a', ':Q1', '}']
    """
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match.group()
        if kind != "comment" and not token.isspace():
            yield kind, token, match.start()


def refuse_loads(update: str, where: str) -> None:
    """Refuse an update that would read a file or another place: LOAD.

    Raises
    ------
    QueryError
        With the line and column of the word.
    """
    for text in {update, _ESCAPED.sub(_character, update)}:
        named = "load" in text.lower()
        for kind, token, place in tokens(text):
            if named and _may_be("LOAD", kind, token):
                problem = "LOAD reads another place; send the triples themselves"
                raise QueryError(where, problem, *_place(text, place))
