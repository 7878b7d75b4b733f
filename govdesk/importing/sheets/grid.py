"""A sheet's cells as they are read, and the table that they make: places that a merged range covers belong to its
first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from govdesk.importing.files.source import (
    MOST_CELLS,
    MOST_COLUMNS,
    Cell,
    Mark,
    Source,
    Table,
    UnreadableSourceError,
    clipped,
    make_source,
)

MOST_ROWS: Final = 5_000             # down to the last that holds something
MOST_SHEETS: Final = 60
LOCKED: Final = "文件加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份"
BROKEN: Final = "文件不完整或已损坏，请让对方重新发一份，或用原来的软件打开后另存一份"

Span = tuple[int, int, int, int]             # first row and column, rows, columns


class Sheet(NamedTuple):
    """A sheet: its texts by row and column, its merged ranges, how many rows and columns are hidden, and the formulas
    of which the file keeps no result."""

    name: str
    texts: Mapping[tuple[int, int], str]
    merged: tuple[Span, ...] = ()
    hidden: int = 0
    unsolved: frozenset[tuple[int, int]] = frozenset()


def check_reach(row: int, column: int) -> None:
    """Raises UnreadableSourceError for a cell that lies where no report reaches; both from 0."""
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        raise UnreadableSourceError(f"里面有一张表写到第 {row + 1} 行第 {column + 1} 列，比年报的表大得多，没有读取，"
                                    "请只留下年报的表再试")


def source_of(sheets: Iterable[Sheet], unseen: list[str], said: list[str]) -> Source:
    """The source of a workbook; `unseen`: the names of hidden sheets."""
    tables = []
    for sheet in sheets:
        if sheet.hidden:
            said.append(f"工作表“{sheet.name}”有 {sheet.hidden} 个隐藏的行或列，也读取了。")
        if table := _table(sheet):
            tables.append(table)
    if unseen:
        said.append(f"有 {len(unseen)} 张隐藏的工作表没有读取（“{unseen[0]}”）。")
    return make_source("表格文件", tables, said)


def _table(sheet: Sheet) -> Table | None:
    places = [*(place for place, text in sheet.texts.items() if text), *sheet.unsolved]
    if not places:
        return None
    height, width = max(row for row, _ in places) + 1, max(column for _, column in places) + 1
    if height * width > MOST_CELLS * 4:
        check_reach(MOST_ROWS, width)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, rows, columns in sheet.merged:
        rows, columns = min(rows, height - top), min(columns, width - left)
        if rows > 0 and columns > 0 and (rows, columns) != (1, 1) and (top, left) not in covered:
            spans[top, left] = (rows, columns)
            covered |= {(r, c) for r in range(top, top + rows) for c in range(left, left + columns)} - {(top, left)}
    cells = []
    for r in range(height):
        for c in range(width):
            if (r, c) not in covered:
                text = sheet.texts.get((r, c), "")
                marks = frozenset({Mark.FORMULA}) if (r, c) in sheet.unsolved and not text else frozenset[Mark]()
                cells.append(Cell(r, c, clipped(text), *spans.get((r, c), (1, 1)), marks))
    return Table(tuple(cells), f"工作表“{sheet.name}”")


def number_text(value: float) -> str:
    """A number as a spreadsheet shows it: whole ones without a point, others with 15 digits (0.1 + 0.2 is 0.3)."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    from decimal import Decimal

    return format(Decimal(f"{value:.15g}"), "f") if abs(value) < 1e30 else repr(value)
