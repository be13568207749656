"""The list of attacks in the README names tests that are there, each at most once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_each_attack_names_a_test_that_is_there() -> None:
    rows = (HERE / "README.md").read_text(encoding="utf-8").partition("## Attacks")[2]
    named = re.findall(r"`(tests/\S+\.py)::(test_\w+)` \|$", rows, re.M)
    assert len(named) == len(set(named)) == rows.count("\n| ") - 1
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test


def test_what_was_found_names_files_that_are_there() -> None:
    found = re.findall(r"`(tests/[\w/]+\.py)`", (HERE / "README.md").read_text(encoding="utf-8"))
    assert len(found) > 5
    for file in found:
        assert (ROOT / file).is_file(), file
