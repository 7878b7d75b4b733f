"""Warnings answered with a reason: how long an answer stands, what cannot be answered, what a foreign file may hold."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk import cli
from govdesk.checks import Finding, State
from govdesk.exchange import report_file
from govdesk.findings import reasons
from govdesk.form.form import Address, Form
from govdesk.report.report import Layer, Report, build_report
from govdesk.session.progress import compute_standing
from govdesk.session.session import Session, take_snapshot

STOCK = Address("proactive", "normative_documents", "in_force")
OTHER = Address("disputes", "reconsideration", "upheld")
KEY = "N10/normative_documents"
REASONS = Path(__file__).resolve().parent / "reasons.toml"
REASON = "机构合并，移交规范性文件3件"


@pytest.fixture
def session(form: Form, zeros: dict, make_report) -> Session:        # type: ignore[no-untyped-def, type-arg]
    """In force 12; last year's figures say 9: N10 asks."""
    report = make_report({str(STOCK): "12"})
    layers = {layer: dict(entries) for layer, entries in report.layers.items()}
    return Session(form, build_report(form.id, {**layers, Layer.PREVIOUS: {STOCK: Decimal(9)}}))


def asked(session: Session) -> Finding:
    return next(f for f in session.now.of_rule("N10") if f.state is State.FAILED)


def answer(session: Session, reason: str) -> None:
    now = session.now
    session.apply(session.edit("说明理由", [reasons.entry_for_reason(now.report, now.figures, asked(session), reason)]))


def stands(session: Session) -> bool:
    return reasons.is_answered(session.now.report, session.now.figures, asked(session))


def test_an_answer_stands_until_its_operands_change(session: Session) -> None:
    answer(session, f"  {REASON} ")
    assert stands(session)
    assert reasons.key_of_finding(asked(session)) == KEY
    kept = reasons.answer_to(session.now.report, KEY)
    assert kept is not None
    assert kept.reason == REASON
    assert kept.operands == {str(STOCK): "12", "proactive/normative_documents/issued": "0",
                             "proactive/normative_documents/repealed": "0", "上年现行有效件数": "9"}
    session.apply(session.edit("填入", [(Layer.VALUES, OTHER, Decimal(1))]))
    assert stands(session)
    session.apply(session.edit("填入", [(Layer.VALUES, STOCK, Decimal(13))]))
    assert not stands(session)
    session.apply(session.edit("填入", [(Layer.VALUES, STOCK, Decimal(12))]))
    assert stands(session)
    session.apply(session.edit("上年数", [(Layer.PREVIOUS, STOCK, Decimal(8))]))
    assert not stands(session)


