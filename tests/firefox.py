"""Firefox without a driver: it is spoken to by WebDriver BiDi, over its own socket."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from itertools import count
from pathlib import Path
from typing import Any, Self

import websocket

PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "ui.prefersReducedMotion": 1,
}
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowRight": "\ue014", "Tab": "\ue004"}


def installed() -> str | None:
    """Return the path of Firefox, if there is one."""
    return next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)


class Firefox:
    """One window of a headless Firefox, with all that it asked for and complained of."""

    def __init__(self, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(installed()), "--headless", "--no-remote", "--profile", str(profile),
                 "--remote-debugging-port", "0", "about:blank"],
                stdout=log, stderr=log,
            )  # fmt: skip
        self.numbers = count(1)
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def __enter__(self) -> Self:
        try:
            self.socket = websocket.create_connection(
                f"{self._address()}/session", timeout=60, suppress_origin=True
            )
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            (first,) = self.send("browsingContext.getTree")["contexts"]
            self.window = first["context"]
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.send("browser.close")
            self.socket.close()
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()

    def _address(self) -> str:
        for _ in range(600):
            said = self.log.read_text(encoding="utf-8", errors="replace")
            if found := re.search(r"listening on (ws://\S+)", said):
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"Firefox does not start: {said[-500:]}")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come in between are kept."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "log.entryAdded":
                self.complaints.append(str(answer["params"]["text"]))
            elif answer.get("method") == "network.beforeRequestSent":
                self.requests.append(answer["params"]["request"]["url"])
            elif answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return dict(answer["result"])

    def open(self, address: str, width: int = 1400, height: int = 900) -> None:
        """Open a page of the product and wait until it is drawn."""
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self.window, viewport=size)
        self.send("browsingContext.navigate", context=self.window, url=address, wait="complete")
        self.until("document.documentElement.dataset.ready === 'true'")

    def run(self, script: str) -> Any:
        """Return the value of an expression."""
        answer = self.send(
            "script.evaluate", expression=script, target={"context": self.window},
            awaitPromise=True, resultOwnership="none",
        )  # fmt: skip
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression holds."""
        for _ in range(300):
            if self.run(script) is True:
                return
            time.sleep(0.05)
        raise AssertionError(f"never comes true: {script}")

    def type(self, *keys: str) -> None:
        """Press keys, one after the other."""
        pressed = [
            {"type": kind, "value": KEYS.get(key, key)}
            for key in keys
            for kind in ("keyDown", "keyUp")
        ]
        self._act({"type": "key", "id": "keys", "actions": pressed})

    def click(self, x: int, y: int) -> None:
        """Move the pointer there and click."""
        self._act(
            {"type": "pointer", "id": "mouse", "actions": [
                {"type": "pointerMove", "x": x - 3, "y": y},
                {"type": "pause", "duration": 60},
                {"type": "pointerMove", "x": x, "y": y},
                {"type": "pause", "duration": 60},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ]}
        )  # fmt: skip

    def _act(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.window, actions=[source])

    def screenshot(self) -> str:
        """Return a picture of the page, as base64 of a PNG."""
        shot = self.send("browsingContext.captureScreenshot", context=self.window)
        return str(shot["data"])
