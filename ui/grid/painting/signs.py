"""The signs of a table: hatching, hairlines, frames, and the marks of a check. Colours are read while painting, so a
change of theme shows at once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from ui.common import theme

SIGN = 13                                    # side of a sign
TILE = 8                                     # side of the hatching's tile: whole pixels at 125, 150 and 175 %


@lru_cache(maxsize=64)
def blend(one: str, other: str, share: float) -> QColor:
    """`one` with a share of `other` in it."""
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    red, green, blue = (round(x + (y - x) * share) for x, y in pairs)
    return QColor(red, green, blue)


@lru_cache(maxsize=8)
def _hatching(colour: str, ratio: float) -> QPixmap:
    tile = QPixmap(round(TILE * ratio), round(TILE * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.2))
    for shift in (-TILE, 0, TILE):
        painter.drawLine(QPointF(shift - 1, TILE + 1), QPointF(shift + TILE + 1, -1))
    painter.end()
    return tile


def draw_hatching(painter: QPainter, rect: QRect, *, marked: bool = False) -> None:
    """The ground of a blank: something is still to come here. `marked`: on the ground of a chosen cell."""
    c, ratio = theme.current_colours(), painter.device().devicePixelRatioF()
    colour = blend(c.accent_ground, c.accent, 0.25).name() if marked else c.hatch
    painter.drawTiledPixmap(rect, _hatching(colour, ratio))


@lru_cache(maxsize=8)
def _hairline_pen(line: str, faint: str) -> QPen:
    pen = QPen(blend(line, faint, 0.25), 1)
    pen.setCosmetic(True)                    # one device pixel at any scale
    return pen


def draw_hairlines(painter: QPainter, rect: QRect, *, left: bool, top: bool) -> None:
    """Every cell draws its right and lower line, those at the edge of the table also the others."""
    c = theme.current_colours()
    painter.setPen(_hairline_pen(c.line, c.faint))
    # through the middle of the outermost pixels and from the very edge on, else lines have gaps at 125 %
    x, y, right, bottom = rect.left(), rect.top(), rect.right() + 0.5, rect.bottom() + 0.5
    painter.drawLine(QLineF(right, y, right, bottom))
    painter.drawLine(QLineF(x, bottom, right, bottom))
    if left:
        painter.drawLine(QLineF(x + 0.5, y, x + 0.5, bottom))
    if top:
        painter.drawLine(QLineF(x, y + 0.5, right, y + 0.5))


def draw_frame(painter: QPainter, rect: QRect, colour: str, width: int = 2) -> None:
    """A frame inside a cell's rectangle."""
    ratio = painter.device().devicePixelRatioF()
    pen = QPen(QColor(colour), max(1, round(width * ratio - 0.01)))
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRect(QRectF(rect).adjusted(half, half, -half, -half))


def draw_warning_sign(painter: QPainter, x: float, y: float, colour: str, size: float = SIGN) -> None:
    """A triangle with a stroke and a dot; drawn, because few fonts have the sign U+26A0 and some have it in colours."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.2, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle, low = x + size / 2, y + size - 1.5
    painter.drawPolygon(QPolygonF([QPointF(middle, y + 1), QPointF(x + size - 0.5, low), QPointF(x + 0.5, low)]))
    painter.drawLine(QPointF(middle, y + size * 0.4), QPointF(middle, y + size * 0.62))
    painter.drawPoint(QPointF(middle, y + size * 0.76))
    painter.restore()


def draw_tick_sign(painter: QPainter, x: float, y: float, colour: str, size: float = SIGN) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    points = ((0.16, 0.55), (0.4, 0.79), (0.86, 0.24))
    painter.drawPolyline(QPolygonF([QPointF(x + size * a, y + size * b) for a, b in points]))
    painter.restore()


def draw_dots_sign(painter: QPainter, x: float, y: float, colour: str, size: float = SIGN) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for share in (0.18, 0.5, 0.82):
        painter.drawEllipse(QPointF(x + size * share, y + size * 0.55), 1.2, 1.2)
    painter.restore()
