"""Where a pasted block lands: by names, by shape, from the cursor on, turned; and what is passed over or refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from govdesk.base.numerals import NA, format_value
from govdesk.form.form import Address, Form
from govdesk.paste import clipboard_in, clipboard_out, name_book, placement
from govdesk.paste.placement import Landing, PlacementWay
from govdesk.report.report import Layer
from govdesk.session.session import Session
from tests.conftest import MakeReport


def land(form: Form, text: str, *, grid: str = "requests", start: tuple[str, str] | None = None) -> list[Landing]:
    table = form.grids[grid]
    return placement.find_landings(name_book.load_name_book(form.id).of(table), clipboard_in.block_from_text(text),
                                   Address(grid, *start) if start else table.addresses[0])


def got(landing: Landing) -> Mapping[str, str]:
    return {f"{a.row}/{a.column}": format_value(entered.value) for a, entered in landing.readable}


@pytest.mark.parametrize("grid", ["proactive", "requests", "disputes"])
@pytest.mark.parametrize("as_html", [True, False])
@pytest.mark.parametrize("at", [0, -1])
def test_a_whole_table_with_its_labels_finds_its_own_cells(form: Form, grid: str, as_html: bool, at: int) -> None:
    table = form.grids[grid]
    written = {a: str(i) for i, a in enumerate(table.addresses)}
    rows, page = clipboard_out.copy_whole_grid(table, written)
    tabbed = clipboard_out.to_tabbed_text(rows)
    block = clipboard_in.blocks_from_html(page)[0] if as_html else clipboard_in.block_from_text(tabbed)
    best = placement.find_landings(name_book.load_name_book(form.id).of(table), block, table.addresses[at])[0]
    assert {put.address: put.text for put in best.puts} == {a: written[a] for a in table.inputs}
    assert not best.cut and len(best.stated) == len(table.addresses) - len(table.inputs)


def test_columns_in_another_order_go_by_their_heads(form: Form) -> None:
    best = land(form, "\t总计\t其他\t企业\t自然人\n"
                      "1.属于国家秘密\t3\t2\t0\t1\n2．其他法律行政法规禁止公开\t5\t\t\t5")[0]
    assert best.way is PlacementWay.NAMES
    assert got(best) == {"refused_state_secret/other_org": "2", "refused_state_secret/natural_person": "1",
                         "refused_state_secret/commercial_enterprise": "0",
                         "refused_prohibited_by_law/natural_person": "5"}
    assert (best.blanks, len(best.stated)) == (2, 2)


def test_labels_without_numbering_and_a_column_this_table_has_not(form: Form) -> None:
    best = land(form, "项目\t自然人\t商业企业\t占比\n重复申请\t1\t2\t50%\n信访举报投诉类申请\t3\t4\t1%")[0]
    assert got(best) == {
        "not_processed_duplicate/natural_person": "1", "not_processed_duplicate/commercial_enterprise": "2",
        "not_processed_petition_complaint/natural_person": "3",
        "not_processed_petition_complaint/commercial_enterprise": "4"}
    assert [(one.label, one.texts) for one in best.unplaced] == [("占比", ("50%", "1%"))]


def test_a_turned_block_with_names_is_turned_back(form: Form) -> None:
    best = land(form, "自然人\t15\n商业企业\t3")[0]
    assert got(best) == {"new_requests/natural_person": "15", "new_requests/commercial_enterprise": "3"}


def test_a_turned_block_that_fits_in_no_other_way_is_offered_turned(form: Form) -> None:
    best, *others = land(form, "\n".join("\t".join("1" * 25) for _ in range(7)))
    assert best.turned and len(best.puts) == 144 and not others


def test_a_small_block_may_be_meant_either_way(form: Form) -> None:
    first, second = land(form, "1\t2")
    assert (first.turned, second.turned) == (False, True)
    assert got(second) == {"new_requests/natural_person": "1", "carried_over_in/natural_person": "2"}


def test_a_whole_row_begins_at_its_first_column_wherever_the_cursor_is(form: Form) -> None:
    best = land(form, "1\t2\t3\t4\t5\t6", start=("disclosed", "other_org"))[0]
    assert best.way is PlacementWay.SHAPE and got(best)["disclosed/natural_person"] == "1"


def test_table_four_also_comes_in_three_rows(form: Form) -> None:
    best = land(form, "1\t2\t3\t4\t10\n0\t0\t0\t1\t1\n5\t0\t0\t0\t5", grid="disputes")[0]
    assert got(best)["litigation_direct/pending"] == "1" and len(best.stated) == 3


def test_what_cannot_be_read_is_named_and_nothing_becomes_0(form: Form) -> None:
    best = land(form, "两件\t2000万\t—\t \t1e9\t3")[0]
    assert [put.text for put in best.refused] == ["两件", "2000万", "1e9"]
    assert all(put.text in put.reason for put in best.refused)
    assert [entered.value for _, entered in best.readable] == [NA, 3]
    assert best.blanks == 1


@pytest.mark.parametrize("text", ["今年工作顺利\n谢谢", "Natural person\tCompany", "自然人\t商业企业", "\t\n\t"])
def test_a_block_without_figures_lands_nowhere(form: Form, text: str) -> None:
    assert land(form, text) == []


@pytest.mark.parametrize(("rows", "columns"), [(26, 7), (25, 8), (60, 60)])
def test_a_block_larger_than_the_table_lands_nowhere(form: Form, rows: int, columns: int) -> None:
    assert land(form, "\n".join("\t".join("1" * columns) for _ in range(rows))) == []


def test_two_tables_in_one_block_do_not_overwrite_each_other(form: Form) -> None:
    row = "1.属于国家秘密\t1\t2\t3\t4\t5\t6"
    assert land(form, row)[0].way is PlacementWay.ROW_NAMES
    assert land(form, f"{row}\n{row}") == []


def test_a_stated_total_that_differs_is_said(form: Form, make_report: MakeReport) -> None:
    landing = land(form, "1\t0\t0\t0\t0\t2\t9")[0]
    figures = Session(form, make_report()).now.figures
    assert placement.find_contradictions(form.grids["requests"], landing, figures) == [
        "一、本年新收政府信息公开申请数量 · 总计：粘贴的是 9，各格相加为 0"]


@pytest.mark.parametrize(("text", "kept"), [
    ("1\t0\t0\t0\t0\t2\t3", False),                  # a spreadsheet's sum of the same cells
    ("1\t0\t0\t0\t0\t2\t9", True),
    ("1\t0\t0\t0\t0\t2\t约9", False),                # cannot be read
    ("0\t0\t0\t0\t0\t0\t—", False),                  # a dash over nothing
    ("1\t\t0\t0\t0\t2\t9", False),                   # a blank: nobody knows the sum yet
])
def test_totals_are_evidence_where_they_are_not_the_sum(form: Form, text: str, kept: bool,
                                                        make_report: MakeReport) -> None:
    grid = form.grids["requests"]
    session = Session(form, make_report(blank=True))
    landing = land(form, text)[0]
    session.apply(session.edit("粘贴", [(Layer.VALUES, a, entered.value) for a, entered in landing.readable]))
    assert placement.are_evidence(grid, landing, session.now.figures) is kept


def test_a_total_that_a_block_states_twice_is_not_taken(form: Form) -> None:
    grid = form.grids["requests"]
    landing = land(form, "1\t0\t0\t0\t0\t2\t9")[0]
    assert [str(value) for _, value in placement.read_stated_totals(grid, landing)] == ["9"]
    assert placement.read_stated_totals(grid, landing._replace(stated=landing.stated * 2)) == []


def test_a_column_of_totals_lands_on_the_totals_alone(form: Form) -> None:
    grid = form.grids["requests"]
    totals = [a for a in grid.addresses if grid.columns[a.column].is_total]
    block = clipboard_in.block_from_text("\n".join(str(n) for n in range(25)))
    best = placement.find_landings(name_book.load_name_book(form.id).of(grid), block, totals[0])[0]
    assert not best.puts and [address for address, _ in best.stated] == totals
