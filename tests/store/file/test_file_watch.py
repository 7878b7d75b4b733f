"""The file is deleted, moved or replaced while it is open: what is called saved can be found at its path."""

from __future__ import annotations

import os
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.base.errors import StoreError
from govdesk.report.report import Edit, Layer, Report, edit_of
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.file_names import FILE_NAME
from tests.store.store_helpers import NEW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open database cannot be deleted or moved there")


def typed(report: Report, number: int) -> Edit:
    return edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(number))])


def as_found(file: Path, elsewhere: Path) -> Drafts:
    """The file at a path as a crash would leave it at this moment."""
    elsewhere.mkdir()
    for part in file.parent.glob(f"{FILE_NAME}*"):
        shutil.copyfile(part, elsewhere / part.name)
    return open_store(elsewhere)


@pytest.mark.parametrize("also", ["", "-wal", "folder"])
def test_a_deleted_file_is_put_back(store: Drafts, report: Report, tmp_path: Path, also: str) -> None:
    first, other = store.create(report), store.create(Report(report.form_id))
    store.save(first, [typed(report, 16)])
    store.file.unlink()
    if also == "-wal":
        store.file.with_name(f"{FILE_NAME}-wal").unlink()
    if also == "folder":
        shutil.rmtree(store.file.parent)
    edit = typed(report, 17)
    with pytest.raises(StoreError, match=r"不见了.+窗口里"):
        store.save(first, [edit])
    store.save(first, [edit])
    with as_found(store.file, tmp_path / "crash") as found:
        assert found.load(first) == edit.applied_to(report)
        assert {draft.id for draft in found.list()} == {first, other}
    store.save(first, [typed(report, 18)])                       # and it goes on there
    store.close()
    with open_store(store.file.parent) as found:
        assert found.load(first).value(NEW) == 18
    left = sorted(file.name for file in store.file.parent.iterdir())
    assert left == [FILE_NAME, f"{FILE_NAME}.last"]


@pytest.mark.parametrize("act", ["delete", "restore", "mark_exported", "duplicate"])
def test_every_kind_of_writing_looks_first(store: Drafts, report: Report, act: str) -> None:
    draft_id = store.create(report)
    store.file.unlink()
    with pytest.raises(StoreError, match="不见了"):
        getattr(store, act)(draft_id)
    getattr(store, act)(draft_id)
    assert store.file.exists()


def test_a_file_that_comes_back_by_itself_is_gone_on_with(store: Drafts, report: Report, tmp_path: Path) -> None:
    draft_id = store.create(report)
    store.file.rename(tmp_path / "moved")
    with pytest.raises(StoreError):
        store.save(draft_id, [typed(report, 16)])
    (tmp_path / "moved").rename(store.file)
    inode = store.file.stat().st_ino
    store.save(draft_id, [typed(report, 16)])
    assert store.file.stat().st_ino == inode
    store.file.unlink()
    with pytest.raises(StoreError, match="不见了"):              # again the first time
        store.save(draft_id, [typed(report, 17)])


def test_a_moved_file_is_whole_where_it_is_now(store: Drafts, report: Report, tmp_path: Path) -> None:
    draft_id = store.create(report)
    (tmp_path / "archive").mkdir()
    moved = store.file.rename(tmp_path / "archive" / FILE_NAME)     # without its log
    store.close()
    with open_store(moved.parent) as found:
        assert found.load(draft_id) == report


@pytest.mark.parametrize("other", ["drafts", "stranger", "empty"])
def test_another_file_in_its_place_is_never_overwritten(
        store: Drafts, report: Report, tmp_path: Path, other: str) -> None:
    draft_id = store.create(report)
    replacement = tmp_path / "replacement"
    replacement.write_bytes(b"" if other == "empty" else b"not a database")
    if other == "drafts":
        with open_store(tmp_path / "other") as another:
            another.create(Report(report.form_id))
        shutil.copyfile(tmp_path / "other" / FILE_NAME, replacement)
    content = replacement.read_bytes()
    replacement.replace(store.file)
    edit = typed(report, 16)
    for _ in range(3):
        with pytest.raises(StoreError, match=r"换成了另一个文件.+移走"):
            store.save(draft_id, [edit])
    assert store.file.read_bytes() == content
    assert store.load(draft_id) == report                        # what is open can still be read
    store.file.rename(tmp_path / "moved away")                   # as the sentence says
    with pytest.raises(StoreError, match="不见了"):
        store.save(draft_id, [edit])
    store.save(draft_id, [edit])
    assert store.load(draft_id) == edit.applied_to(report)
    assert (tmp_path / "moved away").read_bytes() == content


def test_two_programs_put_back_one_file(tmp_path: Path, report: Report) -> None:
    """The second finds the first one's file there, and it is not overwritten."""
    with open_store(tmp_path) as one, open_store(tmp_path) as other:
        draft_id = one.create(report)
        one.file.unlink()
        for store in (one, other):
            with pytest.raises(StoreError):
                store.save(draft_id, [typed(report, 16)])
        one.save(draft_id, [typed(report, 16)])
        with pytest.raises(StoreError, match="换成了另一个文件"):
            other.save(draft_id, [typed(report, 17)])
        one.save(draft_id, [typed(report, 18)])
    with open_store(tmp_path) as store:
        assert store.load(draft_id).value(NEW) == 18


def test_a_disk_that_is_gone_is_not_made_up_for(
        store: Drafts, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder at the same path on another device: the mount is gone, and a file there would not be found again."""
    draft_id = store.create(report)
    store.file.unlink()
    real = os.stat(store.file.parent)                            # noqa: PTH116
    store._watched._place = store._watched._place._replace(disk=real.st_dev + 1)
    for _ in range(3):
        with pytest.raises(StoreError, match="磁盘已断开"):
            store.save(draft_id, [typed(report, 16)])
    assert not store.file.exists()


def test_a_log_without_its_file_is_not_thrown_away(tmp_path: Path, report: Report) -> None:
    folder, crashed = tmp_path / "a", tmp_path / "b"
    with open_store(folder) as store:
        store.create(report)
        shutil.copytree(folder, crashed)
    (crashed / FILE_NAME).unlink()
    log = (crashed / f"{FILE_NAME}-wal").read_bytes()
    with pytest.raises(StoreError, match="没有改动它"):
        open_store(crashed)
    assert (crashed / f"{FILE_NAME}-wal").read_bytes() == log
