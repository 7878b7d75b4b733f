"""Generates the single slips that could explain a gap: in one cell, or a figure in the wrong one of two."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from govdesk.findings.equations import Equation, find_equations
from govdesk.form.form import Address, Form, Grid
from govdesk.report.report import Report
from govdesk.session.session import Snapshot

ZERO = Decimal(0)


class Guess(NamedTuple):
    """A slip of a `kind` (an id of the form file's `slip` tables). `cell` is where to look, `right` the figure that
    would stand there; a figure in the wrong place stands in `other`, where `other_right` belongs."""

    kind: str
    cell: Address
    right: Decimal
    other: Address | None = None
    other_right: Decimal = ZERO

    def rights(self) -> dict[Address, Decimal]:
        """What would stand in each cell when the slip is mended."""
        return {self.cell: self.right} if self.other is None else {self.cell: self.right, self.other: self.other_right}

    def changes(self, figure: Mapping[Address, Decimal]) -> dict[Address, Decimal]:
        """By how much each cell grows when the slip is mended."""
        return {cell: right - figure[cell] for cell, right in self.rights().items()}


def typed_figures(form: Form, report: Report) -> dict[Address, Decimal]:
    """Typed figures; a blank counts as 0."""
    typed = {cell: report.value(cell) for cell in form.input_cells}
    return {cell: value if isinstance(value, Decimal) else ZERO for cell, value in typed.items()}


def find_guesses(snap: Snapshot, off: Sequence[Equation]) -> Iterator[Guess]:
    """Guesses that settle at least one of the equations that are off."""
    figure = typed_figures(snap.form, snap.report)
    yield from _in_one_cell(snap, off, figure)
    for grid in snap.form.grids.values():
        if any(cell.grid == grid.id for e in off for cell in e.factors):
            for guess in _in_two_cells(grid, figure):
                changes = guess.changes(figure)
                if any(e.gap_with(changes) == 0 for e in off):
                    yield _across(guess, off)


def find_carried_guesses(snap: Snapshot, cells: Container[Address]) -> Iterator[Guess]:
    """What last year's report carried forward, for those of the cells in which it should stand and does not. Of a
    column whose own figure is known the total says nothing."""
    figure = typed_figures(snap.form, snap.report)
    rules = {check.id for check in snap.form.checks if check.kind == "carried_over"}
    carried = sorted((e for e in find_equations(snap.form, snap.findings) if e.finding.rule in rules),
                     key=lambda e: len(e.factors))
    known: set[Address] = set()
    for e in carried:
        for cell, factor in e.factors.items():
            right = figure[cell] - e.gap * factor
            if cell in cells and cell not in known and e.gap and right >= 0:
                yield Guess("carried", cell, right)
        if len(e.factors) == 1:
            known |= e.factors.keys()


def find_neighbour_guesses(snap: Snapshot, said: Sequence[Equation]) -> Iterator[Guess]:
    """Guesses that make a number of a text right where every sum is: figures of two rows one below the other."""
    figure = typed_figures(snap.form, snap.report)
    for grid in snap.form.grids.values():
        if any(cell.grid == grid.id for e in said for cell in e.factors):
            for guess in _in_two_cells(grid, figure):
                if guess.kind == "next_row" and any(e.gap_with(guess.changes(figure)) == 0 for e in said):
                    yield guess


def _in_one_cell(snap: Snapshot, off: Sequence[Equation], figure: dict[Address, Decimal]) -> Iterator[Guess]:
    wanted = dict.fromkeys((cell, figure[cell] - e.gap * factor) for e in off for cell, factor in e.factors.items())
    for cell, right in wanted:
        whole = snap.form.grids[cell.grid].is_amount(cell) or right == right.to_integral_value()
        if right >= 0 and whole:
            yield Guess(kind_of_slip(cell, figure, right), cell, right)


def _across(guess: Guess, off: Sequence[Equation]) -> Guess:
    """A figure in another row that an equation has on its other side is on the wrong side."""
    opposed = any(e.factors.get(guess.cell, 0) * e.factors.get(guess.other, 0) < 0 for e in off if guess.other)
    return guess._replace(kind="wrong_side") if guess.kind == "wrong_row" and opposed else guess


def kind_of_slip(cell: Address, figure: Mapping[Address, Decimal], right: Decimal) -> str:
    """How a figure may have become another."""
    typed = figure[cell]
    if typed == 0:
        return "left_out"
    if right * 2 == typed:
        return "doubled"
    if any(right * times == typed or right == typed * times for times in (10, 100)):
        return "tenfold"
    if _swapped(typed, right):
        return "swapped"
    if right == 0:
        return "twice" if _elsewhere(cell, figure, typed) else "too_much"
    return "digit" if _one_digit(str(typed), str(right)) else "miscounted"


def _swapped(one: Decimal, other: Decimal) -> bool:
    """Two neighbouring digits have changed places: 15 and 51, also 10 and 01."""
    width = max(len(str(one)), len(str(other)))
    a, b = str(one).zfill(width), str(other).zfill(width)
    differ = [i for i in range(width) if a[i] != b[i]]
    crossed = [a[i] for i in differ] == [b[i] for i in reversed(differ)]
    return len(differ) == 2 and differ[1] == differ[0] + 1 and crossed


def _elsewhere(cell: Address, figure: Mapping[Address, Decimal], value: Decimal) -> bool:
    return any(v == value for a, v in figure.items()
               if a != cell and a.grid == cell.grid and (a.column == cell.column or a.row == cell.row))


def _one_digit(one: str, other: str) -> bool:
    """One digit differs, or one is missing."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1:] == short for i in range(len(long)))


def _in_two_cells(grid: Grid, figure: dict[Address, Decimal]) -> Iterator[Guess]:
    """A figure that belongs in the cell beside, above or below, or in any other of its row or column; where both are
    filled, they have changed places."""
    for block in grid.blocks:
        rows = [line.id for line in block.rows if not line.is_total]
        columns = [line.id for line in block.columns if not line.is_total]
        for row in rows:
            yield from _pairs("next_column", "wrong_column", [Address(grid.id, row, c) for c in columns], figure)
        for column in columns:
            yield from _pairs("next_row", "wrong_row", [Address(grid.id, r, column) for r in rows], figure)


def _pairs(near: str, far: str, line: Iterable[Address], figure: dict[Address, Decimal]) -> Iterator[Guess]:
    cells = list(line)
    for i, one in enumerate(cells):
        for j, other in enumerate(cells[i + 1:], i + 1):
            a, b = figure[one], figure[other]
            if a == b or a < 0 or b < 0:     # no guess puts a negative figure anywhere
                continue
            kind = near if j == i + 1 else far
            if b == 0:
                yield Guess(kind, other, a, one, ZERO)
            elif a == 0:
                yield Guess(kind, one, b, other, ZERO)
            else:
                yield Guess(kind, one, b, other, a)
