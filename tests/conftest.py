"""What the tests share: the sample article, its gold annotation, the pipeline, a browser."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from kg.model import Document
from kg.record import from_json
from tests.warm import commands

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

# The tables of whoever runs the tests are no part of them.
os.environ["KG_HOME"] = tempfile.mkdtemp(prefix="kg-home-")
os.environ["KG_CACHE"] = tempfile.mkdtemp(prefix="kg-cache-")

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_ccfa4a51f35b90bf.txt"

# The same examples each time, so that a green run stays green; `HYPOTHESIS_PROFILE=explore`
# looks for new ones.
settings.register_profile(
    "kg",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "explore", settings.get_profile("kg"), derandomize=False, max_examples=2000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "kg"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def article() -> Document:
    """The sample article, not yet looked at."""
    return Document(id=SEED.stem, text=SEED.read_text(encoding="utf-8"), date="2025-02-17")


@pytest.fixture(scope="session")
def gold_seed() -> Document:
    """The sample article as annotated by hand."""
    return from_json(json.loads((ROOT / "tests/gold/seed.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The default pipeline, its model loaded once."""
    from kg.pipeline import Pipeline

    return Pipeline.default()


@pytest.fixture(scope="session")
def analysed(article: Document, pipeline: Pipeline) -> Document:
    """The sample article with every layer."""
    return pipeline(article)


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a ``kg`` and a kernel of Jupyter that start at once."""
    with commands(tmp_path_factory.mktemp("warm")) as folder:
        yield folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that the page is tested in; `tests/run.sh` installs one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("no chromium, chromium-browser or google-chrome is installed")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name tests after their argument, not after bytes that may hold the time they were made."""
    return argname if isinstance(val, bytes) else None
