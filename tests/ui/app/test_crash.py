"""A run that ends by itself: what it leaves behind, what the next start says and where it opens."""

from __future__ import annotations

import os
import re
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.base import paths
from govdesk.drafts.last_position import LAST_PLACE_FILE, LastPlace, read_last_place, write_last_place
from tests.conftest import ROOT
from tests.ui.app.program import PROGRAM, run, start
from tests.ui.conftest import OpenWindow
from tests.ui.driver import CELL, press, put, sample_wizard, saved, words
from ui.app import last_position
from ui.error_reports import crash_report
from ui.error_reports.error_dialog import ErrorCatcher, ErrorDialog, ReportDialog

WORK = PROGRAM + """
def act(window):
    from govdesk import cli
    from govdesk.form.form import Address
    from govdesk.report.report import Layer
    window.adopt(cli.sample_report())
    wizard = window.wizard
    cell = Address("requests", "new_requests", "natural_person")
    wizard.go_to(cell)
    wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, cell, Decimal(615243708192))]))
    window.autosave.saved.connect(lambda _: QTimer.singleShot(400, lambda: END(window)))

def stumble():
    raise ValueError("某某申请人的姓名")

def END(window):
    QTimer.singleShot(0, stumble)
    QTimer.singleShot(100, die)
"""
HARD = WORK + """
import faulthandler
def die():
    faulthandler._sigsegv()
sys.exit(application.run())
"""
ABORT = WORK + """
def die():
    from PySide6.QtCore import qFatal
    qFatal("ASSERT in /home/zhang san/secret/file.cpp, line 12")
sys.exit(application.run())
"""
SESSION = WORK + """
def die():
    import signal
    os.kill(os.getpid(), signal.SIGTERM)
sys.exit(application.run())
"""


@pytest.mark.parametrize(("program", "last_words"), [
    (HARD, "Segmentation fault"), (ABORT, "Qt（default）：[A qFatal() call")], ids=["hard", "qt"])
