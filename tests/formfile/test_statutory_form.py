"""The form file against the statutory form: every label to the character, every span, every cell, every id.

First a frozen copy, so that this is tested everywhere; then the reference beside the checkout, where there is one.
In the drawings below a cell is `label ×columns ↓rows`; an id in small letters stands for the figures of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from govdesk.base.cell_role import CellRole
from govdesk.form.form import Address, Form, Grid
from govdesk.form.grid_plan import make_grid_plan

HEADINGS = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
SUBHEADINGS = ["（一）主动公开情况", "（二）依申请公开情况", "（三）政府信息管理情况", "（四）政府信息公开平台建设情况",
               "（五）监督保障情况"]
TEXTS = ["preamble", "overview.proactive", "overview.on_request", "overview.information_management",
         "overview.platform", "overview.supervision", "proactive.text", "requests.text", "disputes.text", "problems",
         "other_matters"]

DRAWINGS = {
    "proactive": """
第二十条第（一）项 ×4
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | rules
行政规范性文件 | normative_documents
第二十条第（五）项 ×4
信息内容 | 本年处理决定数量 ×3
行政许可 | administrative_licensing ×3
第二十条第（六）项 ×4
信息内容 | 本年处理决定数量 ×3
行政处罚 | administrative_penalty ×3
行政强制 | administrative_compulsion ×3
第二十条第（八）项 ×4
信息内容 | 本年收费金额（单位：万元） ×3
行政事业性收费 | administrative_fees ×3
""",
    "requests": """
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） ×3 ↓3 | 申请人情况 ×7
自然人 ↓2 | 法人或其他组织 ×5 | 总计 ↓2
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他
一、本年新收政府信息公开申请数量 ×3 | new_requests
二、上年结转政府信息公开申请数量 ×3 | carried_over_in
三、本年度办理结果 ↓22 | （一）予以公开 ×2 | disclosed
（二）部分公开（区分处理的，只计这一情形，不计其他情形） ×2 | partially_disclosed
（三）不予公开 ↓8 | 1.属于国家秘密 | refused_state_secret
2.其他法律行政法规禁止公开 | refused_prohibited_by_law
3.危及“三安全一稳定” | refused_security_stability
4.保护第三方合法权益 | refused_third_party_rights
5.属于三类内部事务信息 | refused_internal_affairs
6.属于四类过程性信息 | refused_process_information
7.属于行政执法案卷 | refused_enforcement_case_file
8.属于行政查询事项 | refused_administrative_inquiry
（四）无法提供 ↓3 | 1.本机关不掌握相关政府信息 | unable_not_held
2.没有现成信息需要另行制作 | unable_needs_creation
3.补正后申请内容仍不明确 | unable_unclear_after_correction
（五）不予处理 ↓5 | 1.信访举报投诉类申请 | not_processed_petition_complaint
2.重复申请 | not_processed_duplicate
3.要求提供公开出版物 | not_processed_published_material
4.无正当理由大量反复申请 | not_processed_excessive_repeated
5.要求行政机关确认或重新出具已获取信息 | not_processed_confirm_or_reissue
（六）其他处理 ↓3 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | other_correction_overdue
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | other_fee_unpaid
3.其他 | other_misc
（七）总计 ×2 | results_total
四、结转下年度继续办理 ×3 | carried_forward_out
""",
    "disputes": """
