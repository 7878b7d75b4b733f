"""How the figure of a cell is drawn, with the marks in its corners."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from govdesk.report import paper_totals
from ui.common import theme
from ui.grid.painting.last_year import NO_LAST_YEAR, LastYear
from ui.grid.painting.signs import blend, draw_hatching

NUMBER_PAD = 10                              # right of a figure
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a figure's cell shows. `text` is "" for a blank."""

    text: str
    total: bool
    failed: bool
    last: LastYear = NO_LAST_YEAR
    taped: bool = False              # the figure is a sum that was typed
    noted: bool = False              # it has a note or a source
    paper: paper_totals.Paper = paper_totals.NONE  # of a total: what the paper says

    @property
    def blank(self) -> bool:
        return not self.text

    @property
    def zero(self) -> bool:
        return self.text.strip("0.") == "" and not self.blank


def choose_figure_ground(look: CellLook, *, selected: bool, lit: bool) -> QColor:
    c = theme.colours()
    if look.failed:
        return blend(c.off_ground, c.off_frame, 0.3) if lit else QColor(c.off_ground)
    if lit:
        return blend(c.accent_ground, c.accent, 0.18)
    if selected:
        return QColor(c.accent_ground)
    return QColor(c.total_ground if look.total else c.card)


def choose_figure_colour(look: CellLook) -> QColor:
    """Zeros are pale but still 4.5 : 1 against their ground; totals lean towards blue."""
    c = theme.colours()
    if look.zero:
        return QColor(c.quiet) if look.failed or look.total else blend(c.quiet, c.faint, 0.22)
    return blend(c.text, c.accent, 0.35) if look.total else QColor(c.text)


def draw_figure(painter: QPainter, rect: QRect, look: CellLook, font: QFont, *, selected: bool, lit: bool) -> None:
    """Ground, hatching and numeral of a cell; frames and lines come after."""
    painter.fillRect(rect, choose_figure_ground(look, selected=selected, lit=lit))
    if look.blank:
        if not look.total:
            draw_hatching(painter, rect.adjusted(1, 1, -1, -1), marked=selected or lit)
        return
    painter.setFont(fit_font(font, look.text, rect.width() - NUMBER_PAD - 4))
    painter.setPen(choose_figure_colour(look))
    painter.drawText(rect.adjusted(2, 0, -NUMBER_PAD, -1), _RIGHT, look.text)


def draw_pending(painter: QPainter, rect: QRect, text: str, font: QFont, *, readable: bool) -> None:
    """What a paste would bring, in a broken frame: the figure, or, crossed by its colour, what cannot be read."""
    c = theme.colours()
    painter.fillRect(rect, QColor(c.accent_ground if readable else c.off_ground))
    edge = QPen(QColor(c.accent if readable else c.off_frame), 1, Qt.PenStyle.DashLine)
    painter.setPen(edge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -3, -3))
    painter.setPen(QColor(c.accent if readable else c.off))
    painter.setFont(fit_font(font, text, rect.width() - NUMBER_PAD - 4) if readable else font)
    room = rect.width() - NUMBER_PAD - 4
    words = text if readable else QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect.adjusted(2, 0, -NUMBER_PAD, -1), _RIGHT, words)


def draw_marks(painter: QPainter, rect: QRect, look: CellLook) -> None:
    """The small marks of a cell: a plus where its figure is a sum that was typed, a corner where it has a note or a
    source."""
    if look.taped:
        painter.setPen(QPen(QColor(theme.colours().accent), 1.4))
        x, y = rect.left() + 10, rect.top() + 8     # below it stands last year's figure
        painter.drawLine(QPointF(x - 3, y + 0.5), QPointF(x + 3, y + 0.5))
        painter.drawLine(QPointF(x, y - 2.5), QPointF(x, y + 3.5))
    if look.noted:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().accent))
        right, top = rect.right(), rect.top() + 1
        painter.drawPolygon(QPolygonF([QPointF(right - 7, top), QPointF(right, top), QPointF(right, top + 7)]))


@lru_cache(maxsize=256)
def _find_size(family: str, size: int, text: str, room: int) -> int:
    font = QFont(family)
    while size > 8:
        font.setPixelSize(size)
        if QFontMetricsF(font).horizontalAdvance(text) <= room:
            break
        size -= 1
    return size


def fit_font(font: QFont, text: str, room: int) -> QFont:
    """The font, smaller where a figure of ten digits would be cut off: a cut figure is a wrong figure."""
    if len(text) < 6:
        return font
    size = _find_size(font.family(), font.pixelSize(), text, room)
    if size == font.pixelSize():
        return font
    smaller = QFont(font)
    smaller.setPixelSize(size)
    return smaller
