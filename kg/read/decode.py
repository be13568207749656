"""Bytes -> text: which encoding they are in, and what to tell about it.

UTF-8 is taken first, since text in any other encoding hardly ever happens to be UTF-8; then what
a byte order mark or a declaration says. What nobody declares is tried in each encoding of
``data/encodings.toml``, and that one is chosen out of which words of a language come that is
written in it. Nothing is guessed silently: the note names the encoding.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import SourceError

_MARKS = {
    b"\xff\xfe\x00\x00": "utf_32",
    b"\x00\x00\xfe\xff": "utf_32",
    b"\xff\xfe": "utf_16",
    b"\xfe\xff": "utf_16",
}
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
_SAMPLE = 16_384  # bytes from the first that is not ASCII: they tell the encoding
_PLAUSIBLE = 0.5  # share of what is not ASCII that must be letters and marks of one language
_BROKEN = 100  # places of a text in UTF-8 that may be broken
_LONE = "\ufffd"
_NOT_ASCII = bytes(range(0x80, 0x100))
_MARK = frozenset("‘’‚“”„«»‹›–—…•·¿¡\u00a0\u00ad")
_SIGNS = frozenset("§°€£©®™½¼²³ªº№")  # which stand by figures, not by letters
_IN_WORDS = frozenset("’\u00ad")


def decoded(data: bytes, charset: str = "", *, where: str = "text") -> tuple[str, str]:
    """Return the text of bytes, and a note if it was not plainly UTF-8 ("" if it was).

    Parameters
    ----------
    data
        The bytes; a byte order mark is no part of the text.
    charset
        The encoding that somebody declared; it counts if the bytes are no UTF-8 but are that.
    where
        How an error names them.

    Raises
    ------
    SourceError
        If they are no text, or in an encoding that cannot be told.

    Examples
    --------
    >>> decoded("Élysée".encode())
    ('Élysée', '')
    >>> decoded("Müller sprach in Köln.".encode("cp1252"))
    ('Müller sprach in Köln.', 'decoded as windows-1252')
    >>> decoded("Prezydent spotkał się z premierem Łotwy.".encode("cp1250"))[1]
    'decoded as windows-1250'
    """
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return _marked(data, codec, where)
    data = data.removeprefix(codecs.BOM_UTF8)
    if (wide := _without_mark(data)) is not None:
        return wide
    start = data[:8192]
    if 0 in data or sum(map(start.count, _CONTROLS)) > len(start) // 100:
        raise SourceError(where, "is binary, not text", "give the article as plain text")
    if b"\x1b$" in data and (found := _as(data, "iso2022_jp")) is not None:
        return found, "decoded as ISO-2022-JP"  # which is written in bytes of ASCII
    try:
        return data.decode(), ""
    except UnicodeDecodeError as error:
        first = error.start
    return _declared(data, charset) or _broken(data, first) or _guessed(data, first, where)


def codec_in(note: str) -> str:
    """Return the codec that a note of `decoded` names; "utf-8" if it names none.

    Examples
    --------
    >>> codec_in("decoded as windows-1252"), codec_in("decoded as UTF-16"), codec_in("")
    ('cp1252', 'utf_16', 'utf-8')
    """
    name = note.removeprefix("decoded as ").partition(";")[0] if note.startswith("decoded") else ""
    found = (codec for codec, called in _tables().names.items() if called == name)
    wide = name.lower().replace("-", "_") if name.startswith(("UTF", "ISO-2022")) else "utf-8"
    return next(found, wide)


def _as(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _marked(data: bytes, codec: str, where: str) -> tuple[str, str]:
    name = codec.upper().replace("_", "-")
    if (found := _as(data, codec)) is not None:
        return found, f"decoded as {name}"
    found = data.decode(codec, "replace")
    broken = found.count(_LONE)
    if broken > min(_BROKEN, len(found) // 10):
        raise SourceError(where, f"begins like {name} but is not", "save it as UTF-8")
    return found, f"decoded as {name}; {_places(broken)} in it, shown as {_LONE}"


def _without_mark(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 and UTF-32 that begin without a mark: their ASCII leaves zeros regularly."""
    if 0 not in data[:_SAMPLE]:
        return None
    start = data[: _SAMPLE & ~3]
    at = [start[place::4].count(0) for place in range(4)]
    quarter = max(len(start) // 4, 1)
    for codec, zeros, others, least in (
        ("utf_32_le", at[3], 0, quarter),
        ("utf_32_be", at[0], 0, quarter),
        ("utf_16_le", at[1] + at[3], at[0] + at[2], quarter // 8 + 2),
        ("utf_16_be", at[0] + at[2], at[1] + at[3], quarter // 8 + 2),
    ):
        if zeros >= least and zeros > 20 * others and (found := _as(data, codec)) is not None:
            shown = found[:_SAMPLE]
            odd = sum(not (sign.isprintable() or sign.isspace()) for sign in shown)
            if odd <= len(shown) // 100:
                return found, f"decoded as {codec[:6].upper().replace('_', '-')}"
    return None


def _declared(data: bytes, charset: str) -> tuple[str, str] | None:
    label = charset.strip().strip("\"'").lower()
    codec = _tables().declared.get(label) or _tables().labels.get(re.sub(r"[^a-z0-9]", "", label))
    if codec is None or (found := _as(data, codec)) is None:
        return None
    return found, f"decoded as {_tables().names.get(codec, charset)}"


def _broken(data: bytes, first: int) -> tuple[str, str] | None:
    """Read UTF-8 in which a few bytes are broken, for example the last one of a cut file."""
    found = data.decode("utf-8", "replace")
    lost = found.count(_LONE) - data.count(_LONE.encode())
    sound = len(found) - len(data.translate(None, _NOT_ASCII)) - lost
    if lost > min(_BROKEN, sound // 2):
        return None
    return found, f"{_places(lost)} in its UTF-8, shown as {_LONE}, the first at byte {first}"


def _places(count: int) -> str:
    return f"{count} broken place{'s' if count != 1 else ''}"


def _guessed(data: bytes, first: int, where: str) -> tuple[str, str]:
    sample = data[max(0, first - 1) : first + _SAMPLE]
    ranked = []
    for order, (codec, languages) in enumerate(_tables().languages.items()):
        try:
            words = codecs.getincrementaldecoder(codec)().decode(sample)
        except UnicodeDecodeError:
            continue
        ranked.append((-_likeness(words, languages), order, codec))
    for unlikeness, _, codec in sorted(ranked):
        if -unlikeness < _PLAUSIBLE:
            break
        found, name = data.decode(codec, "replace"), _tables().names[codec]
        lost = found.count(_LONE)
        if not lost:
            return found, f"decoded as {name}"
        if lost <= min(_BROKEN, len(found) // 20):
            return found, f"decoded as {name}; {_places(lost)} in it, shown as {_LONE}"
    raise SourceError(
        where,
        f"is in an encoding that cannot be told (byte 0x{data[first]:02x} at offset {first})",
        "save it as UTF-8",
    )


def _likeness(words: str, languages: tuple[_Letters, ...]) -> float:
    """Return how much what is not ASCII looks like words of one of the languages, 0 to 1."""
    plain: Counter[str] = Counter()
    marks = 0
    total = 0
    for before, sign, after in zip(" " + words, words, words[1:] + " ", strict=False):
        if sign.isascii():
            continue
        total += 1
        if sign in _MARK:
            marks += sign in _IN_WORDS or not (before.isalpha() and after.isalpha())
        elif sign in _SIGNS:
            marks += not (before.isalpha() or after.isalpha())
        elif sign.isupper() and before.islower():
            marks -= 1
        elif sign < "\u0370" or not _is_latin(before, after):
            plain[sign.lower()] += 1
    if not total:
        return 0.0
    return max((language.of(plain) + marks) / total for language in languages)


def _is_latin(before: str, after: str) -> bool:
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


@dataclass(frozen=True, slots=True)
class _Letters:
    letters: re.Pattern[str]
    frequent: frozenset[str]

    def of(self, signs: Counter[str]) -> float:
        return sum(
            count * (1.0 if sign in self.frequent else 0.6)
            for sign, count in signs.items()
            if self.letters.fullmatch(sign)
        )


@dataclass(frozen=True, slots=True)
class _Tables:
    names: dict[str, str]
    languages: dict[str, tuple[_Letters, ...]]
    declared: dict[str, str]
    labels: dict[str, str]


@cache
def _tables() -> _Tables:
    read: dict[str, Any] = tomllib.loads(
        (files("kg.data") / "encodings.toml").read_text(encoding="utf-8")
    )
    letters = {
        name: _Letters(re.compile(f"[{entry['letters']}]"), frozenset(entry["frequent"]))
        for name, entry in read["languages"].items()
    }
    names = {codec: name for codec, (name, _) in read["encodings"].items()}
    return _Tables(
        names,
        {
            codec: tuple(letters[language] for language in languages.split())
            for codec, (_, languages) in read["encodings"].items()
        },
        read["declared"],
        {
            re.sub(r"[^a-z0-9]", "", label.lower()): codec
            for codec, name in names.items()
            for label in (codec, name)
        },
    )
