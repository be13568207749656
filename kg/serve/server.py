"""What all requests share: the workers, the token, the page of the graph."""

from __future__ import annotations

import asyncio
import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from contextlib import suppress
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.pool import Crowded, GaveUp, Left, NotReady, Pool, TookTooLong
from kg.serve.protocol import Asked, Refused
from kg.serve.reader import Stamp, stamp
from kg.serve.replies import response
from kg.serve.settings import PAGE_SECONDS, Settings
from kg.serve.wire import Answer

PAGE_HEADERS = {"content-security-policy": "frame-ancestors 'none'"}
"""The page of the graph has a policy of its own, with the hashes of its scripts."""

COUNTS = b'<p id="counts" aria-live="polite"></p>'
LINKS = b'<p><a href="/browse">Browse</a> \xc2\xb7 <a href="/query">Query</a></p>'
"""Ways from the page to the other pages, below its counts; the page in a file has none."""

ROOT = b'<html lang="en">'
POLICY = b'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;'
"""Where a page is told its state, and allowed to ask this server for the present one."""

HTML = "text/html; charset=utf-8"

PATIENCE = 5.0
"""Seconds to wait for a new drawing where there is one from before."""

REST = 4.0
"""How many times as long as the last drawing took no other is begun: a build goes on changing."""

WRITE_SECONDS = 120.0
"""How long an update may take."""


