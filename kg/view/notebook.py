"""What Jupyter shows for a graph: its page in a frame, with a caption that stands without it."""

from __future__ import annotations

from html import escape

HEIGHT = 640


def framed(page: str, caption: str, *, height: int = HEIGHT) -> str:
    """Return the page as HTML for a notebook's cell.

    The page runs in a sandboxed frame of its own, so that it can touch neither the notebook nor
    its cookies. JupyterLab takes frames out of notebooks that are not trusted; the caption stays.

    Parameters
    ----------
    page
        A whole HTML page.
    caption
        What the page shows, in a sentence.
    height
        In CSS pixels.

    Examples
    --------
    >>> "&lt;p&gt;" in framed("<p>", "2 entities")
    True
    """
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts allow-downloads allow-popups" '
        f'title="{escape(caption)}" loading="lazy" '
        f'style="width:100%;height:{height}px;border:1px solid #8884;border-radius:8px"></iframe>'
        f'<p style="margin:.4em 0;font-size:90%">{escape(caption)} '
        "If no picture shows, trust the notebook (File, Trust Notebook), or save the page: "
        '<code>g.save("page.html")</code>.</p>'
    )
