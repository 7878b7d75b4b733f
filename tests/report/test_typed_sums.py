"""Adding-machine cells: what a sum comes to, which sums are refused and why, and when a tape is shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.base.numerals import NumeralError, format_value
from govdesk.exchange import report_file
from govdesk.form.form import Address, Form
from govdesk.report import sources, typed_sums
from govdesk.report.report import Layer
from govdesk.session.session import Session
from tests.conftest import MakeReport

CELL = Address("requests", "new_requests", "natural_person")

SUMS = {
    "12+3+5": ("20", "12+3+5"), "12＋3＋５": ("20", "12+3+5"), " 12 + 3 ": ("15", "12+3"), "=1+1": ("2", "1+1"),
    "＝1＋1": ("2", "1+1"), "+5+6": ("11", "5+6"), "12件+3件": ("15", "12+3"), "1,234+5": ("1239", "1234+5"),
    "20+5-3": ("22", "20+5-3"), "=20-3": ("17", "20-3"), "0+0": ("0", "0+0"), "12.0+3": ("15", "12+3"),
    "+".join(["1"] * 500): ("500", "+".join(["1"] * 500)),
}
PLAIN = {"5": "5", "=5": "5", "+5": "5", "１２": "12", "12.0": "12", "1,234": "1234", "1，234": "1234", "12件": "12"}
REFUSED = {
    "12++3": "前后都要有数", "12+": "前后都要有数", "12+3+": "前后都要有数", "++": "前后都要有数", "=": "还没有数",
    "20-3": "=20-3", "2024-01-18": "不是数字", "5+3-9": "-1", "1.5+1.5": "整数", "1e9": "科学记数法",
    "1E+09": "科学记数法", "=SUM(A1:B2)": "公式", "=A1+B2": "公式", "2000万": "写出全部数字", "十二": "阿拉伯数字",
    "####": "列太窄", "5+/": "不能相加", "999999999999+1": "12 位", "+".join(["1"] * 1001): "1000 个数",
    "1+" * 100_000: "1000 个数", "5+三": "阿拉伯数字",
}


@pytest.mark.parametrize(("typed", "found"), SUMS.items(), ids=lambda text: str(text)[:20])
def test_a_sum_enters_its_total_and_keeps_its_tape(typed: str, found: tuple[str, str]) -> None:
    entered = typed_sums.parse_entry(typed, whole=True)
    assert (format_value(entered.value), entered.tape) == found
    assert typed_sums.parse_entry(entered.tape if "-" not in entered.tape else f"={entered.tape}",
                                  whole=True) == entered


@pytest.mark.parametrize(("typed", "value"), PLAIN.items())
def test_a_plain_number_has_no_tape(typed: str, value: str) -> None:
    entered = typed_sums.parse_entry(typed, whole=True)
    assert (format_value(entered.value), entered.tape) == (value, "")


@pytest.mark.parametrize(("typed", "reason"), REFUSED.items(), ids=lambda text: text[:20])
def test_what_is_no_sum_is_kept_out_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(NumeralError) as refused:
        typed_sums.parse_entry(typed, whole=True)
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 80


def test_amounts_keep_their_decimals() -> None:
    entered = typed_sums.parse_entry("1.50+2", whole=False)
    assert (format_value(entered.value), entered.tape) == ("3.50", "1.50+2")


def test_what_was_understood_is_said_where_it_is_not_plain_to_see() -> None:
    said = {typed: typed_sums.describe_understood(typed, typed_sums.parse_entry(typed, whole=True))
            for typed in ("12", "１２", " 12 ", "12件", "1,234", "12.0", "/", "12+3", "")}
    assert said == {"12": "", "１２": "", " 12 ": "", "": "", "12件": "“12件”按12填入", "1,234": "“1,234”按1234填入",
                    "12.0": "“12.0”按12填入", "/": "“/”按不适用填入", "12+3": "12+3＝15"}


def session(form: Form, make_report: MakeReport) -> Session:
    made = Session(form, make_report())
    made.apply(made.edit("填入", [(Layer.VALUES, CELL, Decimal(20)), (Layer.TAPES, CELL, "12+3+5")]))
    return made


def test_a_figure_that_comes_alone_takes_the_tape_away_and_undo_brings_it_back(
        form: Form, make_report: MakeReport) -> None:
    open_report = session(form, make_report)
    edit = open_report.edit("填入", [(Layer.VALUES, CELL, Decimal(7))])
    open_report.apply(edit)
    assert open_report.now.report.entry(Layer.TAPES, CELL) is None
    open_report.apply(edit.inverse())
    assert typed_sums.tape_of(open_report.now.report, CELL) == "12+3+5"


def test_the_same_figure_typed_plainly_drops_the_tape(form: Form, make_report: MakeReport) -> None:
    open_report = session(form, make_report)
    open_report.apply(open_report.edit("填入", [(Layer.VALUES, CELL, Decimal(20))]))
    assert typed_sums.tape_of(open_report.now.report, CELL) == ""


def test_clearing_and_filling_with_zero_drop_it(form: Form, make_report: MakeReport) -> None:
    open_report = session(form, make_report)
    open_report.apply(open_report.edit("清空", [(Layer.VALUES, CELL, None)]))
    assert open_report.now.report.entry(Layer.TAPES, CELL) is None
    open_report.apply(open_report.fill_blanks("requests"))
    assert typed_sums.tape_of(open_report.now.report, CELL) == ""


@pytest.mark.parametrize("tape", ["12+3", "abc", "+" * 100_000, "=cmd()"])
def test_a_tape_of_another_program_that_does_not_add_up_is_not_shown(
        form: Form, make_report: MakeReport, tape: str) -> None:
    open_report = session(form, make_report)
    open_report.apply(open_report.edit("外来", [(Layer.TAPES, CELL, tape)]))
    assert typed_sums.tape_of(open_report.now.report, CELL) == ""


def test_tape_note_and_source_go_through_the_exchange_file(form: Form, make_report: MakeReport) -> None:
    open_report = session(form, make_report)
    open_report.apply(open_report.edit("来源", [(Layer.SOURCES, CELL, "办公室收文台账"), (Layer.NOTES, CELL, "已核")]))
    again = report_file.load_report(report_file.dump_report(open_report.now.report), "表")
    assert sources.describe_sources(again, CELL) == ["相加：12 +3 +5", "来源：办公室收文台账", "备注：已核"]


def test_the_list_of_sources_is_a_table_in_order_and_has_no_notes(form: Form, make_report: MakeReport) -> None:
    open_report = session(form, make_report)
    total = Address("disputes", "reconsideration", "total")
    open_report.apply(open_report.edit("来源", [(Layer.SOURCES, total, "法规科"), (Layer.NOTES, CELL, "已核")]))
    now = open_report.now
    assert sources.list_sources(form, now.report, now.figures) == [
        sources.SOURCE_TABLE_HEAD,
        ("表三", "一、本年新收政府信息公开申请数量", "自然人", "20", "12+3+5", ""),
        ("表四", "行政复议", "总计", "0", "", "法规科")]
    assert sources.list_sources(form, make_report(), now.figures) == []
