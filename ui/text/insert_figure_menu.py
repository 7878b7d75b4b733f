"""插入表中数字: the tables as menus, row by row and column by column, each with its figure."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from govdesk.form.form import Grid
from govdesk.texts import tokens
from govdesk.texts.tokens import Term
from ui.editing.editor import Editor


def make_figure_menu(editor: Editor, take: Callable[[str], None], parent: QWidget) -> QMenu:
    """Table › row or group › column; rows are filled in when they are opened. `take` is given the token."""
    menu = QMenu(parent)
    for number, grid in enumerate(editor.form.grids.values(), 1):
        table = menu.addMenu(f"{grid.name}　{grid.title}(&{number})")
        table.setStyleSheet("QMenu { menu-scrollable: 1; }")
        table.aboutToShow.connect(lambda grid=grid, table=table: _fill_table(editor, grid, table, take))
    return menu


def _fill_table(editor: Editor, grid: Grid, table: QMenu, take: Callable[[str], None]) -> None:
    table.clear()
    names: dict[str, list[str]] = {}
    for name, cells in editor.form.said.items():
        if cells[0].grid == grid.id:
            names.setdefault(name.split("·")[1], []).append(name)
    order = [row.said for row in grid.rows.values()]
    for row in sorted(names, key=lambda r: order.index(r) if r in order else len(order)):
        if len(names[row]) == 1:
            _add_figure(editor, table, row, names[row][0], take)
            continue
        sub = table.addMenu(row)
        totals_first = sorted(names[row], key=lambda n: not n.endswith("·总计"))
        for name in totals_first:
            _add_figure(editor, sub, name.split("·")[2], name, take)


def _add_figure(editor: Editor, menu: QMenu, words: str, name: str, take: Callable[[str], None]) -> None:
    figure = tokens.format_terms(editor.now.figures, (Term(1, editor.form.said[name]),))
    shown = "空白" if figure == tokens.GAP else figure
    menu.addAction(f"{words}　{shown}").triggered.connect(lambda: take(f"〔{name}〕"))
