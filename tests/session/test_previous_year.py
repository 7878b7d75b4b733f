"""This year's report begun from last year's."""

from __future__ import annotations

from decimal import Decimal

from govdesk import cli
from govdesk.checks import State
from govdesk.exchange import report_file
from govdesk.findings import reasons
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Edit, Layer, Report, build_report, edit_of
from govdesk.report.sources import IMPORT_DOUBT
from govdesk.session import previous_year
from govdesk.session.previous_year import begin_next_year, printed_figures
from govdesk.session.session import Snapshot, take_snapshot
from tests.conftest import MakeReport

OUT = "requests/carried_forward_out"
IN = Address("requests", "carried_over_in", "natural_person")
IN_FORCE = Address("proactive", "normative_documents", "in_force")


def begun(form: Form, last: Report, source: str = "") -> Snapshot:
    return take_snapshot(form, begin_next_year(take_snapshot(form, last), source))


def edited(form: Form, report: Report, wanted: previous_year.Wanted) -> tuple[Snapshot, Edit]:
    edit = edit_of(report, "带入", wanted)
    return take_snapshot(form, edit.applied_to(report)), edit


def test_the_cover_and_what_is_carried_over(form: Form, make_report: MakeReport) -> None:
    last = take_snapshot(form, make_report({f"{OUT}/natural_person": "3", f"{OUT}/other_org": "1", str(IN_FORCE): "4"}))
    now = begin_next_year(last)
    assert now.cover("year") == "2024"
    assert now.cover("organ.name") == last.report.cover("organ.name")
    assert now.cover("issued_on") == ""
    assert now.value(IN) == 3
    assert now.value(Address("requests", "carried_over_in", "other_org")) == 1
    assert now.value(IN_FORCE) == 4
    assert now.value(Address("requests", "new_requests", "natural_person")) is None
    assert not now.entries(Layer.TEXTS)


def test_what_came_from_last_year_is_marked_as_long_as_it_is_so(form: Form, make_report: MakeReport) -> None:
    now = begun(form, make_report({f"{OUT}/natural_person": "3", str(IN_FORCE): "4"}), "临江区教育局2023年年报")
    assert {IN, IN_FORCE} <= previous_year.find_carried_cells(now)
    assert Address("requests", "new_requests", "natural_person") not in previous_year.find_carried_cells(now)
    assert now.report.entry(Layer.DESK, previous_year.SOURCE_KEY) == "临江区教育局2023年年报"
    later, _ = edited(form, now.report, [(Layer.VALUES, IN, Decimal(2)), (Layer.VALUES, IN_FORCE, None)])
    assert not {IN, IN_FORCE} & previous_year.find_carried_cells(later)
    again, _ = edited(form, later.report, [(Layer.VALUES, IN, Decimal(3))])
    assert IN in previous_year.find_carried_cells(again)


def test_in_force_that_was_carried_over_is_compared(form: Form, make_report: MakeReport) -> None:
    now = begun(form, make_report({str(IN_FORCE): "4"}))
    assert [f.state for f in now.of_rule("N10")] == [State.PENDING]
    moved = [(Layer.VALUES, IN_FORCE._replace(column="issued"), Decimal(2)),
             (Layer.VALUES, IN_FORCE._replace(column="repealed"), Decimal(0))]
    after, _ = edited(form, now.report, moved)
    assert [f.message for f in after.of_rule("N10")] == [
        "表二 · 行政规范性文件：现行有效填 4，上年 4＋制发 2－废止 0＝6，相差 2"]


def test_last_years_figures_are_known_to_the_checks(form: Form, make_report: MakeReport) -> None:
    now = begun(form, make_report({f"{OUT}/natural_person": "3"}))
    states = {f.line: f.state for f in now.findings if f.rule in ("N07", "N08")}
    assert set(states.values()) == {State.PASSED}
    assert "total" in states


def test_last_years_texts_stand_beside(form: Form) -> None:
    last = cli.sample_report()
    now = begun(form, last)
    assert now.report.entry(Layer.PREVIOUS_TEXTS, "problems") == last.text("problems")
    assert now.report.text("problems") == ""


def test_last_years_texts_are_those_that_were_published(form: Form) -> None:
    sample = cli.sample_report()
    last = edit_of(sample, "", [(Layer.TEXTS, "problems", "共收到〔表三·本年新收·总计〕件")]).applied_to(sample)
    assert begun(form, last).report.entry(Layer.PREVIOUS_TEXTS, "problems") == "共收到15件"


def test_last_years_reasons_stand_beside(form: Form, make_report: MakeReport) -> None:
    last = make_report({"proactive/rules/issued": "1"})
    snap = take_snapshot(form, last)
    warned = next(f for f in snap.failed() if reasons.is_answerable(f))
    wanted = reasons.entry_for_reason(last, snap.figures, warned, "修订后重新发布，已与法制机构核对")
    now = begun(form, edit_of(last, "", [wanted]).applied_to(last))
    assert reasons.last_reason(now.report, warned) == "修订后重新发布，已与法制机构核对"


def test_the_local_deadline_comes_round(form: Form) -> None:
    last = edit_of(cli.sample_report(), "", [(Layer.DESK, "deadline", "2024-01-20")]).applied_to(cli.sample_report())
    assert begun(form, last).report.entry(Layer.DESK, "deadline") == "2025-01-20"
    odd = edit_of(last, "", [(Layer.DESK, "deadline", "2024-02-29")]).applied_to(last)
    assert begun(form, odd).report.entry(Layer.DESK, "deadline") is None


