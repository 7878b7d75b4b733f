"""How a draft begins: for a new year, from last year's report, from the sample, from a report that was read."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from govdesk.drafts.arrival import find_same
from govdesk.drafts.last_year import begin_next_year, describe_not_carried
from govdesk.drafts.new_report import begin_report, begin_report_of
from govdesk.drafts.outstanding import count_outstanding_of
from govdesk.report.early_year import describe_future_year
from govdesk.report.report import Report
from ui.common.notice_level import NoticeLevel
from ui.draft.open_draft import DraftController
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell
from ui.wizard.wizard import Wizard

EARLY = "a year that has not begun"          # subject of a notice
NOT_CARRIED = "figures of an older form"     # likewise


class NewDraftController:
    """Each act keeps a report as a draft and opens it; raises UserError or FormError where it cannot."""

    def __init__(self, workspace: Workspace, shell: Shell, drafts: DraftController,
                 offer_years: Callable[[], object]) -> None:
        """`offer_years`: says that last year's texts can be taken, once a report follows another."""
        self._workspace, self._shell, self._drafts, self._offer_years = workspace, shell, drafts, offer_years
        for subject in (EARLY, NOT_CARRIED):
            workspace.closed.connect(lambda _, subject=subject: shell.drop_notice(subject))

    def begin(self) -> None:
        """Begins a draft for the year whose report is due next."""
        self._adopt(begin_report(datetime.date.today()), untouched=True)

    def begin_of_year(self, year: int) -> None:
        """Begins a draft for an earlier year, by the form for it."""
        self._adopt(begin_report_of(year), untouched=True)

    def open_sample(self) -> None:
        """Opens the sample, or the draft that is still as the sample was."""
        from govdesk import cli

        self.adopt(cli.sample_report())

    def adopt(self, report: Report) -> Wizard:
        """Keeps a report as a new draft and opens it; one that is here already is opened."""
        return self._adopt(report)

    def _adopt(self, report: Report, *, untouched: bool = False) -> Wizard:
        counts, drafts = count_outstanding_of(report), self._workspace.drafts
        return self._drafts.open(find_same(drafts, report) or drafts.create(report, counts), untouched=untouched)

    def follow(self, last: Report, file: str = "") -> None:
        """Begins the next year's report: cover, what is carried over, last year's figures beside the cells."""
        report = begin_next_year(last, file)
        self.adopt(report)
        self._offer_years()
        if words := describe_not_carried(last):
            self._shell.notify(NOT_CARRIED, words, severity=NoticeLevel.NOTE)
        if words := describe_future_year(report, datetime.date.today()):
            self._shell.notify(EARLY, f"{words}。", severity=NoticeLevel.NOTE)

    def follow_draft(self, draft_id: int) -> None:
        """Begins the report of the year after a draft's."""
        self.follow(self._workspace.drafts.load(draft_id))