行政复议 ×5 | 行政诉讼 ×10
结果维持 ↓2 | 结果纠正 ↓2 | 其他结果 ↓2 | 尚未审结 ↓2 | 总计 ↓2 | 未经复议直接起诉 ×5 | 复议后起诉 ×5
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
reconsideration | litigation_direct | litigation_after_reconsideration
""",
}
COLUMNS = {
    "rules": ["issued", "repealed", "in_force"], "normative_documents": ["issued", "repealed", "in_force"],
    "administrative_licensing": ["decisions"], "administrative_penalty": ["decisions"],
    "administrative_compulsion": ["decisions"], "administrative_fees": ["amount_wan_yuan"],
    "requests": ["natural_person", "commercial_enterprise", "research_institution", "public_interest_org",
                 "legal_services_institution", "other_org", "total"],
    "disputes": ["upheld", "corrected", "other_outcome", "pending", "total"],
}
SIZES = {"proactive": (10, 10), "requests": (175, 144), "disputes": (15, 12)}     # cells, input cells
Drawn = list[list[tuple[str, int, int]]]


def drawing(grid: Grid) -> Drawn:
    """The frozen table as rows of (label or address, columns, rows)."""
    return [list(_cells(grid, line)) for line in DRAWINGS[grid.id].strip().splitlines()]


def _cells(grid: Grid, line: str) -> Iterator[tuple[str, int, int]]:
    for cell in line.split(" | "):
        label, wide, high = re.fullmatch(r"(.+?)(?: ×(\d+))?(?: ↓(\d+))?", cell).groups()   # type: ignore[union-attr]
        spans = int(wide or 1), int(high or 1)
        if label.isascii():
            for column in COLUMNS.get(grid.id) or COLUMNS[label]:
                yield (f"{grid.id}/{label}/{column}", *spans)
        else:
            yield (label, *spans)


def drawn(grid: Grid) -> Drawn:
    """The same of the form file, as it is laid out for screen and paper."""
    laid = make_grid_plan(grid)
    rows: Drawn = [[] for _ in range(laid.rows)]
    for cell in laid.cells:
        rows[cell.row].append((str(cell.address) if cell.address else cell.text, cell.column_span, cell.row_span))
    return rows


def test_headings_and_texts(form: Form) -> None:
    assert [s.heading for s in form.sections if s.heading] == HEADINGS
    assert [t.heading for s in form.sections for t in s.texts if t.heading] == SUBHEADINGS
    assert list(form.texts) == TEXTS
    assert form.title == "{organ}{year}年政府信息公开工作年度报告"
    assert [s.grid.id if s.grid else "" for s in form.sections] == ["", "", "proactive", "requests", "disputes", "", ""]


def test_levels_and_kinds(form: Form) -> None:
    assert [level.id for level in form.levels] == ["national", "province", "city", "county", "township"]
    assert {kind.id: kind.deadline for kind in form.kinds} == {"organ_report": "01-31", "government_report": "03-31"}


@pytest.mark.parametrize("grid_id", DRAWINGS)
def test_every_label_span_and_cell(form: Form, grid_id: str) -> None:
    grid = form.grids[grid_id]
    assert drawn(grid) == drawing(grid)


@pytest.mark.parametrize("grid_id", DRAWINGS)
def test_the_plan_covers_every_place_once(form: Form, grid_id: str) -> None:
    laid = make_grid_plan(form.grids[grid_id])
    places = [(cell.row + i, cell.column + j) for cell in laid.cells
              for i in range(cell.row_span) for j in range(cell.column_span)]
    assert sorted(places) == [(i, j) for i in range(laid.rows) for j in range(laid.columns)]
    assert set(laid.figures()) == set(form.grids[grid_id].addresses)
    assert len(form.grids[grid_id].widths) == laid.columns


def test_heads_and_stubs(form: Form) -> None:
    plans = {grid_id: make_grid_plan(grid) for grid_id, grid in form.grids.items()}
    assert {k: (p.head_rows, p.stub_columns) for k, p in plans.items()} == {
        "proactive": (0, 1), "requests": (3, 3), "disputes": (3, 0)}
    for laid in plans.values():
        for cell in laid.cells:
            if laid.head_rows:
                assert (cell.row < laid.head_rows) == (cell.role is CellRole.HEAD)
            assert (cell.role is CellRole.FIGURE) == (cell.address is not None)
            assert bool(cell.text) != bool(cell.address)
            assert all(0 < b < len(cell.text) for b in cell.breaks)


@pytest.mark.parametrize("grid_id", DRAWINGS)
def test_cells_typed_and_computed(form: Form, grid_id: str) -> None:
    grid = form.grids[grid_id]
    assert (len(grid.addresses), len(grid.inputs)) == SIZES[grid_id]
    totals = {a for a in grid.addresses if a.column == "total" or a.row == "results_total"}
    assert set(grid.parts) == totals
    assert all(not grid.is_total(part) for parts in grid.parts.values() for part in parts)


def test_what_each_total_adds_up(form: Form) -> None:
    parts = form.grids["requests"].parts
    results = [a.row for a in parts[Address("requests", "results_total", "natural_person")]]
    assert len(results) == 21
    assert (results[0], results[-1]) == ("disclosed", "other_misc")
    assert not {"new_requests", "carried_over_in", "carried_forward_out"} & set(results)
    assert [a.column for a in parts[Address("requests", "disclosed", "total")]] == COLUMNS["requests"][:-1]
    assert len(parts[Address("requests", "results_total", "total")]) == 21 * 6
    assert [a.column for a in form.grids["disputes"].parts[Address("disputes", "reconsideration", "total")]] == [
        "upheld", "corrected", "other_outcome", "pending"]


def test_only_fees_are_an_amount(form: Form) -> None:
    amounts = [a for a in form.cells if form.grids[a.grid].is_amount(a)]
    assert amounts == [Address("proactive", "administrative_fees", "amount_wan_yuan")]


def test_rules(form: Form) -> None:
    assert {c.id: c.severity for c in form.checks} == {
        "N01": "error", "N02": "error", "N03": "error", "N04": "error", "N05": "error", "N06": "error",
        "N07": "error", "N08": "warning", "N09": "warning", "N10": "warning", "N11": "warning", "N12": "error",
        "N13": "warning", "N14": "hint", "N15": "warning", "N16": "error", "N17": "warning", "N18": "hint",
        "N19": "hint", "N20": "hint",
        "N21": "error", "N22": "hint", "N26": "warning", "N27": "warning", "T01": "warning", "T02": "error",
        "T03": "warning", "T04": "warning", "T05": "warning", "T11": "warning", "T12": "hint", "T13": "warning",
        "T14": "hint", "T15": "warning", "T16": "warning", "T17": "hint"}
    assert all(check.source for check in form.checks)


# ---- the reference beside the checkout -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference(shared: Path) -> str:
    file = shared / "reference" / "statutory-form.md"
    if not file.is_file():
        pytest.skip("the reference is absent")
    return file.read_text(encoding="utf-8")


def part(reference: str, number: str) -> str:
    """The text of one numbered heading of the reference."""
    found = re.search(rf"^### {re.escape(number)} .*?(?=^##)", reference, re.M | re.S)
    assert found, number
    return found.group()


def rows_of(text: str) -> list[list[str]]:
    """The cells of every table row, bold and code marks off, rulers left out."""
    rows = [[re.sub(r"\*\*|`", "", cell).strip() for cell in line.strip().strip("|").split("|")]
            for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if not set("".join(row)) <= set("-: ")]


def bare(cell: str) -> str:
    return re.sub(r" ?\((colspan|rowspan) [^)]*\)", "", cell)


def span(cell: str, which: str) -> int:
    found = re.search(rf"{which} (\d+)", cell)
    return int(found[1]) if found else 1


def test_reference_headings(form: Form, reference: str) -> None:
    listed = re.search(r"```\n(.*?)```", part(reference, "1.2"), re.S)
    assert listed
    assert [s.heading for s in form.sections if s.heading] == listed[1].split()


def test_reference_table_2(form: Form, reference: str) -> None:
    expected = []
    for kind, *cells in rows_of(part(reference, "1.4"))[1:]:
        cells = [c for c in cells if c]
        expected.append([("" if c.startswith(("int", "decimal")) else bare(c), span(c, "colspan")) for c in cells])
        assert kind in ("band", "head", "data")
    rows = drawn(form.grids["proactive"])
    found = [[("" if "/" in label else label, wide) for label, wide, _ in row] for row in rows]
    assert found == expected


def test_reference_table_3(form: Form, reference: str) -> None:
    rows = rows_of(part(reference, "1.5"))
    found = drawn(form.grids["requests"])
    corner, applicants = rows[1][0], rows[1][1]
    assert found[0] == [(corner, 3, 3), (bare(applicants), span(applicants, "colspan"), 1)]
    assert found[1] == [(bare(c), span(c, "colspan"), span(c, "rowspan")) for c in rows[2][1:]]
    assert [label for label, *_ in found[2]] == rows[3][2].split(" · ")
    body = [row for row in rows if row[0].isdigit()]
    assert len(body) == 25
    for number, c1, c2, c3, spans in body:
        labels = found[2 + int(number)][:-7]
        given = [text for text in (c1, c2, c3) if text]
        assert [label for label, *_ in labels] == given, number
        for name, text in (("c1", c1), ("c2", c2)):
            noted = re.search(rf"{name} (rowspan|colspan) (\d+)", spans)
            if text and noted:
                cell = next(cell for cell in labels if cell[0] == text)
                assert cell[2 if noted[1] == "rowspan" else 1] == int(noted[2]), number


def test_reference_table_4(form: Form, reference: str) -> None:
    head = rows_of(part(reference, "1.6"))
    found = drawn(form.grids["disputes"])
    assert found[0] == [(bare(c), span(c, "colspan"), 1) for c in head[0][1:] if c]
    outcomes = re.sub(r" \(each rowspan 2\)", "", head[1][1]).split(" · ")
    assert found[1] == [*((o, 1, 2) for o in outcomes), *((bare(c), span(c, "colspan"), 1) for c in head[1][2:])]
    assert [label for label, *_ in found[2]] == [o for c in head[2][2:] for o in c.split(" · ")]


def test_reference_ids(form: Form, reference: str) -> None:
    expanded, last = [], ""
    for found in re.findall(r"`(t2\.[a-z_.]+|\.[a-z_]+)`", part(reference, "6.3")):
        last = last.rpartition(".")[0] + found if found.startswith(".") else found
        expanded.append(last)
    proactive = form.grids["proactive"]
    assert [f"t2.{a.row}.{a.column}" for a in proactive.addresses] == expanded
    rows = [row[1].split()[0] for row in rows_of(part(reference, "6.4"))[1:]]
    requests = form.grids["requests"]
    assert list(requests.rows) == rows
    assert list(requests.columns) == re.findall(r"`([a-z_]+)`", part(reference, "6.4").split("\n\n")[1])
    groups, fields = part(reference, "6.5").split("; fields ")
    assert list(form.grids["disputes"].rows) == re.findall(r"`([a-z_]+)`", groups)
    assert list(form.grids["disputes"].columns) == re.findall(r"`([a-z_]+)`", fields)
