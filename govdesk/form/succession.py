"""Leads from a form to the one before it: which cells of last year's report stand beside which cells here, and what has
no place here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def name_uncarried(form: Form, older: Form, cells: Iterable[Address]) -> tuple[str, ...]:
    """Those of the cells of an older report that have no place in a form, by name, an item for each table:
    “表二的规章、行政许可（上一年项目数量、本年增/减）”; columns are named where others of the row have a place."""
    placed = set(map_to_last_year(form, older).values())
    lost = set(cells) - placed
    found = []
    for grid in older.grids.values():
        names = []
        for row in grid.rows.values():
            of_row = [cell for cell in grid.addresses if cell.row == row.id]
            columns = [grid.columns[cell.column].name for cell in of_row if cell in lost]
            if columns:
                names.append(row.name + (f"（{'、'.join(columns)}）" if placed.intersection(of_row) else ""))
        if names:
            found.append(f"{grid.name}的{'、'.join(names)}")
    return tuple(found)
