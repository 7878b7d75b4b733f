"""A table measured: which place each cell takes, how its text is set, how high each row is.

Reports of one form differ in their figures, and those hardly ever in what they take: what a table is without them is
kept as a `TableFrame` from one print-out, or preview, to the next.
"""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from govdesk.base.cell_role import CellRole
from govdesk.document.document import GridBlock, GridCell
from govdesk.fonts.font_set import FontSet
from govdesk.typeset.cells import CellText, fit_cell, is_short, needed_height, short_figure
from govdesk.typeset.page import MM

# (text size, blank above and below) in points, from 五号 down to 小五: rows of 6.7, 6.2, 6.6, 6.1, 5.6,
# 5.2 and 4.7 mm; a step is taken before those behind it
LADDER = ((10.5, 4.2), (10.5, 3.6), (9.0, 4.9), (9.0, 4.2), (9.0, 3.4), (9.0, 2.8), (9.0, 2.2))
SPLIT = 1                            # the step of a table that fits on one page at no step
HIGHEST_ROW = 0.6                    # of a page
LOOSE_CELL = 8                       # characters: a column of labels no longer than this is centred

Rows = tuple[tuple[GridCell, ...], ...]


class CellPlace(NamedTuple):
    """A cell with the rows and columns that it covers. `part` counts the cells in the order of reading."""

    part: int
    row: int
    column: int
    rows: int
    columns: int
    role: CellRole
    centred: bool


class _Needs(NamedTuple):
    """What the texts of a table take at a size: the highest of each row, and those of cells over several rows."""

    rows: list[float]
    spans: list[tuple[CellPlace, float]]


class TableFrame:
    """A table without its short figures: places, column rules, and how high rows must be. One object serves all tables
    that are the same but for those, so it can be remembered by identity."""

    def __init__(self, rows: Rows, widths: tuple[float, ...], head_rows: int, width: float, landscape: bool) -> None:
        self.rows, self.head_rows = rows, head_rows
        self.places = _places(rows, len(widths))
        self.edges = _edges(widths, width, landscape)         # points from the left of the type area
        self._by_depth = sorted(self.places, key=lambda place: place.rows)
        self._cells = [cell for row in rows for cell in row]
        self._needs: dict[tuple[FontSet, float], _Needs] = {}
        self._heights: dict[tuple[FontSet, float, float, float], tuple[float, ...]] = {}

    def width_of(self, place: CellPlace) -> float:
        return self.edges[place.column + place.columns] - self.edges[place.column]

    def heights(self, fonts: FontSet, size: float, pad: float, page: float) -> tuple[float, ...]:
        """The least height of each row at a text size, with so much blank above and below."""
        key = fonts, size, pad, page
        if key not in self._heights:
            self._heights[key] = self._at_size(self._needed(fonts, size), pad, page)
        return self._heights[key]

    def _needed(self, fonts: FontSet, size: float) -> _Needs:
        if (fonts, size) not in self._needs:
            single, spans = [0.0] * len(self.rows), []
            for place in self._by_depth:
                text = needed_height(fonts, self._cells[place.part], self.width_of(place), size, tall=place.rows > 1)
                if place.rows == 1:                           # nearly all
                    single[place.row] = max(single[place.row], text)
                else:
                    spans.append((place, text))
            self._needs[fonts, size] = _Needs(single, spans)
        return self._needs[fonts, size]

    @staticmethod
    def _at_size(needs: _Needs, pad: float, page: float) -> tuple[float, ...]:
        most = HIGHEST_ROW * page
        heights = [min(text + 2 * pad, most) if text else 0.0 for text in needs.rows]
        for place, text in needs.spans:
            lack = min(text + 2 * pad, most) - sum(heights[place.row:place.row + place.rows])
            if lack > 0:
                for row in range(place.row, place.row + place.rows):
                    heights[row] += lack / place.rows
        return tuple(heights)


