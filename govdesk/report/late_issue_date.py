"""Describes days that do not fit together: a report that is dated after the day by which it is due (条例第四十九条),
and a deadline that is not in the year after the report's."""

from __future__ import annotations

import datetime

from govdesk.base import dates
from govdesk.report.report import Layer, Report, is_date

TOO_LATE = "晚于截止日期 {}，请核对；确实在截止日期以后公布的不用改"
OTHER_YEAR = "截止日期不在报告年度的下一年，请核对年份"


def describe_odd_deadline(report: Report) -> str:
    """Say what is odd about the draft's own deadline; “” where nothing is."""
    day = dates.to_date(str(report.entry(Layer.DESK, "deadline") or ""))
    return OTHER_YEAR if day and report.year and day.year != report.year + 1 else ""


def describe_late_issue(report: Report, due: datetime.date | None) -> str:
    """Say that a report is dated after the day by which it is due; “” where it is not."""
    issued = report.cover("issued_on")
    late = due is not None and is_date(issued) and datetime.date.fromisoformat(issued) > due
    return TOO_LATE.format(dates.format_date(due.isoformat())) if due and late else ""
