"""The grid of an HTML table by the standard's algorithm (“forming a table”): th and td alike, every span counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

from govdesk.importing.files.source import (
    MOST_COLUMNS,
    Cell,
    Mark,
    UnreadableSourceError,
    clipped,
    with_ragged_rows,
    without_slivers,
)

_MOST_ROWS: Final = 65_534


class PageCell(NamedTuple):
    """A cell as the page writes it; `rows` 0: down to the end of its part of the table."""

    text: str
    columns: int
    rows: int
    marks: frozenset[Mark]


def span(written: str | None, most: int, least: int = 1) -> int:
    """A span as a page writes it; nonsense is 1."""
    if written is None:
        return 1
    digits = written.strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1
    return max(least, min(number, most))


def columns_of(written: str | None) -> int:
    return span(written, MOST_COLUMNS)


def rows_of(written: str | None) -> int:
    return span(written, _MOST_ROWS, 0)


def form_table(parts: Iterable[list[list[PageCell]]], slivers: set[int]) -> tuple[Cell, ...]:
    """The cells of a table in their places; `parts`: heads, bodies and foot, each a list of rows. No cell reaches over
    the end of its part. `slivers`: columns that are too narrow to count."""
    taken: dict[tuple[int, int], int] = {}
    cells: list[Cell] = []
    top = 0
    for part in parts:
        for r, row in enumerate(part):
            column = 0
            for one in row:
                while (top + r, column) in taken:
                    column += 1
                if column + one.columns > MOST_COLUMNS:
                    raise UnreadableSourceError(f"里面有一张表的列数超过 {MOST_COLUMNS}，没有读取，请核对文件")
                rows = min(one.rows or len(part), len(part) - r)
                _place(cells, taken, Cell(top + r, column, clipped(one.text), rows, one.columns, one.marks))
                column += one.columns
        top += len(part)
    return with_ragged_rows(_without_empty_columns(without_slivers(cells, slivers)))


def _place(cells: list[Cell], taken: dict[tuple[int, int], int], cell: Cell) -> None:
    if cell.rows == cell.columns == 1 and len(taken) < 400_000:          # its place is free: the caller looked
        taken[cell.row, cell.column] = len(cells)
        cells.append(cell)
        return
    places = [(r, c) for r in range(cell.row, cell.row + cell.rows)
              for c in range(cell.column, cell.column + cell.columns)]
    if len(taken) + len(places) > 400_000:
        raise UnreadableSourceError("里面有一张表比年报的表大得多，没有读取，请只留下年报再试")
    others = {taken[place] for place in places if place in taken}
    if others:
        cell = cell._replace(marks=cell.marks | {Mark.OVERLAP})
        for at in others:
            cells[at] = cells[at]._replace(marks=cells[at].marks | {Mark.OVERLAP})
    taken.update((place, len(cells)) for place in places if place not in taken)
    cells.append(cell)


def _without_empty_columns(cells: list[Cell]) -> list[Cell]:
    """Columns in which no cell begins are no columns: a page may state spans far beyond its width."""
    begun = sorted({cell.column for cell in cells})
    at = {column: i for i, column in enumerate(begun)}
    if begun == list(range(len(begun))) and all(cell.column + cell.columns <= len(begun) for cell in cells):
        return cells
    return [cell._replace(column=at[cell.column],
                          columns=bisect_left(begun, cell.column + cell.columns) - at[cell.column]) for cell in cells]