def test_a_blank_is_not_carried_over_as_0(form: Form, make_report: MakeReport) -> None:
    assert not begin_next_year(take_snapshot(form, make_report(blank=True))).entries(Layer.VALUES)


def test_the_papers_total_is_not_last_years_figure(form: Form, make_report: MakeReport) -> None:
    """The cells add up to 4 and 4 is printed; that a paper said 5 is no matter of next year's."""
    report = make_report({f"{OUT}/natural_person": "3", f"{OUT}/other_org": "1"}, stated={f"{OUT}/total": "5"})
    assert printed_figures(take_snapshot(form, report))[Address.parse(f"{OUT}/total")] == 4
    now = begun(form, report)
    assert {f.state for f in now.of_rule("N07")} == {State.PASSED}
    other, _ = edited(form, now.report, [(Layer.VALUES, IN, Decimal(2))])
    assert [f.message for f in other.of_rule("N07")] == [
        "表三 · 总计列：上年年报的结转下年度为 4，二、上年结转政府信息公开申请数量填 3，相差 1"]


def test_a_draft_already_begun_takes_last_year_and_keeps_what_is_typed(form: Form, make_report: MakeReport) -> None:
    begun_by_hand = build_report(form.id, {Layer.VALUES: {IN: Decimal(9)}})
    last = take_snapshot(form, make_report({f"{OUT}/natural_person": "3", str(IN_FORCE): "4"}))
    now, edit = edited(form, begun_by_hand, previous_year.entries_from_last_year(begun_by_hand, last, "上年的"))
    assert now.report.value(IN) == 9
    assert now.report.value(IN_FORCE) == 4
    assert "自然人列：上年年报的结转下年度为 3，二、上年结转政府信息公开申请数量填 9" in "".join(
        f.message for f in now.failed())
    assert edit.inverse().applied_to(now.report) == begun_by_hand


def test_last_year_can_be_taken_away_again_and_put_back(form: Form) -> None:
    now = begun(form, cli.sample_report(), "上年的")
    assert previous_year.has_last_year(now.report)
    after, edit = edited(form, now.report, previous_year.forget_last_year(now.report))
    assert not previous_year.has_last_year(after.report)
    assert after.report.entry(Layer.DESK, previous_year.SOURCE_KEY) is None
    assert after.report.entries(Layer.VALUES) == now.report.entries(Layer.VALUES)
    assert not previous_year.find_carried_cells(after)
    assert not [f for f in after.findings if f.rule in ("N07", "N08", "N09", "N10", "N19", "N22", "N26")]
    assert edit.inverse().applied_to(after.report) == now.report


def test_what_the_rules_ask_of_last_year(form: Form) -> None:
    names = [form.name_of(cell) for cell in previous_year.list_asked_cells(form)]
    assert "表三 · 四、结转下年度继续办理 · 自然人" in names
    assert "表二 · 行政规范性文件 · 现行有效件数" in names[:6]
    assert "表四 · 行政复议 · 尚未审结" in names
    assert len(names) == len(set(names)) < 40


def test_every_rule_that_reads_last_year_is_asked_for(form: Form) -> None:
    """With those cells known, the rules say the same as with all of last year's figures."""
    last = take_snapshot(form, cli.sample_report())
    some = {cell: value for cell, value in printed_figures(last).items() if cell
            in previous_year.list_asked_cells(form)}
    now = begun(form, cli.sample_report()).report
    values = {**dict.fromkeys(form.input_cells, Decimal(30)), **now.entries(Layer.VALUES)}
    whole = take_snapshot(form, build_report(form.id, {Layer.VALUES: values, Layer.PREVIOUS: printed_figures(last)}))
    short = take_snapshot(form, build_report(form.id, {Layer.VALUES: values, Layer.PREVIOUS: some}))
    assert [(f.rule, f.message) for f in short.findings] == [(f.rule, f.message) for f in whole.findings]


def test_it_goes_through_the_exchange_file() -> None:
    report = begin_next_year(take_snapshot(form_reader.load_form("ogi-annual-report-2021"), cli.sample_report()),
                             "样例2023年年报")
    assert report_file.load_report(report_file.dump_report(report), "x") == report


def test_a_figure_that_was_read_in_doubt_stays_in_doubt_as_last_years(make_report: MakeReport) -> None:
    out, into = (Address.parse(f"requests/{row}/natural_person") for row in ("carried_forward_out", "carried_over_in"))
    last = edit_of(make_report(), "x", [(Layer.NOTES, out, f"{IMPORT_DOUBT}修订"), (Layer.NOTES, into, "我的备注")]
                   ).applied_to(make_report())
    form = form_reader.load_form(last.form_id)
    following = previous_year.begin_next_year(take_snapshot(form, last))
    assert following.entries(Layer.NOTES) == {out: "上年数导入时存疑：修订", into: "上年数导入时存疑：修订"}
    begun = edit_of(make_report(cover={"year": "2024"}), "x", [(Layer.NOTES, into, "今年的备注")]
                    ).applied_to(make_report(cover={"year": "2024"}))
    brought = edit_of(begun, "x",
                      previous_year.entries_from_last_year(begun, take_snapshot(form, last), "")).applied_to(begun)
    assert brought.entries(Layer.NOTES) == {out: "上年数导入时存疑：修订", into: "今年的备注"}
