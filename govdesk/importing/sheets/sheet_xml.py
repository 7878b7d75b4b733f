"""Reads a workbook that is one XML file (“XML 电子表格 2003”), as many programs write it under the name .xls."""

from __future__ import annotations

from typing import Any

from govdesk.importing.files.packages import attribute, local, parse_xml
from govdesk.importing.files.source import (
    MOST_COLUMNS,
    Cell,
    Source,
    Table,
    UnreadableSourceError,
    clipped,
    make_source,
)
from govdesk.importing.sheets.grid import MOST_ROWS, number_text


def read(data: bytes) -> Source:
    """The source of such a file. Raises UnreadableSourceError."""
    tables = []
    for sheet in (one for one in parse_xml(data).iter() if local(one) == "Worksheet"):
        cells = [cell for table in sheet if local(table) == "Table" for cell in _cells(table)]
        if cells:
            tables.append(Table(tuple(_filled(cells)), f"工作表“{attribute(sheet, 'Name') or ''}”"))
    return make_source("表格文件", tables)


def _cells(table: Any) -> list[Cell]:
    found: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    row = -1
    for element in (one for one in table if local(one) == "Row"):
        row = _number(element, "Index", row + 2) - 1
        column = -1
        for one in (one for one in element if local(one) == "Cell"):
            column = _number(one, "Index", column + 2) - 1
            while (row, column) in taken:
                column += 1
            rows, columns = _number(one, "MergeDown", 0) + 1, _number(one, "MergeAcross", 0) + 1
            if row + rows > MOST_ROWS or column + columns > MOST_COLUMNS:
                raise UnreadableSourceError("里面有一张表比年报的表大得多，没有读取，请只留下年报的表再试")
            taken |= {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)}
            found.append(Cell(row, column, clipped(_text(one)), rows, columns))
            column += columns - 1
    return found


def _filled(cells: list[Cell]) -> list[Cell]:
    """The cells with empty ones at the places that the file leaves out."""
    height, width = max(c.row + c.rows for c in cells), max(c.column + c.columns for c in cells)
    taken = {(r, c) for cell in cells for r in range(cell.row, cell.row + cell.rows)
             for c in range(cell.column, cell.column + cell.columns)}
    empty = [Cell(r, c, "") for r in range(height) for c in range(width) if (r, c) not in taken]
    return sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column))


def _text(cell: Any) -> str:
    data = next((one for one in cell if local(one) == "Data"), None)
    if data is None:
        return ""
    text = "".join(data.itertext())
    if attribute(data, "Type") == "Number":
        try:
            return number_text(float(text))
        except ValueError:
            return text
    return text.strip()


def _number(element: Any, name: str, otherwise: int) -> int:
    written = attribute(element, name) or ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 8 else otherwise


