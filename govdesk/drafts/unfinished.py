"""Work on files that was asked for and is not done yet. It is noted beside the drafts while it lasts, so that the next
start can say what the end of the program has cut off."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

UNFINISHED_FILE = "govdesk.unfinished"       # and the number of the process
FileState = list[int] | None                 # of a file: size and moment of its last change; None: there is none


class FileWork(NamedTuple):
    """`what`: in words that “没有完成” can follow (“《…》的导出”); `target`: the file that is written, if any."""

    what: str
    target: Path | None = None


class UnfinishedWork:
    """What one process has under way; may be called from any thread."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder, self._lock = folder, Lock()
        self._works: dict[FileWork, FileState] = {}
        self._file: Path | None = None

    def begin(self, work: FileWork) -> None:
        with self._lock:
            self._works[work] = file_state_of(work.target)
            self._write()

    def over(self, work: FileWork) -> None:
        """It is done, or somebody was told that it is not."""
        with self._lock:
            if self._works.pop(work, self) is not self:
                self._write()

    def _write(self) -> None:
        with suppress(OSError):              # a full disk: the work itself will say so
            if self._file is None:
                self._file = self._folder() / f"{UNFINISHED_FILE}.{os.getpid()}"
            if self._works:
                rows = [[work.what, str(work.target or ""), state] for work, state in self._works.items()]
                self._file.write_text(json.dumps(rows), encoding="utf-8")
            else:
                self._file.unlink(missing_ok=True)
                self._file = None            # the drafts may be moved to another folder


def file_state_of(target: Path | None) -> FileState:
    try:
        found = target.stat() if target else None
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns] if found else None


def take_unfinished(folder: Path) -> list[str]:
    """What runs that are over have left undone, as sentences, each told once. A file that was changed after it was
    noted is whole: it is put in its place in one step."""
    said = []
    for file in sorted(folder.glob(f"{UNFINISHED_FILE}.*")):
        try:
            rows = json.loads(file.read_text(encoding="utf-8"))
            file.unlink()
            said += [_sentence(str(what), str(target), state) for what, target, state in rows
                     if not target or file_state_of(Path(target)) == state]
        except (OSError, ValueError, TypeError):
            continue
    return said


def _sentence(what: str, target: str, state: FileState) -> str:
    if not target:
        return f"上次退出时，{what}没有完成。"
    return f"上次退出时，{what}没有完成，{'旧文件未改动' if state else '没有写出文件'}（{target}）。"
