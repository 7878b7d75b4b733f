"""Blocks as offices have them: filled where the names stand, or named and not filled; nothing is shifted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from govdesk.base.numerals import format_value
from govdesk.form.form import Form
from govdesk.paste import clipboard_in, name_book, placement
from govdesk.paste.clipboard_in import CellBlock
from govdesk.paste.placement import Landing, PlacementWay

P, E, R, L = "natural_person", "commercial_enterprise", "research_institution", "legal_services_institution"
OTHER, NEW = "other_org", "new_requests"
SHAPES = {shape["name"]: shape for shape in tomllib.loads(
    Path(__file__).with_name("paste_shapes.toml").read_text(encoding="utf-8"))["shape"]}


def land(form: Form, block: CellBlock, grid: str = "requests") -> list[Landing]:
    table = form.grids[grid]
    return placement.find_landings(name_book.load_name_book(form.id).of(table), block, table.addresses[0])


def placed(found: list[Landing]) -> dict[str, str]:
    return {f"{a.row}/{a.column}": format_value(e.value) for a, e in found[0].readable} if found else {}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_block_lands_where_its_names_put_it_and_the_rest_is_named(form: Form, shape: str) -> None:
    case = SHAPES[shape]
    block = clipboard_in.block_from_text(case["block"].replace("|", "\t"))
    found = land(form, block)
    assert placed(found) == case.get("cells", {})
    names = name_book.load_name_book(form.id).of(form.grids["requests"])
    told = "；".join([placement.explain_unplaced(names.grid, one) for one in found[0].unplaced] if found else
                    placement.explain_refusal(names, block, names.grid.addresses[0]))
    assert [words for words in case.get("said", []) if words not in told] == []
    assert bool(told) == ("said" in case)
    assert all(one.way in (PlacementWay.NAMES, PlacementWay.ROW_NAMES, PlacementWay.COLUMN_NAMES) for one in found)


def test_merged_heads_of_a_web_page(form: Form) -> None:
    page = """<table>
    <tr><th rowspan=2 colspan=2>项目<th rowspan=2>自然人<th colspan=2>法人或其他组织
    <tr><th>企业<th>其他
    <tr><td rowspan=2>不予公开<td>国家秘密<td>1<td>2<td>3 <tr><td>其他<td>4<td>5<td>6
    <tr><td rowspan=2>其他处理<td>逾期不补正<td>7<td>8<td>9 <tr><td>其他<td>10<td>11<td>12</table>"""
    found = land(form, clipboard_in.blocks_from_html(page)[0])
    assert placed(found) == {f"{row}/{column}": text for row, texts in {
        "refused_state_secret": "1 2 3", "other_correction_overdue": "7 8 9", "other_misc": "10 11 12"}.items()
        for column, text in zip((P, E, OTHER), texts.split(), strict=True)}
    assert [(one.label, one.texts) for one in found[0].unplaced] == [("其他", ("4", "5", "6"))]


def test_table_two_and_table_four_by_the_names_of_a_ledger(form: Form) -> None:
    text = "\t制发\t废止\t现行有效\n规范性文件\t3\t1\t20\n\t处理决定\n行政许可\t7\n处罚\t8\n事业性收费\t9"
    assert placed(land(form, clipboard_in.block_from_text(text), "proactive")) == {
        "normative_documents/issued": "3", "normative_documents/repealed": "1", "normative_documents/in_force": "20",
        "administrative_licensing/decisions": "7", "administrative_penalty/decisions": "8"}
    text = "\t维持\t纠正\t其他\t未审结\t合计\n复议\t1\t2\t3\t4\t10\n直接起诉\t0\t0\t0\t1\t1\n诉讼\t1\t1\t1\t1\t4"
    found = land(form, clipboard_in.block_from_text(text), "disputes")
    assert placed(found)["litigation_direct/pending"] == "1" and placed(found)["reconsideration/other_outcome"] == "3"
    assert [(one.label, len(one.texts)) for one in found[0].unplaced] == [("诉讼", 5)]


def test_table_four_as_it_is_printed_lands_by_its_heads_in_any_order(form: Form) -> None:
    text = ("未经复议直接起诉|||||行政复议||||\n"
            "尚未审结|结果维持|结果纠正|其他结果|总计|结果维持|结果纠正|其他结果|尚未审结|总计\n1|2|3|4|10|5|6|7|8|26")
    assert placed(land(form, clipboard_in.block_from_text(text.replace("|", "\t")), "disputes")) == {
        "litigation_direct/pending": "1", "litigation_direct/upheld": "2", "litigation_direct/corrected": "3",
        "litigation_direct/other_outcome": "4", "reconsideration/upheld": "5", "reconsideration/corrected": "6",
        "reconsideration/other_outcome": "7", "reconsideration/pending": "8"}


def test_a_selection_of_the_same_size_takes_a_block_whatever_its_labels(form: Form) -> None:
    table = form.grids["requests"]
    names, block = name_book.load_name_book(form.id).of(table), clipboard_in.block_from_text("甲\t1\t2\n乙\t3\t4")
    chosen = [a for a in table.addresses if a.row in ("refused_state_secret", "refused_prohibited_by_law")
              and a.column in (P, E)]
    (found,) = placement.find_landings(names, block, chosen[0], chosen)
    assert found.way is PlacementWay.SELECTION and "选中的区域" in placement.describe_way(table, found)
    assert [(put.address, put.text) for put in found.puts] == list(zip(chosen, "1234", strict=True))
    assert placement.find_landings(names, block, chosen[0], chosen[:3]) == []
    assert placement.find_landings(names, clipboard_in.block_from_text("1\t2\n3\t4"), chosen[0], chosen[:2]) == []


def test_columns_without_heads_go_into_as_many_selected_columns(form: Form) -> None:
    table = form.grids["requests"]
    chosen = [a for a in table.addresses if a.row == "disclosed" and a.column in (E, R, L)]
    found, cell_by_cell = placement.find_landings(name_book.load_name_book(form.id).of(table),
                                                  clipboard_in.block_from_text("新收\t1\t2\t3"),
                                                  chosen[0], chosen)
    assert found.way is PlacementWay.ROW_NAMES and cell_by_cell.way is PlacementWay.SELECTION
    assert placed([found]) == {f"{NEW}/{E}": "1", f"{NEW}/{R}": "2", f"{NEW}/{L}": "3"}


def test_a_figure_whose_cell_reaches_over_two_lines_belongs_to_neither(form: Form) -> None:
    page = """<table><tr><td>项目<td>自然人<td>企业 <tr><td>新收<td colspan=2>9
    <tr><td>上年结转<td rowspan=2>3<td>1 <tr><td>予以公开<td>4</table>"""
    (found,) = land(form, clipboard_in.blocks_from_html(page)[0])
    assert placed([found]) == {f"carried_over_in/{E}": "1", f"disclosed/{E}": "4"}
    assert [(one.label, one.texts) for one in found.unplaced] == [("自然人", ("9",)), ("上年结转", ("3",))]
    assert "与别的列合用一格" in placement.explain_unplaced(form.grids["requests"], found.unplaced[0])


def test_names_in_a_list_of_table_four_with_an_empty_column_between(form: Form) -> None:
    rows, columns = ("复议后起诉", "直接起诉", "复议"), ("其他结果", "维持")
    text = "\n".join(f"{row}\t\t{column}\t{3 * at + i}"
                     for at, row in enumerate(rows) for i, column in enumerate(columns))
    assert placed(land(form, clipboard_in.block_from_text(text), "disputes")) == {
        "litigation_after_reconsideration/other_outcome": "0", "litigation_after_reconsideration/upheld": "1",
        "litigation_direct/other_outcome": "3", "litigation_direct/upheld": "4",
        "reconsideration/other_outcome": "6", "reconsideration/upheld": "7"}


def test_a_remark_of_one_table_passes_over_nothing_of_the_next(form: Form) -> None:
    text = "项目\t备注\t自然人\n新收\t9\t5\n项目\t企业\t自然人\n上年结转\t7\t8"
    assert placed(land(form, clipboard_in.block_from_text(text))) == {
        f"{NEW}/{P}": "5", f"carried_over_in/{E}": "7", f"carried_over_in/{P}": "8"}
