"""The cross-check as the last row of table three: seen under its columns, pressed, read aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from govdesk.checks import State
from tests.ui.grid.clerk import Clerk, Key, colours_in
from ui.common import theme
from ui.editing.editor import Editor
from ui.grid.bars.check_row import CheckRow


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    return Clerk(qtbot, editor)


def row_of(clerk: Clerk) -> CheckRow:
    assert clerk.page.check_row is not None
    return clerk.page.check_row


def test_each_column_from_open_over_off_to_agreed(clerk: Clerk) -> None:
    row = row_of(clerk)
    assert len(row.cells) == 7
    assert {f.state for f in row.findings.values()} == {State.PENDING}
    assert {cell.words for cell in row.cells.values()} == {"待填"}
    clerk.fill()
    clerk.set({("new_requests", "natural_person"): "22", ("disclosed", "natural_person"): "21"})
    cell = row.cells["natural_person"]
    assert cell.words == "22≠21" and cell.accessibleName() == "自然人，对不上"
    assert "相差 1" in cell.accessibleDescription() and "相差 1" in cell.toolTip()
    c = theme.current_colours()
    assert colours_in(cell.grab().toImage())[c.off_ground] > 200
    agreed = row.cells["other_org"]
    assert agreed.words == "" and agreed.accessibleName() == "其他，相符"
    assert c.agreed in colours_in(agreed.grab().toImage())
    clerk.set({("carried_forward_out", "natural_person"): "1"})
    assert {f.state for f in row.findings.values()} == {State.PASSED}
    clerk.editor.stack.undo()
    assert row.findings["natural_person"].state is State.FAILED


def test_a_cell_by_key_leads_to_the_likeliest_figure_and_lights_both_sides(clerk: Clerk) -> None:
    clerk.fill()
    clerk.set({("disclosed", "natural_person"): None})
    cell = row_of(clerk).cells["natural_person"]
    cell.setFocus()
    clerk.press(Key.Key_Return)
    assert clerk.cursor == clerk.at("disclosed") and clerk.view.hasFocus()
    clerk.enter("3")
    cell.setFocus()
    clerk.press(Key.Key_Space)
    assert clerk.cursor == clerk.at("new_requests")          # 0 ≠ 3: the left side is the smaller one
    assert clerk.model.lit == {clerk.at(r) for r in
                               ("new_requests", "carried_over_in", "results_total", "carried_forward_out")}


def test_a_click_does_the_same(clerk: Clerk) -> None:
    clerk.fill()
    clerk.set({("disclosed", "other_org"): "3"})
    QTest.mouseClick(row_of(clerk).cells["other_org"], Qt.MouseButton.LeftButton)
    assert clerk.cursor == clerk.at("new_requests", "other_org")
    assert clerk.at("results_total", "other_org") in clerk.model.lit


def test_tab_leads_from_the_table_along_the_columns(clerk: Clerk) -> None:
    clerk.fill()
    clerk.go("carried_forward_out", "other_org").press(Key.Key_Tab)
    for cell in row_of(clerk).cells.values():
        assert QApplication.focusWidget() is cell
        clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Backtab)
    assert QApplication.focusWidget() is row_of(clerk).cells["total"]


@pytest.mark.parametrize("size", [(480, 600), (640, 400), (752, 600), (1100, 900)])
def test_every_cell_lies_under_its_column(qtbot: QtBot, editor: Editor, size: tuple[int, int]) -> None:
    """Also where the table is scrolled sideways, and with sums that have no room."""
    clerk = Clerk(qtbot, editor, size=size)
    clerk.fill()
    clerk.set({("new_requests", c): "100000" for c in ("natural_person", "other_org", "legal_services_institution")})
    row = row_of(clerk)
    for column in row.cells:
        clerk.go("disclosed", column)
        QApplication.processEvents()
        above, cell = clerk.view.visualRect(clerk.view.currentIndex()), row.cells[column]
        left = clerk.view.viewport().mapTo(clerk.page, above.topLeft()).x()
        assert cell.mapTo(clerk.page, QPoint(0, 0)).x() == left
        assert cell.width() == above.width() - 1
        assert cell.words in ("", "对不上", "100000≠0", "300000≠0")
        assert row.rect().contains(cell.geometry())
    assert row.geometry().top() == clerk.view.geometry().bottom() + 1
    assert clerk.page.rect().contains(row.geometry())


def test_it_stays_while_the_rows_scroll(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, size=(820, 400))
    before = row_of(clerk).geometry()
    clerk.go("carried_forward_out", "total")
    assert clerk.view.verticalScrollBar().value() > 0
    assert row_of(clerk).geometry() == before and row_of(clerk).isVisible()


def test_tables_without_a_check_have_no_such_row(qtbot: QtBot, editor: Editor) -> None:
    assert Clerk(qtbot, editor, "proactive").page.check_row is None
    assert Clerk(qtbot, editor, "disputes").page.check_row is None
