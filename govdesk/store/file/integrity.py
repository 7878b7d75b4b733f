"""Checks whether a data file is sound: when it is opened and on leaving, a large file within a time limit.

A file that was found bad is marked by an empty file beside it. Then the next opening looks at all of it, however long
that takes, and what can be read or a copy takes its place.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from govdesk.store.sql import sqlite

LARGE_BYTES = 64 * 2**20                 # bytes; a smaller one is read in a moment
AT_OPENING, ON_LEAVING = 0.5, 2.0        # seconds for a large one


def opening_check_seconds(file: Path) -> float | None:
    """Seconds that opening may take over it; None: as long as it takes."""
    return AT_OPENING if is_large(file) and not is_suspect(file) else None


def is_large(file: Path) -> bool:
    with suppress(OSError):
        return file.stat().st_size > LARGE_BYTES
    return False


def check_file(file: Path, seconds: float | None = None) -> bool | None:
    """Whether it is sound, asked by a connection of its own, beside whoever works on the file; a bad file is marked.
    None: time ran out, or it cannot be read just now, which is told by whoever needs it."""
    try:
        with closing(sqlite.connect(file, 1.0, mode="ro")) as raw:
            found = sqlite.is_sound(raw, seconds)
    except (OSError, sqlite.Error):
        return None
    if found is False:
        with suppress(OSError):
            _mark(file).touch()
    return found


def is_suspect(file: Path) -> bool:
    return _mark(file).exists()


def clear_suspicion(file: Path) -> None:
    """It was looked at as a whole, and is sound."""
    with suppress(OSError):
        _mark(file).unlink(missing_ok=True)


def _mark(file: Path) -> Path:
    return file.with_name(file.name + ".suspect")
