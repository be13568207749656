"""Connections that go where they were checked to go, and end in time.

A host is looked up once. Each address found is checked, and one of those very addresses is
connected to: a name that means a public machine when it is checked and a private one when it is
used (DNS rebinding) gains nothing. No proxy is used, since it would look names up itself.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol

import httpcore

from kg.errors import SourceError
from kg.read.web.networks import special

SILENCE = 15.0
"""Seconds in which a server must say something."""


class Network(Protocol):
    """Finds the addresses of hosts and connects to them."""

    def addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the internet addresses of a host; raises OSError if it has none."""
        ...

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        """Connect to an internet address."""
        ...


class System:
    """The network of this machine."""

    def addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the internet addresses of a host as the system finds them."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        """Connect to an internet address."""
        return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


@dataclass
class Deadline:
    """The time that is left.

    Parameters
    ----------
    seconds
        How much there is in all.
    """

    seconds: float
    clock: Callable[[], float] = monotonic
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    @property
    def is_over(self) -> bool:
        """Whether there is none left."""
        return self.clock() >= self._end

    def left(self, most: float | None = None) -> float:
        """Return the seconds that may be waited now, at most so many.

        Raises
        ------
        httpcore.ReadTimeout
            If there are none left.
        """
        left = self._end - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return min(left, SILENCE if most is None else most)


class Guarded(httpcore.NetworkBackend):
    """Connects to public addresses only, unless private ones are allowed.

    Parameters
    ----------
    network
        What finds and connects.
    deadline
        When all must be done.
    private
        Whether any address may be connected to.
    """

    def __init__(self, network: Network, deadline: Deadline, *, private: bool = False) -> None:
        self._network, self._deadline, self._private = network, deadline, private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host at one of its addresses, all of which must be allowed.

        Raises
        ------
        SourceError
            If one of them is not.
        httpcore.ConnectError
            If none of them answers.
        """
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._checked(host, port):
            try:
                stream = self._network.connect(address, port, self._deadline.left())
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            found = self._network.addresses(host, port)
        except (OSError, UnicodeError):
            raise SourceError(
                host, f"there is no host {host}", "check the address, and that you are online"
            ) from None
        if not self._private:
            for address in found:
                if what := special(address):
                    named = "is" if address == host else f"leads to {address},"
                    raise SourceError(
                        host,
                        f"{host} {named} an address for {what}, not for the public",
                        "if you mean to read it, allow it: --allow-private, in Python private=True",
                    )
        return found


class _Timed(httpcore.NetworkStream):
    """A connection that is over when the time is, however slowly the other side speaks."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
