"""A graph on the web: a SPARQL endpoint, pages to read, JSON for programs.

::

    browser or program ── app (one process, checks and forwards) ─┬─ worker  (query)
                                                                  ├─ worker  (query)
                                                                  ├─ worker  (pages, JSON)
                                                                  └─ writer  (only with --write)

Whatever touches the graph runs in a worker process of its own that has it open for reading, so
that a question that takes too long, too much memory or too deep a parse is stopped by ending its
worker, and nothing else notices.
"""

from __future__ import annotations

from kg.serve.settings import Settings

__all__ = ["Settings"]
