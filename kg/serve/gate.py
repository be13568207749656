"""What every request passes on its way in, and every answer on its way out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from ipaddress import ip_address

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.settings import LONGEST_ADDRESS, LONGEST_HEAD
from kg.serve.wire import Answer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@/\s]+)(?::\d{1,5})?")


class Gate:
    """Refuses what no page or program of ours would send; adds headers that keep pages safe.

    A page of another site may make a browser send requests here. It cannot read the answers
    (there are no CORS headers), unless its name is made to point to this machine (DNS rebinding):
    so a request must name this machine by a number, as localhost, or as the user has said.

    Parameters
    ----------
    app
        What answers.
    names
        What this machine may be called beside localhost and numbers.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = ()) -> None:
        self.app = app
        self.names = {"localhost", *(name.lower().rstrip(".") for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                more = {"content-security-policy": POLICY, **ALWAYS}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in more.items()
                        if name.encode() not in present
                    ),
                ]
            await send(message)

        refused = self._refused(scope)
        if refused is None:
            await self.app(scope, receive, sealed)
            return
        headers = [(b"content-type", refused.kind.encode()), (b"connection", b"close")]
        headers.append((b"content-length", str(len(refused.body)).encode()))
        start = {"type": "http.response.start", "status": refused.status, "headers": headers}
        await sealed(start)
        await sealed({"type": "http.response.body", "body": refused.body})

    def _refused(self, scope: Scope) -> Answer | None:
        headers = list(scope["headers"])
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or not self.knows(hosts[0].decode("latin-1")):
            return Answer.problem(
                421, "This server does not go by that name; start it with --name to allow one."
            )
        site, mode = _one(headers, b"sec-fetch-site"), _one(headers, b"sec-fetch-mode")
        if site == b"cross-site" and mode != b"navigate":
            return Answer.problem(403, "Pages of other sites may not ask this server.")
        if sum(len(name) + len(value) for name, value in headers) > LONGEST_HEAD:
            return Answer.problem(431, f"The headers are longer than {LONGEST_HEAD // 1024} KiB.")
        length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if length > LONGEST_ADDRESS:
            kib = LONGEST_ADDRESS // 1024
            return Answer.problem(414, f"The address is longer than {kib} KiB; send it by POST.")
        return None

    def knows(self, host: str) -> bool:
        """Tell whether a Host header names this machine.

        Examples
        --------
        >>> gate = Gate(None, ["news.example.org"])
        >>> [gate.knows(host) for host in ("127.0.0.1:80", "[::1]", "news.example.org", "evil.com")]
        [True, True, True, False]
        """
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found[1].strip("[]").lower().rstrip(".")
        if name in self.names:
            return True
        try:
            return bool(ip_address(name))
        except ValueError:
            return False


def _one(headers: Iterable[tuple[bytes, bytes]], wanted: bytes) -> bytes:
    return next((value for name, value in headers if name == wanted), b"")
