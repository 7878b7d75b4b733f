"""Label text in lines: as few as will do, at the form's own breaks where that costs no line more."""

from __future__ import annotations

import math

from PySide6.QtGui import QFont, QFontMetricsF

from govdesk.document.document import CellRole
from govdesk.form.grid_plan import PlanCell

PAD, HEAD_PAD = 5, 1                         # left and right of a label; of the head of a column, which is centred
NEVER_FIRST = frozenset("、，。；：！？）”’》〉】…,.;:!?)")
NEVER_LAST = frozenset("（“‘《〈【(")
NUMBER = 3                                   # characters of a number before a label, “二、”, “10.”
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
        return self._break_best(text, frozenset(breaks), room)

    def _break_best(self, text: str, breaks: frozenset[int], room: float) -> list[str]:
        """The fewest lines; among those the ones that break by sense, then those of like length."""
        best: list[tuple[int, float, int]] = [(0, 0.0, 0)]   # lines, cost, where the last line begins (negative)
        for end in range(1, len(text) + 1):
            found = (len(text) + 1, 0.0, 1 - end)
            for start in range(end - 1, -1, -1):
                width = self.width(text[start:end])
                if width > room and end - start > 1:
                    break
                count, cost, _ = best[start]
                cost += _break_cost(text, breaks, end) + (1 - width / room) ** 2
                found = min(found, (count + 1, cost, -start))
            best.append(found)
        lines, end = [], len(text)
        while end:
            start = -best[end][2]
            lines.append(text[start:end])
            end = start
        return lines[::-1]


def _break_cost(text: str, breaks: frozenset[int], at: int) -> float:
    if at == len(text) or at in breaks:
        return 0
    if text[at] in NEVER_FIRST or text[at - 1] in NEVER_LAST or (text[at].isascii() and text[at - 1].isascii()):
        return 50
    if at <= NUMBER and text[at - 1] in ".、":
        return 50                            # “2.” alone on a line
    return 1 if text[at - 1] in NEVER_FIRST else 3


def _break_upright(text: str) -> list[str]:
    lines: list[str] = []
    for character in text:
        if lines and character in NEVER_FIRST:
            lines[-1] += character
        else:
            lines.append(character)
    return lines
