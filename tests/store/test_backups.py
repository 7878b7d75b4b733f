"""Dated copies of the data file: made while somebody writes, verified, thinned, looked into, put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections import namedtuple
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.base import paths
from govdesk.base.errors import StoreError
from govdesk.report.report import Layer, Report, edit_of
from govdesk.store import backups, salvage
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.file_names import FILE_NAME, replacement_of
from govdesk.store.sql import sqlite
from govdesk.store.sql.history import NAMED, VersionMark
from tests.store.store_helpers import NEW, ask, plain

LEGACY = Path(__file__).parent / "legacy"
Usage = namedtuple("Usage", "total used free")


def test_a_copy_holds_what_was_saved_until_then(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    copy = backups.make_backup(store.file)
    store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(99))])])
    assert [d.organ_name for d in backups.list_drafts_in_backup(copy.file)] == ["青山县文化和旅游局"]
    with backups.open_backup(copy.file) as inside:
        assert plain(inside.load(draft)) == plain(report)
    assert [c.file for c in backups.list_backups(store.file)] == [copy.file]


def test_from_then_on_the_file_alone_holds_what_was_saved(store: Drafts, report: Report, tmp_path: Path) -> None:
    """Somebody copies the one file while the program is open, as people do."""
    draft = store.create(report)
    taken = tmp_path / "by hand.sqlite3"
    shutil.copyfile(store.file, taken)
    with closing(sqlite3.connect(taken)) as alone:           # all of it is in the log still
        assert alone.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    backups.make_backup(store.file)
    assert not backups.is_changed_since_backup(store.file)   # and that is no reason for another copy
    shutil.copyfile(store.file, taken)
    with backups.open_backup(taken) as inside:
        assert plain(inside.load(draft)) == plain(report)


def test_it_is_made_while_somebody_saves(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    for _ in range(40):
        store.duplicate(draft)
    over = threading.Event()

    def save() -> None:
        number = 0
        while not over.is_set():
            number += 1
            store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(1000 + number))])])

    writer = threading.Thread(target=save)
    writer.start()
    try:
        copies = [backups.make_backup(store.file) for _ in range(3)]
    finally:
        over.set()
        writer.join()
    for copy in copies:
        with closing(sqlite3.connect(copy.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*) FROM draft").fetchone() == (41,)


def test_a_second_place_is_used_when_it_is_there(store: Drafts, report: Report, tmp_path: Path) -> None:
    store.create(report)
    stick = tmp_path / "stick"
    backups.make_backup(store.file, stick)                       # not there: no error
    stick.mkdir()
    copy = backups.make_backup(store.file, stick)
    assert [f.name for f in stick.iterdir()] == [copy.file.name]
    shutil.rmtree(store.file.parent / backups.BACKUP_FOLDER)
    (found,) = backups.list_backups(store.file, stick)
    assert len(backups.list_drafts_in_backup(found.file)) == 1


@pytest.mark.parametrize("trouble", ["room", "folder", "damage"])
def test_a_copy_that_cannot_be_made_is_a_sentence_and_leaves_nothing(
        store: Drafts, report: Report, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    store.create(report)
    first = backups.make_backup(store.file)
    if trouble == "room":
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 10, 0))
    if trouble == "folder":
        monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    if trouble == "damage":
        monkeypatch.setattr(backups, "_verify", lambda *_: (_ for _ in ()).throw(sqlite3.DataError("differs")))
    with pytest.raises(StoreError, match=r"备份没有做成.+草稿照常保存"):
        backups.make_backup(store.file)
    assert [f.name for f in (store.file.parent / backups.BACKUP_FOLDER).iterdir()] == [first.file.name]


def test_copies_of_two_years_are_thinned() -> None:
    start = datetime(2024, 1, 1, 8)
    made = [Path(f"govdesk-{start + timedelta(hours=3 * n):%Y%m%d-%H%M%S}.sqlite3") for n in range(8 * 730)]
    kept = sorted(set(made) - set(backups.find_superfluous_backups(made)))
    assert kept[-backups.NEWEST:] == made[-backups.NEWEST:]
    assert len(kept) <= backups.NEWEST + backups.DAYS + backups.WEEKS + backups.MONTHS
    assert len({path.name[8:14] for path in kept}) == backups.MONTHS


START = datetime.now().replace(hour=9, minute=0, second=0)
# What the clock says, in days from today, on the first of nine days
CLOCK = {"right": -30, "a year back": -385, "right again": -20, "a year ahead": 350, "right at last": -10}


def counted(days: list[int], each: int) -> list[Path]:
    """Names as copies get them, `each` on a day; days are counted from today."""
    moments = [START + timedelta(days=day, minutes=30 * n) for day in days for n in range(each)]
    return [Path(f"govdesk-{at:%Y%m%d-%H%M%S}-{n + 1:06}.sqlite3") for n, at in enumerate(moments)]


def test_the_newest_stay_when_a_wrong_clock_is_right_again() -> None:
    days: list[int] = []
    kept: list[Path] = []
    for name, first in CLOCK.items():
        for day in range(9):
            days.append(first + day)
            made = counted(days, 5)
            kept = sorted({*kept, *made[-5:]} - set(backups.find_superfluous_backups({*kept, *made[-5:]})))
            assert set(made[-backups.NEWEST:]) <= set(kept), f"{name}, {day}"
            assert set(made[4::5][-backups.DAYS:]) <= set(kept), f"{name}, {day}: one of the last seven days is gone"
            assert len(kept) <= backups.NEWEST + backups.DAYS + backups.WEEKS + backups.MONTHS


def test_a_clock_that_is_wrong_each_morning_leaves_the_months() -> None:
    """A dead battery: each day begins in 2000, until the clock is set."""
    days = [day for n in range(-200, 0) for day in (-9000, n)]
    kept = set(counted(days, 2)) - set(backups.find_superfluous_backups(counted(days, 2)))
    assert len({path.name[8:14] for path in kept}) >= 7


def test_copies_from_before_they_were_counted_are_older(store: Drafts, report: Report) -> None:
    store.create(report)
    folder = store.file.parent / backups.BACKUP_FOLDER
    folder.mkdir()
    for name in ("20990101-080000", "20260101-080000", "20260101-080000-12"):
        (folder / f"govdesk-{name}.sqlite3").write_bytes(b"x")
    (store.file.parent / "govdesk.bad-20260101-070000.sqlite3").write_bytes(b"x")
    made = backups.make_backup(store.file)
    listed = [copy.file.name.removesuffix(".sqlite3") for copy in backups.list_backups(store.file)]
    assert listed == [made.file.stem, "govdesk-20260101-080000-12", "govdesk-20260101-080000",
                      "govdesk.bad-20260101-070000", "govdesk-20990101-080000"]
    assert made.file.stem.endswith("-000001")


def test_what_a_crash_left_of_a_copy_goes_and_one_that_is_being_made_stays(store: Drafts, report: Report) -> None:
    store.create(report)
    folder = backups.make_backup(store.file).file.parent
    left, going_on, other = (folder / name for name in (
        "govdesk-20260101-080000-000007.sqlite3.tmp", "govdesk-20260101-090000-000008.sqlite3.tmp", "mine.sqlite3.tmp"))
    for file in (left, going_on, other):
        file.write_bytes(b"half")
    for file in (left, other):
        os.utime(file, (1, 1))
    backups.make_backup(store.file)
    assert [left.exists(), going_on.exists(), other.exists()] == [False, True, True]


def test_an_emptied_folder_counts_on_behind_the_second_place(store: Drafts, report: Report, tmp_path: Path) -> None:
    draft = store.create(report)
    (stick := tmp_path / "stick").mkdir()
    for _ in range(3):
        backups.make_backup(store.file, stick)
    shutil.rmtree(store.file.parent / backups.BACKUP_FOLDER)
    store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(99))])])
    last = backups.make_backup(store.file, stick)
    assert backups.list_backups(store.file, stick)[0].file == last.file
    assert sorted(path.name for path in stick.iterdir())[-1] == last.file.name


def test_a_clock_set_back_for_a_while_empties_nothing(store: Drafts, report: Report) -> None:
    store.create(report)
    folder = store.file.parent / backups.BACKUP_FOLDER
    folder.mkdir()
    for n in range(60):
        (folder / f"govdesk-{datetime(2090, 1, 1) + timedelta(days=n):%Y%m%d-%H%M%S}.sqlite3").write_bytes(b"x")
    made = []
    for _ in range(8):                                       # all dated long before those
        made.append(backups.make_backup(store.file).file)
        store.create(report)
        assert backups.is_changed_since_backup(store.file)
    assert all(path.exists() for path in made[-backups.NEWEST:])
    assert backups.list_backups(store.file)[0].file == made[-1]


def test_a_copy_of_the_future_does_not_stop_copies(store: Drafts, report: Report) -> None:
    store.create(report)
    copy = backups.make_backup(store.file).file
    ahead = copy.stat().st_mtime + 365 * 86400
    os.utime(copy, (ahead, ahead))
    assert backups.is_backup_due(store.file)
    backups.make_backup(store.file)
    assert not backups.is_backup_due(store.file)


def test_it_is_due_when_something_was_saved_and_time_has_passed(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    assert backups.is_backup_due(store.file)
    copy = backups.make_backup(store.file)
    assert not backups.is_backup_due(store.file)
    old = copy.file.stat().st_mtime - 2 * backups.SECONDS_BETWEEN_COPIES
    os.utime(copy.file, (old, old))
    store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(1))])])
    assert backups.is_backup_due(store.file)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_copy_of_an_older_version_is_looked_into_and_not_changed(tmp_path: Path, version: int) -> None:
    old = tmp_path / "govdesk.v1-20260105-090000.sqlite3"
    shutil.copyfile(LEGACY / f"version-{version}.sqlite3", old)
    before = old.read_bytes()
    (copy,) = backups.list_backups(tmp_path / FILE_NAME)
    assert copy.what == "升级之前的文件"
    assert "青山县文化和旅游局" in [d.organ_name for d in backups.list_drafts_in_backup(copy.file)]
    assert old.read_bytes() == before


def test_what_is_replaced_is_kept_and_can_be_put_back(tmp_path: Path, report: Report) -> None:
    file = tmp_path / FILE_NAME
    with open_store(tmp_path) as store:
        draft = store.create(report)
        copy = backups.make_backup(file)
        store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(99))])])
    kept = backups.restore_backup(file, copy.file)
    with open_store(tmp_path) as store:
        assert store.load(draft) == report
    again = next(c for c in backups.list_backups(file) if c.file == kept)
    backups.restore_backup(file, again.file)
    with open_store(tmp_path) as store:
        assert store.load(draft).value(NEW) == 99


def test_a_cut_between_the_two_steps_of_putting_back_leaves_the_copy(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as store:
        store.create(report)
        copy = backups.make_backup(store.file)
    backups._carry(copy.file, replacement_of(store.file))
    store.file.rename(tmp_path / "govdesk.replaced-20260101-080000.sqlite3")
    with open_store(tmp_path) as again:
        assert len(again.list()) == 1
    assert not replacement_of(store.file).exists()


def test_what_can_be_read_of_a_damaged_file_is_read(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as store:
        for number in range(30):
            draft = store.create(report)
            edit = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(number))])
            store.save(draft, [VersionMark(NAMED, f"第 {number} 份"), edit])
            uids = [d.uid for d in store.list()]
    file = tmp_path / FILE_NAME
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle:middle + 4096] = bytes(4096)
    file.write_bytes(data)
    with pytest.raises(StoreError, match="损坏"):
        open_store(tmp_path)
    found = salvage.read_damaged_file(file, lambda *_: "ogi-annual-report-2021")
    assert len(found) >= 25
    assert sum(s.whole and s.report.text("problems") == report.text("problems") for s in found) >= 20
    store, kept = salvage.start_from_salvaged(tmp_path, found)
    with store:
        assert len(store.list()) == len(found)
        past = {d.id: [(v, store.report_at(d.id, v.revision)) for v in store.versions(d.id)] for d in store.list()}
        kept_names = [v.name for versions in past.values() for v, _ in versions]
        assert len(kept_names) >= 20 and len(set(kept_names)) == len(kept_names)
        assert sum(then == report for versions in past.values() for _, then in versions) >= 20
        assert sum(d.uid in uids for d in store.list()) >= 20
        assert [places for d in store.list() if (places := store.disagreements(d.id))] == []
    assert kept.read_bytes() == bytes(data)


def test_the_form_of_a_draft_whose_line_is_lost_is_asked_for_by_its_cells(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as store:
        store.create(report)
        with closing(sqlite3.connect(store.file)) as raw, raw:
            raw.execute("DELETE FROM draft")
    asked: list[tuple[int, str]] = []
    found = salvage.read_damaged_file(tmp_path / FILE_NAME,
                                      lambda cells, year: asked.append((len(cells), year)) or "some-form")
    assert [(one.report.form_id, one.whole) for one in found] == [("some-form", False)]
    assert asked == [(len(report.entries(Layer.VALUES)), report.cover("year"))]


def test_nothing_is_made_up_of_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(b"this is no database" * 200)
    assert salvage.read_damaged_file(file, lambda *_: "ogi-annual-report-2021") == []


@pytest.mark.parametrize(("folder", "place"), [
    ("OneDrive - 单位", paths.FolderKind.SYNCHRONISED), ("我的坚果云", paths.FolderKind.SYNCHRONISED),
    ("BaiduSyncdisk", paths.FolderKind.SYNCHRONISED), ("年报", paths.FolderKind.OWN)])
def test_a_folder_that_a_program_synchronises_has_no_log(
        tmp_path: Path, report: Report, folder: str, place: paths.FolderKind) -> None:
    here = tmp_path / folder / "drafts"
    assert paths.kind_of_folder(here) is place
    with open_store(here) as store:
        draft = store.create(report)
        store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(1))])])
        mode = "wal" if place is paths.FolderKind.OWN else "delete"
        assert ask(store.file, "PRAGMA journal_mode") == [(mode,)]
        backups.make_backup(store.file)


def test_a_page_that_the_disk_does_not_give_is_no_damage() -> None:
    class Answer:
        def execute(self, *_: object) -> Answer:
            return self

        def fetchone(self) -> tuple[str]:
            return ("Tree 3 page 4: unable to get the page. error code=266",)

    with pytest.raises(OSError, match="error"):
        sqlite.is_sound(Answer())  # type: ignore[arg-type]


def test_a_stick_has_no_log() -> None:
    assert paths.kind_of_folder(Path("/media/clerk/STICK/drafts")) is paths.FolderKind.REMOVABLE
