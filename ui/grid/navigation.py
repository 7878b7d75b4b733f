"""Where the figures of a table lie, and which comes next: what arrows, Enter and Tab follow. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from govdesk.base.cell_role import CellRole
from govdesk.form.form import Address
from govdesk.form.grid_plan import GridPlan, PlanCell

CellPlace = tuple[int, int]                  # row and column of the body, heads not counted


class CellPlaces:
    """The body of a plan by place. `down` and `across` are all figures in the order of Enter and of Tab."""

    def __init__(self, plan: GridPlan) -> None:
        self.plan = plan
        self.rows = plan.rows - plan.head_rows
        self.columns = plan.columns
        self._cells: dict[CellPlace, PlanCell] = {}
        for cell in plan.cells:
            if cell.row >= plan.head_rows:
                self._cover(cell)
        self.figures = frozenset(place for place, cell in self._cells.items() if cell.address)
        self.at: dict[Address, CellPlace] = {a: (c.row - plan.head_rows, c.column) for a, c in plan.figures().items()}
        self.inputs = frozenset(plan.grid.inputs)
        self.across: list[Address] = sorted(self.at, key=lambda a: self.at[a])
        self.down: list[Address] = sorted(self.at, key=self._column_first)

    def _cover(self, cell: PlanCell) -> None:
        top = cell.row - self.plan.head_rows
        for row in range(top, top + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                self._cells[row, column] = cell

    def _column_first(self, address: Address) -> tuple[int, int, int]:
        """Down a column, but never out of a block whose columns mean something else below."""
        row, column = self.at[address]
        blocks = self.plan.grid.blocks
        block = next(i for i, b in enumerate(blocks) if any(line.id == address.row for line in b.rows))
        return block, column, row

    @property
    def labels(self) -> tuple[PlanCell, ...]:
        """The cells of the body that hold no figure."""
        return tuple(c for c in self.plan.cells if c.row >= self.plan.head_rows and c.role is not CellRole.FIGURE)

    def cell(self, row: int, column: int) -> PlanCell | None:
        return self._cells.get((row, column))

    def address(self, row: int, column: int) -> Address | None:
        cell = self._cells.get((row, column))
        return cell.address if cell else None

    def find_next(self, address: Address | None, order: Sequence[Address], by: int) -> Address | None:
        """The next input cell in an order, forwards (1) or back (-1); None past either end."""
        position = order.index(address) if address else (-1 if by > 0 else len(order))
        position += by
        while 0 <= position < len(order):
            if order[position] in self.inputs:
                return order[position]
            position += by
        return None

    def find_beside(self, address: Address, rows: int, columns: int) -> Address:
        """The figure one step up, down, left or right, over labels between; the same where there is none."""
        cell = self.cell(*self.at[address])
        assert cell is not None
        row, column = self.at[address]
        while True:
            row += rows
            column += columns * (cell.column_span if columns > 0 else 1)
            cell = self.cell(row, column)
            if cell is None:
                return address
            if cell.address and cell.address != address:
                return cell.address

    def find_far(self, address: Address, rows: int) -> Address:
        """The figure so many steps below or, negative, above."""
        for _ in range(max(1, abs(rows))):
            address = self.find_beside(address, 1 if rows > 0 else -1, 0)
        return address

    def in_row(self, row: int) -> list[Address]:
        """The figures of a row from left to right."""
        return [a for a in self.across if self.at[a][0] == row]

    def figure_rows(self, start: int) -> list[int]:
        """The rows from `start` on that hold figures; bands and heads between blocks do not."""
        return sorted({row for row, _ in self.at.values() if row >= start})
