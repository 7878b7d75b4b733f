"""A whole and verified copy of an open database, by SQLite's own means: right also while somebody writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def backup(connection: sqlite3.Connection, copy: Path) -> Path:
    """The copy gets its name only when it is whole."""
    beside = copy.with_name(copy.name + ".tmp")
    beside.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(beside)) as target:
            connection.backup(target)
            verify(connection, target)
        beside.replace(copy)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return copy


def verify(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    for question in ("PRAGMA user_version", "SELECT count(*) FROM draft", "SELECT count(*) FROM entry"):
        if source.execute(question).fetchone() != copy.execute(question).fetchone():
            raise sqlite3.DataError(f"the copy differs: {question}")
    if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DataError("the copy is not sound")
