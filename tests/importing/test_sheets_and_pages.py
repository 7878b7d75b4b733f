"""Workbooks, lists and pages: what is hidden, where a figure comes from, what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from govdesk.base.numerals import format_value
from govdesk.base.paths import resources_folder
from govdesk.form.form import Address, Form
from govdesk.importing.importer import import_bytes
from govdesk.report.report import Report
from tests.importing import file_making, page_making
from tests.importing.file_making import workbook, xlsx
from tests.importing.made_reports import Part, all_figures, laid_out, made_report
from tests.importing.page_making import Line, Mark, Text
from tests.importing.reading import check_whole, reason, silent_errors, state

FONT = str(resources_folder() / "fonts" / "GwSong.ttf")
RULES = "proactive/rules/issued"
NEW = "requests/new_requests/natural_person"


@pytest.fixture
def report(form: Form) -> Report:
    return made_report(form, 41)


def with_text(form: Form, report: Report, where: str, text: str) -> list[Part]:
    """The report as it is laid out, with another text in one cell."""
    def shown(address: Address) -> str:
        return text if str(address) == where else format_value(all_figures(report).get(address))

    return list(laid_out(form, report, shown=shown))


# -------------------------------------------------------------------------------------------------------- spreadsheets

def test_hidden_rows_of_a_workbook_count_and_are_said(form: Form, report: Report) -> None:
    found = check_whole(xlsx(laid_out(form, report), hidden=range(20, 40)), report)
    assert found.said == ("工作表“年报”有 20 个隐藏的行或列，也读取了。",)


def test_a_cell_is_named_as_the_spreadsheet_names_it(form: Form, report: Report) -> None:
    found = import_bytes(xlsx(laid_out(form, report)), "a")
    row = next(i for i, row in enumerate(file_making.sheet_rows(laid_out(form, report))[0]) if row[0] == "规章") + 1
    assert found.cells[Address.parse(RULES)].source == f"工作表“年报” B{row}"


def test_a_formula_counts_with_the_result_that_is_kept(form: Form, report: Report) -> None:
    def sheet(value: str) -> bytes:
        marked = xlsx(with_text(form, report, RULES, "424242"))
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(marked)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        body = parts["xl/worksheets/sheet1.xml"].decode()
        parts["xl/worksheets/sheet1.xml"] = body.replace("<v>424242</v>", f"<f>SUM(A1:A2)</f>{value}").encode()
        return file_making.zipped(parts)

    assert state(import_bytes(sheet("<v>17</v>"), "a"), RULES) == ("17", True)
    without = import_bytes(sheet(""), "a")
    assert state(without, RULES) is None and any("公式" in left for left in without.left_over)


@pytest.mark.parametrize(("text", "value"), [("=1+2", None), ("+5", None), ("-5", None), ("@7", None), ("7", "7")])
def test_what_begins_as_a_formula_is_no_figure(form: Form, report: Report, text: str, value: str | None) -> None:
    for write in (xlsx, file_making.xls, lambda parts: file_making.csv_text(parts).encode()):
        found = state(import_bytes(write(with_text(form, report, RULES, text)), "a"), RULES)
        assert (found[0] if found else None) == value


def test_a_table_that_begins_further_in(form: Form, report: Report) -> None:
    """Blank columns and rows before the tables shift nothing."""
    rows, merged = file_making.sheet_rows(laid_out(form, report))
    moved = [["", "", *row] for row in rows]
    assert len(merged) > 20
    text = "\n".join(",".join(cell if "," not in cell else f'"{cell}"' for cell in row) for row in [[""] * 9, *moved])
    check_whole(text.encode(), report)


def test_a_hidden_sheet_is_not_read_and_said(form: Form, report: Report) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsx(laid_out(form, report)))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    book = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = book.replace(
        '<sheet name="年报"', '<sheet name="旧" sheetId="2" state="hidden" r:id="rId1"/><sheet name="年报"').encode()
    found = check_whole(file_making.zipped(parts), report)
    assert any("隐藏的工作表没有读取（“旧”）" in said for said in found.said)


def test_a_number_that_is_shown_as_a_day_is_no_figure(form: Form, report: Report) -> None:
    """“1/2” typed into a spreadsheet becomes a day, stored as 45293."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsx(with_text(form, report, RULES, "45293")))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    body = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(r'(<c r="[A-Z]+\d+")(><v>45293<)', r'\1 s="1"\2', body).encode()
    for look in ('numFmtId="14"', 'numFmtId="176"'):
        parts["xl/styles.xml"] = (
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
            '<numFmt numFmtId="176" formatCode="m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
            f'<cellXfs><xf numFmtId="0"/><xf {look}/></cellXfs></styleSheet>').encode()
        assert state(import_bytes(file_making.zipped(parts), "a"), RULES) is None


def test_an_empty_sheet_that_is_styled_to_its_end_is_no_obstacle() -> None:
    from govdesk.importing.importer import read_source

    data = workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert [len(table.cells) for table in read_source(data, "a").tables] == [1]


# --------------------------------------------------------------------------------------------------------------- pages

Draw = Callable[[Any, Mark], bool]


def pdf_with(form: Form, report: Report, where: str, text: str, draw: Draw) -> bytes:
    return page_making.pdf(with_text(form, report, where, text), FONT, draw=draw)


