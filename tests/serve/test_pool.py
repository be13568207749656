"""Workers that end, fail or cannot be started: others take their place, and a client is told."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from pathlib import Path

import pytest

import kg
from kg.serve import answers, tasks
from kg.serve.pool import Left, NotReady, Pool
from kg.serve.reader import Reader
from kg.serve.settings import Settings
from kg.serve.wire import Answer
from kg.serve.worker import answered
from kg.store import open_store
from tests.serve.conftest import documents

IRI = "https://example.org/one"


async def never() -> None:
    await asyncio.Event().wait()


async def deleted(pool: Pool) -> Answer:
    """What the writer says when it is to take away a graph that there is not."""
    return await pool.ask("delete", gone=never(), seconds=60, iri=IRI)


def test_a_writer_that_cannot_be_started_is_tried_again(tmp_path: Path) -> None:
    kg.build(*documents(), out=tmp_path / "g").close()

    async def story() -> None:
        pool = Pool(Settings(tmp_path / "g"), 1, write=True)
        try:
            assert (await pool.start()).status == 200
            assert (await deleted(pool)).status == 404
            (worker,) = pool._all
            worker.kill()
            await worker.wait()
            with open_store(tmp_path / "g" / "store"):
                for _ in range(2):  # who waits for a worker is told, and who comes after
                    with pytest.raises(NotReady) as told:
                        await deleted(pool)
                    assert told.value.answer.status == 503
                    assert b"another process" in told.value.answer.body
            async with asyncio.timeout(60):
                while True:
                    try:
                        assert (await deleted(pool)).status == 404
                        break
                    except NotReady:
                        await asyncio.sleep(0.05)
            assert len(pool._all) == 1
        finally:
            await pool.close()
        assert not pool._all

    asyncio.run(story())


def test_what_cannot_be_started_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(folder / "nothing"))

    async def story() -> None:
        pool = Pool(Settings(folder), 2)
        said = await pool.start()
        assert (said.status, b"No such file" in said.body) == (503, True)
        await pool.close()

    asyncio.run(story())


def test_who_is_cancelled_or_leaves_keeps_no_worker(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(worker: Process) -> None:
        raise ProcessLookupError

    async def story() -> None:
        pool = Pool(Settings(folder), 1)
        try:
            await pool.start()
            asking = asyncio.create_task(
                pool.ask("documents", gone=never(), seconds=60, name="", limit=9, offset=0)
            )
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking

            async def listed() -> Answer:
                given = {"name": "", "limit": 9, "offset": 0, "generation": 0}
                return await pool.ask("documents", gone=never(), seconds=60, **given)

            assert (await listed()).status == 200
            (second,) = pool._all
            with monkeypatch.context() as patched:
                patched.setattr(Process, "kill", gone)
                with pytest.raises(Left):
                    await pool.ask("page", gone=asyncio.sleep(0), seconds=60, generation=0)
            second._transport.kill()  # type: ignore[attr-defined]
            assert (await listed()).status == 200
            assert second not in pool._all
        finally:
            await pool.close()

    asyncio.run(story())


def test_a_defect_is_written_where_the_server_writes(capfd: pytest.CaptureFixture[str]) -> None:
    def broken(body: bytes) -> Answer:
        return Answer.json({}[body])  # type: ignore[misc]

    said = answered(broken, b"nothing", {}, lambda: None)
    assert (said.status, b"KeyError" in said.body, b"Traceback" in said.body) == (500, True, False)
    assert "in broken" in capfd.readouterr().err


@pytest.mark.parametrize("iri", ["", "https://example.org/kg/document/talks"])
def test_a_graph_that_is_too_large_is_not_sent(
    folder: Path, monkeypatch: pytest.MonkeyPatch, iri: str
) -> None:
    reader = Reader(folder, Settings(folder).base)
    if iri:
        iri = reader.store().graphs()[0]
    graph = tasks.tasks(reader)["graph"]
    asked = {"iri": iri, "accept": "text/turtle", "generation": 0}
    assert graph(b"", **asked).status == 200
    for module in (answers, tasks):
        monkeypatch.setattr(module, "LARGEST_ANSWER", 1000)
    refused = graph(b"", **asked)
    assert (refused.status, b"kg export" in refused.body) == (413, True)
    every = answers.Wanted("text/turtle", 10**9)
    cut = answers.answer(reader.store(), "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", every)
    assert cut.headers["KG-Truncated"].startswith("triples=")
