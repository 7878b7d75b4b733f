"""What the chosen cells of a table come to, as the status line says it: “已选 6 格　计数 5　合计 30　平均 6”."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from govdesk.base.numerals import NA
from govdesk.form.form import Address, Grid
from govdesk.report.totals import Figures

GAP = "\u3000"
CENT = Decimal("0.01")
AMOUNT = "万元"                              # of an amount; all else is counted in the table's unit


def describe_sum(grid: Grid, figures: Figures, cells: Sequence[Address]) -> str:
    """“” where fewer than two cells are chosen. Blank and 不适用 are no numbers; what differs in unit is not added."""
    if len(cells) < 2:
        return ""
    numbers = {cell: value for cell in cells if (value := figures[cell]) is not None and value is not NA}
    said = [f"已选 {len(cells)} 格", f"计数 {len(numbers)}"]
    amounts = [value for cell, value in numbers.items() if grid.is_amount(cell)]
    counts = [value for cell, value in numbers.items() if not grid.is_amount(cell)]
    if amounts and counts:
        both = f"{_show_sum(counts)} {grid.unit}、{_show_sum(amounts)} {AMOUNT}"
        return GAP.join([*said, f"合计 {both}（单位不同，不相加）"])
    if numbers:
        said += [f"合计 {_show_sum([*amounts, *counts])}" + (f" {AMOUNT}" if amounts else ""),
                 _show_average([*amounts, *counts])]
        totals = sum(grid.is_total(cell) for cell in numbers)
        said += ["含合计格"] if 0 < totals < len(numbers) else []
    return GAP.join(said)


def _show_sum(values: Sequence[Decimal]) -> str:
    with localcontext() as exact:
        exact.prec = _count_digits(values)
        return format(sum(values, Decimal(0)), "f")


def _show_average(values: Sequence[Decimal]) -> str:
    with localcontext() as exact:
        exact.prec = _count_digits(values)
        total = sum(values, Decimal(0))
        mean = (total / len(values)).quantize(CENT, ROUND_HALF_UP)
        about = "" if mean * len(values) == total else "约"
        return f"平均{about} {format(mean.normalize() + 0, 'f')}"


def _count_digits(values: Sequence[Decimal]) -> int:
    """So many that no sum of these values is rounded."""
    shapes = [value.as_tuple() for value in values]
    return sum(len(shape.digits) + abs(int(shape.exponent)) for shape in shapes) + 30
