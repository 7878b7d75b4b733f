"""The context menu of a table."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from govdesk.base.numerals import NA
from govdesk.report.paper_totals import FILL_ACT
from govdesk.report.typed_sums import EnteredValue
from ui.grid.view import GridView
from ui.widgets.basics import add_act


def make_menu(view: GridView) -> QMenu:
    """Everything here has a key or another way, too."""
    menu, chosen, at = QMenu(view), view.chosen(), view.cursor_address
    places = view.grid_model.places
    inputs = any(cell in places.inputs for cell in chosen)
    stated = any(view.grid_model.look(cell).paper.figure for cell in chosen)
    add_act(menu, "复制\tCtrl+C", "C", view.copy).setEnabled(bool(chosen))
    add_act(menu, "复制整张表", "A", view.copy_table)
    held = QGuiApplication.clipboard().mimeData()            # None while another program holds it
    add_act(menu, "粘贴\tCtrl+V", "P", view.paste).setEnabled(bool(held and held.formats()))
    menu.addSeparator()
    add_act(menu, "清空\tDelete", "D", view.clear).setEnabled(inputs or stated)
    add_act(menu, "填 0", "Z", lambda: view.fill("填入", EnteredValue(Decimal(0)))).setEnabled(inputs)
    add_act(menu, "不适用", "N", lambda: view.fill("填入", EnteredValue(NA))).setEnabled(inputs)
    menu.addSeparator()
    if at is not None and at not in places.inputs:
        add_act(menu, f"{FILL_ACT}…\tF2", "T", view.editing.begin)
    add_act(menu, "来源和备注…\tCtrl+M", "S", view.evidence_wanted.emit).setEnabled(at is not None)
    add_act(menu, "这一格填过的内容…\tCtrl+Shift+H", "H", view.past_wanted.emit).setEnabled(inputs)
    return menu


def show_menu(view: GridView, at: QPoint) -> None:
    """Ask at a point of the screen."""
    menu = make_menu(view)
    menu.exec(at)
    menu.deleteLater()
