"""Fuzz targets with atheris, guided by coverage: ``python -m tests.fuzz [TARGET ...]``.

Each target has a process of its own and goes on after a finding, which is kept once for each
place that raised, as a file in ``--findings``. Ends with a table of cases and findings.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

LIBRARIES = ["kg", "protego", "warcio", "feedparser", "docx", "openpyxl"]


def fuzz(name: str, options: list[str], findings: Path) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=LIBRARIES):
        from tests.fuzz.targets import TARGETS

        target = TARGETS[name]()
    seen: set[str] = set()

    def once(data: bytes) -> None:
        try:
            target.run(data)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} {Path(frame.filename).name}:{frame.lineno}"
            if place not in seen:
                seen.add(place)
                digest = hashlib.sha256(data).hexdigest()[:12]
                (findings / f"{name}-{digest}").write_bytes(data)
                told = "".join(traceback.format_exception(error))
                (findings / f"{name}-{digest}.txt").write_text(told, errors="backslashreplace")
                print(f"FINDING {name} {place} {digest}", flush=True)

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(target.seeds):
            Path(corpus, f"seed{number}").write_bytes(seed)
        atheris.Setup(["fuzz", *options, corpus], once)
        atheris.Fuzz()


def main() -> None:
    """Fuzz the targets one after the other."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("targets", nargs="*", metavar="TARGET")
    options.add_argument("--seconds", type=int, default=120, help="for each target")
    options.add_argument("--cases", type=int, default=10**9, help="for each target, at most")
    options.add_argument("--findings", type=Path, default=Path("findings"))
    options.add_argument("--only", help=argparse.SUPPRESS)
    given = options.parse_args()
    given.findings.mkdir(parents=True, exist_ok=True)
    limits = [
        f"-max_total_time={given.seconds}", f"-runs={given.cases}", "-timeout=10",
        "-rss_limit_mb=3000", "-seed=6", "-print_final_stats=1", "-max_len=20000",
        f"-artifact_prefix={given.findings}/",
    ]  # fmt: skip
    if given.only:
        fuzz(given.only, limits, given.findings)
    from tests.fuzz.targets import TARGETS

    total = 0
    for name in given.targets or TARGETS:
        command = [sys.executable, "-m", "tests.fuzz", "--only", name, *sys.argv[1:]]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False
        )
        said = done.stdout + done.stderr
        executed = re.findall(r"number_of_executed_units: (\d+)|Done (\d+) runs|#(\d+)\t", said)
        cases = max((int(n) for numbers in executed for n in numbers if n), default=0)
        found = re.findall(r"^FINDING .*", said, re.M)
        hangs = said.count("ALARM: working on the last Unit") + said.count("ERROR: libFuzzer")
        total += cases
        print(f"| {name} | {cases:,} | {len(found)} | {hangs} |", *found, sep="\n", flush=True)
        if done.returncode and not cases:
            print(said[-2000:], flush=True)
    print(f"| all | {total:,} | | |")


if __name__ == "__main__":
    main()
