"""Components by kind and name: a table of strings, imported only when one is asked for.

A package of your own adds to it by entry points in the groups ``kg.readers`` (named after the
ending it reads: ``epub``), ``kg.annotators``, ``kg.extractors``, ``kg.runners`` and
``kg.languages`` (named after a language, ``de``: see `kg.pipeline.Pipeline`).
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from kg.errors import UnknownName

COMPONENTS: dict[str, dict[str, str]] = {
    "readers": {
        "text": "kg.read.text:Text",
        "feed": "kg.read.pages.feed:Feed",
        "html": "kg.read.pages.html:Html",
        "markdown": "kg.read.pages.markdown:Markdown",
        "pdf": "kg.read.paper.pdf:Pdf",
        "json": "kg.read.tables.dumps:Json",
        "docx": "kg.read.paper.docx:Docx",
        "jsonl": "kg.read.tables.jsonl:JsonLines",
        "mail": "kg.read.mail.message:Mail",
        "mbox": "kg.read.mail.mbox:Mbox",
        "table": "kg.read.tables.table:Table",
        "xlsx": "kg.read.tables.xlsx:Xlsx",
        "parquet": "kg.read.tables.parquet:Parquet",
        "warc": "kg.read.archives.warc:Warc",
        "wacz": "kg.read.archives.warc:Wacz",
        "zip": "kg.read.archives.zip:Zip",
        "tar": "kg.read.archives.tar:Tar",
        "gzip": "kg.read.archives.packed:Gzip",
    },
    "annotators": {
        "language": "kg.annotate.language:Language",
        "tokens": "kg.annotate.tokens:Tokens",
        "gazetteer": "kg.annotate.gazetteer:Gazetteer",
        "names": "kg.annotate.names:Names",
        "within": "kg.resolve.within:Within",
        "dates": "kg.annotate.dates:Dates",
        "offices": "kg.annotate.offices:Offices",
        "events": "kg.annotate.events:Events",
        "groups": "kg.annotate.groups:Groups",
        "descriptions": "kg.annotate.descriptions:Descriptions",
        "coref": "kg.annotate.coref:Coref",
        "quotes": "kg.annotate.quotes:Quotes",
        "deixis": "kg.annotate.deixis:Deixis",
        "clauses": "kg.annotate.clauses:Clauses",
        "link": "kg.resolve.wikidata:Link",
    },
    "extractors": {
        "frames": "kg.extract.frames:Frames",
        "roles": "kg.extract.roles:Roles",
        "places": "kg.extract.places:Places",
        "background": "kg.extract.background:Background",
        "standing": "kg.extract.standing:Standing",
    },
    "runners": {
        "serial": "kg.run.serial:Serial",
        "processes": "kg.run.processes:Processes",
        "cluster": "kg.run.cluster:Cluster",
    },
}


def component(kind: str, name: str, **settings: Any) -> Any:
    """Make the component of that kind and name, with its settings.

    Raises
    ------
    UnknownName
        If neither the table nor an installed package has it.

    Examples
    --------
    >>> component("annotators", "dates").provides
    ('times',)
    """
    address = COMPONENTS.get(kind, {}).get(name)
    if address is None:
        found = {entry.name: entry for entry in entry_points(group=f"kg.{kind}")}
        if name not in found:
            known = (*COMPONENTS.get(kind, {}), *plugged(kind))
            raise UnknownName(kind.rstrip("s"), name, known)
        return found[name].load()(**settings)
    module, _, attribute = address.partition(":")
    return getattr(import_module(module), attribute)(**settings)


def plugged(kind: str) -> list[str]:
    """Return the names of the components of a kind that other packages bring, sorted."""
    return sorted(entry.name for entry in entry_points(group=f"kg.{kind}"))
