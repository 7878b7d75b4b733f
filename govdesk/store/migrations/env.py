"""Runs the migrations under Alembic; the version in the file's head (SQLite's `user_version`) is the only one that
counts.

Alembic keeps its own in a table; here that is a temporary one, filled before and read after, so that the two can
never disagree and a new file needs no Alembic to be stamped.
"""

from __future__ import annotations

from alembic import context

from govdesk.store.sql import sqlite
from govdesk.store.sql.tables import metadata

_TABLE = "temp.alembic_version"


def run() -> None:
    connection, raw = context.config.attributes["connection"], context.config.attributes["raw"]
    version = sqlite.version_of(raw)
    connection.exec_driver_sql(f"CREATE TABLE {_TABLE} (version_num TEXT NOT NULL)")
    if version:
        connection.exec_driver_sql(f"INSERT INTO {_TABLE} VALUES ('{version}')")
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
    reached = connection.exec_driver_sql(f"SELECT version_num FROM {_TABLE}").scalar_one()
    sqlite.set_version(raw, int(reached))
    connection.exec_driver_sql(f"DROP TABLE {_TABLE}")


run()
