"""Names the data file and its companions: in use, waiting to replace it, kept aside by date."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from govdesk.store.file import last_save
from govdesk.store.sql.sqlite import COMPANIONS

FILE_NAME = "govdesk.sqlite3"


def companion_of(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def replacement_of(file: Path) -> Path:
    """The name of a whole file that is to take the place of the data file."""
    return companion_of(file, ".new")


def dated_name(file: Path, what: str) -> Path:
    """A name beside a file that says what it is and when, and is not taken."""
    stem = f"{file.stem}.{what}-{datetime.now():%Y%m%d-%H%M%S}"
    names = (file.with_name(f"{stem}{extra}{file.suffix}") for extra in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())


def install_replacement(file: Path, what: str) -> Path:
    """Puts the file that waits under `replacement_of` in the place of the data file, which nobody has open; the name
    under which the latter is kept. At no moment is there neither."""
    kept = dated_name(file, what)
    rename_with_companions(file, kept)
    last_save.forget_saves(file)
    replacement_of(file).replace(file)
    return kept


def rename_with_companions(file: Path, kept: Path) -> None:
    # The log goes first: left beside a new database it would be deleted, and with it the last edits.
    for suffix in (*COMPANIONS, ""):
        part = companion_of(file, suffix)
        if part.exists():
            part.rename(companion_of(kept, suffix))
