"""A report that begins from nothing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govdesk.report.report import Report

LAST_MONTH_OF_LAST_YEARS_REPORT = 6          # the month after which a new report is about the running year


def year_due_next(today: datetime.date) -> int:
    """The year whose report is due next: until the summer that is last year."""
    return today.year if today.month > LAST_MONTH_OF_LAST_YEARS_REPORT else today.year - 1


def begin_report(today: datetime.date) -> Report:
    """A report for the year whose report is due next."""
    return begin_report_of(year_due_next(today))


def begin_report_of(year: int) -> Report:
    """A report for a year, by the form for it; of the kind that the form names first."""
    from govdesk.formfile.form_choice import form_of_year  # the list of drafts does without both
    from govdesk.report.report import Layer, build_report

    form = form_of_year(year)
    return build_report(form.id, {Layer.COVER: {"year": str(year), "organ.kind": form.kinds[0].id}})
