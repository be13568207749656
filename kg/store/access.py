"""Who may write to a graph on the web: addresses and credentials, from the environment.

==================  ==========================================================================
KG_STORE_HOST       the one host (``graphs.example.org``, ``127.0.0.1:8890``) that gets the rest
KG_STORE_USER       name, for basic and digest authentication
KG_STORE_PASSWORD   its password
KG_STORE_TOKEN      a token instead, for ``Authorization: Bearer``
KG_STORE_UPDATE     where updates go, if it is another address than the one that follows below
==================  ==========================================================================

Credentials go to the host they are meant for and to no other, over https (or to this machine),
and a redirect is never followed.
"""

from __future__ import annotations

import ipaddress
import os
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPMessage
from typing import IO
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from kg.errors import StoreError

HOST, USER, PASSWORD = "KG_STORE_HOST", "KG_STORE_USER", "KG_STORE_PASSWORD"
TOKEN, UPDATE = "KG_STORE_TOKEN", "KG_STORE_UPDATE"
DEFAULT = "default-graph-uri"


def split_address(where: str) -> tuple[str, str | None]:
    """Return the address of an endpoint, and the graph that takes the place of the unnamed one.

    Raises
    ------
    StoreError
        If there is a password in the address: it would be shown in messages.

    Examples
    --------
    >>> split_address("https://example.org/sparql?default-graph-uri=https%3A%2F%2Fexample.org%2Fg")
    ('https://example.org/sparql', 'https://example.org/g')
    """
    parts = urlsplit(where)
    if parts.username is not None or parts.password is not None:
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        problem = f"a password in an address is shown to everybody; set {USER} and {PASSWORD}"
        raise StoreError(shown, problem)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    default = [value for name, value in fields if name == DEFAULT]
    rest = urlencode([field for field in fields if field[0] != DEFAULT])
    return parts._replace(query=rest, fragment="").geturl(), default[0] if default else None


def update_address(address: str, *, virtuoso: bool = False) -> str:
    """Return where the updates of an endpoint go.

    That is the address of its queries, but for what these servers use: ``/query`` has its
    ``/update`` beside it (Oxigraph, Jena Fuseki), ``/repositories/NAME`` has ``/statements``
    (RDF4J, GraphDB), and Virtuoso's ``/sparql`` has ``/sparql-auth`` for those with a password.

    Examples
    --------
    >>> update_address("http://127.0.0.1:7878/query")
    'http://127.0.0.1:7878/update'
    """
    if given := os.environ.get(UPDATE):
        return given
    parts = urlsplit(address)
    path = parts.path
    if path.endswith("/query"):
        path = path.removesuffix("query") + "update"
    elif "/repositories/" in path and not path.endswith("/statements"):
        path = path.rstrip("/") + "/statements"
    elif virtuoso and path.endswith("/sparql") and os.environ.get(USER):
        path += "-auth"
    return parts._replace(path=path, query="").geturl()


@dataclass(frozen=True)
class Credentials:
    """What is said to a host that wants to know who asks; nothing, if all is empty."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def unasked(self) -> str | None:
        """What is said before the host asks."""
        return f"Bearer {self.token}" if self.token else None

    def reply(self, challenges: Iterable[str], request: Request) -> str | None:
        """Return what answers one of the challenges of a host, the safest that is understood."""
        if not self.user or self.token:
            return None
        for challenge in sorted(challenges, reverse=True):  # Digest before Basic
            scheme, _, rest = challenge.partition(" ")
            if scheme.lower() == "digest":
                known = HTTPPasswordMgrWithDefaultRealm()
                known.add_password(None, request.full_url, self.user, self.password)
                asked = parse_keqv_list(list(filter(None, parse_http_list(rest))))
                try:
                    answer = HTTPDigestAuthHandler(known).get_authorization(request, asked)
                except ValueError:  # an algorithm that it does not know
                    continue
                return f"Digest {answer}" if answer else None
            if scheme.lower() == "basic":
                both = f"{self.user}:{self.password}".encode()
                return f"Basic {b64encode(both).decode()}"
        return None


def credentials(address: str) -> Credentials:
    """Return the credentials for an address; empty ones if they are for another host.

    Raises
    ------
    StoreError
        If they would go over the net unencrypted.
    """
    found = Credentials(*(os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN)))
    parts = urlsplit(address)
    if found == Credentials() or parts.netloc.lower() != os.environ.get(HOST, "").lower():
        return Credentials()
    if parts.scheme != "https" and not _is_here(parts):
        raise StoreError(address, "passwords and tokens go over https only; give an https address")
    return found


def advice(address: str) -> str:
    """Say how to give credentials for a host that wants some."""
    host = urlsplit(address).netloc
    if os.environ.get(HOST, "").lower() == host.lower():
        return f"check {USER} and {PASSWORD} (or {TOKEN})"
    return f"set {HOST}={host} with {USER} and {PASSWORD}, or with {TOKEN}"


def _is_here(parts: SplitResult) -> bool:
    """Tell whether an address is on this machine."""
    name = parts.hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class NoRedirect(HTTPRedirectHandler):
    """Follow no redirect: a query sent by POST would get lost, and a password would go astray."""

    def redirect_request(  # noqa: PLR0917  # its parent's
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Return nothing, so that the answer counts as an error."""
