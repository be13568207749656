"""The store of a graph as a shelf of documents: put one there, take one away, get them back."""

from __future__ import annotations

import re
from pathlib import Path

from kg.config import lexicon_from
from kg.errors import StoreError, UnknownName
from kg.graph import files
from kg.model import Document
from kg.rdf import write
from kg.rdf.read import document as read_back
from kg.relations import Lexicon
from kg.store import EmbeddedStore, RemoteStore, open_store
from kg.vocab import BASE, document_iri

MEMORY = "memory:"


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

    def claim(self) -> None:
        """Open a graph that is there for writing, so that a second writer is refused early."""
        if self.folder is not None and files.is_graph(self.folder):
            self._open_for_writing()

    def put(self, document: Document) -> Document:
        """Store a document in the place of the one with that text; return it with its final id.

        Raises
        ------
        DocumentError, UnknownName
            If it does not hold together, or has a relation that is not in the lexicon.
        """
        iri = document_iri(document, self.base)
        graphs = self.graphs()
        document = document.but(id=_free_name(document.id, iri, graphs))
        triples = write.graph(document, lexicon=self.lexicon, base=self.base)
        self._open_for_writing()
        self.store.add(iri, triples)
        others = {name: graph for name, graph in graphs.items() if graph != iri}
        self._graphs = others | {document.id: iri}
        self._documents = None
        return document

    def drop(self, *names: str) -> None:
        """Take documents away, all or none.

        Raises
        ------
        UnknownName
            If there is no document of one of these ids.
        """
        graphs = self.graphs()
        for name in names:
            if name not in graphs:
                raise UnknownName("document", name, tuple(graphs))
        self._open_for_writing()
        for name in names:
            self.store.drop(graphs[name])
        self._graphs = self._documents = None

    def graphs(self) -> dict[str, str]:
        """Return the IRI of the named graph of every document, by the document's id, sorted."""
        if self._graphs is None:
            found = self.store.query(
                "SELECT ?id ?graph { GRAPH ?graph { ?graph kg:documentId ?id } }"
            )
            self._graphs = {str(row["id"]): str(row["graph"]) for row in found}
        return dict(sorted(self._graphs.items()))

    def documents(self) -> tuple[Document, ...]:
        """Return all documents, sorted by id."""
        if self._documents is None:
            self._documents = tuple(
                read_back(self.store.graph(iri)) for iri in self.graphs().values()
            )
        return self._documents

    def _open_for_writing(self) -> None:
        if self.folder is not None and self.store.read_only:
            before = self.store
            self.store = open_store(self.folder / files.STORE, base=self.base)
            before.close()
            self._graphs = self._documents = None


def _free_name(name: str, iri: str, graphs: dict[str, str]) -> str:
    """Return the id for a document: its own, unless another text of the graph has that."""
    if graphs.get(name, iri) == iri:
        return name
    for other, graph in graphs.items():
        if graph == iri and re.fullmatch(re.escape(name) + r"-\d+", other):
            return other  # it got this one when it was added first
    number = 2
    while f"{name}-{number}" in graphs:
        number += 1
    return f"{name}-{number}"
