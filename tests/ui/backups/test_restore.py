"""Backups through the window: made, looked into, one draft taken back, the whole put back; what failed is said."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.base.errors import StoreError
from govdesk.report.report import Layer, build_report, edit_of
from govdesk.store import backups
from govdesk.store.drafts import open_store
from tests.store.store_helpers import fold_log
from tests.ui.backups.backups_driver import copies, made
from tests.ui.conftest import FORM_ID, OpenWindow
from tests.ui.driver import CELL, put, sample_wizard, saved, words
from ui.app.single_instance import answer_calls, claim
from ui.backups.backups_page import RestorePage


def test_a_copy_is_made_and_one_draft_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    window.show_home()
    page = copies(qtbot, window)
    assert "还没有备份" in words(page)
    made(qtbot, page)
    assert "里面有 1 份草稿" in words(page)
    assert "与现在的相同" in words(page)
    assert wizard is not None
    window.drafts.delete(window.drafts.list()[0].id)
    page.show_copies()
    qtbot.waitUntil(lambda: "现在的列表里没有" in words(page), timeout=10000)
    take = next(b for b in page.findChildren(QPushButton) if b.text() == "取回" and b.isVisibleTo(page))
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert "已取回“临江区人民政府办公室 2023”" in words(page)
    assert [d.organ_name for d in window.drafts.list()] == ["临江区人民政府办公室"]


def answering(monkeypatch: pytest.MonkeyPatch, said: list[str], words: str) -> list[str]:
    """A box that comes is answered by the button of these words; gives the words of its default button."""
    defaults: list[str] = []

    def answer(box: QMessageBox) -> int:
        said.append(f"{box.text()}\n{box.informativeText()}")
        assert {b.shortcut().toString() for b in box.buttons()} == {"Alt+R", "Alt+C"}
        button = box.defaultButton()
        defaults.append(button.text() if button else "")
        next(b for b in box.buttons() if b.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return defaults


def test_the_whole_is_put_back_and_what_was_there_is_kept(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    sample_wizard(window)
    window.show_home()
    made(qtbot, copies(qtbot, window))
    window.stack.currentWidget().back_wanted.emit()
    wizard = window.open_draft(window.drafts.list()[0].id)
    put(wizard, CELL, Decimal(77))
    saved(qtbot, window)
    window.show_home()
    page = copies(qtbot, window)
    qtbot.waitUntil(page.replace_button.isEnabled, timeout=10000)
    assert "现在的更新" in words(page)
    window.drafts.create(build_report(FORM_ID, {Layer.COVER: {"organ.name": "丙局", "year": "2025"}}))
    said: list[str] = []
    asked = answering(monkeypatch, said, "取消")
    qtbot.mouseClick(page.replace_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is page
    assert "本机有 1 份草稿不在这份备份里：丙局 2025 年。" in said[0]
    assert "有 1 份草稿在备份之后改动过：临江区人民政府办公室 2023 年。" in said[0]
    assert asked == ["取消"]                     # the default
    answering(monkeypatch, said, "换回这份备份")
    qtbot.mouseClick(page.replace_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已换回" in words(window.home), timeout=10000)
    assert window.home.table.hasFocus()
    assert window.drafts.load(window.drafts.list()[0].id).value(CELL) == 1
    page = copies(qtbot, window)
    assert ["换回备份之前的文件" in page.list.item(row).text() for row in range(page.list.count())].count(True) == 1


def test_a_failed_backup_is_said_in_the_window(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = sample_wizard(window)

    def full(*_: object) -> None:
        raise StoreError("备份没有做成：磁盘空间不足。草稿照常保存。")

    monkeypatch.setattr(backups, "make_backup", full)
    window.scheduler.look()
    qtbot.waitUntil(lambda: "备份没有做成：磁盘空间不足" in words(window), timeout=10000)
    put(wizard, CELL, Decimal(2))
    saved(qtbot, window)
    assert "备份没有做成：磁盘空间不足" in words(window)              # a later save does not wipe it away
    view = wizard.enter("requests").view                   # type: ignore[attr-defined]
    assert view.hasFocus()
    dismiss = next(b for b in window.findChildren(QPushButton) if b.text() == "知道了")
    qtbot.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert "备份没有做成" not in words(window)
    assert view.hasFocus()                       # the keys are where they were
    assert window.isVisible()
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, title, words: said.append(words))
    window.close()
    assert said == ["备份没有做成：磁盘空间不足。草稿照常保存。"]


def test_leaving_makes_a_copy_of_what_was_saved(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    sample_wizard(window)
    assert window.scheduler is not None              # it is made
    file = window.drafts.file
    window.close()
    (copy,) = backups.list_backups(file)
    assert len(backups.list_drafts_in_backup(copy.file)) == 1


def test_a_copy_that_is_damaged_is_explained(qtbot: QtBot, window: MainWindow) -> None:
    folder = window.drafts.file.parent / backups.BACKUP_FOLDER
    folder.mkdir()
    (folder / "govdesk-20260101-090000.sqlite3").write_bytes(b"no database" * 1000)
    page = copies(qtbot, window)
    qtbot.waitUntil(lambda: "△" in words(page), timeout=10000)
    assert not page.replace_button.isEnabled()


def test_a_second_start_brings_the_first_window_to_the_front(
        qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    lock = claim(tmp_path)
    assert lock is not None
    answer_calls(lambda: tmp_path, window)
    window.showMinimized()
    QApplication.processEvents()
    (tmp_path / "govdesk.call").write_text("1")
    qtbot.waitUntil(lambda: not (tmp_path / "govdesk.call").exists(), timeout=5000)
    assert not window.isMinimized()
    lock.unlock()


def test_a_folder_of_copies_that_vanished_shows_none(qtbot: QtBot, window: MainWindow) -> None:
    sample_wizard(window)
    window.show_home()
    page = copies(qtbot, window)
    made(qtbot, page)
    page.close_worker()
    shutil.rmtree(window.drafts.file.parent / backups.BACKUP_FOLDER)
    page.show_copies()
    assert "还没有备份" in words(page)


def test_after_a_crash_that_took_a_save_with_it_nobody_is_told_that_all_is_there(
        qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    with open_store(tmp_path / "now") as store:
        draft = store.create(cli.sample_report())
        fold_log(store.file)
        store.save(draft, [edit_of(store.load(draft), "填入", [(Layer.VALUES, CELL, Decimal(77))])])
        shutil.copytree(tmp_path / "now", tmp_path / "data")
    log = tmp_path / "data" / "govdesk.sqlite3-wal"
    log.write_bytes(log.read_bytes()[:3000])                     # what was saved last is cut off
    window = open_window()
    window.program.settle(None, crashed=True)
    said = words(window.notices)
    assert "少了上次已经保存的内容" in said
    assert "没有正常退出" in said
    assert "都在" not in said
    next(b for b in window.notices.findChildren(QPushButton) if b.text() == "查看备份").click()
    page = window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    assert "损坏后留存的文件" in page.list.item(0).text()


def test_the_copies_are_shown_when_the_open_draft_is_saved_and_left(qtbot: QtBot, open_window: OpenWindow) -> None:
    """By the button of a notice, which lies over an open draft too: a copy may then be put back."""
    window = open_window()
    wizard = sample_wizard(window)
    saved(qtbot, window)
    put(wizard, CELL, Decimal(77))
    page = window.show_copies()
    assert isinstance(page, RestorePage)
    assert window.wizard is None
    assert window.drafts.load(window.drafts.list()[0].id).value(CELL) == 77
    page.back_wanted.emit()
    assert window.stack.currentWidget() is window.home
