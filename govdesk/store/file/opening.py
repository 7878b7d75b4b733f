"""Opens the data file: checks what it is, whether it is sound, whether it must be migrated. SQLAlchemy
is not imported.

A file that is refused is only ever read, through a connection that cannot write: even a look at a damaged database
with leave to write may change it (recovery, a checkpoint on closing).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from govdesk.base import paths
from govdesk.store.file import file_names, integrity, last_save
from govdesk.store.file.diagnosis import OPENING_WORD, raising_store_errors
from govdesk.store.file.file_names import FILE_NAME, companion_of, dated_name, replacement_of
from govdesk.store.sql import errors, sqlite
from govdesk.store.sql.connection import APPLICATION_ID, SCHEMA_VERSION, Database


def open_database(folder: Path, patience: float, tell: Callable[[str], object] = str) -> Database:
    """The folder's database, created or migrated if need be. Waits `patience` seconds for a lock. `tell` is given a
    sentence where the file is sound and yet lacks what was saved."""
    file = folder / FILE_NAME
    with raising_store_errors(OPENING_WORD, file):
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists() and replacement_of(file).exists():
            last_save.forget_saves(file)     # a crash fell between the steps of `install_replacement`
            replacement_of(file).replace(file)
        version = _examine(file, patience, tell)
        database = Database(sqlite.connect(file, patience))
        try:
            sqlite.configure_connection(database.raw, patience, remote=paths.kind_of_folder(folder) is
                                        not paths.FolderKind.OWN)
            if version < SCHEMA_VERSION:
                _bring_up_to_date(database, file, version)
        except BaseException:
            database.close()
            raise
        return database


def set_file_aside(folder: Path) -> Path:
    """Renames the folder's file with its companions by today's date; the new name."""
    file = folder / FILE_NAME
    kept = dated_name(file, "bad")
    with raising_store_errors("改名留存", file):
        file_names.rename_with_companions(file, kept)
        last_save.forget_saves(file)
    return kept


def _examine(file: Path, patience: float, tell: Callable[[str], object]) -> int:
    """The version of a sound file of ours; 0 for one yet to be filled. Everything else is refused."""
    log = companion_of(file, sqlite.LOG)
    if (not file.exists() or file.stat().st_size == 0) and log.exists() and log.stat().st_size > 0:
        raise errors.damaged_error(file)  # SQLite would take it for new and delete the log
    if (not file.exists() or file.stat().st_size == 0) and last_save.has_saves(file):
        raise errors.nothing_left_error(file, there=file.exists())  # nor is it new where something was saved
    if not file.exists():
        return 0
    # Only a connection that may write can roll back what a crash left half done in a rollback journal.
    mode = "rw" if companion_of(file, sqlite.JOURNAL).exists() else "ro"
    with closing(sqlite.connect(file, patience, mode=mode)) as raw:
        stamp = sqlite.read_header(raw)
        if stamp.application != APPLICATION_ID and (stamp.tables or stamp.application or stamp.version):
            raise errors.foreign_error(file)
        if stamp.version > SCHEMA_VERSION:
            raise errors.newer_error(file)
        whole = sqlite.is_sound(raw, integrity.opening_check_seconds(file))
        if whole is False:
            raise errors.damaged_error(file)
        if stamp.version and last_save.is_behind(file, raw):
            # before a connection that may write takes the log over
            tell(last_save.keep_aside(file, dated_name(file, "bad")))
    if whole:
        integrity.clear_suspicion(file)
    return stamp.version


def _bring_up_to_date(database: Database, file: Path, version: int) -> None:
    if version == 0:
        _create_tables(database)
        return
    from govdesk.store.file import migrate

    migrate.migrate_file(database, file, SCHEMA_VERSION)


def _create_tables(database: Database) -> None:
    """Tables and stamps in one transaction; harmless when another process was faster."""
    from govdesk.store.sql.tables import metadata

    with database.begin() as connection:
        metadata.create_all(connection)
        sqlite.set_application(database.raw, APPLICATION_ID)
        sqlite.set_version(database.raw, SCHEMA_VERSION)
