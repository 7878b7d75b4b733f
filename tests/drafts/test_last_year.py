"""Last year's report beside this one, and what a report still lacks."""

from __future__ import annotations

import pytest

from govdesk.base.errors import UserError
from govdesk.drafts.last_year import begin_next_year, bring_last_year, name_source
from govdesk.drafts.outstanding import count_outstanding_of
from tests.conftest import MakeReport


def test_blanks_and_problems_are_counted_as_the_list_says_them(make_report: MakeReport) -> None:
    assert count_outstanding_of(make_report()).blanks == 0
    wrong = count_outstanding_of(make_report({"requests/new_requests/natural_person": "3"}))
    assert wrong.problems


def test_last_year_s_report_is_brought_and_named(make_report: MakeReport) -> None:
    last, now = make_report(cover={"year": "2022"}), make_report()
    wanted, doubt = bring_last_year(now, last, "去年.govdesk")
    assert wanted and not doubt
    assert name_source(last, "去年.govdesk") == "临江区人民政府办公室2022年年报（去年.govdesk）"
    assert begin_next_year(last).cover("year") == "2023"


def test_the_wrong_year_is_refused_and_another_organ_is_doubted(make_report: MakeReport) -> None:
    with pytest.raises(UserError, match="没有带入"):
        bring_last_year(make_report(), make_report(cover={"year": "2020"}))
    with pytest.raises(UserError, match="没有写报告年度"):
        begin_next_year(make_report(cover={"year": ""}))
    other = make_report(cover={"year": "2022", "organ.name": "青山县教育局"})
    assert bring_last_year(make_report(), other)[1]
