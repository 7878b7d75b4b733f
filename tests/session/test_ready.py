"""“可以送审”, “通过” and “相符” are promises: each test tries to make one of them lie."""

from __future__ import annotations

from datetime import datetime

import pytest

from govdesk import cli
from govdesk.base.numerals import NA, load_value
from govdesk.checks import State, select_balance_findings
from govdesk.findings import reasons
from govdesk.form.form import Address, Form
from govdesk.printing import self_check_sheet
from govdesk.report.report import Entry, Key, Layer, Report, build_report, edit_of
from govdesk.session.progress import compute_standing, list_tasks
from govdesk.session.session import Snapshot, take_snapshot

CELL = Address("requests", "disclosed", "natural_person")
Wanted = tuple[Layer, Key, Entry | None]
TEXT: tuple[Layer, Key] = (Layer.TEXTS, "overview.proactive")


def sample_with(form: Form, *wanted: Wanted) -> Snapshot:
    return take_snapshot(form, edit_of(cli.sample_report(), "", wanted).applied_to(cli.sample_report()))


def result(now: Snapshot, rule: str) -> str:
    made = self_check_sheet.make_sheet(now, datetime(2024, 1, 18), "9.9", "ab" * 32)
    return next(row.result for row in made.rows if row.rule == rule)


def test_the_sample_is_ready(form: Form) -> None:
    assert compute_standing(sample_with(form)).line == "可以送审"


@pytest.mark.parametrize("wanted", [
    (Layer.VALUES, CELL, None), (Layer.VALUES, CELL, NA), (*TEXT, None), (*TEXT, "  "), (*TEXT, "全年公开XX条。"),
    (*TEXT, "开设“XX说政策”栏目，公开信息3条。"),
    (*TEXT, "公开〔表三·没有这一格〕件。"),
    (Layer.COVER, "organ.name", None),
    (Layer.COVER, "organ.name", "XX区教育局"), (Layer.COVER, "organ.level", None), (Layer.COVER, "issued_on", None),
    (Layer.COVER, "issued_on", "2024-02-30"), (Layer.COVER, "year", "23")], ids=str)
def test_it_is_ready_no_longer(form: Form, wanted: Wanted) -> None:
    now = sample_with(form, wanted)
    assert not compute_standing(now).ready and "还不能送审" in compute_standing(now).line
    assert list_tasks(now)                                 # and there is something to lead to


def test_what_is_typed_and_not_in_the_report_keeps_it_from_being_ready(form: Form) -> None:
    assert compute_standing(sample_with(form), ("正在填写",)).line == "还不能送审：正在填写"


def test_a_place_to_fill_that_is_explained_is_none(form: Form) -> None:
    now = sample_with(form, (*TEXT, "开设“XX说政策”栏目，公开信息3条。"))
    found = next(f for f in now.failed() if f.rule == "T03")
    entry = reasons.entry_for_reason(now.report, now.figures, found, "栏目原名如此")
    assert compute_standing(take_snapshot(form,
                                          edit_of(now.report, "", [entry]).applied_to(now.report))).line == "可以送审"


def test_a_column_with_a_figure_that_does_not_apply_does_not_agree(form: Form) -> None:
    """Its sums happen to be equal without it."""
    now = sample_with(form, (Layer.VALUES, Address("requests", "refused_state_secret", "natural_person"), NA))
    states = {f.line: f.state for f in select_balance_findings(form, now.findings)}
    assert states["natural_person"] is State.PENDING and states["total"] is State.PENDING
    assert states["commercial_enterprise"] is State.PASSED


def zeros(form: Form, texts: dict[str, str] | None = None) -> Report:
    cover = {"organ.name": "临江区教育局", "organ.level": "county", "organ.kind": "organ_report", "year": "2023"}
    return build_report(form.id,
                        {Layer.COVER: dict(cover), Layer.VALUES: dict.fromkeys(form.input_cells, load_value("0")),
                                  Layer.TEXTS: dict(texts or {})})


@pytest.mark.parametrize("rule", ["N02", "N03", "N04", "N07", "N08", "N09", "N10", "N13", "N14", "N15", "N16", "N17",
                                  "N19", "N20", "N21", "N22", "N26", "T01", "T02", "T03", "T04", "T05",
                                  "T11", "T12", "T13", "T14", "T15", "T16", "T17"])
def test_a_rule_with_nothing_to_look_at_does_not_pass(form: Form, rule: str) -> None:
    """All figures are 0, no text is written, no paper and no last year is known."""
    now = take_snapshot(form, zeros(form))
    assert now.of_rule(rule) == ()
    assert result(now, rule) in ("不涉及", "未核对")


def test_nothing_is_passed_on_a_blank_report(form: Form) -> None:
    now = take_snapshot(form, build_report(form.id, {}))
    assert [f for f in now.findings if f.state is State.PASSED] == []


@pytest.mark.parametrize(("rule", "texts"), [
    ("T01", {"problems": "一是更新不及时。"}), ("N21", {"disputes.text": "本部分另附说明。"}),
    ("N13", {"problems": "一是更新不及时。"}), ("T05", {"overview.on_request": "依法办理。"}),
    ("T02", {"problems": "一是更新不及时。"})])
def test_a_text_that_says_nothing_about_it_is_no_reason_to_pass(form: Form, rule: str, texts: dict[str, str]) -> None:
    assert result(take_snapshot(form, zeros(form, texts)), rule) == "不涉及"


def test_a_number_in_a_text_beside_blanks_waits(form: Form) -> None:
    texts = {"overview.on_request": "本年收到政府信息公开申请5件。"}
    report = edit_of(zeros(form, texts), "", [(Layer.VALUES, Address("requests", "new_requests", "other_org"), None)])
    assert result(take_snapshot(form, report.applied_to(zeros(form, texts))), "T01") == "待填"


def test_no_figures_of_last_year_is_said(form: Form) -> None:
    now = sample_with(form)
    assert {rule: result(now, rule) for rule in ("N07", "N10", "N22", "N26")} == dict.fromkeys(
        ("N07", "N10", "N22", "N26"), "未核对")
