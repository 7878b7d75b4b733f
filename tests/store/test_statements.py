"""The statements are SQLAlchemy's, and another database than SQLite understands each of them too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import ClauseElement, Connection, event, text
from sqlalchemy.dialects import postgresql

from govdesk.report.report import Layer, Report, edit_of
from govdesk.store import draft_import, drafts
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.sql import sqlite
from govdesk.store.sql.history import BEFORE, EXPORTED, NAMED, VersionMark
from tests.store.store_helpers import FEES, NEW

ELSEWHERE = postgresql.dialect()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is executed, as PostgreSQL would hear it."""
    heard: list[str] = []
    usual = sqlite.make_engine

    def engine(raw: sqlite.Raw) -> object:
        made = usual(raw)
        event.listen(made, "before_execute", hear)
        return made

    def hear(_: Connection, statement: ClauseElement, many: list, one: dict, _options: object) -> None:
        values = (many or [one])[0]
        heard.append(str(statement.compile(dialect=ELSEWHERE, **({"column_keys": list(values)} if values else {}))))

    monkeypatch.setattr(sqlite, "make_engine", engine)
    return heard


@pytest.fixture
def worked(said: list[str], tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drafts]:
    """Everything done that can be done with drafts, over some days."""
    with open_store(tmp_path) as store:
        draft = store.create(report)
        for day in range(1, 30):
            monkeypatch.setattr(drafts, "moment_now", lambda day=day: f"2024-01-{day:02}T08:00:00.000+00:00")
            store.save(draft,
                       [VersionMark(BEFORE), edit_of(report, "填写", [(Layer.TEXTS, "problems", f"第 {day} 稿")]),
                               VersionMark(NAMED, "甲"), edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(day)),
                                                                          (Layer.VALUES, FEES, None)]),
                        VersionMark(EXPORTED)])
        store.replace(draft, report)
        store.moments(draft, Layer.TEXTS, "problems")
        store.unmark(draft, store.versions(draft)[-1])
        store.disagreements(draft)
        store.thin(draft)
        draft_import.create_draft(store, store.newest(draft), draft_import.history_of_draft(store, draft))
        store.delete(store.duplicate(draft))
        yield store


def test_every_statement_can_be_said_to_another_database(worked: Drafts, said: list[str]) -> None:
    assert {statement.split()[0] for statement in said} == {"CREATE", "SELECT", "INSERT", "UPDATE", "DELETE"}
    assert len(set(said)) >= 20
    assert worked.list()


def test_so_can_the_lists() -> None:
    for plain in (drafts._LIST, drafts._COVERS):
        assert str(text(plain).compile(dialect=ELSEWHERE))
