"""The SPARQL 1.1 Protocol: what a request asks, whichever of the three ways it is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.settings import BODY_SECONDS, LONGEST_GRAPH, LONGEST_QUERY

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


class Refused(Exception):
    """A request that is answered with a status and a sentence."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.headers = status, detail, headers


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update, and the graphs it is about."""

    text: str
    update: bool = False
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


async def asked(request: Request, *, may_write: bool) -> Asked | None:
    """Return what a request asks; None for a GET that asks nothing.

    Parameters
    ----------
    request
        The request.
    may_write
        Whether it has the token: then an update may be as long as a graph.

    Raises
    ------
    Refused
        If it is not as the protocol has it.
    """
    fields = pairs(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in fields):
            raise Refused(405, "An update is sent by POST.", allow="POST")
        return _read(fields, None) if fields else None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (FORM, QUERY, UPDATE):
        raise Refused(415, f"A query is sent as {FORM} or {QUERY}, an update as {UPDATE}.")
    _check_charset(request.headers.get("content-type", ""))
    data = await body(request, LONGEST_GRAPH if may_write and kind == UPDATE else LONGEST_QUERY)
    if kind == FORM:
        return _read([*fields, *pairs(data)], None)
    direct = ("update" if kind == UPDATE else "query", decoded(data))
    return _read(fields, direct)


def _read(fields: list[tuple[str, str]], direct: tuple[str, str] | None) -> Asked:
    texts = [pair for pair in fields if pair[0] in ("query", "update")]
    texts += [direct] if direct else []
    if len(texts) != 1:
        raise Refused(400, "Give exactly one query (or update), as the field of that name.")
    ((kind, text),) = texts

    def given(name: str) -> tuple[str, ...]:
        return tuple(value for field, value in fields if field == name)

    if kind == "update":
        if given("using-graph-uri") or given("using-named-graph-uri"):
            raise Refused(400, "using-graph-uri is not supported; write USING into the update.")
        return Asked(text, update=True)
    return Asked(text, default=given("default-graph-uri"), named=given("named-graph-uri"))


def pairs(data: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form, in order.

    Examples
    --------
    >>> pairs(b"query=ASK+%7B%7D&x=")
    [('query', 'ASK {}'), ('x', '')]
    """
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise Refused(400, "The request is not UTF-8, percent-encoded.") from None
    except ValueError:
        raise Refused(400, "The request has too many fields.") from None


def decoded(data: bytes) -> str:
    """Return a text that was sent as UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"The text is not UTF-8 (byte {error.start + 1}).") from None


async def body(request: Request, most: int) -> bytes:
    """Return what a request brings, unless it is too long or takes too long to come."""
    announced = request.headers.get("content-length", "0")
    mib = most // 2**20
    if announced.isdigit() and int(announced) > most:
        raise Refused(413, f"More than {mib} MiB is not read.", connection="close")
    chunks, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size > most:
                    raise Refused(413, f"More than {mib} MiB is not read.", connection="close")
                chunks.append(chunk)
    except TimeoutError:
        raise Refused(408, "The request did not arrive in time.", connection="close") from None
    return b"".join(chunks)


def _check_charset(kind: str) -> None:
    for parameter in kind.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'").lower() not in (
            "utf-8",
            "utf8",
            "us-ascii",
        ):
            raise Refused(415, "A text is sent as UTF-8.")
