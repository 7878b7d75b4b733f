"""Draws the signs that stand before words (△ ✓ ! ?) and the arrows of folds, in place of a font's glyphs: these differ
in size and weight from face to face. Words keep their sign as a character, so a screen reader says what it always said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap, QPolygonF

from ui.common.theme import current_colours

SIDE: Final = 14                             # pixels of a sign in a line of text
GAP: Final = 3                               # pixels between a sign on a button and its words, beside Qt's own
Draw = Callable[[QPainter, QRectF, QColor], None]


def split_sign(text: str) -> tuple[str, str]:
    """Words without the sign before them, and the sign; “” where they have none. “! 1 处对不上”."""
    return (text[0], text[2:]) if text[1:2] == " " and text[0] in SIGNS else ("", text)


def draw_warning(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A triangle with an exclamation mark."""
    _begin(painter, colour, 1.3)
    inner = box.adjusted(0.8, 1.2, -0.8, -1.2)
    painter.drawPolygon(QPolygonF([QPointF(inner.center().x(), inner.top()), inner.bottomRight(), inner.bottomLeft()]))
    middle = inner.center().x()
    painter.drawLine(QPointF(middle, inner.top() + 4.2), QPointF(middle, inner.bottom() - 3.8))
    painter.drawPoint(QPointF(middle, inner.bottom() - 1.9))


def draw_tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _begin(painter, colour, 1.8)
    middle = box.center()
    painter.drawPolyline(QPolygonF([middle + QPointF(-4.5, 0.3), middle + QPointF(-1.4, 3.4),
                                    middle + QPointF(4.5, -3.2)]))


def draw_blocking(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """An exclamation mark in a full square: this stands in the way."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 3, 3)
    part = box.height() / 18
    painter.setPen(QPen(_ground(), 2 * part, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(box.center() + QPointF(0, -4.5 * part), box.center() + QPointF(0, part))
    painter.drawPoint(box.center() + QPointF(0, 4.5 * part))


def draw_ask(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A question mark in a ring: this wants a reason."""
    _begin(painter, colour, 1.3)
    painter.drawEllipse(box.adjusted(0.7, 0.7, -0.7, -0.7))
    font = QFont(painter.font())
    font.setPixelSize(round(box.height() * 0.68))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")


def _draw_chevron(turn: int) -> Draw:
    """An arrow head; `turn`: degrees from one that points right."""
    def draw(painter: QPainter, box: QRectF, colour: QColor) -> None:
        _begin(painter, colour, 1.5)
        painter.save()
        painter.translate(box.center())
        painter.rotate(turn)
        painter.drawPolyline(QPolygonF([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)]))
        painter.restore()

    return draw


SIGNS: Final[dict[str, Draw]] = {"△": draw_warning, "✓": draw_tick, "!": draw_blocking, "?": draw_ask,
                                 "▶": _draw_chevron(0), "▼": _draw_chevron(90), "▲": _draw_chevron(-90),
                                 "‹": _draw_chevron(180),
                                 "›": _draw_chevron(0)}
IN_LABELS: Final = "△✓"                      # as wide in a font as they are drawn
QUIET: Final = "▶▼▲"                         # in the colour of quiet words, whatever the words are


def make_sign_icon(sign: str, colour: QColor, ratio: float) -> QIcon:
    """A sign for a button, for a screen with `ratio` pixels to one of ours."""
    made = QPixmap(round((SIDE + GAP) * ratio), round(SIDE * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    SIGNS[sign](painter, QRectF(0, 0, SIDE, SIDE), colour)
    painter.end()
    return QIcon(made)


def _begin(painter: QPainter, colour: QColor, width: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))


def _ground() -> QColor:
    """What shows through a full sign."""
    return current_colours()["card"]
