"""Brings the pieces of a table that somebody cut in two onto the same columns: a piece in which no row is divided any
further has fewer columns for the names of its rows, and as many for the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govdesk.importing.files.source import Cell, Item, Source, Table
from govdesk.paste.name_book import NameBook, TableNames

_BETWEEN = 3                         # paragraphs that may stand between two pieces: a page number, a unit
_FIGURES = 3                         # columns of figures from which on a table counts as one with names at the left


class _Sides(NamedTuple):
    """A table as columns of names and columns of figures; `headed`: whether it names the columns of the form."""

    names: TableNames
    stub: int
    figures: int
    headed: bool


def with_equal_columns(names: NameBook, source: Source) -> Source:
    """The source, each piece that goes on with the table before it on as many columns as that has."""
    items = list(source.items)
    last = -1                                    # the table before
    for at, item in enumerate(items):
        if not isinstance(item, Table):
            continue
        before = items[last] if last >= 0 and at - last <= _BETWEEN + 1 else None
        if isinstance(before, Table) and before.width != item.width:
            items[last], items[at] = _widened(names, before, item)
        last = at
    return source._replace(items=tuple(items))


def _widened(names: NameBook, before: Table, after: Table) -> tuple[Item, Item]:
    one, other = _sides(names, before), _sides(names, after)
    if one is None or other is None or one.names is not other.names or other.headed or one.figures != other.figures:
        return before, after
    more = one.stub - other.stub
    return (before, _with_stub(after, other.stub, more)) if more > 0 else (_with_stub(before, one.stub, -more), after)


def _sides(names: NameBook, table: Table) -> _Sides | None:
    """The sides of a table whose rows the form names; None for any other."""
    for known in names.tables.values():
        rows = [cell for cell in table.cells if cell.text and _names_row(known, cell.text)]
        if not rows or known.grid.layout in ("strip", "blocks"):
            continue
        stub = max(cell.column + cell.columns for cell in rows)
        if table.width - stub >= _FIGURES:
            return _Sides(known, stub, table.width - stub, _has_heads(known, table.cells, stub))
    return None


def _names_row(known: TableNames, text: str) -> bool:
    meaning = known.look_up(text)
    return bool(meaning.rows) and not meaning.columns and not meaning.generic


def _has_heads(known: TableNames, cells: Sequence[Cell], stub: int) -> bool:
    return any(cell.text and cell.column >= stub and known.look_up(cell.text).columns for cell in cells)


def _with_stub(table: Table, stub: int, more: int) -> Table:
    """The table with more columns before its figures: the last names of its rows reach over them."""
    def moved(cell: Cell) -> Cell:
        if cell.column >= stub:
            return cell._replace(column=cell.column + more)
        return cell._replace(columns=cell.columns + more) if cell.column + cell.columns >= stub else cell

    return table._replace(cells=tuple(map(moved, table.cells)))
