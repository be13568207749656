"""CPU seconds of starting up: ``kg --help``, ``import kg``, and the bare interpreter.

python tests/bench/startup.py
"""

from __future__ import annotations

import resource
import subprocess
import sys

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import kg": ["-c", "import kg"],
    "kg --help": ["-m", "kg", "--help"],
}


def main() -> None:
    for name, arguments in COMMANDS.items():
        print(f"{name:16}{min(cpu_of(arguments) for _ in range(5)):6.2f} s CPU (best of 5)")


def cpu_of(arguments: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
