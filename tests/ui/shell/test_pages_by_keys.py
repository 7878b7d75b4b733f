"""Every page over the wizard, opened, walked and left by keys alone; the focus is in sight at each step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.exchange import report_file
from govdesk.report.report import Layer, edit_of
from tests.ui.test_keyboard import CONTROL, SHIFT, Key, focused, press
from tests.ui.walking import sample, settle
from ui.backups.backups_page import RestorePage
from ui.draft.merge_page import MergePage
from ui.history.versions_page import VersionsPage
from ui.home.about_dialog import AboutDialog
from ui.manual.manual import ManualPage
from ui.pages.self_check_page import SelfCheckPage

ALT = Qt.KeyboardModifier.AltModifier


def tab_to_words(words: str) -> QWidget:
    """Tab until what has the focus says these words, in its name or on it."""
    for _ in range(80):
        now = focused()
        if words in now.accessibleName() or words in str(getattr(now, "text", str)()):
            return now
        press(Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {words}")


def press_in_menu(*keys: Qt.Key) -> None:
    """Keys for the menu that is about to open."""
    def answer() -> None:
        for key in keys:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            QTest.keyClick(menu, key)
            QApplication.processEvents()

    QTimer.singleShot(200, answer)
    press(Key.Key_Return)


def shown(window: MainWindow, kind: type[QWidget]) -> bool:
    return isinstance(window.stack.currentWidget(), kind)


def walk() -> None:
    """A few steps on and back."""
    for _ in range(4):
        press(Key.Key_Tab)
    for _ in range(4):
        press(Key.Key_Backtab, SHIFT)


@pytest.mark.parametrize(("keys", "kind"), [
    ((Key.Key_H, CONTROL | SHIFT), VersionsPage),
    ((Key.Key_F1, Qt.KeyboardModifier.NoModifier), ManualPage),
])
def test_by_a_key(window: MainWindow, keys: tuple[Qt.Key, Qt.KeyboardModifier], kind: type[QWidget]) -> None:
    wizard = sample(window)
    wizard.enter("requests", "requests")
    before = focused()
    press(*keys)
    assert shown(window, kind)
    walk()
    press(Key.Key_Escape)
    assert window.stack.currentWidget() is wizard and focused() is before


@pytest.mark.parametrize("open_it", [lambda: press(Key.Key_F9), lambda: press(Key.Key_F, CONTROL),
                                     lambda: press(Key.Key_H, CONTROL)], ids=["preview", "find", "replace"])
def test_beside_the_page(window: MainWindow, open_it: Callable[[], None]) -> None:
    wizard = sample(window)
    wizard.enter_item("preamble")
    open_it()
    settle()
    for _ in range(6):
        press(Key.Key_F6)
        walk()


def test_copies_and_back_home(window: MainWindow) -> None:
    sample(window)
    press(Key.Key_Home, ALT)
    assert window.stack.currentWidget() is window.home
    tab_to_words("备份与恢复")
    press(Key.Key_Return)
    assert shown(window, RestorePage)
    walk()
    press(Key.Key_Escape)
    assert window.stack.currentWidget() is window.home


def test_a_setting_and_about(window: MainWindow) -> None:
    tab_to_words("设置")
    press_in_menu(Key.Key_Down, Key.Key_Right, Key.Key_Return)
    assert window.settings.theme == "system"
    seen: list[bool] = []

    def leave() -> None:
        about = QApplication.activeModalWidget()
        assert isinstance(about, AboutDialog)
        walk()
        seen.append(True)
        press(Key.Key_Escape)

    QTimer.singleShot(600, leave)
    tab_to_words("设置")
    press_in_menu(Key.Key_A)
    assert seen == [True]


def test_the_self_check_sheet(window: MainWindow) -> None:
    sample(window).enter("review")
    tab_to_words("自检单")
    press(Key.Key_Return)
    assert shown(window, SelfCheckPage)
    walk()
    press(Key.Key_Escape)
    assert not shown(window, SelfCheckPage)


def test_merging_with_a_file(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    wizard = sample(window)
    report = wizard.editor.now.report
    other = edit_of(report, "", [(Layer.TEXTS, "problems", "另一处")]).applied_to(report)
    file = tmp_path / "other.govdesk"
    file.write_bytes(report_file.dump_report(other))

    def answer() -> None:
        dialogue = QApplication.activeModalWidget()
        assert isinstance(dialogue, QFileDialog)
        assert isinstance(focused(), QLineEdit)
        QTest.keyClicks(focused(), str(file))
        QTest.keyClick(focused(), Key.Key_Return)

    QTimer.singleShot(900, answer)
    wizard.top.more_button.setFocus()
    press_in_menu(Key.Key_M)
    qtbot.waitUntil(lambda: shown(window, MergePage), timeout=5000)
    window.activateWindow()                  # which a window manager does when a dialogue is gone
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    walk()
    press(Key.Key_Escape)
    assert window.stack.currentWidget() is wizard
