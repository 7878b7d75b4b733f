"""What stands behind a figure: its tape, its source, a note; and the input method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from govdesk.paste import clipboard_in
from govdesk.report import typed_sums
from govdesk.report.report import Layer
from tests.ui.conftest import say
from tests.ui.grid.clerk import CONTROL, SHIFT, Clerk, Key, colours_in
from ui.common import theme
from ui.editing.editor import Editor
from ui.grid.cell_delegate import CellEditor
from ui.grid.model import ACCESSIBLE_DESCRIPTION


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    return Clerk(qtbot, editor)


def tape(clerk: Clerk, row: str = "new_requests") -> str:
    return typed_sums.tape_of(clerk.editor.now.report, clerk.at(row))


def tip(clerk: Clerk, row: str, column: str = "natural_person") -> str:
    """What pointing at a cell shows."""
    at = clerk.view.visualRect(clerk.model.index_of(clerk.at(row, column))).center()
    QToolTip.hideText()
    point = clerk.view.viewport().mapToGlobal(QPoint(at))
    QApplication.sendEvent(clerk.view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, point))
    return QToolTip.text() if QToolTip.isVisible() else ""


def test_a_sum_enters_its_total_and_keeps_its_tape_as_one_step(clerk: Clerk) -> None:
    clerk.enter("12+3+5")
    assert (clerk.value("new_requests"), tape(clerk)) == ("20", "12+3+5")
    assert "12+3+5＝20" in clerk.view.bubble.text() and clerk.view.bubble.isVisible()
    assert "12 +3 +5" in tip(clerk, "new_requests")
    assert "12 +3 +5" in clerk.model.data(clerk.model.index_of(clerk.at("new_requests")), ACCESSIBLE_DESCRIPTION)
    clerk.press(Key.Key_Z, modifiers=CONTROL)
    assert (clerk.value("new_requests"), tape(clerk)) == (None, "")
    clerk.press(Key.Key_Y, modifiers=CONTROL)
    assert tape(clerk) == "12+3+5"


def test_the_cell_has_a_mark_for_it(clerk: Clerk) -> None:
    clerk.enter("20").go("disclosed")
    plain = colours_in(clerk.picture("new_requests"))
    clerk.go("new_requests").enter("12+8").go("disclosed")
    clerk.view.bubble.hide()
    marked = colours_in(clerk.picture("new_requests"))
    assert theme.current_colours().accent not in plain
    assert marked[theme.current_colours().accent] > 5


def test_the_running_sum_stands_beside_the_cell_while_typing(clerk: Clerk) -> None:
    clerk.type("12+3")
    assert clerk.view.bubble.text() == "＝15" and clerk.view.bubble.isVisible()
    clerk.type("+")
    assert not clerk.view.bubble.isVisible()


def test_f2_brings_the_tape_back_and_a_plain_figure_drops_it(clerk: Clerk) -> None:
    clerk.enter("12+3").go("new_requests").press(Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, CellEditor) and editor.text() == "12+3"
    clerk.press(Key.Key_End).type("+5").press(Key.Key_Return)
    assert (clerk.value("new_requests"), tape(clerk)) == ("20", "12+3+5")
    clerk.go("new_requests").enter("20")
    assert (clerk.value("new_requests"), tape(clerk)) == ("20", "")


def test_an_untouched_tape_stays(clerk: Clerk) -> None:
    clerk.enter("12+3").go("new_requests").press(Key.Key_F2).press(Key.Key_Return)
    assert tape(clerk) == "12+3" and clerk.editor.stack.count() == 1


def test_pasting_and_clearing_drop_the_tape(clerk: Clerk) -> None:
    clerk.enter("12+3").go("new_requests").paste("15")
    assert tape(clerk) == ""
    clerk.go("new_requests").enter("12+3").go("new_requests").press(Key.Key_Delete, Key.Key_F2)
    assert QApplication.focusWidget().text() == ""


def test_five_hundred_addends_are_one_figure_and_1001_are_refused(clerk: Clerk) -> None:
    clerk.press(Key.Key_F2)
    say_or_type(clerk, "+".join(["1"] * 500))
    clerk.press(Key.Key_Return)
    assert clerk.value("new_requests") == "500"
    clerk.press(Key.Key_F2)
    say_or_type(clerk, "+".join(["1"] * 1001))
    clerk.press(Key.Key_Return)
    assert clerk.value("carried_over_in") is None and "1000 个数" in clerk.refusals[-1]


def say_or_type(clerk: Clerk, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    clerk.press(Key.Key_V, modifiers=CONTROL)


READ = {"=1+1": "2", "１２": "12", "12.0": "12", "1,234": "1234", "1，234": "1234", "12件": "12", "12＋3": "15"}
KEPT_OUT = {"1e9": "科学记数法", "十二": "阿拉伯数字", "2000万": "写出全部数字", "=A1+1": "公式", "20-3": "=20-3"}


@pytest.mark.parametrize("typed", [*READ, *KEPT_OUT])
def test_what_is_typed_is_understood_or_kept_out_with_the_reason_beside_it(clerk: Clerk, typed: str) -> None:
    clerk.enter("4").go("new_requests").press(Key.Key_F2)
    say_or_type(clerk, typed)
    if typed in READ:
        assert clerk.view.bubble.isVisible()
        assert clerk.view.bubble.text() == (f"＝{READ[typed]}" if {*"+＋"} & {*typed} else f"按 {READ[typed]} 填入")
    clerk.press(Key.Key_Return)
    if typed in READ:
        assert clerk.value("new_requests") == READ[typed]
        return
    assert KEPT_OUT[typed] in clerk.view.bubble.text() and clerk.view.bubble.isVisible()
    clerk.press(Key.Key_Escape)
    assert clerk.value("new_requests") == "4" and clerk.editor.stack.count() == 1


def test_source_and_note_by_the_keyboard_alone(clerk: Clerk) -> None:
    clerk.enter("15").go("new_requests").press(Key.Key_M, modifiers=CONTROL)
    say(QApplication.focusWidget(), "办公室收文台账 <第3页>")
    clerk.press(Key.Key_Return)
    say(QApplication.focusWidget(), "已与法规科核对")
    clerk.press(Key.Key_Return)
    assert clerk.view.hasFocus() and not clerk.page.source_bar.isVisible()
    report = clerk.editor.now.report
    assert report.entry(Layer.SOURCES, clerk.at("new_requests")) == "办公室收文台账 <第3页>"
    assert report.entry(Layer.NOTES, clerk.at("new_requests")) == "已与法规科核对"
    assert "&lt;第3页&gt;" in tip(clerk, "new_requests")      # shown as typed, not read as markup
    clerk.go("disclosed")
    assert colours_in(clerk.picture("new_requests"))[theme.current_colours().accent] > 15
    clerk.press(Key.Key_Z, modifiers=CONTROL).press(Key.Key_Z, modifiers=CONTROL)
    assert clerk.editor.now.report.entry(Layer.SOURCES, clerk.at("new_requests")) is None
    assert clerk.value("new_requests") == "15"


def test_the_bar_follows_the_cursor_and_serves_totals_too(clerk: Clerk) -> None:
    clerk.press(Key.Key_M, modifiers=CONTROL)
    say(QApplication.focusWidget(), "甲")
    clerk.go("results_total", "total")
    assert clerk.page.source_bar.fields[Layer.SOURCES].text() == ""
    clerk.page.source_bar.fields[Layer.SOURCES].setFocus()
    say(QApplication.focusWidget(), "乙")
    sources = clerk.editor.now.report.entries(Layer.SOURCES)
    assert sources == {clerk.at("new_requests"): "甲", clerk.at("results_total", "total"): "乙"}
    clerk.press(Key.Key_Escape)
    assert not clerk.page.source_bar.isVisible()


def test_one_source_for_all_chosen_cells_is_one_step(clerk: Clerk) -> None:
    clerk.press(Key.Key_Down, Key.Key_Down, modifiers=SHIFT).press(Key.Key_M, modifiers=CONTROL)
    say(QApplication.focusWidget(), "台账")
    clerk.page.source_bar.all_button.click()
    assert len(clerk.editor.now.report.entries(Layer.SOURCES)) == 3
    clerk.editor.stack.undo()
    assert len(clerk.editor.now.report.entries(Layer.SOURCES)) == 1


def test_the_list_of_sources_is_copied_as_a_table(clerk: Clerk) -> None:
    clerk.enter("12+3").go("new_requests").press(Key.Key_M, modifiers=CONTROL)
    say(QApplication.focusWidget(), "=台账")
    clerk.page.source_bar.list_button.click()
    rows = clipboard_in.blocks_from_html(QGuiApplication.clipboard().mimeData().html())[0]
    assert rows[0] == ("表", "行", "列", "数字", "相加的各数", "来源")
    assert rows[1] == ("表三", "一、本年新收政府信息公开申请数量", "自然人", "15", "12+3", "'=台账")


def composes(widget: QWidget) -> bool:
    """Whether a widget takes compositions, as the platform asks it."""
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(widget, query)
    return bool(query.value(Qt.InputMethodQuery.ImEnabled))


def test_a_composition_in_a_figure_does_nothing_and_the_digits_after_it_come_once(clerk: Clerk) -> None:
    assert not clerk.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    composing = QInputMethodEvent("shi", [])
    QApplication.sendEvent(clerk.view, composing)
    clerk.type("1111")
    editor = QApplication.focusWidget()
    assert isinstance(editor, CellEditor) and not editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not [widget for widget in (clerk.view, editor) if composes(widget)]
    clerk.press(Key.Key_Return)
    assert clerk.value("new_requests") == "1111"


def test_a_composition_in_a_note_changes_nothing_until_it_is_committed(clerk: Clerk) -> None:
    clerk.press(Key.Key_M, modifiers=CONTROL)
    field = QApplication.focusWidget()
    QApplication.sendEvent(field, QInputMethodEvent("tai'zhang", []))
    assert clerk.editor.stack.count() == 0 and field.text() == ""
    say(field, "台账")
    assert clerk.editor.now.report.entry(Layer.SOURCES, clerk.at("new_requests")) == "台账"


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("selected", [False, True])
def test_untouched_zero_and_not_applicable_look_different(qtbot: QtBot, editor: Editor, name: str, selected: bool,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "_current", [theme.LIGHT if name == "light" else theme.DARK])
    clerk = Clerk(qtbot, editor)
    clerk.enter("", "0", "/", "5").go("new_requests" if selected else "refused_prohibited_by_law")
    if selected:
        clerk.press(*[Key.Key_Down] * 4, modifiers=SHIFT)
    clerk.view.bubble.hide()
    looks = {row: clerk.picture(row) for row in ("carried_over_in", "disclosed", "partially_disclosed")}
    blank = clerk.picture("new_requests")
    pictures = [colours_in(image) for image in (blank, *looks.values())]
    for i, one in enumerate(pictures):
        for other in pictures[:i]:
            assert sum(abs(one.get(c, 0) - other.get(c, 0)) for c in {*one, *other}) > 12
