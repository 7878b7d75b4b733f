"""A table measured: which place each cell takes, how its text is set, how high each row is."""

from __future__ import annotations

from collections.abc import Sequence

from govdesk.document import CellRole, GridBlock, GridCell
from govdesk.records import Record
from govdesk.typeset.cells import CellText, fit_cell, needed_height
from govdesk.typeset.fontset import FontSet
from govdesk.typeset.page import MM

# (text size, blank above and below): the first with which the table fits a page is taken. 五号 down to 小五
LADDER = ((10.5, 6.0), (10.5, 4.8), (10.5, 3.6), (9.0, 4.6), (9.0, 4.2), (9.0, 3.8), (9.0, 3.4), (9.0, 2.8), (9.0, 2.2))
SPLIT = (10.5, 3.6)                  # for a table that no step of the ladder brings on one page
HIGHEST_ROW = 0.6                    # of a page
LOOSE_CELL = 8                       # characters: a column of labels no longer than this is centred


class Place(Record):
    """A cell with the rows and columns that it covers. `part` counts the cells in the order of reading."""

    part: int
    row: int
    column: int
    rows: int
    columns: int
    cell: GridCell
    centred: bool


class Measured(Record):
    """A table at one text size."""

    places: tuple[Place, ...]
    edges: tuple[float, ...]         # column rules, points from the left of the type area
    heights: tuple[float, ...]
    head_rows: int
    size: float
    pad: float
    page: float                      # height of the page's type area, as the table stands on it

    @property
    def height(self) -> float:
        return sum(self.heights)

    def width_of(self, place: Place) -> float:
        return self.edges[place.column + place.columns] - self.edges[place.column]


def measured(fonts: FontSet, grid: GridBlock, width: float, page: float, room: float) -> Measured:
    """The table for pages of `width` and height `page`: at the largest size with which it stays within `room`; if none
    does, at the size for a split."""
    places, edges = _places(grid), _edges(grid, width)
    needs: dict[float, list[float]] = {}
    for size, pad in (*LADDER, SPLIT):
        if size not in needs:
            needs[size] = [needed_height(fonts, place.cell, edges[place.column + place.columns] - edges[place.column],
                                         size, tall=place.rows > 1) for place in places]
        table = _at_size(grid, places, edges, needs[size], size=size, pad=pad, page=page)
        if table.height <= room:
            break
    return table


def cell_text(fonts: FontSet, table: Measured, place: Place, height: float, note: str = "") -> CellText:
    """A cell's text as set in its place, where `height` of the place is on the page; `note` is put behind a label."""
    width, tall = table.width_of(place), place.rows > 1
    return fit_cell(fonts, place.cell, note, width=width, height=height, size=table.size, tall=tall)


def _edges(grid: GridBlock, width: float) -> tuple[float, ...]:
    fitting = width / (sum(grid.widths) * MM)
    scale = fitting if grid.landscape else min(1.0, fitting)
    edges = [0.0]
    for column in grid.widths:
        edges.append(edges[-1] + column * MM * scale)
    return tuple(edges)


def _places(grid: GridBlock) -> tuple[Place, ...]:
    """Cells at the next free column of their row; a span that would leave the table is cut."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, int, int, int, GridCell]] = []
    part, count = -1, len(grid.widths)
    for r, row in enumerate(grid.rows):
        column = 0
        for cell in row:
            part += 1
            while (r, column) in taken:
                column += 1
            if column >= count:
                continue
            rows = max(1, min(cell.row_span, len(grid.rows) - r))
            columns = max(1, min(cell.column_span, count - column))
            taken.update((y, x) for y in range(r, r + rows) for x in range(column, column + columns))
            found.append((part, r, column, rows, columns, cell))
    centred = _centred_columns(found)
    return tuple(
        Place(part, r, c, rows, columns, cell, cell.role is not CellRole.LABEL or rows > 1 or c in centred)
        for part, r, c, rows, columns, cell in found
    )


def _centred_columns(found: list[tuple[int, int, int, int, int, GridCell]]) -> set[int]:
    """Columns whose labels are all short look better centred; long labels are read from the left."""
    longest: dict[int, int] = {}
    for _, _, column, _, _, cell in found:
        if cell.role is CellRole.LABEL:
            longest[column] = max(longest.get(column, 0), len(cell.text))
    return {column for column, length in longest.items() if length <= LOOSE_CELL}


def _at_size(
    grid: GridBlock, places: tuple[Place, ...], edges: tuple[float, ...], needs: Sequence[float], *, size: float,
    pad: float, page: float,
) -> Measured:
    heights = [0.0] * len(grid.rows)
    for place, text in sorted(zip(places, needs, strict=True), key=lambda pair: pair[0].rows):
        lack = min(text + 2 * pad, HIGHEST_ROW * page) - sum(heights[place.row:place.row + place.rows])
        if lack > 0:
            for row in range(place.row, place.row + place.rows):
                heights[row] += lack / place.rows
    return Measured(places, edges, tuple(heights), grid.head_rows, size, pad, page)
