"""Filling a table by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from govdesk.form.form import Address
from tests.ui.grid.clerk import CONTROL, SHIFT, Clerk, Key
from ui.common import debounce
from ui.editing.editor import Editor
from ui.grid.cell_delegate import CellEditor


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    return Clerk(qtbot, editor)


def test_a_digit_overwrites_and_enter_goes_down(clerk: Clerk) -> None:
    clerk.enter("15", "7")
    assert (clerk.value("new_requests"), clerk.value("carried_over_in")) == ("15", "7")
    assert clerk.cursor == clerk.at("disclosed")
    clerk.go("new_requests").enter("3")
    assert clerk.value("new_requests") == "3"


def test_enter_through_a_column_skips_the_total_and_goes_on_in_the_next(clerk: Clerk) -> None:
    for _ in range(24):
        assert clerk.cursor is not None and clerk.cursor.column == "natural_person"
        assert clerk.cursor.row != "results_total"
        clerk.enter("1")
    assert clerk.cursor == clerk.at("new_requests", "commercial_enterprise")
    assert clerk.value("results_total") == "21"
    clerk.press(Key.Key_Return, modifiers=SHIFT)
    assert clerk.cursor == clerk.at("carried_forward_out")


@pytest.mark.parametrize(("grid_id", "count"), [("proactive", 10), ("requests", 144), ("disputes", 12)])
@pytest.mark.parametrize("way", ["down", "right"])
def test_enter_reaches_every_input_cell_once(qtbot: QtBot, editor: Editor, grid_id: str, count: int, way: str) -> None:
    clerk = Clerk(qtbot, editor, grid_id, enter_moves=way)
    seen = []
    while clerk.cursor not in seen:
        seen.append(clerk.cursor)
        clerk.press(Key.Key_Return)
    assert len(seen) == count
    assert set(seen) == clerk.model.places.inputs
    for _ in seen:
        clerk.press(Key.Key_Return, modifiers=SHIFT)
    assert clerk.cursor == seen[0]


def test_tab_goes_right_over_input_cells_and_out_at_the_end(clerk: Clerk) -> None:
    clerk.go("new_requests", "other_org").type("2").press(Key.Key_Tab)
    assert clerk.value("new_requests", "other_org") == "2"
    assert clerk.cursor == clerk.at("carried_over_in")
    clerk.press(Key.Key_Backtab, modifiers=SHIFT)
    assert clerk.cursor == clerk.at("new_requests", "other_org")
    clerk.go("carried_forward_out", "other_org").press(Key.Key_Tab)
    assert not clerk.view.hasFocus()


def test_arrows_walk_over_totals_but_not_over_labels(clerk: Clerk) -> None:
    clerk.press(Key.Key_Left, Key.Key_Up)
    assert clerk.cursor == clerk.at("new_requests")
    clerk.go("new_requests", "other_org").press(Key.Key_Right)
    assert clerk.cursor == clerk.at("new_requests", "total")
    clerk.go("other_misc").press(Key.Key_Down)
    assert clerk.cursor == clerk.at("results_total")
    clerk.press(Key.Key_Down)
    assert clerk.cursor == clerk.at("carried_forward_out")


def test_arrows_cross_bands_and_heads_between_blocks(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, "proactive")
    clerk.go("normative_documents", "in_force").press(Key.Key_Down)
    assert clerk.cursor == clerk.at("administrative_licensing", "decisions")
    clerk.press(Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert clerk.cursor == clerk.at("administrative_fees", "amount_wan_yuan")
    clerk.press(Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Up)
    assert clerk.cursor is not None and clerk.cursor.row == "normative_documents"


def test_home_and_end(clerk: Clerk) -> None:
    clerk.go("disclosed", "research_institution").press(Key.Key_Home)
    assert clerk.cursor == clerk.at("disclosed")
    clerk.press(Key.Key_End)
    assert clerk.cursor == clerk.at("disclosed", "total")
    clerk.press(Key.Key_Home, modifiers=CONTROL)
    assert clerk.cursor == clerk.at("new_requests")
    clerk.press(Key.Key_End, modifiers=CONTROL)
    assert clerk.cursor == clerk.at("carried_forward_out", "total")


def test_page_keys_move_by_what_is_seen(clerk: Clerk) -> None:
    clerk.press(Key.Key_PageDown)
    assert clerk.cursor is not None and clerk.model.places.at[clerk.cursor][0] > 5
    clerk.press(Key.Key_PageUp)
    assert clerk.cursor == clerk.at("new_requests")


@pytest.mark.parametrize("typed", ["1.5", "-3", "abc", "1e3"])
def test_a_bad_numeral_is_kept_out_and_said_beside_the_cell(clerk: Clerk, typed: str) -> None:
    clerk.enter("4").go("new_requests").enter(typed)
    field = QApplication.focusWidget()
    assert isinstance(field, CellEditor) and field.text() == typed
    assert clerk.value("new_requests") == "4"
    assert clerk.view.bubble.isVisible() and len(clerk.refusals) == 1
    assert clerk.cursor == clerk.at("new_requests")
    field.selectAll()
    clerk.enter("6")
    assert clerk.value("new_requests") == "6"
    assert not clerk.view.bubble.isVisible()


def test_escape_gives_a_bad_numeral_up(clerk: Clerk) -> None:
    clerk.enter("4").go("new_requests").enter("1.5").press(Key.Key_Escape)
    assert clerk.value("new_requests") == "4"
    assert clerk.view.hasFocus()


def test_escape_leaves_the_cell_as_it_was(clerk: Clerk) -> None:
    clerk.enter("4").go("new_requests").type("99").press(Key.Key_Escape)
    assert clerk.value("new_requests") == "4"
    assert clerk.editor.stack.count() == 1


def test_f2_edits_what_is_there(clerk: Clerk) -> None:
    clerk.enter("15").go("new_requests").press(Key.Key_F2, Key.Key_End).enter("0")
    assert clerk.value("new_requests") == "150"


def test_an_untouched_cell_is_no_undo_step(clerk: Clerk) -> None:
    clerk.enter("4").go("new_requests").press(Key.Key_F2, Key.Key_Return)
    assert clerk.editor.stack.count() == 1
    assert clerk.cursor == clerk.at("carried_over_in")


def test_arrows_leave_a_cell_that_is_overwritten_but_not_one_that_is_edited(clerk: Clerk) -> None:
    clerk.type("12").press(Key.Key_Right)
    assert clerk.value("new_requests") == "12"
    assert clerk.cursor == clerk.at("new_requests", "commercial_enterprise")
    clerk.go("new_requests").press(Key.Key_F2, Key.Key_End, Key.Key_Left)
    assert isinstance(QApplication.focusWidget(), CellEditor)
    clerk.press(Key.Key_Down)
    assert clerk.cursor == clerk.at("carried_over_in")


def test_an_amount_takes_a_fraction_typed_digit_by_digit(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, "proactive")
    clerk.go("administrative_fees", "amount_wan_yuan").type("1.")
    field = QApplication.focusWidget()
    assert isinstance(field, CellEditor) and field.text() == "1."
    clerk.enter("50")
    assert clerk.value("administrative_fees", "amount_wan_yuan") == "1.50"


def test_that_a_figure_is_being_typed_is_told_once_not_at_each_letter(clerk: Clerk) -> None:
    told: list[bool] = []
    clerk.view.editing.typing.connect(told.append)
    clerk.type("123").press(Key.Key_Backspace)
    assert told == [True]
    clerk.press(Key.Key_Return, Key.Key_F2, Key.Key_Escape)
    assert told == [True, False]             # a cell that was only looked at is nothing that waits


def test_what_an_office_pc_types(clerk: Clerk) -> None:
    clerk.view.editing.begin("１２")
    clerk.press(Key.Key_Return)
    clerk.enter("1,234", " 7 ".strip())
    assert [clerk.value(r) for r in ("new_requests", "carried_over_in", "disclosed")] == ["12", "1234", "7"]


def test_no_input_method_in_figures(clerk: Clerk) -> None:
    assert not clerk.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    clerk.press(Key.Key_Down, Key.Key_Right)
    assert not clerk.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    clerk.type("1")
    assert not QApplication.focusWidget().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_totals_cannot_be_cleared(clerk: Clerk) -> None:
    clerk.go("results_total").press(Key.Key_Delete)
    assert clerk.view.hasFocus() and "相加" in clerk.refusals[0]
    assert clerk.editor.stack.count() == 0


def test_the_cursor_tells_where_it_is_also_on_totals(clerk: Clerk) -> None:
    told: list[Address] = []
    clerk.page.cursor_moved.connect(told.append)
    clerk.go("other_misc").press(Key.Key_Down)
    assert told == [clerk.at("other_misc"), clerk.at("results_total")]


def test_a_click_elsewhere_keeps_what_was_typed(clerk: Clerk) -> None:
    clerk.type("15")
    click(clerk, "disclosed")
    assert clerk.value("new_requests") == "15"
    assert clerk.cursor == clerk.at("disclosed")


def test_a_click_elsewhere_with_a_bad_numeral_says_why(clerk: Clerk) -> None:
    clerk.type("1.5")
    click(clerk, "disclosed")
    assert clerk.value("new_requests") is None
    assert clerk.view.bubble.isVisible() and "“1.5”" in clerk.refusals[0]
    QApplication.processEvents()
    clerk.press(Key.Key_Down)
    assert not clerk.view.bubble.isVisible()


def test_a_click_on_a_label_moves_nothing(clerk: Clerk) -> None:
    rect = clerk.view.visualRect(clerk.model.index(0, 0))
    QTest.mouseClick(clerk.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert clerk.cursor == clerk.at("new_requests")


def test_closing_the_page_keeps_what_was_typed(clerk: Clerk) -> None:
    clerk.type("15")
    clerk.page.hide()
    assert clerk.value("new_requests") == "15"


def test_commit_open_editor(clerk: Clerk) -> None:
    clerk.type("8")
    assert clerk.page.commit()
    assert clerk.value("new_requests") == "8"
    clerk.go("disclosed").type("1.5")
    assert not clerk.page.commit()
    assert clerk.view.hasFocus() and clerk.value("disclosed") is None


def test_undo_key_in_an_untouched_editor_is_the_windows(clerk: Clerk) -> None:
    clerk.enter("4").go("disclosed").press(Key.Key_F2).press(Key.Key_Z, modifiers=CONTROL)
    assert clerk.value("new_requests") is None
    clerk.press(Key.Key_Y, modifiers=CONTROL)
    assert clerk.value("new_requests") == "4"


def test_undo_key_while_typing_undoes_the_typing(clerk: Clerk) -> None:
    clerk.enter("4").type("12").press(Key.Key_Z, modifiers=CONTROL)
    assert clerk.value("new_requests") == "4"
    assert clerk.value("carried_over_in") is None


def test_undo_below_an_untouched_editor_shows_in_it(clerk: Clerk) -> None:
    clerk.enter("4").go("new_requests").press(Key.Key_F2).press(Key.Key_Z, modifiers=CONTROL)
    field = QApplication.focusWidget()
    assert isinstance(field, CellEditor) and field.text() == ""


def click(clerk: Clerk, row: str, column: str = "natural_person") -> None:
    rect = clerk.view.visualRect(clerk.model.index_of(clerk.at(row, column)))
    clerk.view.setFocus(Qt.FocusReason.MouseFocusReason)     # QTest's click does not move the focus, a mouse does
    QTest.mouseClick(clerk.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_words_beside_the_table_wait_while_keys_come_fast(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debounce, "PAUSE_MS", 200)
    monkeypatch.setattr(debounce, "MAX_DELAY_MS", 60_000)
    said: list[int] = []
    holder = QObject()
    follows = debounce.Debounced(lambda: said.append(1), holder)
    for _ in range(20):                          # a key every 20 ms, for twice the patience
        follows()
        qtbot.wait(20)
    assert said == []
    qtbot.waitUntil(lambda: said == [1], timeout=3000)
