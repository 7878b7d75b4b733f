"""A file or a log whose end is gone: what was called saved is missing, and the clerk hears of it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.report.report import Layer, Report, edit_of
from govdesk.store import backups
from govdesk.store.drafts import open_store
from govdesk.store.file import last_save
from govdesk.store.file.file_names import FILE_NAME
from tests.store.store_helpers import NEW, fold_log, plain


def crashed(folder: Path, report: Report) -> Path:
    """A folder as a kill leaves it: one draft in the file, its last save in the log."""
    with open_store(folder / "now") as store:
        draft = store.create(report)
        fold_log(store.file)
        store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(99))])])
        shutil.copytree(folder / "now", folder / "crashed")
    return folder / "crashed"


def test_what_is_whole_is_opened_without_a_word(tmp_path: Path, report: Report) -> None:
    with open_store(crashed(tmp_path, report)) as store:
        assert (store.warning, store.load(1).value(NEW)) == ("", 99)
    for _ in range(2):
        with open_store(tmp_path / "crashed") as store:
            assert store.warning == ""


@pytest.mark.parametrize("size", [0, 32, 2000])
def test_a_log_cut_off_is_said_and_kept(tmp_path: Path, report: Report, size: int) -> None:
    folder = crashed(tmp_path, report)
    log = folder / f"{FILE_NAME}-wal"
    log.write_bytes(log.read_bytes()[:size])
    with open_store(folder) as store:
        assert "少了上次已经保存的内容" in store.warning
        assert plain(store.load(1)) == plain(report)
        assert [copy.what for copy in backups.list_backups(store.file)] == ["损坏后留存的文件"]
        store.save(1, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(5))])])
    with open_store(folder) as store:                        # said once, and gone on from there
        assert store.warning == ""


def test_an_older_file_in_its_place_is_said_but_not_one_that_was_put_back(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as store:
        draft = store.create(report)
        copy = backups.make_backup(store.file).file
        for number in range(3):
            store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(number))])])
    backups.restore_backup(store.file, copy)
    with open_store(tmp_path) as store:
        assert store.warning == ""
        store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(7))])])
        store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(8))])])
    shutil.copyfile(copy, store.file)
    with open_store(tmp_path) as store:
        assert "较旧的文件" in store.warning


@pytest.mark.parametrize("content", [b"", b"1", b"1 9", b"x y\n", b"1 0\n99\n", b"\0\0\0\0"])
def test_a_note_that_is_half_there_is_no_alarm(tmp_path: Path, report: Report, content: bytes) -> None:
    folder = crashed(tmp_path, report)
    (folder / f"{FILE_NAME}.last").write_bytes(content)
    with open_store(folder) as store:
        assert store.warning == ""


def test_a_folder_that_takes_no_more_files_stops_no_save(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as store:
        draft = store.create(report)
        last_save.forget_saves(store.file)
        (tmp_path / f"{FILE_NAME}.last").mkdir()
        store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(7))])])
    with open_store(tmp_path) as store:
        assert store.load(draft).value(NEW) == 7
