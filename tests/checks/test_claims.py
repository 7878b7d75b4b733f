"""Numbers in texts against the tables: every lawful reading is let be, what none bears out is marked."""

from __future__ import annotations

from decimal import Decimal

from govdesk import cli
from govdesk.base.numerals import load_value
from govdesk.checks import Facts, Severity
from govdesk.checks.readings import Doubt, claim_reader_for, find_claimed_numbers, find_doubts
from govdesk.findings import reasons
from govdesk.form.form import Form
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import Snapshot, take_snapshot
from govdesk.texts.cell_sums import known
from tests.checks.sentence_files import sentences, table


def report_with(form: Form, case: dict) -> Report:
    text_id = case.get("text", "overview.on_request")
    wanted = [(Layer.TEXTS, other, "") for other in form.texts]
    wanted += [(Layer.TEXTS, text_id, case["says"]), (Layer.COVER, "organ.kind", case.get("kind", "organ_report"))]
    for layer, given in ((Layer.VALUES, case.get("table", {})), (Layer.PREVIOUS, case.get("previous", {}))):
        wanted += [(layer, form.said[name][0], load_value(figure)) for name, figure in given.items()]
    return edit_of(cli.sample_report(), "", wanted).applied_to(cli.sample_report())


def doubts_of(snap: Snapshot, text_id: str) -> tuple[Doubt, ...]:
    check = next(c for c in snap.form.checks if c.id == "T01")
    return find_doubts(check, Facts(snap.form, snap.report, snap.figures, {}), text_id)


@sentences("t01-claims.toml")
def test_claims(form: Form, case: dict) -> None:
    check_sentence(form, case)


@sentences("t01-readings.toml")
def test_every_reading(form: Form, case: dict) -> None:
    check_sentence(form, case)


def test_every_claim_of_the_form_has_a_wrong_sentence_and_every_reading_a_right_one(form: Form) -> None:
    """Right by this reading alone, so that the reading is what the sentence proves."""
    check = next(c for c in form.checks if c.id == "T01")
    borne_out, wrong = set(), set()
    for case in (*table("t01-claims.toml"), *table("t01-readings.toml")):
        snap, text_id = take_snapshot(form, report_with(form, case)), case.get("text", "overview.on_request")
        wrong |= {doubt.claim.ids[0] if doubt.claim.kind == "count" else doubt.claim.kind
                  for doubt in doubts_of(snap, text_id)}
        facts = Facts(form, snap.report, snap.figures, {text_id: snap.report.text(text_id)})
        doubtful = {doubt.claim for doubt in doubts_of(snap, text_id)}
        for told in find_claimed_numbers(check, facts, text_id):
            held = [r for r in told.readings if r.value == told.claim.number]
            if told.claim not in doubtful and not told.claim.columns and len(held) == 1:
                borne_out.add((told.claim.ids[0], held[0].name))
    claims = check.tables("claims")
    expected = {(c["id"], known(form, e).name) for c in claims
                for e in (*c["readings"], *c.get("weak", ()), *(b["reading"] for b in c.get("beside", ())))}
    assert sorted(expected - borne_out) == []
    assert {*(c["id"] for c in claims), "rate", "channels"} - wrong == set()


def test_every_result_is_held_against_the_columns_of_its_own_row(form: Form) -> None:
    check = next(c for c in form.checks if c.id == "T01")
    rows = {c["id"] for c in check.tables("claims") if c["readings"][0].startswith("requests/") and c["id"] not in (
        "received", "received_and_handled", "not_received", "carried")}
    tried = set()
    alone = [{"says": f"{says}。"} for says in ("不予公开1件", "不予处理0件", "予以公开和部分公开6件", "其他情形14件",
                                               "上年结转9件")]
    for case in (*table("t01-claims.toml"), *table("t01-readings.toml"), *alone):
        read = claim_reader_for(check).read(case["says"], 2023, case.get("text", "overview.on_request")).claims
        if "其中" in case["says"] or len(read) != 1 or read[0].ids[0] not in rows:
            continue
        divided = {**case, "says": case["says"].rstrip("。") + "，其中自然人9999件。"}
        found = doubts_of(take_snapshot(form, report_with(form, divided)), case.get("text", "overview.on_request"))
        assert [d.claim.number for d in found][-1:] == [9999], divided["says"]
        assert all(cell.column != "total" for r in found[-1].readings for cell in r.cells)
        tried.add(read[0].ids[0])
    assert tried == rows


def check_sentence(form: Form, case: dict) -> None:
    snap = take_snapshot(form, report_with(form, case))
    found = doubts_of(snap, case.get("text", "overview.on_request"))
    assert [case["says"][d.start:d.end] for d in found] == case["wrong"], [d.readings for d in found]
    assert len([f for f in snap.failed() if f.rule == "T01" and f.severity is not Severity.HINT]) == len(case["wrong"])


def test_the_sentence_and_what_the_table_says(form: Form) -> None:
    snap = take_snapshot(form, report_with(form, {"says": "全年收到政府信息公开申请23件。", "wrong": []}))
    (found,) = [f for f in snap.failed() if f.rule == "T01"]
    assert found.message == ("（二）依申请公开写“收到政府信息公开申请23件”，"
                             "而表三本年新收为 15，也不等于本年新收＋上年结转 24，请核实")
    (doubt,) = doubts_of(snap, "overview.on_request")
    assert [(r.value, r.token) for r in doubt.readings] == [
        (Decimal(15), "〔表三·本年新收·总计〕"), (Decimal(24), "〔表三·本年新收·总计＋表三·上年结转·总计〕")]


def test_nothing_is_said_while_a_cell_is_blank(form: Form, make_report) -> None:
    report = make_report(blank=True, texts={"overview.on_request": "收到政府信息公开申请23件，部分公开6件。"})
    assert [f for f in take_snapshot(form, report).failed() if f.rule == "T01"] == []


def test_places_are_those_of_the_text_with_tokens(form: Form) -> None:
    says = "新收〔表三·本年新收·总计〕件，部分公开6件。"
    (doubt,) = doubts_of(take_snapshot(form, report_with(form, {"says": says})), "overview.on_request")
    assert says[doubt.start:doubt.end] == "6"


def test_an_answer_stands_as_long_as_sentence_and_figures_do(form: Form) -> None:
    def failed(report: Report) -> list:
        snap = take_snapshot(form, report)
        return [f for f in snap.failed() if f.rule == "T01" and not reasons.is_answered(report, snap.figures, f)]

    report = report_with(form, {"says": "部分公开6件。"})
    (found,) = failed(report)
    answered = edit_of(report, "",
                       [reasons.entry_for_reason(report, take_snapshot(form, report).figures, found, "口径不同")])
    report = answered.applied_to(report)
    assert failed(report) == []
    more = edit_of(report, "", [(Layer.TEXTS, "overview.on_request", "部分公开6件。另起一句。")]).applied_to(report)
    assert failed(more) == []
    other = edit_of(report, "", [(Layer.TEXTS, "overview.on_request", "部分公开7件。")]).applied_to(report)
    assert len(failed(other)) == 1
    cell = form.said["表三·部分公开·自然人"][0]
    moved = edit_of(report, "", [(Layer.VALUES, cell, Decimal(8))]).applied_to(report)
    assert len(failed(moved)) == 1
