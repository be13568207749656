"""Stages in order: a document passes through them, each adding one layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from kg.annotate.language import Language, named
from kg.annotate.status import strongest
from kg.annotate.tokens import LONGEST
from kg.contracts import Annotator, Extractor
from kg.cues import of_language
from kg.errors import KGError, OrderError, SourceError, StageError, likelihood
from kg.explain import Explanation, explained
from kg.extract.confidence import calibrated
from kg.extract.frames import Frames
from kg.model import Document, Entity, Relation
from kg.oddities import View, is_odd
from kg.registry import component, plugged
from kg.relations import Lexicon, shipped

ANNOTATORS = (
    "language", "tokens", "gazetteer", "names", "within", "dates", "link", "offices", "events",
    "descriptions", "groups", "coref", "quotes", "deixis", "clauses",
)  # fmt: skip
EXTRACTORS = ("frames", "roles", "places", "standing")

Stage = Annotator | Extractor
Confidence = Callable[[Document, Lexicon], tuple[Relation, ...]]


@dataclass(frozen=True)
class Pipeline:
    """Annotators, then extractors; an order that cannot work is refused when it is built.

    Parameters
    ----------
    annotators
        Stages that add layers, in the order in which they run.
    extractors
        Stages that add relations; what several find is merged.
    lexicon
        The relation types whose domain and range the relations must keep.
    confidence
        What scores the relations found; None leaves them as the extractors scored them.
    min_score
        Relations that are less likely to be right are left out, 0 to 1.
    language
        The ISO 639-1 code of the language whose word lists the stages read.

    Notes
    -----
    Where the stage ``language`` tells that a document is in another language than English, it
    goes to what an installed package brings for that language: an entry point of the group
    ``kg.languages`` named like its ISO 639-1 code, called without arguments, that makes a pipeline
    of that language. For German it would have a parser, what finds names,
    ``kg.annotate.grammar.Grammar("de")``, and the stages ``clauses`` and ``frames`` with
    ``kg.relations.of_language("de")``. Without one the document is returned as it is, with its
    language and no other layer.

    Raises
    ------
    OrderError
        If a stage needs a layer that no stage before it provides.

    Examples
    --------
    >>> [stage.name for stage in Pipeline.default().extractors]
    ['frames', 'roles', 'places', 'standing']
    """

    annotators: tuple[Annotator, ...]
    extractors: tuple[Extractor, ...] = ()
    lexicon: Lexicon = field(default_factory=shipped)
    confidence: Confidence | None = calibrated
    min_score: float = 0.0
    language: str = "en"

    def __post_init__(self) -> None:
        likelihood(self.min_score)
        present = {"id", "text", "date", "source"}
        providers = {layer: stage.name for stage in self.annotators for layer in stage.provides}
        for stage in self.stages:
            for layer in stage.requires:
                if layer not in present:
                    raise OrderError(stage.name, layer, providers.get(layer))
            present |= set(getattr(stage, "provides", ()))

    @classmethod
    def default(
        cls,
        lexicon: Lexicon | None = None,
        *,
        min_score: float = 0.0,
        background: bool = False,
    ) -> Pipeline:
        """Return the shipped pipeline, with our lexicon or the one given.

        Parameters
        ----------
        lexicon
            From `kg.config.lexicon_from`.
        min_score
            Relations that are less likely to be right are left out, 0 to 1.
        background
            Whether to add what no text says but our tables know, marked as such: see
            `kg.extract.background`.
        """
        chosen = lexicon if lexicon is not None else shipped()
        return cls(
            annotators=tuple(component("annotators", name) for name in ANNOTATORS),
            extractors=tuple(
                component("extractors", name, **({"lexicon": chosen} if name == "frames" else {}))
                for name in (*EXTRACTORS, *(["background"] if background else []))
            ),
            lexicon=chosen,
            min_score=min_score,
        )

    @property
    def stages(self) -> tuple[Stage, ...]:
        """All stages in the order in which they run."""
        return (*self.annotators, *self.extractors)

    def with_extractor(self, extractor: Extractor | str) -> Pipeline:
        """Return a pipeline with one more extractor, ours or a plug-in's by name."""
        added = component("extractors", extractor) if isinstance(extractor, str) else extractor
        return replace(self, extractors=(*self.extractors, added))

    def explain(self, text: str, *, date: str | None = None) -> Explanation:
        """Return every layer of a text, and which frame of the lexicon fired or why none did.

        Parameters
        ----------
        text
            A sentence or two.
        date
            The ISO day from which "Tuesday" is counted.

        Raises
        ------
        SourceError
            If there are no words in the text, or they are in a language that is not read.
        """
        if not text.strip():
            raise SourceError("text", "is empty", "give a sentence to explain")
        frames = next((e for e in self.extractors if isinstance(e, Frames)), Frames(self.lexicon))
        document = self(Document(id="sentence", text=text, date=date))
        if unread := unread_language(document):
            raise SourceError(
                "text", f"is in {unread}; only English is read", "give an English sentence"
            )
        return explained(document, frames)

    def warm_up(self) -> None:
        """Load models and tables now rather than at the first document."""
        for stage in self.stages:
            stage.warm_up()

    def __call__(self, doc: Document, *, watch: Callable[[str], None] | None = None) -> Document:
        """Return the document with all layers, checked.

        Parameters
        ----------
        doc
            A text.
        watch
            Called with the name of each stage before it works.

        Raises
        ------
        StageError
            Naming the stage, the document and what is wrong with it.
        """
        if len(doc.text) > LONGEST or not is_odd(doc.text):
            with of_language(self.language):
                return self._layered(doc, watch).check()
        view = View(doc.text)
        with of_language(self.language):
            found = self._layered(doc.but(text=view.text), watch)
        return view.restored(found, doc).check()

    def _layered(self, doc: Document, watch: Callable[[str], None] | None) -> Document:
        """Return a document without oddities with all layers."""
        for annotator in self.annotators:
            if watch:
                watch(annotator.name)
            try:
                doc = annotator(doc)
            except Exception as error:
                raise _stage_error(annotator, doc, error) from error
            if isinstance(annotator, Language) and doc.language not in (None, self.language):
                other = for_language(doc.language)
                return doc if other is None else other(doc)
        found: list[Relation] = []
        for extractor in self.extractors:
            if watch:
                watch(extractor.name)
            try:
                found += extractor(doc)
            except Exception as error:
                raise _stage_error(extractor, doc, error) from error
        doc = doc.but(relations=tuple(merged(found)))
        if self.confidence is not None:
            doc = doc.but(relations=self.confidence(doc, self.lexicon))
        return supported(surer(doc, self.min_score))


