"""One window on a folder of drafts; what is said where the drafts cannot be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QRadioButton

from govdesk import cli
from govdesk.store import backups
from govdesk.store.drafts import open_store
from ui.damage import DamageDialog
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
            backups.make(store.file)
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
