"""Finds the tables of the form in a source by what is in them: pieces of a sheet or a page that belong to one table,
tables that a page end has cut in two, and several reports in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from govdesk.form.form import Form, Grid
from govdesk.importing.figures import bare_number
from govdesk.importing.files.source import Cell, Mark, Source, Table
from govdesk.paste.clipboard_in import CellBlock, CoveredPlace
from govdesk.paste.name_book import MAX_NAME_CHARACTERS, NameBook, TableNames, normalise_label

_LEAST: Final = 2                    # known names that make a piece of a table one of the form
_MOST_ROWS: Final = 600              # rows of one table that are looked at with names


class Row(NamedTuple):
    """A row of a piece: the table of the source and the row in it."""

    table: Table
    row: int


class Piece(NamedTuple):
    """Rows of the source that belong to one table of the form, from the top down. `joined`: the row from which on they
    come from another table of the source, without heads of their own."""

    grid: Grid
    rows: tuple[Row, ...]
    joined: int = 0
    width: int = 0


class Located(NamedTuple):
    """The pieces of each table of the form, report by report; tables that belong to none of them."""

    reports: tuple[dict[str, tuple[Piece, ...]], ...]
    others: tuple[Table, ...]

    @property
    def rows(self) -> set[tuple[int, int]]:
        """The rows of the source that belong to a table of the form, as the table's `id` and the row."""
        return {(id(row.table), row.row) for report in self.reports for pieces in report.values()
                for piece in pieces for row in piece.rows}


class _Tables:
    """Look-up of the cells of a source's tables by row."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, list[Cell]]] = {}

    def row(self, table: Table, row: int) -> list[Cell]:
        if id(table) not in self._rows:
            found: dict[int, list[Cell]] = {}
            for cell in table.cells:
                found.setdefault(cell.row, []).append(cell)
            self._rows[id(table)] = found
        return self._rows[id(table)].get(row, [])


def find(form: Form, names: NameBook, source: Source) -> Located:
    """The tables of a form in a source."""
    cells = _Tables()
    pieces: list[Piece] = []
    others: list[Table] = []
    for table in source.tables:
        found = list(_pieces(form, names, cells, table))
        pieces += found
        if not found:
            others.append(table)
            if pieces and (longer := _continued(names, cells, pieces[-1], table)):
                pieces[-1] = longer
                others.pop()
    joined = _joined(names, cells, pieces)
    headed = [piece for piece in joined if _has_columns(names, cells, piece)]
    others += [piece.rows[0].table for piece in joined if piece not in headed]
    return Located(tuple(_by_report(names, cells, headed)), tuple(others))


def rows_of(piece: Piece) -> list[list[Cell]]:
    """The cells of a piece, row by row, at their places in the source."""
    cells = _Tables()
    return [cells.row(*row) for row in piece.rows]


# ------------------------------------------------------------------------------------------------- pieces of a table

def _pieces(form: Form, names: NameBook, cells: _Tables, table: Table) -> Iterator[Piece]:
    """The runs of a table's rows that belong to one table of the form each."""
    height = min(table.height, _MOST_ROWS * 4)
    evident = [_evident(form, names, cells.row(table, r)) for r in range(height)]
    begin, grid, end = 0, "", 0
    for r, found in enumerate(evident):
        if found and found != grid:
            if grid:
                yield from _piece(names.tables[grid], cells, table, range(begin, end))
            begin, grid = r, found
        if found or (grid and end == r and _has_figures(cells.row(table, r))):
            end = r + 1
    if grid:
        yield from _piece(names.tables[grid], cells, table, range(begin, _reach(table, begin, end)))


def _evident(form: Form, names: NameBook, row: Iterable[Cell]) -> str:
    """The table of the form to which the names in a row belong; “” where they may be of any or none."""
    votes: dict[str, int] = {}
    for cell in row:
        if not cell.text or len(cell.text) > MAX_NAME_CHARACTERS:
            continue
        found = [grid.id for grid in form.grids.values() if is_of(names.of(grid), cell.text)]
        if len(found) == 1:
            votes[found[0]] = votes.get(found[0], 0) + 1
    return max(votes, key=lambda grid: votes[grid], default="")


def is_of(names: TableNames, text: str) -> bool:
    """Whether a text is a name of this table or a heading of its own."""
    if names.look_up(text).is_known:
        return True
    key = normalise_label(text)
    own = {normalise_label(word) for block in names.grid.blocks for word in (block.band, block.stub)}
    return bool(key) and key in own


def _reach(table: Table, begin: int, end: int) -> int:
    """The end of a run of rows with those that a cell within it covers besides."""
    return max([end, *(cell.row + cell.rows for cell in table.cells if begin <= cell.row < end)])


def _has_figures(row: Sequence[Cell]) -> bool:
    """Whether a row without a known name goes on with the table before it: figures, or one beside something else."""
    return _only_figures(row) or (len(row) > 1 and any(_is_figure(cell.text) for cell in row))


def _is_figure(text: str) -> bool:
    return any(c.isdigit() for c in text) and len(text) <= 20 and not any("\u4e00" <= c <= "\u9fff" for c in text)


def _only_figures(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text]
    return bool(texts) and all(not any("\u4e00" <= c <= "\u9fff" for c in text) for text in texts)


def _piece(names: TableNames, cells: _Tables, table: Table, rows: range) -> Iterator[Piece]:
    found = {cell.text for r in rows for cell in cells.row(table, r)
             if cell.text and len(cell.text) <= MAX_NAME_CHARACTERS and names.look_up(cell.text).is_known}
    if len(found) >= _LEAST and len(rows) <= _MOST_ROWS:
        yield Piece(names.grid, tuple(Row(table, r) for r in rows), 0, table.width)


