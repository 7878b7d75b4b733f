"""Fields for figures of last year's report, by themselves, as a row with heads of its own, or as a small table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from govdesk.base.bounds import MAX_DIGITS
from govdesk.base.numerals import Accepted, format_value, parse_value
from govdesk.form.form import Address, Grid
from govdesk.report.report import Layer
from ui.editing.bound_fields import Binding, LineField
from ui.editing.editor import Editor
from ui.widgets.basics import make_label

HEIGHT = 28
WIDEST_LINE = 480                            # px
AROUND, FIELD_GAP = 24, 8                    # px of a field beside its digits: frame, padding, the cursor


class _FigureBinding(Binding):
    """A figure of last year's; what cannot be read is kept out and stays in the field."""

    def __init__(self, editor: Editor, address: Address, accepted: Accepted) -> None:
        super().__init__(editor, Layer.PREVIOUS, address, "填上年数字")
        self.address, self.accepted = address, accepted

    def text(self) -> str:
        return format_value(self.editor.now.report.previous(self.address))

    def typed(self, text: str) -> None:
        try:
            value = parse_value(text, **self.accepted)
        except ValueError:
            return
        self.editor.type(self.editor.session.edit(self.name, [(Layer.PREVIOUS, self.address, value)]))
        self.pause.start()


class FigureField(LineField):
    """A number, read as in the tables; a block of them is handed on."""

    block_pasted = Signal(object)            # list[str]

    def __init__(self, binding: _FigureBinding, parent: QWidget | None = None) -> None:
        self._accepted = binding.accepted
        super().__init__(binding, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as the longest figure in the face of the style sheet: no digit is hidden."""
        self.setFixedSize(self._width(), HEIGHT)
        super().showEvent(event)

    def _width(self) -> int:
        return self.fontMetrics().horizontalAdvance("9" * MAX_DIGITS) + AROUND

    def sizeHint(self) -> QSize:
        return QSize(self._width(), HEIGHT)

    def to_entry(self, text: str) -> str:
        return format_value(parse_value(text, **self._accepted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows go from field to field, as in a table."""
        block = _clipboard_block() if event.matches(QKeySequence.StandardKey.Paste) else []
        if len(block) > 1:
            self.block_pasted.emit(block)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


def _clipboard_block() -> list[str]:
    """What stands between tabs and line ends, in reading order."""
    data = QGuiApplication.clipboard().mimeData()
    return re.split(r"[\t\n]", data.text().replace("\r\n", "\n").strip("\n")) if data and data.hasText() else []


class FigureBlock(QWidget):
    """The asked cells of a table's rows, each row in reading order; a block pasted into one goes on into the next."""

    reason_changed = Signal()

    def __init__(self, editor: Editor, grid: Grid, cells: Sequence[Address], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._grid = editor, grid
        self.fields: dict[Address, FigureField] = {}
        self._reasons: dict[Address | None, str] = {}
        self._reason = make_label("", "off", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(FIELD_GAP)
        self._lines.setVerticalSpacing(4)
        column.addLayout(self._lines)
        column.addWidget(self._reason)
        self._reason.hide()
        for cell in cells:
            self._add(cell)

    def _add(self, cell: Address) -> None:
        field = FigureField(_FigureBinding(self._editor, cell, self._grid.accepts(cell)))
        field.setAccessibleName(f"上年 {self._grid.name} {self._grid.cell_name(cell)}")
        field.refused.connect(partial(self._refuse, cell))
        field.textEdited.connect(lambda _: self._refuse(None, ""))
        field.block_pasted.connect(partial(self._paste, cell))
        self.fields[cell] = field

    def _refuse(self, cell: Address | None, why: str) -> None:
        """Why what is in a cell is not taken over, or (None) what was pasted last."""
        self._reasons[cell] = why
        said = next((reason for reason in self._reasons.values() if reason), "")
        self._reason.setText(said)
        self._reason.setVisible(bool(said))
        self.reason_changed.emit()

    def _paste(self, first: Address, words: list[str]) -> None:
        """All of them in one step, or none with the reason."""
        cells = list(self.fields)[list(self.fields).index(first):]
        if len(words) > len(cells):
            self._refuse(None, f"粘贴的有 {len(words)} 个数，从这里起只有 {len(cells)} 格，没有填入")
            return
        wanted = []
        for cell, text in zip(cells, words, strict=False):
            try:
                value = parse_value(text, **self._grid.accepts(cell))
            except ValueError as error:
                self._refuse(None, f"{self._grid.columns[cell.column].name}：{error}，没有填入")
                return
            wanted.append((Layer.PREVIOUS, cell, value))
        self._refuse(None, "")
        self._editor.do(self._editor.session.edit("粘贴上年数字", wanted))


class FigureLines(FigureBlock):
    """A line a figure, its name at the left."""

    def __init__(self, editor: Editor, grid: Grid, cells: Sequence[Address], name_of: Callable[[Address], str]) -> None:
        super().__init__(editor, grid, cells)
        self.setMaximumWidth(WIDEST_LINE)    # a figure stands near its name
        self._lines.setColumnStretch(0, 1)
        for row, (cell, field) in enumerate(self.fields.items()):
            words = make_label(name_of(cell), wrap=True)
            words.setBuddy(field)
            self._lines.addWidget(words, row, 0)
            self._lines.addWidget(field, row, 1)


class FigureTable(FigureBlock):
    """Rows with their names at the left, under the heads of the form's columns."""

    def __init__(self, editor: Editor, grid: Grid, cells: Sequence[Address]) -> None:
        super().__init__(editor, grid, cells)
        self._lines.setColumnStretch(0, 1)
        rows, columns = (list(dict.fromkeys(parts)) for parts in zip(*((c.row, c.column) for c in cells), strict=True))
        for number, column in enumerate(columns, 1):
            head = make_label(grid.columns[column].name, "quiet", wrap=True)
            self._lines.addWidget(head, 0, number, Qt.AlignmentFlag.AlignRight)
        for number, row in enumerate(rows, 1):
            self._lines.addWidget(make_label(grid.rows[row].name, wrap=True), number, 0)
        for cell, field in self.fields.items():
            self._lines.addWidget(field, rows.index(cell.row) + 1, columns.index(cell.column) + 1)


class FigureRow(FigureBlock):
    """One row of a table under the heads of its columns; where they have no room beside each other, in two lines."""

    def __init__(self, editor: Editor, grid: Grid, cells: Sequence[Address]) -> None:
        super().__init__(editor, grid, cells)
        self._across = 0
        self._heads = [make_label(grid.columns[cell.column].name, "quiet") for cell in cells]
        self._arrange(len(cells))

    def resizeEvent(self, event: QResizeEvent) -> None:
        one = max(field.sizeHint().width() for field in self.fields.values()) + FIELD_GAP
        lines = -(-len(self.fields) // max(1, (event.size().width() + FIELD_GAP) // one))
        self._arrange(-(-len(self.fields) // lines))
        super().resizeEvent(event)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, (head, field) in enumerate(zip(self._heads, self.fields.values(), strict=True)):
            line, column = divmod(number, across)
            self._lines.addWidget(head, 2 * line, column, Qt.AlignmentFlag.AlignRight)
            self._lines.addWidget(field, 2 * line + 1, column)
        for column in range(len(self.fields) + 1):
            self._lines.setColumnStretch(column, int(column == across))
