"""What a clerk writes beside the tables: sentences at which a rule must speak, and more at which it must not."""

from __future__ import annotations

import pytest

from govdesk.checks import Finding, State
from govdesk.report.report import Report
from govdesk.session.session import take_snapshot
from tests.checks.sentence_files import sentences

CELLS = {"行政复议": "disputes/reconsideration/upheld", "直接起诉": "disputes/litigation_direct/upheld",
         "复议后起诉": "disputes/litigation_after_reconsideration/upheld"}
FEES = "proactive/administrative_fees/amount_wan_yuan"
CARRIED = {"requests/new_requests/natural_person": "1", "requests/carried_forward_out/natural_person": "1"}


def failed(form, report: Report, rule: str) -> list[Finding]:
    return [f for f in take_snapshot(form, report).failed() if f.rule == rule]


@sentences("n21-disputes.toml")
def test_disputes(form, make_report, case) -> None:
    values = {CELLS[kind]: str(count) for kind, count in case.get("table", {}).items()}
    found = failed(form, make_report(values, texts={"disputes.text": case["says"]}), "N21")
    names = {"reconsideration": "行政复议", "litigation": "行政诉讼", "litigation_direct": "未经复议直接起诉",
             "litigation_after_reconsideration": "复议后起诉"}
    assert sorted(names[f.line] for f in found) == sorted(case["wrong"]), [f.message for f in found]


@sentences("n16-fees.toml")
def test_fees(form, make_report, case) -> None:
    texts = {"other_matters": case["says"], "overview.on_request": case.get("elsewhere", "")}
    found = failed(form, make_report({FEES: case["fees"]}, texts=texts), "N16")
    assert len(found) == case["wrong"], [f.message for f in found]


@sentences("n17-carried-forward.toml")
def test_carried_forward(form, make_report, case) -> None:
    found = failed(form, make_report(CARRIED, texts={"overview.on_request": case["says"]}), "N17")
    assert len(found) == case["wrong"], [f.message for f in found]


@pytest.mark.parametrize("rule", ["N16", "N17", "N21"])
def test_nothing_is_said_about_a_text_that_is_not_there(form, make_report, rule) -> None:
    assert failed(form, make_report({FEES: "2", **CARRIED, CELLS["行政复议"]: "1"}), rule) == []


def test_a_quote_is_the_clerks_own_words(form, make_report) -> None:
    (found,) = failed(form, make_report(texts={"disputes.text": "行政复议３ 件"}), "N21")
    assert "“行政复议３ 件”" in found.message
    assert found.state is State.FAILED
    assert found.addresses == ("disputes.text", "disputes/reconsideration/total")
