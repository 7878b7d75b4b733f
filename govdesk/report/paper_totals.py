"""Compares 原件合计, the totals that the clerk's paper states, with the computed ones. They are kept beside
these, never printed and never counted; rules N02–N04 check them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.base.numerals import NA, Value, format_value
from govdesk.form.form import Address
from govdesk.report.report import Report
from govdesk.report.totals import Figures

PAPER_TOTAL: Final = "原件合计"
FILL_ACT: Final = f"填写{PAPER_TOTAL}"  # as undo names it


class PaperTotal(NamedTuple):
    """The paper's total as it is shown (“” where none was typed) and whether the sum is the same; None: a blank is in
    the way."""

    figure: str = ""
    agrees: bool | None = None


NO_PAPER_TOTAL: Final = PaperTotal()


def paper_total_of(report: Report, figures: Figures, address: Address) -> PaperTotal:
    said = report.stated(address)
    if said is None:
        return NO_PAPER_TOTAL
    computed = figures[address]
    return PaperTotal(format_value(said), None if computed is None else _counted(said) == _counted(computed))


def _counted(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def describe_paper_total(report: Report, figures: Figures, address: Address) -> str:
    """“原件合计 16，各格相加为 15，相差 1”; “” where the paper's total is not known."""
    said, computed = report.stated(address), figures[address]
    if said is None:
        return ""
    words = f"{PAPER_TOTAL} {format_value(said) if said is not NA else '不适用'}"
    if computed is None:
        return f"{words}，各格填完后核对"
    gap = abs(_counted(said) - _counted(computed))
    if not gap:
        return f"{words}，与各格相加相符"
    return f"{words}，各格相加为 {format_value(computed)}，相差 {format_value(gap)}"
