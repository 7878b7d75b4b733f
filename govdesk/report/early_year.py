"""Describes a report that is begun before its year has ended, or before it has begun."""

from __future__ import annotations

import datetime

from govdesk.report.report import Report

RUNNING = "{0} 年还没有结束：可以先填，公布前把数字补到 12月31日"
NOT_BEGUN = "{0} 年还没有开始，请核对报告年度：现在要公布的是 {1} 年的年报"


def describe_running_year(report: Report, today: datetime.date) -> str:
    """Say that figures of the running year are not final; “” of any other year."""
    return RUNNING.format(report.year) if report.year == today.year else ""


def describe_future_year(report: Report, today: datetime.date) -> str:
    """Say that the report's year lies ahead; “” where it does not. Until its year ends nobody publishes a report."""
    early = report.year is not None and report.year > today.year
    return NOT_BEGUN.format(report.year, today.year) if early else ""
