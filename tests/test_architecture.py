"""The house rules that a machine can check: layers, imports, sizes, errors, docstrings."""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import pkgutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest

import kg
from kg.errors import KGError

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = sorted((ROOT / "kg").rglob("*.py"))
OURS = [
    file
    for pattern in ("*.py", "*.js", "*.css", "*.html")
    for file in sorted((ROOT / "kg").rglob(pattern))
]
HEAVY = ("spacy", "rdflib", "networkx", "pyvis", "pyoxigraph", "pyshacl", "pandas", "rich", "typer")
CAP = 400


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(kg.__path__, "kg."):
        if found.name != "kg.__main__":  # importing it runs the command
            yield importlib.import_module(found.name)


def imported(file: Path) -> set[str]:
    """Top-level names of everything a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"kg"}


def imported_from(file: Path, start: str) -> set[str]:
    """Full names of the modules of ours that a file imports from, which begin so."""
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    named = (node.module or "" for node in found if isinstance(node, ast.ImportFrom))
    return {name for name in named if name.startswith(start)}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_go_one_way_and_every_module_has_its_place() -> None:
    linted = run(str(Path(sys.executable).with_name("lint-imports")), "--no-logo")
    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert "0 broken" in linted.stdout


def test_readers_of_one_folder_know_nothing_of_those_of_another() -> None:
    """What they share stands in kg/read itself; an entry of a feed has an address of the web."""
    folders = {"archives", "mail", "pages", "paper", "tables", "web"}
    for file in sorted((ROOT / "kg" / "read").glob("*/*.py")):
        for module in imported_from(file, "kg.read."):
            other = module.split(".")[2]
            if module != "kg.read.web.addresses" and other != file.parent.name:
                assert other not in folders, f"{relative(file)} imports {module}"


def test_every_third_party_import_is_declared_and_known_to_the_contracts() -> None:
    foundations = next(
        contract
        for contract in PROJECT["tool"]["importlinter"]["contracts"]
        if "standard library" in contract["name"]
    )
    needed = PROJECT["project"]["dependencies"]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        needed = [*needed, *extra]
    declared = {canonical(requirement) for requirement in needed}
    distributions = packages_distributions()
    for file in SOURCES:
        for name in imported(file):
            providers = {canonical(provider) for provider in distributions.get(name, [name])}
            assert providers & declared, f"{relative(file)} imports {name}, not in pyproject.toml"
            assert name in foundations["forbidden_modules"], f"{name} is in no contract"


def canonical(requirement: str) -> str:
    name = requirement
    for end in "<>=!~[; ":
        name = name.partition(end)[0]
    return name.lower().replace("_", "-")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import kg, sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = run(sys.executable, "-c", code)
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []


def test_using_the_types_loads_nothing_heavy() -> None:
    """Documents, records and the lexicon are for programs that never parse a text."""
    code = (
        "import kg.model, kg.record, kg.relations, kg.errors, sys; kg.relations.shipped(); "
        f"print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    assert run(sys.executable, "-c", code).stdout.split() == []


@pytest.mark.parametrize("file", OURS, ids=relative)
def test_no_file_is_longer_than_the_cap(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").count("\n")
    assert lines <= CAP


def test_the_public_names_are_sorted_and_exist() -> None:
    assert list(kg.__all__) == sorted(kg.__all__)
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert set(kg.__all__) <= set(dir(kg))


def errors(kind: type[KGError] = KGError) -> Iterator[type[KGError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from errors(child)


EXAMPLES: dict[type, object] = {str: "brefed", int: 3, tuple[str, ...]: ("briefed", "visited")}


def example_of(kind: type[KGError]) -> KGError:
    """Build an error with one value for each parameter of its constructor."""
    if kind.__init__ is Exception.__init__ or kind.__init__ is KGError.__init__:
        return kind("one clear sentence")
    hints = get_type_hints(kind.__init__)
    values = []
    for name in list(inspect.signature(kind).parameters):
        plain = hints[name] if hints[name] in EXAMPLES else (hints[name].__args__[0])
        values.append(EXAMPLES[plain])
    return kind(*values)


@pytest.mark.parametrize("kind", list(errors()), ids=lambda kind: kind.__name__)
def test_every_error_survives_pickling_with_its_sentence(kind: type[KGError]) -> None:
    before = example_of(kind)
    after = pickle.loads(pickle.dumps(before))
    assert type(after) is kind
    assert str(after) == str(before) != ""
    assert vars(after) == vars(before)


def public(owner: ModuleType | type) -> Iterator[tuple[str, object]]:
    """Yield what a reader of the documentation sees: classes, functions, methods, properties."""
    where = (
        owner.__name__ if isinstance(owner, ModuleType) else f"{owner.__module__}.{owner.__name__}"
    )
    for name, member in vars(owner).items():
        if name.startswith("_"):
            continue
        value = inspect.unwrap(member) if callable(member) else member
        if isinstance(owner, ModuleType) and getattr(value, "__module__", None) != owner.__name__:
            continue
        if inspect.isclass(value):
            yield f"{where}.{name}", value
            yield from public(value)
        elif inspect.isfunction(value) or isinstance(value, property | classmethod | staticmethod):
            yield f"{where}.{name}", value


def test_everything_public_has_a_docstring() -> None:
    missing = []
    for module in modules():
        if not module.__doc__:
            missing.append(module.__name__)
        missing += [name for name, value in public(module) if not inspect.getdoc(value)]
    assert missing == []
