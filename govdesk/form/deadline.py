"""Works out the day by which a report is to be published: the law's for its kind (条例 art. 49), the
local one for all reports, or the draft's own; the more special goes first."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from govdesk.base import dates

if TYPE_CHECKING:
    from govdesk.form.form import Form  # the settings are read before any form


def find_due_date(form: Form, kind_id: str, year: int | None, local: str = "",
                  general: str = "") -> datetime.date | None:
    """`local`: the draft's own day (YYYY-MM-DD); `general`: one for all reports (MM-DD). None where neither is set and
    the kind or the year is not known."""
    if own := dates.to_date(local):
        return own
    kind = form.choice("kind", kind_id)
    wanted = general or (kind.deadline if kind else "")
    if not wanted or year is None or year >= datetime.MAXYEAR:
        return None
    return day_in_year(wanted, year + 1)


def day_in_year(day: str, year: int) -> datetime.date:
    """“01-31” in a year."""
    month, number = (int(part) for part in day.split("-"))
    return datetime.date(year, month, number)


def next_day(day: str, today: datetime.date) -> datetime.date:
    """“01-31” as it comes next; today counts."""
    due = day_in_year(day, today.year)
    return due if due >= today else day_in_year(day, today.year + 1)


def is_month_day(text: str) -> bool:
    """Whether a text is a day of every year, MM-DD."""
    try:
        return len(text) == 5 and text[2] == "-" and bool(day_in_year(text, 2023))
    except ValueError:
        return False


def describe_days_left(day: datetime.date, today: datetime.date) -> str:
    """“还有 12 天”; "" where it is more than a year away."""
    left = (day - today).days
    return "已过" if left < 0 else "今天截止" if left == 0 else f"还有 {left} 天" if left <= 366 else ""
