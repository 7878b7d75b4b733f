"""What is written can be read, what cannot be read is not written, and sums have every digit."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdesk.base import bounds
from govdesk.base.errors import UnreadableFileError, UnwritableFileError
from govdesk.base.numerals import NumeralError, Value, dump_value, format_value, load_value
from govdesk.exchange import draft_file, history_codec, report_file
from govdesk.exchange.read_result import ReadResult
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.history import DraftHistory, PastValue
from govdesk.report.report import Layer, Report, build_report
from govdesk.report.typed_sums import parse_entry
from govdesk.session.progress import list_missing
from govdesk.session.session import take_snapshot

HUGE = "999999999999999999.000000000001"       # as many digits as a file may state


def huge(form: Form) -> Report:
    grid = form.grids["requests"]
    values: dict[Address | str, Value | str] = {a: Decimal(HUGE) for a in grid.inputs}
    return build_report(form.id, {Layer.VALUES: values})


def test_totals_have_every_digit(form: Form) -> None:
    report = huge(form)
    whole = Address("requests", "results_total", "total")
    count = len(form.grids["requests"].parts[whole])
    wanted = format_value(Decimal(int(HUGE.replace(".", "")) * count).scaleb(-12))
    found = []
    thread = threading.Thread(target=lambda: found.append(format_value(take_snapshot(form, report).figures[whole])))
    thread.start()
    thread.join()
    assert format_value(take_snapshot(form, report).figures[whole]) == wanted
    assert found == [wanted]                     # a worker of the window adds as the window does


def test_a_rule_sees_a_gap_in_the_last_of_thirty_digits(form: Form) -> None:
    report = huge(form)
    values = dict(report.entries(Layer.VALUES))
    cells = {row: Address("requests", row, "natural_person") for row in form.grids["requests"].rows}
    values.update({cell: Decimal(0) for row, cell in cells.items() if cell in form.input_cells})
    values[cells["new_requests"]] = Decimal(HUGE)
    values[cells["disclosed"]] = Decimal(HUGE) - Decimal("0.000000000001")
    found = next(f for f in take_snapshot(form, build_report(form.id, {Layer.VALUES: values})).of_rule("N01")
                 if f.line == "natural_person")
    assert "相差 0.000000000001" in found.message


def test_sums_typed_into_a_cell_have_every_digit() -> None:
    assert parse_entry("=999999999999.000001+0.000001-0.000001", whole=False).value == Decimal("999999999999.000001")
    with pytest.raises(NumeralError, match="12 位"):
        parse_entry("999999999999+1", whole=True)


def test_a_total_of_foreign_figures_is_kept_as_last_years(form: Form) -> None:
    """A draft for the next year holds it, and can be opened again."""
    total = take_snapshot(form, huge(form)).figures[Address("requests", "results_total", "total")]
    assert isinstance(total, Decimal)
    assert load_value(dump_value(total), total=True) == total
    with pytest.raises(NumeralError, match=f"最多 {bounds.MAX_FOREIGN_DIGITS} 位"):
        load_value("1" * 19)


@pytest.mark.parametrize(("year", "known"), [("2007", False), ("2008", True), ("2100", True), ("2101", False),
                                             ("2203", False), ("9999", False)])
def test_a_year_is_known_where_files_take_it(form: Form, zeros, year: str, known: bool) -> None:
    report = build_report(form.id, {Layer.COVER: {"year": year}, Layer.VALUES: zeros})
    assert (report.year is not None) is known
    words = [task.words for task in list_missing(take_snapshot(form, report))]
    assert ("报告年度“2203”不在 2008～2100 之间" in words) is (year == "2203")
    assert any("报告年度" in said for said in words) is not known


# -- what is written can be read

any_text = st.text(st.sampled_from("甲乙0〔〕表·\n\r\0\ud83d\U0010f000\"\\ "), max_size=12)
typed = st.one_of(st.text(st.sampled_from("0123456789.,+- 万件"), max_size=14), st.just("999999999999.999999"))


def entered(text: str, *, whole: bool) -> Value | None:
    try:
        return parse_entry(text, whole=whole).value
    except NumeralError:
        return None                              # stays in the field with the reason


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Whatever fields keep: also what a field of the cover refuses and keeps as it was typed."""
    form = form_reader.load_form("ogi-annual-report-2021")
    cover = draw(st.fixed_dictionaries({}, optional={
        "organ.name": any_text, "year": st.one_of(st.integers(1990, 2300).map(str), any_text),
        "organ.level": st.sampled_from(["county", "village"]), "organ.kind": st.sampled_from(["organ_report", "x"]),
        "issued_on": st.one_of(st.dates().map(str), any_text), "contact.phone": any_text}))
    grids, amount = form.grids.values(), st.fixed_dictionaries({}, optional={
        a: typed.map(lambda t: entered(t, whole=False)) for g in form.grids.values() for a in g.inputs
        if g.is_amount(a)})
    values = draw(st.dictionaries(st.sampled_from([a for g in grids for a in g.inputs if not g.is_amount(a)]),
                                  typed.map(lambda t: entered(t, whole=True)), max_size=6)) | draw(amount)
    last = take_snapshot(form, huge(form)).figures if draw(st.booleans()) else {}
    return build_report(form.id, {
        Layer.COVER: cover, Layer.TEXTS: draw(st.dictionaries(st.sampled_from(list(form.texts)), any_text, max_size=4)),
        Layer.VALUES: {a: v for a, v in values.items() if v is not None},
        Layer.PREVIOUS: {a: v for a, v in last.items() if v is not None},
        Layer.DESK: {"deadline": draw(any_text)}})


