"""原件合计 in a table: typed on a total's cell, shown small in its corner with a sign; the total stays computed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from govdesk.form.form import Address, Grid
from govdesk.report.paper_totals import Paper
from ui.common import theme
from ui.grid.painting.figures import NUMBER_PAD
from ui.grid.painting.signs import draw_tick_sign

PROMPT = "原件上写的合计是多少？只用来核对，不印出来"
COMPUTED = "这一格由各格相加得出，不用填写；可以打上原件写的合计来核对"
SIZE, TICK = 10, 9                           # px of the small figure and of its sign


def draw_paper_total(painter: QPainter, rect: QRect, paper: Paper, font: QFont, figure: str) -> None:
    """In the upper left corner: “原15✓”, “原16≠”; without its figure where the total leaves no room for it."""
    small, c = QFont(font), theme.colours()
    small.setPixelSize(SIZE)
    metrics = QFontMetrics(small)
    free = rect.width() - QFontMetrics(font).horizontalAdvance(figure) - NUMBER_PAD - TICK - 6
    words = f"原{paper.figure}" if metrics.horizontalAdvance(f"原{paper.figure}") <= free else "原"
    box = rect.adjusted(4, 2, 0, 0)
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
