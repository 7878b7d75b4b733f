"""How sure a figure is that was read from a file: held against its names, its place, the marks of the reader and the
sums of its row and column. Nothing is changed here; a figure in doubt is named with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from govdesk.base.numerals import Value, format_value
from govdesk.form.form import Address, Check, Form, Grid
from govdesk.importing.figures import read_figure
from govdesk.importing.files.source import Cell, Mark, Table
from govdesk.importing.matching import Placed


class CellRead(NamedTuple):
    """A cell of the form as it was read: its value, where it stands in the file, and why it is in doubt (“”: sure)."""

    value: Value
    source: str
    reason: str = ""

    @property
    def is_sure(self) -> bool:
        return not self.reason


class CellSpot(NamedTuple):
    """The cell of the source that belongs to a cell of the form, whether a figure was read there or not."""

    table: Table
    cell: Cell


class Judged(NamedTuple):
    """The cells that hold a figure, sentences on those that hold something else, and where each was found."""

    cells: dict[Address, CellRead]
    left: tuple[str, ...]
    spots: dict[Address, CellSpot]


Lone = Iterable[tuple[str, str, str]]        # group, column, figure of a group of rows that the paper has as one row


def judge(form: Form, placed: Sequence[Placed], lone: Lone, also: str = "") -> Judged:
    """Every figure with its doubts; `also`: a doubt that concerns all of them."""
    doubts: dict[Address, list[str]] = {}
    values: dict[Address, tuple[Value, Placed]] = {}
    torn: dict[Address, str] = {}
    left: list[str] = []
    for one in placed:
        grid = form.grids[one.address.grid]
        figure = read_figure(one.text, grid.accepts(one.address))
        if figure.value is None:
            if figure.doubt:
                left.append(f"{form.name_of(one.address)}：{figure.doubt}，没有填（{place_of(one.table, one.cell)}）")
            elif Mark.FORMULA in one.cell.marks or (one.cell.marks & {Mark.HIDDEN, Mark.STRUCK} and not one.text):
                why, where = _words(one.cell.marks), place_of(one.table, one.cell)
                left.append(f"{form.name_of(one.address)}：{why}，没有填（{where}）")
            continue
        if one.address in values and values[one.address][0] != figure.value:
            doubts[one.address].append(f"文件里另有一处写的是 {format_value(figure.value)}")
            continue
        values.setdefault(one.address, (figure.value, one))
        own = [figure.doubt] if figure.doubt and not figure.is_torn else []
        torn |= {one.address: figure.doubt} if figure.is_torn else {}
        own += [] if _has_its_unit(grid, one, figure.value) else [f"没有写单位，按{grid.unit_of(one.address)}读取"]
        doubts.setdefault(one.address, []).extend([*own, *one.doubts, *_of_marks(one.cell), *([also] if also else [])])
    read = {address: value for address, (value, _) in values.items()}
    agreed = _against_sums(form, read, list(lone), {a: one.table.exact for a, (_, one) in values.items()}, doubts)
    for address, (_, one) in values.items():
        if not one.is_exact and address not in agreed:
            doubts[address].append("行名或列名不是表上的写法")
        if address in torn and address not in agreed:
            doubts[address].append(torn[address])
        if Mark.JOINED in one.cell.marks and address not in agreed:
            doubts[address].append(Mark.JOINED.value)
    return Judged({address: CellRead(value, place_of(one.table, one.cell), "；".join(dict.fromkeys(doubts[address])))
                   for address, (value, one) in values.items()}, tuple(left), _spots_of(placed, values))


def _spots_of(placed: Sequence[Placed], read: Mapping[Address, tuple[Value, Placed]]) -> dict[Address, CellSpot]:
    """Where each cell stands: of several places the one that a figure was read from."""
    spots = {one.address: CellSpot(one.table, one.cell) for one in reversed(placed)}
    return spots | {address: CellSpot(one.table, one.cell) for address, (_, one) in read.items()}


def _has_its_unit(grid: Grid, one: Placed, value: Value) -> bool:
    """Whether a figure behind which the form prints its unit is written with one; 0 is 0 in any unit."""
    printed = grid.columns[one.address.column].unit_printed
    return not printed or not isinstance(value, Decimal) or not value or not one.text.strip()[-1:].isdigit()


def place_of(table: Table, cell: Cell) -> str:
    """Where a cell stands in the file, in words."""
    if table.place.startswith("工作表"):
        return f"{table.place} {_letters(cell.column)}{cell.row + 1}"
    return f"{table.place}第 {cell.row + 1} 行第 {cell.column + 1} 列"


def _letters(column: int) -> str:
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _of_marks(cell: Cell) -> list[str]:
    return sorted(mark.value for mark in cell.marks - {Mark.JOINED})


def _words(marks: Iterable[Mark]) -> str:
    return "，".join(sorted(mark.value for mark in marks))


# --------------------------------------------------------------------------------------------------------------- sums

class _Sum(NamedTuple):
    """A sum that the form has: the cells added, the total, and what to call it."""

    parts: tuple[Address, ...]
    total: Address
    words: str


def _against_sums(form: Form, read: Mapping[Address, Value], lone: list[tuple[str, str, str]],
                  exact: Mapping[Address, bool], doubts: dict[Address, list[str]]) -> set[Address]:
    """Adds the doubts of sums that do not fit. Gives the cells that a sum bears out."""
    agreed: set[Address] = set()
    failed: list[_Sum] = []
    for grid in form.grids.values():
        for one in _sums(grid):
            if one.total not in read or not any(part in read for part in one.parts):
                continue                     # nothing to hold it against
            if _adds_up(grid, one, read, lone):
                agreed.update(address for address in (*one.parts, one.total) if address in read)
            else:
                failed.append(one)
    for one in failed:
        said = f"{one.words}写 {format_value(read[one.total])}，各格相加为 {format_value(_sum(one.parts, read))}"
        for address in _suspects(one, failed, exact):
            if address in read:
                doubts[address].append(said)
    agreed -= {address for one in failed for address in (*one.parts, one.total)}
    for check in form.checks:
        if check.kind == "balance":
            _balance(form, check, read, agreed, doubts)
    return agreed


def _sums(grid: Grid) -> list[_Sum]:
    found = []
    for address, parts in grid.parts.items():
        row, column = grid.rows[address.row], grid.columns[address.column]
        if column.is_total and row.is_total:                     # by its row: its parts are totals themselves
            parts = tuple(Address(grid.id, row.id, c.id) for c in grid.columns.values() if not c.is_total)
        found.append(_Sum(parts, address, f"“{row.name if column.is_total else column.name}”的总计"))
        if column.is_total and row.is_total:
            down = tuple(Address(grid.id, r.id, column.id) for r in grid.rows.values()
                         if not r.is_total and (r.group == row.total_of or r.group.startswith(row.total_of + ".")))
            found.append(_Sum(down, address, f"“{column.name}”一列的总计"))
    return found


def _sum(parts: Iterable[Address], read: Mapping[Address, Value]) -> Decimal:
    return sum((value for part in parts if isinstance(value := read.get(part), Decimal)), Decimal(0))


def _adds_up(grid: Grid, one: _Sum, read: Mapping[Address, Value], lone: list[tuple[str, str, str]]) -> bool:
    total = read[one.total]
    if not isinstance(total, Decimal):
        return _sum(one.parts, read) == 0
    rest = Decimal(0)
    if grid.rows[one.total.row].is_total:            # a group that the paper has as one row counts with it
        for _, column, text in lone:
            value = read_figure(text, grid.accepts(one.total)).value
            if column == one.total.column and isinstance(value, Decimal):
                rest += value
    return _sum(one.parts, read) + rest == total


def _suspects(one: _Sum, failed: Sequence[_Sum], exact: Mapping[Address, bool]) -> tuple[Address, ...]:
    """The cells that a sum puts in doubt: where the file itself says which cell is which, those that another sum doubts
    as well, and the total; else all."""
    everything = (*one.parts, one.total)
    if not all(exact.get(address, True) for address in everything):
        return everything
    crossing = [address for address in one.parts if any(address in other.parts or address == other.total
                                                        for other in failed if other is not one)]
    return (*crossing, one.total) if crossing else everything


def _balance(form: Form, check: Check, read: Mapping[Address, Value], agreed: set[Address],
             doubts: dict[Address, list[str]]) -> None:
    """Figures that no sum bears out are in doubt where the form's own equation does not hold for their column."""
    grid = form.grids[check.word("grid")]
    for column in grid.columns:
        left = [Address(grid.id, row, column) for row in check.words("left")]
        right = [Address(grid.id, row, column) for row in check.words("right")]
        if all(address in read for address in (*left, *right)) and _sum(left, read) != _sum(right, read):
            for address in (*left, *right):
                if address not in agreed:
                    doubts[address].append(f"“{grid.columns[column].name}”一列不合勾稽关系")
