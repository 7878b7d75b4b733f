"""A report of 2020, of the form before, as last year's of one of 2021; and reports that are no last year's at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.base.errors import UserError
from govdesk.drafts import last_year
from govdesk.drafts.new_report import begin_report_of
from govdesk.exchange import report_file
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Key, Layer, Report, edit_of
from govdesk.session.session import take_snapshot
from tests.conftest import MakeReport

OLD = form_reader.load_form("ogi-annual-report-2019")
FORWARD = "requests/carried_forward_out"


def report_of_2020(**figures: str) -> Report:
    """0 everywhere but for a few figures, by address with two underscores for a stroke."""
    given = {Address.parse(at.replace("__", "/")): Decimal(value) for at, value in figures.items()}
    values = dict.fromkeys(OLD.input_cells, Decimal(0)) | given
    begun = begin_report_of(2020)
    cover: list[tuple[Layer, Key, str]] = [(Layer.COVER, "organ.name", "临江区人民政府办公室"),
                                           (Layer.COVER, "organ.level", "county"),
                                           (Layer.TEXTS, "problems", "上年的问题。")]
    return edit_of(begun, "", [*cover, *((Layer.VALUES, a, v) for a, v in values.items())]).applied_to(begun)


LAST = report_of_2020(requests__carried_forward_out__natural_person="3", requests__other_handling__natural_person="4",
                      proactive__rules__made="5", proactive__administrative_penalty__decisions="538",
                      proactive__administrative_penalty__change="-18")


def test_a_new_report_of_2020_has_the_form_of_that_year() -> None:
    assert (LAST.form_id, LAST.year, LAST.cover("organ.kind")) == ("ogi-annual-report-2019", 2020, "organ_report")
    assert begin_report_of(2021).form_id == "ogi-annual-report-2021"


def test_the_report_of_2021_is_one_of_the_new_form_with_what_has_a_place_there() -> None:
    begun = last_year.begin_next_year(LAST, "去年.govdesk")
    assert (begun.form_id, begun.year) == ("ogi-annual-report-2021", 2021)
    assert begun.cover("organ.level") == "county"
    assert begun.value(Address.parse("requests/carried_over_in/natural_person")) == 3
    assert begun.previous(Address.parse(f"{FORWARD}/total")) == 3
    assert begun.previous(Address.parse("proactive/administrative_penalty/decisions")) == 538
    assert begun.previous(Address.parse("requests/results_total/total")) == 4
    assert begun.entry(Layer.PREVIOUS_TEXTS, "problems") == "上年的问题。"
    form = form_reader.load_form(begun.form_id)
    assert {key for layer in (Layer.VALUES, Layer.PREVIOUS, Layer.NOTES) for key in begun.entries(layer)} <= form.cells
    assert not [key for layer in (Layer.VALUES, Layer.PREVIOUS) for key in begun.entries(layer)
                if isinstance(key, Address) and key.row in ("other_misc", "rules", "normative_documents")]
    assert report_file.load_report(report_file.dump_report(begun), "x") == begun
    assert last_year.begin_next_year(report_of_2020()).form_id == "ogi-annual-report-2021"


def test_what_has_no_place_is_said_by_name() -> None:
    said = last_year.describe_not_carried(LAST)
    assert said.startswith("上年年报用的是2019年试行格式，其中这些数在这份年报的格式里没有对应的格，没有带入：")
    assert "没有带入：表二的规章、规范性文件、" in said
    assert "行政处罚（上一年项目数量、本年增/减）" in said
    assert said.endswith("；表三的（六）其他处理。")


def test_nothing_is_said_within_a_form(make_report: MakeReport) -> None:
    assert last_year.describe_not_carried(make_report()) == ""
    assert last_year.begin_next_year(make_report()).form_id == "ogi-annual-report-2021"


def test_it_is_laid_beside_a_report_of_2021(make_report: MakeReport) -> None:
    now = make_report(cover={"year": "2021"})
    wanted, said = last_year.bring_last_year(now, LAST)
    laid = edit_of(now, "", wanted).applied_to(now)
    assert laid.previous(Address.parse(f"{FORWARD}/natural_person")) == 3
    assert "没有带入：表二的规章" in said
    beside = last_year.lay_beside(now, LAST)
    found = take_snapshot(form_reader.load_form(now.form_id), beside.report)
    assert [f.message for f in found.of_rule("N07") if f.state.value == "failed"] == [
        "表三 · 总计列：上年年报的结转下年度为 3，二、上年结转政府信息公开申请数量填 0，相差 3"]
    assert beside.said == (said,)


@pytest.mark.parametrize("year", ["2020", "2022", "2023"])
def test_the_wrong_year_is_said_before_the_form(make_report: MakeReport, year: str) -> None:
    assert last_year.explain_misfit(make_report(cover={"year": year}), LAST) == (
        f"这是2020年度的年报，不是{year}年度的上一年，请另选{int(year) - 1}年度的年报。")


def test_a_form_that_does_not_lead_to_this_one_is_refused_by_name(make_report: MakeReport) -> None:
    """What follows goes one way only."""
    newer = make_report(cover={"year": "2019"})
    with pytest.raises(UserError) as refused:
        last_year.lay_beside(LAST, newer)
    assert "上年的那份用的是《中华人民共和国政府信息公开工作年度报告格式》" in str(refused.value)
    assert "这份用的是《中华人民共和国政府信息公开工作年度报告格式（试行）》，两种表式不衔接" in str(refused.value)
    with pytest.raises(UserError, match=r"没有带入：.*不衔接"):
        last_year.bring_last_year(LAST, newer)


def test_a_level_that_the_next_form_has_not_is_left_to_be_chosen() -> None:
    odd = edit_of(LAST, "", [(Layer.COVER, "organ.level", "village")]).applied_to(LAST)
    begun = last_year.begin_next_year(odd)
    assert begun.cover("organ.level") == ""
    assert begun.cover("organ.kind") == "organ_report"
