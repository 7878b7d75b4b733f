"""Days that do not fit together: a report that is dated after the day by which it is due (条例第四十九条), said on the
cover and in the review; and a deadline that is not in the year after the report's, said on the cover."""

from __future__ import annotations

import datetime

from govdesk.base import dates
from govdesk.report.report import Layer, Report, is_date

LATE = "晚于截止日期 {}，请核对；确实在截止日期以后公布的不用改"


OFF = "截止日期不在报告年度的下一年，请核对年份"


def of_deadline(report: Report) -> str:
    """What is to be said of the draft's own deadline; “” where there is nothing."""
    day = dates.day(str(report.entry(Layer.DESK, "deadline") or ""))
    return OFF if day and report.year and day.year != report.year + 1 else ""


def words(report: Report, due: datetime.date | None) -> str:
    """What is to be said of its date; “” where there is nothing."""
    issued = report.cover("issued_on")
    late = due is not None and is_date(issued) and datetime.date.fromisoformat(issued) > due
    return LATE.format(dates.in_words(due.isoformat())) if due and late else ""
