"""Draws the wavy lines under doubtful words of a text, strong enough to be seen; Qt's own is a hair line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock
from PySide6.QtWidgets import QTextEdit

THICKNESS, HEIGHT, HALF_WAVE = 1.6, 2.0, 3.0   # pixels: of the pen, above and below its middle, from turn to turn
BELOW = 4.0                                  # from the foot of the letters


def find_base_lines(field: QTextEdit, start: int, end: int) -> Iterator[QLineF]:
    """A stretch of the document as it is seen: the foot of its letters on each line that it lies on."""
    document, scrolled = field.document(), QPointF(field.horizontalScrollBar().value(),
                                                   field.verticalScrollBar().value())
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        corner = document.documentLayout().blockBoundingRect(block).topLeft() - scrolled
        for line in _base_lines(block, start - block.position(), end - block.position()):
            yield line.translated(corner)
        block = block.next()


def _base_lines(block: QTextBlock, start: int, end: int) -> Iterator[QLineF]:
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            foot = line.y() + line.ascent()
            left, right = (float(line.cursorToX(place)[0]) for place in (first, last))   # type: ignore[index]
            yield QLineF(left, foot, right, foot)


def draw_wave(painter: QPainter, base: QLineF, colour: QColor) -> None:
    """A wave below the foot of letters."""
    path, at, up = QPainterPath(base.p1() + QPointF(0, BELOW)), base.x1(), True
    while at < base.x2():
        there = min(at + HALF_WAVE, base.x2())
        path.quadTo(QPointF((at + there) / 2, base.y1() + BELOW + (-HEIGHT if up else HEIGHT)),
                    QPointF(there, base.y1() + BELOW))
        at, up = there, not up
    painter.strokePath(path, QPen(colour, THICKNESS))
