"""What a draft was: its versions, and every value of an entry."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.report.report import Edit, Layer, Report, edit_of
from govdesk.store import drafts
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.sql import history
from govdesk.store.sql.history import BEFORE, CLOSING, DAY, EXPORTED, NAMED, Version, VersionMark
from tests.store.store_helpers import NEW, plain

LEGACY = Path(__file__).parent / "legacy"


def typed(report: Report, number: int, name: str = "填入") -> Edit:
    return edit_of(report, name, [(Layer.VALUES, NEW, Decimal(number))])


def written(report: Report, text: str) -> Edit:
    return edit_of(report, "填写", [(Layer.TEXTS, "problems", text)])


def test_a_version_is_the_report_as_it_was(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    first, second = typed(report, 16), written(report, "新的一句。")
    store.save(draft, [first, VersionMark(NAMED, "送审稿"), second])
    (version,) = store.versions(draft)
    assert (version.kind, version.name) == (NAMED, "送审稿")
    assert plain(store.report_at(draft, version.revision)) == plain(first.applied_to(report))
    assert plain(store.load(draft)) == plain(second.applied_to(first.applied_to(report)))
    assert store.report_at(draft, 0) == report


def test_a_mark_before_the_first_edit_of_a_save(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.save(draft, [VersionMark(DAY), typed(report, 99)])
    (version,) = store.versions(draft)
    assert store.report_at(draft, version.revision) == report
    assert store.load(draft).value(NEW) == 99
    store.save(draft, [typed(report, 98)])               # the count was followed


def test_what_was_removed_is_blank_in_later_versions_only(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.save(draft, [VersionMark(BEFORE, "清除"), edit_of(report, "清除", [(Layer.VALUES, NEW, None)]),
                       VersionMark(NAMED, "空")])
    empty, full = store.versions(draft)
    assert store.report_at(draft, empty.revision).value(NEW) is None
    assert store.report_at(draft, full.revision).value(NEW) == 15


def test_every_value_of_a_cell_with_its_act(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.save(draft, [typed(report, 16)])
    store.save(draft, [typed(report, 17, "粘贴")])
    store.save(draft, [edit_of(report, "清除", [(Layer.VALUES, NEW, None)])])
    assert [(m.value, m.act) for m in store.moments(draft, Layer.VALUES, NEW)] == [
        (None, "清除"), ("17", "粘贴"), ("16", "填入"), ("15", "开始")]


def test_a_text_being_typed_is_one_value_until_something_is_kept(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    for text in ("一", "一二", "一二三"):
        store.save(draft, [written(report, text)])
    assert [m.value for m in store.moments(draft, Layer.TEXTS, "problems")] == ["一二三", report.text("problems")]
    store.save(draft, [VersionMark(NAMED, "留"), written(report, "四")])
    store.save(draft, [written(report, "四五")])
    assert [m.value for m in store.moments(draft, Layer.TEXTS, "problems")][:2] == ["四五", "一二三"]


def test_by_the_way_marks_add_nothing_where_the_moment_is_kept(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.save(draft, [typed(report, 16), VersionMark(EXPORTED), VersionMark(CLOSING)])
    assert [v.kind for v in store.versions(draft)] == [EXPORTED]


def test_a_failed_save_leaves_no_past(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    with open_store(store.file.parent) as other:
        other.load(draft)
        other.save(draft, [typed(report, 20)])
    with pytest.raises(Exception, match="另一个程序"):
        store.save(draft, [typed(report, 21), VersionMark(NAMED, "x")])
    assert store.versions(draft) == []
    assert [m.value for m in store.moments(draft, Layer.VALUES, NEW)] == ["20", "15"]


def test_ten_years_of_versions_are_thinned_by_day_and_month() -> None:
    start = datetime(2016, 1, 1, 9, tzinfo=UTC)
    versions = [Version(n, CLOSING, "", start + timedelta(hours=8 * n)) for n in range(3 * 3650)]
    gone = history.find_superfluous_versions(versions)
    kept = [v for v in versions if v not in set(gone)]
    assert len(kept) <= history.NEWEST_KEPT + history.DAYS + history.MONTHS
    assert kept[-history.NEWEST_KEPT:] == versions[-history.NEWEST_KEPT:]
    assert len({f"{v.at:%Y-%m}" for v in kept}) >= 118


def test_what_was_named_or_exported_is_never_thinned() -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    versions = [Version(n, (NAMED, EXPORTED, CLOSING)[n % 3], "", at) for n in range(600)]
    assert {v.kind for v in history.find_superfluous_versions(versions)} == {CLOSING}


def test_thinning_changes_no_version_that_stays(
        store: Drafts, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = store.create(report)
    start = datetime.now(UTC)
    for number in range(120):
        on = start + timedelta(days=number // 12, minutes=2 * (number % 12))
        monkeypatch.setattr(drafts, "moment_now", lambda on=on: on.isoformat(timespec="milliseconds"))
        store.save(draft, [written(report, f"第 {number} 稿"), typed(report, 100 + number), VersionMark(CLOSING)])
    kept = {v.revision: plain(store.report_at(draft, v.revision)) for v in store.versions(draft)}
    store.thin(draft, datetime.now(UTC) + timedelta(days=400))
    left = store.versions(draft)
    assert 0 < len(left) < len(kept)
    assert all(plain(store.report_at(draft, v.revision)) == kept[v.revision] for v in left)
    assert len(store.moments(draft, Layer.TEXTS, "problems")) < 60
    assert len(store.moments(draft, Layer.VALUES, NEW)) == 121


def test_a_clock_a_year_ahead_thins_nothing(store: Drafts, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = store.create(report)
    start = datetime.now(UTC)
    for day in (0, 1, 2, 365, 366):                          # the last two with the clock wrong
        for hour in range(4):
            on = start + timedelta(days=day, minutes=5 * hour)
            monkeypatch.setattr(drafts, "moment_now", lambda on=on: on.isoformat(timespec="milliseconds"))
            store.save(draft, [written(report, f"第 {day} 天第 {hour} 稿")])
        store.thin(draft, on)
    left = [m.value for m in store.moments(draft, Layer.TEXTS, "problems")]
    assert {f"第 {day} 天第 3 稿" for day in (0, 1, 2, 365, 366)} <= set(left)


def test_a_file_of_version_3_gets_a_past_that_begins_now(tmp_path: Path) -> None:
    shutil.copyfile(LEGACY / "version-3.sqlite3", tmp_path / FILE_NAME)
    with open_store(tmp_path) as store:
        report = store.load(1)
        assert report.text("overview.platform") == "粘贴来的\0空字符与半个代理对\ud83d，还有😀𠮷"
        assert [(m.value, m.act) for m in store.moments(1, Layer.VALUES, NEW)] == [("15", "转入")]
        store.save(1, [VersionMark(DAY), typed(report, 16)])
        (version,) = store.versions(1)
        assert plain(store.report_at(1, version.revision)) == plain(report)


def test_a_copy_begins_its_own_past(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.save(draft, [typed(report, 16), VersionMark(NAMED, "甲")])
    copied = store.duplicate(draft)
    assert store.versions(copied) == []
    assert [(m.value, m.act) for m in store.moments(copied, Layer.VALUES, NEW)] == [("16", "复制")]
