"""The RDF of one short document, kept as a file to read and to notice every change of it.

After a wanted change: ``python -m tests.test_snapshots`` writes the file anew; look at the diff.
"""

from __future__ import annotations

from pathlib import Path

from kg.model import Document
from kg.rdf import serialise, write
from kg.store import EmbeddedStore
from kg.version import __version__
from kg.vocab import document_iri
from tests.build import doc

SNAPSHOT = Path(__file__).parent / "snapshots" / "meeting.trig"


def meeting() -> Document:
    return doc(
        "Macron met Scholz in Paris on Tuesday. “We agree,” he said. "
        "Macron may brief EU officials. Scholz did not visit Poland.",
        people=["Macron | he", "Scholz"],
        places=["Paris"],
        countries=["Poland"],
        groups=["EU officials"],
        relations=[
            "metWith: Macron > Scholz",
            "briefed: Macron > EU officials (possible)",
            "visited: Scholz > Poland (negated)",
        ],
        statements=["Macron: We agree, (direct)"],
        id="meeting",
        date="2025-02-20",
    )


def drawn() -> str:
    store = EmbeddedStore()
    store.add(document_iri(meeting()), write.graph(meeting()))
    trig = serialise.dump(store.dump(), "trig").decode()
    return trig.replace(f'softwareVersion "{__version__}"', 'softwareVersion "VERSION"')


def test_the_rdf_of_a_short_document() -> None:
    assert drawn() == SNAPSHOT.read_text(encoding="utf-8")


if __name__ == "__main__":
    SNAPSHOT.write_text(drawn(), encoding="utf-8")
