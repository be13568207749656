"""Whether a text is in the language that the pipeline reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from kg.errors import SourceError
from kg.model import Document

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENOUGH = 60  # letters; shorter texts are too little to tell languages apart
_SURE = 0.9
_SAMPLE = 4_000  # code points read from the start and from the middle
_NAMES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian",
    "ja": "Japanese", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True)
class Language:
    """Refuses a text that is surely not English, so that nothing is half-extracted from it."""

    name: ClassVar[str] = "language"
    requires: ClassVar[tuple[str, ...]] = ()
    provides: ClassVar[tuple[str, ...]] = ()

    def warm_up(self) -> None:
        """Load the language identifier."""
        _identifier()

    def __call__(self, doc: Document) -> Document:
        """Return the document unchanged.

        Raises
        ------
        SourceError
            If the text is in another language.
        """
        middle = len(doc.text) // 2
        sample = doc.text[:_SAMPLE] + " " + doc.text[middle : middle + _SAMPLE]
        if sum(map(str.isalpha, sample)) < _ENOUGH:
            return doc
        language, probability = _identifier().classify(sample)
        if language != "en" and probability >= _SURE:
            name = _NAMES.get(language, f"the language '{language}'")
            raise SourceError(
                doc.id,
                f"the text is in {name}; only English is read",
                "leave it out or translate it",
            )
        return doc


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # loads numpy

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
