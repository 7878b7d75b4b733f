"""What the chosen cells of a table come to, as the status line says it: “已选 6 格 · 合计 30 · 非零 4”."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from govdesk.base.numerals import NA
from govdesk.form.form import Address, Grid
from govdesk.report.totals import Figures

GAP = " · "


def describe_sum(grid: Grid, figures: Figures, cells: Sequence[Address]) -> str:
    """“” where fewer than two cells are chosen. Blank and 不适用 are no numbers; what differs in unit is not added."""
    if len(cells) < 2:
        return ""
    numbers = {cell: value for cell in cells if (value := figures[cell]) is not None and value is not NA}
    said = [f"已选 {len(cells)} 格"]
    by_unit: dict[str, list[Decimal]] = {}
    for cell in sorted(numbers, key=grid.is_amount):         # counts first
        by_unit.setdefault(grid.unit_of(cell), []).append(numbers[cell])
    if len(by_unit) > 1:
        each = "、".join(f"{_show_sum(values)} {unit}" for unit, values in by_unit.items())
        said += [f"合计 {each}（单位不同，不相加）"]
    for unit, values in by_unit.items() if len(by_unit) == 1 else ():
        said += [f"合计 {_show_sum(values)}" + ("" if unit == grid.unit else f" {unit}")]
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
