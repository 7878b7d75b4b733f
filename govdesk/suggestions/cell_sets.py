"""Cells that must change together, told as the slips that may have been made in them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from govdesk.form.form import Address
from govdesk.suggestions.candidates import Guess, kind_of_slip
from govdesk.suggestions.fewest_cells import CellChange


class CellSet(NamedTuple):
    """Slips that together explain what no single one does."""

    slips: tuple[Guess, ...]

    def rights(self) -> dict[Address, Decimal]:
        """What would stand in each cell."""
        return {cell: right for slip in self.slips for cell, right in slip.rights().items()}


def make_set(changes: Sequence[CellChange], figure: Mapping[Address, Decimal],
             carried: Container[tuple[Address, Decimal]]) -> CellSet:
    """A set of cells with what should stand in each. Two figures of one row or column that changed places are one slip,
    and so is one that stands in the cell beside. `carried`: what last year's report carried forward to a cell."""
    right = {change.cell: figure[change.cell] + change.by for change in changes}
    slips: list[Guess] = []
    rest = list(right)
    for one, other in combinations(list(right), 2):
        if one in rest and other in rest and _have_moved(one, other, right, figure):
            kind = "wrong_column" if one.row == other.row else "wrong_row"
            here, there = (other, one) if right[one] == 0 else (one, other)
            slips.append(Guess(kind, here, right[here], there, right[there]))
            rest = [cell for cell in rest if cell not in (one, other)]
    for cell in rest:
        kind = "carried" if (cell, right[cell]) in carried else kind_of_slip(cell, figure, right[cell])
        slips.append(Guess(kind, cell, right[cell]))
    return CellSet(tuple(slips))


def _have_moved(one: Address, other: Address, right: Mapping[Address, Decimal],
                figure: Mapping[Address, Decimal]) -> bool:
    return ((one.row == other.row) != (one.column == other.column) and one.grid == other.grid
            and right[one] == figure[other] and right[other] == figure[one])
