"""A rule that breaks off costs only itself: it is told as 未能检查, never as passed, and the edit stands. Texts with
half of a surrogate pair, which a paste may bring, break no rule at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk import cli
from govdesk.checks import Facts, Finding, State
from govdesk.checks.registry import KINDS
from govdesk.exchange import report_file
from govdesk.findings import reasons
from govdesk.form.form import Address, Check, Form, GridLine
from govdesk.printing import self_check_sheet
from govdesk.report.report import Edit, Layer, Report, edit_of
from govdesk.session.progress import compute_standing
from govdesk.session.session import Session, Snapshot, take_snapshot
from govdesk.texts import unchanged

CELL = Address("requests", "disclosed", "natural_person")
HALF = "\ud83d"


def break_rule(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    def broken(check: Check, *_: object) -> Iterator[Finding]:
        raise UnicodeEncodeError("utf-8", "密", 0, 1, "surrogates not allowed")
        yield

    monkeypatch.setitem(KINDS, kind, KINDS[kind]._replace(judge=broken))


def rules_of(form: Form, kind: str) -> set[str]:
    return {check.id for check in form.checks if check.kind == kind}


@pytest.mark.parametrize("kind", ["claims", "balance", "stock", "jump", "leftovers"])
def test_a_broken_rule_is_named_and_the_others_are_asked(
        form: Form, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    others = {f.rule for f in take_snapshot(form, cli.sample_report()).findings} - rules_of(form, kind)
    break_rule(monkeypatch, kind)
    now = take_snapshot(form, cli.sample_report())
    broken = {f.rule for f in now.findings if f.state is State.UNCHECKED}
    assert broken == rules_of(form, kind)
    assert {f.rule for f in now.findings} == others | broken
    assert not any(f.state is State.PASSED for rule in broken for f in now.of_rule(rule))
    assert "未能检查" in now.of_rule(min(broken))[0].message and "密" not in now.of_rule(min(broken))[0].message
    assert not compute_standing(now).ready and f"{len(broken)} 条规则未能检查" in compute_standing(now).line


def test_an_edit_stands_though_a_rule_breaks_off(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    break_rule(monkeypatch, "claims")
    session = Session(form, cli.sample_report())
    session.apply(session.edit("填入", [(Layer.VALUES, CELL, Decimal(16))]))
    session.apply(session.edit("填写", [(Layer.TEXTS, "problems", "新的一段。")]))
    assert session.now.report.value(CELL) == 16 and session.now.report.text("problems") == "新的一段。"


def test_the_self_check_sheet_names_a_broken_rule(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    break_rule(monkeypatch, "stock")
    sheet = self_check_sheet.make_sheet(take_snapshot(form, cli.sample_report()), datetime(2024, 1, 18), "x", "0" * 64)
    (row,) = [row for row in sheet.rows if row.rule in rules_of(form, "stock")]
    assert row.result == "未能检查" and "未能检查" in row.notes[0]
    assert "未能检查 1 条" in sheet.counts and "可以送审" not in sheet.verdict.replace("还不能送审", "")
    assert f"{row.rule}【未能检查】" in self_check_sheet.sheet_as_text(sheet)


def test_the_command_names_a_broken_rule(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    break_rule(monkeypatch, "stock")
    file = tmp_path / "a.govdesk"
    file.write_bytes(report_file.dump_report(cli.sample_report()))
    assert cli.main(["check", str(file)]) == 1
    said = capsys.readouterr()
    assert "1 条规则未能检查" in said.out and "？ 未能检查" in said.out and "Traceback" not in said.err
    assert cli.main(["check", "--json", str(file)]) == 1
    assert [f["state"] for f in json.loads(capsys.readouterr().out)["findings"]].count("unchecked") >= 1


def test_a_listener_that_raises_keeps_no_other_from_hearing(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(error))
    session = Session(form, cli.sample_report())
    heard: list[str] = []

    def bad(_: Snapshot, edit: Edit) -> None:
        raise ValueError("no")

    session.listen(bad)
    session.listen(lambda _, edit: heard.append(edit.name))
    session.apply(session.edit("填入", [(Layer.VALUES, CELL, Decimal(16))]))
    assert heard == ["填入"] and len(caught) == 1 and session.now.report.value(CELL) == 16


# -- half of a surrogate pair

def with_texts(form: Form) -> Iterator[tuple[str, Report]]:
    report = cli.sample_report()
    for text_id in form.texts:
        told = f"新收申请99件{HALF}。{report.text(text_id)}负责人{HALF}张三，XX{HALF}公众号{HALF}。"
        wanted = [(Layer.TEXTS, text_id, told), (Layer.PREVIOUS_TEXTS, text_id, told)]
        yield text_id, edit_of(report, "x", wanted).applied_to(report)


def test_no_rule_breaks_at_half_a_pair(form: Form) -> None:
    for text_id, report in with_texts(form):
        now = take_snapshot(form, report_file.load_report(report_file.dump_report(report), "x"))
        assert now.report.text(text_id) == report.text(text_id)
        assert not [f for f in now.findings if f.state is State.UNCHECKED]
        assert [s.key for s in unchanged.find_unchanged(report, text_id)]
        for finding in now.failed():
            assert all(value.isprintable() for value
                       in reasons.collect_operands(now.report, now.figures, finding).values())


def test_a_reason_for_a_finding_beside_half_a_pair_stands(form: Form) -> None:
    for _, report in with_texts(form):
        now = take_snapshot(form, report)
        for finding in [f for f in now.failed() if reasons.is_answerable(f)]:
            told = edit_of(report, "说明",
                           [reasons.entry_for_reason(report, now.figures, finding, "已核对")]).applied_to(report)
            assert reasons.is_answered(told, now.figures, finding)


def test_facts_are_given_to_each_line_by_itself(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    """One column of the cross-check breaks off: the others are checked."""
    judge = KINDS["balance"].judge

    def one_broken(check: Check, line: GridLine, facts: Facts) -> Iterator[Finding]:
        if line.id == "natural_person":
            raise ZeroDivisionError
        yield from judge(check, line, facts)

    monkeypatch.setitem(KINDS, "balance", KINDS["balance"]._replace(judge=one_broken))
    found = [f for f in take_snapshot(form, cli.sample_report()).findings if f.rule in rules_of(form, "balance")]
    assert [f.line for f in found if f.state is State.UNCHECKED] == ["natural_person"]
    assert sum(f.state is State.PASSED for f in found) == len(found) - 1 > 3
