"""Whether a data file is whole: asked as it is opened and on leaving, on a large file within a time.

A file that was found bad is marked by an empty file beside it. Then the next opening looks at all of it, however long
that takes, and what can be read or a copy takes its place.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

LARGE = 64 * 2**20                       # bytes; a smaller one is read in a moment
AT_OPENING, ON_LEAVING = 0.5, 2.0        # seconds for a large one


def is_sound(connection: sqlite3.Connection, seconds: float | None = None, *, thoroughly: bool = False) -> bool | None:
    """SQLite's own check; None: time ran out. OSError where the disk would not give a page: that is no damage of the
    file."""
    timer = threading.Timer(seconds, connection.interrupt) if seconds is not None else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        found = str(connection.execute(f"PRAGMA {'integrity' if thoroughly else 'quick'}_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
        if code == sqlite3.SQLITE_INTERRUPT:
            return None
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise
    finally:
        if timer:
            timer.cancel()
            timer.join()                 # an interrupt that comes late would hit what is asked next
    told = re.search(r"error code=(\d+)", found)
    if told and int(told[1]) & 0xFF == sqlite3.SQLITE_IOERR:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return found == "ok"


def patience(file: Path) -> float | None:
    """Seconds that opening may take over it; None: as long as it takes."""
    return AT_OPENING if is_large(file) and not is_suspect(file) else None


def is_large(file: Path) -> bool:
    with suppress(OSError):
        return file.stat().st_size > LARGE
    return False


def check(file: Path, seconds: float | None = None) -> bool | None:
    """The same by a connection of its own, beside whoever works on the file; a bad file is marked. None also where it
    cannot be read just now: that is told by whoever needs it."""
    from govdesk.store import opening

    try:
        with closing(opening.connect(file, 1.0, mode="ro")) as connection:
            found = is_sound(connection, seconds)
    except (OSError, sqlite3.Error):
        return None
    if found is False:
        with suppress(OSError):
            _mark(file).touch()
    return found


def is_suspect(file: Path) -> bool:
    return _mark(file).exists()


def clear(file: Path) -> None:
    """It was looked at as a whole, and is sound."""
    with suppress(OSError):
        _mark(file).unlink(missing_ok=True)


def _mark(file: Path) -> Path:
    return file.with_name(file.name + ".suspect")
