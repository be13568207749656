"""Answers as they come over the wire -> their bytes, of which no more are made than are taken."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""What we ask for: packings whose unpacking can be stopped at any byte."""

_PIECE = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS


class PackingError(ValueError):
    """Bytes that are not packed as the server says."""


def unpacked(pieces: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """Yield the bytes of an answer in pieces of 64 kB at most.

    Parameters
    ----------
    pieces
        What came over the wire.
    packing
        What the server says of it, its ``Content-Encoding``.

    Raises
    ------
    PackingError
        If it is packed in a way we did not ask for, or damaged.

    Examples
    --------
    >>> import gzip
    >>> list(unpacked([gzip.compress(b"Macron spoke.")], "gzip"))
    [b'Macron spoke.']
    """
    packing = packing.strip().lower()
    if packing in ("", "identity"):
        yield from pieces
    elif packing in ("gzip", "x-gzip"):
        yield from _inflated(pieces, _GZIP)
    elif packing == "deflate":
        yield from _inflated(pieces, zlib.MAX_WBITS)
    else:
        raise PackingError(f"is packed in a way we did not ask for ({packing[:40]})")


def _inflated(pieces: Iterable[bytes], form: int) -> Iterator[bytes]:
    machine = zlib.decompressobj(form)
    begun = False
    for piece in pieces:
        data = piece
        while data:
            try:
                out = machine.decompress(data, _PIECE)
            except zlib.error:
                if begun or form == _GZIP:
                    raise PackingError("is damaged: it cannot be unpacked") from None
                form, begun = -zlib.MAX_WBITS, True  # some servers leave out the frame
                machine = zlib.decompressobj(form)
                continue
            begun = True
            if out:
                yield out
            if not machine.eof:
                data = machine.unconsumed_tail
            elif form == _GZIP and machine.unused_data.startswith(b"\x1f\x8b"):
                data, machine = machine.unused_data, zlib.decompressobj(form)  # the next member
            else:
                return
    while rest := machine.decompress(b"", _PIECE):
        yield rest
    if not machine.eof:
        raise PackingError("was cut off on the way")
