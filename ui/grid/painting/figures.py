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

NUMBER_PAD, NARROW_PAD = 10, 3               # right of a figure; of one that has no room otherwise
SMALLEST = 6                                 # px of type: what twelve digits take in a narrow column
LOW_CELL = 24                                # a cell lower than this has room for one line alone
PLUS = 7                                     # px that the plus of a typed sum takes there
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
    paper: paper_totals.PaperTotal = paper_totals.NO_PAPER_TOTAL  # of a total: what the paper says

    @property
    def blank(self) -> bool:
        return not self.text

    @property
    def zero(self) -> bool:
        return self.text.strip("0.") == "" and not self.blank

    @property
    def strong(self) -> bool:
        """Whether the figure is to stand out among zeros."""
        return self.text.lstrip("-")[:1].isdigit() and not self.zero


def choose_figure_ground(look: CellLook, *, selected: bool, lit: bool) -> QColor:
    c = theme.current_colours()
    if look.failed:
        return blend(c.off_ground, c.off_frame, 0.3) if lit else QColor(c.off_ground)
    if lit:
        return blend(c.accent_ground, c.accent, 0.18)
    if selected:
        return QColor(c.accent_ground)
    return QColor(c.total_ground if look.total else c.card)


def choose_figure_colour(look: CellLook) -> QColor:
    """Zeros are pale but still 4.5 : 1 against their ground; totals lean towards blue."""
    c = theme.current_colours()
    if look.zero:
        return QColor(c.quiet if look.failed or look.total else c.zero)
    return blend(c.text, c.accent, 0.35) if look.total else QColor(c.text)


def draw_figure(painter: QPainter, rect: QRect, look: CellLook, font: QFont, *, selected: bool, lit: bool) -> None:
    """Ground, hatching and numeral of a cell; frames and lines come after."""
    painter.fillRect(rect, choose_figure_ground(look, selected=selected, lit=lit))
    if look.blank:
        if not look.total:
            draw_hatching(painter, rect.adjusted(1, 1, -1, -1), marked=selected or lit)
        return
    fitted, pad = fit_figure(font, look.text, rect.width())
    painter.setFont(fitted)
    painter.setPen(choose_figure_colour(look))
    painter.drawText(rect.adjusted(2, 0, -pad, -1), _RIGHT, look.text)


def measure_free(font: QFont, text: str, width: int) -> float:
    """The pixels that a figure leaves free on its left in a cell of this width."""
    fitted, pad = fit_figure(font, text, width)
    return width - QFontMetricsF(fitted).horizontalAdvance(text) - pad - 2


def draw_pending(painter: QPainter, rect: QRect, text: str, font: QFont, *, readable: bool) -> None:
    """What a paste would bring, in a broken frame: the figure, or, crossed by its colour, what cannot be read."""
    c = theme.current_colours()
    painter.fillRect(rect, QColor(c.accent_ground if readable else c.off_ground))
    edge = QPen(QColor(c.accent if readable else c.off_frame), 1, Qt.PenStyle.DashLine)
    painter.setPen(edge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -3, -3))
    painter.setPen(QColor(c.accent if readable else c.off))
    fitted, pad = fit_figure(font, text, rect.width()) if readable else (font, NARROW_PAD)
    painter.setFont(fitted)
    room = rect.width() - pad - 4
    words = text if readable else QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect.adjusted(2, 0, -pad, -1), _RIGHT, words)


def draw_marks(painter: QPainter, rect: QRect, look: CellLook) -> None:
    """The small marks of a cell: a plus where its figure is a sum that was typed, a corner where it has a note or a
    source."""
    if look.taped:
        painter.setPen(QPen(QColor(theme.current_colours().accent), 1.4))
        low = rect.height() < LOW_CELL           # last year's figure stands right of it, else below
        x, y, arm = (rect.left() + 6, rect.top() + 9, 2.5) if low else (rect.left() + 10, rect.top() + 8.5, 3)
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))
    if look.noted:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current_colours().accent))
        right, top = rect.right(), rect.top() + 1
        painter.drawPolygon(QPolygonF([QPointF(right - 7, top), QPointF(right, top), QPointF(right, top + 7)]))


@lru_cache(maxsize=256)
def _find_size(family: str, weight: QFont.Weight, size: int, text: str, width: int) -> tuple[int, int]:
    """Size of the type and room right of a figure in a cell of this width."""
    font = QFont(family)
    font.setWeight(weight)
    pad = NUMBER_PAD
    while size > SMALLEST:
        font.setPixelSize(size)
        if QFontMetricsF(font).horizontalAdvance(text) <= width - pad - 2:
            break
        if pad == NUMBER_PAD:
            pad = NARROW_PAD
        else:
            size -= 1
    return size, pad


def fit_figure(font: QFont, text: str, width: int) -> tuple[QFont, int]:
    """The font and the room right of a figure, both smaller where one of ten digits would be cut off: a cut figure is a
    wrong figure."""
    if len(text) < 4:
        return font, NUMBER_PAD
    size, pad = _find_size(font.family(), font.weight(), font.pixelSize(), text, width)
    if size == font.pixelSize():
        return font, pad
    smaller = QFont(font)
    smaller.setPixelSize(size)
    return smaller, pad
