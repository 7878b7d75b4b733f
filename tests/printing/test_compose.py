"""The document: its order, its words as typed, its tables and its signature."""

from __future__ import annotations

import pytest

from govdesk.base import dates
from govdesk.base.cell_role import CellRole
from govdesk.base.numerals import load_value
from govdesk.cli import sample_report
from govdesk.document.document import Document, GridBlock, Heading, Paragraph, SignatureBlock, Title
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.printing.compose import compose, split_paragraphs
from govdesk.report.report import Entry, Key, Layer, build_report
from govdesk.session.session import take_snapshot

HOSTILE = "<b>&amp;</b>\\n{organ}{{year}} %s $PATH \u202e镜像\u0000\ud800 ﹏𠮷"


def document(form, report) -> Document:
    return compose(take_snapshot(form, report))


def outline(made: Document) -> list[str]:
    """A line for every block: headings by their words, the rest by kind."""
    return [block.text if isinstance(block, Heading) else block.name if isinstance(block, GridBlock)
            else type(block).__name__ for block in made.blocks]


def test_the_order_of_the_printed_report(form) -> None:
    assert outline(document(form, sample_report())) == [
        "Title", "Paragraph",
        "一、总体情况", "（一）主动公开情况", "Paragraph", "（二）依申请公开情况", "Paragraph",
        "（三）政府信息管理情况", "Paragraph",
        "（四）政府信息公开平台建设情况", "Paragraph", "（五）监督保障情况", "Paragraph",
        "二、主动公开政府信息情况", "Paragraph", "主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况", "Paragraph", "收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "Paragraph", "政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况", "Paragraph", "Paragraph",
        "六、其他需要报告的事项", "Paragraph", "Paragraph", "Paragraph", "SignatureBlock"]


def test_an_empty_report_has_every_heading_and_table(form) -> None:
    made = document(form, build_report(form.id, {}))
    assert made.blocks[0] == Title("（机关名称）××××年政府信息公开工作年度报告")
    assert made.blocks[-1] == SignatureBlock("", "")
    assert (made.organ, made.year, made.date) == ("", 0, "")
    assert len([b for b in made.blocks if isinstance(b, Heading)]) == 11
    tables = [b for b in made.blocks if isinstance(b, GridBlock)]
    assert len(tables) == 3
    assert not [b for b in made.blocks if isinstance(b, Paragraph)]
    assert {cell.text for t in tables for row in t.rows for cell in row if cell.role is CellRole.FIGURE} == {""}


def test_anchors_are_the_ids_of_sections_and_texts(form) -> None:
    heads = [(b.level, b.anchor) for b in document(form, sample_report()).blocks if isinstance(b, Heading)]
    assert heads == [(1, "overview"), (2, "overview.proactive"), (2, "overview.on_request"),
                     (2, "overview.information_management"), (2, "overview.platform"), (2, "overview.supervision"),
                     (1, "proactive"), (1, "requests"), (1, "disputes"), (1, "problems"), (1, "other_matters")]


def test_title_and_signature(form, make_report) -> None:
    made = document(form, make_report(cover={"organ.name": " 临江区教育局 ", "organ.short_name": "区教育局"}))
    assert made.blocks[0] == Title("临江区教育局2023年政府信息公开工作年度报告")
    assert made.title == "临江区教育局2023年政府信息公开工作年度报告"
    assert made.blocks[-1] == SignatureBlock("临江区教育局", "2024年1月18日")


@pytest.mark.parametrize(("iso", "date"), [
    ("2024-01-08", "2024年1月8日"), ("2024-12-31", "2024年12月31日"), ("2024-02-29", "2024年2月29日"),
    ("2023-02-29", ""), ("", ""), ("2024年1月8日", "")])
def test_a_date_has_no_leading_zero(iso: str, date: str) -> None:
    assert dates.format_date(iso) == date


