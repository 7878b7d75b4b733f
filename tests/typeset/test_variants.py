"""Which layout is taken: the fewest pages, then the least white; what stays together; and that it is the one drawn."""

from __future__ import annotations

import itertools

import pytest

from govdesk.document.document import Document, GridBlock, Heading, Paragraph, SignatureBlock, Title
from govdesk.document.style import Style
from govdesk.typeset import grid
from govdesk.typeset.blocks import items_of
from govdesk.typeset.grid import LADDER
from govdesk.typeset.layout import lay_out
from govdesk.typeset.page import HEIGHT, TOP, Page, Pages, grid_of
from govdesk.typeset.variants import best, groups_of
from tests.export.export_reading import fonts, pages_of
from tests.export.export_sheets import FIGURE, ORGAN, disputes, figures, head, label, proactive, requests, with_blocks
from tests.export.test_random_reports import random_document

DATE = "2024年1月18日"
LINES = 22


def lines(count: int) -> Paragraph:
    """A paragraph of so many full lines."""
    return Paragraph("公" * (28 * count - 2))


def report(before: int, two: int, three: int, four: int, after: int) -> Document:
    """A report with texts of so many lines: before table two, in the sections of the three tables, and after."""
    return with_blocks(
        Title("某区人民政府办公室2023年政府信息公开工作年度报告"), lines(before),
        Heading(1, "二、主动", "b"), lines(two), proactive(), Heading(1, "三、收到", "c"), lines(three), requests(),
        Heading(1, "四、复议", "d"), lines(four), disputes(), Heading(1, "五、问题", "e"), lines(after),
        SignatureBlock(ORGAN, DATE))


def foot(page: Page) -> float:
    """How far down a page is filled, as a share of the type area."""
    ends = [run.y for piece in page.pieces if piece.block >= 0 for run in piece.runs] + [rule.y1 for rule in page.rules]
    return (max(ends) - TOP) / HEIGHT


def page_of(pages: Pages, block: int) -> list[int]:
    return [page.number for page in pages.pages if any(piece.block == block for piece in page.pieces)]


def test_the_texts_of_a_usual_report_take_five_pages_and_leave_no_page_half_white():
    """As many lines as the report of an office that was published has; it took six pages, the last of three lines."""
    pages = pages_of(report(35, 1, 7, 2, 12))
    assert len(pages.pages) == 5
    assert all(foot(page) > 0.6 for page in pages.pages)


@pytest.mark.parametrize("three", range(1, 5))
@pytest.mark.parametrize("before", [20, 27, 34, 41])
def test_a_heading_and_its_few_lines_stay_with_their_table_where_a_step_fits(before, three):
    pages = pages_of(report(before, 1, three, 2, 10))
    assert len(page_of(pages, 7)) == 1
    assert page_of(pages, 5) == page_of(pages, 6) == page_of(pages, 7)
    assert page_of(pages, 2) == page_of(pages, 3) == page_of(pages, 4)[:1]


def test_a_table_goes_down_the_ladder_only_for_a_page_or_for_white():
    assert [table.step for table in pages_of(with_blocks(disputes(), lines(3), proactive())).tables] == [0, 0]
    steps = [table.step for table in pages_of(report(35, 1, 7, 2, 12)).tables]
    assert steps[0] == 0 and steps[2] > 0                     # table four, so that no sixth page is begun


@pytest.mark.parametrize("two", [0, 1])
def test_no_page_more_than_with_all_tables_at_their_closest(monkeypatch, two):
    """Also where a table stands in the middle of a page: a closer one may save the page after it."""
    def document(after: int) -> Document:
        return with_blocks(lines(9), *([Heading(1, "二、主动", "b"), proactive()] * two), Heading(1, "四、复议", "d"),
                           disputes(), lines(after), SignatureBlock(ORGAN, DATE))

    taken = [len(pages_of(document(after)).pages) for after in range(1, 30)]
    monkeypatch.setattr(grid, "LADDER", ((9.0, 2.2),) * len(LADDER))
    closest = [len(pages_of(document(after)).pages) for after in range(1, 30)]
    assert taken == closest


