"""What offices do to the form: columns counted, tables cut in pieces, heads written otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdesk.base.errors import UnreadableFileError
from govdesk.base.numerals import Accepted
from govdesk.form.form import Form
from govdesk.importing.figures import read_figure
from govdesk.importing.importer import import_bytes
from govdesk.report.report import Report
from tests.importing import file_making, page_making
from tests.importing.made_reports import Layout, Part, Place, laid_out, made_report
from tests.importing.reading import check_whole, silent_errors, state

FONT = str(Path(__file__).resolve().parents[2] / "resources" / "fonts" / "GwSong.ttf")
WHOLE = Accepted(whole=True, signed=False, unit="件")
CUTS = {"requests": (6, 15)}         # rows before which a table is cut


@pytest.fixture
def report(form: Form) -> Report:
    return made_report(form, 5)


def with_column_numbers(table: Layout) -> Layout:
    """A row below the heads that counts the columns: 1, 2, 3 …"""
    at = min(place.row for place in table.places if place.figure)
    moved = [place if place.row < at else place._replace(row=place.row + 1) for place in table.places]
    first = min(place.column for place in table.places if place.figure)
    counted = [Place(at, first + i, str(i + 1), 1, 1, False) for i in range(table.columns - first)]
    stub = [Place(at, 0, "", 1, first, False)] if first else []
    return table._replace(rows=table.rows + 1, places=tuple(sorted([*moved, *stub, *counted])))


def pieces(table: Layout, cuts: tuple[int, ...]) -> list[Layout]:
    """A table cut before these rows; a piece has no more columns than its own cells need."""
    found = []
    for begin, end in zip((0, *cuts), (*cuts, table.rows), strict=True):
        places = [place._replace(row=max(place.row, begin) - begin, rows=min(place.row + place.rows, end) -
                                 max(place.row, begin), text=place.text if place.row >= begin else "")
                  for place in table.places if place.row < end and place.row + place.rows > begin]
        begun = sorted({place.column for place in places})
        narrow = [place._replace(column=begun.index(place.column), columns=sum(
            place.column <= column < place.column + place.columns for column in begun)) for place in places]
        found.append(Layout(table.grid, end - begin, len(begun), tuple(sorted(narrow))))
    return found


@pytest.mark.parametrize("grid", ["requests", "disputes"])
def test_a_row_that_counts_the_columns_holds_no_figures(form: Form, report: Report, grid: str) -> None:
    parts = [with_column_numbers(part) if isinstance(part, Layout) and part.grid == grid else part
             for part in laid_out(form, report)]
    check_whole(file_making.docx(parts), report)


def test_pieces_of_a_table_need_not_have_the_same_columns(form: Form, report: Report) -> None:
    """The first piece ends before any row is divided, so that it has a column less."""
    parts: list[Part] = []
    for part in laid_out(form, report):
        parts += pieces(part, CUTS.get(part.grid, ())) if isinstance(part, Layout) else [part]
    assert len({part.columns for part in parts if isinstance(part, Layout) and part.grid == "requests"}) == 2
    check_whole(file_making.docx(parts), report)


def test_a_title_before_or_behind_the_table_of_contents_is_read(form: Form, report: Report) -> None:
    title, *rest = laid_out(form, report)
    heads = [section.heading for section in form.sections if section.heading]
    for parts in ([title, "目录", *heads, *rest], ["目录", *heads, title, *rest]):
        found = import_bytes(file_making.docx(parts), "a")
        assert (found.organ, found.year) == (report.cover("organ.name"), report.year)


def test_an_organ_whose_kind_is_not_known_signs_all_the_same(form: Form, report: Report) -> None:
    organ = report.cover("organ.name")
    parts = [part.replace(organ, "青石县第一敬老之家") if isinstance(part, str) else part
             for part in laid_out(form, report)]
    found = import_bytes(file_making.docx(parts), "a")
    assert "敬老之家" not in found.report.text("other_matters")
    assert found.report.cover("issued_on") == report.cover("issued_on")


@pytest.mark.parametrize("written", ["{0}．", "第{0}部分", "第{0}部分 "])
def test_heads_may_be_numbered_in_other_ways(form: Form, report: Report, written: str) -> None:
    """Also on pages, where a full line before them might go on."""
    parts: list[Part] = [written.format(part[0]) + part[2:] if isinstance(part, str) and part[1:2] == "、" else part
                         for part in laid_out(form, report, below=False)]
    for data in (file_making.docx(parts), page_making.pdf(parts, FONT)):
        check_whole(data, report)


def test_parts_below_may_be_counted_in_digits(form: Form, report: Report) -> None:
    """“1.主动公开政府信息情况” is no second part of the report."""
    names = {"（一）主动公开": "1.主动公开政府信息情况", "（二）依申请公开": "2.依申请公开情况"}
    parts: list[Part] = []
    for part in laid_out(form, report, below=False):
        begun = next((name for name in names if isinstance(part, str) and part.startswith(name)), "")
        parts.append(names.get(begun, part))
    check_whole(file_making.docx(parts), report)


def test_a_grouped_number_that_a_narrow_cell_breaks_is_one() -> None:
    figure = read_figure("111,4\n18", WHOLE)
    assert str(figure.value) == "111418" and figure.is_torn
    assert read_figure("111,4 18", WHOLE).value is None


def test_a_table_without_lines_on_a_page_is_said_and_no_text(form: Form, report: Report) -> None:
    def lines_left_out(_: object, mark: page_making.Mark) -> bool:
        return isinstance(mark, page_making.Line)

    found = import_bytes(page_making.pdf(list(laid_out(form, report)), FONT, draw=lines_left_out), "a")
    assert not found.cells and not silent_errors(found, report)
    assert any("没有画出表格线" in said for said in found.said)
    for text_id in ("proactive.text", "requests.text", "disputes.text"):
        assert not found.report.text(text_id)
    assert found.report.text("problems") == report.text("problems")


def test_another_yearly_report_is_none_on_disclosure() -> None:
    parts = ["青石县审计局2024年法治政府建设年度报告", "一、总体情况", "我局认真贯彻落实。",
             "二、存在的主要问题及改进情况", "学习不够。", "三、其他需要报告的事项", "无。"]
    with pytest.raises(UnreadableFileError, match="没有找到年报的三张表"):
        import_bytes(file_making.docx(parts), "a")


def test_a_text_box_of_a_doc_is_read() -> None:
    """LibreOffice wrote it: the shape ends before it begins, and the converter leaves its text out."""
    found = import_bytes((Path(__file__).parent / "files" / "box.doc").read_bytes(), "a")
    assert (found.organ, found.year) == ("临江区人民政府办公室", 2023)
    assert any("文本框" in said for said in found.said)
    assert state(found, "proactive/administrative_penalty/decisions") == ("38", True)


def test_a_table_within_a_cell_of_rtf_is_one_of_its_own() -> None:
    cells = "".join(f"\\pard\\intbl\\itap2 {text}\\nestcell{{\\nonesttables\\par}}" for text in ("a", "1"))
    row = "{\\*\\nesttableprops\\trowd\\cellx1000\\cellx2000\\nestrow}"
    data = "{\\rtf1\\ansi \\trowd\\cellx9000 " + cells + row + "\\pard\\intbl\\itap1 b\\cell\\row\\pard c\\par}"
    from govdesk.importing.importer import read_source

    inner, outer = read_source(data.encode(), "a").tables
    assert [cell.text for cell in inner.cells] == ["a", "1"]
    assert [cell.text for cell in outer.cells] == ["b"]


def test_pages_of_ofd_may_be_made_of_drawings(form: Form, report: Report) -> None:
    """Converters put what stands on a page into units that the page only names."""
    import io
    import re
    import zipfile

    whole = zipfile.ZipFile(io.BytesIO(page_making.ofd(list(laid_out(form, report)))))
    parts = {name: whole.read(name).decode() for name in whole.namelist()}
    units = ""
    for number, name in enumerate(name for name in parts if name.endswith("Content.xml")):
        layer = re.search(r'<ofd:Layer ID="9">(.*)</ofd:Layer>', parts[name], re.DOTALL)
        assert layer is not None
        units += (f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{layer[1]}</ofd:Content>'
                  "</ofd:CompositeGraphicUnit>")
        parts[name] = parts[name].replace(layer[1], f'<ofd:CompositeObject ID="7" Boundary="2 3 210 297" '
                                                    f'CTM="0.9 0 0 0.9 0 0" ResourceID="{number}"/>')
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts["Doc_0/Res.xml"] = f"<ofd:Res {space}>{units}</ofd:Res>"
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        "<ofd:CommonData>", "<ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>")
    check_whole(file_making.zipped(parts), report)
