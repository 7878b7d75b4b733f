"""Matches the figures of a located table with the cells of the form: by the names of rows and columns, exactly or
loosely, and by shape only where every row and column fits. What has no name is listed and not filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from govdesk.base.numerals import shorten_text
from govdesk.form.form import Address, Grid, GridLine
from govdesk.importing.files.source import Cell, Mark, Table
from govdesk.importing.locate import Piece, block_of
from govdesk.paste.label_matching import LabelFault, LineMatch
from govdesk.paste.name_book import TableNames, normalise_label, without_number
from govdesk.paste.placement import UnplacedFigures, explain_unplaced
from govdesk.paste.table_reading import LabelledFigure, read_table

_ALIKE: Final = 0.72                 # of two names, from 0 to 1; the next best row must be clearly less alike
_APART: Final = 0.12


class Placed(NamedTuple):
    """A text of the source in its cell of the form. `doubts`: why it may belong elsewhere. `is_exact`: whether its
    names are those that the form prints."""

    address: Address
    text: str
    table: Table
    cell: Cell
    doubts: tuple[str, ...] = ()
    is_exact: bool = True


class Matched(NamedTuple):
    """What a piece holds for the form; `left`: sentences on what has no cell; `lone_groups`: figures of a group of rows
    that the paper has as one row, by group and column."""

    placed: tuple[Placed, ...]
    left: tuple[str, ...] = ()
    lone_groups: tuple[tuple[str, str, str], ...] = ()


def match(names: TableNames, piece: Piece) -> Matched:
    """The figures of one piece in the cells of the form."""
    block, places = block_of(piece)
    grid = names.grid
    reading = read_table(names, block)
    sides = _by_shape(grid, _loosely(names, list(reading.figures)))
    cells = {(a.row, a.column): a for a in grid.addresses}
    shape = _shape(grid, reading.figures)
    shaky = _shaky_rows(reading.figures, places)
    placed: list[Placed] = []
    lost: list[tuple[LabelledFigure, LabelFault]] = []
    for figure, by_row, by_column, doubts in sides:
        address = cells.get((by_row.line, by_column.line)) if by_row.line and by_column.line else None
        found = places.get((figure.row, figure.column))
        if address is None or found is None or by_row.fault or by_column.fault:
            if figure.text.strip():
                lost.append((figure, by_row.fault or by_column.fault or LabelFault.NO_CELL))
            continue
        if shape and shape.get((figure.row, figure.column)) not in (None, address):
            doubts = (*doubts, "按位置数应在另一格，和行名、列名不一致")
        if figure.row in shaky:
            doubts = (*doubts, "表头和这一行的格数对不上")
        exact = _is_printed(grid.rows[by_row.line], by_row.label) and _is_printed(grid.columns[by_column.line],
                                                                               by_column.label)
        placed.append(Placed(address, found[1].text, *found, tuple(doubts), exact or bool(shape)))
    return Matched(tuple(placed), tuple(_left(grid, lost)), tuple(_lone_groups(names, reading.figures)))


def _shaky_rows(figures: Sequence[LabelledFigure], places: Mapping[tuple[int, int], tuple[Table, Cell]]) -> set[int]:
    """The rows whose heads may not stand over their figures: a figure has no head at all, or the heads' own row has
    fewer cells than others."""
    rows = sorted({figure.row for figure in figures})
    found = {figure.row for figure in figures if figure.by_column.fault is LabelFault.UNLABELLED
             and figure.text.strip()}
    ragged = {r for (r, _), (_, cell) in places.items() if Mark.RAGGED in cell.marks and r not in rows}
    for row in rows:
        above = row - 1
        while above >= 0 and above in rows:
            above -= 1                               # to the nearest rows without a figure: the heads
        while above >= 0 and above not in rows:
            if above in ragged:
                found.add(row)
            above -= 1
    return found


def _left(grid: Grid, lost: Sequence[tuple[LabelledFigure, LabelFault]]) -> Iterator[str]:
    reasons: dict[tuple[LabelFault, str, bool], list[str]] = {}
    for figure, fault in lost:
        by_row = bool(figure.by_row.fault) or not figure.by_column.fault
        label = figure.by_row.label if by_row else figure.by_column.label
        reasons.setdefault((fault, label, by_row), []).append(figure.text)
    for (fault, label, by_row), texts in reasons.items():
        if not label:
            yield f"{grid.name}有 {len(texts)} 个数没有行名、列名，不填"
            continue
        yield explain_unplaced(grid, UnplacedFigures(fault, label, by_row, tuple(texts))).replace("剪贴板里", "文件里")


def _is_printed(line: GridLine, label: str) -> bool:
    """Whether a label is that of the form, whatever its number and punctuation."""
    key = normalise_label(without_number(label))
    return key in {normalise_label(without_number(text)) for text in (line.label, line.name, line.said)}


def _lone_groups(names: TableNames, figures: Iterable[LabelledFigure]) -> Iterator[tuple[str, str, str]]:
    for figure in figures:
        if figure.by_row.fault is LabelFault.GROUP and figure.by_column.line and figure.text.strip():
            groups = names.look_up(figure.by_row.label).row_groups
            if len(groups) == 1:
                yield next(iter(groups)), figure.by_column.line, figure.text


# -------------------------------------------------------------------------------------------------------- loose names

_Sides = tuple[LabelledFigure, LineMatch, LineMatch, tuple[str, ...]]


def _loosely(names: TableNames, figures: list[LabelledFigure]) -> list[_Sides]:
    """Rows whose name the form has not, but much like one that is still free and lies between its neighbours."""
    grid = names.grid
    order = list(grid.rows)
    rows: dict[int, str] = {}
    for figure in figures:
        if figure.by_row.line and not figure.by_row.fault:
            rows.setdefault(figure.row, figure.by_row.line)
    unknown = {figure.row: figure.by_row.label for figure in figures if figure.by_row.fault is LabelFault.UNKNOWN
               and grid.layout != "strip" and not names.look_up(figure.by_row.label).is_known}
    found: dict[int, str] = {}
    for row, label in unknown.items():
        before = max((order.index(line) for r, line in {**rows, **found}.items() if r < row), default=-1)
        after = min((order.index(line) for r, line in rows.items() if r > row), default=len(order))
        free = [line for line in order[before + 1:after] if line not in rows.values() and line not in found.values()]
        if line := _most_alike(grid, label, free):
            found[row] = line
    said = {row: f"行名“{shorten_text(unknown[row], 24)}”不是表上的写法，按相近的“{grid.rows[line].name}”读取"
            for row, line in found.items()}
    return [(figure, LineMatch(found[figure.row], None, figure.by_row.label), figure.by_column, (said[figure.row],))
            if figure.row in found else (figure, figure.by_row, figure.by_column, ()) for figure in figures]


def _most_alike(grid: Grid, label: str, free: Sequence[str]) -> str:
    key = normalise_label(without_number(label))
    if len(key) < 4:
        return ""
    ranked = sorted(((_alike(key, grid.rows[line]), line) for line in free), reverse=True)
    if not ranked or ranked[0][0] < _ALIKE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _APART):
        return ""
    return ranked[0][1]


def _alike(key: str, line: GridLine) -> float:
    return max(SequenceMatcher(None, key, normalise_label(without_number(text))).ratio() for text
               in (line.label, line.name))


# ----------------------------------------------------------------------------------------------------------- by shape

def _shape(grid: Grid, figures: Iterable[LabelledFigure]) -> dict[tuple[int, int], Address]:
    """The cell of each figure by its place alone, where the table has just as many rows and columns as the form; else
    nothing."""
    rows: dict[int, list[int]] = {}
    for figure in figures:
        rows.setdefault(figure.row, []).append(figure.column)
    lines = [sorted(columns) for _, columns in sorted(rows.items())]
    expected = [tuple(a for a in grid.addresses if a.row == row) for row in grid.rows]
    if grid.layout == "strip":
        expected = [tuple(grid.addresses)]
    if [len(line) for line in lines] != [len(line) for line in expected]:
        return {}
    return {(row, column): address for row, columns, addresses in zip(sorted(rows), lines, expected, strict=True)
            for column, address in zip(columns, addresses, strict=True)}


def _by_shape(grid: Grid, sides: list[_Sides]) -> list[_Sides]:
    """Fills in a row or column without a known name where the shape is the form's and every name that is known agrees
    with it."""
    shape = _shape(grid, [figure for figure, *_ in sides])
    if not shape:
        return sides
    known = [(shape[f.row, f.column], r.line, c.line) for f, r, c, _ in sides]
    if any((row and row != at.row) or (column and column != at.column) for at, row, column in known):
        return sides
    if sum(1 for _, row, column in known if row or column) * 2 < len(known):
        return sides
    return [one if one[1].line and one[2].line and not one[1].fault and not one[2].fault
            else _placed_by_shape(shape, *one) for one in sides]


def _placed_by_shape(shape: dict[tuple[int, int], Address], figure: LabelledFigure, by_row: LineMatch,
                     by_column: LineMatch,
                     doubts: tuple[str, ...]) -> _Sides:
    if not {by_row.fault, by_column.fault} <= {None, LabelFault.UNKNOWN, LabelFault.UNLABELLED, LabelFault.SPREAD}:
        return figure, by_row, by_column, doubts
    at = shape[figure.row, figure.column]
    said = "行名或列名认不出来，按行数、列数对应"
    return figure, LineMatch(at.row, None, by_row.label), LineMatch(at.column, None, by_column.label), (*doubts, said)
