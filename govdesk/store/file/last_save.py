"""Records which save was the last in a small file beside the data file, written after each save and not synced.

A log (or the file itself) of which the end was cut off looks like one in which nothing more was saved. If the file
beside it knows of a later save, something that was called saved is missing, and the clerk is to hear of it. After a
power cut it may know less than the data file, never more: it is written when the save is on the disk.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from govdesk.store.sql import sqlite

RECORD_BYTES = 48                        # bytes; within one sector, so that it is there whole or not at all


@lru_cache(maxsize=4)                    # asked after each save
def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".last")


def note_save(file: Path, draft_id: int, revision: int) -> None:
    # Always as long and never cut first: a file that is emptied and written again costs some systems a sync.
    line = f"{draft_id} {revision}".encode("ascii").ljust(RECORD_BYTES - 1) + b"\n"
    with suppress(OSError):                  # it is no part of the save
        opened = os.open(_beside(file), os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            os.write(opened, line)
        finally:
            os.close(opened)


def has_saves(file: Path) -> bool:
    """Whether anything was saved into the data file."""
    return _last(file) is not None


def _last(file: Path) -> tuple[int, int] | None:
    """The draft and the revision of the last save; None where the note is not there or makes no sense."""
    try:
        line, end, _ = _beside(file).read_bytes().partition(b"\n")
        draft_id, revision = map(int, line.split() if end else ())
    except (OSError, ValueError):
        return None
    return draft_id, revision


def forget_saves(file: Path) -> None:
    """Another file is to take the place of this one."""
    with suppress(OSError):
        _beside(file).unlink(missing_ok=True)


def is_behind(file: Path, raw: sqlite.Raw) -> bool:
    """Whether the data file lacks a save that was on the disk."""
    last = _last(file)
    if last is None:
        return False
    draft_id, revision = last
    try:
        found = raw.execute("SELECT revision FROM draft WHERE id = ?", (draft_id,)).fetchone()
    except sqlite.OperationalError:         # a file from before drafts had revisions
        return False
    return found is None or (isinstance(found[0], int) and found[0] < revision)


def keep_aside(file: Path, kept: Path) -> str:
    """The file and its log as they are now, copied under the name `kept`; the sentence about it."""
    for suffix in ("", sqlite.LOG, sqlite.JOURNAL):
        part = file.with_name(file.name + suffix)
        if part.exists():
            shutil.copyfile(part, kept.with_name(kept.name + suffix))
    return (f"草稿文件里少了上次已经保存的内容：文件或它的日志的末尾损坏了，或被换成了较旧的文件。"
            f"现在显示的是还能读出的最后状态，请核对最近改过的草稿。原文件已另存为 {kept.name}，"
            "备份在首页的“备份与恢复”中。")