def _continued(names: NameBook, cells: _Tables, before: Piece, table: Table) -> Piece | None:
    """The piece with a table that goes on where it ended: as wide, without a name that belongs elsewhere."""
    if table.width != before.width or table.height > _MOST_ROWS:
        return None
    known = names.of(before.grid)
    rows = [cells.row(table, r) for r in range(table.height)]
    has_rows = any(known.look_up(cell.text).rows for row in rows for cell in row if cell.text)
    bare = before.grid.layout == "strip" and all(not row or _only_figures(row) for row in rows) and table.height <= 2
    if not has_rows and not bare:
        return None
    more = tuple(Row(table, r) for r in range(table.height))
    return before._replace(rows=before.rows + more, joined=before.joined or len(before.rows))


# ------------------------------------------------------------------------------------------- tables cut by a page end

def _joined(names: NameBook, cells: _Tables, pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of one table that follow one another put together, heads that are repeated left out."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before is not None and before.grid is piece.grid and before.width == piece.width and _is_rest(
                names, cells, before, piece):
            found[-1] = _together(names, cells, before, piece)
        else:
            found.append(piece)
    return found


def _is_rest(names: NameBook, cells: _Tables, before: Piece, piece: Piece) -> bool:
    """Whether a piece goes on with the one before it: it names none of the same rows, or has no heads of its own."""
    if before.grid.layout == "blocks":
        return not _has_columns(names, cells, piece)
    return not _names_rows(names, cells, before) & _names_rows(names, cells, piece)


def _together(names: NameBook, cells: _Tables, before: Piece, after: Piece) -> Piece:
    heads = {_texts(cells, row) for row in before.rows[:6]}
    rest = list(after.rows)
    repeated = False
    while rest and _texts(cells, rest[0]) in heads and not _row_names(names, cells, after.grid, rest[0]):
        rest.pop(0)
        repeated = True
    joined = before.joined or (0 if repeated else len(before.rows))
    return before._replace(rows=before.rows + tuple(rest), joined=joined)


def _texts(cells: _Tables, row: Row) -> tuple[str, ...]:
    return tuple(normalise_label(cell.text) for cell in cells.row(*row) if cell.text)


def _row_names(names: NameBook, cells: _Tables, grid: Grid, row: Row) -> set[str]:
    """The rows of the form that a row names beyond doubt."""
    found: set[str] = set()
    for cell in cells.row(*row):
        meaning = names.of(grid).look_up(cell.text)
        if cell.text and not meaning.generic and len(meaning.rows) == 1 and not meaning.columns:
            found |= meaning.rows
    return found


def _names_rows(names: NameBook, cells: _Tables, piece: Piece) -> set[str]:
    return {line for row in piece.rows for line in _row_names(names, cells, piece.grid, row)}


def _has_columns(names: NameBook, cells: _Tables, piece: Piece) -> bool:
    known = names.of(piece.grid)
    return any(known.look_up(cell.text).columns for row in piece.rows for cell in cells.row(*row) if cell.text)


# ---------------------------------------------------------------------------------------------------- several reports

def _by_report(names: NameBook, cells: _Tables, pieces: Sequence[Piece]) -> Iterator[dict[str, tuple[Piece, ...]]]:
    """The pieces of each report: a table of which rows come again is of the next one."""
    reports: list[dict[str, list[Piece]]] = []
    seen: list[dict[str, set[str]]] = []
    for piece in pieces:
        lines = _names_rows(names, cells, piece)
        at = next((i for i, one in enumerate(seen) if not one.get(piece.grid.id, set()) & lines), len(seen))
        if at == len(seen):
            reports.append({})
            seen.append({})
        reports[at].setdefault(piece.grid.id, []).append(piece)
        seen[at].setdefault(piece.grid.id, set()).update(lines)
    yield from ({grid: tuple(found) for grid, found in report.items()} for report in reports)


# ------------------------------------------------------------------------------------------------------------- blocks

def block_of(piece: Piece) -> tuple[CellBlock, dict[tuple[int, int], tuple[Table, Cell]]]:
    """A piece as the matcher of names takes it, and the cell of the source at each of its places."""
    rows = rows_of(piece)
    columns = _columns_of(rows)
    grid: list[list[str | CoveredPlace]] = [[""] * len(columns) for _ in rows]
    where = {(id(row.table), row.row): i for i, row in enumerate(piece.rows)}
    places: dict[tuple[int, int], tuple[Table, Cell]] = {}
    for i, row in enumerate(rows):
        table = piece.rows[i].table
        for cell in row:
            wide = [columns[c] for c in range(cell.column, cell.column + cell.columns) if c in columns]
            if not wide or isinstance(grid[i][wide[0]], CoveredPlace):
                continue
            reach = [where[id(table), r] for r in range(cell.row, cell.row + cell.rows) if (id(table), r) in where]
            for place in ((r, c) for r in reach for c in wide):
                if place != (i, wide[0]):
                    grid[place[0]][place[1]] = CoveredPlace(i, wide[0])
            grid[i][wide[0]] = bare_number(cell.text)
            marked = cell._replace(marks=cell.marks | {Mark.JOINED}) if piece.joined and i >= piece.joined else cell
            places[i, wide[0]] = (table, marked)
    return tuple(tuple(row) for row in grid), places


def _columns_of(rows: Sequence[Sequence[Cell]]) -> dict[int, int]:
    """The columns in which some cell begins, numbered anew; the others no cell tells from those left of them."""
    begun = sorted({cell.column for row in rows for cell in row})
    return {column: i for i, column in enumerate(begun)}
