"""What a table view is set to once, and its context menu."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from govdesk.base.numerals import NA
from govdesk.report.paper_totals import ACT
from govdesk.report.typed_sums import Entered
from ui.grid.header import SpanHeader
from ui.grid.layout import column_widths, row_heights
from ui.grid.model import GridModel
from ui.widgets.basics import add_act

if TYPE_CHECKING:
    from ui.grid.view import GridView

SCROLL_BAR = 10


def set_up(view: QTableView, model: GridModel) -> None:
    """Scrolling by pixels, no grid of Qt's, editing begun by the view alone, no input method for figures."""
    plan = model.places.plan
    view.setAccessibleName(f"{model.grid.name}　{model.grid.title}")
    view.horizontalHeader().setVisible(plan.head_rows > 0)
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(8)
    view.setShowGrid(False)
    view.setCornerButtonEnabled(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
    view.setTabKeyNavigation(True)
    view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    # every pixel is ours, so what lies below need not be painted and scrolling moves what is there
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    for cell in plan.cells:
        if cell.row >= plan.head_rows and cell.row_span * cell.column_span > 1:
            view.setSpan(cell.row - plan.head_rows, cell.column, cell.row_span, cell.column_span)


def fit(view: GridView, before: list[int]) -> list[int]:
    """Widths and heights for the room there is; gives the widths. The scroll bar's place is kept free, so nothing
    jumps when it comes."""
    plan = view.grid_model.places.plan
    widths = column_widths(plan, view.width() - SCROLL_BAR)
    if widths == before:
        return before
    heights = row_heights(plan, widths, view.labels)
    for column, width in enumerate(widths):
        view.setColumnWidth(column, width)
    for row, height in enumerate(heights[plan.head_rows:]):
        view.setRowHeight(row, height)
    header = view.horizontalHeader()
    assert isinstance(header, SpanHeader)
    header.set_heights(heights[:plan.head_rows])
    view.updateGeometries()
    return widths


def menu_of(view: GridView) -> QMenu:
    """Everything here has a key or another way, too."""
    menu, inputs = QMenu(view), bool(view.blocks.inputs())
    blocks, at = view.blocks, view.cursor_address
    total = at is not None and at not in view.grid_model.places.inputs
    stated = any(view.grid_model.look(a).paper.figure for a in view.chosen())
    add_act(menu, "复制\tCtrl+C", "C", blocks.copy).setEnabled(bool(view.chosen()))
    add_act(menu, "复制整张表", "A", blocks.copy_all)
    held = QGuiApplication.clipboard().mimeData()            # None while another program holds it
    add_act(menu, "粘贴\tCtrl+V", "P", view.paste).setEnabled(bool(held and held.formats()))
    menu.addSeparator()
    add_act(menu, "清空\tDelete", "D", view.clear).setEnabled(inputs or stated)
    add_act(menu, "填 0", "Z", lambda: blocks.put("填入", Entered(Decimal(0)))).setEnabled(inputs)
    add_act(menu, "不适用", "N", lambda: blocks.put("填入", Entered(NA))).setEnabled(inputs)
    menu.addSeparator()
    if total:
        add_act(menu, f"{ACT}…\tF2", "T", view.begin)
    add_act(menu, "来源和备注…\tCtrl+M", "S", view.evidence_wanted.emit).setEnabled(at is not None)
    add_act(menu, "这一格填过的内容…\tCtrl+Shift+H", "H", view.past_wanted.emit).setEnabled(inputs)
    return menu


def show_menu(view: GridView, event: QContextMenuEvent) -> None:
    """At the pointer; by the menu key at the cursor."""
    menu = menu_of(view)
    by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
    cell = view.visualRect(view.currentIndex()).center()
    menu.exec(view.viewport().mapToGlobal(cell) if by_key else event.globalPos())
    menu.deleteLater()
