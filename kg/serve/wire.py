"""How the server and its workers speak: a line of JSON, then as many bytes as it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PROBLEM = "application/problem+json"
LONGEST_LINE = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker gives back: an HTTP answer but for the line and headers that all have.

    Examples
    --------
    >>> Answer.problem(404, "There is no such thing here.").status
    404
    """

    body: bytes
    kind: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: object, status: int = 200) -> Answer:
        """Return a value as JSON."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(body, "application/json", status)

    @classmethod
    def problem(cls, status: int, detail: str, **more: object) -> Answer:
        """Return what is wrong, in one sentence (RFC 9457)."""
        given = {name: value for name, value in more.items() if value is not None}
        body = json.dumps({"status": status, "detail": detail} | given, ensure_ascii=False)
        return cls(body.encode(), PROBLEM, status)

    def framed(self) -> bytes:
        """Return the answer as it travels."""
        head = {"kind": self.kind, "status": self.status, "headers": self.headers}
        return framed(head, self.body)


def framed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    r"""Return a message as it travels.

    Examples
    --------
    >>> framed({"task": "query"}, b"ASK {}")
    b'{"task": "query", "size": 6}\nASK {}'
    """
    return json.dumps({**head, "size": len(body)}).encode() + b"\n" + body
