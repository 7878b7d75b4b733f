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
from govdesk.typeset.label_breaks import LONGEST, break_label
from govdesk.typeset.lines import GlyphLine, break_text, set_solid, set_upright
from govdesk.typeset.page import Run

# Points left and right of a text. A wide label is read from the left and stands off the rule
SIDES = {CellRole.HEAD: 1.2, CellRole.BAND: 4.0, CellRole.LABEL: 2.6, CellRole.FIGURE: 1.7}
LABEL_SIDE = 3.8                     # 13 characters of 9 points fit a label of 44 mm
LABEL_WIDE = 100.0                   # points
LEADING = 1.25
MANY, MOST = 2_000, 20_000           # characters: only the smallest size will do; no page holds more
SHORT = 8                            # characters: a figure that stays on its line in any column
SMALLEST = 5.0                       # points: what is still too wide is broken
SMALLEST_FIGURE = 4.0                # a figure of 13 digits in a column of table four
SPARE = 1.4                          # points of a cell's sides that such a figure may take
NARROW = 4.0                         # em: a tall cell not wider than this is set upright
UPRIGHT_LOOSEST = 1.6                # em from one upright character to the next where there is room
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
    if fitting < SMALLEST:                                    # nearer to the rules, for in two lines it is read as two
        fitting = min(SMALLEST, int((room + SPARE) / max(line.width, 0.1) * 4) / 4)
    if fitting >= SMALLEST_FIGURE:
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
        lines = [_hung(line) if 2 * size <= room else _trimmed(line) for line in set_upright(fonts, Role.TABLE, text)]
        if max(line.width for line in lines) * size <= room + SIDES[CellRole.LABEL]:
            leading = LEADING * size
            if height and len(lines) > 1:
                leading = min(UPRIGHT_LOOSEST * size, (height - size) / len(lines))
            if not height or leading >= 1.1 * size:
                return CellText(tuple(lines), size, leading)
        size -= 0.5
    return None


def _hung(line: GlyphLine) -> GlyphLine:
    """A mark after a character hangs beside it, so that the characters of an upright label stand in one line."""
    if len(line.glyphs) == 2 and line.glyphs[0].trait.full and not line.glyphs[0].trait.opening \
            and line.glyphs[1].trait.closing:
        return GlyphLine(line.glyphs, line.places, 1.0)
    return _trimmed(line)


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
    if len(text) > LONGEST:
        return tuple(break_text(fonts, Role.TABLE, text, measure, justify=False))
    breaks = _breaks(cell, text)
    edges = [0, *(breaks if cell.must_break else ()), len(text)]
    return tuple(line for a, b in itertools.pairwise(edges)
                 for line in _by_sense(fonts, text[a:b], [at - a for at in breaks if a < at < b], measure))


def _by_sense(fonts: FontSet, text: str, breaks: list[int], measure: float) -> list[GlyphLine]:
    """Lines that part no word; what is wider than a line as it is (a long word, a number) is parted like any text."""
    whole = set_solid(fonts, Role.TABLE, text)
    if not whole.glyphs:                                      # blanks alone
        return []
    # a mark at the end of a line gives up its blank half
    ends = [place + glyph.width - 0.5 * glyph.trait.closing
            for place, glyph in zip(whole.places, whole.glyphs, strict=True)]
    spans = break_label(whole.text, breaks, measure, lambda start, end: ends[end - 1] - whole.places[start])
    return [line for a, b in spans for line in break_text(fonts, Role.TABLE, text[a:b], measure, justify=False)]


def _breaks(cell: GridCell, text: str) -> list[int]:
    if len(clean_text(cell.text)) != len(cell.text):          # invisible characters are gone: the indices are void
        return []
    return sorted({at for at in (*cell.breaks, len(cell.text)) if 0 < at < len(text)})    # a note may follow the text
