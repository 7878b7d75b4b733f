"""Leads from a form to the one before it: which cells of last year's report stand beside which cells here, and what has
no place here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govdesk.form.form import Address, Form


def is_followed_by(older: Form, form: Form) -> bool:
    """Whether a report of one form can be last year's of a report of the other."""
    return older.id == form.id or (form.follows is not None and form.follows.form == older.id)


def map_to_last_year(form: Form, older: Form) -> Mapping[Address, Address]:
    """For each cell of a form that has one its counterpart in the form of last year's report: itself in the same form;
    none where one does not follow the other."""
    if older.id == form.id:
        return {cell: cell for cell in form.cells}
    if form.follows is None or form.follows.form != older.id:
        return {}
    found: dict[Address, Address] = {}
    for cell in form.cells:
        for here, there in form.follows.places.items():
            if f"{cell}/".startswith(f"{here}/"):
                counterpart = older.cells_by_name.get(there + str(cell)[len(here):])
                if counterpart is not None:
                    found[cell] = counterpart
    return found


def name_uncarried(form: Form, older: Form, cells: Iterator[Address]) -> tuple[str, ...]:
    """Those of the cells of an older report that have no place in a form, by name, a row of a table an item: “表二 ·
    规章”, or with its columns where others of the row have one: “表二 · 行政许可（上一年项目数量、本年增/减）”."""
    placed = set(map_to_last_year(form, older).values())
    rows: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        if cell not in placed:
            rows.setdefault((cell.grid, cell.row), []).append(cell.column)
    order = {str(cell): i for i, cell in enumerate(a for grid in older.grids.values() for a in grid.addresses)}
    return tuple(_name_row(older, placed, grid, row, sorted(columns, key=lambda c: order[f"{grid}/{row}/{c}"]))
                 for (grid, row), columns in sorted(rows.items(), key=lambda item: min(
                     order[f"{item[0][0]}/{item[0][1]}/{column}"] for column in item[1])))


def _name_row(form: Form, placed: set[Address], grid_id: str, row: str, columns: list[str]) -> str:
    grid = form.grids[grid_id]
    name = f"{grid.name} · {grid.rows[row].name}"
    if not any(cell.row == row and cell in placed for cell in grid.addresses):
        return name
    return f"{name}（{'、'.join(grid.columns[column].name for column in columns)}）"
