"""Which labels name the line of a figure: the label of its row and the heads of its column."""

from __future__ import annotations

from collections.abc import Iterable

from govdesk.base.cell_role import CellRole
from govdesk.form.form import Address
from govdesk.form.grid_plan import GridPlan, PlanCell

Labels = frozenset[tuple[int, int]]          # row and column in the plan, heads counted


class LineLabels:
    """The labels of every figure of a plan, looked up once."""

    def __init__(self, plan: GridPlan) -> None:
        labels = [cell for cell in plan.cells if cell.line and cell.role is not CellRole.FIGURE]
        self._of = {address: Labels(cell[:2] for cell in _find(labels, address, figure))
                    for address, figure in plan.figures().items()}

    def of(self, addresses: Iterable[Address]) -> Labels:
        """The labels of all these figures."""
        return Labels().union(*(self._of[address] for address in addresses))


def _find(labels: Iterable[PlanCell], address: Address, figure: PlanCell) -> Iterable[PlanCell]:
    """A label of the figure's row stands beside it, or over it where rows lie side by side; the head of its column over
    it, the nearest where the table has several blocks."""
    found: dict[str, PlanCell] = {}
    for cell in labels:
        beside = cell.row <= figure.row < cell.row + cell.row_span
        over = cell.row < figure.row and cell.column <= figure.column < cell.column + cell.column_span
        if (over and cell.line in (address.row, address.column)) or (beside and cell.line == address.row):
            found[cell.line] = cell
    return found.values()
