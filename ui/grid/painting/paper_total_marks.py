"""原件合计 in a table: typed on a total's cell, shown small in its corner with a sign; the total stays computed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from govdesk.form.form import Address, Grid
from govdesk.report.paper_totals import PaperTotal
from ui.common import theme
from ui.grid.painting.figures import LOW_CELL
from ui.grid.painting.signs import draw_tick_sign

PROMPT = "原件上写的合计是多少？只用来核对，不印出来"
COMPUTED = "这一格由各格相加得出，不用填写；可以打上原件写的合计来核对"
SIZE, TICK, LEFT = 10, 9, 3                  # px of the small figure, of its sign, and left of both


def draw_paper_total(painter: QPainter, rect: QRect, paper: PaperTotal, font: QFont, *, free: float) -> None:
    """In the upper left corner: “原15✓”, “原16≠”; without its figure where the total leaves too few pixels `free`
    for it."""
    small, c = QFont(font), theme.current_colours()
    small.setPixelSize(SIZE)
    metrics = QFontMetrics(small)
    whole = f"原{paper.figure}"
    words = whole if metrics.horizontalAdvance(whole) <= free - TICK - LEFT else "原"
    box = rect.adjusted(LEFT, 0 if rect.height() < LOW_CELL else 2, 0, 0)
    painter.setFont(small)
    painter.setPen(c["off" if paper.agrees is False else "quiet"])
    painter.drawText(box, _CORNER, words + ("≠" if paper.agrees is False else ""))
    if paper.agrees:
        draw_tick_sign(painter, box.left() + metrics.horizontalAdvance(words) + 1, box.top() + 2, c.agreed, TICK)


def find_next_total(grid: Grid, at: Address, by: int) -> Address | None:
    """The total that Enter leads to from a total: down its column, else along its row; None past the end."""
    down = grid.columns[at.column].is_total
    line = [a for a in grid.addresses if grid.is_total(a) and (a.column == at.column if down else a.row == at.row)]
    position = line.index(at) + by
    return line[position] if 0 <= position < len(line) else None


_CORNER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine
