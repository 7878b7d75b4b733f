"""“已导出” is true only while a draft is on paper what it was when it was exported."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.report.report import (
    PRINTED_COVER_KEYS,
    PRINTED_LAYERS,
    Edit,
    Entry,
    Key,
    Layer,
    Report,
    edit_of,
    is_same_on_paper,
)
from govdesk.store.drafts import Drafts
from govdesk.store.sql.history import BEFORE, EXPORTED, VersionMark
from govdesk.store.sql.since_export import CHANGED_SINCE_EXPORT
from tests.store.store_helpers import FEES, NEW

ACT = "导出 PDF"


def edit(report: Report, *wanted: tuple[Layer, Key, Entry | None]) -> Edit:
    return edit_of(report, "填入", wanted)


@pytest.fixture
def draft(store: Drafts, report: Report) -> int:
    """A draft that has just been exported."""
    made = store.create(report)
    store.mark_exported(made)
    store.save(made, [VersionMark(BEFORE, ACT), VersionMark(EXPORTED, ACT)])
    return made


def changed(store: Drafts) -> bool:
    return store.list()[0].changed


def test_as_exported(store: Drafts, draft: int, report: Report) -> None:
    assert not changed(store)
    last = store.last_export(draft)
    assert last is not None and last[1] == report


@pytest.mark.parametrize("wanted", [
    (Layer.VALUES, NEW, Decimal(16)), (Layer.VALUES, NEW, None), (Layer.VALUES, FEES, Decimal("12.5")),
    (Layer.TEXTS, "problems", "改了。"), (Layer.TEXTS, "preamble", "添了。"), (Layer.COVER, "organ.name", "别的局"),
    (Layer.COVER, "year", "2022"), (Layer.COVER, "issued_on", "2024-01-19")], ids=str)
def test_what_is_printed_changes_it_and_taken_back_it_is_as_exported(
        store: Drafts, draft: int, report: Report, wanted: tuple[Layer, Key, Entry | None]) -> None:
    change = edit(report, wanted)
    store.save(draft, [change])
    assert changed(store) and not is_same_on_paper(store.load(draft), report)
    store.save(draft, [change.inverse()])                  # undo, a version put back: the values are what counts
    assert not changed(store) and is_same_on_paper(store.load(draft), report)


@pytest.mark.parametrize("wanted", [
    (Layer.NOTES, NEW, "备注"), (Layer.COVER, "contact.phone", "1"), (Layer.DESK, "label", "送审稿"),
    (Layer.PREVIOUS, NEW, Decimal(1)), (Layer.STATED, NEW, Decimal(1)), (Layer.ANSWERS, "N10/x", "{}")], ids=str)
def test_what_is_not_printed_does_not(store: Drafts, draft: int, report: Report,
                                      wanted: tuple[Layer, Key, Entry | None]) -> None:
    store.save(draft, [edit(report, wanted)])
    assert not changed(store) and is_same_on_paper(store.load(draft), report)


def test_an_edit_while_it_was_being_exported_is_not_in_the_file(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    change = edit(report, (Layer.VALUES, NEW, Decimal(16)))
    store.save(draft, [VersionMark(BEFORE, ACT), change])
    store.mark_exported(draft)
    store.save(draft, [VersionMark(BEFORE, "清空"), VersionMark(EXPORTED, ACT)])
    assert changed(store)
    last = store.last_export(draft)
    assert last is not None and last[1] == report
    assert [v.name for v in store.versions(draft) if v.kind == BEFORE] == ["清空"]
    store.save(draft, [change.inverse()])
    assert not changed(store)


def test_exported_again_it_is_as_exported(store: Drafts, draft: int, report: Report) -> None:
    store.save(draft,
               [edit(report, (Layer.VALUES, NEW, Decimal(16))), VersionMark(BEFORE, ACT), VersionMark(EXPORTED, ACT)])
    assert not changed(store)


def test_the_whole_replaced_or_merged(store: Drafts, draft: int, report: Report) -> None:
    store.replace(draft, edit(report, (Layer.TEXTS, "problems", "别处改的。")).applied_to(report))
    assert changed(store)
    store.replace(draft, report)
    assert not changed(store)


def test_exported_before_versions_were_kept(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.mark_exported(draft)
    assert not changed(store) and store.last_export(draft) is None
    store.save(draft, [edit(report, (Layer.NOTES, NEW, "备注"))])
    assert changed(store)                                  # nobody knows what it was then


def test_a_copy_was_never_exported(store: Drafts, draft: int) -> None:
    copy = store.duplicate(draft)
    summary = next(d for d in store.list() if d.id == copy)
    assert summary.exported_at is None and not summary.changed


def test_the_expression_names_what_goes_on_paper() -> None:
    assert all(f"'{layer.value}'" in CHANGED_SINCE_EXPORT for layer in PRINTED_LAYERS)
    assert all(f"'{key}'" in CHANGED_SINCE_EXPORT for key in PRINTED_COVER_KEYS)
