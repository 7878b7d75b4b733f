"""The statements are SQLAlchemy's, and another database than SQLite understands them too."""

from __future__ import annotations

from types import ModuleType

import pytest
from sqlalchemy import ClauseElement, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.base import Executable

from govdesk.store import core, drafts, past
from govdesk.store.tables import metadata


def statements(module: ModuleType) -> dict[str, ClauseElement]:
    return {f"{module.__name__}.{name}": value for name, value in vars(module).items()
            if isinstance(value, ClauseElement) and isinstance(value, Executable)}


LISTS = {"the list": text(drafts._LIST), "the organs": text(drafts._COVERS)}
TABLES = {f"table {table.name}": CreateTable(table) for table in metadata.sorted_tables}
STATEMENTS = {**statements(core), **statements(past), **LISTS, **TABLES}


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_can_be_said_to_another_database(name: str) -> None:
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert str(STATEMENTS[name].compile(dialect=dialect))


def test_all_of_them_were_found() -> None:
    assert len(STATEMENTS) >= 20
