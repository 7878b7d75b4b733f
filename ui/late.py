"""A report that is dated after the day by which it is due (条例第四十九条): said on the cover and in the review."""

from __future__ import annotations

import datetime

from govdesk import dates
from govdesk.report import Report, is_date

LATE = "晚于截止日期 {}，请核对；确实在截止日期以后公布的不用改"


def words(report: Report, due: datetime.date | None) -> str:
    """What is to be said of its date; “” where there is nothing."""
    issued = report.cover("issued_on")
    late = due is not None and is_date(issued) and datetime.date.fromisoformat(issued) > due
    return LATE.format(dates.in_words(due.isoformat())) if due and late else ""
