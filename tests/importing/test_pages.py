"""Pages as positioned characters and lines: tables over a page end, lines of prose over it."""

from __future__ import annotations

from govdesk import cli
from govdesk.base.paths import resources_folder
from govdesk.document.style import PLAIN_STYLE
from govdesk.export.formats import PDF_FORMAT
from govdesk.formfile import form_reader
from govdesk.importing.files.source import SourceParagraph, Table
from govdesk.importing.importer import import_bytes
from govdesk.importing.pages.page_model import SourceGlyph, SourcePage, SourceRule
from govdesk.importing.pages.page_text import items_of
from govdesk.printing.compose import compose
from govdesk.session.session import take_snapshot
from govdesk.typeset.watch import UNWATCHED

EDGES = (60.0, 260.0, 330.0, 400.0)
HIGH = 22.0


Prose = tuple[tuple[float, float, str], ...]


def page(number: int, top: float, rows: list[tuple[str, ...]], prose: Prose = ()) -> SourcePage:
    """A page with one table of three columns, and lines of prose as (x, base line, text)."""
    glyphs: list[SourceGlyph] = []
    rules = [SourceRule(False, top + HIGH * i, EDGES[0], EDGES[-1]) for i in range(len(rows) + 1)]
    rules += [SourceRule(True, x, top, top + HIGH * len(rows)) for x in EDGES]
    written = [(EDGES[column] + 4, top + HIGH * r + 15, text) for r, row in enumerate(rows)
               for column, text in enumerate(row)]
    for x, base, text in (*written, *prose):
        for sign in text:
            wide = 5.0 if sign.isascii() else 10.0
            glyphs.append(SourceGlyph(sign, x, x + wide, base, 10.0))
            x += wide
    return SourcePage(number, 595.0, 842.0, tuple(glyphs), tuple(rules))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.height)]


def test_a_row_that_a_page_end_cuts_is_one() -> None:
    """Its name goes on without a number, and no figure stands in both parts."""
    before = page(1, 700, [("4.无正当理由大量反复申请", "1", "2"), ("5.要求行政机关确认", "3", "4")])
    after = page(2, 80, [("或重新出具已获取信息", "", ""), ("（七）总计", "5", "6")])
    (table,) = items_of([before, after])
    assert isinstance(table, Table)
    assert texts(table) == [["4.无正当理由大量反复申请", "1", "2"],
                            ["5.要求行政机关确认\n或重新出具已获取信息", "3", "4"], ["（七）总计", "5", "6"]]


def test_rows_that_a_page_end_parts_stay_two() -> None:
    before = page(1, 700, [("4.无正当理由大量反复申请", "1", "2"), ("5.要求行政机关确认或重新出具已获取信息", "", "")])
    after = page(2, 80, [("6.其他", "3", "4"), ("（七）总计", "5", "6")])
    (table,) = items_of([before, after])
    assert isinstance(table, Table)
    assert [row[0] for row in texts(table)] == ["4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息",
                                                "6.其他", "（七）总计"]


def test_heads_that_are_repeated_stand_once() -> None:
    before = page(1, 700, [("信息内容", "制发", "废止"), ("规章", "1", "2")])
    after = page(2, 80, [("信息内容", "制发", "废止"), ("行政规范性文件", "3", "4")])
    (table,) = items_of([before, after])
    assert isinstance(table, Table)
    assert [row[0] for row in texts(table)] == ["信息内容", "规章", "行政规范性文件"]


def test_two_tables_with_prose_between_them_stay_two() -> None:
    before = page(1, 700, [("规章", "1", "2"), ("许可", "1", "2")])
    after = page(2, 120, [("处罚", "3", "4"), ("强制", "3", "4")], ((84.0, 100.0, "三、收到和处理申请情况"),))
    assert [type(item) is Table for item in items_of([before, after])] == [True, False, True]


def test_page_numbers_and_repeated_heads_are_no_prose() -> None:
    pages = [page(number, 300, [("规章", "1", "2"), ("许可", "1", "2")], (
        (250.0, 30.0, "某某局年度报告"), (280.0, 815.0, f"- {number} -"), (84.0, 200.0, f"第{sign}段话")))
        for number, sign in enumerate("一二三", 1)]
    prose = [item.text for item in items_of(pages) if isinstance(item, SourceParagraph)]
    assert prose == ["第一段话", "第二段话", "第三段话"]


def test_the_program_s_own_pdf_is_read_without_a_doubt() -> None:
    """Its long labels are written small to be heard: characters that come twice in one are no doubles."""
    report = cli.sample_report()
    form = form_reader.load_form(report.form_id)
    document = compose(take_snapshot(form, report))
    data = PDF_FORMAT.write(document, resources_folder() / "fonts", PLAIN_STYLE, UNWATCHED).data
    found = import_bytes(data, "年报.pdf")
    assert (found.doubtful, found.left_over) == ([], ())
    assert {a: found.report.value(a) for a in form.input_cells} == {a: report.value(a) for a in form.input_cells}


def test_cells_that_a_page_end_cuts_go_on_below_the_last_line() -> None:
    """Browsers print the rest of a cell below the foot of the table; each run of it stands in one column."""
    rest = ((EDGES[1] + 4, 780.0, "件数"), (EDGES[2] + 4, 780.0, "有效"))
    (table,) = items_of([page(1, 720, [("规章", "1", "2"), ("信息内容", "本年制发", "现行")], rest)])
    assert isinstance(table, Table)
    assert texts(table)[-1] == ["信息内容", "本年制发\n件数", "现行\n有效"]
    across = ((EDGES[1] + 4, 780.0, "这是表格下面的一句话"),)
    assert len(items_of([page(1, 720, [("规章", "1", "2"), ("信息内容", "制发", "现行")], across)])) == 2


def test_a_cell_that_reaches_over_a_whole_page_keeps_its_side() -> None:
    """Its left side touches no line across: there is none within the cell."""
    made = page(1, 60, [("1.属于国家秘密", "1", "2"), ("2.其他", "3", "4")])
    side = SourceRule(True, 30.0, 60.0, 60.0 + 2 * HIGH)
    name = tuple(SourceGlyph(sign, 32.0 + 10 * i, 42.0 + 10 * i, 75.0, 10.0) for i, sign in enumerate("三"))
    (table,) = items_of([made._replace(rules=(*made.rules, side), glyphs=(*made.glyphs, *name))])
    assert isinstance(table, Table)
    assert table.width == 4 and table.cells[0].text.startswith("三")


def test_sides_that_lie_a_little_apart_are_one() -> None:
    """Of a row that a page end cuts, browsers draw the sides aside; no character has room between."""
    made = page(1, 60, [("规章", "1", "2"), ("行政规范性文件", "3", "4")])
    moved = tuple(rule._replace(begin=60.0 + HIGH) if rule.upright else rule for rule in made.rules)
    aside = tuple(SourceRule(True, x + 4.2, 60.0, 60.0 + HIGH) for x in EDGES)
    (table,) = items_of([made._replace(rules=(*moved, *aside))])
    assert isinstance(table, Table)
    assert texts(table) == [["规章", "1", "2"], ["行政规范性文件", "3", "4"]]
