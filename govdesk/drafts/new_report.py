"""A report that begins from nothing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govdesk.report.report import Report

FORM_ID = "ogi-annual-report-2021"           # by which a new report is written
LAST_MONTH_OF_LAST_YEARS_REPORT = 6          # the month after which a new report is about the running year


def begin_report(today: datetime.date) -> Report:
    """A report for the year whose report is due next: until the summer that is last year's."""
    from govdesk.report.report import Layer, build_report  # the list of drafts, which asks for FORM, does without

    year = today.year if today.month > LAST_MONTH_OF_LAST_YEARS_REPORT else today.year - 1
    return build_report(FORM_ID, {Layer.COVER: {"year": str(year), "organ.kind": "organ_report"}})
