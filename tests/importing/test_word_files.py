"""Word files as Word, WPS and converters write them: what is read, what is in doubt, what is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govdesk.base.errors import UnreadableFileError
from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.importing.importer import import_bytes
from govdesk.report.report import Report
from tests.importing.file_making import W, docx, docx_of, paragraph, run, word_cell, word_table
from tests.importing.made_reports import Layout, Place, all_figures, laid_out, made_report
from tests.importing.reading import check_whole, reason, silent_errors, state

RULES = "proactive/rules/issued"
NEW = "requests/new_requests/natural_person"


@pytest.fixture
def report(form: Form) -> Report:
    return made_report(form, 11)


Change = Callable[[Place], str | None]


def changed(form: Form, report: Report, where: str, inner: str) -> bytes:
    """The report with other contents of one cell: that of 规章 issued, or of new requests."""
    def cell(place: Place) -> str:
        return inner if place.text == "@" else word_cell(place)

    def shown(address: Address) -> str:
        return "@" if str(address) == where else format_value(all_figures(report).get(address))

    return docx(laid_out(form, report, shown=shown), cell)


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


@pytest.mark.parametrize(("inner", "value", "sure", "why"), [
    (f"<w:p>{deleted('12')}{inserted('15')}</w:p>", "15", False, "修订"),
    (f"<w:p>{run('3')}{run('99', '<w:vanish/>')}</w:p>", "3", False, "隐藏"),
    ("<w:p>" + run('3') + run('9', '<w:vanish w:val="0"/>') + "</w:p>", "39", True, ""),
    (f"<w:p>{run('8', '<w:strike/>')}{run('7')}</w:p>", "7", False, "划去"),
    (f"<w:p>{run('1')}</w:p><w:p>{run('2')}</w:p>", "12", False, "分开写"),
    (f"<w:p>{run('1')}{run('2')}</w:p>", "12", True, ""),
    (f"<w:p>{run('22（其中修订16件）')}</w:p>", "22", False, "只取前面的数"),
    ("<w:p>" + run('22') + run('1', '<w:vertAlign w:val="superscript"/>') + "</w:p>", "22", False, "只取前面的数"),
    (f"<w:p>{run('３５件')}</w:p>", "35", True, ""),
    (f"<w:p>{run('1,234')}</w:p>", "1234", True, ""),
    (f"<w:p>{run('/')}</w:p>", "na", True, ""), (f"<w:p>{run('—')}</w:p>", "na", True, ""),
    ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(ABOVE) 7 </w:instrText></w:r>'
     '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>41</w:t></w:r>'
     '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "41", True, ""),
    ('<w:p><w:fldSimple w:instr="=A1"><w:r><w:t>6</w:t></w:r></w:fldSimple></w:p>', "6", True, ""),
    (f"<w:sdt><w:sdtContent><w:p>{run('5')}</w:p></w:sdtContent></w:sdt>", "5", True, ""),
    ("<w:p><mc:AlternateContent xmlns:mc='x'><mc:Choice><w:r><w:t>4</w:t></w:r></mc:Choice>"
     "<mc:Fallback><w:r><w:t>4</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>", "4", True, ""),
    ("<w:p><w:r><w:t>2</w:t></w:r><wpsCustomData:x xmlns:wpsCustomData='http://www.wps.cn/x'>9</wpsCustomData:x></w:p>",
     "2", True, ""),
])
def test_what_a_cell_says(report: Report, inner: str, value: str, sure: bool, why: str) -> None:
    found = import_bytes(changed(form_reader.load_form(report.form_id), report, RULES, inner), "a.docx")
    assert state(found, RULES) == (value, sure)
    assert why in reason(found, RULES)


@pytest.mark.parametrize("text", ["", "无", "若干", "=1+2", "+5", "-5", "@3", "三件"])
def test_what_is_no_figure_is_never_a_0(form: Form, report: Report, text: str) -> None:
    found = import_bytes(changed(form, report, RULES, f"<w:p>{run(text)}</w:p>"), "a.docx")
    assert state(found, RULES) is None and RULES in map(str, found.missing)
    assert bool(found.left_over) == bool(text)


def test_yuan_is_counted_as_wan_yuan_only_in_doubt(form: Form, report: Report) -> None:
    fee = "proactive/administrative_fees/amount_wan_yuan"
    found = import_bytes(changed(form, report, fee, f"<w:p>{run('251000元')}</w:p>"), "a.docx")
    assert state(found, fee) == ("25.1", False)


def test_a_sum_that_does_not_fit_is_in_doubt(form: Form, report: Report) -> None:
    found = import_bytes(changed(form, report, NEW, f"<w:p>{run('123456')}</w:p>"), "a.docx")
    assert state(found, NEW) == ("123456", False)
    assert "各格相加为" in reason(found, NEW)


def test_revisions_and_hidden_text_are_said(form: Form, report: Report) -> None:
    found = import_bytes(changed(form, report, RULES, f"<w:p>{inserted('5')}{run('6', '<w:vanish/>')}</w:p>"), "a.docx")
    assert any("修订痕迹" in said for said in found.said) and any("隐藏的文字" in said for said in found.said)


@pytest.mark.parametrize("span", ["0", "-1", "abc", "999999999999"])
def test_a_span_that_is_nonsense_shifts_nothing(form: Form, report: Report, span: str) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    broken = body.replace("<w:tc><w:tcPr></w:tcPr>", f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>', 3)
    if span.startswith("9"):
        assert "列数超过" in _refused(docx_of(broken))
    else:
        check_whole(docx_of(broken), report)


def _refused(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        import_bytes(data, "a")
    return error.value.sentence


def test_the_whole_report_in_a_frame_of_one_cell(form: Form, report: Report) -> None:
    inner = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    check_whole(docx_of(f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"), report)


def test_rows_and_cells_in_content_controls(form: Form, report: Report) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    wrapped = body.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
    check_whole(docx_of(wrapped), report)


def test_a_title_in_a_text_box_is_read_once(form: Form, report: Report) -> None:
    title, *rest = laid_out(form, report)
    assert isinstance(title, str)
    box = f"<w:txbxContent>{paragraph(title)}</w:txbxContent>"
    shape = (f"<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
             f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>")
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in rest)
    check_whole(docx_of(shape + body), report)


NUMBERING = (f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
             'w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
             '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/>'
             '<w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
             '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
             '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>')


def test_heads_that_are_numbered_by_word(form: Form, report: Report) -> None:
    heads = {section.heading for section in form.sections if section.heading}
    below = {text.heading for text in form.texts.values() if text.heading}
    body = ""
    for part in laid_out(form, report, below=False):
        if not isinstance(part, str):
            body += word_table(part)
        elif part in heads | below:
            number = "1" if part in heads else "2"
            body += paragraph(part.partition("、")[2] if part in heads else part.partition("）")[2],
                              f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        else:
            body += paragraph(part)
    check_whole(docx_of(body, numbering=NUMBERING), report)
    check_whole(docx_of(body), report)                   # numbers lost: the heads' own words serve


def test_rows_that_begin_late(form: Form, report: Report) -> None:
    """gridBefore in place of the cell that is merged downwards."""
    body = ""
    for part in laid_out(form, report):
        table = word_table(part) if not isinstance(part, str) else paragraph(part)
        body += table
    late = body.replace("<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>",
                        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>')
    assert late != body
    found = import_bytes(docx_of(late), "a.docx")
    assert silent_errors(found, report) == [] and len(found.cells) == 200


def test_a_row_that_lacks_a_cell_is_in_doubt(form: Form, report: Report) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    at = body.index("二、上年结转")
    end = body.index("</w:tc>", at) + len("</w:tc>")
    after = body.index("</w:tc>", end) + len("</w:tc>")
    found = import_bytes(docx_of(body[:end] + body[after:]), "a.docx")
    assert silent_errors(found, report) == []


def test_two_reports_in_one_file_are_said_and_all_in_doubt(form: Form, report: Report) -> None:
    found = import_bytes(docx([*laid_out(form, report), *laid_out(form, made_report(form, 12))]), "a.docx")
    assert any("2 份年报" in said for said in found.said)
    assert silent_errors(found, report) == [] and not any(cell.is_sure for cell in found.cells.values())


def test_other_handling_in_one_row_goes_under_no_item(form: Form, report: Report) -> None:
    body = ""
    for part in laid_out(form, report):
        if isinstance(part, str) or part.grid != "requests":
            body += paragraph(part) if isinstance(part, str) else word_table(part)
            continue
        first = next(place for place in part.places if place.text.startswith("（六）"))
        kept = [place for place in part.places if not first.row < place.row < first.row + 3
                and not (place.row == first.row and place.column == 2)]
        moved = [place._replace(row=place.row - 2 if place.row > first.row else place.row,
                                rows=place.rows - 2 if place.column == 0 and place.rows > 9 else place.rows)
                 for place in kept]
        places = [place._replace(rows=1, columns=2) if place.text.startswith("（六）") else place for place in moved]
        body += word_table(part._replace(rows=part.rows - 2, places=tuple(places)))
    found = import_bytes(docx_of(body), "a.docx")
    assert not any(str(address).startswith("requests/other_") for address in found.cells)
    assert any("（六）其他处理" in left for left in found.left_over)
    assert silent_errors(found, report) == []


def test_a_row_that_the_form_has_not_is_left_over_and_shifts_nothing(form: Form, report: Report) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    at = body.index("<w:tr>", body.index("二、上年结转"))
    row = "<w:tr>" + f'<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{paragraph("网上咨询答复数")}</w:tc>' \
        + f"<w:tc>{paragraph('77')}</w:tc>" * 7 + "</w:tr>"
    found = import_bytes(docx_of(body[:at] + row + body[at:]), "a.docx")
    assert any("网上咨询答复数" in left for left in found.left_over)
    assert silent_errors(found, report) == []


def test_names_that_offices_write_otherwise(form: Form, report: Report) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    for printed, written in (("一、本年新收政府信息公开申请数量", "一、本年新收"), ("商业企业", "企业"),
                             ("6.属于四类过程性信息", "6.过程性信息"), ("1.本机关不掌握相关政府信息", "1.不掌握"),
                             ("四、结转下年度继续办理", "四、结转下年"), ("行政规范性文件", "规范性文件")):
        assert printed in body
        body = body.replace(printed, written)
    found = check_whole(docx_of(body), report, sure=False)
    assert len(found.doubtful) <= 10


def test_a_misspelt_name_is_read_in_doubt(form: Form, report: Report) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    found = import_bytes(docx_of(body.replace("2.没有现成信息需要另行制作", "2.没有现成的信息需另行制做")), "a.docx")
    assert state(found, "requests/unable_needs_creation/total") is not None
    assert not found.cells[next(a for a in found.cells if a.row == "unable_needs_creation")].is_sure
    assert silent_errors(found, report) == []


def test_more_numbers_than_one_in_a_cell_are_not_run_together(form: Form, report: Report) -> None:
    found = import_bytes(changed(form, report, RULES, f"<w:p>{run('95 0 0 3')}</w:p>"), "a.docx")
    assert state(found, RULES) is None and any("95 0 0 3" in left for left in found.left_over)


def test_a_column_of_subtotals_is_passed_over(form: Form, report: Report) -> None:
    """法人小计 before 总计: its figures are listed, the others are right or in doubt."""
    body = ""
    for part in laid_out(form, report):
        if isinstance(part, str) or part.grid != "requests":
            body += paragraph(part) if isinstance(part, str) else word_table(part)
            continue
        moved = [place._replace(column=10) if place.column == 9 else place for place in part.places]
        wide = [place._replace(columns=place.columns + 1) if place.columns in (5, 7) and not place.figure else place
                for place in moved]
        extra = [Place(2, 9, "小计", 1, 1, False), *(Place(row, 9, "12", 1, 1, True) for row in range(3, part.rows))]
        body += word_table(part._replace(columns=11, places=tuple(sorted(
            [*wide, *extra], key=lambda place: (place.row, place.column)))))
    found = import_bytes(docx_of(body), "a.docx")
    assert silent_errors(found, report) == []
    assert any("小计" in left for left in found.left_over)


def test_a_number_torn_into_two_cells_is_in_doubt(form: Form, report: Report) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    at = body.index("（一）予以公开")
    begin = body.index("<w:tc>", at)
    end = body.index("</w:tc>", begin) + len("</w:tc>")
    torn = f"<w:tc>{paragraph('4')}</w:tc><w:tc>{paragraph('2')}</w:tc>"
    found = import_bytes(docx_of(body[:begin] + torn + body[end:]), "a.docx")
    assert silent_errors(found, report) == []


def test_table_four_without_the_heads_of_its_groups_is_read_by_shape_and_in_doubt(form: Form, report: Report) -> None:
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in laid_out(form, report))
    for head in ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"):
        body = body.replace(run(head), run(""))
    found = import_bytes(docx_of(body), "a.docx")
    assert silent_errors(found, report) == []
    assert not any(cell.is_sure for address, cell in found.cells.items() if address.grid == "disputes")


def test_rows_whose_spans_are_told_by_widths_alone(form: Form, report: Report) -> None:
    """Some converters write no gridSpan; where the cells stand, their widths say."""
    def widths(table: Layout) -> list[int]:
        return [500, 900, 2300, *[760] * 7] if table.columns == 10 else [9000 // table.columns] * table.columns

    body = ""
    for part in laid_out(form, report):
        if isinstance(part, str):
            body += paragraph(part)
            continue
        rows = ""
        for r in range(part.rows):
            rows += "<w:tr>"
            for place in sorted(part.places, key=lambda one: one.column):
                if place.row <= r < place.row + place.rows:
                    wide = sum(widths(part)[place.column:place.column + place.columns])
                    begun = '<w:vMerge w:val="restart"/>' if place.row == r else "<w:vMerge/>"
                    merge = begun if place.rows > 1 else ""
                    inner = word_cell(place) if place.row == r else "<w:p/>"
                    rows += f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{merge}</w:tcPr>{inner}</w:tc>'
            rows += "</w:tr>"
        body += f"<w:tbl>{rows}</w:tbl>"
    check_whole(docx_of(body), report)
