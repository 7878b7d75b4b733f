"""Draws the program's icon, a sheet with a balanced table: python build_scripts/make_icon.py"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QPolygonF

ICON_SIZE = 256
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64)     # 100 % to 200 % of the small and the large icon
ICON_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"


def draw_icon(size: int) -> QImage:
    """The icon in `size` × `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / ICON_SIZE, size / ICON_SIZE)
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


def windows_icon() -> bytes:
    """An .ico: the small ones as bitmaps, which every old dialog reads, the largest as PNG to save 250 kB."""
    entries = [(size, _bitmap(draw_icon(size))) for size in WINDOWS_SIZES] + [(ICON_SIZE, _png(draw_icon(ICON_SIZE)))]
    head = struct.pack("<HHH", 0, 1, len(entries))
    offset = len(head) + 16 * len(entries)
    for size, content in entries:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(content), offset)
        offset += len(content)
    return head + b"".join(content for _, content in entries)


def _bitmap(image: QImage) -> bytes:
    """A DIB, lowest row first, and the old one-bit mask, empty because the picture has its own transparency."""
    size = image.width()
    rows = bytes(image.flipped(Qt.Orientation.Vertical).constBits())
    mask = bytes((size + 31) // 32 * 4 * size)
    return struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(rows), 0, 0, 0, 0) + rows + mask


def _png(image: QImage) -> bytes:
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(content, "PNG")
    return bytes(content.data())


def main() -> int:
    QGuiApplication(sys.argv[:1])
    ICON_FOLDER.mkdir(parents=True, exist_ok=True)
    draw_icon(ICON_SIZE).save(str(ICON_FOLDER / "govdesk.png"))
    (ICON_FOLDER / "govdesk.ico").write_bytes(windows_icon())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
