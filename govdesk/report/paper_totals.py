"""原件合计: what the paper in front of the clerk says a total is. It is kept beside the computed total, never printed
and never counted; rules N02–N04 hold it against the sum."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.base.numerals import NA, Value, show
from govdesk.form.form import Address
from govdesk.report.report import Report
from govdesk.report.totals import Figures

NAME: Final = "原件合计"
ACT: Final = f"填写{NAME}"             # as undo names it


class Paper(NamedTuple):
    """The paper's total as it is shown (“” where none was typed) and whether the sum is the same; None: a blank is in
    the way."""

    figure: str = ""
    agrees: bool | None = None


NONE: Final = Paper()


def of_cell(report: Report, figures: Figures, address: Address) -> Paper:
    said = report.stated(address)
    if said is None:
        return NONE
    computed = figures[address]
    return Paper(show(said), None if computed is None else _counted(said) == _counted(computed))


def _counted(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def line(report: Report, figures: Figures, address: Address) -> str:
    """“原件合计 16，各格相加为 15，相差 1”; “” where the paper's total is not known."""
    said, computed = report.stated(address), figures[address]
    if said is None:
        return ""
    words = f"{NAME} {show(said) if said is not NA else '不适用'}"
    if computed is None:
        return f"{words}，各格填完后核对"
    gap = abs(_counted(said) - _counted(computed))
    return f"{words}，各格相加为 {show(computed)}，相差 {show(gap)}" if gap else f"{words}，与各格相加相符"
