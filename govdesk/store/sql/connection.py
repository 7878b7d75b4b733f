"""Holds the open database and its transactions, all of which begin and end here.

Statements are SQLAlchemy's and run through its engine, which keeps what it has compiled. The list of drafts alone is
read without it (`Database.ask`): importing SQLAlchemy costs more than the first page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from govdesk.store.sql import sqlite

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x474F5644              # "GOVD", so that `file` and we can tell our databases
SCHEMA_VERSION = 6                       # the highest revision in migrations/versions


class Database:
    """One connection. Any thread may use it, one at a time; whoever shares it sees to that."""

    def __init__(self, raw: sqlite.Raw) -> None:
        self.raw = raw

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """All of it is on the disk when the block is left, or nothing."""
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One moment of the database, without waiting for writers."""
        with self._engine.connect() as connection:
            yield connection

    def ask(self, question: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows of one reading in plain SQL, without SQLAlchemy."""
        return self.raw.execute(question, values).fetchall()

    def warm_up(self) -> None:
        """Imports SQLAlchemy, and lets it look at the database for the first time."""
        self._engine.connect().close()

    def close(self) -> None:
        self.raw.close()

    @cached_property
    def _engine(self) -> Engine:
        return sqlite.make_engine(self.raw)

    @cached_property
    def _writer(self) -> Engine:
        """The same engine; its transactions take the lock of writers at once."""
        return self._engine.execution_options(**{sqlite.WRITING_MODE: True})


def is_ours(raw: sqlite.Raw) -> bool:
    return sqlite.read_header(raw).application == APPLICATION_ID and sqlite.has_tables(raw, "draft", "entry")
