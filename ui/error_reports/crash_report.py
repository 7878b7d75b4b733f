"""What a run leaves behind when it ends by itself: versions and tracebacks; nothing of a draft, and nobody's name.

While the program runs one small file is open for it. Python's `faulthandler` writes there when the process dies hard,
and errors that nobody caught are noted there as they happen. An orderly end takes the file away.
"""

from __future__ import annotations

import faulthandler
import os
import platform
import re
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from PySide6 import __version__ as pyside_version

from govdesk import __version__
from govdesk.base import paths

MAX_REPORTS = 5                              # reports of runs that ended by themselves
MAX_REPORT_BYTES = 64 * 1024                 # bytes that one run notes
NOTHING_LEFT_WORDS = "没有留下出错的记录：可能是断电、死机，或被强行结束。"

_QUOTED = re.compile(r'File "([^"]*)"')
_ABSOLUTE = re.compile(r"""(?<![\w.~])(?:[A-Za-z]:)?(?:[\\/][^\\/\s"':*?<>|]+)+[\\/]([^\\/\s"':*?<>|]+)""")
_OURS = ("govdesk", "ui", "site-packages")


def describe_versions() -> str:
    return (f"GovDesk {__version__}\nPython {platform.python_version()} · PySide6 {pyside_version}\n"
            f"{platform.platform()}\n")


def make_error_report(error: BaseException) -> str:
    """Versions, and the error with what led to it."""
    return f"{describe_versions()}\n{describe_error(error)}"


def describe_error(error: BaseException) -> str:
    """Kinds and tracebacks. Never what an error says: its words might quote the draft."""
    return strip_private_paths("\n".join(f"{type(one).__name__}\n{''.join(traceback.format_tb(one.__traceback__))}"
                                         for one in _chain(error)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def strip_private_paths(text: str) -> str:
    """The same without folders that might bear a person's name: of our own files the place in the program stays, of
    others the last name."""
    home = str(Path.home())
    text = _QUOTED.sub(lambda found: f'File "{_short(found[1])}"', text)
    for spelled in {home, home.replace("\\", "/"), home.replace("\\", "\\\\")} - {"/", ""}:
        text = text.replace(spelled, "~")
    return _ABSOLUTE.sub(lambda found: f"…/{found[1]}", text)


def _short(path: str) -> str:
    parts = re.split(r"[\\/]+", path)
    near = parts[-4:]
    at = max((i for i, part in enumerate(near) if part in _OURS), default=len(near) - 1)
    return "/".join(near[at:])


class RunTrace:
    """The file of this run; without one (no right, no room) nothing is noted and nothing else changes."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file, self._room = file, MAX_REPORT_BYTES
        self.note(f"{describe_versions()}打开：{datetime.now():%Y-%m-%d %H:%M:%S}")

    def note(self, words: str) -> None:
        """From any thread."""
        data = f"{words}\n\n".encode(errors="replace")
        if self._file is not None and len(data) <= self._room:
            self._room -= len(data)
            with suppress(OSError, ValueError):
                self._file.write(data)

    def end(self) -> None:
        """The program ends as it should."""
        if self._file is None:
            return
        faulthandler.disable()
        with suppress(OSError):
            self._file.close()
            Path(self._file.name).unlink(missing_ok=True)
        self._file = None


def keep_report(left: Path) -> Path | None:
    """Makes a report of what a run left behind; None where it cannot be written. Older ones go."""
    try:
        said = left.read_text(encoding="utf-8", errors="replace")[:2 * MAX_REPORT_BYTES]
        at = datetime.fromtimestamp(left.stat().st_mtime)
    except OSError:
        said, at = "", datetime.now()
    if "GovDesk" not in said:                # it ended before its first page was settled
        said = f"{describe_versions()}\n{said}"
    traced = any(sign in said for sign in ("\nFatal Python error", "Traceback", "\n  File "))
    more = "" if traced else f"{NOTHING_LEFT_WORDS}\n"
    folder = paths.log_folder()
    report = folder / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        report.write_text(strip_private_paths(f"{said.rstrip()}\n\n{more}"), encoding="utf-8")
        left.unlink(missing_ok=True)
        _tidy(folder)
    except OSError:
        return None
    return report


def _tidy(folder: Path) -> None:
    """The newest reports stay. A file of a run that nobody asked after is of a window that had no folder of its own."""
    for old in sorted(folder.glob("crash-*.txt"))[:-MAX_REPORTS]:
        old.unlink(missing_ok=True)
    runs = sorted(folder.glob("run-*.txt"), key=lambda file: file.stat().st_mtime)
    for old in runs[:-MAX_REPORTS]:
        if old.name != f"run-{os.getpid()}.txt":
            with suppress(OSError):          # open in another window
                old.unlink()