class MeasuredTable(NamedTuple):
    """A table at one text size."""

    frame: TableFrame
    cells: tuple[GridCell, ...]      # in the order of reading
    heights: tuple[float, ...]
    size: float
    page: float                      # height of the page's type area, as the table stands on it

    @property
    def height(self) -> float:
        return sum(self.heights)


class Steps:
    """A table at each step of the ladder, measured when it is asked for."""

    def __init__(self, fonts: FontSet, grid: GridBlock, width: float, page: float) -> None:
        """For pages of `width` and height `page`."""
        self.frame = _frame(tuple(map(_blanked, grid.rows)), grid.widths, grid.head_rows, width, grid.landscape)
        self.page = page
        self._fonts, self._cells = fonts, tuple([cell for row in grid.rows for cell in row])
        self._known: dict[int, MeasuredTable] = {}

    def at(self, step: int) -> MeasuredTable:
        """The table at a step, counted from 0."""
        if step not in self._known:
            size, pad = LADDER[step]
            heights = self.frame.heights(self._fonts, size, pad, self.page)
            self._known[step] = MeasuredTable(self.frame, self._cells, heights, size, self.page)
        return self._known[step]

    @cached_property
    def heights(self) -> tuple[float, ...]:
        """The height of the table at each step."""
        return tuple([self.at(step).height for step in range(len(LADDER))])


def cell_text(fonts: FontSet, table: MeasuredTable, place: CellPlace, height: float, note: str = "") -> CellText:
    """A cell's text as set in its place, where `height` of the place is on the page; `note` is put behind a label."""
    cell, width, size = table.cells[place.part], table.frame.width_of(place), table.size
    if is_short(cell):
        return short_figure(fonts, cell.text, width, size)
    return fit_cell(fonts, cell, note, width=width, height=height, size=size, tall=place.rows > 1)


def _blanked(row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    return tuple([_blank(cell.row_span, cell.column_span) if is_short(cell) else cell for cell in row])


@cache
def _blank(rows: int, columns: int) -> GridCell:
    return GridCell("", CellRole.FIGURE, rows, columns)


@lru_cache(maxsize=64)
def _frame(rows: Rows, widths: tuple[float, ...], head_rows: int, width: float, landscape: bool) -> TableFrame:
    return TableFrame(rows, widths, head_rows, width, landscape)


def _edges(widths: tuple[float, ...], width: float, landscape: bool) -> tuple[float, ...]:
    fitting = width / (sum(widths) * MM)
    scale = fitting if landscape else min(1.0, fitting)
    edges = [0.0]
    for column in widths:
        edges.append(edges[-1] + column * MM * scale)
    return tuple(edges)


def _places(rows: Rows, count: int) -> tuple[CellPlace, ...]:
    """Cells at the next free column of their row; a span that would leave the table is cut."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, int, int, int, GridCell]] = []
    part = -1
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            part += 1
            while (r, column) in taken:
                column += 1
            if column >= count:
                continue
            deep = max(1, min(cell.row_span, len(rows) - r))
            columns = max(1, min(cell.column_span, count - column))
            taken.update((y, x) for y in range(r, r + deep) for x in range(column, column + columns))
            found.append((part, r, column, deep, columns, cell))
    centred = _centred_columns(found)
    return tuple(
        CellPlace(part, r, c, deep, columns, cell.role, cell.role is not CellRole.LABEL or deep > 1 or c in centred)
        for part, r, c, deep, columns, cell in found
    )


def _centred_columns(found: list[tuple[int, int, int, int, int, GridCell]]) -> set[int]:
    """Columns whose labels are all short look better centred; long labels are read from the left."""
    longest: dict[int, int] = {}
    for _, _, column, _, _, cell in found:
        if cell.role is CellRole.LABEL:
            longest[column] = max(longest.get(column, 0), len(cell.text))
    return {column for column, length in longest.items() if length <= LOOSE_CELL}
