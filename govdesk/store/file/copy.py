"""Copies an open database whole and verified, by SQLite's own backup, also while somebody writes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from govdesk.store.sql import sqlite


def copy_database(source: sqlite.Raw, copy: Path) -> Path:
    """The copy gets its name only when it is whole."""
    beside = copy.with_name(copy.name + ".tmp")
    beside.unlink(missing_ok=True)
    try:
        with closing(sqlite.connect(beside, 5.0)) as target:
            sqlite.copy_pages(source, target)
            verify_copy(source, target)
        beside.replace(copy)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return copy


def copy_file(file: Path, copy: Path) -> Path:
    """The same of a file that somebody else may have open."""
    with closing(sqlite.connect(file, 5.0, mode="rw")) as source:
        return copy_database(source, copy)


def verify_copy(source: sqlite.Raw, copy: sqlite.Raw) -> None:
    if sqlite.version_of(source) != sqlite.version_of(copy):
        raise sqlite.Error("the copy differs: version")
    for table in ("draft", "entry"):
        question = f"SELECT count(*) FROM {table}"
        if source.execute(question).fetchone() != copy.execute(question).fetchone():
            raise sqlite.Error(f"the copy differs: {question}")
    if not sqlite.is_sound(copy, thoroughly=True):
        raise sqlite.Error("the copy is not sound")
