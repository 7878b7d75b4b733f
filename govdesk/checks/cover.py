"""Checks of the facts on the cover."""

from __future__ import annotations

from collections.abc import Iterator

from govdesk.base import dates
from govdesk.checks.findings import Facts, Finding, State, finding, passed
from govdesk.form.form import Check

DECEMBER = 12


def issued_on(check: Check, facts: Facts) -> Iterator[Finding]:
    """A report is issued after its year has ended, within the year that follows. Before that it is an error; one of
    December may have been made ready in time, and one of later years made up for. Without a date or a year nothing is
    said: that they are lacking is said elsewhere."""
    year, day = facts.report.year, dates.day(facts.report.cover("issued_on"))
    places = "issued_on", "year"
    if year is None or day is None:
        return
    words = {"date": dates.in_words(day.isoformat()), "year": year}
    if day.year <= year:
        asked = day.year == year and day.month == DECEMBER
        message = check.word("message_early").format(**words)
        yield finding(check, State.FAILED, message, places, severity="" if asked else "error")
    elif day.year > year + 1:
        yield finding(check, State.FAILED, check.word("message_late").format(**words), places)
    else:
        yield passed(check, places)
