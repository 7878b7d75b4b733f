"""The whole job without a mouse: from the list of drafts to the exported PDF by key presses alone, and F6 around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Layer
from govdesk.session.session import Session
from tests.conftest import ROOT
from tests.ui.conftest import FORM_ID, empty_report, say
from tests.ui.focus_sight import hidden_part
from tests.ui.walking import sample, settle, show_merge
from ui.editing.editor import Editor
from ui.helper.decision_path import DecisionPathCard
from ui.wizard.step_rail import StepRailItem
from ui.wizard.top_bar import TopBar
from ui.wizard.wizard import Wizard

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


def focused() -> QWidget:
    """What has the focus, and it is in sight."""
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    assert not hidden_part(widget), (widget, hidden_part(widget))
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key; wherever that leads, the focus is in sight."""
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()
    now = QApplication.focusWidget()
    if now is not None and now.window().isVisible():     # else a dialogue has gone and the window is not active yet
        focused()


def tab_to(name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """Tab until a control of this accessible name, or of this text, has the focus."""
    for _ in range(60):
        now = focused()
        text = now.text() if isinstance(now, (QPushButton, QLineEdit)) else ""
        if isinstance(now, kind) and (now.accessibleName() == name or text == name):
            return now
        press(Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {name}")


def fill_cover() -> None:
    assert isinstance(tab_to("机关全称"), QLineEdit)
    say(focused(), "临江区教育局")
    for name, words in (("机关层级", "县（区）级"), ("年报种类", "部门（机关）年报")):
        box = tab_to(name)
        assert isinstance(box, QComboBox)
        while box.currentText() != words:
            press(Key.Key_Down)
    tab_to("报告年度")
    press(Key.Key_A, CONTROL)
    QTest.keyClicks(focused(), "2023")
    tab_to("成文日期")
    QTest.keyClicks(focused(), "2024-01-18")


def fill_pages(wizard: Wizard) -> None:
    """Texts written, tables filled with 0, by Ctrl+PgDn from page to page."""
    while wizard.at[0].id != "review":
        press(Key.Key_PageDown, CONTROL)
        item = wizard.at[1].item
        if item in wizard.editor.form.grids:
            press(Key.Key_0, CONTROL)
        elif item in wizard.editor.form.texts and wizard.editor.form.texts[item].required:
            assert isinstance(focused(), QTextEdit)
            say(focused(), "本年度未收取信息处理费。" if item == "other_matters"
                else "主动公开还不够及时，部分栏目更新偏慢，下一步将按季度逐项梳理应当公开的信息，按时公开。")


def answer_the_file_dialogue(target: Path) -> None:
    """The name typed, then Enter."""
    dialogue = QApplication.activeModalWidget()
    assert isinstance(dialogue, QFileDialog)
    name = focused()
    assert isinstance(name, QLineEdit)
    press(Key.Key_A, CONTROL)
    QTest.keyClicks(name, str(target))
    press(Key.Key_Return)


def test_from_home_to_the_pdf(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    press(Key.Key_N, CONTROL)
    wizard = window.wizard
    assert wizard is not None
    fill_cover()
    fill_pages(wizard)
    assert wizard.editor.now.blanks == 0
    press(Key.Key_Z, CONTROL)                # the last sentence away, and back
    press(Key.Key_PageDown, CONTROL)
    press(Key.Key_Y, CONTROL)
    assert wizard.editor.now.failed() == ()
    target = tmp_path / "report.pdf"
    QTimer.singleShot(600, lambda: answer_the_file_dialogue(target))
    press(Key.Key_E, CONTROL)
    qtbot.waitUntil(target.is_file, timeout=30_000)
    window.activateWindow()                  # which a window manager does when a dialogue is gone
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    document = pypdfium2.PdfDocument(target)
    text = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    assert "临江区教育局2023年" in re.sub(r"\s+", "", text)
    press(Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.home


def test_f6_goes_around_the_window(window: MainWindow) -> None:
    """Every part in turn, both ways; in each a control that Tab leads on from."""
    wizard = sample(window)
    wizard.go_to(Address("requests", "other_misc", "natural_person"))
    settle()
    parts = [wizard.helper, wizard.top, wizard.rail, wizard.stack]
    for part in parts:
        press(Key.Key_F6)
        assert part.isAncestorOf(focused()), part
    assert wizard.pages["requests"].view.cursor_address.row == "other_misc"    # type: ignore[attr-defined]
    for part in (wizard.rail, wizard.top, wizard.helper):
        press(Key.Key_F6, SHIFT)
        assert part.isAncestorOf(focused()), part
    press(Key.Key_Escape)
    assert wizard.stack.isAncestorOf(focused())


def by_preview(window: MainWindow) -> None:
    press(Key.Key_F9)
    press(Key.Key_F9)


def by_past(window: MainWindow) -> None:
    press(Key.Key_H, CONTROL | SHIFT)
    press(Key.Key_Escape)


def by_merge(window: MainWindow) -> None:
    show_merge(window).back_wanted.emit()


def by_manual(window: MainWindow) -> None:
    press(Key.Key_F1)
    press(Key.Key_Escape)


@pytest.mark.parametrize("item", ["cover", "last_year", "preamble", "requests", "review", "export"])
@pytest.mark.parametrize("away_and_back", [by_preview, by_past, by_merge, by_manual])
def test_whoever_comes_back_writes_on_where_he_was(window: MainWindow, item: str,
                                                   away_and_back: Callable[[MainWindow], None]) -> None:
    wizard = sample(window)
    step = next(step for step in wizard.steps if any(page.item == item for page in step.pages))
    page = wizard.enter(step.id, item)
    if item == "cover":
        page.fields["contact.phone"].setFocus()              # type: ignore[attr-defined]
    field = focused()
    away_and_back(window)
    assert window.stack.currentWidget() is wizard
    assert focused() is field


def test_the_rail_is_walked_with_arrows_and_entered_with_enter(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.enter("cover")
    wizard.rail.take_focus()
    press(Key.Key_Down)
    item = focused()
    shown = [i for i in wizard.rail.items if i.isVisible()]
    assert isinstance(item, StepRailItem) and item is shown[max(n for n, i in enumerate(shown) if i.current) + 1]
    press(Key.Key_Return)
    assert wizard.at == (item.step, item.page or item.step.pages[0])


def test_a_decision_is_walked_with_digits(window: MainWindow) -> None:
    """不掌握 or 没有现成: from the cell through three questions to another row, and the cursor is there."""
    wizard = sample(window)
    wizard.go_to(Address("requests", "unable_not_held", "other_org"))
    settle()
    press(Key.Key_F6)
    press(Key.Key_Return)
    settle()
    QTest.keyClicks(focused(), "3")          # no ready-made one, but material
    settle()
    press(Key.Key_Backspace)                 # thought again
    settle()
    QTest.keyClicks(focused(), "3")
    settle()
    QTest.keyClicks(focused(), "1")          # nothing was given
    settle()
    assert focused().accessibleName() == "去这一行：（四）无法提供 › 2.没有现成信息需要另行制作"
    press(Key.Key_Return)
    view = wizard.pages["requests"].view     # type: ignore[attr-defined]
    assert view.cursor_address == Address("requests", "unable_needs_creation", "other_org")
    assert view.hasFocus()


def test_a_decision_is_offered_only_where_rows_are_confused(window: MainWindow) -> None:
    wizard = sample(window)
    for row, offered in (("not_processed_duplicate", True), ("new_requests", False), ("other_misc", True)):
        wizard.go_to(Address("requests", row, "natural_person"))
        assert wizard.helper.section(DecisionPathCard).isHidden() is not offered


def test_where_room_is_short_f6_brings_the_helper_out_and_esc_folds_it(window: MainWindow) -> None:
    window.resize(1093, 614)
    wizard = sample(window)
    wizard.go_to(Address("requests", "other_misc", "natural_person"))
    settle()
    assert not wizard.helper.isVisible()
    press(Key.Key_F6)
    settle()
    assert wizard.helper.isVisible() and wizard.helper.isAncestorOf(focused())
    press(Key.Key_Escape)
    assert not wizard.helper.isVisible()
    assert wizard.stack.isAncestorOf(focused())


def test_a_section_folds_with_the_space_bar(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(Address("requests", "disclosed", "natural_person"))
    settle()
    press(Key.Key_F6)
    head = tab_to("填报说明，已展开")
    press(Key.Key_Space)
    assert head.accessibleName() == "填报说明，已收起"
    assert "提供给申请人" not in "".join(
        w.text() for w in wizard.helper.findChildren(QWidget) if hasattr(w, "text") and w.isVisibleTo(wizard.helper))


def test_the_file_dialogue_is_chinese(qtbot: QtBot, window: MainWindow) -> None:
    """Qt's own dialogue, where the system has none: buttons, labels and heads."""
    dialogue = QFileDialog(window, "导出 PDF")
    qtbot.addWidget(dialogue)
    dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialogue.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialogue.show()
    settle()
    said = [w.text() for w in dialogue.findChildren(QPushButton) if w.isVisibleTo(dialogue)]
    said += [w.text() for w in dialogue.findChildren(QWidget)
             if type(w).__name__ == "QLabel" and w.isVisibleTo(dialogue)]         # type: ignore[attr-defined]
    model = next(v for v in dialogue.findChildren(QWidget) if v.objectName() == "treeView").model()   # type: ignore
    said += [str(model.headerData(i, Qt.Orientation.Horizontal)) for i in range(model.columnCount())]
    assert [words for words in said if re.search("[A-Za-z]{3}", words)] == []
    assert len([words for words in said if re.search("[一-鿿]{2}", words)]) >= 8, said
    assert any(words.startswith("文件名") for words in said)


def test_a_question_is_scrolled_into_sight(window: MainWindow) -> None:
    """Also below a finding that fills the panel."""
    window.resize(1093, 614)
    wizard = sample(window)
    wizard.go_to(Address("requests", "disclosed", "natural_person"))
    QTest.keyClicks(focused(), "0")
    press(Key.Key_Return)
    wizard.go_to(Address("requests", "other_misc", "natural_person"))
    press(Key.Key_F6)
    press(Key.Key_Return)
    settle(300)                              # the finding above guesses its slips by then
    answer = focused()
    assert answer.accessibleName() == "是，要一份信息"
    top = answer.mapTo(wizard.helper, answer.rect().topLeft()).y()
    assert top >= 0 and top + answer.height() <= wizard.helper.viewport().height()


def test_every_shortcut_is_of_the_table() -> None:
    """So that none is missing from the page of keys."""
    own = [file.name for file in ROOT.joinpath("ui").rglob("*.py")
           if file.name != "shortcuts.py" and "QShortcut" in file.read_text(encoding="utf-8")]
    assert own == []


def test_undo_in_the_bar_outlives_the_report(look: QApplication, qtbot: QtBot) -> None:
    """Whichever of the two goes first: a stack of edits speaks once more as it is taken apart."""
    editor = Editor(Session(form_reader.load_form(FORM_ID), empty_report()))
    top = TopBar(editor)
    qtbot.addWidget(top)
    editor.do(editor.session.edit("填机关全称", [(Layer.COVER, "organ.name", "临江区教育局")]))
    undo = next(b for b in top.findChildren(QPushButton) if b.text() == "撤销")
    assert undo.toolTip() == "撤销 填机关全称（Ctrl+Z）"
    with qtbot.captureExceptions() as raised:
        shiboken6.delete(editor)
        QApplication.processEvents()
    assert raised == []
    assert not undo.isEnabled()
