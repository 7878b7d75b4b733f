"""Checks the facts on the cover."""

from __future__ import annotations

from collections.abc import Iterator

from govdesk.base import dates
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.form.form import Check

DECEMBER = 12


def check_form_years(check: Check, facts: Facts) -> Iterator[Finding]:
    """A report is written by a form that is for its year. Silent for a form that is for every year, and where the year
    is not known."""
    year, years = facts.report.year, facts.form.years
    if year is None or not years.words:
        return
    if years.holds(year):
        yield make_passed(check, ("year",))
    else:
        message = check.word("message").format(year=year, form=facts.form.name, years=years.words)
        yield make_finding(check, State.FAILED, message, ("year",))


def check_issued_on(check: Check, facts: Facts) -> Iterator[Finding]:
    """A report is issued after its year has ended, within the year that follows. Before that it is an error; one of
    December may have been made ready in time, and one of later years made up for. Without a date or a year nothing is
    said: that they are lacking is said elsewhere."""
    year, day = facts.report.year, dates.to_date(facts.report.cover("issued_on"))
    places = "issued_on", "year"
    if year is None or day is None:
        return
    words = {"date": dates.format_date(day.isoformat()), "year": year}
    if day.year <= year:
        asked = day.year == year and day.month == DECEMBER
        message = check.word("message_early").format(**words)
        yield make_finding(check, State.FAILED, message, places, severity="" if asked else "error")
    elif day.year > year + 1:
        yield make_finding(check, State.FAILED, check.word("message_late").format(**words), places)
    else:
        yield make_passed(check, places)
