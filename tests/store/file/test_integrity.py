"""A damaged file is found as it is opened, on leaving, and where it is large as soon as there is time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from govdesk.base.errors import StoreError
from govdesk.report.report import Report
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file import integrity
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.sql import sqlite


@pytest.fixture
def bad(tmp_path: Path, report: Report) -> Path:
    """A file with one page of zeros; no backup."""
    with open_store(tmp_path) as store:
        for _ in range(20):
            store.create(report)
    file = tmp_path / FILE_NAME
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle:middle + 4096] = bytes(4096)
    file.write_bytes(data)
    return file


def test_a_sound_file_is_sound_and_not_marked(store: Drafts, report: Report) -> None:
    store.create(report)
    assert integrity.check_file(store.file) is True
    assert not integrity.is_suspect(store.file)


def test_a_damaged_file_is_marked_and_refused(bad: Path) -> None:
    assert integrity.check_file(bad) is False
    assert integrity.is_suspect(bad)
    with pytest.raises(StoreError, match="损坏"):
        open_store(bad.parent)


def test_no_time_is_no_verdict() -> None:
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.execute("CREATE TABLE many (i INTEGER NOT NULL PRIMARY KEY, h TEXT NOT NULL) WITHOUT ROWID")
        connection.execute("INSERT INTO many WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                           " LIMIT 400000) SELECT i, hex(i) FROM n")
        assert sqlite.is_sound(connection, 0.001) is None
        assert connection.execute("SELECT count(*) FROM many").fetchone() == (400000,)      # nothing is left of it
        assert sqlite.is_sound(connection, 60.0) is True


def test_a_large_file_is_opened_first_and_looked_at_as_a_whole_once_it_is_suspect(
        bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "LARGE_BYTES", 0)
    monkeypatch.setattr(integrity, "AT_OPENING", -1.0)
    monkeypatch.setattr(sqlite, "is_sound", _hurried(sqlite.is_sound))
    open_store(bad.parent).close()
    assert integrity.check_file(bad) is False
    with pytest.raises(StoreError, match="损坏"):
        open_store(bad.parent)


def _hurried(real):
    """As on a file too large for the time."""
    return lambda connection, seconds=None: None if seconds == -1.0 else real(connection, seconds)


def test_a_mark_goes_once_the_file_is_found_sound(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as store:
        store.create(report)
    file = tmp_path / FILE_NAME
    file.with_name(file.name + ".suspect").touch()
    open_store(tmp_path).close()
    assert not integrity.is_suspect(file)


def test_a_file_that_is_away_is_no_damaged_file(tmp_path: Path) -> None:
    assert integrity.check_file(tmp_path / "gone" / FILE_NAME) is None
