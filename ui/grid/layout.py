"""Column widths and row heights of a table on screen, from its plan and the room there is."""

from __future__ import annotations

from typing import NamedTuple

from govdesk.base.cell_role import CellRole
from govdesk.form.grid_plan import GridPlan, PlanCell
from ui.grid.painting.label_layout import LabelLayout, find_pad

AUTO, COMPACT, LOOSE = "auto", "compact", "loose"        # how high rows are: as the room allows, or as the clerk wants
LOW, ROW = 18, 28                            # heights of a row: where the whole table is to be in sight, and at ease
TIGHT_BELOW = 22                             # rows lower than this have their lines closer together
NATURAL = 752                                # pixels for the form's 156 mm, as drawn for 1366×768
UPRIGHT_WIDTH, GROUP_WIDTH, LABEL_WIDTH, FIGURE_WIDTH = 26, 66, 308, 384 / 7
LEAST_LABEL, LEAST_FIGURE = 150, 48          # narrower than these the table scrolls
LEAST, MOST = 0.8, 1.45                      # how far other columns shrink before the table scrolls, and all grow


def fit_columns(plan: GridPlan, room: int) -> list[int]:
    """Narrow group labels keep their width; the other columns share the room."""
    exact = _share_stub(plan, room) if plan.stub_columns > 1 else _share_evenly(plan, room)
    widths: list[int] = []
    spent = 0.0
    for width in exact:
        spent += width
        widths.append(round(spent) - sum(widths))        # whole pixels whose sum is right
    return widths


def _share_evenly(plan: GridPlan, room: int) -> list[float]:
    """Every column shrinks and grows by the same share."""
    millimetres = plan.grid.widths
    scale = max(LEAST, min(MOST, room / NATURAL)) * NATURAL / sum(millimetres)
    return [mm * scale for mm in millimetres]


def _share_stub(plan: GridPlan, room: int) -> list[float]:
    """Where there is less room than drawn, first the figures shrink to what a common figure needs, then the labels."""
    count = plan.columns - plan.stub_columns
    groups: list[float] = [UPRIGHT_WIDTH if mm < 10 else GROUP_WIDTH for mm in plan.grid.widths[:plan.stub_columns - 1]]
    free = room - sum(groups)
    scale = free / (LABEL_WIDTH + count * FIGURE_WIDTH)
    label, figure = LABEL_WIDTH * min(MOST, scale), FIGURE_WIDTH * min(MOST, scale)
    if scale < 1:
        figure = max(LEAST_FIGURE, (free - LABEL_WIDTH) / count)
        label = max(LEAST_LABEL, free - count * figure)
    return [*groups, label, *[figure] * count]


class FittedRows(NamedTuple):
    """The heights of all rows, heads included, and the height that a row with one line has."""

    heights: list[int]
    least: int


def fit_rows(plan: GridPlan, widths: list[int], labels: LabelLayout, room: int, wish: str = AUTO) -> FittedRows:
    """Rows as high as lets the whole table be in sight; as low as may be where it cannot be."""
    choice = {COMPACT: [LOW], LOOSE: [ROW]}.get(wish, range(ROW, LOW - 1, -1))
    heights: list[int] = []
    for least in choice:
        labels.set_tight(least < TIGHT_BELOW)
        heights = measure_rows(plan, widths, labels, least)
        if sum(heights) <= room:
            break
    return FittedRows(heights, least)


def measure_rows(plan: GridPlan, widths: list[int], labels: LabelLayout, least: int) -> list[int]:
    """All rows, heads included: `least`, or what a label needs; what a tall label lacks goes to its last row."""
    heights = [least] * plan.rows
    for cell in sorted(plan.cells, key=lambda c: c.row_span):
        if cell.role is CellRole.FIGURE:
            continue
        rows = range(cell.row, cell.row + cell.row_span)
        lack = measure_label(cell, widths, labels) - sum(heights[r] for r in rows)
        if lack > 0:
            heights[rows[-1]] += lack
    return heights


def measure_label(cell: PlanCell, widths: list[int], labels: LabelLayout) -> int:
    """The height that a label takes."""
    room = sum(widths[cell.column:cell.column + cell.column_span]) - 2 * find_pad(cell)
    return labels.height(cell.text, cell.breaks, room) + labels.spare
