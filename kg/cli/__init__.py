"""The command line: every command is a thin call into the Python face."""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper

__all__ = ["main"]


def main() -> None:
    """Run the command line: 0 done, 1 failed, 2 wrong usage, 3 done but for some inputs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        import_module("kg.cli.app").app()
    except KeyboardInterrupt:  # while modules are loaded; the commands see to themselves
        sys.exit(130)
