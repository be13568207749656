r"""A network as a file for other programs: GraphML, GEXF, CSV.

What XML cannot hold (control characters) is left out, and line breaks become ``\n``, so that
every file can be read again. In CSV, a cell that a spreadsheet would run as a formula (it starts
with ``=``, ``+``, ``-``, ``@``, a tab or a line break) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import tostring

from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from kg.relations import entity_types
from kg.view.network import Network

NODE_COLUMNS = {
    "iri": "iri:ID",
    "label": "label",
    "type": ":LABEL",
    "iso3": "iso3",
    "wikidata": "wikidata",
}
EDGE_COLUMNS = {
    "subject": ":START_ID",
    "object": ":END_ID",
    "relation": ":TYPE",
    "label": "label",
    "status": "status",
    "date": "date",
    "place": "place",
    "title": "title",
    "evidence": "evidence",
    "document": "document",
    "basis": "basis",
    "score": "score:float",
    "by": "by",
    "page": "page:int",
}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def graphml(graph: Network) -> str:
    """Return the network as GraphML, for Gephi, yEd, Cytoscape, igraph and networkx.

    Examples
    --------
    >>> import io, networkx
    >>> graph = networkx.MultiDiGraph([("a", "b", {"relation": "metWith"})])
    >>> networkx.read_graphml(io.StringIO(graphml(graph))).edges["a", "b"]["relation"]
    'metWith'
    """
    writer = GraphMLWriter(graph=_fit_for_xml(graph), prettyprint=True)
    return _DECLARATION + str(writer).rstrip() + "\n"


def gexf(graph: Network) -> str:
    """Return the network as GEXF, for Gephi, in the colours of the page.

    Examples
    --------
    >>> import networkx
    >>> graph = networkx.MultiDiGraph([("a", "b", {"label": "met"})])
    >>> 'label="met"' in gexf(graph)
    True
    """
    fit = _fit_for_xml(graph)
    types = entity_types()
    for _, data in fit.nodes(data=True):
        if data.get("type") in types:
            data["viz"] = {"color": _rgb(types[data["type"]]["colour"])}
    writer = GEXFWriter(version="1.2draft")
    writer.xml[0].attrib.pop("lastmodifieddate", None)  # same input, same bytes
    writer.add_graph(fit)
    writer.indent(writer.xml)
    return _DECLARATION + tostring(writer.xml, encoding="unicode").rstrip() + "\n"


def nodes_csv(graph: Network) -> str:
    """Return the nodes as CSV with the header that ``neo4j-admin database import`` expects."""
    rows = ({"iri": node, **data} for node, data in graph.nodes(data=True))
    return _table(NODE_COLUMNS, rows)


def edges_csv(graph: Network) -> str:
    """Return the edges as CSV with the header that ``neo4j-admin database import`` expects."""
    rows = (
        {"subject": subject, "object": object_, **data}
        for subject, object_, data in graph.edges(data=True)
    )
    return _table(EDGE_COLUMNS, rows)


def _table(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns.values())
    for row in rows:
        writer.writerow([safe_cell(row.get(column, "")) for column in columns])
    return file.getvalue()


def safe_cell(value: object) -> str:
    """Return a value as text that no spreadsheet runs as a formula.

    Examples
    --------
    >>> print(safe_cell("=1+1"), safe_cell("Macron"))
    '=1+1 Macron
    """
    words = str(_clean(value))
    risky = words.startswith(_FORMULA) and not isinstance(value, int | float)
    return f"'{words}" if risky else words


def _fit_for_xml(graph: Network) -> Network:
    fit = Network()
    for node, data in graph.nodes(data=True):
        fit.add_node(_clean(node), **{key: _clean(value) for key, value in data.items()})
    for subject, object_, name, data in graph.edges(keys=True, data=True):
        fit.add_edge(
            _clean(subject),
            _clean(object_),
            key=_clean(name),
            **{key: _clean(value) for key, value in data.items()},
        )
    return fit


def _clean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _NO_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def _rgb(colour: str) -> dict[str, float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
