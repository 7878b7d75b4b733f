"""What no version of the program wrote: one such draft does not hide the others, and none of it is a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from govdesk.base.errors import StoreError, UserError
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import Session
from govdesk.store.draft_summary import DAMAGED_LABEL
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.sql.errors import UnusableStoreError
from tests.store.store_helpers import NEW, corrupt

ODD = ["organ_name = x'ff'", "organ_name = CAST(x'ff' AS TEXT)", "form_id = x'ff'", "created_at = 'gestern'",
       "saved_at = ''", "saved_at = x'ff'", "saved_at = '2024-01-01'", "year = 'abc'", "year = 2023.5", "blanks = 'x'",
       "exported_at = 5", "deleted_at = 'x'"]


@pytest.mark.parametrize("odd", ODD)
def test_one_bad_line_does_not_hide_the_others(store: Drafts, report: Report, odd: str) -> None:
    bad, good = store.create(report), store.create(report)
    corrupt(store.file, f"UPDATE draft SET {odd} WHERE id = ?", (bad,))
    listed = {draft.id: draft for deleted in (False, True) for draft in store.list(deleted=deleted)}
    assert set(listed) == {bad, good}
    assert (listed[good].organ_name, listed[good].damaged) == ("青山县文化和旅游局", False)
    assert (listed[bad].organ_name, listed[bad].damaged) == (DAMAGED_LABEL, True)
    assert sorted(listed.values(), key=lambda draft: draft.saved_at)[0].id == bad
    if "form_id" in odd:
        for act in (store.load, store.duplicate):
            with pytest.raises(StoreError, match="不认识的内容"):
                act(bad)
    else:
        assert store.load(bad) == report                 # what counts is there
        store.save(bad, [edit_of(report, "填入", [(Layer.VALUES, NEW, None)])])
    assert store.load(good) == report


@pytest.mark.parametrize("value", ["x'ff'", "CAST(x'ff' AS TEXT)", "x'eda0'"])
@pytest.mark.parametrize("column", ["value", "key", "layer"])
def test_a_text_that_is_none(store: Drafts, report: Report, column: str, value: str) -> None:
    bad, good = store.create(report), store.create(report)
    where = "draft_id = ? AND layer = 'texts' AND key = 'problems'"
    corrupt(store.file, f"UPDATE entry SET {column} = {value} WHERE {where}", (bad,))
    for act in (lambda: store.load(bad), lambda: store.replace(bad, report)):
        with pytest.raises(StoreError, match="不认识的内容") as refused:
            act()
        assert not isinstance(refused.value, UnusableStoreError)          # the other drafts are sound
    assert store.load(good) == report
    assert len(store.list()) == 2


@pytest.mark.parametrize("statement", [
    "DROP TABLE draft", "DROP TABLE entry", "ALTER TABLE draft RENAME COLUMN year TO jahr",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = CAST(x'ff' AS TEXT) WHERE name = 'entry'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET name = CAST(x'ff' AS TEXT), sql = 'x' WHERE name = 'entry'"])
def test_another_shape_is_damage(tmp_path: Path, report: Report, statement: str) -> None:
    with open_store(tmp_path) as store:
        store.create(report)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executescript(statement)
    with pytest.raises(UnusableStoreError, match="已损坏"), open_store(tmp_path) as store:
        store.list()
        store.load(1)


STRANGE = [("values", "requests/new_requests/martian", "1"), ("values", "requests/new_requests/total", "1"),
           ("previous", "a/b/c", "1"), ("stated", "a/b/c", "1"), ("texts", "overview.new", "字"), ("cover", "fax", "1")]


@pytest.mark.parametrize("row", STRANGE, ids=lambda row: row[1])
def test_what_the_form_does_not_know_is_not_dropped_unnoticed(
        store: Drafts, report: Report, row: tuple[str, str, str]) -> None:
    draft_id = store.create(report)
    corrupt(store.file, "INSERT INTO entry VALUES (?, ?, ?, ?)", (draft_id, *row))
    loaded = store.load(draft_id)
    key = Address.parse(row[1]) if "/" in row[1] else row[1]
    assert loaded.entry(Layer(row[0]), key) is not None
    with pytest.raises(UserError, match=r"不认识的内容（.+ → .+），没有打开"):
        Session(form_reader.load_form(report.form_id), loaded)