@cache
def for_language(code: str) -> Callable[[Document], Document] | None:
    """Return what an installed package reads a language with, None if none does.

    Examples
    --------
    >>> for_language("xx")
    """
    if code not in plugged("languages"):
        return None
    found: Callable[[Document], Document] = component("languages", code)
    return found


def unread_language(document: Document) -> str | None:
    """Return the name of the language of a document if nothing was looked for in it.

    Examples
    --------
    >>> unread_language(Document("d", "Guten Morgen!", language="de"))
    'German'
    """
    language = document.language
    if language in (None, "en") or for_language(language) is not None:
        return None
    return named(language)


def merged(relations: Iterable[Relation]) -> list[Relation]:
    """Return each fact once per sentence: of two findings the surer and fuller one stays.

    What the text itself says, plans or denies takes the place of what background knowledge
    would add. A fact that one sentence both states and plans or denies is read by the more
    careful of the two.
    """
    best: dict[tuple[object, ...], Relation] = {}
    for relation in relations:
        key = (
            relation.type, relation.subject, relation.object, relation.evidence,
            (relation.title or "").lower(), relation.former,
        )  # fmt: skip
        old = best.get(key)
        if old is None:
            best[key] = relation
        else:
            best[key] = _fuller(old, relation)
    said = {(r.type, r.subject, r.object) for r in best.values() if r.basis == "text"}
    kept = (
        relation
        for relation in best.values()
        if relation.basis == "text"
        or (relation.type, relation.subject, relation.object) not in said
    )
    return sorted(kept, key=_position)


def _position(relation: Relation) -> tuple[object, ...]:
    fact = (relation.type, relation.subject, relation.object, relation.title or "")
    return (relation.evidence, *fact, relation.former)


def _fuller(one: Relation, other: Relation) -> Relation:
    first, second = (one, other) if one.score >= other.score else (other, one)
    return replace(
        first,
        status=strongest((first.status, second.status)),
        place=first.place or second.place,
        date=first.date or second.date,
        title=first.title or second.title,
    )


def surer(doc: Document, least: float) -> Document:
    """Drop the relations whose score is below the least one wanted.

    Raises
    ------
    SourceError
        If that is not from 0 to 1.
    """
    least = likelihood(least)
    return doc.but(relations=tuple(r for r in doc.relations if r.score >= least))


def supported(doc: Document) -> Document:
    """Drop groups and unnamed people that are in no relation and no statement."""
    used = {end for relation in doc.relations for end in (relation.subject, relation.object)}
    used.update(end for said in doc.statements for end in (said.speaker, said.addressee) if end)

    def is_kept(entity: Entity) -> bool:
        if entity.id in used or entity.type == "Event":
            return True
        return entity.type != "Group" and entity.named

    # Someone without a name who only holds an office is not worth a node.
    held = {entity.id: entity for entity in doc.entities if is_kept(entity)}
    offices = tuple(o for o in doc.offices if o.person in held and o.body in {None, *held})
    return doc.but(entities=tuple(held.values()), offices=offices)


def _stage_error(stage: Stage, doc: Document, error: Exception) -> StageError:
    problem = str(error) if isinstance(error, KGError) else f"{type(error).__name__}: {error}"
    return StageError(stage.name, doc.id, problem)
