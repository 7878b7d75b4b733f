"""The last row of a table: whether the two sides of the cross-check agree, column by column, under the columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from govdesk.base.numerals import format_value
from govdesk.checks import Finding, State
from govdesk.form.form import Check, Form
from govdesk.session.session import Snapshot
from ui.common import theme
from ui.editing.editor import Editor
from ui.grid.painting.label_layout import PAD
from ui.grid.painting.signs import (
    SIGN,
    draw_dots_sign,
    draw_frame,
    draw_hairlines,
    draw_tick_sign,
    draw_warning_sign,
)
from ui.grid.span_table import SpanTable
from ui.widgets.basics import ElidedLabel

HEIGHT = 22
LARGEST, SMALLEST = 12, 9                    # px of type
STATE_WORDS = {State.PENDING: "待填", State.PASSED: "相符", State.FAILED: "对不上",
               State.UNCHECKED: "未能检查"}


class CheckCell(QAbstractButton):
    """One column: ✓, both sums where they differ, or what is still to be done."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.finding: Finding | None = None
        self._typing = False                 # a figure of the column is being typed
        self._face = QFont(self.font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)       # painted anew as the mouse comes and goes
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_finding(self, finding: Finding) -> None:
        if finding != self.finding:
            self.finding = finding
            self._write(finding)

    def show_typing(self, on: bool) -> None:
        """Say that a figure of the column is being typed, or no longer."""
        if on != self._typing:
            self._typing = on
            if self.finding:
                self._write(self.finding)

    def _state(self, finding: Finding) -> State:
        """What the cell shows: no column agrees while a figure of it is being typed."""
        return State.PENDING if self._typing and finding.state is State.PASSED else finding.state

    def _write(self, finding: Finding) -> None:
        shown = self._state(finding)
        self.setText("≠".join(format_value(side.value) for side in finding.sides) if shown is State.FAILED else "")
        state = "正在填写" if shown is not finding.state else STATE_WORDS[shown]
        self.setAccessibleName(f"{self._name}，{state}")
        self.setAccessibleDescription(finding.message)
        self.setToolTip(f"{self._name}：{state}" if finding.state is State.PASSED else finding.message)
        self.update()

    @property
    def words(self) -> str:
        """What stands in the cell; a sign alone where both sums together have no room."""
        if self.finding is None:
            return ""
        shown = self._state(self.finding)
        if shown is State.PENDING:
            return "" if self._typing else STATE_WORDS[shown]
        choices = {State.FAILED: (self.text(), STATE_WORDS[shown]), State.UNCHECKED: ("未核",)}.get(shown, ())
        return next((words for words in choices if self._find_size(words)), "")

    def _find_size(self, words: str) -> int:
        """The largest type in which words have room; 0 where there is none."""
        face = QFont(self._face)
        for size in range(LARGEST, SMALLEST - 1, -1):
            face.setPixelSize(size)
            if QFontMetrics(face).horizontalAdvance(words) <= self.width() - 4:
                return size
        return 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.finding is None:
            return
        c, painter, shown = theme.current_colours(), QPainter(self), self._state(self.finding)
        wrong = shown in (State.FAILED, State.UNCHECKED)
        painter.fillRect(self.rect(), QColor(c.off_ground if wrong else c.card))
        words = self.words
        if words:
            self._draw_words(painter, words, c.off if wrong else c.quiet, strong=wrong)
        else:
            sign, ink = {State.PASSED: (draw_tick_sign, c.agreed), State.PENDING: (draw_dots_sign, c.quiet)}.get(
                shown, (draw_warning_sign, c.off))
            sign(painter, (self.width() - SIGN) / 2, (self.height() - SIGN) / 2, ink)
        if self.hasFocus() or self.underMouse():
            draw_frame(painter, self.rect(), c.accent, 2 if self.hasFocus() else 1)
        painter.end()

    def _draw_words(self, painter: QPainter, words: str, ink: str, *, strong: bool) -> None:
        self._face.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        face = QFont(self._face)
        face.setPixelSize(self._find_size(words) or SMALLEST)
        painter.setFont(face)
        painter.setPen(QColor(ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class CheckRow(QWidget):
    """The cross-check of a table, always in sight below it while its rows scroll."""

    place_wanted = Signal(object)            # Address
    chosen = Signal(object)                  # Finding

    def __init__(self, editor: Editor, check: Check, table: SpanTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._check, self._table = editor, check, table
        self._grid = table.grid_model.grid
        self._words = ElidedLabel("quiet")
        self._words.setParent(self)
        self._line = QRect()
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName("勾稽关系")
        self.cells: dict[str, CheckCell] = {}
        self._place_of: dict[str, int] = {}  # column of the plan by column of the form
        for address, (_, column) in table.grid_model.places.at.items():
            self._place_of.setdefault(address.column, column)
        for line in self._grid.columns.values():
            cell = self.cells[line.id] = CheckCell(line.name, self)
            cell.clicked.connect(lambda _=False, c=cell: self._choose(c))
        self._show(editor.now)
        editor.changed.connect(lambda snap, _: self._show(snap))
        table.fitted.connect(self._lay_out)
        table.horizontalScrollBar().valueChanged.connect(self._lay_out)

    @property
    def findings(self) -> dict[str, Finding]:
        """What each cell shows, by column."""
        return {column: cell.finding for column, cell in self.cells.items() if cell.finding}

    def show_typing(self, column: str) -> None:
        """A figure of a column is being typed, “” when it is in the report or given up; the totals wait with it."""
        for column_id, cell in self.cells.items():
            cell.show_typing(bool(column) and (column_id == column or self._grid.columns[column_id].is_total))

    def _show(self, snap: Snapshot) -> None:
        for finding in snap.of_rule(self._check.id):
            for cell in [self.cells[finding.line]] if finding.line else self.cells.values():
                cell.show_finding(finding)
            if finding.sides and not self._words.text():
                formula = "＝".join(side.words for side in finding.sides)
                name = self._check.title.partition("：")[0]
                self._words.setText(f"{name}　{formula}")
                self._words.shorter = (formula, name)
                self._words.setToolTip(self._words.text())

    def _choose(self, cell: CheckCell) -> None:
        if cell.finding is None or not cell.finding.sides:
            return
        from govdesk.suggestions.likeliest_cell import find_likeliest_cell

        self.place_wanted.emit(find_likeliest_cell(self._editor.now, cell.finding))
        self.chosen.emit(cell.finding)

    def _lay_out(self) -> None:
        """Every cell under its column, also while the table is scrolled sideways; the words under the labels of the
        rows."""
        head = self._table.horizontalHeader()
        left = head.sectionViewportPosition(0)
        self._line = QRect(left, 0, head.length(), HEIGHT)
        stub = sum(head.sectionSize(column) for column in range(self._table.plan.stub_columns))
        self._words.setGeometry(left + PAD, 1, stub - 2 * PAD, HEIGHT - 2)
        for column, cell in self.cells.items():
            place = self._place_of[column]
            cell.setGeometry(head.sectionViewportPosition(place), 1, head.sectionSize(place) - 1, HEIGHT - 2)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self._line, QColor(theme.current_colours().card))
        draw_hairlines(painter, self._line, left=True, top=True)
        painter.end()


def find_balance(form: Form, grid_id: str) -> Check | None:
    """The check that makes the last row of a table."""
    return next((c for c in form.checks if c.kind == "balance" and c.word("grid") == grid_id), None)
