"""The day by which a report is to be published: the law's for its kind (条例 art. 49), or the local one that the clerk
has set."""

from __future__ import annotations

import datetime

from govdesk.form import Form


def due(form: Form, kind_id: str, year: int | None, local: str = "") -> datetime.date | None:
    """None where the kind or the year is not known and no local day (YYYY-MM-DD) is set."""
    try:
        return datetime.date.fromisoformat(local)
    except ValueError:
        pass
    kind = form.choice("kind", kind_id)
    if kind is None or not kind.deadline or year is None or year >= datetime.MAXYEAR:
        return None
    month, day = (int(part) for part in kind.deadline.split("-"))
    return datetime.date(year + 1, month, day)


def left_words(day: datetime.date, today: datetime.date) -> str:
    """“还有 12 天”; "" where it is more than a year away."""
    left = (day - today).days
    return "已过" if left < 0 else "今天截止" if left == 0 else f"还有 {left} 天" if left <= 366 else ""
