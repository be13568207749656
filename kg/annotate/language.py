"""In which language a text is, so that nothing is looked for with the wrong grammar."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar

from kg.model import Document

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENOUGH = 30  # letters of words that are no names; fewer are too little to tell languages apart
_FEW = 12  # letters of a script that no English is written in
_UNLIKELY = 0.02  # how likely English may be in what is told to be something else
_LITTLE = 3  # words like "der" and "über" that tell the language of a few words
_PIECES = 16  # taken from all over a text
_PIECE = 500  # code points
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_SENTENCE = re.compile(r"(?:^|[.!?:]|\n)[\s\"“„«]*([^\W\d_])")
_ADDRESS = re.compile(r"\S*(?://|www\.|@)\S*")


@dataclass(frozen=True)
class Language:
    """Tells the language of a text, if it is another one than English.

    What the words say counts more than what the source says of itself, which counts where there
    are too few words, unless these few are such as no English has. Names tell nothing: they are
    left out where a script has capitals. A text
    of several languages is in that of most of its words; English and another one half and half
    are English. `kg.pipeline.Pipeline` hands the document to what reads that language, or keeps
    it as it is.

    Examples
    --------
    >>> text = "Die Minister beider Länder trafen sich im alten Rathaus und sprachen über Fische."
    >>> Language()(Document("d", text)).language
    'de'
    """

    name: ClassVar[str] = "language"
    requires: ClassVar[tuple[str, ...]] = ()
    provides: ClassVar[tuple[str, ...]] = ()

    def warm_up(self) -> None:
        """Load the language identifier."""
        _identifier()

    def __call__(self, doc: Document) -> Document:
        """Return the document with its language; None stands for English that nobody declared."""
        found = detected(doc.text)
        if found is None or found == (doc.language or "en"):
            return doc
        return doc.but(language=found)


def detected(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text; None if too little tells.

    Examples
    --------
    >>> detected("Emmanuel Macron, Olaf Scholz, Giorgia Meloni")
    >>> detected("Macron traf am Montag in Paris Scholz. Sie sprachen über den Krieg.")
    'de'
    """
    votes: Counter[str] = Counter()
    for piece in _pieces(text):
        words = _telling(piece)
        if words is None:
            continue
        ranked = dict(_identifier().rank(words))
        best = max(ranked, key=lambda code: ranked[code])
        if best == "en" or ranked["en"] < _UNLIKELY:
            votes[best] += len(words)
    if not votes:
        return _by_little_words(text[: _PIECES * _PIECE])
    return "en" if 2 * votes["en"] >= votes.total() else max(votes, key=lambda name: votes[name])


def named(code: str) -> str:
    """Return the name of a language.

    Examples
    --------
    >>> named("de"), named("xx")
    ('German', "the language 'xx'")
    """
    return _names().get(code, f"the language '{code}'")


def _pieces(text: str) -> list[str]:
    """Return the text, or if it is long pieces from all over it."""
    if len(text) <= _PIECES * _PIECE:
        return [text[at : at + 2 * _PIECE] for at in range(0, len(text), 2 * _PIECE)]
    step = len(text) // _PIECES
    return [text[at : at + _PIECE] for at in range(0, step * _PIECES, step)]


def _telling(piece: str) -> str | None:
    """Return the words of a piece that tell its language, None if they are too few."""
    piece = _ADDRESS.sub(" ", piece)
    words = _WORD.findall(piece)
    letters = sum(map(len, words))
    latin = sum(len(word) for word in words if word[0] < "\u0250")
    if 2 * latin < letters:
        return piece if letters >= _FEW else None
    if 2 * sum(map(str.isupper, words)) > len(words):
        words = [word.lower() for word in words]
    words = [word for word in words if not word[0].isupper()]
    return " ".join(words) if sum(map(len, words)) >= _ENOUGH else None


def _by_little_words(text: str) -> str | None:
    """Return the language whose little words a short text has, if it has none of English.

    Unlike `detected`, it needs no model of letters: German has so many capitals that what is left
    of two sentences without its nouns may be five words.
    """
    text = _SENTENCE.sub(lambda match: match[0].lower(), _ADDRESS.sub(" ", text))
    words = re.findall(r"[^\W\d_]+", text)
    said: dict[str, list[str]] = _data()["little"]
    if any(word.lower() in said["en"] for word in words):
        return None
    found = {
        code: [word for word in words if word in little]
        for code, little in said.items()
        if code != "en"
    }
    most = max(map(len, found.values()))
    best = [code for code, having in found.items() if len(having) == most]
    if most < _LITTLE or len(set(found[best[0]])) < 2:
        return None
    ranked = dict(_identifier().rank(text.lower()))
    return max(best, key=lambda code: ranked[code])


def _names() -> dict[str, str]:
    found: dict[str, str] = _data()["names"]
    return found


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("kg.data") / "languages.toml").read_text(encoding="utf-8"))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # loads numpy

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(_names()))
    return found
