"""Totals over blanks and 不适用, what a total adds up, and how far each step has come."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.base.numerals import NA, format_value
from govdesk.form.form import Address
from govdesk.report.report import Layer, build_report
from govdesk.report.totals import add_values, addends_of_total
from govdesk.session.session import take_snapshot
from govdesk.session.steps import PageKind, StepProgress, StepState, list_steps

PERSON, OTHER = "requests/disclosed/natural_person", "requests/disclosed/other_org"


def total(form, report, address: str) -> str:
    return format_value(take_snapshot(form, report).figures[Address.parse(address)])


@pytest.mark.parametrize(("values", "expected"), [
    ([], NA), (["1"], 1), (["1", "2.50"], Decimal("3.50")), (["1", None], None), ([None, "na"], None), (["na", "3"], 3),
    (["na", "na"], NA), (["0", "0"], 0)])
def test_a_sum(values, expected) -> None:
    parsed = [None if v is None else NA if v == "na" else Decimal(v) for v in values]
    assert add_values(parsed) == expected


def test_a_total_follows_its_parts(form, make_report) -> None:
    report = make_report({PERSON: "3", OTHER: "4"})
    assert total(form, report, "requests/disclosed/total") == "7"
    assert total(form, report, "requests/results_total/natural_person") == "3"
    assert total(form, report, "requests/results_total/total") == "7"
    assert total(form, report, "requests/new_requests/total") == "0"


def test_one_blank_empties_every_total_above_it_and_no_other(form, zeros) -> None:
    blank = Address.parse(PERSON)
    assert all(v is None for v in take_snapshot(form, build_report(form.id, {})).figures.values())
    report = build_report(form.id, {Layer.VALUES: {a: v for a, v in zeros.items() if a != blank}})
    missing = {str(a) for a, v in take_snapshot(form, report).figures.items() if v is None}
    assert missing == {PERSON, "requests/disclosed/total", "requests/results_total/natural_person",
                       "requests/results_total/total"}


@pytest.mark.parametrize(("address", "first", "count"), [
    ("requests/disclosed/total", "requests/disclosed/natural_person", 6),
    ("requests/results_total/other_org", "requests/disclosed/other_org", 21),
    ("requests/results_total/total", "requests/results_total/natural_person", 6),
    ("disputes/reconsideration/total", "disputes/reconsideration/upheld", 4),
    ("requests/disclosed/natural_person", "", 0)])
def test_one_step_down(form, address: str, first: str, count: int) -> None:
    parts = addends_of_total(form.grids[address.partition("/")[0]], Address.parse(address))
    assert len(parts) == count
    assert not parts or str(parts[0]) == first


def test_the_steps_are_those_of_the_form(form) -> None:
    assert [(s.id, s.name) for s in list_steps(form)] == [
        ("cover", "封面与机关"), ("preamble", "前言"), ("overview", "一、总体情况"), ("proactive", "二、主动公开"),
        ("requests", "三、依申请公开"), ("disputes", "四、复议与诉讼"), ("problems", "五、问题与改进"),
        ("other_matters", "六、其他事项"), ("review", "核对"), ("export", "导出")]
    pages = {s.id: [(p.kind, p.item) for p in s.pages] for s in list_steps(form)}
    assert pages["requests"] == [(PageKind.GRID, "requests"), (PageKind.TEXT, "requests.text")]
    assert [item for _, item in pages["overview"]] == [t for t in form.texts if t.startswith("overview.")]


def test_a_new_report_is_empty_everywhere(form) -> None:
    states = take_snapshot(form, build_report(form.id, {})).states
    assert {s.progress for s in states.values()} == {StepProgress.EMPTY}
    assert states["requests"] == StepState(StepProgress.EMPTY, 0, 144, 0)
    assert states["overview"].wanted == 5


def test_how_far_a_step_has_come(form, make_report) -> None:
    def state(step: str, **given) -> StepState:
        return take_snapshot(form, make_report(**given)).states[step]

    assert state("cover") == StepState(StepProgress.COMPLETE, 5, 5, 0)
    assert state("cover", cover={"issued_on": " "}).progress is StepProgress.PARTIAL
    assert state("requests") == StepState(StepProgress.COMPLETE, 144, 144, 0)
    assert state("requests", values={PERSON: "1"}).progress is StepProgress.PROBLEM
    assert state("requests", blank=True, values={PERSON: "1"}) == StepState(StepProgress.PARTIAL, 1, 144, 0)
    assert state("problems", texts={"problems": "一、…"}).progress is StepProgress.COMPLETE
    assert state("overview", texts={"overview.platform": "…"}) == StepState(StepProgress.PARTIAL, 1, 5, 0)
    assert state("preamble", texts={"preamble": " \n"}).progress is StepProgress.EMPTY


def test_a_hint_is_no_problem(form, make_report) -> None:
    snap = take_snapshot(form, make_report({"disputes/litigation_direct/upheld": "1"}, cover={"year": "2024",
    "issued_on": "2025-01-18"}))
    assert {f.rule for f in snap.failed()} == {"N18"}
    assert snap.states["disputes"].progress is StepProgress.COMPLETE
