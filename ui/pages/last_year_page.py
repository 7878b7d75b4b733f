"""Last year's figures on one small page: only those that the rules compare with, typed in from paper or put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from govdesk.form.form import Address, Grid
from govdesk.report.report import Layer
from govdesk.session import previous_year
from ui.common.in_sight import InSight
from ui.editing.editor import Editor
from ui.pages.last_year_fields import FigureBlock, FigureField, FigureLines, FigureRow, FigureTable
from ui.pages.page import PageContext, WizardPage
from ui.widgets.basics import make_button, make_card, make_label, make_scrolled_column, set_role

if TYPE_CHECKING:
    from govdesk.session.session import Snapshot

HINT = "按上年公布的年报填；只列核对要用到的数字。不填的就不核对。"
SEVERAL = 3                                  # figures of a row from which they stand beside each other
HELD = "上年数字有一处没有记入，请改正"


class LastYearPage(WizardPage):
    """Fields by table; beside each what this year says. Emptied by one act that undo takes back."""

    bring_wanted = Signal(object)            # the button at which to offer last year's reports

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.fields: dict[Address, FigureField] = {}
        column = make_scrolled_column(self)
        column.addLayout(self._head())
        self._source = make_label("", "quiet", wrap=True)
        column.addWidget(self._source)
        column.addLayout(self._cards())
        column.addStretch(1)
        editor.changed.connect(InSight(lambda: self._write(editor.now), self).follow)
        self._write(editor.now)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(make_label("上年数字", "title"), 1)
        self.bring_button = make_button("从上年年报带入…", lambda: self.bring_wanted.emit(self.bring_button))
        self.remove_button = make_button("去掉上年数字", self.remove)
        row.addWidget(self.bring_button)
        row.addWidget(self.remove_button)
        return row

    def _cards(self) -> QGridLayout:
        """Table three over the whole width, whose 结转 is a row of seven; the others beside each other below it."""
        cells = previous_year.list_asked_cells(self._editor.form)
        cards = QGridLayout()
        cards.setSpacing(12)
        beside = 0
        for grid in sorted(self._editor.form.grids.values(), key=lambda g: g.layout != "matrix"):
            mine = [cell for cell in cells if cell.grid == grid.id]
            if mine and grid.layout == "matrix":
                cards.addWidget(self._card(grid, mine), 0, 0, 1, 2)
            elif mine:
                cards.addWidget(self._card(grid, mine), 1 + beside // 2, beside % 2, Qt.AlignmentFlag.AlignTop)
                beside += 1
        for column in (0, 1):
            cards.setColumnStretch(column, 1)
        return cards

    def _card(self, grid: Grid, cells: list[Address]) -> QWidget:
        sheet, inside = make_card(margins=(20, 14, 20, 14))
        inside.addWidget(make_label(grid.name, "heading"))
        rows: dict[str, list[Address]] = {}
        for cell in cells:
            rows.setdefault(cell.row, []).append(cell)
        if len({tuple(cell.column for cell in row) for row in rows.values()}) == 1 and len(rows) > 1:
            self._add(inside, FigureTable(self._editor, grid, cells))
            return sheet
        lone = [cell for row in rows.values() for cell in row if len(row) < SEVERAL]
        self._add(inside, FigureLines(self._editor, grid, lone, partial(_name, grid)))
        for row, several in rows.items():
            if len(several) >= SEVERAL:
                inside.addWidget(make_label(grid.rows[row].name))
                self._add(inside, FigureRow(self._editor, grid, several))
        return sheet

    def _add(self, column: QVBoxLayout, block: FigureBlock) -> None:
        block.reason_changed.connect(self._tell_held)
        self.fields |= block.fields
        column.addWidget(block)

    def remove(self) -> None:
        """Last year's figures, texts and reasons away, in one step."""
        self._editor.do(self._editor.session.edit("去掉上年数字",
                                                  previous_year.forget_last_year(self._editor.now.report)))

    def _tell_held(self) -> None:
        self.held.emit(HELD if any(field.property("wrong") == "true" for field in self.fields.values()) else "")

    def _write(self, snap: Snapshot) -> None:
        source = snap.report.entry(Layer.DESK, previous_year.SOURCE_KEY)
        has = previous_year.has_last_year(snap.report)
        self._source.setText(f"来自：{source}。可以在这里更正。" if source and has else HINT)
        set_role(self._source, "quiet")
        self.remove_button.setEnabled(has)

    def focus_first(self) -> None:
        """The first figure that is not known yet."""
        known = self._editor.now.report.entries(Layer.PREVIOUS)
        cell = next((cell for cell in self.fields if cell not in known), next(iter(self.fields)))
        self.fields[cell].setFocus()

    def go_to(self, place: Address | str) -> None:
        field = self.fields.get(place) if isinstance(place, Address) else None
        QTimer.singleShot(0, self, field.setFocus if field else self.focus_first)


def _name(grid: Grid, cell: Address) -> str:
    """Of a total the row alone, and without its conditions: “（二）部分公开”."""
    row, column = grid.rows[cell.row].name, grid.columns[cell.column]
    return row if column.is_total else f"{row} · {column.name}"


def make_last_year_page(context: PageContext, _item: str) -> LastYearPage:
    made = LastYearPage(context.editor)
    made.bring_wanted.connect(context.last_year_wanted)
    return made
