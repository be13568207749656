"""Which internet addresses are public: the others are asked only if the user allows it."""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from kg.data import lists

_PUBLIC = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Where a network without IPv4 has all IPv4 addresses (RFC 6052)."""


def special(address: str) -> str | None:
    """Return what an address is for if it is not public, else None.

    `ipaddress.is_global` is not asked: what it says differs between versions of Python.

    Examples
    --------
    >>> special("93.184.216.34"), special("127.0.0.1"), special("::ffff:10.0.0.1")
    (None, 'this machine', 'another address in disguise')
    >>> special("64:ff9b::a9fe:a9fe")
    'the network next to this machine'
    """
    try:
        number = ip_address(address)
    except ValueError:
        return "no address"
    if isinstance(number, IPv6Address):
        if number.scope_id:
            return "the network next to this machine"
        if number in _TRANSLATED:
            return special(str(IPv4Address(int(number) & 0xFFFFFFFF)))
    for network, what in _refused():
        if number.version == network.version and number in network:
            return what
    if isinstance(number, IPv6Address) and number not in _PUBLIC:
        return "a special purpose"
    return None


@cache
def _refused() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    """Return the networks that are not public, the narrowest first."""
    found = [
        (ip_network(network), what)
        for what, networks in lists("networks")["refused"].items()
        for network in networks
    ]
    return tuple(sorted(found, key=lambda entry: (-entry[0].prefixlen, str(entry[0]))))
