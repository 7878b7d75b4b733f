"""Compiles and controls the small library (preload.c) that stands between the program and the C library.

A campaign that needs it runs in a process of its own, started with the library; rounds are forked from that process.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("preload.c")
BELOW, HERE = "FAULTS_BELOW", "LD_PRELOAD"


class SystemCall(IntEnum):
    """A kind of system call, as the library counts them."""

    OPEN = 0
    READ = 1
    WRITE = 2
    FSYNC = 3
    TRUNCATE = 4
    RENAME = 5
    UNLINK = 6
    MKDIR = 7
    MMAP = 8
    LINK = 9
    LOCK = 10


def explain_lacking() -> str:
    """Why the library cannot be had here; “” where it can."""
    if not sys.platform.startswith("linux"):
        return "no errors can be injected: this is done with LD_PRELOAD, on Linux"
    return "" if shutil.which("gcc") else "no errors can be injected: there is no gcc to compile the library with"


def run_with_library(script: str, folder: Path, *arguments: object) -> int:
    """Runs a script of this folder with the library, which watches what is below `folder`; its exit code."""
    library = folder / "preload.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl", "-lpthread"], check=True)
    watched = folder / "watched"
    watched.mkdir(exist_ok=True)
    root = str(Path(__file__).resolve().parents[2])
    settings = os.environ | {"PYTHONPATH": root, HERE: str(library), BELOW: str(watched),
                             "GOVDESK_DATA": str(watched / "data")}
    words = [sys.executable, "-u", str(Path(__file__).with_name(script)), str(folder), *map(str, arguments)]
    return subprocess.run(words, env=settings, check=False).returncode


class Faults:
    """The library in this very process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.faults_seen.restype = self._library.faults_hit.restype = ctypes.c_long
        self._library.faults_of_kind.restype = ctypes.c_long
        self._library.faults_what.restype = ctypes.c_char_p
        self._library.faults_clock.argtypes = [ctypes.c_double]
        self._library.faults_arm.argtypes = [ctypes.c_uint, ctypes.c_long, ctypes.c_long, ctypes.c_int, ctypes.c_int]
        self._library.faults_mark.argtypes = [ctypes.c_char_p]

    def arm(self, kinds: tuple[SystemCall, ...], first: int, last: int, error: int, *, torn: bool = False) -> None:
        """From here on the calls number `first` to `last` of these kinds fail, counted from 0; -1: none does. `torn`:
        a write that fails has written the half."""
        self._library.faults_arm(sum(1 << kind for kind in kinds), first, last, error, torn)

    def heal(self) -> None:
        """No call fails any more."""
        self._library.faults_heal()

    @property
    def seen(self) -> int:
        return int(self._library.faults_seen())

    @property
    def hit(self) -> int:
        """How many calls have failed."""
        return int(self._library.faults_hit())

    @property
    def what(self) -> str:
        """The call that failed first: its kind and the file, below the folder."""
        kind, _, name = self._library.faults_what().decode("utf-8", "replace").partition(" ")
        return f"{SystemCall(int(kind)).name} {name}" if kind else ""

    def by_kind(self) -> dict[str, int]:
        return {kind.name: int(self._library.faults_of_kind(kind)) for kind in SystemCall}

    def clock(self, seconds: float) -> None:
        """The clock is wrong by so much, and so are the dates of files that are written."""
        self._library.faults_clock(seconds)

    def trace(self, descriptor: int) -> None:
        self._library.faults_trace(descriptor)

    def mark(self, words: str) -> None:
        """A word among the writes that are recorded."""
        self._library.faults_mark(words.encode())
