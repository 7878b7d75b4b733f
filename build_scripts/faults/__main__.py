"""Runs the fault-injection campaign that docs/reliability.md reports on.

    python3 dev.py faults                everything, hours
    python3 dev.py faults kills 20       one part, so often:

    kills           so many times killed at a random moment while a clerk works
    endings         so often ended from outside while a clerk works: Ctrl+C, signals, closing, log-off
    syscall_errors  an error at every so-manieth system call; 1: at each
    disks           a folder that is read-only, gone, full; on a disk of its own where that may be mounted
    power           so many power cuts in each of five scenes, each in five ways
    corrupt_files   so many damaged files, a third of them logs
    two_processes   two programs for so many seconds
    clock           the clock set back and ahead, so many days each
    export_target   an export to a file that is held, gone, read-only, on a full disk; an error at each call
    soak            so many edits; drafts and years in proportion
    imports         so many damaged files of every format that can be imported
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path

DEFAULT_ROUNDS = {"kills": 500, "endings": 300, "syscall_errors": 1, "disks": 1, "power": 200, "corrupt_files": 300,
                  "two_processes": 3600, "clock": 8, "export_target": 1, "soak": 10_000, "imports": 20_000}


def run_part(part: str, often: int, folder: Path) -> list[str]:
    """Prints what was done; everything that was wrong."""
    done, wrong = importlib.import_module(part).campaign(folder, often)
    print(*(f"{what}: {number}" for what, number in sorted(done.items())), sep="\n")
    return list(wrong)


def main(*arguments: str) -> int:
    parts = [word for word in arguments if word in DEFAULT_ROUNDS] or list(DEFAULT_ROUNDS)
    often = next((int(word) for word in arguments if word.isdigit()), None)
    wrong: list[str] = []
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="govdesk-faults-") as folder:
            os.environ["GOVDESK_DATA"] = folder
            print(f"-- {part}", flush=True)
            wrong += run_part(part, often or DEFAULT_ROUNDS[part], Path(folder))
    print(f"{len(wrong)} wrong", *wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(*sys.argv[1:]))