def test_after_a_crash_one_is_where_one_was(tmp_path: Path, program: str, last_words: str) -> None:
    ended = run(program, tmp_path)
    assert ended.returncode not in (0, 1), ended.stderr
    told = start(tmp_path)
    assert told["place"] == "requests/new_requests/natural_person"
    assert told["value"] == "615243708192"
    assert "上次程序没有正常退出" in told["said"][0]
    assert {"查看并复制报告", "看留下的版本", "知道了"} <= set(told["said"])
    (report,) = (tmp_path / "logs").glob("crash-*.txt")
    text = report.read_text(encoding="utf-8")
    assert last_words in text
    assert "ValueError" in text and "in stumble" in text
    assert "GovDesk" in text and "PySide6" in text
    for private in ("申请人", "615243708192", str(tmp_path), str(ROOT), "zhang"):
        assert private not in text
    if program == ABORT:
        return
    again = start(tmp_path)
    assert again == {"said": [], "place": None, "offered": True, "value": None}
    assert [file.name for file in (tmp_path / "logs").iterdir()] == [report.name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a session in a way of its own")
def test_the_end_of_a_session_is_no_crash(tmp_path: Path) -> None:
    ended = run(SESSION, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert start(tmp_path) == {"said": [], "place": None, "offered": True, "value": None}
    assert list((tmp_path / "logs").iterdir()) == []
    assert (tmp_path / "backups").is_dir()


def test_reports_do_not_pile_up(tmp_path: Path) -> None:
    folder = paths.log_folder()
    folder.mkdir(parents=True)
    for n in range(9):
        left = folder / f"run-{n}.txt"
        left.write_text(f"run {n}")
        os.utime(left, (1_700_000_000 + 100 * n,) * 2)
        kept = crash_report.keep_report(left)
        assert kept is not None
        assert crash_report.NOTHING_LEFT_WORDS in kept.read_text(encoding="utf-8")
    assert len(list(folder.iterdir())) == crash_report.MAX_REPORTS
    assert "run 8" in sorted(folder.iterdir())[-1].read_text(encoding="utf-8")


def test_one_run_notes_no_more_than_its_share(tmp_path: Path) -> None:
    file = (tmp_path / "run-1.txt").open("wb", buffering=0)
    trace = crash_report.RunTrace(file)
    for _ in range(2000):
        trace.note("x" * 100)
    file.close()
    assert (tmp_path / "run-1.txt").stat().st_size <= crash_report.MAX_REPORT_BYTES


@pytest.mark.parametrize(("text", "left"), [
    ('File "C:\\Users\\张三\\AppData\\Local\\GovDesk\\ui\\wizard\\wizard.py", line 3',
     'File "ui/wizard/wizard.py", line 3'),
    ('File "/home/li si/x/govdesk/store/drafts.py", line 3', 'File "govdesk/store/drafts.py", line 3'),
    ('File "/usr/lib/python3.11/threading.py", line 3', 'File "threading.py", line 3'),
    ("cannot open D:\\Users\\wang\\a.ttf here", "cannot open …/a.ttf here"),
    ("see /home/wang/fonts/a.ttf", "see …/a.ttf"),
    ("Linux-6.1-x86_64 and/or", "Linux-6.1-x86_64 and/or"),
])
def test_no_name_is_left_in_a_path(text: str, left: str) -> None:
    assert crash_report.strip_private_paths(text) == left


def test_an_error_in_a_thread_is_shown_and_noted_with_its_cause(
        qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(ErrorDialog, "exec", lambda dialog: shown.append(dialog.text.toPlainText()))
    file = (tmp_path / "run-1.txt").open("wb", buffering=0)
    catcher = ErrorCatcher(window, crash_report.RunTrace(file))
    words = "某某", "申请人"

    def work() -> None:
        try:
            try:
                raise KeyError(words[0])
            except KeyError as cause:
                raise RuntimeError(words[1]) from cause
        except RuntimeError as error:
            catcher.caught(error, "在后台：")

    threading.Thread(target=work).start()
    qtbot.waitUntil(lambda: bool(shown), timeout=5000)
    file.close()
    noted = (tmp_path / "run-1.txt").read_text(encoding="utf-8")
    assert len(shown) == 1
    for text in (shown[0], noted):
        assert "RuntimeError" in text and "KeyError" in text and "test_crash.py" in text
        assert "某某" not in text and "申请人" not in text


def crashed(window: MainWindow, left: Path | None = None) -> None:
    window.program.settle(left, crashed=True)


def test_the_report_is_copied_by_one_click(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogs: list[ReportDialog] = []
    monkeypatch.setattr(ReportDialog, "exec", lambda dialog: (dialog.show(), dialogs.append(dialog)))
    crashed(window)
    assert "上次程序没有正常退出。已经保存的草稿都在。" in words(window)
    press(window, "查看并复制报告")
    press(dialogs[0], "复制")
    copied = QApplication.clipboard().text()
    assert "GovDesk" in copied and crash_report.NOTHING_LEFT_WORDS in copied
    dialogs[0].close()
    press(window, "知道了")
    assert "没有正常退出" not in words(window)


def test_what_must_be_answered_is_reached_by_f6_and_enter(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    wizard.enter("requests")
    crashed(window)
    window.activateWindow()
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget() or wizard, Qt.Key.Key_F6)
        if window.notices.isAncestorOf(QApplication.focusWidget()):
            break
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "查看并复制报告"
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "没有正常退出" not in words(window)


def test_a_draft_that_ends_the_program_is_not_opened_for_ever(window: MainWindow) -> None:
    draft = window.drafts.create(cli.sample_report())
    write_last_place(window.drafts.file.parent, LastPlace(draft, "problems"))
    crashed(window)
    assert window.wizard is not None
    assert window.wizard.at[1].item == "problems"
    assert read_last_place(window.drafts.file.parent) == LastPlace(draft, "problems", again=1)
    window.show_home()
    write_last_place(window.drafts.file.parent, LastPlace(draft, "problems", again=1))
    crashed(window)                          # it ended again, within half a minute
    assert window.wizard is None
    assert "那时正打开“临江区人民政府办公室 2023 年”" in words(window)
    press(window, "打开它")
    assert window.wizard is not None


@pytest.mark.parametrize(("seconds", "is_opened"), [(29, False), (30, True)])
def test_a_draft_that_was_open_for_half_a_minute_is_opened_by_itself_again(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, seconds: int, is_opened: bool) -> None:
    looks = seconds * 1000 // last_position.LOOK
    monkeypatch.setattr(last_position, "LOOK", 3_600_000)        # the clock of this test is the loop below
    folder = window.drafts.file.parent
    write_last_place(folder, LastPlace(window.drafts.create(cli.sample_report()), "problems"))
    crashed(window)
    assert window.wizard is not None and window.position is not None
    window.wizard.enter_item("other_matters")
    for _ in range(looks):
        window.position.look()
    again = 0 if is_opened else 1
    qtbot.waitUntil(lambda: (place := read_last_place(folder)) is not None and place.item == "other_matters"
                    and place.again == again, timeout=5000)
    at_the_end = read_last_place(folder)
    assert at_the_end is not None
    window.show_home()
    window.position.close()
    write_last_place(folder, at_the_end)
    crashed(window)                          # it ended again
    assert (window.wizard is not None) == is_opened
    assert ("打开它" in words(window)) == (not is_opened)


def test_what_was_there_then_is_a_version(qtbot: QtBot, window: MainWindow) -> None:
    draft = window.drafts.create(cli.sample_report())
    write_last_place(window.drafts.file.parent, LastPlace(draft, "requests"))
    crashed(window)
    qtbot.waitUntil(lambda: bool(window.drafts.versions(draft)), timeout=5000)
    press(window, "看留下的版本")
    assert "“意外退出后继续填报”之前" in window.stack.currentWidget().list.item(0).text()   # type: ignore[attr-defined]


@pytest.mark.parametrize("kept", ["", "{", "[1]", '["x", "", "", true, 0]', '[true, "", "", true, 0]', "null",
                                  '[99, "requests", "no/such/cell", true, 0]', '[1, "no such page", "", true, 0]'])
def test_a_place_that_makes_no_sense_is_no_place(window: MainWindow, kept: str) -> None:
    draft = window.drafts.create(cli.sample_report())
    assert draft == 1
    (window.drafts.file.parent / LAST_PLACE_FILE).write_text(kept, encoding="utf-8")
    crashed(window)
    assert "上次程序没有正常退出" in words(window)


def test_a_normal_start_offers_the_place_or_goes_there(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    wizard = sample_wizard(window)
    window.program.settle(None, crashed=False)
    wizard.enter_item("problems")
    window.close()
    window.program.end()
    again = open_window()
    again.program.settle(None, crashed=False)
    assert again.wizard is None
    press(again, "接着上次填 ›")
    assert again.wizard is not None
    assert again.wizard.at[1].item == "problems"
    again.close()
    again.program.end()
    third = open_window()
    third.workspace.remember(start="last")
    third.program.settle(None, crashed=False)
    assert third.wizard is not None
    assert third.wizard.at[1].item == "problems"
    assert "没有正常退出" not in words(third)


def test_what_is_saved_is_said_first_and_the_report_is_folded(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workspace.describe_saved() == "草稿都在，没有正在填的。"
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(77))
    assert "还没有全部保存" in window.workspace.describe_saved()
    saved(qtbot, window)
    sentence = window.workspace.describe_saved()
    assert re.fullmatch(r"草稿已保存到 \d\d:\d\d，保存过的没有丢失。", sentence)
    put(wizard, CELL, Decimal(78))           # saved once, and something waits again
    assert "还没有全部保存" in window.workspace.describe_saved()
    dialog = ErrorDialog(ValueError("x"), sentence, window)
    dialog.show()
    said = words(dialog)
    assert said.startswith(sentence) and "程序遇到没有料到的情况" in said
    assert not dialog.text.isVisible() and "ValueError" in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.fold, Qt.MouseButton.LeftButton)
    assert dialog.text.isVisible()
    dialog.close()
