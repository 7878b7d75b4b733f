"""What is saved is loaded, and only what changed is written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from govdesk.base.errors import StoreError
from govdesk.base.numerals import NA
from govdesk.form.form import Address
from govdesk.report.report import Change, Edit, Layer, Report, edit_of
from govdesk.store import drafts
from govdesk.store.draft_summary import Outstanding
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.sql.history import NAMED, VersionMark
from tests.store.store_helpers import FEES, NEW, ask, corrupt, own_connection, plain


def note_writes(store: Drafts) -> Callable[[], list[str]]:
    """Gives which rows the store has written since, as “INSERT entry”."""
    corrupt(store.file, "CREATE TABLE written (what TEXT)")
    for table, act in product(("draft", "entry", "journal", "version"), ("INSERT", "UPDATE", "DELETE")):
        corrupt(store.file, f"CREATE TRIGGER {table}_{act} AFTER {act} ON {table}"
                            f" BEGIN INSERT INTO written VALUES ('{act} {table}'); END")
    return lambda: [str(what) for (what,) in ask(store.file, "SELECT what FROM written ORDER BY what")]


def test_a_report_comes_back_as_it_was(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    assert plain(store.load(draft_id)) == plain(report)
    assert store.load(draft_id) == report


def test_it_is_there_after_closing(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as store:
        draft_id = store.create(report)
    with open_store(tmp_path) as store:
        assert store.load(draft_id) == report
    assert sorted(file.name for file in tmp_path.iterdir()) == ["govdesk.sqlite3", "govdesk.sqlite3.last"]


def test_the_list_shows_the_last_saved_first(store: Drafts, report: Report) -> None:
    first = store.create(report, Outstanding(blanks=3, problems=1))
    second = store.create(Report(report.form_id))
    store.save(first, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(16))])], Outstanding(2, 0))
    drafts = store.list()
    assert [draft.id for draft in drafts] == [first, second]
    assert (drafts[0].organ_name, drafts[0].year, drafts[0].form_id) == ("青山县文化和旅游局", 2023, report.form_id)
    assert drafts[0].outstanding == Outstanding(2, 0)
    assert abs((datetime.now(UTC) - drafts[0].saved_at).total_seconds()) < 60
    assert (drafts[1].organ_name, drafts[1].year, drafts[1].outstanding) == ("", None, Outstanding())


def test_what_claims_to_be_of_the_future_comes_last(
        store: Drafts, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = drafts.moment_now
    monkeypatch.setattr(drafts, "moment_now", lambda: "2999-01-18T08:00:00.000+00:00")
    ahead = store.create(report)
    monkeypatch.setattr(drafts, "moment_now", usual)
    older, newer = store.create(report), store.create(report)
    store.save(older, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(1))])])
    assert [d.id for d in store.list()] in ([older, newer, ahead], [newer, older, ahead])
    assert store.list()[-1].id == ahead


def test_the_list_follows_an_edit_of_the_cover(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    edit = edit_of(report, "填入", [(Layer.COVER, "organ.name", "青山县档案局"), (Layer.COVER, "year", "9" * 5000)])
    store.save(draft_id, [edit])
    assert (store.list()[0].organ_name, store.list()[0].year) == ("青山县档案局", None)
    assert store.load(draft_id).cover("year") == "9" * 5000
    store.save(draft_id, [edit.inverse()])
    assert (store.list()[0].organ_name, store.list()[0].year) == ("青山县文化和旅游局", 2023)


def test_one_cell_writes_one_entry_and_the_draft(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    edit = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(16))])
    written = note_writes(store)
    store.save(draft_id, [edit])
    assert written() == ["DELETE entry", "INSERT entry", "INSERT journal", "UPDATE draft"]
    assert plain(store.load(draft_id)) == plain(edit.applied_to(report))


def test_a_save_that_breaks_off_leaves_nothing_and_the_next_goes_on(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    edit = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(16))])
    for table, items in (("journal", [edit]), ("version", [edit, VersionMark(NAMED, "v")])):
        corrupt(store.file, f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT raise(FAIL, 'no'); END")
        with pytest.raises(StoreError, match="没能保存"):
            store.save(draft_id, items)
        corrupt(store.file, "BEGIN IMMEDIATE")               # nobody has the lock any more
        assert (store.load(draft_id), store.versions(draft_id)) == (report, [])
        corrupt(store.file, "DROP TRIGGER no")
    store.save(draft_id, [edit, VersionMark(NAMED, "v")])
    assert store.load(draft_id).value(NEW) == 16 and [v.name for v in store.versions(draft_id)] == ["v"]


def test_nothing_to_save_writes_nothing(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    written = note_writes(store)
    store.save(draft_id, [])
    assert written() == []


def test_the_last_of_several_edits_counts(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    one = edit_of(report, "填入", [(Layer.VALUES, FEES, Decimal("1.5")), (Layer.TEXTS, "problems", "")])
    changed = one.applied_to(report)
    two = edit_of(changed, "填入", [(Layer.VALUES, FEES, Decimal("1.50")), (Layer.VALUES, NEW, None)])
    changed = two.applied_to(changed)
    store.save(draft_id, [one, two])
    assert plain(store.load(draft_id)) == plain(changed)
    store.save(draft_id, [two.inverse(), one.inverse()])
    assert plain(store.load(draft_id)) == plain(report)


def test_an_empty_text_leaves_no_row(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    store.save(draft_id, [Edit("清空", (Change(Layer.TEXTS, "problems", report.text("problems"), ""),))])
    assert ask(store.file, "SELECT * FROM entry WHERE layer = 'texts'") == []


def test_replacing_writes_what_differs(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    other = edit_of(report, "导入", [(Layer.VALUES, NEW, NA), (Layer.VALUES, FEES, None)]).applied_to(report)
    written = note_writes(store)
    store.replace(draft_id, other)
    assert written() == ["DELETE entry"] * 2 + ["INSERT entry"] + ["INSERT journal"] * 2 + ["UPDATE draft"]
    assert plain(store.load(draft_id)) == plain(other)


def test_a_copy_is_a_draft_of_its_own(store: Drafts, report: Report) -> None:
    draft_id = store.create(report, Outstanding(5, 6))
    store.mark_exported(draft_id)
    copied = store.duplicate(draft_id)
    store.save(copied, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(1))])])
    assert plain(store.load(draft_id)) == plain(report)
    assert store.load(copied).value(NEW) == 1
    summary = next(draft for draft in store.list() if draft.id == copied)
    assert (summary.exported_at, summary.outstanding) == (None, Outstanding(5, 6))


def test_the_bin_gives_back(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    store.delete(draft_id)
    assert store.list() == []
    assert [draft.id for draft in store.list(deleted=True)] == [draft_id]
    store.restore(draft_id)
    assert [draft.id for draft in store.list()] == [draft_id]
    assert store.load(draft_id) == report


def test_what_is_saved_is_listed(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    store.delete(draft_id)
    store.save(draft_id, [edit_of(report, "填入", [(Layer.VALUES, NEW, NA)])])
    assert [draft.id for draft in store.list()] == [draft_id]


def test_exporting_is_remembered(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    assert store.list()[0].exported_at is None
    store.mark_exported(draft_id)
    draft = store.list()[0]
    assert draft.exported_at is not None
    assert draft.exported_at >= draft.saved_at


def test_an_unknown_draft_is_a_sentence(store: Drafts, report: Report) -> None:
    edit = edit_of(report, "填入", [(Layer.VALUES, NEW, NA)])
    for act in (lambda: store.load(9), lambda: store.save(9, [edit]), lambda: store.replace(9, report),
                lambda: store.duplicate(9), lambda: store.delete(9), lambda: store.mark_exported(9)):
        with pytest.raises(StoreError, match="找不到编号为 9 的草稿"):
            act()
    assert ask(store.file, "SELECT * FROM entry") == []


@pytest.mark.parametrize("row", [("values", "no address", "1"), ("values", "a/b/c", "x"), ("unheard-of", "a", "b")])
def test_a_row_that_no_version_wrote_is_a_sentence(store: Drafts, report: Report, row: tuple[str, str, str]) -> None:
    draft_id = store.create(report)
    corrupt(store.file, "INSERT INTO entry VALUES (?, ?, ?, ?)", (draft_id, *row))
    with pytest.raises(StoreError, match="不认识的内容"):
        store.load(draft_id)


def test_a_closed_store_says_so(store: Drafts, report: Report) -> None:
    store.close()
    store.close()
    for act in (store.list, lambda: store.load(1), lambda: store.create(report)):
        with pytest.raises(StoreError):
            act()


def test_threads_take_turns(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for value in range(10):
                cell = Address("t", f"r{number}", "c")
                store.save(draft_id, [edit_of(report, "填入", [(Layer.VALUES, cell, Decimal(value))])])
                store.list()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert [store.load(draft_id).value(Address("t", f"r{n}", "c")) for n in range(4)] == [9, 9, 9, 9]


def test_every_commit_is_synced(store: Drafts) -> None:
    def setting(pragma: str) -> object:
        return own_connection(store).execute(f"PRAGMA {pragma}").fetchone()[0]

    assert (setting("journal_mode"), setting("synchronous"), setting("foreign_keys")) == ("wal", 2, 1)
    assert (setting("application_id"), setting("user_version")) == (0x474F5644, 6)
    with pytest.raises(sqlite3.IntegrityError):
        own_connection(store).execute("INSERT INTO entry VALUES (99, 'texts', 'a', 'b')")
