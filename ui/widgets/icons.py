"""Small painted marks: each state has a shape of its own, so that colour is never alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from govdesk.session.steps import StepProgress
from ui.common import signs
from ui.common.theme import Colours, current_colours

ICON_SIZE = 16                               # of an icon on a button


def draw_progress(painter: QPainter, box: QRectF, progress: StepProgress, c: Colours) -> None:
    """✓ in a full disc: complete; ? in a ring: complete but for a reason; a dash in a ring: partly; an empty ring:
    nothing yet; ! in a square: a problem."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if progress is StepProgress.COMPLETE:
        _disc(painter, box, c["agreed"])
        _tick(painter, box, QColor("#ffffff") if not c.dark else c["ground"])
    elif progress is StepProgress.PROBLEM:
        signs.draw_blocking(painter, box, c["off"])
    elif progress is StepProgress.ASK:
        signs.draw_ask(painter, box, c["accent"])
    else:
        _ring(painter, box, c["accent"] if progress is StepProgress.PARTIAL else c["faint"])
        if progress is StepProgress.PARTIAL:
            painter.setPen(QPen(c["accent"], 1.6))
            middle = box.center()
            painter.drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0))


def draw_review(painter: QPainter, box: QRectF, c: Colours) -> None:
    """Three lines in a ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ring(painter, box, c["accent"])
    for shift in (-3.0, 0.0, 3.0):
        middle = box.center() + QPointF(0, shift)
        painter.drawLine(middle - QPointF(3.5, 0), middle + QPointF(3.5, 0))


def draw_export(painter: QPainter, box: QRectF, c: Colours) -> None:
    """An arrow down in a ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ring(painter, box, c["accent"])
    middle = box.center()
    painter.drawLine(middle - QPointF(0, 4), middle + QPointF(0, 4))
    painter.drawPolyline(QPolygonF([middle + QPointF(-3, 1), middle + QPointF(0, 4), middle + QPointF(3, 1)]))


def _ring(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.4))
    painter.drawEllipse(box.adjusted(0.7, 0.7, -0.7, -0.7))


def _disc(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box)


def _tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = box.center()
    painter.drawPolyline(QPolygonF([middle + QPointF(-4, 0.3), middle + QPointF(-1.2, 3.2), middle + QPointF(4, -3)]))


def make_undo_icon(*, back: bool, ratio: float) -> QIcon:
    """The arrow of undo (`back`) and of redo, painted: few faces have the characters. In the colours in force, for a
    screen with `ratio` pixels to one of ours."""
    return _painted(_arrow(), 1 if back else -1, ratio)


def make_menu_icon(ratio: float) -> QIcon:
    """A small arrow down: behind it is a menu."""
    path = QPainterPath()
    path.moveTo(-4, -2)
    path.lineTo(0, 2)
    path.lineTo(4, -2)
    return _painted(path, 1, ratio)


def _painted(path: QPainterPath, turn: int, ratio: float) -> QIcon:
    icon, c = QIcon(), current_colours()
    for mode, colour in ((QIcon.Mode.Normal, c["text"]), (QIcon.Mode.Disabled, c["faint"])):
        made = QPixmap(round(ICON_SIZE * ratio), round(ICON_SIZE * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(ICON_SIZE / 2, ICON_SIZE / 2)
        painter.scale(turn, 1)
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
        painter.end()
        icon.addPixmap(made, mode)
    return icon


def _arrow() -> QPainterPath:
    """Within 16 × 16 around its middle: over the top to the left, the head down."""
    arc = QRectF(-4.5, -3.5, 10, 10)
    path = QPainterPath()
    path.arcMoveTo(arc, -35)
    path.arcTo(arc, -35, 215)
    path.moveTo(-7.2, -0.8)
    path.lineTo(-4.5, 2.2)
    path.lineTo(-1.6, -0.8)
    return path
