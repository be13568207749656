"""Words out of a field that holds HTML: its tags out, its paragraphs kept apart."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(
    r"</?(?:p|br|div|span|h[1-6]|ul|ol|li|em|strong|b|i|u|a|img|figure|blockquote|table|tr|td|html|"
    r"body|section|article|script|style|iframe)(?:\s[^<>]*)?/?>",
    re.I,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{1,7});")
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
_BREAKS = re.compile(
    r"/?(?:address|article|aside|blockquote|body|br|caption|dd|details|div|dl|dt|fieldset|figcaption|"
    r"figure|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|table|tbody|td|th|thead|"
    r"title|tr|ul)\b",
    re.I,
)
_SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "head"})


def is_markup(text: str) -> bool:
    """Tell whether a text has HTML in it.

    Examples
    --------
    >>> is_markup("<p>Macron spoke.</p>"), is_markup("Macron &amp; Scholz"), is_markup("1 < 2 > 0")
    (True, True, False)
    """
    return _TAG.search(text) is not None or _ENTITY.search(text) is not None


def words(text: str) -> str:
    r"""Return the words of a piece of HTML, a blank line between its paragraphs.

    It takes time in proportion to the length of the text, whatever the tags are like.

    Examples
    --------
    >>> words("<p>Macron &amp; <b>Scholz</b>\n spoke.</p><script>x()</script><p>They left.</p>")
    'Macron & Scholz spoke.\n\nThey left.'
    """
    if _TAG.search(text) is None:
        return unescape(text)
    blocks: list[list[str]] = [[]]
    first, *tags = text.split("<")
    blocks[-1].append(first)
    silent, comment = "", False
    for piece in tags:
        if comment or piece.startswith("!--"):
            comment = "-->" not in piece
            tag, after = "", piece.partition("-->")[2]
        else:
            tag, closed, after = piece.partition(">")
            if not closed or not (tag[:1].isalpha() or tag[:1] in "/!?"):
                tag, after = "", f"<{piece}"  # a sign of the text, like 1 < 2
        found = _NAME.match(tag)
        name = found[1].lower() if found else ""
        if silent:
            if tag.startswith("/") and name == silent:
                silent = ""
            else:
                continue
        elif name in _SILENT and not tag.startswith("/") and not tag.endswith("/"):
            silent = name
            continue
        if _BREAKS.match(tag):
            blocks.append([])
        blocks[-1].append(after)
    said = (" ".join(unescape("".join(block)).split()) for block in blocks)
    return "\n\n".join(block for block in said if block)