def at(mark: Text) -> tuple[float, float]:
    point = 72 / 25.4
    return mark.x * point, (page_making.HIGH - mark.y) * point


def test_white_text_is_no_figure_and_said(form: Form, report: Report) -> None:
    def draw(canvas: Any, mark: Mark) -> bool:
        if not isinstance(mark, Text) or mark.text != "7":
            return False
        canvas.setFont("T", mark.size * 72 / 25.4)
        canvas.drawString(*at(mark), "7")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(at(mark)[0] + 8, at(mark)[1], "99")
        canvas.setFillColorRGB(0, 0, 0)
        return True

    found = import_bytes(pdf_with(form, report, RULES, "7", draw), "a")
    assert (state(found, RULES) or ("", False))[0] == "7"
    assert any("看不见" in said for said in found.said)


def test_invisible_text_is_no_figure(form: Form, report: Report) -> None:
    def draw(canvas: Any, mark: Mark) -> bool:
        if not isinstance(mark, Text) or mark.text != "5":
            return False
        text = canvas.beginText(*at(mark))
        text.setFont("T", mark.size * 72 / 25.4)
        text.setTextRenderMode(3)
        text.textOut("5")
        canvas.drawText(text)
        return True

    found = import_bytes(pdf_with(form, report, RULES, "5", draw), "a")
    assert state(found, RULES) is None


def test_a_number_over_the_line_between_two_cells_is_in_doubt(form: Form, report: Report) -> None:
    def draw(canvas: Any, mark: Mark) -> bool:
        if not isinstance(mark, Text) or mark.text != "777777":
            return False
        canvas.setFont("T", mark.size * 72 / 25.4)
        canvas.drawString(at(mark)[0] + 58, at(mark)[1], "777777")
        return True

    found = import_bytes(pdf_with(form, report, RULES, "777777", draw), "a")
    torn = [cell for cell in found.cells.values() if "拆成了几段" in cell.reason]
    assert len(torn) == 2 and silent_errors(found, report) == []


def test_lines_that_are_not_seen_part_nothing(form: Form, report: Report) -> None:
    """White lines through every cell, as some programs draw them."""
    def draw(canvas: Any, mark: Mark) -> bool:
        if isinstance(mark, Line) and mark.x0 == mark.x1:
            canvas.setStrokeColorRGB(1, 1, 1)
            x = (mark.x0 + 1.2) * 72 / 25.4
            canvas.line(x, (page_making.HIGH - mark.y0) * 72 / 25.4, x, (page_making.HIGH - mark.y1) * 72 / 25.4)
            canvas.setStrokeColorRGB(0, 0, 0)
        return False

    check_whole(page_making.pdf(laid_out(form, report), FONT, draw=draw), report)


def test_radicals_for_characters(form: Form, report: Report) -> None:
    """Browsers write ⾏⺠⻛ for 行民风; the texts have the characters."""
    signs = str.maketrans("行民风自用文", "⾏⺠⻛⾃⽤⽂")
    parts = [part.translate(signs) if isinstance(part, str) else part._replace(places=tuple(
        place._replace(text=place.text.translate(signs)) for place in part.places)) for part in laid_out(form, report)]
    check_whole(page_making.ofd(parts), report)
    check_whole(file_making.html_text(parts).encode(), report)


def test_a_sum_that_does_not_fit_puts_the_whole_line_in_doubt(form: Form, report: Report) -> None:
    found = import_bytes(page_making.pdf(with_text(form, report, NEW, "99999"), FONT), "a")
    assert state(found, NEW) == ("99999", False) and "各格相加为" in reason(found, NEW)
    assert silent_errors(found, report) == []


def test_what_govdesk_prints_it_reads(form: Form, report: Report) -> None:
    """Our own PDF comes back, totals included."""
    from govdesk.document.style import PLAIN_STYLE
    from govdesk.export.formats import FORMATS
    from govdesk.printing.compose import compose
    from govdesk.session.session import Snapshot
    from govdesk.typeset.watch import Watch

    written = FORMATS["pdf"].write(compose(Snapshot(form, report)), resources_folder() / "fonts", PLAIN_STYLE, Watch())
    found = import_bytes(written.data, "a")
    assert silent_errors(found, report) == []
    assert {a: cell.value for a, cell in found.cells.items()} == all_figures(report)


def test_a_watermark_is_no_part_of_a_cell(form: Form, report: Report) -> None:
    drawn: list[int] = []

    def draw(canvas: Any, mark: Mark) -> bool:
        if isinstance(mark, Text) and len(drawn) < 400:
            drawn.append(1)
            if len(drawn) % 5 == 0:
                canvas.saveState()
                canvas.translate(*at(mark))
                canvas.rotate(45)
                canvas.setFont("T", 9)
                canvas.drawString(0, 0, "内部资料 123")
                canvas.restoreState()
        return False

    found = check_whole(page_making.pdf(laid_out(form, report), FONT, draw=draw), report)
    assert any("水印" in said for said in found.said)


def test_organ_and_year_that_only_the_name_of_the_file_says(form: Form, report: Report) -> None:
    data = xlsx([part for part in laid_out(form, report) if not isinstance(part, str)])
    found = import_bytes(data, "/报送/青石县审计局2023年度年报.xlsx")
    assert (found.organ, found.year) == ("青石县审计局", 2023)
    assert any("文件名" in said for said in found.said)
    assert import_bytes(data, "表.xlsx").year is None
