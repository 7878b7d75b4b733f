"""One window on a folder of drafts; what is said where the drafts cannot be had."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.exchange import report_file
from govdesk.report.report import Layer, edit_of
from govdesk.store import backups
from govdesk.store.drafts import open_store
from govdesk.store.sql.history import NAMED, VersionMark
from tests.conftest import ROOT
from tests.ui.conftest import OpenWindow
from ui.app.damaged_file_dialog import DamageDialog
from ui.app.data_folder import open_drafts
from ui.app.single_instance import UNKNOWN, answer_calls, claim
from ui.draft.unsaved_question import leave_unsaved

HOLD = """
import sys, time
from pathlib import Path
from ui.app.qt_application import application
from ui.app.single_instance import claim
app = application("light")
lock = claim(Path(sys.argv[1]))
assert lock.isLocked()
print("held", lock.left_by, flush=True)
time.sleep(60)
"""


def holding(folder: Path, user: str) -> subprocess.Popen[bytes]:
    """The program of another session on this folder."""
    settings = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "USER": user, "USERNAME": user}
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE,
                             env=os.environ | settings)
    assert other.stdout is not None
    assert other.stdout.readline() == b"held 0\n"
    return other


def press(words: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer the next message boxes by the button with these words; returns what they said."""
    said: list[str] = []

    def answer(box: QMessageBox) -> int:
        said.append(box.text())
        letters = [b.shortcut().toString() for b in box.buttons()]
        assert "" not in letters and len(set(letters)) == len(letters)
        next(b for b in box.buttons() if b.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return said


CALLING = """
import sys
from pathlib import Path
from ui.app.qt_application import application
from ui.app.single_instance import claim
app = application("light")
print(claim(Path(sys.argv[1]), sys.argv[2]), flush=True)
"""


def test_a_second_start_hands_its_file_to_the_first_window(
        qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    window.adopt(cli.sample_report())
    here = window.drafts.file.parent
    window.program.data_folder.held = claim(here)
    answer_calls(lambda: here, window, window.open_from_outside)
    file = tmp_path / "带回 的.govdesk"
    file.write_bytes(report_file.dump_report(edit_of(cli.sample_report(), "x", [
        (Layer.COVER, "organ.name", "青山县文化和旅游局")]).applied_to(cli.sample_report())))
    second = subprocess.Popen([sys.executable, "-c", CALLING, str(here), file.name], stdout=subprocess.PIPE,
                              cwd=tmp_path, env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)})
    window.show_past()                           # what is being looked at is not taken away
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=15_000)
    assert second.stdout is not None and second.stdout.read() == b"None\n"
    qtbot.wait(400)
    page = window.stack.currentWidget()
    assert page not in (window.home, window.wizard)
    page.back_wanted.emit()                      # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.wizard is not None
                    and window.wizard.editor.now.report.cover("organ.name") == "青山县文化和旅游局", timeout=5000)
    window.program.data_folder.held.unlock()


