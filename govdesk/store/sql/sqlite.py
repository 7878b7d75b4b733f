"""Holds everything that only SQLite understands: its driver, settings, codes, checks and copies, and what SQLAlchemy
must be told about it. All other modules of the store would serve another database too.

Imported before the first page, so SQLAlchemy is imported only in the function that needs it.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from govdesk.store.sql.errors import Trouble
from govdesk.store.sql.text_codec import as_read

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection, Engine

Raw = sqlite3.Connection                 # the driver's, below SQLAlchemy's
Error = sqlite3.Error
OperationalError = sqlite3.OperationalError

LOG, JOURNAL = "-wal", "-journal"        # end the names of files beside the data file
COMPANIONS = (LOG, "-shm", JOURNAL)
WRITING_MODE = "writes"                  # the option of SQLAlchemy's engine for transactions that write
PAGES_PER_STEP = 256                     # pages of 4 KiB at a time, where a copy goes in steps
STEP_PAUSE_SECONDS = 0.002               # seconds in which others get the disk

_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.FULL, sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.FORBIDDEN, sqlite3.SQLITE_CANTOPEN: Trouble.CANNOT_OPEN,
    sqlite3.SQLITE_BUSY: Trouble.BUSY, sqlite3.SQLITE_LOCKED: Trouble.LOCKED, sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_PROTOCOL: Trouble.DISK,       # a lock that cannot be taken at all
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED, sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
}


class FileHeader(NamedTuple):
    """What the head of a file says: whose it is and of which version; and how much is in it."""

    version: int
    application: int
    tables: int


def trouble_of(error: Exception) -> Trouble:
    code = _code(error)
    if code == sqlite3.SQLITE_ERROR and str(error).startswith("no such "):
        return Trouble.OTHER_SHAPE
    return _TROUBLES.get(code, Trouble.OTHER)


def _code(error: Exception) -> int:
    """SQLite's kind of error: the low byte of its code, without the variety."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


# -- opening

def connect(file: Path, patience: float, *, mode: str = "rwc") -> Raw:
    """A connection that any thread may use, one at a time, and that begins no transaction by itself. It waits
    `patience` seconds for a lock."""
    place = file.absolute().as_posix()
    # Three slashes before a drive letter, four before a share: what stands between the first two is a host to SQLite.
    address = "file://" + quote(os.fsencode(place if place.startswith("/") else "/" + place))
    raw = sqlite3.connect(f"{address}?mode={mode}", uri=True, timeout=patience, isolation_level=None,
                          check_same_thread=False)
    raw.text_factory = as_read
    return raw


def is_closed(raw: Raw) -> bool:
    try:
        return raw.total_changes < 0
    except sqlite3.ProgrammingError:
        return True


def configure_connection(raw: Raw, patience: float, *, remote: bool) -> None:
    """FULL: a power cut must not lose a figure that was called saved. No log on a share: its index is shared memory,
    which two machines do not share; nor where a program that synchronises takes one file without the other, or a
    stick is pulled out. There EXTRA: what commits is that a journal is removed, and this too is to be on the disk."""
    wanted = "delete" if remote else "wal"
    if _asked(raw, "PRAGMA journal_mode") != wanted:
        _change_journal(raw, wanted, time.monotonic() + patience)
    raw.execute(f"PRAGMA synchronous = {'EXTRA' if remote else 'FULL'}")
    keep_references(raw, on=True)


def _change_journal(raw: Raw, wanted: str, deadline: float) -> None:
    # SQLite does not wait for a lock here, however patient the connection is otherwise.
    while True:
        try:
            raw.execute(f"PRAGMA journal_mode = {wanted}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def keep_references(raw: Raw, *, on: bool) -> None:
    """Whether an entry must have a draft, and goes with it."""
    raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def references_are_whole(raw: Raw) -> bool:
    return raw.execute("PRAGMA foreign_key_check").fetchone() is None


def read_despite_damage(raw: Raw) -> None:
    """A damaged schema is read as far as it goes."""
    raw.execute("PRAGMA writable_schema = ON")


# -- what is in a file

def read_header(raw: Raw) -> FileHeader:
    return FileHeader(*raw.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_user_version, pragma_application_id").fetchone())


def version_of(raw: Raw) -> int:
    return int(_asked(raw, "PRAGMA user_version"))


def set_version(raw: Raw, version: int) -> None:
    raw.execute(f"PRAGMA user_version = {int(version)}")


def set_application(raw: Raw, application: int) -> None:
    raw.execute(f"PRAGMA application_id = {int(application)}")


def has_tables(raw: Raw, *names: str) -> bool:
    marks = ", ".join("?" * len(names))
    return bool(_asked(raw, f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})", *names) == len(names))


def is_sound(raw: Raw, seconds: float | None = None, *, thoroughly: bool = False) -> bool | None:
    """SQLite's own check; None: time ran out. OSError where the disk would not give a page: that is no damage of the
    file."""
    done = threading.Event()
    timer = threading.Thread(target=_interrupt_after, args=(raw, seconds, done), daemon=True)
    if seconds is not None:
        timer.start()
    try:
        found = str(_asked(raw, f"PRAGMA {'integrity' if thoroughly else 'quick'}_check(1)"))
    except sqlite3.DatabaseError as error:
        if _code(error) == sqlite3.SQLITE_INTERRUPT:
            return None
        if trouble_of(error) is Trouble.DAMAGED:
            return False
        raise
    finally:
        done.set()
        if seconds is not None:
            timer.join()                 # an interrupt that comes late would hit what is asked next
    told = re.search(r"error code=(\d+)", found)
    if told and int(told[1]) & 0xFF == sqlite3.SQLITE_IOERR:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return found == "ok"


def _interrupt_after(raw: Raw, seconds: float, done: threading.Event) -> None:
    """Ends what is asked, after a time. Again and again, for an interrupt before it has begun is lost."""
    late = done.wait(seconds)
    while not late:
        raw.interrupt()
        late = done.wait(0.01)


def _asked(raw: Raw, question: str, *values: object) -> Any:
    return raw.execute(question, values).fetchone()[0]


# -- the log and copies

def has_log(raw: Raw) -> bool:
    return bool(_asked(raw, "PRAGMA journal_mode") == "wal")


def fold_log(raw: Raw) -> None:
    """Takes what was saved from the log into the file, as far as nobody reads an older moment, and has it synced."""
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def empty_log(raw: Raw) -> None:
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def hold_moment(raw: Raw) -> None:
    """Whatever others save from now on, this connection reads the database as it is now."""
    raw.execute("BEGIN")
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def disable_sync(raw: Raw) -> None:
    """Nothing is synced; for a file that is synced as a whole when it is done."""
    raw.execute("PRAGMA synchronous = OFF")


def copy_pages(source: Raw, target: Raw, *, in_steps: bool = False) -> None:
    """In one go nothing of it runs in Python, and each step would take Python's lock from the window; but where there
    is no log whoever saves waits for it."""
    if in_steps:
        source.backup(target, pages=PAGES_PER_STEP, progress=lambda *_: time.sleep(STEP_PAUSE_SECONDS))
    else:
        source.backup(target)


# -- SQLAlchemy over a connection

def make_engine(raw: Raw) -> Engine:
    """SQLAlchemy's engine over this one connection, which stays the caller's. The driver begins nothing by itself
    (`connect`), so each transaction is begun here, as SQLAlchemy's documentation of pysqlite says."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    # The pool undoes what is left open when the connection is given back: a commit that was refused, for one.
    made = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that only asks for it at its first write may be refused without waiting.
        writes = connection.get_execution_options().get(WRITING_MODE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made
