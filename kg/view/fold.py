"""A page made small enough to be kept in a notebook: what it is made of is compressed.

Sandboxed frames share nothing, so every cell that shows a graph holds the whole page. Escaped for
``srcdoc`` the page of one article is 0.9 MB; compressed it is 0.2, nearly all of it the library
that draws.
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

_PART = re.compile(r"<(script|style)([^>]*)>(.*?)</\1>\n?", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def folded(page: str) -> str:
    """Return the page with its scripts, style and data compressed, and a script that unfolds them.

    The policy of the page stays in force: its scripts run because it has their hashes.

    Examples
    --------
    >>> page = '<html lang="en"><meta content="script-src x"><p>hello<script>2+2</script></html>'
    >>> small = folded(page)
    >>> "hello" in small, "2+2" in small, small.startswith('<html lang="en" hidden>')
    (True, False, True)
    """
    loader = (files("kg.view") / "assets" / "unfold.js").read_text(encoding="utf-8")
    digest = b64encode(sha256(loader.encode()).digest()).decode()
    parts = [
        (found[1], dict(_ATTRIBUTE.findall(found[2])), found[3]) for found in _PART.finditer(page)
    ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    data = b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
    rest = _PART.sub("", page)
    allowed = escape(f"'sha256-{digest}'")
    rest = rest.replace("script-src ", f"script-src {allowed} ", 1)
    rest = rest.replace('<html lang="en">', '<html lang="en" hidden>', 1)
    unfolding = f'<script type="text/plain" id="folded">{data}</script><script>{loader}</script>'
    before, end, after = rest.rpartition("</body>" if "</body>" in rest else "</html>")
    return f"{before}{unfolding}{end}{after}"


def data_of(page: str) -> dict[str, Any]:
    """Return what a page shows, as it was written into it."""
    found = _DATA.search(page)
    if found is None:
        raise ValueError("the page has no data")
    data: dict[str, Any] = json.loads(found[1])
    return data
