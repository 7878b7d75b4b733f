"""Label text in lines, broken as on paper (`govdesk.typeset.label_breaks`) by the widths of a font of the window."""

from __future__ import annotations

import math

from PySide6.QtGui import QFont, QFontMetricsF

from govdesk.base.cell_role import CellRole
from govdesk.form.grid_plan import PlanCell
from govdesk.typeset.label_breaks import break_label

PAD, HEAD_PAD = 5, 1                         # left and right of a label; of the head of a column, which is centred
NEVER_FIRST = frozenset("、，。；：！？）”’》〉】…,.;:!?)")
UPRIGHT = 2.3                                # narrower than so many characters: one character a line


def find_pad(cell: PlanCell) -> int:
    """The pixels that a label leaves free on either side."""
    return HEAD_PAD if cell.role is CellRole.HEAD and cell.line else PAD


class LabelLayout:
    """Breaks labels for one font and remembers the result, because every repaint asks again."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self.em = self._metrics.horizontalAdvance("国")
        height = math.ceil(self._metrics.height())
        self._line_heights = max(17, height - 2), max(16, height - 3)
        self.set_tight(False)
        self._known: dict[tuple[str, tuple[int, ...], int], tuple[str, ...]] = {}

    def set_tight(self, tight: bool) -> None:
        """Set lines closer together, as rows that are low want it. `spare`: what a row has above and below them."""
        self.line_height, self.spare = self._line_heights[tight], 2 if tight else 6

    def width(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    def break_lines(self, text: str, breaks: tuple[int, ...], room: int) -> tuple[str, ...]:
        key = (text, breaks, room)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._break_anew(text, breaks, room))
        return found

    def height(self, text: str, breaks: tuple[int, ...], room: int) -> int:
        return self.line_height * len(self.break_lines(text, breaks, room))

    def _break_anew(self, text: str, breaks: tuple[int, ...], room: int) -> list[str]:
        if not text or self.width(text) <= room:
            return [text] if text else []
        if room < UPRIGHT * self.em:
            return _break_upright(text)
        spans = break_label(text, breaks, room, lambda start, end: self.width(text[start:end]))
        return [text[start:end] for start, end in spans]


def _break_upright(text: str) -> list[str]:
    lines: list[str] = []
    for character in text:
        if lines and character in NEVER_FIRST:
            lines[-1] += character
        else:
            lines.append(character)
    return lines