def test_a_second_window_is_told_who_has_it_and_a_killed_one_is_forgotten(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = holding(tmp_path, "王芳")
    said = press("退出", monkeypatch)
    assert claim(tmp_path) is None
    assert "已经打开" in said[0]
    assert f"进程 {other.pid}" in said[0]
    assert "用户 王芳" in said[0]
    assert f"从 {datetime.now():%Y-%m-%d}" in said[0]
    press("仍然打开", monkeypatch)
    lock = claim(tmp_path)
    assert lock is not None
    assert not lock.isLocked() and not lock.left_by
    other.kill()
    other.wait()
    asked = press("退出", monkeypatch)
    lock = claim(tmp_path)
    assert lock is not None
    assert lock.isLocked()
    assert lock.left_by == other.pid
    assert asked == []
    lock.unlock()
    after = claim(tmp_path)
    assert after is not None and not after.left_by


def test_a_lock_that_a_power_cut_left_empty_locks_nobody_out(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "govdesk.lock"
    lock.write_bytes(b"")
    os.utime(lock, (time.time() - 60,) * 2)
    asked = press("退出", monkeypatch)
    taken = claim(tmp_path)
    assert taken is not None and taken.isLocked()
    assert taken.left_by == UNKNOWN
    assert asked == []


def test_moving_to_a_folder_that_another_has_open_moves_nothing(
        window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = window.drafts.file.parent, tmp_path / "there"
    there.mkdir()
    window.program.data_folder.held = claim(here)
    other = holding(there, "王芳")
    try:
        press("退出", monkeypatch)
        assert not window.attempt(lambda: window.move_to(there))
        assert window.drafts.file.parent == here
    finally:
        other.kill()
        other.wait()
    window.move_to(there)
    assert window.program.data_folder.held is not None and window.program.data_folder.held.isLocked()
    assert not (here / "govdesk.lock").exists()


def answered(monkeypatch: pytest.MonkeyPatch, choice: str, *, stay: bool = True) -> list[str]:
    """Choose in the next damage dialogue; returns what could be chosen."""
    said: list[str] = []

    def answer(dialog: DamageDialog) -> int:
        said.extend(b.text() for b in dialog.findChildren(QRadioButton) if b.isEnabled())
        if stay and choice:
            getattr(dialog, choice).setChecked(True)
        return int(stay)

    monkeypatch.setattr(DamageDialog, "exec", answer)
    monkeypatch.setattr(QMessageBox, "information", lambda *_: None)
    return said


def spoilt(folder: Path, *, copied: bool) -> bytes:
    """A data file with one page of zeros, with or without a backup of what it held."""
    with open_store(folder) as store:
        for _ in range(20):
            store.create(cli.sample_report())
        if copied:
            backups.make_backup(store.file)
    file = folder / "govdesk.sqlite3"
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle:middle + 4096] = bytes(4096)
    file.write_bytes(data)
    return bytes(data)


def test_a_file_that_is_no_database_is_kept_and_new_drafts_begun(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "govdesk.sqlite3"
    bad.write_bytes(b"this is no database" * 200)
    assert answered(monkeypatch, "anew") == []
    drafts = open_drafts(tmp_path)
    assert drafts is not None
    assert drafts.list() == []
    drafts.close()
    kept = [file for file in tmp_path.iterdir() if file.read_bytes().startswith(b"this is no database")]
    assert len(kept) == 1


@pytest.mark.parametrize("choice", ["salvaged", "copied"])
def test_what_can_be_read_or_the_newest_copy_takes_the_place_of_a_damaged_file(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, choice: str) -> None:
    bad = spoilt(tmp_path, copied=True)
    said = answered(monkeypatch, choice)
    drafts = open_drafts(tmp_path)
    assert drafts is not None
    with drafts:
        count = len(drafts.list())
    assert count == 20 if choice == "copied" else count >= 15
    assert any(words.startswith("换用 ") and "20 份草稿" in words for words in said)
    assert bad in [file.read_bytes() for file in tmp_path.glob("govdesk.*-*.sqlite3")]


def test_a_copy_of_the_second_place_may_take_the_place_of_a_damaged_file(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, stick = tmp_path / "drafts", tmp_path / "stick"
    stick.mkdir()
    spoilt(folder, copied=False)
    with open_store(tmp_path / "elsewhere") as store:
        store.create(cli.sample_report())
        made = backups.make_backup(store.file, stick)
    assert (stick / made.file.name).exists()
    said = answered(monkeypatch, "copied")
    drafts = open_drafts(folder, stick)
    assert drafts is not None
    with drafts:
        assert len(drafts.list()) == 1
    assert any(words.startswith("换用 ") and "1 份草稿" in words for words in said)


def test_leaving_a_damaged_file_changes_nothing(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = spoilt(tmp_path, copied=False)
    answered(monkeypatch, "", stay=False)
    assert open_drafts(tmp_path) is None
    assert (tmp_path / "govdesk.sqlite3").read_bytes() == bad


def test_a_folder_that_cannot_be_had_is_a_sentence(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    said = press("退出", monkeypatch)
    assert open_drafts(tmp_path / "file" / "drafts") is None
    assert "Traceback" not in said[0]
    assert len(said) == 1


@pytest.mark.parametrize(("letter", "leaves"), [(Qt.Key.Key_D, True), (Qt.Key.Key_S, False)])
def test_a_letter_answers_a_message_box(qtbot: QtBot, look: QApplication, letter: Qt.Key, leaves: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def type_it() -> None:
        box = parent.findChild(QMessageBox)
        assert box is not None
        box.activateWindow()
        QTest.keyClick(box, letter, Qt.KeyboardModifier.AltModifier)

    QTimer.singleShot(200, type_it)
    assert leave_unsaved(parent) is leaves


@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize("choice", ["copied", "anew"])
def test_a_file_that_is_gone_or_empty_where_drafts_were_saved_is_no_new_beginning(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, choice: str, gone: bool) -> None:
    with open_store(tmp_path) as store:
        draft = store.create(cli.sample_report())
        store.save(draft, [VersionMark(NAMED, "送审稿")])
        backups.make_backup(store.file)
    if gone:
        store.file.unlink()
    else:
        store.file.write_bytes(b"")
    said = answered(monkeypatch, choice)
    drafts = open_drafts(tmp_path)
    assert drafts is not None
    with drafts:
        assert len(drafts.list()) == (1 if choice == "copied" else 0)
    assert any("有 1 份草稿" in words for words in said) and "从空白开始" in said
    with open_store(tmp_path):                                # asked once
        pass


def test_a_folder_in_which_nothing_was_saved_yet_asks_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.file.unlink()
    with open_store(tmp_path) as store:
        assert store.list() == []
