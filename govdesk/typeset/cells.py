"""The text of one table cell: figures shrink to one line, labels break by sense, a narrow tall label stands upright."""

from __future__ import annotations

import itertools
from functools import cached_property, lru_cache
from typing import NamedTuple

from govdesk.base.cell_role import CellRole
from govdesk.document.document import GridCell
from govdesk.fonts.characters import clean_text
from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.drawing import make_runs
from govdesk.typeset.lines import GlyphLine, MeasuredText, break_text, set_solid, set_upright
from govdesk.typeset.page import Run

# Points left and right of a text. A wide label is read from the left and stands off the rule
SIDES = {CellRole.HEAD: 1.2, CellRole.BAND: 4.0, CellRole.LABEL: 2.6, CellRole.FIGURE: 1.7}
LABEL_SIDE = 4.0
LABEL_WIDE = 100.0                   # points
LEADING = 1.25
MOST_BALANCED = 12                   # lines: more are no head to be made even
MANY, MOST = 2_000, 20_000           # characters: only the smallest size will do; no page holds more
SHORT = 8                            # characters: a figure that stays on its line in any column
SMALLEST = 5.0                       # points: what is still too wide is broken
NARROW = 4.0                         # em: a tall cell not wider than this is set upright
UPRIGHT_LOOSEST = 1.6                # em from one upright character to the next where there is room
STUMP = 2.1                          # em: a last line shorter than this is made longer at the cost of the others
NOTE = "（续）"


class CellFields(NamedTuple):
    """Lines of one cell, their size, and from one to the next."""

    lines: tuple[GlyphLine, ...]
    size: float
    leading: float


class CellText(CellFields):
    """A cell's text, remembered with what follows from it."""

    @cached_property
    def runs(self) -> tuple[list[Run], ...]:
        """The runs of each line, as if it began at (0, 0)."""
        return tuple(make_runs(line, self.size, 0.0, 0.0) for line in self.lines)

    @property
    def height(self) -> float:
        return (len(self.lines) - 1) * self.leading + self.size if self.lines else 0.0


def is_short(cell: GridCell) -> bool:
    """A figure that stays on its line in any column."""
    return cell.role is CellRole.FIGURE and len(cell.text) < SHORT


def needed_height(fonts: FontSet, cell: GridCell, width: float, size: float, tall: bool) -> float:
    """The least height for a cell's text at `size`; at least one line, also where the cell is blank."""
    if is_short(cell):
        return size
    return max(size, fit_cell(fonts, cell, "", width=width, height=0.0, size=size, tall=tall).height)


@lru_cache(maxsize=4096)
def fit_cell(
    fonts: FontSet, cell: GridCell, note: str, *, width: float, height: float, size: float, tall: bool,
) -> CellText:
    """The text at `size`, or smaller where the width demands it, or the height (0: free)."""
    text = (clean_text(cell.text) + note)[:MOST]
    size = size if len(text) <= MANY else SMALLEST
    if not text.strip():
        return CellText((), size, size * LEADING)
    room = width - 2 * (LABEL_SIDE if cell.role is CellRole.LABEL and width > LABEL_WIDE else SIDES[cell.role])
    if cell.role is CellRole.FIGURE:
        return _figure(fonts, text, room, height, size)
    if tall and not cell.must_break and room / size <= NARROW < len(text):
        upright = _upright(fonts, text, room, height, size)
        if upright:
            return upright
    while True:
        found = CellText(_label_lines(fonts, cell, text, room / size), size, size * LEADING)
        if not height or found.height <= height or size <= SMALLEST:
            return _clipped(found, height)
        size = max(SMALLEST, size - 0.5)


@lru_cache(maxsize=4096)
def short_figure(fonts: FontSet, text: str, width: float, size: float) -> CellText:
    """What `fit_cell` gives for a short figure, whatever the height."""
    return fit_cell(fonts, GridCell(text, CellRole.FIGURE), "", width=width, height=0.0, size=size, tall=False)


def _figure(fonts: FontSet, text: str, room: float, height: float, size: float) -> CellText:
    line = set_solid(fonts, Role.TABLE, text)
    fitting = min(size, int(room / max(line.width, 0.1) * 4) / 4)
    if fitting >= SMALLEST:
        return CellText((line,), fitting, fitting * LEADING)
    lines = break_text(fonts, Role.TABLE, text, room / SMALLEST, justify=False)
    return _clipped(CellText(tuple(lines), SMALLEST, SMALLEST * LEADING), height)


