"""Reads workbooks: .xlsx and .xls by calamine, after a look at how large their sheets are; figures of formulas as the
file keeps them, and rows that are hidden counted and said."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from govdesk.importing.files.packages import MOST_ELEMENTS, TOO_MUCH, Package, attribute, local
from govdesk.importing.files.source import (
    MOST_COLUMNS,
    Cell,
    Item,
    Mark,
    Source,
    Table,
    UnreadableSourceError,
    check_size,
    clipped,
)
from govdesk.importing.sheets.extent import Sheet

MOST_ROWS: Final = 5_000             # down to the last that holds something
_LARGE: Final = "里面有一张表有 {rows} 行、{columns} 列，比年报的表大得多，没有读取，请只留下年报的表再试"
_BROKEN: Final = "文件不完整或已损坏，请让对方重新发一份，或用原来的软件打开后另存一份"
_MOST_SHEETS: Final = 60


def read(data: bytes) -> Source:
    """The source of an .xlsx file. Raises UnreadableSourceError."""
    package = Package(data)
    looked = dict(_sheets_of(package))
    for sheet in looked.values():
        _check(sheet)
    for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if package.has(part):
            package.read(part)                           # looked at here before it is unpacked elsewhere
    said = ["文件里有宏，没有运行。"] if package.has("xl/vbaProject.bin") else []
    said += ["表格里有引用其他文件的公式，按文件里保存的结果读取。"] if any(
        name.lower().startswith("xl/externallinks/") for name in package.names) else []
    return _source(data, looked, said)


def read_old(data: bytes) -> Source:
    """The source of an .xls file."""
    from govdesk.importing.sheets import biff

    looked = biff.sheets(data)
    for sheet in looked.values():
        _check(sheet)
    return _source(data, looked, [])


def _check(sheet: Sheet) -> None:
    if sheet.rows > MOST_ROWS or sheet.columns > MOST_COLUMNS:
        raise UnreadableSourceError(_LARGE.format(rows=sheet.rows, columns=sheet.columns))


def _source(data: bytes, looked: dict[str, Sheet], said: list[str]) -> Source:
    import python_calamine

    with _refusing():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [one for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
    items: list[Item] = []
    hidden_sheets = [one.name for one in shown if one.visible != python_calamine.SheetVisibleEnum.Visible]
    for one in [one for one in shown if one.name not in hidden_sheets][:_MOST_SHEETS]:
        known = looked.get(one.name, Sheet(0, 0))
        if known.hidden:
            said.append(f"工作表“{one.name}”有 {known.hidden} 个隐藏的行或列，也读取了。")
        items += _table(book, one.name, known)
    if hidden_sheets:
        said.append(f"有 {len(hidden_sheets)} 张隐藏的工作表没有读取（“{hidden_sheets[0]}”）。")
    check_size(items)
    return Source("表格文件", tuple(items), tuple(said))


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever calamine meets in a damaged file is a refusal, also where it gives up within (a panic, which is no
    Exception)."""
    import python_calamine

    try:
        yield
    except python_calamine.PasswordError:
        raise UnreadableSourceError("文件加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise UnreadableSourceError(_BROKEN) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableSourceError(_BROKEN) from None


def _table(book: Any, name: str, known: Sheet) -> Iterator[Table]:
    with _refusing():
        sheet = book.get_sheet_by_name(name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False) if sheet.height else []
        merged = list(sheet.merged_cell_ranges or [])
    cells = tuple(_cells(rows, merged, known.unsolved))
    if cells:
        yield Table(cells, f"工作表“{name}”")


def _cells(rows: Sequence[Sequence[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]],
           unsolved: frozenset[tuple[int, int]]) -> Iterator[Cell]:
    """Every place of a sheet; places that a merged range covers belong to its first."""
    height, width = len(rows), max((len(row) for row in rows), default=0)
    spans, covered = {}, set()
    for (top, left), (bottom, right) in merged:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if 0 <= top <= bottom and 0 <= left <= right:
            spans[top, left] = (bottom - top + 1, right - left + 1)
            covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    for r, row in enumerate(rows):
        for c in range(width):
            if (r, c) in covered:
                continue
            text = text_of(row[c]) if c < len(row) else ""
            marks = frozenset({Mark.FORMULA}) if (r, c) in unsolved and not text else frozenset[Mark]()
            yield Cell(r, c, clipped(text), *spans.get((r, c), (1, 1)), marks)


def text_of(value: object) -> str:
    """A cell's value as it is written; whole numbers without a decimal point."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _decimal(value)
    if isinstance(value, (datetime, date, time, timedelta)):
        return value.isoformat() if not isinstance(value, timedelta) else str(value)
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _decimal(value: float) -> str:
    """A fraction as a spreadsheet shows it: 15 digits, so that 0.1 + 0.2 is 0.3."""
    from decimal import Decimal

    return format(Decimal(f"{value:.15g}"), "f")


# ----------------------------------------------------------------------------------------------- what a sheet is like

def _sheets_of(package: Package) -> Iterator[tuple[str, Sheet]]:
    """Each sheet's name with how far it reaches, by a pass over its XML that keeps nothing."""
    targets = {}
    for relation in package.xml("xl/_rels/workbook.xml.rels"):
        targets[attribute(relation, "Id") or ""] = attribute(relation, "Target") or ""
    for element in package.xml("xl/workbook.xml").iter():
        if local(element) != "sheet":
            continue
        target = next((targets[value] for key, value in element.attrib.items()
                       if key.endswith("}id") and value in targets), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if package.has(part):
            yield attribute(element, "name") or "", _look_over(package.read(part))


_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def _look_over(data: bytes) -> Sheet:
    from lxml import etree

    rows = columns = hidden = 0
    unsolved = set()
    at_row, column, seen = 1, 0, 0           # cells without a reference follow one another
    try:
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True,
                                          huge_tree=False, remove_comments=True):
            name = local(element)
            seen += 1
            if seen > MOST_ELEMENTS:
                raise UnreadableSourceError(TOO_MUCH)
            if name == "c":
                place = _REFERENCE.fullmatch(element.get("r") or "")
                column = _column(place[1]) if place else column + 1
                formula, value = _inner(element)
                if value or formula:
                    columns = max(columns, column)
                    at_row = int(place[2]) if place else at_row
                    rows = max(rows, at_row)
                if formula and not value:
                    unsolved.add((at_row - 1, column - 1))
            elif name == "row":
                at_row += 1
                hidden += element.get("hidden") in ("1", "true") and len(element) > 0
                column = 0
                element.clear()
                if rows > MOST_ROWS or columns > MOST_COLUMNS:
                    return Sheet(rows, columns)
            elif name == "col" and element.get("hidden") in ("1", "true"):
                hidden += 1
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableSourceError(_BROKEN) from None
    return Sheet(rows, columns, hidden, frozenset(unsolved))


def _inner(cell: Any) -> tuple[bool, bool]:
    """Whether a cell has a formula, and whether it has a value."""
    names = {local(one): (one.text or "") for one in cell}
    return "f" in names, bool(names.get("v")) or "is" in names


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
