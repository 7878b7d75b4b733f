"""The column heads of a table with their spans, in as many rows as the plan has; they stay while the body scrolls."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from govdesk.form.grid_plan import PlanCell
from ui.common import theme
from ui.grid.line_labels import Labels
from ui.grid.model import GridModel
from ui.grid.painting.label_layout import LabelLayout
from ui.grid.painting.labels import draw_label


class SpanHeader(QHeaderView):
    """Paints all its cells itself: a Qt header knows one row and no spans."""

    def __init__(self, model: GridModel, labels: LabelLayout, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.model_of_grid, self.labels = model, labels
        plan = model.places.plan
        self._cells = [cell for cell in plan.cells if cell.row < plan.head_rows]
        self._heights = [0] * plan.head_rows
        self._marked = Labels()
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(8)
        self.setAccessibleName(f"{model.grid.name}表头")
        model.heads_changed.connect(self.viewport().update)

    def set_heights(self, heights: list[int]) -> None:
        self._heights = heights
        self.updateGeometry()
        self.viewport().update()

    def mark(self, labels: Labels) -> None:
        """Tint the heads among these labels."""
        before, self._marked = self._marked, labels
        for cell in self._cells:
            if (cell[:2] in labels) != (cell[:2] in before):
                self.viewport().update(self.rect_of(cell))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), sum(self._heights))

    def rect_of(self, cell: PlanCell) -> QRect:
        left = self.sectionViewportPosition(cell.column)
        width = sum(self.sectionSize(c) for c in range(cell.column, cell.column + cell.column_span))
        top = sum(self._heights[:cell.row])
        return QRect(left, top, width, sum(self._heights[cell.row:cell.row + cell.row_span]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current_colours()["ground"])
        for cell in self._cells:
            rect = self.rect_of(cell)
            if rect.intersects(event.rect()):
                draw_label(painter, rect, cell, self.labels, warned=cell.line in self.model_of_grid.warned,
                           marked=cell[:2] in self._marked, top=cell.row == 0)
        painter.end()
