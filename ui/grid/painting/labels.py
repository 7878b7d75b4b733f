"""How a head, a band or the label of a row is drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from govdesk.base.cell_role import CellRole
from govdesk.form.grid_plan import PlanCell
from ui.common import theme
from ui.grid.painting.label_layout import LabelLayout, find_pad
from ui.grid.painting.signs import SIGN, blend, draw_hairlines, draw_warning_sign

BAR = 2                                      # thickness of the bar of a marked label
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def draw_label(painter: QPainter, rect: QRect, cell: PlanCell, labels: LabelLayout, *, warned: bool, marked: bool,
               top: bool, seen: QRect | None = None) -> None:
    """A head, band or row label with its ground and lines; the sign where a check has failed (`warned`), a tint and a
    bar towards the figures where the cursor is in its line (`marked`). The text of a tall label stays in the part of it
    that is in sight, `seen`."""
    c, pad = theme.current_colours(), find_pad(cell)
    painter.fillRect(rect, QColor(_choose_ground(cell, c, warned=warned, marked=marked)))
    draw_hairlines(painter, rect, left=cell.column == 0, top=top)
    if marked:
        _draw_bar(painter, rect, cell, c.accent)
    painter.setFont(labels.font)
    is_head = cell.role is CellRole.HEAD
    painter.setPen(QColor(c.off if warned else c.accent if marked and is_head else c.text))
    lines = labels.break_lines(cell.text, cell.breaks, rect.width() - 2 * pad)
    beneath = warned and bool(lines) and labels.width(lines[-1]) + SIGN + 4 > rect.width() - 2 * pad
    y = _place_first_line(rect, seen or rect, (len(lines) + beneath) * labels.line_height)
    upright = len(lines) > 2 and all(len(line) <= 2 for line in lines)
    centred = upright or (cell.role is not CellRole.LABEL and (bool(cell.line) or len(lines) == 1))
    for i, text in enumerate(lines):
        width = labels.width(text)
        sign = SIGN + 4 if warned and not beneath and i == len(lines) - 1 else 0
        x = rect.left() + ((rect.width() - width - sign) / 2 if centred else pad)
        if upright:                          # punctuation hangs, so that the characters stand in one line
            x = rect.left() + (rect.width() - labels.em) / 2
        painter.drawText(QRectF(x, y, width + 2, labels.line_height), _LEFT, text)
        if sign:
            draw_warning_sign(painter, x + width + 4, y + (labels.line_height - SIGN) / 2, c.off)
        y += labels.line_height
    if beneath:
        x = rect.left() + ((rect.width() - SIGN) / 2 if centred else pad)
        draw_warning_sign(painter, x, y + (labels.line_height - SIGN) / 2, c.off)


def _place_first_line(rect: QRect, seen: QRect, height: int) -> float:
    """Where text of this height begins: in the middle of what is seen, but never out of its cell."""
    y = seen.top() + (seen.height() - height) / 2
    return max(rect.top() + 1, min(y, rect.bottom() - height))


def _draw_bar(painter: QPainter, rect: QRect, cell: PlanCell, colour: str) -> None:
    """Along the edge behind which the figures lie: below a head, right of the label of a row."""
    edge = (QRect(rect.left(), rect.bottom() - BAR + 1, rect.width() - 1, BAR) if cell.role is CellRole.HEAD
            else QRect(rect.right() - BAR + 1, rect.top(), BAR, rect.height() - 1))
    painter.fillRect(edge, QColor(colour))


def _choose_ground(cell: PlanCell, c: theme.Colours, *, warned: bool, marked: bool) -> str:
    if warned:
        return c.off_ground
    return c.accent_ground if marked else choose_label_ground(cell, c)


def choose_label_ground(cell: PlanCell, c: theme.Colours) -> str:
    if cell.role is CellRole.LABEL:
        return blend(c.card, c.head_ground, 0.5).name()
    return blend(c.head_ground, c.total_ground, 0.5).name() if cell.role is CellRole.BAND else c.head_ground
