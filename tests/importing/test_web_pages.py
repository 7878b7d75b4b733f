"""Web pages as sites and word processors write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.importing.importer import import_bytes
from govdesk.report.report import Report
from tests.importing.file_making import html_table, html_text
from tests.importing.made_reports import all_figures, laid_out, made_report
from tests.importing.reading import check_whole, silent_errors, state

FEE = "proactive/administrative_fees/amount_wan_yuan"
FIGURE = "proactive/administrative_licensing/decisions"


@pytest.fixture
def report(form: Form) -> Report:
    return made_report(form, 21)


@pytest.fixture
def page(form: Form, report: Report) -> str:
    return html_text(laid_out(form, report))


def with_cell(page: str, inner: str) -> bytes:
    """The page with other contents of the cell beside 行政许可."""
    begin = page.index("<td", page.index("<th>行政许可</th>"))
    begin, end = page.index(">", begin) + 1, page.index("</td>", begin)
    return (page[:begin] + inner + page[end:]).encode()


@pytest.mark.parametrize(("inner", "value", "sure"), [
    ("<p>17</p>", "17", True), ("<span>1</span><span>7</span>", "17", True), ("17&nbsp;", "17", True),
    ("<o:p>17</o:p>", "17", True), ("17<span style='display:none'>99</span>", "17", False),
    ("17<span style='mso-hide:all'>99</span>", "17", False), ("<del>12</del><ins>17</ins>", "17", False),
    ("<s>12</s>17", "17", False), ("17<sup>1</sup>", "17", False), ("17<script>99</script>", "17", True),
    ("<table><tr><td>17</td></tr></table>", "17", True), ("/", "na", True), ("17<!-- 99 -->", "17", True)])
def test_what_a_cell_says(page: str, inner: str, value: str, sure: bool) -> None:
    assert state(import_bytes(with_cell(page, inner), "a"), FIGURE) == (value, sure)


def test_what_a_style_hides_is_no_figure(page: str) -> None:
    made = with_cell(page, "17<b class='no'>99</b>").replace(b"<style>", b"<style>.no{display:none}")
    found = import_bytes(made, "a")
    assert state(found, FIGURE) == ("17", False) and any("隐藏的文字" in said for said in found.said)


def test_what_stands_around_the_report_is_no_part_of_it(page: str, report: Report) -> None:
    above = ("<div>首页 &gt; 政府信息公开 &gt; 年报</div><ul><li>机构职能</li><li>政策文件</li></ul>"
             "<p>发布时间：2025-01-20 浏览次数：15 字号：[大 中 小]</p>")
    below = ("<div>打印本页 关闭窗口</div><p>上一篇：通知</p>"
             "<footer>主办：某某人民政府 ICP备12345号 网站地图</footer>")
    made = page.replace("<body>", f"<body>{above}").replace("</body>", f"{below}</body>")
    check_whole(made.encode(), report)


@pytest.mark.parametrize("cut", ["</td>", "</tr>", "</p>", "</body></html>"])
def test_ends_that_are_left_out(page: str, report: Report, cut: str) -> None:
    check_whole(page.replace(cut, "").encode(), report)


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "GB18030", "utf-8", ""])
def test_a_page_in_gbk_whatever_it_says(page: str, report: Report, charset: str) -> None:
    check_whole(page.replace('charset="utf-8"', f'charset="{charset}"').encode("gb18030"), report)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_page_with_a_byte_order_mark(page: str, report: Report, encoding: str) -> None:
    check_whole(page.encode(encoding), report)


def test_rare_characters_of_gb_18030(form: Form, report: Report, page: str) -> None:
    organ = report.cover("organ.name")
    found = import_bytes(page.replace(organ, "镕㛃喆堃局").encode("gb18030"), "a")
    assert found.organ == "镕㛃喆堃局"


def test_a_table_of_2019_makes_it_a_report_of_that_form(report: Report) -> None:
    """Whatever the year says: its columns go into no cell of the form of 2021."""
    form = form_reader.load_form("ogi-annual-report-2021")
    rows = ("第二十条第（一）项", "信息内容 本年新制作数量 本年新公开数量 对外公开总数量", "规章 1 2 3",
            "第二十条第（五）项", "信息内容 上一年项目数量 本年增/减 处理决定数量", "行政许可 4 -5 6")
    table = "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split())}</tr>" for row in rows)
    whole = [part for part in laid_out(form, report) if isinstance(part, str) or part.grid != "proactive"]
    made = html_text(whole).replace("<p>　　三、收到", f"{table}</table><p>　　三、收到")
    found = import_bytes(made.encode(), "a")
    assert found.form == found.report.form_id == "ogi-annual-report-2019"
    assert {str(a): str(c.value) for a, c in found.cells.items() if a.grid == "proactive"} == {
        "proactive/rules/made": "1", "proactive/rules/published": "2", "proactive/rules/published_in_all": "3",
        "proactive/administrative_licensing/items_last_year": "4", "proactive/administrative_licensing/change": "-5",
        "proactive/administrative_licensing/decisions": "6"}
    assert any("2019年试行格式" in words for words in found.said)
    assert any("用于2019—2020年度" in words for words in found.said)

def test_four_tables_for_table_two(form: Form, report: Report) -> None:
    """Some sites set each block of table two as a table of its own."""
    parts = []
    for part in laid_out(form, report):
        if isinstance(part, str) or part.grid != "proactive":
            parts.append(part)
            continue
        begins = [place.row for place in part.places if place.text.startswith("第二十条")]
        for begin, end in zip(begins, [*begins[1:], part.rows], strict=True):
            inside = [place._replace(row=place.row - begin) for place in part.places if begin <= place.row < end]
            parts.append(part._replace(rows=end - begin, places=tuple(inside)))
    check_whole(html_text(parts).encode(), report)


def test_columns_in_another_order_are_read_by_their_names(form: Form, report: Report, page: str) -> None:
    table = next(part for part in laid_out(form, report) if not isinstance(part, str) and part.grid == "requests")
    other = {4: 5, 5: 4}
    places = [place._replace(column=other.get(place.column, place.column)) if place.columns == 1 and place.row > 1
              else place for place in table.places]
    swapped = table._replace(places=tuple(sorted(places, key=lambda place: (place.row, place.column))))
    found = import_bytes(page.replace(html_table(table), html_table(swapped)).encode(), "a")
    assert silent_errors(found, report) == [] and len(found.cells) == 200


def test_a_cell_that_is_not_displayed_takes_no_place(page: str, report: Report) -> None:
    gone = page.replace("<th>行政许可</th>", "<th>行政许可</th><td style='display:none'>99</td>")
    found = check_whole(gone.encode(), report)
    assert any("隐藏的文字" in said for said in found.said)


def test_heads_that_lack_a_cell_put_what_stands_below_in_doubt(form: Form, report: Report, page: str) -> None:
    """The cell of 科研机构 is gone, so every head after it stands over the figures of its neighbour."""
    found = import_bytes(page.replace("<td>科研机构</td>", "").encode(), "a")
    assert silent_errors(found, report) == []
    sure = {address.column for address, cell in found.cells.items() if address.grid == "requests" and cell.is_sure}
    assert not sure & {"public_interest_org", "legal_services_institution", "other_org"}


def test_no_sum_that_fits_by_chance_hides_a_head_that_is_gone(form: Form, report: Report) -> None:
    """The last figure, which has no head, is 0, so that the sum of its row fits all the same; a row is gone, too, so
    that the shape of the table tells nothing."""
    def shown(address: Address) -> str:
        row = {"natural_person": "0", "commercial_enterprise": "90", "research_institution": "61866",
               "public_interest_org": "0", "legal_services_institution": "26664", "other_org": "0", "total": "88620"}
        known = all_figures(report).get(address)
        return row[address.column] if address.row == "carried_over_in" else format_value(known)

    made = html_text(laid_out(form, report, shown=shown)).replace("<td>科研机构</td>", "")
    begin = made.index("<tr><td>2.重复申请")
    made = made[:begin] + made[made.index("</tr>", begin) + len("</tr>"):]
    found = import_bytes(made.encode(), "a")
    below = [cell for address, cell in found.cells.items() if address.row == "carried_over_in"
             and address.column in ("public_interest_org", "legal_services_institution", "other_org")]
    assert below and not any(cell.is_sure for cell in below)


@pytest.mark.parametrize(("written", "value", "why"), [
    ("251000元", "251000", ""), ("251,000元", "251000", ""), ("0", "0", ""),
    ("251000", "251000", "没有写单位，按元读取"),
    ("25.1万元", "251000", "写的是“25.1万元”，换算成元")])
def test_an_amount_in_yuan_is_sure_with_its_unit_alone(written: str, value: str, why: str) -> None:
    form = form_reader.load_form("ogi-annual-report-2019")
    cell, report = Address.parse("proactive/central_procurement/amount_yuan"), made_report(form, 6)
    figures = {address: format_value(figure) for address, figure in all_figures(report).items()}
    shown = laid_out(form, report, shown=lambda address: written if address == cell else figures[address])
    found = import_bytes(html_text(shown).encode(), "a")
    assert found.cells[cell].value == Decimal(value)
    assert (found.cells[cell].reason == why) if not why else (why in found.cells[cell].reason)
    assert [address for address in found.doubtful if address != cell] == []
