"""Leaving the program: the file is checked and copied in a thread, the window painted, and what went wrong is said."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.store import backups
from govdesk.store.file import integrity
from tests.store.store_helpers import fold_log
from tests.ui.conftest import OpenWindow
from tests.ui.driver import CELL, press, put, sample_wizard, saved, words
from ui.app import shutdown
from ui.app.shutdown import Veil
from ui.backups.scheduler import BackupScheduler
from ui.common.worker import Worker


def slow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    real = backups.make_backup

    def make(*places: Any) -> backups.BackupCopy:
        time.sleep(seconds)
        return real(*places)

    monkeypatch.setattr(backups, "make_backup", make)


def worked(qtbot: QtBot, window: MainWindow) -> Path:
    put(sample_wizard(window), CELL, Decimal(4))
    saved(qtbot, window)
    return window.drafts.file


def test_a_slow_copy_is_waited_for_and_told_of_while_the_window_lives(
        qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window()
    file = worked(qtbot, window)
    slow(monkeypatch, 0.9)
    ticks: list[str] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(" ".join(words(v) for v in window.findChildren(Veil) if v.isVisible())))
    timer.start(50)
    window.close()
    timer.stop()
    assert not window.isVisible()
    assert len(ticks) > 8                    # nothing was frozen
    assert "正在备份" not in ticks[2]
    assert "正在备份" in ticks[-1]
    (copy,) = backups.list_backups(file)
    assert len(backups.list_drafts_in_backup(copy.file)) == 1


def test_a_quick_one_says_nothing(qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(Veil, "show", shown.append)
    window = open_window()
    file = worked(qtbot, window)
    window.close()
    assert shown == []
    assert len(backups.list_backups(file)) == 1


def test_a_job_that_is_over_at_once_is_not_waited_for(
        open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "run", lambda worker, job, done, failed: done(job()))
    window = open_window()
    window.close()
    assert not window.isVisible()


def test_where_nothing_was_saved_no_copy_is_made(open_window: OpenWindow) -> None:
    window = open_window()
    file = window.drafts.file
    window.close()
    assert backups.list_backups(file) == []


def test_one_need_not_wait_for_ever(qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutdown, "SAY_AFTER", 10)
    monkeypatch.setattr(shutdown, "GIVE_WAY_AFTER", 50)
    slow(monkeypatch, 1.5)
    window = open_window()
    worked(qtbot, window)
    QTimer.singleShot(200, lambda: press(window, "不再等待，退出"))
    before = time.monotonic()
    window.close()
    assert time.monotonic() - before < 1.2
    assert not window.isVisible()


def spoil(window: MainWindow) -> Path:
    for _ in range(20):
        window.drafts.create(cli.sample_report())
    file = window.drafts.file
    fold_log(file)
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle:middle + 4096] = bytes(4096)
    file.write_bytes(data)
    return file


def test_damage_found_on_leaving_is_told_and_no_copy_made_of_it(
        open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, title, words: said.append(words))
    window = open_window()
    window.workspace.was_saved = True
    file = spoil(window)
    window.close()
    assert said == [shutdown.DAMAGED]
    assert integrity.is_suspect(file)        # so that the next start looks at all of it
    assert backups.list_backups(file) == []


def test_damage_of_a_large_file_is_found_behind_the_first_page(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "LARGE_BYTES", 0)
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: None)
    spoil(window)
    window.program.after_start.look_over()
    qtbot.waitUntil(lambda: "草稿文件有损坏的地方" in words(window), timeout=10000)
    press(window, "退出")
    assert not window.isVisible()


def test_what_a_crash_left_in_no_copy_is_copied_on_leaving(open_window: OpenWindow) -> None:
    """Saved, killed; the next run looks at the list and leaves."""
    window = open_window()
    file = window.drafts.file
    window.drafts.create(cli.sample_report())
    backups.make_backup(file)
    os.utime(backups.list_backups(file)[0].file, (time.time() - 60,) * 2)
    window.drafts.create(cli.sample_report())
    window.show_home()
    assert window.workspace.findChild(BackupScheduler) is None and not window.workspace.was_saved
    window.close()
    assert [len(backups.list_drafts_in_backup(copy.file)) for copy in backups.list_backups(file)] == [2, 1]
    again = open_window()
    again.close()
    assert len(backups.list_backups(file)) == 2               # nothing was saved since
