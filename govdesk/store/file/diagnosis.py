"""Turns an error of the database or the system into a sentence, and decides whether the file is to blame. Reads the
file again where the database takes a failure of reading for damage."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from govdesk.base.errors import StoreError
from govdesk.store.sql import errors, sqlite
from govdesk.store.sql.connection import is_ours
from govdesk.store.sql.errors import LASTING_TROUBLES, Trouble

OPENING_WORD = "打开"
FILE_ERRORS = (sqlite.Error, OSError)     # what the database and the system raise


@contextmanager
def raising_store_errors(doing: str, file: Path) -> Iterator[None]:
    """Turns whatever the database or the system raises into a StoreError; `doing` is OPENING, “读取”, “保存”."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        cause = _cause(error)
        if isinstance(cause, UnicodeError):          # the driver quotes the damage in its message
            raise errors.damaged_error(file) from error
        if not isinstance(cause, FILE_ERRORS):
            raise
        raise _failure(doing, file, cause) from error


@contextmanager
def reading_draft(draft_id: int, file: Path) -> Iterator[None]:
    """One draft that holds what no version wrote is no reason to give up the whole file."""
    try:
        yield
    except ValueError as error:
        raise errors.unreadable_draft_error(draft_id, file) from error


def explain_error(error: Exception) -> str:
    """What the database or the system reports, in the clerk's words."""
    return _reason(_cause(error))[0]


def is_lasting_error(error: Exception) -> bool:
    """Whether a connection that has failed like this may go on failing when the trouble is over: SQLite keeps what it
    found when it opened the index of the log, for example that this could only be read."""
    return _trouble(_cause(error)) in LASTING_TROUBLES


def _cause(error: Exception) -> Exception:
    # SQLAlchemy's errors carry the driver's as `orig`; asking for the attribute spares importing it.
    orig = getattr(error, "orig", None)
    return orig if isinstance(orig, Exception) else error


def _trouble(cause: Exception) -> Trouble | None:
    return sqlite.trouble_of(cause) if isinstance(cause, sqlite.Error) else None


def _failure(doing: str, file: Path, cause: Exception) -> StoreError:
    found = _trouble(cause)
    if found is Trouble.OTHER_SHAPE:
        return errors.damaged_error(file)
    if found is Trouble.DAMAGED:
        if doing == OPENING_WORD or _is_damaged(file):
            return errors.damaged_error(file)
        cause = OSError(errno.EIO, "")       # a page was not given, or given wrong
    return errors.failed_error(doing, file, *_reason(cause))


def _is_damaged(file: Path) -> bool:
    """As it lies on the disk now: SQLite takes some failures of reading for damage."""
    try:
        with closing(sqlite.connect(file, 1.0, mode="ro")) as raw:
            return not (sqlite.is_sound(raw) and is_ours(raw))
    except sqlite.Error as error:
        return sqlite.trouble_of(error) is Trouble.DAMAGED
    except OSError:
        return False


def _reason(cause: Exception) -> tuple[str, str]:
    """Why, and what to do."""
    if isinstance(cause, OSError):
        return errors.reason_of_system(cause)
    if isinstance(cause, sqlite.Error):
        return errors.reason_of_database(sqlite.trouble_of(cause), cause)
    return errors.reason_of_program(cause)
