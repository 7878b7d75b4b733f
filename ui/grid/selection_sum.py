"""What the chosen cells of a table come to, as the status line says it: “已选 6 格 · 合计 30 · 非零 4”."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from govdesk.base.numerals import NA
from govdesk.form.form import Address, Grid
from govdesk.report.totals import Figures

GAP = " · "
AMOUNT = "万元"                              # of an amount; all else is counted in the table's unit


def describe_sum(grid: Grid, figures: Figures, cells: Sequence[Address]) -> str:
    """“” where fewer than two cells are chosen. Blank and 不适用 are no numbers; what differs in unit is not added."""
    if len(cells) < 2:
        return ""
    numbers = {cell: value for cell in cells if (value := figures[cell]) is not None and value is not NA}
    said = [f"已选 {len(cells)} 格"]
    amounts = [value for cell, value in numbers.items() if grid.is_amount(cell)]
    counts = [value for cell, value in numbers.items() if not grid.is_amount(cell)]
    if amounts and counts:
        both = f"{_show_sum(counts)} {grid.unit}、{_show_sum(amounts)} {AMOUNT}"
        said += [f"合计 {both}（单位不同，不相加）"]
    elif numbers:
        said += [f"合计 {_show_sum([*amounts, *counts])}" + (f" {AMOUNT}" if amounts else "")]
    if numbers:
        said += [f"非零 {sum(value != 0 for value in numbers.values())}"]
        totals = sum(grid.is_total(cell) for cell in numbers)
        said += ["含合计格"] if 0 < totals < len(numbers) else []
    unfit = sum(figures[cell] is NA for cell in cells)
    blank = len(cells) - len(numbers) - unfit
    said += [f"空白 {blank}"] if blank else []
    said += [f"不适用 {unfit}"] if unfit else []
    return GAP.join(said)


def _show_sum(values: Sequence[Decimal]) -> str:
    with localcontext() as exact:
        exact.prec = _count_digits(values)
        return format(sum(values, Decimal(0)), "f")


def _count_digits(values: Sequence[Decimal]) -> int:
    """So many that no sum of these values is rounded."""
    shapes = [value.as_tuple() for value in values]
    return sum(len(shape.digits) + abs(int(shape.exponent)) for shape in shapes) + 30
