"""Table three whole on a common screen, and as much of it as may be on smaller ones; nothing is cut anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import settings
from govdesk.form.form import Address
from tests.ui.grid.clerk import Clerk, Key
from tests.ui.sizes import at_rest
from tests.ui.walking import sample, settle
from ui.editing.editor import Editor
from ui.grid.header import SpanHeader
from ui.grid.painting import figures
from ui.grid.painting.label_layout import find_pad
from ui.grid.view import GridView
from ui.home.settings_menu import SETTING_MENUS
from ui.pages.grid_page import GridPage

MAXIMISED = (1366, 697)                      # what a maximised window has inside on a screen of 1366×768
LARGER = [(1093, 558), (1093, 614), (911, 512)]      # the same screen at 125 and 150 %, and full


def open_table(window: MainWindow, grid_id: str = "requests") -> GridPage:
    page = sample(window).enter(grid_id)
    assert isinstance(page, GridPage)
    settle(60)
    return page


def labels(view: GridView) -> Iterator[tuple[str, QRect, int]]:
    """The words of each label, its place and the height that its lines take."""
    header = view.horizontalHeader()
    assert isinstance(header, SpanHeader)
    head_rows = view.plan.head_rows
    for cell in view.plan.cells:
        if cell.address is None:
            at = header.rect_of(cell) if cell.row < head_rows else view.visualRect(
                view.grid_model.index(cell.row - head_rows, cell.column))
            lines = view.labels.break_lines(cell.text, cell.breaks, at.width() - 2 * find_pad(cell))
            assert "".join(lines) == cell.text
            assert all(view.labels.width(line) <= at.width() for line in lines), cell.text
            yield cell.text, at, len(lines) * view.labels.line_height


def rows_in_sight(view: GridView) -> int:
    port, places = view.viewport().rect(), view.grid_model.places
    return sum(port.contains(view.visualRect(view.grid_model.index_of(places.in_row(row)[0])))
               for row in places.figure_rows(0))


def test_all_of_table_three_is_in_sight_in_a_maximised_window_at_1366_by_768(window: MainWindow) -> None:
    window.resize(*MAXIMISED)
    page = open_table(window)
    view, port = page.view, page.view.viewport().rect()
    assert rows_in_sight(view) == len(page.model.grid.rows) == 25
    assert view.verticalScrollBar().maximum() == view.horizontalScrollBar().maximum() == 0
    for address in page.model.grid.addresses:
        assert port.contains(view.visualRect(page.model.index_of(address)))
    for words, at, height in labels(view):
        assert height <= at.height(), words
    assert page.check_row is not None
    foot = page.check_row.mapTo(window, QPoint(0, page.check_row.height()))
    assert page.check_row.isVisible() and foot.y() <= window.height() - 30        # above the status line
    assert at_rest(window) == []


@pytest.mark.parametrize("size", LARGER)
def test_on_a_larger_scale_nothing_is_out_of_sight_but_by_scrolling_down(
        window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    page = open_table(window)
    assert window.size().toTuple() == size
    assert page.view.horizontalScrollBar().maximum() == 0
    assert rows_in_sight(page.view) >= (14 if size[0] == 911 else 19)
    for words, at, height in labels(page.view):
        assert height <= at.height(), words
    assert page.check_row is not None
    assert window.rect().contains(QRect(page.check_row.mapTo(window, QPoint(0, 0)), page.check_row.size()))
    last = page.check_row.cells["total"]
    assert page.check_row.rect().contains(last.geometry())
    for address in page.model.grid.addresses:
        page.go_to(address)
        assert page.view.viewport().rect().contains(page.view.visualRect(page.view.currentIndex()))
    assert at_rest(window) == []


@pytest.mark.parametrize("grid_id", ["proactive", "disputes"])
@pytest.mark.parametrize("size", [MAXIMISED, *LARGER])
def test_the_other_tables_are_whole_at_every_scale(window: MainWindow, grid_id: str, size: tuple[int, int]) -> None:
    window.resize(*size)
    view = open_table(window, grid_id).view
    assert view.verticalScrollBar().maximum() == view.horizontalScrollBar().maximum() == 0
    for words, at, height in labels(view):
        assert height <= at.height(), words


def test_rows_are_higher_where_there_is_room(window: MainWindow) -> None:
    window.resize(*MAXIMISED)
    page = open_table(window)
    heights = []
    for size in (MAXIMISED, (1366, 768), (1920, 1009), MAXIMISED):
        window.resize(*size)
        settle()
        assert rows_in_sight(page.view) == 25
        heights.append(page.view.rowHeight(0))
    assert heights[:3] == sorted(set(heights)) and heights == [18, heights[1], 28, 18]


def test_a_bar_below_the_table_moves_no_row(window: MainWindow) -> None:
    window.resize(1366, 768)
    page = open_table(window)
    before = [page.view.rowHeight(row) for row in range(25)]
    page.go_to(Address("requests", "disclosed", "natural_person"))
    page.open_evidence()
    settle()
    assert page.source_bar.isVisible() and page.check_row is not None and page.check_row.isVisible()
    assert [page.view.rowHeight(row) for row in range(25)] == before
    assert page.view.viewport().rect().contains(page.view.visualRect(page.view.currentIndex()))


@pytest.mark.parametrize(("wish", "size", "height"), [
    ("compact", (1366, 900), 18), ("loose", MAXIMISED, 28), ("auto", MAXIMISED, 18)])
def test_the_clerk_may_set_how_high_rows_are(qtbot: QtBot, editor: Editor, wish: str, size: tuple[int, int],
                                             height: int) -> None:
    clerk = Clerk(qtbot, editor, size=(size[0] - 572, size[1] - 90), row_height=wish)
    assert clerk.view.rowHeight(0) == height


def test_the_height_of_rows_is_a_setting_that_is_kept(window: MainWindow) -> None:
    _, field, values = next(one for one in SETTING_MENUS if one[1] == "row_height")
    assert [value for _, value in values] == list(settings.ROW_HEIGHTS)
    window.resize(*MAXIMISED)
    window.home.setting_wanted.emit(field, "loose")
    page = open_table(window)
    assert page.view.rowHeight(0) == 28 and rows_in_sight(page.view) < 25
    assert settings.load_settings().row_height == "loose"


@pytest.mark.parametrize("size", [MAXIMISED, (911, 512)])
def test_twelve_digits_in_every_cell_are_not_cut(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    page = open_table(window)
    for font in (page.view.figure_font, page.view.strong_font):
        for column in range(3, 10):
            width = page.view.columnWidth(column)
            fitted, pad = figures.fit_figure(QFont(font), "9" * 12, width)
            assert QFontMetricsF(fitted).horizontalAdvance("9" * 12) <= width - pad - 2


def test_a_figure_is_typed_in_a_low_row_as_in_a_high_one(qtbot: QtBot, editor: Editor) -> None:
    """The open cell covers its cell and nothing else."""
    clerk = Clerk(qtbot, editor, size=(794, 607))
    clerk.go("refused_state_secret").type("7")
    field: QWidget = clerk.view.viewport().focusWidget()
    assert field.geometry() == clerk.view.visualRect(clerk.view.currentIndex())
    clerk.press(Key.Key_Return)
    assert clerk.value("refused_state_secret") == "7"


def test_the_steps_to_other_pages_stand_in_the_heading_where_height_is_short(window: MainWindow) -> None:
    window.resize(*MAXIMISED)
    page = open_table(window)
    wizard = window.wizard
    assert wizard is not None
    bar = wizard.step_bar
    assert page.isAncestorOf(bar) and bar.geometry().bottom() <= page.view.y()
    assert bar.next_button.accessibleName() == "下一步：文字说明" and bar.next_button.text() == "下一步"
    assert "文字说明" in bar.next_button.toolTip()
    QTest.mouseClick(bar.next_button, Qt.MouseButton.LeftButton)
    assert wizard.at[1].name == "文字说明"
    assert not page.isAncestorOf(wizard.step_bar) and wizard.step_bar.next_button.text().startswith("下一步：")
    window.resize(1366, 1000)
    wizard.enter("requests")
    settle()
    assert not page.isAncestorOf(wizard.step_bar) and wizard.step_bar.isVisible() and not bar.isVisible()
