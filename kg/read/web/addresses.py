"""Web addresses as they are asked for: one spelling each, and nothing in them that deceives."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna

from kg.errors import SourceError

LONGEST = 4000
_PORTS = {"http": 80, "https": 443}
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_SAFE = "/%:@!$&'()*+,;=~-._"
_NAME = 80
"""Characters of a name made of an address."""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address that are sent; what stands after ``#`` is not among them.

    Examples
    --------
    >>> str(Address.of("HTTP://Example.ORG.:80/Élysée?a=b c#top"))
    'http://example.org/%C3%89lys%C3%A9e?a=b%20c'
    >>> Address.of("http://0x7f.1/").host
    '127.0.0.1'
    """

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def of(cls, address: str) -> Address:
        """Take an address to pieces.

        Raises
        ------
        SourceError
            If it is none that is read.
        """
        address = address.strip()
        if len(address) > LONGEST:
            raise SourceError(f"{address[:60]}...", "is too long for an address", _CHECK)
        if any(ord(sign) < 32 or ord(sign) == 127 or sign == "\\" for sign in address):
            raise SourceError(repr(address)[1:-1], "has signs in it that no address has", _CHECK)
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            raise SourceError(address, "is no web address", _CHECK) from None
        if parts.scheme not in _PORTS:
            raise SourceError(
                address, "is neither http nor https", "save it as a file and give that"
            )
        if "@" in parts.netloc:
            raise SourceError(
                f"{parts.scheme}://...@{parts.netloc.rpartition('@')[2]}{parts.path}",
                "has a name or password in it, which is never sent",
                "leave out what stands before the @",
            )
        if port == 0:
            raise SourceError(address, "is no web address (port 0)", _CHECK)
        host = _host(parts.netloc, parts.hostname or "", address)
        target = quote(parts.path, safe=_SAFE) or "/"
        if parts.query:
            target += "?" + quote(parts.query, safe=_SAFE + "?[]|")
        return cls(parts.scheme, host, port or _PORTS[parts.scheme], target)

    @property
    def site(self) -> str:
        """The scheme, host and port: what one ``robots.txt`` holds for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def __str__(self) -> str:
        return self.site + self.target

    def to(self, reference: str) -> Address:
        """Return the address that a reference on this page means.

        Raises
        ------
        SourceError
            If it is none that is read.
        """
        try:
            return Address.of(urljoin(str(self), reference.strip()))
        except ValueError:
            raise SourceError(reference, "is no web address", _CHECK) from None


_CHECK = "check how it is written"


def _host(netloc: str, host: str, address: str) -> str:
    """Return a host as it is looked up: in ASCII, a number in its usual spelling."""
    if netloc.startswith("["):
        try:
            number = IPv6Address(host)
        except AddressValueError:
            raise SourceError(address, "is no web address", _CHECK) from None
        if number.scope_id:
            raise SourceError(address, "names a network card of this machine", _CHECK)
        return str(number)
    if not host.isascii() and len(host) <= 253:
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise SourceError(address, "has a host that cannot be", _CHECK) from None
    host = host.lower().removesuffix(".")
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise SourceError(address, "has a host that cannot be", _CHECK)
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:  # 2130706433, 0177.1 and 0x7f.1 are spellings of 127.0.0.1
            return socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            raise SourceError(address, "has a host that cannot be", _CHECK) from None
    return host


def name_of(address: str) -> str:
    """Return the id of the document of an address: readable, safe as a file name, its own.

    Examples
    --------
    >>> name_of("https://www.example.org/2025/02/paris-talks.html")
    'example.org_2025_02_paris-talks'
    >>> name_of("https://example.org/?id=7")
    'example.org_id-7-e39ce3'
    """
    rest = re.sub(r"^https?://(www\.)?", "", address.partition("#")[0], flags=re.IGNORECASE)
    host, slash, path = rest.partition("/")
    plain = host.lower() + slash + re.sub(r"\.html?$", "", path.rstrip("/"))
    plain = unquote(plain).rstrip("/")
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", re.sub(r"[/?]+", "_", plain)).strip("-._")
    if re.fullmatch(r"[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9.-]+)*", plain) and len(name) <= _NAME:
        return name
    mark = sha256(rest.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{name[:_NAME].rstrip('-._')}-{mark}" if name else mark
