"""Transactions: a writer takes its lock at once, a reader waits for nobody, and whatever breaks off leaves no lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from govdesk.base import paths
from govdesk.base.errors import StoreError
from govdesk.report.report import Layer, Report, edit_of
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.sql import sqlite
from govdesk.store.sql.connection import Database
from tests.store.store_helpers import NEW, ask, own_connection


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "x.sqlite3"
    ask(made, "PRAGMA journal_mode = wal")
    ask(made, "CREATE TABLE t (n INTEGER)")
    return made


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    with closing(Database(sqlite.connect(file, 0.1))) as made:
        yield made


def put(connection: Connection, number: int) -> None:
    connection.execute(text("INSERT INTO t VALUES (:n)"), {"n": number})


def test_what_was_written_is_there_for_everybody(database: Database, file: Path) -> None:
    with database.begin() as connection:
        put(connection, 1)
        assert ask(file, "SELECT n FROM t") == []
    assert ask(file, "SELECT n FROM t") == [(1,)]


def test_a_writer_has_the_lock_before_it_writes(database: Database, file: Path) -> None:
    with database.begin(), closing(sqlite3.connect(file, timeout=0)) as other, pytest.raises(
            sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_a_block_that_breaks_off_leaves_nothing_and_no_lock(database: Database, file: Path) -> None:
    with pytest.raises(KeyError), database.begin() as connection:
        put(connection, 1)
        raise KeyError
    assert ask(file, "SELECT n FROM t") == []
    with database.begin() as connection:
        put(connection, 2)
    assert ask(file, "SELECT n FROM t") == [(2,)]


def test_a_reader_sees_one_moment_and_keeps_nobody_waiting(database: Database, file: Path) -> None:
    with database.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0
        ask(file, "INSERT INTO t VALUES (1)")
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0
    with database.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 1


def test_a_lock_that_cannot_be_had_is_no_transaction_half_begun(database: Database, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(OperationalError, match="locked"), database.begin():
                raise AssertionError
    with database.begin() as connection:
        put(connection, 1)


def test_a_commit_that_is_refused_is_undone_and_said(
        tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a log a reader in another program holds the commit up."""
    monkeypatch.setattr(paths, "is_remote", lambda _: True)
    with open_store(tmp_path, patience=0.1) as store:
        draft = store.create(report)
        edit = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(16))])
        with closing(sqlite3.connect(store.file, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM draft").fetchone()
            with pytest.raises(StoreError, match="占用"):
                store.save(draft, [edit])
            assert not own_connection(store).in_transaction
            assert store.load(draft) == report
        store.save(draft, [edit])
        assert store.load(draft) == edit.applied_to(report)


def test_a_connection_that_was_given_up_is_made_anew(store: Drafts, report: Report) -> None:
    """SQLAlchemy closes it where even the undoing fails."""
    draft = store.create(report)
    edit = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(16))])
    own_connection(store).close()
    with pytest.raises(StoreError, match="没能保存"):
        store.save(draft, [edit])
    store.save(draft, [edit])
    assert store.load(draft) == edit.applied_to(report)


def test_the_connection_is_opened_once(store: Drafts, report: Report) -> None:
    """SQLite keeps what it found amiss as long as a connection of the process is open: there is but one."""
    before = own_connection(store)
    draft = store.create(report)
    store.warm_up()
    store.load(draft)
    assert own_connection(store) is before