def test_text_is_kept_as_typed(form, make_report) -> None:
    made = document(form, make_report(texts={"problems": HOSTILE}, cover={"organ.name": "{year}<甲>%s"}))
    assert Paragraph(HOSTILE) in made.blocks
    assert made.title == "{year}<甲>%s2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(("text", "expected"), [
    ("", []), (" \n\t\n\u3000", []), ("一", ["一"]), ("  一\n\n　　二  ", ["一", "二"]),
    ("一\r\n二\r三\u2028四\u2029五\v六\f七\x85八", list("一二三四五六七八")), ("一\t二", ["一\t二"])])
def test_every_line_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert [p.text for p in split_paragraphs(text)] == expected


def figures(block: GridBlock) -> list[list[str]]:
    return [[cell.text for cell in row if cell.role is CellRole.FIGURE] for row in block.rows]


def test_figures_stand_where_the_form_wants_them(form, make_report) -> None:
    made = document(form, make_report({
        "proactive/administrative_fees/amount_wan_yuan": "3415.70", "requests/new_requests/natural_person": "15",
        "requests/disclosed/other_org": "na", "requests/refused_state_secret/natural_person": "1",
        "disputes/litigation_direct/pending": "2", "disputes/reconsideration/upheld": "7"}))
    two, three, four = (figures(b) for b in made.blocks if isinstance(b, GridBlock))
    assert two[-1] == ["3415.70"]
    assert three[3] == ["15", "0", "0", "0", "0", "0", "15"]
    assert three[5] == ["0", "0", "0", "0", "0", "—", "0"]
    assert three[7] == ["1", "0", "0", "0", "0", "0", "1"]
    assert three[26] == ["1", "0", "0", "0", "0", "0", "1"]
    assert four[3] == ["7", "0", "0", "0", "7", "0", "0", "0", "2", "2", "0", "0", "0", "0", "0"]


def test_every_table_fills_its_width(form, make_report) -> None:
    """Cells and the spans that reach down from above fill every row to the full number of columns."""
    for block in document(form, make_report()).blocks:
        if not isinstance(block, GridBlock):
            continue
        assert sum(block.widths) == pytest.approx(156)
        reach = [0] * len(block.widths)
        for row in block.rows:
            free = [i for i, depth in enumerate(reach) if depth == 0]
            assert sum(cell.column_span for cell in row) == len(free)
            for cell in row:
                for _ in range(cell.column_span):
                    reach[free.pop(0)] = cell.row_span
            reach = [depth - 1 for depth in reach]
        assert set(reach) == {0}


def of_2019(values: dict[str, str], texts: dict[str, str]) -> Document:
    form = form_reader.load_form("ogi-annual-report-2019")
    cells: dict[Key, Entry] = {Address.parse(key): load_value(value) for key, value in values.items()}
    return document(form, build_report(form.id, {Layer.VALUES: cells, Layer.TEXTS: dict[Key, Entry](texts)}))


def printed(made: Document) -> list[str]:
    """The figures of table two."""
    table = next(b for b in made.blocks if isinstance(b, GridBlock))
    return [text for row in figures(table) for text in row if text]


def test_an_amount_whose_head_names_no_unit_is_printed_with_it() -> None:
    made = of_2019({"proactive/central_procurement/amount_yuan": "73802895.90",
                    "proactive/central_procurement/projects": "395",
                    "proactive/administrative_penalty/change": "-18"}, {})
    assert printed(made) == ["-18", "395", "73802895.90元"]
    assert printed(of_2019({"proactive/central_procurement/amount_yuan": "na"}, {})) == ["—"]


@pytest.mark.parametrize(("filled", "heads"), [
    (["overview.proactive"], []), ([], []),
    (["overview.proactive", "overview.platform"], ["（一）主动公开情况", "（四）政府信息公开平台建设情况"])])
def test_heads_that_the_form_does_not_demand_are_printed_where_they_divide_the_text(
        filled: list[str], heads: list[str]) -> None:
    """A report of 2019 that did not divide its part one has none of the five heads."""
    made = of_2019({}, dict.fromkeys(filled, "文字。"))
    assert [b.text for b in made.blocks if isinstance(b, Heading) and b.level == 2] == heads
