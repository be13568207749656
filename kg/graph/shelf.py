"""The store of a graph as a shelf of documents: put one there, take one away, get them back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kg.config import lexicon_from
from kg.errors import DocumentError, Failure, StoreError, UnknownName
from kg.graph import files
from kg.graph.catalogue import Catalogue, Entry
from kg.graph.documents import Documents
from kg.graph.settle import settle
from kg.model import Document
from kg.rdf import write
from kg.rdf.read import document as read_back
from kg.rdf.write import Naming
from kg.record import from_json, to_line
from kg.relations import Lexicon
from kg.resolve.decisions import FILE, Decisions
from kg.resolve.persona import Identity, Persona, personas
from kg.resolve.reports import event_personas
from kg.resolve.stories import signature
from kg.store import EmbeddedStore, RemoteStore, open_store
from kg.view.naming import relabelled
from kg.vocab import BASE, document_iri, mint

MEMORY = "memory:"
FEW = 200
"""So many documents are kept once they have been read."""


def outside(where: str | Path) -> bool:
    """Tell whether an address is no folder: memory, or an endpoint on the web."""
    return str(where).startswith((MEMORY, "http://", "https://"))


class Shelf:
    """Documents in a store, known by their ids; in a folder, opened for reading at first.

    Parameters
    ----------
    where
        ``"memory:"``, the folder of a graph, or the address of a SPARQL endpoint.
    lexicon, base
        As for `kg.graph.KnowledgeGraph`.
    """

    def __init__(
        self,
        where: str | Path,
        *,
        lexicon: Lexicon | str | Path | None = None,
        base: str | None = None,
    ) -> None:
        self.folder = None if outside(where) else Path(where)
        self.own_relations = None if isinstance(lexicon, Lexicon) or lexicon is None else lexicon
        self._catalogue: Catalogue | None = None
        self._decided = ""
        self._is_new = False
        self._graphs: dict[str, str] | None = None
        self._documents: tuple[Document, ...] | None = None
        self.store: EmbeddedStore | RemoteStore
        if self.folder is None:
            self.lexicon, self.base = lexicon_from(lexicon), base or BASE
            self.store = open_store(where, base=self.base)
            return
        self.lexicon = lexicon_from(lexicon or files.own_relations(self.folder))
        own_base = files.own_base(self.folder)
        if base and own_base and base != own_base:
            raise StoreError(str(where), f"its things start with {own_base}, not with {base}")
        self.base = base or own_base or BASE
        place = self.folder / files.STORE if files.is_graph(self.folder) else MEMORY
        self.store = open_store(place, read_only=True, base=self.base)

    # ------------------------------------------------------------ reading

    def graphs(self) -> dict[str, str]:
        """Return the IRI of the named graph of every document, by the document's id, sorted."""
        if self._graphs is None:
            found = self.store.query(
                "SELECT ?id ?graph { GRAPH ?graph { ?graph kg:documentId ?id } }"
            )
            self._graphs = {str(row["id"]): str(row["graph"]) for row in found}
            self._graphs = dict(sorted(self._graphs.items()))
        return self._graphs

    def documents(self) -> Documents:
        """Return all documents, sorted by id."""
        return Documents(self._read)

    def shown(self, iris: Sequence[str] | None = None) -> Documents:
        """Return documents (all, or these) as one looks at them: with names the user gave."""
        chosen = self.documents() if iris is None else Documents(lambda: self._read_some(iris))
        if "rename" not in self.decided:
            return chosen
        found = self.store.query("SELECT ?thing ?name { ?thing rdfs:label ?name }")
        given = {str(row["thing"]): str(row["name"]) for row in found}
        return Documents(lambda: relabelled(chosen, given))

    def _read_some(self, iris: Sequence[str]) -> Iterator[Document]:
        return (read_back(self.store.graph(iri)) for iri in iris)

    def _read(self) -> Iterator[Document]:
        if self._documents is not None:
            yield from self._documents
            return
        graphs = self.graphs()
        found = (read_back(self.store.graph(iri)) for iri in graphs.values())
        if len(graphs) <= FEW:
            self._documents = tuple(found)
            yield from self._documents
        else:
            yield from found

    # ------------------------------------------------------------ writing

    @property
    def catalogue(self) -> Catalogue:
        """The index of the store, which is open for writing then."""
        if self._catalogue is None:
            self._open_for_writing()
            path = self.folder / files.CATALOGUE if self.folder is not None else None
            self._catalogue = Catalogue(path, base=self.base)
            self._compare(self._catalogue)
        return self._catalogue

    def claim(self) -> None:
        """Open a graph that is there for writing, so that a second writer is refused early.

        Decisions that do not hold are told early too: before the work, not after it.
        """
        _ = self.decisions
        if self.folder is not None and files.is_graph(self.folder):
            _ = self.catalogue

    def put(self, documents: Iterable[tuple[Document, str]]) -> list[Entry | Failure]:
        """Store documents, all in one step; each takes the place of an older one of its own.

        Parameters
        ----------
        documents
            Each with its fingerprint, "" if it has none.

        Returns
        -------
        list
            In the same order, each as it is in the catalogue now, or why it could not be stored.
        """
        given = list(documents)
        catalogue = self.catalogue
        about: list[str] = []
        for document, _ in given:
            iri = document_iri(document, self.base)
            about += [iri, *(old.iri for old in self._superseded(document, iri))]
        changes: dict[str, str | None] = {}
        found: list[Entry | Failure] = []
        with self._announced(about):
            for document, fingerprint in given:
                try:
                    found.append(self._enter(document, fingerprint, changes))
                except (DocumentError, UnknownName) as error:
                    told = {"where": document.id, "input": document.input}
                    found.append(Failure.of(error, stage="store", **told))
            self.store.change(changes)
            catalogue.done(about)
        return found

    def drop(self, *names: str) -> None:
        """Take documents away, all or none.

        Raises
        ------
        UnknownName
            If there is no document of one of these ids.
        """
        catalogue = self.catalogue
        iris = []
        for name in names:
            entry = catalogue.entry(id=name)
            if entry is None:
                raise UnknownName("document", name, tuple(catalogue.ids()))
            iris.append(entry.iri)
        self.discard(iris)

    def discard(self, iris: Collection[str]) -> None:
        """Take the documents of these graphs away."""
        catalogue = self.catalogue
        with self._announced(iris):
            for iri in iris:
                catalogue.forget(iri)
            self.store.change(dict.fromkeys(iris))
            catalogue.done(iris)

    def settle(self) -> bool:
        """Work out who is who and what is one story, write what that changes; tell if it did."""
        changed = False
        catalogue = self.catalogue
        settle(catalogue, base=self.base, decisions=self.decisions)
        while stale := catalogue.stale(64):
            with self._announced(()):
                self.store.change({iri: self._rewritten(iri) for iri in stale})
                catalogue.done(stale)
            changed = True
        return changed

    @property
    def decided_in(self) -> str:
        """The file of the user's decisions, as one calls it."""
        return FILE if self.folder is None else str(self.folder / FILE)

    @property
    def decided(self) -> str:
        """What the user's decisions say, "" if there are none."""
        return self._decided if self.folder is None else files.text(self.folder / FILE)

    @property
    def decisions(self) -> Decisions:
        """The user's decisions.

        Raises
        ------
        DecisionError
            If an entry of the file does not hold.
        """
        if self.folder is None:
            return Decisions.from_toml(self._decided)
        return Decisions.read(self.folder / FILE)

    def decide(self, text: str) -> None:
        """Let the user's decisions say this, "" for none."""
        if self.folder is None:
            self._decided = text
        elif text:
            files.write(self.folder / FILE, text.encode())
        else:
            (self.folder / FILE).unlink(missing_ok=True)

    def abandoned(self) -> bool:
        """Take back a graph that was made in this run and got no document; tell whether it was."""
        if not self._is_new or len(self.catalogue):
            return False
        self.close()
        if self.folder is not None:
            files.discard(self.folder)
            self.store = open_store(MEMORY, read_only=True, base=self.base)
        return True

    def close(self) -> None:
        """Let go of the store and its index."""
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None
        self.store.close()

    @contextmanager
    def _announced(self, iris: Collection[str]) -> Iterator[None]:
        """Change store and catalogue together, after the catalogue has noted which graphs.

        If that fails, the two are compared before the catalogue is used again.
        """
        catalogue = self.catalogue
        self._graphs = self._documents = None
        try:
            with catalogue.change():
                catalogue.announce(iris)
            with catalogue.change():
                yield
        except BaseException:
            catalogue.close()
            self._catalogue = None
            raise

    def _enter(self, document: Document, fingerprint: str, changes: dict[str, str | None]) -> Entry:
        """Enter a document in the catalogue, and its graph in what is to change in the store."""
        catalogue, iri = self.catalogue, document_iri(document, self.base)
        same, gone = catalogue.entry(iri=iri), self._superseded(document, iri)
        told = personas(document, iri)
        known = [catalogue.people.identity(persona) for persona in told]
        named = mint(_named(document, told, known), self.base)
        if same is not None:
            named = named.but(id=same.id, story=same.story)
        else:
            named = named.but(id=self._free_name(document.id, {old.id for old in gone}))
        changes[iri] = self._graph(named, known, told)
        for old in gone:
            catalogue.forget(old.iri)
            changes[old.iri] = None
        entry = _entry(named, iri, fingerprint)
        iris = [entity.iri or "" for entity in named.entities]
        catalogue.put(entry, _line(named), told, iris, event_personas(document, iri))
        return entry

    def _superseded(self, document: Document, iri: str) -> list[Entry]:
        url = document.source.url if document.source is not None else None
        return self.catalogue.superseded(iri, document.id, url)

    def _free_name(self, name: str, going: Collection[str]) -> str:
        """Return the id for a document: its own, unless another text of the graph keeps that."""
        free, number = name, 1
        while free not in going and self.catalogue.entry(id=free) is not None:
            number += 1
            free = f"{name}-{number}"
        return free

    def _rewritten(self, iri: str) -> str:
        """Return the graph of a document as it is by what the catalogue knows now."""
        catalogue, line = self.catalogue, self.catalogue.record(iri)
        entry, known = catalogue.entry(iri=iri), catalogue.identities(iri)
        assert line is not None and entry is not None, "it is in the catalogue"
        document = from_json(json.loads(line))
        entities = tuple(
            replace(entity, iri=identity.iri)
            for entity, identity in zip(document.entities, known, strict=True)
        )
        document = document.but(entities=entities, story=entry.story)
        catalogue.rewrite(iri, _line(document))
        return self._graph(document, known, catalogue.told(iri))

    def _graph(
        self, document: Document, known: Sequence[Identity | None], told: Sequence[Persona]
    ) -> str:
        namings = [
            Naming(None, (), persona.iri)
            if identity is None
            else Naming(identity.label, identity.aliases, persona.iri)
            for identity, persona in zip(known, told, strict=True)
        ]
        return write.graph(document, lexicon=self.lexicon, base=self.base, namings=namings)

    def _compare(self, catalogue: Catalogue) -> None:
        """Bring the catalogue in line with the store, should they be apart after a crash."""
        stored, listed = set(self.graphs().values()), catalogue.iris()
        doubtful = sorted(
            (stored ^ listed) | set(catalogue.announced()),
            key=lambda iri: (iri in stored, iri),  # what is gone first, as another has its id now
        )
        for start in range(0, len(doubtful), FEW):
            with catalogue.change():
                for iri in doubtful[start : start + FEW]:
                    if iri not in stored:
                        catalogue.forget(iri)
                        continue
                    document = read_back(self.store.graph(iri))
                    entry = _entry(document, iri, None)
                    named = [entity.iri or "" for entity in document.entities]
                    came = read_back(self.store.graph(iri), given=True)
                    told, events = personas(came, iri), event_personas(came, iri)
                    catalogue.put(entry, _line(document), told, named, events)
                catalogue.done(doubtful[start : start + FEW])

    def _open_for_writing(self) -> None:
        if self.folder is not None and self.store.read_only:
            before, self._is_new = self.store, not files.is_graph(self.folder)
            self.store = open_store(self.folder / files.STORE, base=self.base)
            if self._is_new:
                files.begin(self.folder, self.base)
            if self.own_relations is not None:
                files.keep_relations(self.folder, Path(self.own_relations))
            before.close()
            self._graphs = self._documents = None


def _entry(document: Document, iri: str, fingerprint: str | None) -> Entry:
    return Entry(
        iri=iri,
        id=document.id,
        url=document.source.url if document.source is not None else None,
        date=document.date,
        sha=document.sha256,
        fingerprint=fingerprint,
        entities=len(document.entities),
        relations=len(document.relations),
        statements=len(document.statements),
        signature=signature(document.text),
        story=document.story,
    )


def _named(
    document: Document, told: Sequence[Persona], known: Sequence[Identity | None]
) -> Document:
    """Return the document with the IRIs that are known; those of our own making are not kept."""
    iris = [
        identity.iri if identity is not None else persona.iri
        for persona, identity in zip(told, known, strict=True)
    ]
    pairs = zip(document.entities, iris, strict=True)
    return document.but(entities=tuple(replace(entity, iri=iri) for entity, iri in pairs))


def _line(document: Document) -> bytes:
    return (to_line(document) + "\n").encode()
