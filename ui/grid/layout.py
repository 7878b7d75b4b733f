"""Column widths and row heights of a table on screen, from its plan and the room there is."""

from __future__ import annotations

from govdesk.document.document import CellRole
from govdesk.form.grid_plan import GridPlan, PlanCell
from ui.grid.painting.label_layout import PAD, LabelLayout

ROW = 28
NATURAL = 752                                # pixels for the form's 156 mm, as drawn for 1366×768
UPRIGHT_WIDTH, GROUP_WIDTH, LABEL_WIDTH, FIGURE_WIDTH = 39, 62, 181, 67
LEAST, MOST = 0.92, 1.45                     # how far columns shrink before the table scrolls, and grow


def fit_columns(plan: GridPlan, room: int) -> list[int]:
    """Narrow group labels keep their width; the other columns share the room."""
    natural, fixed = _natural(plan)
    firm = sum(w for i, w in enumerate(natural) if i in fixed)
    share = (room - firm) / (sum(natural) - firm)
    scale = max(LEAST, min(MOST, share))
    widths: list[int] = []
    spent = 0.0
    for i, width in enumerate(natural):
        exact = spent + (width if i in fixed else width * scale)
        widths.append(int(exact) - sum(widths))      # whole pixels whose sum is right
        spent = exact
    return widths


def _natural(plan: GridPlan) -> tuple[list[float], set[int]]:
    millimetres = plan.grid.widths
    if plan.stub_columns < 2:
        return [mm * NATURAL / sum(millimetres) for mm in millimetres], set()
    groups = [UPRIGHT_WIDTH if mm < 10 else GROUP_WIDTH for mm in millimetres[:plan.stub_columns - 1]]
    figures = [FIGURE_WIDTH] * (plan.columns - plan.stub_columns)
    return [*groups, LABEL_WIDTH, *figures], set(range(len(groups)))


def fit_rows(plan: GridPlan, widths: list[int], labels: LabelLayout, least: int = ROW) -> list[int]:
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
    """The height that a label takes; one line is a row."""
    room = sum(widths[cell.column:cell.column + cell.column_span]) - 2 * PAD
    return labels.height(cell.text, cell.breaks, room) + 6
