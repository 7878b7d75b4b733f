"""A table cut for pages, also inside spans, and drawn: every part has its head, its labels and all its rules."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from govdesk.base.cell_role import CellRole
from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.cells import LABEL_SIDE, LEADING, NOTE, CellText
from govdesk.typeset.drawing import compute_baseline
from govdesk.typeset.grid import CellPlace, MeasuredTable, TableFrame, cell_text
from govdesk.typeset.page import LEFT, PieceRole, Rule, Run

RULE_WIDTH = 0.5
CLEAR = 1.5                          # points of a cell's height that its text never takes: ink may leave its box
HIGHEST_HEAD = 0.35                  # of the type area: a higher head is not repeated
FEWEST_CHARACTERS = 3                # in a line of a label; a narrower one stands upright
FEWEST_ROWS = 3                      # of a table's beginning at a page foot
CHOICE = 4                           # rows given up at a page foot for a better place to cut


class GridPart(NamedTuple):
    """Rows of a table that stand on one page; `repeated` of them are head rows again."""

    rows: tuple[int, ...]
    repeated: int
    height: float


def whole_table(table: MeasuredTable) -> GridPart:
    """The table in one part."""
    return GridPart(tuple(range(len(table.heights))), 0, table.height)


@lru_cache(maxsize=64)
def cuts(frame: TableFrame) -> list[int]:
    """Rows before which a table that fits a page may still be parted: where a block of its own heads begins, or between
    any rows below a head that is repeated. None where a cell goes over rows."""
    rows, head = len(frame.rows), frame.head_rows
    if any(place.rows > 1 for place in frame.places):
        return []
    bands = [place.row for place in frame.places if place.role is CellRole.BAND and place.row]
    return bands or (list(range(head + FEWEST_ROWS, rows - FEWEST_ROWS + 1)) if head else [])


def halves(table: MeasuredTable, row: int) -> tuple[GridPart, GridPart]:
    """The table in two parts, the second of which begins with `row` below the head again."""
    head = tuple(range(table.frame.head_rows))
    below = (*head, *range(row, len(table.heights)))
    return (GridPart(tuple(range(row)), 0, sum(table.heights[:row])),
            GridPart(below, len(head), sum(table.heights[at] for at in below)))


def cut_table(table: MeasuredTable, first_room: float) -> list[GridPart]:
    """Parts for a page with `first_room` left and then whole pages. The first part is empty if too little would fit."""
    head = tuple(range(table.frame.head_rows))
    if sum(table.heights[:table.frame.head_rows]) > HIGHEST_HEAD * table.page:
        head = ()
    found: list[GridPart] = []
    start, room = 0, first_room
    while start < len(table.heights):
        again = head if start else ()
        used = sum(table.heights[row] for row in again)
        end = _end(table, start, room - used)
        few = end < min(len(head) + FEWEST_ROWS, len(table.heights))
        if not start and few and not found and first_room < table.page:
            found.append(GridPart((), 0, 0.0))
        else:
            end = max(end, start + 1)
            rows = (*again, *range(start, end))
            found.append(GridPart(rows, len(again), sum(table.heights[row] for row in rows)))
            start = end
        room = table.page - RULE_WIDTH
    return found


def _end(table: MeasuredTable, start: int, room: float) -> int:
    """The row before which the part ends: the last that fits, or one a little higher where fewer spans are cut."""
    end = start
    while end < len(table.heights) and table.heights[end] <= room:
        room -= table.heights[end]
        end += 1
    if end in (start, len(table.heights)):
        return end
    choice = [row for row in range(max(start + 1, end - CHOICE), end + 1) if not _opens(table, row - 1)]
    return min(choice, key=lambda row: (_cuts(table, row), -row), default=end)


def _opens(table: MeasuredTable, row: int) -> bool:
    """A band or head row: what follows belongs to it."""
    cells = [place.role for place in table.frame.places if place.row == row]
    return bool(cells) and all(role in (CellRole.BAND, CellRole.HEAD) for role in cells)


def _cuts(table: MeasuredTable, row: int) -> int:
    """How much a cut before `row` hurts: spans that it parts, more where a stump is left."""
    parted = [place for place in table.frame.places if place.row < row < place.row + place.rows]
    return sum(3 if _is_stump(table, place, row) else 1 for place in parted)


def _is_stump(table: MeasuredTable, place: CellPlace, row: int) -> bool:
    """Whether a cut before `row` leaves less of a span than its label takes, on either page."""
    line = int(table.frame.width_of(place) / table.size)
    length = len(table.cells[place.part].text)
    count = math.ceil(length / line) if line >= FEWEST_CHARACTERS else length
    above, below = table.heights[place.row:row], table.heights[row:place.row + place.rows]
    return min(sum(above), sum(below)) < count * table.size * LEADING


class _Slot(NamedTuple):
    """A cell of a part: its place, the upper end of what is seen of it, below the part's upper rule, and its height.
    A label's runs are set already, as if the part began at 0."""

    place: CellPlace
    standing: PieceRole
    note: str
    at: float
    height: float
    label: list[Run] | None


