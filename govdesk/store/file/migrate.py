"""Migrates an older file with Alembic; imported only when a file is behind.

Copy, verify the copy, migrate in one transaction: whatever fails, the file is as it was.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config

from govdesk.store import migrations
from govdesk.store.file.copy import copy_database
from govdesk.store.file.diagnosis import explain_error
from govdesk.store.file.file_names import dated_name
from govdesk.store.sql import sqlite
from govdesk.store.sql.connection import Database
from govdesk.store.sql.errors import not_migrated_error


def migrate_file(database: Database, file: Path, target: int) -> Path:
    """Brings the file to version `target`; the path of the copy made before."""
    copy = copy_database(database.raw, dated_name(file, f"v{sqlite.version_of(database.raw)}"))
    # Rebuilding a table drops the old one, and with references kept that would delete the entries of every draft.
    sqlite.keep_references(database.raw, on=False)
    try:
        run_migrations(database, str(target))
    except Exception as error:           # a migration can fail in any way; the clerk needs the same sentence
        raise not_migrated_error(file, copy, explain_error(error)) from error
    finally:
        sqlite.keep_references(database.raw, on=True)
    return copy


def run_migrations(database: Database, revision: str) -> None:
    """Runs the migrations up to a revision in one transaction (`migrations/env.py` does the stamping)."""
    config = Config()
    # From the package: there is no alembic.ini. Alembic reads the scripts as files, so a frozen program carries them
    # as data beside the modules (decision 0004). A % is the start of a variable to Config.
    config.set_main_option("script_location", str(files(migrations)).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with database.begin() as connection:
        config.attributes.update(connection=connection, raw=database.raw)
        command.upgrade(config, revision)
        if not sqlite.references_are_whole(database.raw):
            raise sqlite.Error("after the migration an entry has no draft")
