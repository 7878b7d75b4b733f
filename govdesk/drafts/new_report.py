"""A report that begins from nothing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govdesk.report.report import Report

FORM = "ogi-annual-report-2021"              # by which a new report is written
SUMMER = 6                                   # the month after which a new report is about the running year


def begin_report(today: datetime.date) -> Report:
    """A report for the year whose report is due next: until the summer that is last year's."""
    from govdesk.report.report import Layer, build  # the list of drafts, which asks for FORM, does without

    year = today.year if today.month > SUMMER else today.year - 1
    return build(FORM, {Layer.COVER: {"year": str(year), "organ.kind": "organ_report"}})