def draw_part(fonts: FontSet, table: MeasuredTable, part: GridPart,
              top: float) -> Iterator[tuple[int, PieceRole, list[Run]]]:
    """Runs of each cell of a part whose upper rule is at `top`."""
    for place, standing, note, at, height, label in _slots(fonts, table.frame, table.heights, table.size, part):
        if label is None:
            text = cell_text(fonts, table, place, height - CLEAR, note)
            label = _cell_runs(fonts, table.frame, place, text, at + (height - text.height) / 2)
        yield place.part, standing, [Run(face, size, x, y + top, text, advances, stroke)
                                     for face, size, x, y, text, advances, stroke, _ in label]


@lru_cache(maxsize=64)
def _slots(fonts: FontSet, frame: TableFrame, heights: tuple[float, ...], size: float, part: GridPart) -> list[_Slot]:
    """What a part holds, in the order of reading."""
    tops = dict(zip(part.rows, accumulate((heights[row] for row in part.rows), initial=0.0), strict=False))
    cells = tuple([cell for row in frame.rows for cell in row])
    table = MeasuredTable(frame, cells, heights, size, 0.0)
    start, found = part.rows[part.repeated] if part.repeated < len(part.rows) else 0, []
    for place in frame.places:
        seen = [row for row in range(place.row, place.row + place.rows) if row in tops]
        if not seen:
            continue
        begun = place.row < start and place.row not in part.rows[:part.repeated]
        again = begun or place.row in part.rows[:part.repeated]
        if begun and place.role is CellRole.FIGURE:
            continue
        note = NOTE if begun and place.role is CellRole.LABEL and cells[place.part].text else ""
        at, height = tops[seen[0]], tops[seen[-1]] + heights[seen[-1]] - tops[seen[0]]
        label = None
        if place.role is not CellRole.FIGURE:
            text = cell_text(fonts, table, place, height - CLEAR, note)
            label = _cell_runs(fonts, frame, place, text, at + (height - text.height) / 2)
        found.append(_Slot(place, PieceRole.REPEATED if again else PieceRole.CONTENT, note, at, height, label))
    return found


def _cell_runs(fonts: FontSet, frame: TableFrame, place: CellPlace, text: CellText, top: float) -> list[Run]:
    found: list[Run] = []
    left, width = LEFT + frame.edges[place.column], frame.width_of(place)
    for i, line in enumerate(text.lines):
        x = left + (width - line.width * text.size) / 2 if place.centred else left + LABEL_SIDE
        base = compute_baseline(fonts, Role.TABLE, text.size, top + i * text.leading)
        found += [Run(run.face, run.size, run.x + x, run.y + base, run.text, run.advances, run.stroke)
                  for run in text.runs[i]]
    return found


def draw_rules(table: MeasuredTable, part: GridPart, top: float) -> list[Rule]:
    """Each rule once, as long as it runs; all round the part, also where a span goes on overleaf."""
    return [Rule(x0, y0 + top, x1, y1 + top, width)
            for x0, y0, x1, y1, width in _rules(table.frame, table.heights, part)]


@lru_cache(maxsize=64)
def _rules(frame: TableFrame, heights: tuple[float, ...], part: GridPart) -> list[Rule]:
    """The rules of a part that begins at 0."""
    columns = len(frame.edges) - 1
    owners = _owners(frame, part, columns)
    ys = list(accumulate((heights[row] for row in part.rows), initial=0.0))
    xs = [LEFT + edge for edge in frame.edges]
    last = len(part.rows)
    found = []
    for i in range(last + 1):
        for a, b in _stretches(columns, lambda c, i=i: i in (0, last) or owners[i - 1][c] != owners[i][c]):  # type: ignore[misc]
            found.append(Rule(xs[a], ys[i], xs[b], ys[i], RULE_WIDTH))
    for c in range(columns + 1):
        for a, b in _stretches(last, lambda r, c=c: c in (0, columns) or owners[r][c - 1] != owners[r][c]):  # type: ignore[misc]
            found.append(Rule(xs[c], ys[a], xs[c], ys[b], RULE_WIDTH))
    return found


def _owners(frame: TableFrame, part: GridPart, columns: int) -> list[list[int]]:
    at = {row: i for i, row in enumerate(part.rows)}
    owners = [[-1] * columns for _ in part.rows]
    for place in frame.places:
        for row in range(place.row, place.row + place.rows):
            if row in at:
                for column in range(place.column, place.column + place.columns):
                    owners[at[row]][column] = place.part
    return owners


def _stretches(count: int, drawn: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """(from, to) of the unbroken runs of places where a rule is drawn."""
    start = -1
    for i in range(count):
        if drawn(i) and start < 0:
            start = i
        elif not drawn(i) and start >= 0:
            yield start, i
            start = -1
    if start >= 0:
        yield start, count
