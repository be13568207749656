"""SPARQL 1.1 Protocol over HTTP, spoken with the standard library."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from urllib.parse import urlencode

from kg.errors import QueryError, StoreError
from kg.store import access, guard
from kg.version import __version__

TABLE, GRAPH = "application/sparql-results+json", "application/n-triples"
LARGEST = 512 * 1024 * 1024
DENIED = (http.client.UNAUTHORIZED, http.client.FORBIDDEN)
NO_UPDATES = (
    http.client.NOT_FOUND,
    http.client.METHOD_NOT_ALLOWED,
    http.client.UNSUPPORTED_MEDIA_TYPE,
)

Answer = tuple[str, bytes, int | None]
"""What kind of data it is, the data, and how many rows the server gives at most, if it says so."""


class Endpoint:
    """A SPARQL server: queries go in, bytes come out; updates go in.

    Parameters
    ----------
    where
        Its address, as the user gave it.
    timeout
        Seconds to wait for an answer.
    largest
        Bytes of an answer that are read at most.
    """

    def __init__(self, where: str, *, timeout: float = 60, largest: int = LARGEST) -> None:
        self.address, self.default_graph = access.split_address(where)
        self.where, self.timeout, self.largest = where, timeout, largest
        self.server = ""
        self._opener = urllib.request.build_opener(access.NoRedirect())

    @property
    def is_virtuoso(self) -> bool:
        """Whether it is a Virtuoso, as far as its last answer tells."""
        return self.server.startswith("Virtuoso")

    def ask(self, sparql: str, *, default_graph: str | None = None) -> Answer:
        """Send a query, with a graph to take for the default graph, if there is one.

        Raises
        ------
        QueryError
            If the server refuses the query.
        StoreError
            If it cannot be reached or does not answer.
        """
        fields = {"query": sparql}
        if default_graph is not None:
            fields[access.DEFAULT] = default_graph
        form = "application/x-www-form-urlencoded"
        accepted = GRAPH if guard.form(sparql) in ("CONSTRUCT", "DESCRIBE") else TABLE
        try:
            headers, data = self._post(self.address, urlencode(fields).encode(), form, accepted)
        except urllib.error.HTTPError as error:
            raise self._explained(error, self.address) from None
        limit = headers.get("X-SPARQL-MaxRows", "")
        return headers.get_content_type(), data, int(limit) if limit.isdigit() else None

    def update(self, sparql: str) -> None:
        """Send an update.

        Raises
        ------
        StoreError
            If the server does not carry it out.
        """
        address = access.update_address(self.address, virtuoso=self.is_virtuoso)
        try:
            self._post(address, sparql.encode(), "application/sparql-update", "*/*")
        except urllib.error.HTTPError as error:
            explained = self._explained(error, address)
            problem = f"cannot be written to: {explained.problem}"
            if error.code in NO_UPDATES:
                problem += f"; if updates go elsewhere than to {address}, set {access.UPDATE}"
            raise StoreError(self.where, problem) from None

    def _post(
        self, address: str, data: bytes, kind: str, accepted: str
    ) -> tuple[http.client.HTTPMessage, bytes]:
        request = urllib.request.Request(  # noqa: S310  # open_store lets only http(s) through
            address,
            data=data,
            headers={
                "Accept": accepted,
                "Content-Type": kind,
                "User-Agent": f"kg/{__version__} (SPARQL client)",  # some endpoints want to know
            },
        )
        known = access.credentials(address)
        if known.unasked is not None:
            request.add_header("Authorization", known.unasked)
        try:
            try:
                headers, read = self._opened(request)
            except urllib.error.HTTPError as error:
                challenges = error.headers.get_all("WWW-Authenticate", [])
                reply = known.reply(challenges, request)
                if error.code != http.client.UNAUTHORIZED or reply is None:
                    raise
                error.close()
                request.add_header("Authorization", reply)
                headers, read = self._opened(request)
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(self.where, f"cannot be reached{_reason(error)}") from None
        self.server = headers.get("Server", "")
        if len(read) > self.largest:
            size = f"{self.largest // 2**20} MiB"
            raise StoreError(self.where, f"the answer is larger than {size}; add a LIMIT")
        return headers, read

    def _opened(self, request: urllib.request.Request) -> tuple[http.client.HTTPMessage, bytes]:
        with self._opener.open(request, timeout=self.timeout) as answer:
            headers: http.client.HTTPMessage = answer.headers
            read: bytes = answer.read(self.largest + 1)
        return headers, read

    def _explained(self, error: urllib.error.HTTPError, address: str) -> StoreError:
        """Say in one sentence what an answer means that is none."""
        with error:
            try:
                said = " ".join(error.read(2000).decode("utf-8", "replace").split())
            except (OSError, http.client.HTTPException):
                said = ""
            self.server = error.headers.get("Server", "")
            to = error.headers.get("Location")
        if error.code in DENIED or "No permission" in said:
            problem = f"the server does not allow it ({error.code}); {access.advice(address)}"
            return StoreError(self.where, problem)
        if to is not None:
            return StoreError(self.where, f"has moved to {to[:200]}; give that address")
        if error.code == http.client.BAD_REQUEST:
            return QueryError(self.where, f"the server says: {said}")
        return StoreError(self.where, f"the server answers {error.code} {said}")


def _reason(error: Exception) -> str:
    """Say why in the system's own words, if it has any, and what to do."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    words = cause.strerror if isinstance(cause, OSError) else None
    if isinstance(cause, TimeoutError):
        words = "no answer in time"
    told = f" ({words})" if words else ""
    return f"{told}; check the address and that a SPARQL server answers there"