def test_rows_of_all_tables_are_alike_where_there_is_room():
    pages = pages_of(with_blocks(proactive(), lines(1), disputes(), lines(20), requests()))
    for page in pages.pages:
        rows = sorted({round(rule.y0, 2) for rule in page.rules if rule.y0 == rule.y1})
        heights = [b - a for a, b in itertools.pairwise(rows) if b - a < 25]
        assert all(18.4 < height < 20.5 for height in heights), heights


def blocks(count: int) -> GridBlock:
    """A table of so many blocks, each with its own heads, as table two."""
    one = proactive().rows
    return proactive()._replace(rows=tuple(row for _ in range(count) for row in (one[0], one[1], one[2])))


def test_a_table_of_blocks_parts_only_between_them_and_only_where_much_white_would_be_left():
    parted = set()
    for before in range(1, LINES):
        pages = pages_of(with_blocks(lines(before), Heading(1, "二、主动", "b"), blocks(9), lines(30)))
        (table,) = pages.tables
        if len(table.boxes) > 1:
            parted.add(before)
            page = pages.pages[table.boxes[1].page - 1]
            first = next(piece for piece in page.pieces if piece.block == 2)
            assert first.runs[0].text.startswith("第二十条第"), before
            assert page_of(pages, 1) == [page.number - 1]
        else:
            assert foot(pages.pages[0]) > 0.6
    assert 3 < len(parted) < 18


def test_table_three_is_never_parted_while_a_page_holds_it():
    for before in range(1, 2 * LINES, 3):
        for table in pages_of(report(before, 1, 6, 2, 9)).tables:
            if table.block == 7:
                assert len(table.boxes) == 1


def test_a_list_with_a_repeated_head_fills_the_page_below_its_heading():
    rows = ((head("规则"), head("结果")), *((label(f"N{i:02}"), *figures(["通过"])) for i in range(30)))
    pages = pages_of(with_blocks(Title("单"), lines(6), GridBlock("表", (100, 56), 1, rows)))
    assert len(pages.pages) == 2 and foot(pages.pages[0]) > 0.9
    heads = [piece for page in pages.pages for piece in page.pieces if piece.runs[0].text == "规则"]
    assert len(heads) == 2


@pytest.mark.parametrize("after", range(1, 40))
def test_no_last_page_has_a_signature_alone(after):
    document = report(20, 1, 2, 1, after)
    pages = pages_of(document)
    last = {piece.block for piece in pages.pages[-1].pieces if piece.block >= 0}
    assert last != {len(document.blocks) - 1}


@pytest.mark.parametrize("seed", range(40))
def test_what_is_drawn_is_what_was_chosen(seed):
    document = random_document(seed)
    for style in (Style(), Style(pitch="word", seal=True)):
        way = best(groups_of(items_of(fonts(), document.blocks, style)), grid_of(style))
        assert len(lay_out(document, fonts(), style).pages) == way.pages


def test_the_same_document_has_the_same_layout_and_one_page_more_is_never_taken_for_looks():
    for before, after in itertools.product((10, 25, 37), (3, 9, 14)):
        document = report(before, 1, 4, 2, after)
        pages = pages_of(document)
        assert pages == pages_of(document) or [p.pieces for p in pages.pages] == [
            p.pieces for p in pages_of(document).pages]
        longer = pages_of(report(before + 22, 1, 4, 2, after))
        assert len(pages.pages) <= len(longer.pages) <= len(pages.pages) + 2


def test_the_steps_of_the_ladder_become_closer():
    rows = [size + 2 * blank for size, blank in LADDER]
    assert rows[0] == pytest.approx(18.9) and rows[2] == pytest.approx(18.8)
    assert rows[:2] == sorted(rows[:2], reverse=True) and rows[2:] == sorted(rows[2:], reverse=True)


def test_figures_are_whole_in_a_parted_table():
    rows = proactive().rows
    wanted = [cell.text for row in rows for cell in row if cell.role is FIGURE]
    for before in range(8, 18):
        document = with_blocks(lines(before), Heading(1, "二、主动", "b"), proactive())
        read = [piece.runs[0].text for page in pages_of(document).pages for piece in page.pieces
                if piece.block == 2 and piece.runs[0].text.replace(".", "").isdigit()]
        assert read == wanted
