"""Live figures: a name for every cell, digits on paper, and an exchange file that others can read."""

from __future__ import annotations

import json

import pytest

from govdesk.document.document import Paragraph
from govdesk.exchange import report_file
from govdesk.printing.compose import compose
from govdesk.session.session import take_snapshot
from govdesk.texts import tokens

NEW = "requests/new_requests/natural_person"
TOTAL = "〔表三·本年新收·总计〕"


def resolved(form, report, text: str) -> str:
    return tokens.text_with_figures(form, take_snapshot(form, report).figures, text)


def printed(form, report) -> str:
    return "\n".join(b.text for b in compose(take_snapshot(form, report)).blocks if isinstance(b, Paragraph))


def test_every_cell_has_one_name_and_is_found_by_it(form) -> None:
    names = {cell: tokens.token_of_cells(form, (cell,)) for cell in form.cells}
    assert len(names) == len(set(names.values())) == 200
    for cell, name in names.items():
        (found,) = tokens.find_tokens(form, f"共{name}件")
        assert found.terms == (tokens.Term(1, (cell,)),)
    assert names[form.cells_by_name["requests/new_requests/total"]] == TOTAL


@pytest.mark.parametrize(("text", "says"), [
    (f"收到{TOTAL}件", "收到15件"),
    ("共〔表三·本年新收·总计＋表三·上年结转·总计〕件", "共24件"),
    ("余〔表三·本年新收·总计－表三·上年结转·总计〕件", "余6件"),
    ("不予公开〔表三·不予公开·总计〕件", "不予公开3件"),
    ("企业〔表三·本年新收·法人或其他组织〕件", "企业5件"),
    (f"{TOTAL}{TOTAL}", "1515"),
    ("国办公开办函〔2021〕30号", "国办公开办函〔2021〕30号"),
    ("〔表三·没有的·总计〕", "〔表三·没有的·总计〕"),
    ("〔表三·本年新收·总计", "〔表三·本年新收·总计"),
    ("〔〕〔·〕〔＋〕", "〔〕〔·〕〔＋〕"),
], ids=range(10))
def test_what_is_printed(form, make_report, text: str, says: str) -> None:
    report = make_report({NEW: "10", "requests/new_requests/other_org": "5", "requests/carried_over_in/other_org": "9",
                          "requests/refused_state_secret/natural_person": "1",
                          "requests/refused_process_information/natural_person": "2"}, texts={"problems": text})
    assert resolved(form, report, text) == says
    assert printed(form, report) == says


def test_a_blank_is_a_gap_and_never_0(form, make_report) -> None:
    report = make_report(blank=True, texts={"problems": f"收到{TOTAL}件"})
    assert printed(form, report) == "收到____件"
    (found,) = [f for f in take_snapshot(form, report).failed() if f.rule == "T02"]
    assert TOTAL in found.message
    assert "____" in found.message
    assert "requests/new_requests/total" in found.addresses


def test_not_applicable_is_a_dash(form, make_report) -> None:
    report = make_report({f"requests/new_requests/{c}": "na" for c in form.grids["requests"].columns if c != "total"})
    assert resolved(form, report, TOTAL) == "—"


def test_an_unknown_name_is_pointed_out(form, make_report) -> None:
    report = make_report(texts={"problems": "见〔表三·新收·共计〕与〔2021〕30号"})
    (found,) = [f for f in take_snapshot(form, report).failed() if f.rule == "T02"]
    assert "〔表三·新收·共计〕" in found.message
    assert "2021" not in found.message


def test_positions_lead_back_to_the_text_with_tokens(form, make_report) -> None:
    figures = take_snapshot(form, make_report({NEW: "15"})).figures
    text = f"甲{TOTAL}乙{TOTAL}丙"
    found = tokens.resolve_tokens(form, figures, text)
    assert found.text == "甲15乙15丙"
    assert [found.origin(found.text.index(c)) for c in "甲乙丙"] == [text.index(c) for c in "甲乙丙"]
    assert (found.origin(1), found.origin(3, end=True)) == (1, 1 + len(TOTAL))
    assert (found.origin(0), found.origin(1, end=True)) == (0, 1)


TEXTS = [f"收到{TOTAL}件", f"15{TOTAL}", f"1{TOTAL}", f"____{TOTAL}", f"—{TOTAL}", f"-{TOTAL}15{TOTAL}", f"1.{TOTAL}",
         "5〔2021〕30号", f"〔{TOTAL}〕", f"第1{TOTAL}，{TOTAL}", "15〔表三·没有的·总计〕"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("new", ["15", "5", "0", "na", None])
def test_an_exchange_file_brings_the_text_back(form, make_report, text: str, new: str | None) -> None:
    values = {} if new is None else {f"requests/new_requests/{c}": "0" if new != "na" else "na"
                                     for c in form.grids["requests"].columns if c != "total"} | {NEW: new}
    report = make_report(values, blank=True, texts={"problems": text})
    assert report_file.load_report(report_file.dump_report(report), "x").text("problems") == text


def test_others_read_digits_and_may_change_values(form, make_report) -> None:
    report = make_report({NEW: "15"}, texts={"problems": f"收到{TOTAL}件"})
    written = json.loads(report_file.dump_report(report))
    assert written["texts"]["problems"] == f"收到15{TOTAL}件"
    written["values"][NEW] = "16"
    read = report_file.load_report(json.dumps(written).encode(), "x")
    assert read.text("problems") == f"收到{TOTAL}件"
    assert printed(form, read) == "收到16件"


def test_checks_read_the_text_as_it_is_printed(form, make_report) -> None:
    """N21: the text names one case and the table has none; the number comes from another cell."""
    report = make_report({NEW: "1"}, texts={"disputes.text": f"行政复议{TOTAL}件"})
    assert "N21" in [f.rule for f in take_snapshot(form, report).failed()]
    mended = make_report({NEW: "1"}, texts={"disputes.text": "行政复议〔表四·行政复议·总计〕件"})
    assert "N21" not in [f.rule for f in take_snapshot(form, mended).failed()]
