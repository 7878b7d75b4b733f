"""Last year's figures on one small page: only those that the rules compare with, typed in from paper or put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from govdesk.base.bounds import MAX_DIGITS
from govdesk.base.numerals import format_value, parse_value
from govdesk.form.form import Address, Grid
from govdesk.report.report import Layer
from govdesk.session import previous_year
from ui.common.in_sight import InSight
from ui.editing.bound_fields import Binding, LineField
from ui.editing.editor import Editor
from ui.pages.page import PageContext, WizardPage
from ui.widgets.basics import make_button, make_card, make_label, make_scrolled_column, set_role

if TYPE_CHECKING:
    from govdesk.session.session import Snapshot

HINT = "按上年公布的年报填；只列核对要用到的数字。不填的就不核对。"
HELD = "上年数字有一处没有记入，请改正"
HEIGHT = 28
AROUND = 24                                  # px of a field beside its digits: frame, padding, the cursor


class _FigureBinding(Binding):
    """A figure of last year's; what cannot be read is kept out and stays in the field."""

    def __init__(self, editor: Editor, address: Address, *, whole: bool) -> None:
        super().__init__(editor, Layer.PREVIOUS, address, "填上年数字")
        self.address, self.whole = address, whole

    def text(self) -> str:
        return format_value(self.editor.now.report.previous(self.address))

    def typed(self, text: str) -> None:
        try:
            value = parse_value(text, whole=self.whole)
        except ValueError:
            return
        self.editor.type(self.editor.session.edit(self.name, [(Layer.PREVIOUS, self.address, value)]))
        self.pause.start()


class FigureField(LineField):
    """A number, read as in the tables."""

    def __init__(self, binding: _FigureBinding, parent: QWidget | None = None) -> None:
        self._whole = binding.whole
        super().__init__(binding, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as the longest figure in the face of the style sheet: no digit is hidden."""
        self.setFixedSize(self.fontMetrics().horizontalAdvance("9" * MAX_DIGITS) + AROUND, HEIGHT)
        super().showEvent(event)

    def to_entry(self, text: str) -> str:
        return format_value(parse_value(text, whole=self._whole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows go from field to field, as in a table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


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

    def _cards(self) -> QHBoxLayout:
        """Two columns of cards of about the same height: all of it in sight where the window is wide enough."""
        form, cells = self._editor.form, previous_year.list_asked_cells(self._editor.form)
        row, columns, heights = QHBoxLayout(), (QVBoxLayout(), QVBoxLayout()), [0, 0]
        row.setSpacing(12)
        for column in columns:
            row.addLayout(column, 1)
        by_grid = {grid.id: [cell for cell in cells if cell.grid == grid.id] for grid in form.grids.values()}
        for grid_id, mine in by_grid.items():
            if mine:
                at = heights.index(min(heights))
                columns[at].addWidget(self._card(form.grids[grid_id], mine))
                heights[at] += len(mine)
        for column in columns:
            column.addStretch(1)
        return row

    def _card(self, grid: Grid, cells: list[Address]) -> QWidget:
        sheet, inside = make_card(margins=(20, 14, 20, 14))
        inside.addWidget(make_label(grid.name, "heading"))
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(2)
        fields.setColumnStretch(0, 1)
        inside.addLayout(fields)
        for row, cell in enumerate(cells):
            self._line(fields, row, grid, cell)
        return sheet

    def _line(self, fields: QGridLayout, row: int, grid: Grid, cell: Address) -> None:
        field = FigureField(_FigureBinding(self._editor, cell, whole=not grid.is_amount(cell)))
        name = grid.cell_name(cell)
        field.setAccessibleName(f"上年 {grid.name} {name}")
        words, reason = make_label(name, wrap=True), make_label("", "off", wrap=True)
        words.setBuddy(field)
        reason.hide()
        field.refused.connect(partial(self._show_reason, reason))
        fields.addWidget(words, 2 * row, 0)
        fields.addWidget(field, 2 * row, 1)
        fields.addWidget(reason, 2 * row + 1, 0, 1, 2)
        self.fields[cell] = field

    def remove(self) -> None:
        """Last year's figures, texts and reasons away, in one step."""
        self._editor.do(self._editor.session.edit("去掉上年数字",
                                                  previous_year.forget_last_year(self._editor.now.report)))

    def _show_reason(self, line: QLabel, why: str) -> None:
        line.setText(why)
        line.setVisible(bool(why))
        self._tell_held()

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


def make_last_year_page(context: PageContext, _item: str) -> LastYearPage:
    made = LastYearPage(context.editor)
    made.bring_wanted.connect(context.last_year_wanted)
    return made
