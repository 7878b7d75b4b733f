"""A table view that lays out a plan: its spans, its column widths and its row heights for the room there is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from govdesk.form.form import Address
from ui.common import theme
from ui.grid.header import SpanHeader
from ui.grid.layout import AUTO, fit_columns, fit_rows
from ui.grid.line_labels import Labels, LineLabels
from ui.grid.model import GridIndex, GridModel
from ui.grid.painting.label_layout import LabelLayout
from ui.grid.painting.signs import draw_frame

TYPE_SIZE = 13
SCROLL_BAR = 10
_Hint = QAbstractItemView.ScrollHint
_ByPixel = QAbstractItemView.ScrollMode.ScrollPerPixel


class SpanTable(QTableView):
    """Shows a model's plan and keeps it fitted. It knows nothing of editing, copying and pasting."""

    fitted = Signal()                        # columns or rows have other sizes

    def __init__(self, model: GridModel, parent: QWidget | None = None, *, row_height: str = AUTO) -> None:
        """`row_height`: how high rows are to be, one of `layout`'s AUTO, COMPACT and LOOSE."""
        super().__init__(parent)
        self.grid_model = model
        self.plan = model.places.plan
        self.row_height = row_height
        self.marked = Labels()               # the labels in whose lines the cursor or the selection is
        self._line_labels = LineLabels(self.plan)
        self._blocks: list[QItemSelection] = []      # what is selected, each to be framed
        self._room = 0                       # px for all rows, heads included; 0: the table's own height
        self._fitted_for: tuple[list[int], int] = ([], 0)
        self._set_fonts()
        self.setModel(model)
        self._head = SpanHeader(model, self.labels, self)
        self.setHorizontalHeader(self._head)
        # apart from the table's: else the whole head is painted at each step of the cursor
        self._head.setSelectionModel(QItemSelectionModel(model, self))
        self._set_up()
        self._set_spans()

    def _set_fonts(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(TYPE_SIZE)
        self.labels = LabelLayout(font)
        self.figure_font = QFont(font)
        self.figure_font.setFeature(QFont.Tag("tnum"), 1)
        self.strong_font = QFont(self.figure_font)
        self.strong_font.setWeight(QFont.Weight.DemiBold)

    def _set_up(self) -> None:
        """Scroll by pixels, show no grid of Qt's."""
        grid = self.grid_model.grid
        self.setAccessibleName(f"{grid.name}　{grid.title}")
        self._head.setVisible(self.plan.head_rows > 0)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(8)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(_ByPixel)
        self.setHorizontalScrollMode(_ByPixel)
        # every pixel is ours, so what lies below need not be painted and scrolling moves what is there
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _set_spans(self) -> None:
        head_rows = self.plan.head_rows
        for cell in self.plan.cells:
            if cell.row >= head_rows and cell.row_span * cell.column_span > 1:
                self.setSpan(cell.row - head_rows, cell.column, cell.row_span, cell.column_span)

    # -- widths and heights

    def fit_into(self, room: int) -> None:
        """Let rows be as high as the whole table in `room` pixels allows, whatever of it a bar below takes now."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        """Widths and heights for the room there is. The scroll bar's place is kept free, so nothing jumps when it
        comes."""
        widths = fit_columns(self.plan, self.width() - SCROLL_BAR)
        if (widths, self._room) == self._fitted_for:
            return
        self._fitted_for = widths, self._room
        heights = fit_rows(self.plan, widths, self.labels, self._room or self.height(), self.row_height).heights
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        for row, height in enumerate(heights[self.plan.head_rows:]):
            self.setRowHeight(row, height)
        self._head.set_heights(heights[:self.plan.head_rows])
        self.updateGeometries()
        overflow = self.horizontalScrollBar().sizeHint().height() if sum(widths) > self.width() else 0
        self.setMaximumHeight(sum(heights) + 2 * self.frameWidth() + overflow)
        self.fitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    # -- what is marked

    def mark_lines(self, addresses: Iterable[Address]) -> None:
        """Tint the labels of the rows and columns in which these figures are."""
        before, self.marked = self.marked, self._line_labels.of(addresses)
        changed = before ^ self.marked
        if not changed:
            return
        head_rows = self.plan.head_rows
        for row, column in changed:
            if row >= head_rows:
                self.viewport().update(self.visualRect(self.grid_model.index(row - head_rows, column)))
        if any(row < head_rows for row, _ in changed):
            self._head.mark(self.marked)

    def frame_blocks(self, selection: QItemSelection) -> None:
        """Frame what is selected, where that is more than the cell at the cursor."""
        ranges = [selection.at(number) for number in range(selection.count())]
        alone = len(ranges) == 1 and ranges[0].width() == ranges[0].height() == 1
        self._blocks = [] if alone else [QItemSelection(one.topLeft(), one.bottomRight()) for one in ranges]
        for block in self._blocks:           # what was selected and is no more is painted anew by Qt
            self.viewport().update(self._rect_of(block))

    def _rect_of(self, block: QItemSelection) -> QRect:
        return self.visualRegionForSelection(block).boundingRect()

    # -- what is in sight

    @property
    def cursor_address(self) -> Address | None:
        return self.grid_model.address(self.currentIndex())

    def scrollTo(self, index: GridIndex, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Out of sight into the middle: what comes next is seen too, and few steps of the cursor scroll."""
        if hint == _Hint.EnsureVisible and not self.viewport().rect().contains(self.visualRect(index)):
            hint = _Hint.PositionAtCenter
        super().scrollTo(index, hint)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        for cell in self.grid_model.places.labels:
            if cell.row_span > 1:            # its text moves within it, so that it stays in sight
                row = cell.row - self.plan.head_rows
                self.viewport().update(self.visualRect(self.grid_model.index(row, cell.column)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current_colours()["ground"])
        painter.end()
        super().paintEvent(event)
        if self._blocks:
            painter = QPainter(self.viewport())
            for block in self._blocks:
                draw_frame(painter, self._rect_of(block), theme.current_colours().accent)
            painter.end()
