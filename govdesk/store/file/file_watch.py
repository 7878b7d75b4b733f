"""Checks before each write that the database path still leads to the open file, and puts that file back
where the path leads nowhere.

An open file that is deleted, moved or replaced goes on taking writes, and what is written is lost on closing. SQLite
looks for this only without a log. (Windows lets nobody delete or move an open database; a share may.)
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from govdesk.store.file import opening
from govdesk.store.file.copy import copy_database
from govdesk.store.file.diagnosis import is_lasting_error
from govdesk.store.file.file_names import companion_of, dated_name
from govdesk.store.sql import sqlite
from govdesk.store.sql.connection import Database
from govdesk.store.sql.errors import replaced_error, vanished_error


class PathIdentity(NamedTuple):
    """What a path led to: the device of the folder, and device and inode of the file; None where it is gone."""

    disk: int | None
    file: tuple[int, int] | None


def identity_of(file: Path) -> PathIdentity:
    disk, found = _stat(file.parent), _stat(file)
    return PathIdentity(disk.st_dev if disk else None, (found.st_dev, found.st_ino) if found else None)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


class WatchedDatabase:
    """The open database, held against the path before each write."""

    def __init__(self, database: Database, file: Path, patience: float) -> None:
        self._database: Database | None = database
        self.file = file
        self._patience, self._place, self._missed = patience, identity_of(file), False
        self._doubted = False                    # the connection has failed in a way that may last
        self._ended = False

    @property
    def database(self) -> Database:
        if self._database is None:               # given up, and not to be had again until now
            self._database = opening.open_database(self.file.parent, self._patience)
        return self._database

    def stay(self) -> None:
        """Raises StoreError where the path does not lead to the open file. A file that is gone is put back when
        this is asked a second time (a share, or a program that synchronises, may do so at once); a connection that is
        doubted is made anew.
        """
        found = identity_of(self.file)
        if found.file == self._place.file:
            self._missed = False
            self._renew()
            return
        if found.file is not None:
            raise replaced_error(self.file)
        if not self._missed:
            self._missed = True
            raise vanished_error(self.file)
        self._put_back()

    def doubt(self, error: Exception) -> None:
        """Takes note of a failure: the connection is made anew before the next write if this one may last. SQLAlchemy
        closes a connection that cannot even undo what it had begun."""
        lost = not self._ended and self._database is not None and sqlite.is_closed(self._database.raw)
        self._doubted = self._doubted or lost or is_lasting_error(error)

    def _renew(self) -> None:
        if not self._doubted:
            return
        if self._database is not None:           # first: what SQLite found amiss it keeps until the last one is closed
            self._database.close()
        self._database = None                    # also where it cannot be had again just now
        self._database = opening.open_database(self.file.parent, self._patience)
        self._doubted = False

    def close(self) -> None:
        self._ended = True
        if self._database is None:
            return
        with suppress(OSError):
            if identity_of(self.file) != self._place:
                self._empty_log()
        self._database.close()

    def _put_back(self) -> None:
        folder = self.file.parent
        folder.mkdir(exist_ok=True)
        if identity_of(self.file).disk != self._place.disk:
            raise vanished_error(self.file)      # another disk is mounted there now, or none
        copy = copy_database(self.database.raw, dated_name(self.file, "back"))
        for suffix in sqlite.COMPANIONS:         # what they held is in the copy, and a new file must not take them up
            companion_of(self.file, suffix).unlink(missing_ok=True)
        _name(copy, self.file)
        fresh = opening.open_database(folder, self._patience)
        self._empty_log()
        self.database.close()
        self._database, self._place, self._missed = fresh, identity_of(self.file), False

    def _empty_log(self) -> None:
        """A file that was moved is whole where it is now: SQLite leaves its log unread when it closes such a file."""
        with suppress(sqlite.Error):
            sqlite.empty_log(self.database.raw)


def _name(copy: Path, file: Path) -> None:
    try:
        os.link(copy, file)                      # never over what another process put there meanwhile
    except FileExistsError:
        copy.unlink()
        raise replaced_error(file) from None
    except OSError:                              # no links on this disk
        copy.rename(file)
    else:
        copy.unlink()