class Server:
    """What all requests share: the pools of workers, and what this server has written.

    Parameters
    ----------
    settings
        What the server was told.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.queries = Pool(settings, settings.workers)
        self.reading = Pool(settings, 2)
        self.writing = Pool(settings, 1, write=True) if settings.token else None
        self.generation = 0
        self._drawn: tuple[str, Answer] | None = None  # of which state, and the page
        self._page: tuple[tuple[int, Stamp], asyncio.Task[None]] | None = None
        self._drawings = 0
        self._rested = 0.0  # when the next drawing may begin

    async def start(self) -> Answer:
        """Start all workers; return the first answer that says why one cannot work."""
        pools = [self.writing, self.reading, self.queries]
        said = [await pool.start() for pool in pools if pool is not None]
        return next((answer for answer in said if answer.status != 200), said[0])

    async def close(self) -> None:
        """End all workers."""
        for pool in (self.queries, self.reading, self.writing):
            if pool is not None:
                await pool.close()

    async def read(self, request: Request, task: str, **given: Any) -> Response:
        """Let a worker for pages do a task."""
        return await self._do(self.reading, request, task, b"", self.settings.seconds, **given)

    async def query(self, request: Request, asked: Asked) -> Response:
        """Let a worker for queries answer."""
        return await self._do(
            self.queries,
            request,
            "query",
            asked.text.encode(),
            self.settings.seconds,
            accept=request.headers.get("accept"),
            rows=self.settings.rows,
            default=asked.default,
            named=asked.named,
            services=self.settings.services,
        )

    async def write(self, request: Request, task: str, body: bytes, **given: Any) -> Response:
        """Let the writer do a task, if the client has the token."""
        assert self.writing is not None
        try:
            answer = await self._asked(self.writing, request, task, body, WRITE_SECONDS, **given)
        finally:
            self.generation += 1
        return response(answer, request)

    async def page(self, request: Request) -> Response:
        """Return the page of the whole graph, drawn anew only when the graph has changed.

        Where that takes long, the page as it was before is returned meanwhile.
        """
        drawing = self._drawing(self._state())
        await asyncio.wait({drawing}, timeout=PATIENCE if self._drawn else None)
        if drawing.done():
            drawing.result()  # raises what went wrong
        if self._drawn is None:
            raise Refused(303, "The graph is too large for one page.", location="/browse")
        return response(_live(*self._drawn), request)

    async def part(self, request: Request, **given: Any) -> Response:
        """Return the page of a part of the graph: around somebody, of some time."""
        state = self._state()
        given["generation"] = self.generation
        answer = await self._asked(self.reading, request, "page", b"", PAGE_SECONDS, **given)
        if answer.status == 200:
            answer = _live(named(state), answer, part=True)
        return response(answer, request)

    async def state(self) -> tuple[str, str]:
        """Return a word for the state of the graph, and for that of which its page is drawn.

        Whoever asks has the page drawn anew where it is old: it is there when they are told of it.
        """
        state = self._state()
        if self._page is not None:
            self._drawing(state)
        return named(state), self._drawn[0] if self._drawn else ""

    def _state(self) -> tuple[int, Stamp]:
        return self.generation, stamp(self.settings.folder / "store")

    def _drawing(self, state: tuple[int, Stamp]) -> asyncio.Task[None]:
        """Return the drawing that goes on, or was the last; a new one where that is due."""
        now = asyncio.get_running_loop().time()
        if self._page is None or (
            self._page[0] != state and self._page[1].done() and now >= self._rested
        ):
            self._page = (state, asyncio.create_task(self._draw(named(state))))
        return self._page[1]

    async def _draw(self, state: str) -> None:
        """Keep the page of a state, where there is one."""
        answer = await self._sketch()
        if answer is not None:
            self._drawn = state, answer

    async def _sketch(self) -> Answer | None:
        """Return the page as a worker draws it; as the last build did where that takes too long."""
        loop = asyncio.get_running_loop()
        never: asyncio.Future[None] = loop.create_future()
        begun = loop.time()
        with suppress(TookTooLong, Crowded, GaveUp, NotReady):
            try:
                answer = await self.reading.ask(
                    "page", gone=never, seconds=PAGE_SECONDS, generation=self.generation
                )
            finally:
                self._drawings += 1
                if self._drawings > self.reading.size:  # a worker's first loads what draws, too
                    self._rested = loop.time() + REST * (loop.time() - begun)
            if answer.status == 200:
                return answer
        file = self.settings.folder / "page.html"
        if file.is_file():
            return Answer(file.read_bytes(), HTML)
        return None

    def may_write(self, request: Request) -> None:
        """Raise `Refused` unless a request may change the graph."""
        if self.writing is None:
            raise Refused(403, "This server is for reading; kg serve --write lets clients write.")
        if not self.knows(request):
            problem = "Writing needs the token of this server (Authorization: Bearer TOKEN)."
            raise Refused(401, problem, **{"www-authenticate": 'Bearer realm="kg"'})

    def knows(self, request: Request) -> bool:
        """Tell whether a request has the token of this server."""
        if not self.settings.token:
            return False
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                given = b64decode(given, validate=True).decode().partition(":")[2]
            except (NotBase64, UnicodeDecodeError):
                given = ""
        elif scheme.lower() != "bearer":
            given = ""
        return secrets.compare_digest(given.encode(), self.settings.token.encode())

    async def _do(
        self, pool: Pool, request: Request, task: str, body: bytes, seconds: float, **given: Any
    ) -> Response:
        given["generation"] = self.generation
        return response(await self._asked(pool, request, task, body, seconds, **given), request)

    async def _asked(
        self, pool: Pool, request: Request, task: str, body: bytes, seconds: float, **given: Any
    ) -> Answer:
        try:
            return await pool.ask(task, body, gone=_gone(request), seconds=seconds, **given)
        except NotReady as error:
            return error.answer
        except TookTooLong:
            what = "The query" if pool is self.queries else "This"
            problem = f"{what} was stopped: it took more than {seconds:g} seconds."
            raise Refused(503, problem) from None
        except Crowded:
            problem = "Too many queries are running; try again in a moment."
            raise Refused(503, problem, **{"retry-after": "2"}) from None
        except GaveUp:
            if pool is not self.queries:
                raise Refused(500, _ENDED[pool.write]) from None
            problem = "The query is nested too deeply, or needs more memory than it may have."
            raise Refused(400, problem) from None
        except Left:
            raise Refused(499, "The client went away.") from None


_ENDED = {
    False: "The process that worked on this has ended; another takes its place. Try again.",
    True: "The process that was writing has ended; look whether the change was made.",
}


def named(state: tuple[int, Stamp]) -> str:
    """Return a short name of a state of the graph.

    Examples
    --------
    >>> named((0, ())) == named((0, ())), named((0, ())) == named((1, ()))
    (True, False)
    """
    return sha256(repr(state).encode()).hexdigest()[:16]


def _live(state: str, page: Answer, *, part: bool = False) -> Answer:
    """Return a page with links to the other pages, which may ask whether the graph has changed."""
    body = page.body.replace(COUNTS, COUNTS + LINKS, 1)
    told = f' data-served="{state}"' + (" data-part" if part else "") + ">"
    body = body.replace(ROOT, ROOT[:-1] + told.encode(), 1)
    body = body.replace(POLICY, POLICY + b"; connect-src &#39;self&#39;", 1)
    return Answer(body, HTML, headers=PAGE_HEADERS)


async def _gone(request: Request) -> None:
    """Return when the client has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
