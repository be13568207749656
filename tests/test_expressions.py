"""No regular expression explodes: strings that lead it astray cost time that is bounded.

All are tried in a process of their own, with a bad one among them, which must be found.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.expressions import BOUNDED

TRIED = """
import json, re
import kg.display
from tests.expressions import collected, explosions
kg.display._BAD = re.compile("(?:a+)+b")
print(json.dumps([list(collected().values()), list(explosions(600, 0.1))]))
"""


@pytest.fixture(scope="module")
def tried() -> tuple[set[str], dict[str, str]]:
    """Return where expressions stand, and which take too long, with what.

    A tenth of a second of the processor's time for 600 characters: a thousand times what most need.
    """
    done = subprocess.run([sys.executable, "-c", TRIED], capture_output=True, check=True)
    places, found = json.loads(done.stdout)
    return set(places), {place: at for place, _, at in (one.partition("\t") for one in found)}


def test_no_expression_explodes(tried: tuple[set[str], dict[str, str]]) -> None:
    unbounded = {place: at for place, at in tried[1].items() if place not in BOUNDED}
    assert list(unbounded) == ["kg.display._BAD"]
    assert unbounded["kg.display._BAD"].startswith("search at 'aaaa")


def test_expressions_are_found_wherever_they_stand(tried: tuple[set[str], dict[str, str]]) -> None:
    assert set(BOUNDED) <= tried[0]
    assert {"kg.read.kinds._MAIL", "kg.annotate.credits._openings"} <= tried[0]
    assert len(tried[0]) > 200