def _clipped(text: CellText, height: float) -> CellText:
    """Last resort against a text that no page can hold."""
    if not height or text.height <= height:
        return text
    count = max(1, int((height - text.size) / text.leading) + 1)
    return CellText(text.lines[:count], text.size, text.leading)


def _upright(fonts: FontSet, text: str, room: float, height: float, size: float) -> CellText | None:
    """Character under character, a mark beside the character that it follows; None where the height is too small."""
    while size >= SMALLEST:
        lines = [_trimmed(line) for line in set_upright(fonts, Role.TABLE, text)]
        if max(line.width for line in lines) * size <= room + SIDES[CellRole.LABEL]:
            leading = LEADING * size
            if height and len(lines) > 1:
                leading = min(UPRIGHT_LOOSEST * size, (height - size) / len(lines))
            if not height or leading >= 1.1 * size:
                return CellText(tuple(lines), size, leading)
        size -= 0.5
    return None


def _trimmed(line: GlyphLine) -> GlyphLine:
    """Without the blank halves of marks at both ends, so that it can be centred by its ink."""
    glyphs, places, width = line.glyphs, line.places, line.width
    if len(glyphs) > 1 and glyphs[-1].trait.closing:
        width = places[-1] + 0.5
    if len(glyphs) > 1 and glyphs[0].trait.opening:
        places, width = [place - 0.5 for place in places], width - 0.5
    return GlyphLine(glyphs, places, width)


@lru_cache(maxsize=4096)
def _label_lines(fonts: FontSet, cell: GridCell, text: str, measure: float) -> tuple[GlyphLine, ...]:
    """Remembered besides `fit_cell`: the drawing asks again, now with the height that the cell has been given."""
    if not cell.must_break and (line := set_solid(fonts, Role.TABLE, text)).width <= measure:
        return (line,)
    segments = _segments(cell, text)
    if cell.must_break:
        return tuple(line for segment in segments for line in _filled(fonts, cell, segment, measure))
    plain = _filled(fonts, cell, text, measure)
    lines = [set_solid(fonts, Role.TABLE, segment) for segment in _joined(fonts, segments, measure)]
    fits = max(line.width for line in lines) <= measure
    return tuple(lines if fits and len(lines) <= len(plain) else plain)


def _filled(fonts: FontSet, cell: GridCell, text: str, measure: float) -> list[GlyphLine]:
    """Lines as long as they may be; even ones in a centred cell, or where the last would be a stump."""
    found = break_text(fonts, Role.TABLE, text, measure, justify=False)
    if 1 < len(found) < MOST_BALANCED and (cell.role is not CellRole.LABEL or found[-1].width < STUMP):
        return _balanced(fonts, text, measure, len(found))
    return found


def _segments(cell: GridCell, text: str) -> list[str]:
    if len(clean_text(cell.text)) != len(cell.text):          # invisible characters are gone: the indices are void
        return [text]
    breaks = {*cell.breaks, len(cell.text)}                   # the end of the text itself: a note may follow
    if cell.role is CellRole.HEAD and not cell.breaks:        # a long head is a sentence: better parted at its commas
        breaks |= {i + 1 for i, char in enumerate(text) if char in "，；"}
    edges = [0, *sorted(b for b in breaks if 0 < b < len(text)), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(edges)]


def _joined(fonts: FontSet, segments: list[str], measure: float) -> list[str]:
    """Segments put together again as far as a line holds them."""
    found = [segments[0]]
    for segment in segments[1:]:
        joined = found[-1] + segment
        if set_solid(fonts, Role.TABLE, joined).width <= measure:
            found[-1] = joined
        else:
            found.append(segment)
    return found


def _balanced(fonts: FontSet, text: str, measure: float, most: int) -> list[GlyphLine]:
    """The narrowest measure that takes no more lines: a centred head has even lines."""
    units = MeasuredText(text, fonts.shape(Role.TABLE, text), measure)
    low, high = measure / most / 1.5, measure
    for _ in range(8):
        middle = (low + high) / 2
        if units.count(middle) <= most:
            high = middle
        else:
            low = middle
    return units.lines(high)
