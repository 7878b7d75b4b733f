"""A file that cannot be used is a sentence, and lies there as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.base import paths
from govdesk.base.errors import StoreError
from govdesk.report.report import Layer, Report, edit_of
from govdesk.store.drafts import Drafts, open_store, set_aside_and_start_new
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.sql import sqlite
from govdesk.store.sql.errors import UnusableStoreError
from tests.store.store_helpers import NEW, ask, corrupt, fill_disk, make_room, own_connection, python


def filled(folder: Path, report: Report, count: int = 30) -> Path:
    with open_store(folder) as store:
        for _ in range(count):
            store.create(report)
    return folder / FILE_NAME


def not_a_database(file: Path) -> None:
    file.write_bytes("这是一份文本文件，不是数据库。".encode() * 100)


def overwritten_head(file: Path) -> None:
    file.write_bytes(b"\0" * 100 + file.read_bytes()[100:])


def malformed_page(file: Path) -> None:
    size = 4096
    content = file.read_bytes()
    file.write_bytes(content[:size] + b"\x5a" * size + content[2 * size:])


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def emptied_beside_its_log(file: Path) -> None:
    file.with_name(file.name + "-wal").write_bytes(b"\x37\x7f\x06\x82" * 1000)
    file.write_bytes(b"")


def of_another_program(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE bookmarks (id)")
    connection.close()


@pytest.mark.parametrize("spoil", [not_a_database, overwritten_head, malformed_page, cut_short,
                                   emptied_beside_its_log, of_another_program])
def test_a_bad_file_is_refused_untouched_and_can_be_set_aside(
        tmp_path: Path, report: Report, spoil: Callable[[Path], None]) -> None:
    file = filled(tmp_path, report)
    spoil(file)
    content = file.read_bytes()
    with pytest.raises(UnusableStoreError, match=r"没有改动它.+另建新文件") as refused:
        open_store(tmp_path)
    assert refused.value.kept == file
    assert file.read_bytes() == content

    store, kept = set_aside_and_start_new(tmp_path)
    with store:
        assert store.list() == []
        assert store.load(store.create(report)) == report
    assert kept != file
    assert kept.read_bytes() == content


def test_setting_aside_keeps_the_log_with_its_file(tmp_path: Path, report: Report) -> None:
    folder, copied = tmp_path / "a", tmp_path / "b"
    with open_store(folder) as store:
        draft_id = store.create(report)
        shutil.copytree(folder, copied)              # as a crash leaves it: the draft is in the log alone
    _, kept = set_aside_and_start_new(copied)
    kept.rename(tmp_path / FILE_NAME)
    kept.with_name(kept.name + "-wal").rename(tmp_path / f"{FILE_NAME}-wal")
    with open_store(tmp_path) as store:
        assert store.load(draft_id) == report


def test_two_files_set_aside_in_one_second_are_both_kept(tmp_path: Path, report: Report) -> None:
    names = set()
    for _ in range(3):
        filled(tmp_path, report, 1)
        store, kept = set_aside_and_start_new(tmp_path)
        store.close()
        names.add(kept)
    assert len(names) == 3
    assert all(kept.exists() for kept in names)


def test_damage_met_later_is_told_too(tmp_path: Path, report: Report) -> None:
    file = filled(tmp_path, report)
    with open_store(tmp_path) as store:
        malformed_page(file)
        with pytest.raises(UnusableStoreError):
            store.load(1)


def test_a_newer_file_is_refused_untouched(tmp_path: Path, report: Report) -> None:
    file = filled(tmp_path, report)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    content = file.read_bytes()
    with pytest.raises(StoreError, match="更新版本"):
        open_store(tmp_path)
    assert file.read_bytes() == content


def test_a_newer_file_keeps_its_log(tmp_path: Path, report: Report) -> None:
    folder, crashed = tmp_path / "a", tmp_path / "b"
    with open_store(folder) as store:
        store.create(report)
        corrupt(store.file, "PRAGMA user_version = 99")
        shutil.copytree(folder, crashed)             # as a crash leaves it: the number 99 is in the log alone
    kept = {file.name: file.read_bytes() for file in crashed.iterdir() if not file.name.endswith("-shm")}
    assert len(kept) == 3                            # the file, its log, and which save was the last
    with pytest.raises(StoreError, match="更新版本"):
        open_store(crashed)
    assert {name: (crashed / name).read_bytes() for name in kept} == kept


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "drafts"):
        with pytest.raises(StoreError, match="不是文件夹"):
            open_store(folder)


def test_the_file_s_place_is_taken_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreError):
        open_store(tmp_path)


def test_a_store_that_becomes_read_only(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    own_connection(store).execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="只读"):
        store.create(report)
    assert store.load(draft_id) == report
    own_connection(store).execute("PRAGMA query_only = OFF")
    assert store.create(report) == draft_id + 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError):
        open_store(tmp_path / "drafts")


def test_a_full_disk_loses_nothing(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    fill_disk(store)
    edit = edit_of(report, "填入", [(Layer.TEXTS, "problems", "长" * 50_000), (Layer.VALUES, NEW, Decimal(7))])
    with pytest.raises(StoreError, match="磁盘空间不足"):
        store.save(draft_id, [edit])
    assert store.load(draft_id) == report            # all of an edit or nothing
    make_room(store)
    store.save(draft_id, [edit])
    assert store.load(draft_id) == edit.applied_to(report)


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir()
    mount = shutil.which("mount")
    if sys.platform == "win32" or os.geteuid() != 0 or not mount:
        pytest.skip("needs root and mount")
    command = [mount, "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("may not mount here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(tmp_path: Path, report: Report) -> None:
    folder = tmp_path / "small"
    with mounted(folder, "size=256k"), open_store(folder) as store:
        draft_id = store.create(report)
        edit = edit_of(report, "填入", [(Layer.TEXTS, "problems", "长" * 200_000)])
        with pytest.raises(StoreError, match=r"磁盘空间不足|读写磁盘时出错"):
            store.save(draft_id, [edit])
        assert store.load(draft_id) == report
        small = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(8))])
        store.save(draft_id, [small])
        assert store.load(draft_id) == small.applied_to(report)


def test_a_disk_that_is_really_read_only(tmp_path: Path, report: Report) -> None:
    folder = tmp_path / "disk"
    with mounted(folder, "size=4m"):
        filled(folder, report)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(StoreError, match=r"只读|打不开"):
            open_store(folder)


def test_another_process_that_does_not_let_go(store: Drafts, report: Report) -> None:
    draft_id = store.create(report)
    edit = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(7))])
    other = sqlite3.connect(store.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="占用"):
        store.save(draft_id, [edit])
    assert store.load(draft_id) == report            # reading does not wait for a writer
    other.execute("ROLLBACK")
    other.close()
    store.save(draft_id, [edit])
    assert store.load(draft_id) == edit.applied_to(report)


def test_two_stores_on_one_file(tmp_path: Path, report: Report) -> None:
    with open_store(tmp_path) as one, open_store(tmp_path) as other:
        draft_id = one.create(report)
        edit = edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(7))])
        other.save(draft_id, [edit])
        assert one.load(draft_id) == edit.applied_to(report)


def test_no_log_on_a_share(tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, report, 1)
    monkeypatch.setattr(paths, "is_remote", lambda _: True)
    with open_store(tmp_path) as store:
        assert ask(store.file, "PRAGMA journal_mode") == [("delete",)]
        assert store.load(1) == report


def test_back_from_a_share_the_file_waits_for_its_turn(
        tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(paths, "is_remote", lambda _: True)
        file = filled(tmp_path, report, 1)
    other = sqlite.connect(file, 0)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, other.close)
    release.start()
    with open_store(tmp_path) as store:
        assert ask(store.file, "PRAGMA journal_mode") == [("wal",)]
    release.join()


def test_awkward_folder_names(tmp_path: Path, report: Report) -> None:
    for name in ("草稿 100%#?&=", "a%20b", "\udce9" if sys.platform == "linux" else "é"):
        with open_store(tmp_path / name) as store:
            store.create(report)
        assert (tmp_path / name / FILE_NAME).exists()


PROBE = """
import sys
from pathlib import Path
from govdesk.store.drafts import open_store
assert not {"sqlalchemy", "alembic"} & set(sys.modules), "on import"
with open_store(Path(sys.argv[1])) as store:
    drafts = store.list()
    assert not {"sqlalchemy", "alembic"} & set(sys.modules), "on listing"
    store.load(drafts[0].id)
    store.delete(drafts[0].id)
print(*sorted({"alembic", "sqlalchemy", "sqlalchemy.orm"} & set(sys.modules)))
"""


def test_heavy_imports_wait(tmp_path: Path, report: Report) -> None:
    filled(tmp_path, report, 1)
    with python("-c", PROBE, str(tmp_path)) as process:
        assert process.communicate()[0].split() == ["sqlalchemy"]
    assert process.returncode == 0


def test_several_first_starts_at_once(tmp_path: Path) -> None:
    opener = "import sys; from pathlib import Path; from govdesk.store.drafts import *; "
    opener += "from govdesk.report.report import Report; "
    opener += "s = open_store(Path(sys.argv[1])); s.create(Report('f')); s.close()"
    started = [python("-c", opener, str(tmp_path)) for _ in range(3)]
    for process in started:
        with process:
            process.communicate()
    assert [process.returncode for process in started] == [0, 0, 0]
    with open_store(tmp_path) as store:
        assert len(store.list()) == 3
