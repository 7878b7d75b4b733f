"""A file of every released version opens, for ever. `legacy/` holds them; nothing there is ever changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.base.errors import StoreError
from govdesk.base.numerals import NA
from govdesk.form.form import Address
from govdesk.report.report import Layer
from govdesk.store.draft_summary import Outstanding
from govdesk.store.drafts import open_store
from govdesk.store.file import copy, migrate
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.sql import sqlite
from govdesk.store.sql.connection import SCHEMA_VERSION, Database
from tests.store.store_helpers import FORM, own_connection

LEGACY = Path(__file__).parents[1] / "legacy"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copyfile(LEGACY / "version-1.sqlite3", folder / FILE_NAME)
    return folder


def database(file: Path) -> Database:
    return Database(sqlite.connect(file, 1))


def dump(file: Path) -> list[object]:
    """Version, schema and rows. Not `iterdump`, which cannot say a BLOB in a text column."""
    with closing(sqlite3.connect(file)) as connection:
        return [connection.execute(f"{question}").fetchall() for question in (
            "PRAGMA user_version", "SELECT sql FROM sqlite_master ORDER BY name",
            "SELECT * FROM draft ORDER BY id", "SELECT * FROM entry ORDER BY 1, 2, 3")]


def schema(connection: sqlite3.Connection) -> object:
    """Everything that makes two files the same, whatever statements made them."""
    tables = connection.execute("SELECT name, type, ncol, wr, strict FROM pragma_table_list ORDER BY name").fetchall()
    return ([connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")],
            {table[0]: (table, *(connection.execute(f"PRAGMA {pragma}({table[0]})").fetchall()
                                 for pragma in ("table_xinfo", "foreign_key_list", "index_list")))
             for table in tables})


def test_a_file_of_version_1_opens_with_all_it_holds(old: Path) -> None:
    with open_store(old) as store:
        drafts = store.list()
        assert [(d.id, d.organ_name, d.year) for d in drafts] == [(2, "", None), (1, "青山县文化和旅游局", 2022)]
        assert drafts[1].outstanding == Outstanding()
        report = store.load(1)
        store.mark_exported(1)
    assert report.form_id == FORM
    assert report.value(Address("requests", "new_requests", "natural_person")) == 15
    assert report.value(Address("requests", "new_requests", "news_media")) is NA
    assert str(report.value(Address("proactive", "administrative_fees", "amount_wan_yuan"))) == "12.50"
    assert report.previous(Address("requests", "carried_forward_out", "total")) == Decimal(3)
    assert report.stated(Address("requests", "new_requests", "total")) == Decimal(15)
    assert report.text("overview.platform") == "粘贴来的\0空字符与半个代理对\ud83d，还有😀𠮷"
    assert len(report.entries(Layer.COVER)) == 5


def test_a_file_of_version_2_opens_with_all_it_holds(tmp_path: Path) -> None:
    shutil.copyfile(LEGACY / "version-2.sqlite3", tmp_path / FILE_NAME)
    with open_store(tmp_path) as store:
        (binned,) = store.list(deleted=True)
        drafts = {d.id: d for d in store.list()}
        assert (set(drafts), binned.id) == ({1, 2}, 3)
        assert (drafts[1].organ_name, drafts[1].outstanding) == ("青山县文化和旅游局", Outstanding(7, 2))
        assert drafts[1].exported_at is not None
        report = store.load(1)
        store.replace(1, report)
        assert store.load(binned.id) == report
    assert report.value(Address("requests", "new_requests", "news_media")) is NA
    assert report.text("overview.platform") == "粘贴来的\0空字符与半个代理对\ud83d，还有😀𠮷"
    assert [len(report.entries(layer)) for layer in Layer][:5] == [3, 1, 5, 1, 1]


def test_a_file_of_version_5_opens_with_what_its_list_did_not_count(tmp_path: Path) -> None:
    shutil.copyfile(LEGACY / "version-5.sqlite3", tmp_path / FILE_NAME)
    with open_store(tmp_path) as store:
        (draft,), (binned,) = store.list(), store.list(deleted=True)
        assert (draft.organ_name, draft.year, binned.organ_name) == ("青山县文化和旅游局", 2024, "青山县林业局")
        assert (draft.outstanding, binned.outstanding) == (Outstanding(7, 1), Outstanding(166, 0))
        assert draft.exported_at is not None and draft.uid == "4f67e8958841ff4f54dc8de4e3e7151c"
        store.save(draft.id, [], Outstanding(0, 0, 1, 2))
        assert store.list()[0].outstanding == Outstanding(0, 0, 1, 2)
        assert store.load(draft.id).text("problems") == "一是人员不足。二是更新不及时。"


def test_a_copy_is_made_before(old: Path) -> None:
    before = dump(old / FILE_NAME)
    open_store(old).close()
    (copy,) = old.glob("*.v1-*")
    assert dump(copy) == before
    assert dump(old / FILE_NAME) != before
    open_store(old).close()
    assert list(old.glob("*.v1-*")) == [copy]        # only when something is migrated
    assert not list(old.glob("*.tmp*"))


def test_edits_still_in_the_log_are_migrated_too(old: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    with closing(sqlite3.connect(old / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("INSERT INTO entry VALUES (1, 'texts', 'requests.text', '刚写的')")
        shutil.copytree(old, crashed)
    with open_store(crashed) as store:
        assert store.load(1).text("requests.text") == "刚写的"


def test_fresh_equals_migrated(tmp_path: Path) -> None:
    with open_store(tmp_path / "fresh") as store, closing(database(tmp_path / "migrated")) as migrated:
        migrate.run_migrations(migrated, "head")
        assert schema(migrated.raw) == schema(own_connection(store))


def test_the_newest_migration_is_the_version_of_the_program(old: Path) -> None:
    with closing(database(old / FILE_NAME)) as behind:
        migrate.run_migrations(behind, "head")
        assert behind.raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_migration_that_fails_changes_nothing(old: Path) -> None:
    file = old / FILE_NAME
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE draft ADD COLUMN exported_at TEXT")      # in the way of version 2, half-way
    before = dump(file)
    with pytest.raises(StoreError, match=r"没有改动.+备份"):
        open_store(old)
    assert dump(file) == before
    (copy,) = old.glob("*.v1-*")
    assert dump(copy) == before


def test_no_migration_without_a_copy(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old / FILE_NAME)

    def differs(*_: object) -> None:
        raise sqlite3.DataError("the copy differs")

    monkeypatch.setattr(copy, "verify_copy", differs)
    with pytest.raises(StoreError):
        open_store(old)
    assert dump(old / FILE_NAME) == before
    assert [file.name for file in old.glob("*.v1-*")] == []


def test_a_migration_may_rebuild_the_table_of_drafts(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dropping a table that others refer to deletes their rows, unless foreign keys are off."""
    def rebuild(behind: Database, _: str) -> None:
        behind.raw.executescript("CREATE TABLE new AS SELECT * FROM draft; DROP TABLE draft;"
                                 "ALTER TABLE new RENAME TO draft;")

    monkeypatch.setattr(migrate, "run_migrations", rebuild)
    entries = dump(old / FILE_NAME)[3]
    with closing(database(old / FILE_NAME)) as behind:
        sqlite.keep_references(behind.raw, on=True)
        migrate.migrate_file(behind, old / FILE_NAME, 2)
        assert behind.raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert dump(old / FILE_NAME)[3] == entries


def test_a_second_process_finds_the_work_done(old: Path) -> None:
    with closing(database(old / FILE_NAME)) as behind:
        open_store(old).close()
        migrate.migrate_file(behind, old / FILE_NAME, SCHEMA_VERSION)
        assert behind.raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    with open_store(old) as store:
        assert len(store.list()) == 2
