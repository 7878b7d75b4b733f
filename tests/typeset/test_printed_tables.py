"""Tables on paper: rules, figures in their cells, and cuts inside spans."""

from __future__ import annotations

import re

import pytest

from govdesk.document.document import GridBlock, GridCell, Heading, Paragraph
from govdesk.typeset.cells import fit_cell
from govdesk.typeset.page import HEIGHT, LEFT, MM, TOP, WIDTH, PieceRole
from tests.export.export_reading import fonts, ink, page_texts, pages_of, pdf_of, pictures, report_pdf
from tests.export.export_sheets import (
    FIGURE,
    GROUPS,
    HEAD,
    LABEL,
    disputes,
    figures,
    head,
    label,
    proactive,
    requests,
    with_blocks,
)

LONG = tuple((name, tuple(f"{i + 1}.{lines[0][2:]}" for i in range(13))) for name, lines in GROUPS)


def rules(document, page=0):
    return pages_of(document).pages[page].rules


def test_table_3_is_one_page_under_its_heading():
    texts = page_texts(pdf_of(with_blocks(Heading(1, "三、收到和处理政府信息公开申请情况", "r"), requests())))
    assert len(texts) == 1


def test_tables_are_as_wide_as_the_type_area_with_even_hairlines():
    for grid in (proactive(), requests(), disputes()):
        drawn = rules(with_blocks(grid))
        assert min(rule.x0 for rule in drawn) == pytest.approx(LEFT)
        assert max(rule.x1 for rule in drawn) == pytest.approx(LEFT + WIDTH, abs=0.01)
        assert {rule.width for rule in drawn} == {0.5}


def test_each_rule_is_where_two_cells_meet_and_nowhere_inside_a_span():
    drawn = rules(with_blocks(proactive()))
    inner = sorted({round((rule.x0 - LEFT) / MM) for rule in drawn if rule.x0 == rule.x1})
    assert inner == [0, 66, 96, 126, 156]
    assert len([rule for rule in drawn if rule.y0 == rule.y1]) == len(proactive().rows) + 1
    upright = [rule for rule in drawn if rule.x0 == rule.x1 and round((rule.x0 - LEFT) / MM) == 96]
    assert len(upright) == 1         # beside 规章 and 行政规范性文件 only, in one piece with their head


def test_rules_are_seen_on_the_page():
    picture = next(pictures(pdf_of(with_blocks(disputes()))))
    for column in range(16):
        at = 28 + column * 10.4
        assert ink(picture, at - 0.2, 63, at + 0.2, 64)


def test_figures_stay_inside_their_cells_however_long():
    grid = requests(spread=123456789)
    edges = [LEFT + sum(grid.widths[:i]) * MM for i in range(len(grid.widths) + 1)]
    for page in pages_of(with_blocks(grid)).pages:
        for piece in page.pieces:
            for run in piece.runs:
                if run.text.isdigit() and piece.block == 0 and run.x > edges[3]:
                    column = max(i for i, edge in enumerate(edges) if edge <= run.x)
                    assert run.x + sum(run.advances) < edges[column + 1]


@pytest.mark.parametrize("text", ["12345678", "1234567890123", "9" * 60, "3415.74", "不适用"])
def test_a_figure_of_any_length_fits_its_width(text):
    set_text = fit_cell(fonts(), GridCell(text, FIGURE), "", width=34, height=0, size=10.5, tall=False)
    assert all(line.width * set_text.size <= 34 for line in set_text.lines)
    assert "".join(line.text for line in set_text.lines) == text


def test_the_tall_narrow_label_stands_upright():
    cell = label("三、本年度办理结果", 22)
    set_text = fit_cell(fonts(), cell, "", width=9 * MM, height=400, size=9, tall=True)
    assert [line.text for line in set_text.lines] == ["三、", "本", "年", "度", "办", "理", "结", "果"]


