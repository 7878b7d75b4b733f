"""Draw the program's icon: a sheet with a balanced table.  python build_scripts/make_icon.py"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QPolygonF

SIZE = 256
ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"


def draw(size: int) -> QImage:
    """The icon in `size` × `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / SIZE, size / SIZE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#1d5fbf"))
    painter.drawRoundedRect(QRectF(8, 8, 240, 240), 44, 44)
    painter.setBrush(QColor("#ffffff"))
    painter.drawRoundedRect(QRectF(60, 40, 136, 176), 10, 10)
    painter.setBrush(QColor("#1d5fbf"))
    painter.drawRect(QRectF(82, 64, 92, 12))
    painter.setPen(QPen(QColor("#9db9e3"), 8))
    for y in (100, 124, 148):
        painter.drawLine(QPointF(82, y), QPointF(174, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#1f7a45"))
    painter.drawEllipse(QRectF(140, 148, 84, 84))
    painter.setPen(QPen(QColor("#ffffff"), 12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                        Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(162, 190), QPointF(177, 206), QPointF(203, 174)]))
    painter.end()
    return image


def main() -> int:
    QGuiApplication(sys.argv[:1])
    ICONS.mkdir(parents=True, exist_ok=True)
    draw(SIZE).save(str(ICONS / "govdesk.png"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
