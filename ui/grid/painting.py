"""How cells and their signs are drawn. Colours are read while painting, so a change of theme shows at once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from govdesk.base.cell_role import CellRole
from govdesk.form.grid_plan import PlanCell
from ui.common import theme
from ui.grid.label_layout import LabelLayout
from ui.grid.layout import PAD
from ui.grid.model import CellLook

SIGN = 13                                    # side of a sign
NUMBER_PAD = 10                              # right of a figure
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


def draw_label(painter: QPainter, rect: QRect, cell: PlanCell, labels: LabelLayout, *, warned: bool, top: bool,
          seen: QRect | None = None) -> None:
    """A head, band or row label with its ground, lines and, where a check has failed, the sign. The text of a tall
    label stays in the part of it that is in sight, `seen`."""
    c = theme.current_colours()
    painter.fillRect(rect, QColor(c.off_ground if warned else choose_label_ground(cell, c)))
    draw_hairlines(painter, rect, left=cell.column == 0, top=top)
    painter.setFont(labels.font)
    painter.setPen(QColor(c.off if warned else c.text))
    lines = labels.break_lines(cell.text, cell.breaks, rect.width() - 2 * PAD)
    beneath = warned and bool(lines) and labels.width(lines[-1]) + SIGN + 4 > rect.width() - 2 * PAD
    y = _place_first_line(rect, seen or rect, (len(lines) + beneath) * labels.line_height)
    upright = len(lines) > 2 and all(len(line) <= 2 for line in lines)
    centred = upright or (cell.role is not CellRole.LABEL and (bool(cell.line) or len(lines) == 1))
    for i, text in enumerate(lines):
        width = labels.width(text)
        sign = SIGN + 4 if warned and not beneath and i == len(lines) - 1 else 0
        x = rect.left() + ((rect.width() - width - sign) / 2 if centred else PAD)
        if upright:                          # punctuation hangs, so that the characters stand in one line
            x = rect.left() + (rect.width() - labels.em) / 2
        painter.drawText(QRectF(x, y, width + 2, labels.line_height), _LEFT, text)
        if sign:
            draw_warning_sign(painter, x + width + 4, y + (labels.line_height - SIGN) / 2, c.off)
        y += labels.line_height
    if beneath:
        x = rect.left() + ((rect.width() - SIGN) / 2 if centred else PAD)
        draw_warning_sign(painter, x, y + (labels.line_height - SIGN) / 2, c.off)


def _place_first_line(rect: QRect, seen: QRect, height: int) -> float:
    """Where text of this height begins: in the middle of what is seen, but never out of its cell."""
    y = seen.top() + (seen.height() - height) / 2
    return max(rect.top() + 3, min(y, rect.bottom() - 2 - height))


def choose_label_ground(cell: PlanCell, c: theme.Colours) -> str:
    if cell.role is CellRole.LABEL:
        return blend(c.card, c.head_ground, 0.5).name()
    return blend(c.head_ground, c.total_ground, 0.5).name() if cell.role is CellRole.BAND else c.head_ground


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
    c = theme.current_colours()
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
        painter.setPen(QPen(QColor(theme.current_colours().accent), 1.4))
        x, y = rect.left() + 10, rect.top() + 8     # below it stands last year's figure
        painter.drawLine(QPointF(x - 3, y + 0.5), QPointF(x + 3, y + 0.5))
        painter.drawLine(QPointF(x, y - 2.5), QPointF(x, y + 3.5))
    if look.noted:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current_colours().accent))
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


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
