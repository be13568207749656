"""Starting a server and ending it: the port, the workers, the signals."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn

from kg.errors import StoreError
from kg.serve.app import application
from kg.serve.server import Server
from kg.serve.settings import LONGEST_ADDRESS, LONGEST_HEAD, Settings

CONNECTIONS = 200
"""How many connections are open at the same time; the next is told to come back."""


def serve(
    settings: Settings, *, host: str = "127.0.0.1", port: int = 8000, ready: Callable[[str], None]
) -> None:
    """Serve a graph until Ctrl+C.

    Parameters
    ----------
    settings
        What to serve and within which limits.
    host
        The address to listen at.
    port
        The port; 0 for a free one.
    ready
        Called with the address once the server answers.

    Raises
    ------
    StoreError
        If the port is taken, or the graph cannot be opened.
    """
    with _listening(host, port) as listening:
        asyncio.run(_serve(settings, listening, ready))


async def _serve(
    settings: Settings, listening: socket.socket, ready: Callable[[str], None]
) -> None:
    server = Server(settings)
    try:
        said = await server.start()
        if said.status != 200:
            raise StoreError(str(settings.folder), json.loads(said.body)["detail"])
        web = uvicorn.Server(
            uvicorn.Config(
                application(server),
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                h11_max_incomplete_event_size=LONGEST_ADDRESS + LONGEST_HEAD,
                limit_concurrency=CONNECTIONS,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=2,
            )
        )
        ready(_address(listening))
        await web.serve(sockets=[listening])
    finally:
        closing = asyncio.create_task(server.close())
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:  # Ctrl+C is heard once by the server and once by asyncio
            await closing
            raise


def _listening(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise StoreError(host, "is no address of this machine; try 127.0.0.1") from None
    family, kind, protocol, _, address = found[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(256)
    except OSError as error:
        opened.close()
        why = error.strerror or str(error)
        problem = f"cannot listen there ({why}); give another --port, or 0 for a free one"
        raise StoreError(f"{host}:{port}", problem) from None
    except OverflowError:
        opened.close()
        raise StoreError(f"{host}:{port}", "is no port; give one from 0 to 65535") from None
    return opened


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    if ip_address(host).is_unspecified:
        name = "127.0.0.1"
    return f"http://{name}:{port}"


def is_local(host: str) -> bool:
    """Tell whether an address can be reached from this machine only.

    Examples
    --------
    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
