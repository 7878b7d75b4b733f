"""Computes every total cell from its input cells; a total over a blank is blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from govdesk.base.numerals import NA, Value
from govdesk.form.form import Address, Form, Grid, lines_in_group
from govdesk.report.report import Entry, Key, Layer, Report

Figures = Mapping[Address, Value | None]     # every cell of the form, typed and computed; None is blank


def compute_figures(form: Form, report: Report) -> Figures:
    """All cells of all grids: what was typed in input cells, and the computed totals."""
    typed = report.entries(Layer.VALUES)
    found = {address: _value(typed.get(address)) for address in form.input_cells}
    for grid in form.grids.values():
        for address, parts in grid.parts.items():
            found[address] = add_values([found[a] for a in parts])
    return MappingProxyType(found)


def update_figures(form: Form, report: Report, before: Figures, changed: Iterable[Key]) -> Figures:
    """The same as `compute_figures`, of a report that differs in the entries `changed` from the one with figures
    `before`."""
    found = dict(before)
    typed = report.entries(Layer.VALUES)
    totals: dict[Address, tuple[Address, ...]] = {}
    for key in changed:
        if isinstance(key, Address) and key in form.input_cells:
            found[key] = _value(typed.get(key))
            grid = form.grids[key.grid]
            totals.update((total, grid.parts[total]) for total in grid.totals_over[key])
    for total, parts in totals.items():
        found[total] = add_values([found[part] for part in parts])
    return MappingProxyType(found)


def _value(entry: Entry | None) -> Value | None:
    return None if isinstance(entry, str) else entry


def add_values(values: Iterable[Value | None]) -> Value | None:
    """The sum; None as soon as one addend is blank. 不适用 adds nothing, and nothing but 不适用 stays 不适用."""
    total, numbers = Decimal(0), 0
    for value in values:
        if value is None:
            return None
        if value is not NA:
            total += value
            numbers += 1
    return total if numbers else NA


def addends_of_total(grid: Grid, address: Address) -> tuple[Address, ...]:
    """The cells that a total is the sum of, one step down: along its row where the column is a total, else down
    its column. An input cell has none."""
    block = grid.block_of(address.row)
    row, column = grid.rows[address.row], grid.columns[address.column]
    if column.is_total:
        return tuple(Address(grid.id, row.id, c.id) for c in lines_in_group(block.columns, column.total_of))
    if row.is_total:
        return tuple(Address(grid.id, r.id, column.id) for r in lines_in_group(block.rows, row.total_of))
    return ()
