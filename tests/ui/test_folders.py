"""One window on a folder of drafts; what is said where the drafts cannot be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from ui.folders import claim, open_drafts

HOLD = """
import sys, time
from PySide6.QtCore import QCoreApplication, QLockFile
app = QCoreApplication([])
lock = QLockFile(sys.argv[1])
lock.setStaleLockTime(0)
assert lock.tryLock(0)
print("held", flush=True)
time.sleep(60)
"""


def press(words: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer the next message boxes by the button with these words; returns what they said."""
    said: list[str] = []

    def answer(box: QMessageBox) -> int:
        said.append(box.text())
        next(b for b in box.buttons() if b.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return said


def test_a_second_window_is_told_and_a_killed_one_forgotten(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "govdesk.lock")], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    said = press("退出", monkeypatch)
    assert claim(tmp_path) is None
    assert "已经打开" in said[0]
    assert str(other.pid) in said[0]
    press("仍然打开", monkeypatch)
    assert claim(tmp_path) is not None
    other.kill()
    other.wait()
    asked = press("退出", monkeypatch)
    lock = claim(tmp_path)
    assert lock is not None
    assert lock.isLocked()
    assert asked == []


def test_a_damaged_file_is_kept_and_new_drafts_begun(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "govdesk.sqlite3"
    bad.write_bytes(b"this is no database" * 200)
    press("留存原文件，新建", monkeypatch)
    monkeypatch.setattr(QMessageBox, "information", lambda *_: None)
    drafts = open_drafts(tmp_path)
    assert drafts is not None
    assert drafts.list() == []
    drafts.close()
    kept = [file for file in tmp_path.iterdir() if file.read_bytes().startswith(b"this is no database")]
    assert len(kept) == 1


def test_leaving_a_damaged_file_changes_nothing(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "govdesk.sqlite3"
    bad.write_bytes(b"this is no database" * 200)
    press("退出", monkeypatch)
    assert open_drafts(tmp_path) is None
    assert bad.read_bytes() == b"this is no database" * 200


def test_a_folder_that_cannot_be_had_is_a_sentence(
        look: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    said = press("退出", monkeypatch)
    assert open_drafts(tmp_path / "file" / "drafts") is None
    assert "Traceback" not in said[0]
    assert len(said) == 1
