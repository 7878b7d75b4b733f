"""Last year's report: the next one begun from it, or laid beside a report. The two may be of different forms."""

from __future__ import annotations

from typing import NamedTuple

from govdesk.base.errors import UserError
from govdesk.formfile import form_reader
from govdesk.formfile.form_choice import form_after
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session import previous_year
from govdesk.session.previous_year import Wanted
from govdesk.session.session import Snapshot


def begin_next_year(last: Report, file: str = "") -> Report:
    """The next year's report: cover, what is carried over, last year's figures beside the cells. Raises UserError."""
    snap = _snapshot(last)
    form = form_after(snap.form, _year_after(last))
    return previous_year.begin_next_year(snap, name_source(last, file), form)


def describe_not_carried(last: Report) -> str:
    """What of a report has no place in the report of the next year, as a sentence; “” where all has. Raises
    UserError."""
    snap = _snapshot(last)
    return previous_year.name_not_carried(form_after(snap.form, _year_after(last)), snap)


def bring_last_year(now: Report, last: Report, file: str = "") -> tuple[Wanted, str]:
    """The entries that lay last year's report beside the open one, and what is to be said of it: that it may be another
    organ's, and what has no place here; “” for nothing. Raises UserError for a report that is not last year's."""
    if reason := explain_misfit(now, last):
        raise UserError(f"没有带入：{reason}")
    form, snap = form_reader.load_form(now.form_id), _snapshot(last)
    wanted = previous_year.entries_from_last_year(now, snap, name_source(last, file), form)
    return wanted, previous_year.warn_other_organ(now, last) + previous_year.name_not_carried(form, snap)


class LaidBeside(NamedTuple):
    """A report with last year's figures, and what is to be said of them, a sentence each."""

    report: Report
    said: tuple[str, ...]


def lay_beside(now: Report, last: Report) -> LaidBeside:
    """A report beside the figures of last year's, totals included. Raises UserError for a report that is not last
    year's."""
    if reason := explain_misfit(now, last):
        raise UserError(f"没有核对：{reason}")
    form, snap = form_reader.load_form(now.form_id), _snapshot(last)
    wanted = [(Layer.PREVIOUS, cell, None) for cell in now.entries(Layer.PREVIOUS)]
    figures = [(Layer.PREVIOUS, cell, value) for cell, value in previous_year.printed_figures(snap, form).items()]
    said = previous_year.warn_other_organ(now, last), previous_year.name_not_carried(form, snap)
    return LaidBeside(edit_of(now, "上年数", [*wanted, *figures]).applied_to(now), tuple(filter(None, said)))


def explain_misfit(now: Report, last: Report) -> str:
    """Why a report cannot be that of the year before another, as a sentence; “” where it can."""
    return previous_year.explain_misfit(now, last, form_reader.load_form(now.form_id),
                                        form_reader.load_form(last.form_id))


def name_source(last: Report, file: str = "") -> str:
    """How last year's report is named beside the figures that came from it."""
    return f"{last.cover('organ.name')}{last.cover('year')}年年报" + (f"（{file}）" if file else "")


def _year_after(last: Report) -> int:
    if last.year is None:
        raise UserError("上年年报没有写报告年度，请先在“封面与机关”填写。")
    return last.year + 1


def _snapshot(report: Report) -> Snapshot:
    """The report with its figures; no rule is asked."""
    return Snapshot(form_reader.load_form(report.form_id), report)