def test_labels_break_by_sense():
    cell = label("（三）不予公开", 8, 1, (3,))
    set_text = fit_cell(fonts(), cell, "", width=19 * MM, height=0, size=9, tall=True)
    assert [line.text for line in set_text.lines] == ["（三）", "不予公开"]
    forced = head("结果维持", 1, 1, (2,))
    assert len(fit_cell(fonts(), forced, "", width=300, height=0, size=9, tall=False).lines) == 2


def test_a_table_too_high_for_a_page_is_cut_inside_its_spans():
    grid = requests(LONG)
    document = with_blocks(Heading(1, "三、收到和处理", "r"), grid)
    raw = page_texts(pdf_of(document))
    texts = ["".join(text.split()) for text in raw]
    assert len(texts) >= 2
    assert all("申请人情况" in text and "自然人" in text for text in texts)
    assert all("（续）" in text for text in texts[1:]) and "（续）" not in texts[0]
    for row in range(1, len(grid.rows) - 2):
        assert sum(text.split().count(f"{row}00") for text in raw) == 1, row


def test_no_rule_is_missing_at_a_cut():
    document = with_blocks(Paragraph("前文。"), requests(LONG))
    pages = pages_of(document).pages
    for page in (page for page in pages if page.rules):
        top, bottom = min(rule.y0 for rule in page.rules), max(rule.y1 for rule in page.rules)
        for y in (top, bottom):
            assert any(rule.y0 == rule.y1 == y and rule.x1 - rule.x0 > WIDTH - 1 for rule in page.rules)
        for x in (LEFT, LEFT + WIDTH):
            assert any(abs(rule.x0 - x) < 0.1 and rule.y0 == top and rule.y1 == bottom for rule in page.rules)
        assert bottom <= TOP + HEIGHT + 0.3


def test_a_repeated_head_is_not_read_aloud_twice():
    pages = pages_of(with_blocks(requests(LONG))).pages
    content = [(p.block, p.part) for page in pages for p in page.pieces if p.standing is PieceRole.CONTENT]
    assert len(content) == len(set(content))
    assert any(p.standing is PieceRole.REPEATED for p in pages[1].pieces)


def test_a_band_never_ends_a_page():
    band = (GridCell("第二十条第（五）项", head("").role.BAND, 1, 2),)
    rows = [row for i in range(40) for row in (band, (label(f"行政许可{i}"), *figures([str(i)])))]
    document = with_blocks(GridBlock("表", (100, 56), 0, tuple(rows)))
    for page in pages_of(document).pages:
        last = [piece for piece in page.pieces if piece.block == 0][-1]
        assert last.runs[0].text.isdigit()


def test_a_broken_grid_is_drawn_as_far_as_it_goes():
    rows = ((GridCell("甲", LABEL, 9, 9), GridCell("乙", HEAD)), (), (GridCell("1", FIGURE),))
    assert len(pages_of(with_blocks(GridBlock("表", (60, 60), 5, rows))).pages) >= 1
    assert pages_of(with_blocks(GridBlock("表", (), 0, ()))).pages[0].rules == []
    wide = GridBlock("表", (300, 300), 0, (figures(["1", "2"]),))
    assert max(rule.x1 for rule in rules(with_blocks(wide))) <= LEFT + WIDTH + 0.1


def test_text_without_measure_in_a_cell_does_not_leave_the_page():
    grid = proactive()
    rows = (*grid.rows[:2], (label("规章" * 3000), *figures(["1" * 500, "2", "3"])), *grid.rows[3:])
    for page in pages_of(with_blocks(grid._replace(rows=rows))).pages:
        assert max(rule.y1 for rule in page.rules) <= TOP + HEIGHT + 0.3


def test_every_figure_of_the_report_is_read_back_once_and_in_order():
    wanted = [cell.text for grid in (proactive(), requests(), disputes()) for row in grid.rows for cell in row
              if cell.role is FIGURE]
    read = [word for text in page_texts(report_pdf())[1:] for word in text.split() if re.fullmatch(r"[\d.]+", word)]
    places, at = "\n".join(read), 0
    for figure in wanted:
        found = places.find(figure, at)
        assert found >= 0, figure
        at = found + len(figure)
