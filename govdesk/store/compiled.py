"""A statement of SQLAlchemy Core as the text and the values that sqlite3 takes, worked out once.

For the few statements of a save: Core looks up at each execution what it has compiled, and makes objects for a result,
which takes longer than SQLite takes to run them. What the tables are is still said in `tables` alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from sqlalchemy import ClauseElement
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from govdesk.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_DIALECT = sqlite.dialect(paramstyle="qmark")


class Statement:
    def __init__(self, statement: ClauseElement, keys: Iterable[str] = ()) -> None:
        """`keys`: the columns that are given values, where the statement itself does not say which."""
        made = statement.compile(dialect=_DIALECT, column_keys=list(keys) or None)
        assert isinstance(made, SQLCompiler)
        self.text = str(made)
        self._values = [(name, made.params[name], made.binds[name].type.bind_processor(_DIALECT))
                        for name in made.positiontup or ()]

    def run(self, raw: sqlite3.Connection, row: Mapping[str, Any]) -> sqlite3.Cursor:
        return raw.execute(self.text, self._in_order(row))

    def run_each(self, raw: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        raw.executemany(self.text, map(self._in_order, rows))

    def _in_order(self, row: Mapping[str, Any]) -> list[Any]:
        """The values as they are kept, in the order in which the text has them; its constants among them."""
        found = ((row.get(name, constant), kept) for name, constant, kept in self._values)
        return [kept(value) if kept else value for value, kept in found]
