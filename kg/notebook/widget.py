"""A page that tells Python what is selected on it, and goes where Python leads."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import anywidget
import traitlets

from kg.notebook.selection import Selection, Shown
from kg.view.fold import folded
from kg.view.notebook import HEIGHT, Cell, captioned, pictured


class Explorer(anywidget.AnyWidget):
    """The page of a graph as a widget: see `kg.notebook.explore`.

    ``focus`` is the name of the entity that is selected, on either side; ``selection`` has the
    facts. Both can be observed: ``w.observe(print, "focus")``.

    Parameters
    ----------
    page
        A page of `kg.view.page`.
    height
        In CSS pixels.
    """

    _esm = (files("kg.notebook") / "widget.js").read_text(encoding="utf-8")

    page = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)
    wanted = traitlets.Dict({}).tag(sync=True)
    told = traitlets.Dict({}).tag(sync=True)
    focus = traitlets.Unicode(None, allow_none=True)

    def __init__(self, page: str, *, height: int = HEIGHT) -> None:
        self._shown = Shown(page)
        self._static = pictured(page, "the graph")
        self._hearing = False
        super().__init__(page=folded(page), words=Cell(page).words, height=height)

    @property
    def selection(self) -> Selection:
        """What is selected on the page just now, or all that is shown."""
        return self._shown.select(self.told.get("focus"), self.told.get("edges", ()))

    def on_select(self, act: Callable[[Selection], object]) -> None:
        """Call something with each new selection."""
        self.observe(lambda _: act(self.selection), "told")

    def show(self, link: str) -> None:
        """Lead the page to a view, as a link to it says: ``w.show("#focus=Macron&hops=1")``."""
        self.wanted = {"link": link, "turn": self.wanted.get("turn", 0) + 1}

    @traitlets.validate("focus")
    def _find(self, proposal: dict[str, Any]) -> str | None:
        who = proposal["value"]
        return None if who is None else self._shown.name(self._shown.key(who))

    @traitlets.observe("focus")
    def _lead(self, change: dict[str, Any]) -> None:
        if not self._hearing:
            who = change["new"]
            self.show("#" if who is None else f"#focus={quote(self._shown.key(who), safe='')}")

    @traitlets.observe("told")
    def _hear(self, change: dict[str, Any]) -> None:
        self._hearing = True
        try:
            self.focus = self._shown.name(change["new"].get("focus"))
        finally:
            self._hearing = False

    def __repr__(self) -> str:
        return f"<Explorer of {self.words}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget, and the picture for where no widget can be shown."""
        shown = super()._repr_mimebundle_(**kwargs)
        data, about = shown if isinstance(shown, tuple) else (shown or {}, {})
        advice = "This is a picture; run the cell to explore the graph."
        html = f"<div>{self._static}</div>{captioned(self.words, advice)}"
        return data | {"text/plain": repr(self), "text/html": html}, about
