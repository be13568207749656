"""What a server says instead of a page, as one sentence with what to do about it."""

from __future__ import annotations

import ssl

import httpcore

from kg.errors import SourceError

BROWSER = "open it in your browser, save the page and give that file"
_LATER = "try again later"
_SAID = {
    400: ("is an address that the server does not understand (400)", "check the address"),
    401: ("asks for a name and password (401)", BROWSER),
    402: ("wants to be paid (402)", BROWSER),
    403: ("is refused to programs by the server (403)", BROWSER),
    404: ("is not there (404)", "check the address"),
    406: ("is refused to programs by the server (406)", BROWSER),
    407: ("asks for a proxy (407)", BROWSER),
    408: ("was not answered in time by the server (408)", _LATER),
    410: ("is gone for good (410)", "leave it out, or give a copy that was saved"),
    451: ("is withheld for legal reasons (451)", "leave it out"),
}


def refusal(where: str, status: int, after: str = "") -> SourceError:
    """Return what an answer that is no page says; ``after`` is its ``Retry-After``.

    Examples
    --------
    >>> print(refusal("http://example.org/a", 429, "120"))
    http://example.org/a: too much was asked of the server (429); try again after 120 seconds
    """
    if status in _SAID:
        return SourceError(where, *_SAID[status])
    after = _when(after)
    if status == 429:
        return SourceError(where, "too much was asked of the server (429)", after)
    if status >= 500:
        return SourceError(where, f"the server is in trouble ({status})", after)
    if status >= 400:
        return SourceError(where, f"is refused by the server ({status})", BROWSER)
    if status >= 300:
        return SourceError(where, f"is redirected to nowhere ({status})", BROWSER)
    return SourceError(where, f"is answered with nothing to read ({status})", _LATER)


def _when(told: str) -> str:
    told = told.strip()[:40]
    if told.isascii() and told.isdigit():
        return f"try again after {int(told)} seconds"
    return f"try again after {told}" if told.isascii() and told.isprintable() and told else _LATER


def broken(where: str, error: Exception, limit: float | None) -> SourceError:
    """Return what a connection that came to nothing means.

    Parameters
    ----------
    where
        The address.
    error
        What the connection ended with.
    limit
        The seconds there were in all, if they are over.
    """
    cause = next((told for told in error.args if isinstance(told, Exception)), None)
    if isinstance(error, httpcore.TimeoutException):
        if limit is not None:
            return SourceError(where, f"took longer than {limit:g} seconds", _LATER)
        return SourceError(where, "the server says nothing", _LATER)
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = cause.verify_message.rstrip(".")
        return SourceError(where, f"the server cannot prove who it is ({reason})", BROWSER)
    if isinstance(cause, ssl.SSLError):
        return SourceError(where, "the server does not speak https as it should", BROWSER)
    if isinstance(error, httpcore.ConnectError):
        reason = getattr(cause, "strerror", None) or str(error) or "no answer"
        return SourceError(where, f"the server cannot be reached ({reason})", _LATER)
    if "complete message body" in str(error):
        return SourceError(where, "was cut off on the way", _LATER)
    if isinstance(error, httpcore.RemoteProtocolError) and "disconnected" not in str(error):
        return SourceError(where, "the server does not speak HTTP as it should", BROWSER)
    return SourceError(where, "the server broke the connection", _LATER)
