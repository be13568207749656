"""A pipeline for tests of runners: a document's first word says what happens to it."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StageError
from kg.model import Document, Span, Token


@dataclass(frozen=True)
class Script:
    """Does what the text says, and notes each start as a line "id pid" in ``folder/starts``."""

    folder: Path
    ballast: str = ""

    def __call__(self, document: Document) -> Document:
        with (self.folder / "starts").open("a") as starts:
            starts.write(f"{document.id} {os.getpid()}\n")
        word, _, rest = document.text.partition(" ")
        if word == "kill" or (word == "kill-once" and self._first(document.id)):
            os.kill(os.getpid(), signal.SIGKILL)
        elif word == "exit":
            os._exit(7)
        elif word == "hang" or (word == "hang-once" and self._first(document.id)):
            while True:
                time.sleep(1)
        elif word == "stuck":  # in C code that holds the interpreter: no other thread runs
            re.fullmatch(r"(a|a)*b", "a" * 60)
        elif word == "raise":
            raise ZeroDivisionError(rest)
        elif word == "stage":
            raise StageError("clauses", document.id, "no root")
        elif word == "odd":
            return None  # type: ignore[return-value]  # as a faulty pipeline of a user's would
        elif word == "wait":
            time.sleep(float(rest))
        elif word == "home":
            return document.but(date=os.environ.get("KG_HOME"))
        token = Token(Span(0, 1), document.text[0], "x", "X", "X", "dep", 0, 0)
        return document.but(date="2025-02-17", tokens=(token,))

    def starts(self) -> list[tuple[str, int]]:
        """Return the ids of the documents begun, with the process each was begun in."""
        lines = (self.folder / "starts").read_text().splitlines()
        return [(name, int(pid)) for name, pid in map(str.split, lines)]

    def _first(self, name: str) -> bool:
        try:
            (self.folder / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
