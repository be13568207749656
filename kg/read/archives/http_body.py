"""What a server sent, as a web archive keeps it -> its bytes, put together and unpacked in bounds.

Unlike what comes over the wire (`kg.read.web.unpacking`), it is often unpacked already, whatever
its head says, and may be packed in ways that we would not ask a server for.
"""

from __future__ import annotations

import zlib

import brotli

from kg.errors import SourceError

PIECES = 1_000_000
"""Pieces of one answer that are put together."""


def plain(data: bytes, encoding: str, transfer: str, *, where: str, most: int) -> bytes:
    r"""Return what was sent as it was before it was packed.

    Archives often hold it so already, whatever the head says; then it comes as it is.

    Parameters
    ----------
    data, encoding, transfer
        What was sent, with the fields ``Content-Encoding`` and ``Transfer-Encoding`` of its head.
    where
        How an error names it.
    most
        Bytes that it may unpack to.

    Raises
    ------
    SourceError
        If it is packed in an unknown way, or unpacks to more.

    Examples
    --------
    >>> plain(b"6\r\nMacron\r\n0\r\n\r\n", "", "chunked", where="a.warc", most=100)
    b'Macron'
    """
    if "chunked" in transfer.lower():
        data = _joined(data)
    form = encoding.strip().lower()
    if form in ("gzip", "x-gzip"):
        found = _inflated(data, 31, most) if data.startswith(b"\x1f\x8b") else data
    elif form == "deflate":
        found = _inflated(data, 15, most) or _inflated(data, -15, most) or data
    elif form == "br":
        found = _brotli(data, most)
    elif form in ("", "identity", "none", "utf-8"):
        found = data
    else:
        raise SourceError(where, f"is packed as {form[:20]!r}, which is not read", "unpack it")
    if len(found) > most:
        raise SourceError(
            where, f"unpacks to more than {most // 1_000_000} MB", "take it out of the archive"
        )
    return found


def _joined(data: bytes) -> bytes:
    """Put the pieces together; what is not in pieces comes as it is."""
    found: list[bytes] = []
    place = 0
    while len(found) < PIECES:
        end = data.find(b"\r\n", place, place + 64)
        try:
            size = int(data[place:end].partition(b";")[0], 16) if end > place else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(found) if found else data
        if size == 0:
            break
        found.append(data[end + 2 : end + 2 + size])
        place = end + 2 + size + 2
    return b"".join(found)


def _inflated(data: bytes, form: int, most: int) -> bytes:
    try:
        return zlib.decompressobj(form).decompress(data, most + 1)
    except zlib.error:
        return b""


def _brotli(data: bytes, most: int) -> bytes:
    unpacking = brotli.Decompressor()
    found: list[bytes] = []
    size = 0
    try:
        piece = unpacking.process(data, output_buffer_limit=1 << 20)
        while piece and size <= most:
            found.append(piece)
            size += len(piece)
            piece = unpacking.process(b"", output_buffer_limit=1 << 20)
    except brotli.error:
        return b"".join(found) or data
    return b"".join(found)
