"""Tapes, sources and pastes in the whole window: beside the helper, through the draft and back, and a moment later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from govdesk.report import typed_sums
from govdesk.report.report import Layer
from tests.ui.conftest import OpenWindow, say
from ui.common import debounce
from ui.wizard.wizard import Wizard

CELL = Address("requests", "new_requests", "natural_person")
BELOW = Address("requests", "carried_over_in", "natural_person")


def table(window: MainWindow) -> Wizard:
    """A new draft, its cursor in the first cell of table 3."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.home.new_button.click()
    assert window.wizard is not None
    window.wizard.go_to(CELL)
    return window.wizard


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    shown = [w for w in widget.findChildren(QLabel) + widget.findChildren(QPushButton) if w.isVisible()]
    return "\n".join(w.text() for w in shown)


def test_the_helper_shows_the_tape_and_leads_to_source_and_note(window: MainWindow) -> None:
    wizard = table(window)
    QTest.keyClicks(QApplication.focusWidget(), "12+3+5")
    press(Qt.Key.Key_Return)
    wizard.go_to(CELL)
    assert "相加：12 +3 +5" in words(wizard.helper)
    link = next(b for b in wizard.helper.findChildren(QPushButton) if "写来源" in b.text() and b.isVisible())
    link.click()
    say(QApplication.focusWidget(), "办公室收文台账")
    press(Qt.Key.Key_Escape)
    assert "来源：办公室收文台账" in words(wizard.helper)
    wizard.go_to(BELOW)
    assert "办公室收文台账" not in words(wizard.helper)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert wizard.editor.now.report.entry(Layer.SOURCES, CELL) is None
    assert wizard.pages["requests"].view.cursor_address == CELL      # undo leads to what it changed


def test_tape_source_and_note_are_in_the_draft_after_a_restart(open_window: OpenWindow, qtbot: QtBot) -> None:
    first = open_window()
    wizard = table(first)
    QTest.keyClicks(QApplication.focusWidget(), "12+3")
    press(Qt.Key.Key_Return)
    wizard.editor.do(wizard.editor.session.edit("填写来源", [
        (Layer.SOURCES, CELL, "台账"), (Layer.NOTES, BELOW, "待核")]))
    assert first.autosave is not None
    saver = first.autosave
    qtbot.waitUntil(lambda: not saver.unsaved)
    first.close()
    again = open_window()
    again.home.table.setFocus()
    qtbot.keyClick(again.home.table, Qt.Key.Key_Return)
    assert again.wizard is not None
    report = again.wizard.editor.now.report
    assert typed_sums.tape_of(report, CELL) == "12+3"
    assert (report.entry(Layer.SOURCES, CELL), report.entry(Layer.NOTES, BELOW)) == ("台账", "待核")


def test_a_paste_is_left_when_another_step_is_entered(window: MainWindow) -> None:
    wizard = table(window)
    data = QMimeData()
    data.setText("1\t2\n3\t4")
    QGuiApplication.clipboard().setMimeData(data)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert wizard.pages["requests"].paste_bar.isVisible()
    press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    wizard.go_to(CELL)
    assert not wizard.pages["requests"].paste_bar.isVisible()
    assert wizard.editor.now.report.value(CELL) is None


def test_the_words_beside_the_table_follow_the_cursor_by_themselves(
        window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = table(window)
    monkeypatch.setattr(debounce, "PAUSE_MS", 40)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "予以公开" in words(wizard.helper))
    QTest.keyClicks(QApplication.focusWidget(), "7")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "165" in wizard.status.standing.text())


def test_what_is_being_typed_is_not_called_saved(window: MainWindow, qtbot: QtBot) -> None:
    """The figure of an open cell is in no draft: a power cut takes it, and the foot says so at the first key."""
    wizard = table(window)
    with qtbot.waitSignal(window.autosave.saved, timeout=2000):
        QTest.keyClicks(QApplication.focusWidget(), "12")
        press(Qt.Key.Key_Return)
    saved = wizard.status.saved.text()
    assert "已自动保存" in saved
    QTest.keyClicks(QApplication.focusWidget(), "3")
    assert wizard.status.saved.text() == "正在填写，按回车记入"
    press(Qt.Key.Key_Escape)
    assert wizard.status.saved.text() == saved               # given up: nothing waits
    press(Qt.Key.Key_F2)
    assert wizard.status.saved.text() == saved               # only looked at
    QTest.keyClicks(QApplication.focusWidget(), "3")
    with qtbot.waitSignal(window.autosave.saved, timeout=2000):
        press(Qt.Key.Key_Return)
        assert "已自动保存" not in wizard.status.saved.text()  # in the report, not on the disk
    assert "已自动保存" in wizard.status.saved.text()


def test_a_save_that_ends_while_the_next_cell_is_typed_says_nothing_of_it(window: MainWindow, qtbot: QtBot) -> None:
    wizard = table(window)
    with qtbot.waitSignal(window.autosave.saved, timeout=2000):
        QTest.keyClicks(QApplication.focusWidget(), "12")
        press(Qt.Key.Key_Return)
        QTest.keyClicks(QApplication.focusWidget(), "3")
    assert wizard.status.saved.text() == "正在填写，按回车记入"
    press(Qt.Key.Key_Escape)
    assert "已自动保存" in wizard.status.saved.text()


def test_a_figure_of_last_year_that_cannot_be_read_is_not_called_saved(window: MainWindow, qtbot: QtBot) -> None:
    wizard = table(window)
    wizard.enter("cover", "last_year")
    with qtbot.waitSignal(window.autosave.saved, timeout=2000):
        QTest.keyClicks(QApplication.focusWidget(), "12")
    assert "已自动保存" in wizard.status.saved.text()
    QTest.keyClicks(QApplication.focusWidget(), "x")
    assert wizard.status.saved.text() == "上年数字有一处没有记入，请改正"
    press(Qt.Key.Key_Backspace)
    assert "已自动保存" in wizard.status.saved.text()


def test_no_digit_of_last_years_figures_is_hidden(window: MainWindow) -> None:
    """Of what the field takes, twelve digits, all are in sight."""
    wizard = table(window)
    wizard.enter("cover", "last_year")
    QTest.keyClicks(QApplication.focusWidget(), "999999999999")
    field = QApplication.focusWidget()
    field.repaint()                                          # a line edit scrolls as it paints
    seen = field.cursorRect().left()                         # the caret stands behind the last digit
    press(Qt.Key.Key_Home)
    field.repaint()
    assert seen - field.cursorRect().left() >= field.fontMetrics().horizontalAdvance("999999999999")
