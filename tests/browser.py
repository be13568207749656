"""A page of the product in a real browser, with all that it asked for and complained of."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from kg.model import Document, Entity, Mention, Relation, Span, Statement

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
OWN = ("file:", "data:", "blob:", "about:")


class Opened:
    """A page in a window of its own; `problems` tells whether it kept to itself.

    A test that provokes a complaint looks at it and empties the list.
    """

    def __init__(self, window: BrowserContext) -> None:
        self.window = window
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        window.on("request", lambda request: self.requests.append(request.url))
        window.on("page", self._listen)
        self.tab = window.new_page()

    def _listen(self, tab: Page) -> None:
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def problems(self) -> list[str]:
        """Return requests but for the file itself, complaints, dialogs and other windows."""
        files = {url.partition("#")[0] for url in self.requests if url.startswith("file:")}
        asked = [url for url in self.requests if not url.startswith(OWN)]
        asked += sorted(files) if len(files) > 1 else []
        others = [other.url for other in self.window.pages if other is not self.tab]
        return [one[:500] for one in (*asked, *self.complaints, *self.dialogs, *others)]

    @property
    def detail(self) -> str:
        return self.tab.locator("#detail").inner_text()

    def search(self, words: str) -> None:
        self.tab.keyboard.press("/")
        self.tab.keyboard.type(words)

    def views(self) -> list[str]:
        """Return the ids of the tabs, in order."""
        tabs: list[str] = (
            self.tab.locator("#views")
            .get_by_role("tab")
            .evaluate_all("all => all.map(tab => tab.id)")
        )
        return tabs

    def hover_across(self, wanted: str) -> None:
        """Move across the graph until the tip names what is wanted."""
        box = self.tab.locator("#network").bounding_box()
        assert box is not None
        for y in range(-40, 21, 15):
            for x in range(10, int(box["width"]) - 10, 12):
                self.tab.mouse.move(box["x"] + x, box["y"] + box["height"] / 2 + y)
                if self.tab.locator("#tip:visible strong", has_text=wanted).count():
                    return
        raise AssertionError(f"nothing in the graph is called {wanted}")

    def hover_middle(self) -> str:
        """Move down through the middle of the graph until something answers; return its words."""
        box = self.tab.locator("#network").bounding_box()
        assert box is not None
        for y in range(-60, 61, 3):
            self.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + y)
            self.tab.wait_for_timeout(15)
            if self.tab.locator("#tip").is_visible():
                return self.tab.locator("#tip").inner_text()
        return ""

    def click(self) -> None:
        """Press and release where the pointer is."""
        self.tab.mouse.down()
        self.tab.mouse.up()


Open = Callable[..., Opened]


def two(subject: str = "Emmanuel Macron", object_: str = "Donald Trump", **fields: str) -> Document:
    """A document with one relation, so that its line runs through the middle of the graph."""
    text = f"On Monday, {subject} briefed {object_} on the talks."
    one, other = text.index(subject), text.index(object_, 12 + len(subject))
    return Document(
        id=fields.get("id", "one"),
        text=text,
        entities=(
            Entity("e1", "Person", subject, (Mention(Span(one, one + len(subject))),)),
            Entity("e2", "Person", object_, (Mention(Span(other, other + len(object_))),)),
        ),
        relations=(Relation("briefed", "e1", "e2", "actual", Span(0, len(text))),),
        statements=(Statement("e1", Span(0, 9), "direct", cue="said"),),
    )
