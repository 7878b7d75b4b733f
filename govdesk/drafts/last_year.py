"""Last year's report: the next one begun from it, or laid beside an open draft."""

from __future__ import annotations

from govdesk.base.errors import UserError
from govdesk.formfile import form_reader
from govdesk.report.report import Report
from govdesk.session import previous_year
from govdesk.session.previous_year import Wanted
from govdesk.session.session import take_snapshot


def begin_next_year(last: Report, file: str = "") -> Report:
    """The next year's report: cover, what is carried over, last year's figures beside the cells. Raises UserError."""
    if last.year is None:
        raise UserError("上年年报没有写报告年度，请先在“封面与机关”填写。")
    return previous_year.begin_next_year(take_snapshot(form_reader.load_form(last.form_id), last),
                                         name_source(last, file))


def bring_last_year(now: Report, last: Report, file: str = "") -> tuple[Wanted, str]:
    """The entries that lay last year's report beside the open one, and a doubt about whose it is, “” for none. Raises
    UserError for the wrong year."""
    if reason := explain_misfit(now, last):
        raise UserError(f"没有带入：{reason}")
    wanted = previous_year.entries_from_last_year(now, take_snapshot(form_reader.load_form(last.form_id), last),
                                                  name_source(last, file))
    return wanted, previous_year.warn_other_organ(now, last)


def explain_misfit(now: Report, last: Report) -> str:
    """Why a report cannot be that of the year before another, as a sentence; “” where it can."""
    return previous_year.explain_misfit(now, last)


def name_source(last: Report, file: str = "") -> str:
    """How last year's report is named beside the figures that came from it."""
    return f"{last.cover('organ.name')}{last.cover('year')}年年报" + (f"（{file}）" if file else "")
