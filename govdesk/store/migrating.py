"""An older file brought up to date by Alembic. Imported only when a file is behind.

Copy, verify the copy, migrate in one transaction: whatever fails, the file is as it was.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config

from govdesk.store import migrations, opening
from govdesk.store.copying import backup
from govdesk.store.core import Database
from govdesk.store.failures import not_migrated


def migrate(connection: sqlite3.Connection, file: Path, target: int) -> Path:
    """Brings the file to version `target`; the path of the copy made before."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    copy = backup(connection, opening.dated(file, f"v{version}"))
    # Rebuilding a table drops the old one, and with foreign keys on that would delete the entries of every draft.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        upgrade(connection, str(target))
    except Exception as error:           # a migration can fail in any way; the clerk needs the same sentence
        raise not_migrated(file, copy, error) from error
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return copy


def upgrade(connection: sqlite3.Connection, revision: str) -> None:
    """Runs the migrations up to a revision in one transaction (`migrations/env.py` does the stamping)."""
    config = Config()
    # From the package: there is no alembic.ini. Alembic reads the scripts as files, so a frozen program carries them
    # as data beside the modules (decision 0004). A % is the start of a variable to Config.
    config.set_main_option("script_location", str(files(migrations)).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with Database(connection).writing() as transaction:
        config.attributes["connection"] = transaction.connection
        command.upgrade(config, revision)
        if transaction.connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise sqlite3.IntegrityError("after the migration an entry has no draft")
