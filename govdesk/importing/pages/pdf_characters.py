"""Asks PDFium where the characters of a page stand, how high their type is, and whether they are shown."""

from __future__ import annotations

import ctypes
import math
from typing import Any, Final

from pypdfium2 import raw

WHITE: Final = 248                   # of 255: a shade from which on a colour is not seen on paper
_LEAST: Final = 0.8                  # points: type as small as this is not seen
_LOW: Final = 4.0                    # points: a box below this height may be that of a flat character
_BELOW: Final = 0.14                 # of a character's height that lies below its base line
_UNSEEN: Final = (3, 7)              # ways of painting text that paint nothing

Box = tuple[float, float, float, float]


class PageCharacters:
    """The characters of a page's text by their index. What PDFium writes into is made once: a page has thousands."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._rectangle, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._place = ctypes.c_double(), ctypes.c_double()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    def box_of(self, index: int) -> Box | None:
        """A character's box by its font's measures, so that all of a line are of one height; None for what cannot be
        seen."""
        found = self._rectangle
        if not raw.FPDFText_GetLooseCharBox(self._text, index, found):
            return None
        x0, y0, x1, y1 = found.left, found.bottom, found.right, found.top
        if not math.isfinite(x0 + x1 + y0 + y1):
            return None
        box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        if box[3] - box[1] < _LOW:
            box = self._of_full_size(index, box)
        return None if box[3] - box[1] < _LEAST else self._where_seen(index, box)

    def _of_full_size(self, index: int, box: Box) -> Box:
        """The box as high as its type: some fonts of browsers have no measures, and 一 would be as flat as it is
        drawn."""
        matrix = self._matrix
        if not raw.FPDFText_GetMatrix(self._text, index, matrix) or abs(matrix.a) < abs(matrix.b):
            return box
        size = raw.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
        x0, y0, x1, y1 = box
        if not _LEAST <= size < 400 or (y1 - y0) * 2 >= size:
            return box
        _, y = self.origin_of(index, box)
        below = y - size * (_BELOW if matrix.d >= 0 else 1 - _BELOW)
        return x0, below, x1, below + size

    def _where_seen(self, index: int, loose: Box) -> Box:
        """The box; of upright writing the font's measures lie beside the character, so there what is drawn counts."""
        if not raw.FPDFText_GetCharBox(self._text, index, *self._sides):
            return loose
        left, right, bottom, top = (side.value for side in self._sides)
        x, y = (left + right) / 2, (bottom + top) / 2
        x0, y0, x1, y1 = loose
        drawn = max(right - left, top - bottom)
        half = drawn * 0.55 if y1 - y0 > max(40.0, drawn * 4) else (y1 - y0) / 2
        beside = right - left > half * 0.8 and abs(x - (x0 + x1) / 2) > half * 0.6
        if right <= left or (half * 2 == y1 - y0 and x0 <= x <= x1 and y0 <= y <= y1 and not beside):
            return loose
        return x - half, y - half, x + half, y + half

    def origin_of(self, index: int, where: Box) -> tuple[float, float]:
        """Where a character stands on its base line; below its box where the file does not say."""
        x, y = self._place
        high = max(where[3] - where[1], where[2] - where[0])
        if raw.FPDFText_GetCharOrigin(self._text, index, x, y) and where[0] - high <= x.value <= where[2] + high \
                and where[1] - high <= y.value <= where[3] + high:
            return x.value, y.value
        return where[0], where[1] + high * 0.18

    def is_shown(self, index: int, where: Box, dark: list[Box]) -> bool:
        """Whether a character is painted, and not white; white on a dark area (`dark`) is seen."""
        drawn = raw.FPDFText_GetTextObject(self._text, index)
        if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) in _UNSEEN:
            return False
        if not raw.FPDFText_GetFillColor(self._text, index, *self._colour):
            return True
        red, green, blue, alpha = (one.value for one in self._colour)
        if alpha == 0:
            return False
        if min(red, green, blue) < WHITE:
            return True
        x, y = (where[0] + where[2]) / 2, (where[1] + where[3]) / 2
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in dark)