@given(reports())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_file_is_written_that_is_read_again_or_none(report: Report) -> None:
    try:
        data = report_file.dump_report(report)
    except UnwritableFileError as error:
        assert "封面与机关" in error.sentence
        with pytest.raises(UnreadableFileError):
            report_file.load_report(report_file.encode_report(report), "x")
    else:
        assert report_file.load_report(data, "x") == report


@pytest.mark.parametrize(("changed", "words"), [
    ({"year": "2203"}, "报告年度“2203”不在 2008～2100 之间，请先在“封面与机关”改正。"),
    ({"year": ""}, "文件里须有机关全称和报告年度"), ({"organ.name": "  "}, "文件里须有机关全称和报告年度"),
    ({"issued_on": "明天"}, "成文日期“明天”看不懂"), ({"organ.level": "village"}, "机关层级“village”不在可选的几项里")])
def test_what_the_reader_refuses_no_writer_writes(make_report, changed: dict[str, str], words: str) -> None:
    report = make_report(cover=changed)
    for write in (report_file.dump_report, lambda r: draft_file.dump_draft(r, DraftHistory("x", (), ()))):
        with pytest.raises(UnwritableFileError, match=words):
            write(report)


def test_a_text_without_end_is_named_and_not_written(make_report, form: Form) -> None:
    report = make_report(texts={"problems": "甲" * 6_000_000, "preamble": "乙"})
    with pytest.raises(UnwritableFileError, match="“五、问题与改进”，有 6000000 字") as refused:
        report_file.dump_report(report)
    assert "没有写出" in refused.value.sentence
    assert "五、问题与改进有 6000000 字，超过 100000 字，请删减" in [t.words for t
                                                    in list_missing(take_snapshot(form, report))]


def test_a_past_that_would_be_refused_is_left_out(make_report) -> None:
    """The clock said 2300; the report itself goes along all the same."""
    report, past = make_report(), DraftHistory("x", (PastValue("texts", "problems", 1, "甲",
                                                               "2300-01-01T00:00:00+00:00", "填"),), ())
    data, whole = draft_file.dump_draft(report, past)
    assert not whole
    assert draft_file.load_draft(data, "x") == ReadResult(report)


def test_a_past_too_large_to_be_written_out_is_cut_not_lost(make_report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_codec, "MAX_EXPANDED_CHARACTERS", 5000)
    values = tuple(PastValue("texts", "problems", n, "甲" * 400 + str(n), "2026-01-01T00:00:00+00:00",
    "填") for n in range(40))
    data, whole = draft_file.dump_draft(make_report(), DraftHistory("x", values, ()))
    came = draft_file.load_draft(data, "x")
    assert not whole and not came.doubts
    assert came.past is not None and came.past.rows_at(39)["texts", "problems"].endswith("39")