def test_last_years_report_may_be_the_one_that_is_wrong(form: Form, make_report,    # type: ignore[no-untyped-def]
                                                        tmp_path: Path,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    """A published pair: 103 carried out, 77 carried in. 必须改正 until a reason says which of the two is wrong."""
    report = make_report({"requests/carried_over_in/natural_person": "77",
                          "requests/disclosed/natural_person": "77"})
    last = {Address("requests", "carried_forward_out", "total"): Decimal(103)}
    session = Session(form, build_report(form.id, {**report.layers, Layer.PREVIOUS: last}))
    file = tmp_path / "x.govdesk"

    def check() -> tuple[int, str]:
        file.write_bytes(report_file.dump_report(session.now.report))
        return cli.main(["check", str(file)]), capsys.readouterr().out

    found = next(f for f in session.now.of_rule("N07") if f.state is State.FAILED)
    code, said = check()
    assert code == 1 and "必须改正　表三 · 总计列：上年年报的结转下年度为 103" in said
    assert compute_standing(session.now).off == 1
    now = session.now
    reason = reasons.entry_for_reason(now.report, now.figures, found, "上年年报把26件办结的计入结转")
    session.apply(session.edit("说明理由", [reason]))
    code, said = check()
    assert code == 0 and "已说明　表三 · 总计列：上年年报的结转下年度为 103" in said
    assert compute_standing(session.now).off == 0
    session.apply(session.edit("填入", [(Layer.VALUES, Address.parse("requests/carried_over_in/natural_person"),
                                         Decimal(78))]))
    assert compute_standing(session.now).off > 0                   # the reason was for 77


def test_a_text_that_changes_asks_again(form: Form, make_report) -> None:      # type: ignore[no-untyped-def]
    report = make_report({"requests/new_requests/natural_person": "1", "requests/carried_forward_out/natural_person":
                          "1"}, texts={"requests.text": "收到的申请已全部办结。"})
    session = Session(form, report)
    found = next(f for f in session.now.failed() if f.rule == "N17")
    now = session.now
    session.apply(session.edit("说明理由",
                               [reasons.entry_for_reason(now.report, now.figures, found, "指上年结转的申请")]))
    assert reasons.is_answered(session.now.report, session.now.figures, found)
    session.apply(session.edit("改写", [(Layer.TEXTS, "requests.text", "今年收到的申请已全部办结。")]))
    again = next(f for f in session.now.failed() if f.rule == "N17")
    assert not reasons.is_answered(session.now.report, session.now.figures, again)


def test_an_empty_reason_takes_the_answer_back(session: Session) -> None:
    answer(session, REASON)
    answer(session, " ")
    assert not stands(session)
    assert session.now.report.entries(Layer.ANSWERS) == {}


def test_an_error_cannot_be_answered_away(form: Form, make_report) -> None:    # type: ignore[no-untyped-def]
    snap = take_snapshot(form, make_report({"requests/new_requests/natural_person": "1"}))
    error = snap.failed()[0]
    assert not reasons.is_answerable(error)
    with pytest.raises(ValueError, match="N01/natural_person"):
        reasons.entry_for_reason(snap.report, snap.figures, error, REASON)


def test_a_reason_of_ten_thousand_characters_is_kept_out_with_a_sentence(session: Session) -> None:
    assert reasons.find_reason_fault("甲" * 10_000) == "理由有 10000 字，最多 500 字，请只写要点。原来的内容没有改动。"
    assert reasons.find_reason_fault("甲" * 500) == ""
    with pytest.raises(ValueError, match="N10"):
        reasons.entry_for_reason(session.now.report, session.now.figures, asked(session), "甲" * 10_000)


@pytest.mark.parametrize("entry", [
    "", "x", "[]", "{}", '{"reason": 1, "operands": {}}', '{"reason": "", "operands": {}}',
    '{"reason": "a", "operands": []}'])
def test_what_is_no_answer_answers_nothing(form: Form, entry: str) -> None:
    report = build_report(form.id, {Layer.ANSWERS: {KEY: entry}})
    assert reasons.answer_to(report, KEY) is None
    assert reasons.answers_of(report) == {}


def test_last_years_reason_is_offered_first(session: Session) -> None:
    answer(session, REASON)
    kept = reasons.answers_of(session.now.report)
    assert kept == {KEY: REASON}
    session.apply(session.edit("上年理由", [(Layer.PREVIOUS_ANSWERS, KEY, REASON)]))
    offered = reasons.offer_reasons(session.form, session.now.report, asked(session))
    assert offered[0] == REASON
    assert len(set(offered)) == len(offered) > 1


def test_an_answer_goes_through_the_exchange_file(session: Session) -> None:
    answer(session, REASON)
    again: Report = report_file.load_report(report_file.dump_report(session.now.report), "x")
    assert reasons.answer_to(again, KEY) == reasons.answer_to(session.now.report, KEY)


def test_a_reason_that_says_nothing_is_known_by_the_whole_of_it(form: Form) -> None:
    listed = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    for bare in (*listed["say_nothing"], "真实无误" * 125):
        assert reasons.is_bare(form, bare), bare
    for reason in (*listed["say_why"], *(reason for check in form.checks for reason in check.reasons)):
        assert not reasons.is_bare(form, reason), reason


def test_a_reason_with_what_it_rests_on_says_why(form: Form, session: Session) -> None:
    offered = reasons.list_grounds(form, session.now.report, asked(session))
    assert offered[:2] == ("部分文件有效期届满自动失效，未计入本年废止", "按清理结果调整，已与司法行政部门核对一致")
    assert "凭据是台账，已逐件核对" in offered
    for ground in offered:
        assert not reasons.is_bare(form, reasons.join_ground("真实无误。", ground))
    assert reasons.join_ground(" 真实无误。 ", "凭据是台账，已逐件核对") == "真实无误；凭据是台账，已逐件核对"
    assert reasons.join_ground("……", "凭据是台账，已逐件核对") == "凭据是台账，已逐件核对"


def test_what_waits_for_its_ground_is_kept_and_answers_nothing(session: Session) -> None:
    session.apply(session.edit("说明理由", [reasons.entry_for_unfounded(asked(session), "真实无误")]))
    assert not stands(session)
    kept = reasons.answer_to(session.now.report, KEY)
    assert kept is not None and kept.reason == "真实无误" and reasons.awaits_ground(kept)
    again: Report = report_file.load_report(report_file.dump_report(session.now.report), "x")
    assert reasons.answer_to(again, KEY) == kept


def test_a_bare_reason_that_comes_in_a_file_stands(session: Session) -> None:
    """It is data: what was handed in elsewhere is not judged anew. Next year it is not offered as a reason."""
    answer(session, "真实无误")
    again: Report = report_file.load_report(report_file.dump_report(session.now.report), "x")
    assert reasons.is_answered(again, session.now.figures, asked(session))
    session.apply(session.edit("上年理由", [(Layer.PREVIOUS_ANSWERS, KEY, "真实无误")]))
    assert "真实无误" not in reasons.offer_reasons(session.form, session.now.report, asked(session))


def test_every_warning_and_hint_offers_reasons(form: Form) -> None:
    for check in form.checks:
        assert check.severity == "error" or len(check.reasons) >= 2, check.id


def test_a_reason_for_one_gap_is_none_for_the_next(form: Form, zeros: dict, make_report) -> None:  # type: ignore[no-untyped-def, type-arg]
    """T03: the words that were answered may stay while the text grows; other words are asked about."""
    def left(text: str) -> list[Finding]:
        session.apply(session.edit("填写", [(Layer.TEXTS, "overview.proactive", text)]))
        now = session.now
        return [f for f in now.of_rule("T03") if f.state is State.FAILED
                and not reasons.is_answered(now.report, now.figures, f)]

    session = Session(form, make_report({}))
    (gap,) = left("公开目录中的XX类信息30条。")
    now = session.now
    session.apply(session.edit("说明理由",
                               [reasons.entry_for_reason(now.report, now.figures, gap, "目录中的类名就是如此")]))
    assert left("公开目录中的XX类信息30条。另有解读5条。") == []
    assert [f.message for f in left("公开目录中的信息□条。")]
