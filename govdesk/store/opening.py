"""Opening the file: what it is, whether it is sound, whether it is behind; raw sqlite3 until tables are needed.

A file that is refused is only ever read, through a connection that cannot write: even a look at a damaged database
with leave to write may change it (recovery, a checkpoint on closing).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from govdesk import paths
from govdesk.store import soundness, witness
from govdesk.store.failures import OPENING, damaged, foreign, newer, nothing_left, told
from govdesk.store.kept import as_read

FILE_NAME = "govdesk.sqlite3"
APPLICATION_ID = 0x474F5644              # "GOVD", so that `file` and we can tell our databases
SCHEMA_VERSION = 5                       # PRAGMA user_version; the highest revision in migrations/versions
COMPANIONS = ("-wal", "-shm", "-journal")


def opened(folder: Path, patience: float, tell: Callable[[str], object] = str) -> sqlite3.Connection:
    """A connection to the folder's file, created or migrated if need be. Waits `patience` seconds for a lock. `tell`
    is given a sentence where the file is sound and yet lacks what was saved."""
    file = folder / FILE_NAME
    with told(OPENING, file):
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists() and coming(file).exists():
            witness.forget(file)             # a crash fell between the steps of `change_places`
            coming(file).replace(file)
        version = _examine(file, patience, tell)
        connection = connect(file, patience)
        try:
            _configure(connection, patience, remote=paths.place_of(folder) is not paths.Place.OWN)
            if version < SCHEMA_VERSION:
                _bring_up_to_date(connection, file, version)
        except BaseException:
            connection.close()
            raise
        return connection


def connect(file: Path, patience: float, *, mode: str = "rwc") -> sqlite3.Connection:
    """One connection for whichever thread has the lock of `Drafts`; transactions are begun by hand."""
    place = file.absolute().as_posix()
    # Three slashes before a drive letter, four before a share: what stands between the first two is a host to SQLite.
    address = "file://" + quote(os.fsencode(place if place.startswith("/") else "/" + place))
    connection = sqlite3.connect(f"{address}?mode={mode}", uri=True, timeout=patience, isolation_level=None,
                                 check_same_thread=False)
    connection.text_factory = as_read
    return connection


def set_aside(folder: Path) -> Path:
    """Renames the folder's file with its companions by today's date; the new name."""
    file = folder / FILE_NAME
    kept = dated(file, "bad")
    with told("改名留存", file):
        rename_with_companions(file, kept)
        witness.forget(file)
    return kept


def coming(file: Path) -> Path:
    """The name of a whole file that is to take the place of the data file."""
    return file.with_name(file.name + ".new")


def change_places(file: Path, what: str) -> Path:
    """Puts the file that waits under `coming` in the place of the data file, which nobody has open; the name under
    which the latter is kept. At no moment is there neither."""
    kept = dated(file, what)
    rename_with_companions(file, kept)
    witness.forget(file)
    coming(file).replace(file)
    return kept


def rename_with_companions(file: Path, kept: Path) -> None:
    # The log goes first: left beside a new database it would be deleted, and with it the last edits.
    for suffix in (*COMPANIONS, ""):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))


def dated(file: Path, what: str) -> Path:
    """A name beside a file that says what it is and when, and is not taken."""
    stem = f"{file.stem}.{what}-{datetime.now():%Y%m%d-%H%M%S}"
    names = (file.with_name(f"{stem}{extra}{file.suffix}") for extra in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _examine(file: Path, patience: float, tell: Callable[[str], object]) -> int:
    """The version of a sound file of ours; 0 for one yet to be filled. Everything else is refused."""
    log = file.with_name(file.name + "-wal")
    if (not file.exists() or file.stat().st_size == 0) and log.exists() and log.stat().st_size > 0:
        raise damaged(file)              # SQLite would take it for new and delete the log
    if (not file.exists() or file.stat().st_size == 0) and witness.knows(file):
        raise nothing_left(file)             # nor is it new where something was saved
    if not file.exists():
        return 0
    # Only a connection that may write can roll back what a crash left half done in a rollback journal.
    mode = "rw" if file.with_name(file.name + "-journal").exists() else "ro"
    with closing(connect(file, patience, mode=mode)) as connection:
        version, application_id, tables = connection.execute(
            "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
            " FROM pragma_user_version, pragma_application_id").fetchone()
        if application_id != APPLICATION_ID and (tables or application_id or version):
            raise foreign(file)
        if version > SCHEMA_VERSION:
            raise newer(file)
        whole = soundness.is_sound(connection, soundness.patience(file))
        if whole is False:
            raise damaged(file)
        if version and witness.is_behind(file, connection):
            tell(witness.keep_aside(file, dated(file, "bad")))   # before a connection that may write takes the log over
    if whole:
        soundness.clear(file)
    return int(version)


def is_ours(connection: sqlite3.Connection) -> bool:
    found = connection.execute("PRAGMA application_id").fetchone()[0], connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('draft', 'entry')").fetchone()[0]
    return bool(found == (APPLICATION_ID, 2))


def _configure(connection: sqlite3.Connection, patience: float, *, remote: bool) -> None:
    """FULL: a power cut must not lose a figure that was called saved. No log on a share: its index is shared memory,
    which two machines do not share; nor where a program that synchronises takes one file without the other, or a
    stick is pulled out. There EXTRA: what commits is that a journal is removed, and this too is to be on the disk."""
    wanted = "delete" if remote else "wal"
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
        _change_journal(connection, wanted, time.monotonic() + patience)
    connection.execute(f"PRAGMA synchronous = {'EXTRA' if remote else 'FULL'}")
    connection.execute("PRAGMA foreign_keys = ON")


def _change_journal(connection: sqlite3.Connection, wanted: str, deadline: float) -> None:
    # SQLite does not wait for a lock here, however patient the connection is otherwise.
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {wanted}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _bring_up_to_date(connection: sqlite3.Connection, file: Path, version: int) -> None:
    if version == 0:
        from govdesk.store import core

        core.create_tables(connection, APPLICATION_ID, SCHEMA_VERSION)
        return
    from govdesk.store import migrating

    migrating.migrate(connection, file, SCHEMA_VERSION)
