"""Two programs have one draft open: neither overwrites what the other saved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from govdesk.base.errors import StoreError
from govdesk.report.report import Edit, Layer, Report, edit_of
from govdesk.store import drafts
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.sql.errors import ChangedElsewhereError
from govdesk.store.sql.history import EXPORTED, VersionMark
from tests.store.store_helpers import NEW, fill_disk, make_room, python


@pytest.fixture
def other(store: Drafts) -> Iterator[Drafts]:
    with open_store(store.file.parent) as second:
        yield second


def typed(report: Report, number: int) -> Edit:
    return edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(number))])


def test_what_another_program_saved_is_not_overwritten(store: Drafts, other: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    assert other.load(draft_id) == report
    other.save(draft_id, [typed(report, 16)])
    other.save(draft_id, [typed(report, 17)])                # one's own saves do not count
    for _ in range(2):                                       # trying again changes nothing
        with pytest.raises(ChangedElsewhereError, match=r"另一个程序窗口.+还在窗口里") as refused:
            store.save(draft_id, [typed(report, 18)])
        with pytest.raises(ChangedElsewhereError):
            store.replace(draft_id, report)
    assert refused.value.draft_id == draft_id
    assert other.load(draft_id).value(NEW) == 17


def test_a_version_can_be_kept_of_what_another_program_saved_and_its_work_stays(
        store: Drafts, other: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    assert other.load(draft_id) == report
    other.save(draft_id, [typed(report, 98)])
    store.mark(draft_id, VersionMark(EXPORTED, "导出 PDF"))
    assert [v.kind for v in other.versions(draft_id)] == [EXPORTED]
    with pytest.raises(ChangedElsewhereError):               # it was marked, not read
        store.save(draft_id, [typed(report, 18)])
    assert other.load(draft_id).value(NEW) == 98
    other.save(draft_id, [typed(report, 97)])                # and the other one is not behind for it
    with pytest.raises(StoreError, match="找不到"):
        store.mark(draft_id + 1, VersionMark(EXPORTED))


def test_reading_it_again_is_the_other_way_out(store: Drafts, other: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    other.save(draft_id, [typed(report, 16)])
    now = store.load(draft_id)
    store.save(draft_id, [edit_of(now, "填入", [(Layer.VALUES, NEW, Decimal(17))])])
    assert other.load(draft_id).value(NEW) == 17


def test_it_is_noticed_whatever_the_clock_says(
        store: Drafts, other: Drafts, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "moment_now", lambda: "2024-01-18T08:00:00.000+00:00")
    draft_id = store.create(report)
    other.save(draft_id, [typed(report, 16)])
    with pytest.raises(ChangedElsewhereError):
        store.save(draft_id, [typed(report, 17)])


def test_what_only_the_list_says_is_no_change(store: Drafts, other: Drafts, report: Report) -> None:
    draft_id, second = store.create(report), store.create(report)
    other.mark_exported(draft_id)
    other.delete(draft_id)
    other.restore(draft_id)
    other.duplicate(draft_id)
    other.save(second, [typed(report, 16)])
    store.save(draft_id, [typed(report, 17)])
    assert store.load(draft_id).value(NEW) == 17


def test_a_save_that_was_refused_is_not_counted(store: Drafts, other: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    fill_disk(store)
    long = edit_of(report, "填入", [(Layer.TEXTS, "problems", "长" * 50_000)])
    with pytest.raises(Exception, match="磁盘空间不足"):
        store.save(draft_id, [long])
    make_room(store)
    store.save(draft_id, [long])
    other.load(draft_id)
    other.save(draft_id, [typed(report, 16)])


SAVER = """
import sys; from decimal import Decimal; from pathlib import Path
from govdesk.form.form import Address; from govdesk.report.report import Change, Edit, Layer
from govdesk.store.drafts import open_store
with open_store(Path(sys.argv[1])) as store:
    store.load(int(sys.argv[2]))
    cell = Address("requests", "new_requests", "natural_person")
    store.save(int(sys.argv[2]), [Edit("x", (Change(Layer.VALUES, cell, None, Decimal(42)),))])
"""


def test_another_process(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    with python("-c", SAVER, str(store.file.parent), str(draft_id)) as process:
        process.communicate()
    assert process.returncode == 0
    with pytest.raises(ChangedElsewhereError):
        store.save(draft_id, [typed(report, 17)])
    assert store.load(draft_id).value(NEW) == 42
