"""Reads workbooks of Excel 97 to 2003 and WPS (.xls, .et) by xlrd, after a look at how far their sheets reach."""

from __future__ import annotations

import io
import struct
from typing import Any

from govdesk.importing.files.source import Source, UnreadableSourceError
from govdesk.importing.sheets import biff
from govdesk.importing.sheets.grid import BROKEN, LOCKED, MOST_SHEETS, Sheet, number_text, source_of


def read(data: bytes) -> Source:
    """The source of an .xls file. Raises UnreadableSourceError."""
    stream = biff.stream_of(data)
    biff.check(stream)
    book = _opened(stream)
    shown, unseen = [], []
    for number in range(min(book.nsheets, MOST_SHEETS)):
        try:
            sheet = book.sheet_by_index(number)
            if sheet.visibility:
                unseen.append(sheet.name)
            else:
                shown.append(_sheet(sheet, book.datemode))
        except _FAULTS:
            raise UnreadableSourceError(BROKEN) from None
    return source_of(shown, unseen, [])


# xlrd trusts what stands in a file: a damaged one ends in any of these
_FAULTS = (struct.error, ValueError, LookupError, ArithmeticError, AssertionError, TypeError, AttributeError, EOFError,
           NotImplementedError, OSError)


def _opened(stream: bytes) -> Any:
    import xlrd
    from xlrd.book import Book

    Book.names_epilogue = _pass_over_names
    try:
        return xlrd.open_workbook(file_contents=stream, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
    except xlrd.XLRDError as error:
        raise UnreadableSourceError(LOCKED if "encrypted" in str(error).lower() else BROKEN) from None
    except _FAULTS:
        raise UnreadableSourceError(BROKEN) from None


def _pass_over_names(_: Any) -> None:
    """Names of ranges are not needed, and xlrd ends at some that Excel allows."""


def _sheet(sheet: Any, datemode: int) -> Sheet:
    texts = {(r, c): _text(cell, datemode) for r in range(sheet.nrows) for c, cell in enumerate(sheet.row(r))}
    merged = tuple((top, left, bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells)
    hidden = sum(bool(row.hidden) and any(texts.get((r, c)) for c in range(sheet.row_len(r)))
                 for r, row in sheet.rowinfo_map.items() if r < sheet.nrows)
    hidden += sum(bool(column.hidden) for c, column in sheet.colinfo_map.items() if c < sheet.ncols)
    return Sheet(sheet.name, {place: text for place, text in texts.items() if text}, merged, hidden)


def _text(cell: Any, datemode: int) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_text(float(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return str(xlrd.xldate_as_datetime(cell.value, datemode).date().isoformat())
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return number_text(float(cell.value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "是" if cell.value else "否"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value).replace("\r\n", "\n").strip() if cell.ctype == xlrd.XL_CELL_TEXT else ""
