"""Blocks out of other programs: what spreadsheets, word processors and broken pages put on the clipboard."""

from __future__ import annotations

import time

import pytest

from govdesk.paste import clipboard_in, clipboard_out
from govdesk.paste.clipboard_in import MAX_HTML_CHARACTERS, MAX_TEXT_CHARACTERS, BlockError, CoveredPlace

EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=ProgId content=Excel.Sheet>
<style><!-- td {mso-number-format:General;} --></style></head><body><!--StartFragment-->
<table border=0><col width=72><tr height=19><td class=xl65 align=right>15</td><td x:num="7">7</td></tr>
<tr><td colspan=2 style='mso-ignore:colspan'>&nbsp;</td></tr><!--EndFragment--></table></body></html>"""
WORD = """<table class=MsoTableGrid><tr><td rowspan=2><p class=MsoNormal><![if !supportLists]><span lang=EN-US>三、
</span><![endif]>本<br>年</p></td><td><p><o:p>（一）予以公开</o:p></p></td><td>1</td></tr>
<tr><td><p>2</p><p>&#20214;</p></td><td>&lt;5</td></tr></table>"""


def test_a_spreadsheets_page() -> None:
    assert clipboard_in.blocks_from_html(EXCEL) == [(("15", "7"), ("", CoveredPlace(1, 0)))]


def test_a_word_processors_page_with_spans_and_paragraphs() -> None:
    assert clipboard_in.blocks_from_html(WORD) == [(("三、 本\n年", "（一）予以公开", "1"),
                                                    (CoveredPlace(0, 0), "2\n件", "<5"))]


def test_a_page_without_its_ends_and_without_a_table_around() -> None:
    assert clipboard_in.blocks_from_html("<tr><td>1<td>2<tr><td>3<th>4") == [(("1", "2"), ("3", "4"))]
    assert clipboard_in.blocks_from_html("<table><td>5") == [(("5",),)]


def test_a_table_within_a_cell_is_text_of_that_cell() -> None:
    assert clipboard_in.blocks_from_html("<table><tr><td>1<table><tr><td>8<td>9</table></td><td>2</table>") == [
        (("1\n8\n9", "2"),)
    ]


def test_two_tables_are_two_and_prose_is_none() -> None:
    assert len(clipboard_in.blocks_from_html("<table><tr><td>1</table><p>和</p><table><tr><td>2</table>")) == 2
    assert clipboard_in.blocks_from_html("<p>本年新收 15 件</p>") == []


@pytest.mark.parametrize("span", ["0", "-3", "abc", "", "1e9", "²", "9" * 30])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    assert clipboard_in.blocks_from_html(f'<table><tr><td colspan="{span}">1<td>2</table>') == [(("1", "2"),)]


def test_tab_separated_text_has_no_empty_last_row() -> None:
    assert clipboard_in.block_from_text("1\t2\r\n3\t\r\n\r\n") == (("1", "2"), ("3", ""))
    assert clipboard_in.block_from_text("\n\n") == ()


@pytest.mark.parametrize("page", [
    "<" * MAX_HTML_CHARACTERS, "<!" * 700_000 + ">", "<!--" * 300_000 + ">", "<td>1" * 200_000, "<tr>" * 300_000,
    "<tr><td rowspan=400 colspan=100>1" * 400, "<table><tr><td>" * 80_000, "</" * 600_000 + ">", "<![if x" * 200_000],
    ids=lambda page: page[:12])
def test_a_hostile_page_is_read_or_refused_in_short_time(page: str) -> None:
    before = time.process_time()
    try:
        clipboard_in.blocks_from_html(page)
    except BlockError as error:
        assert "没有填入" in str(error)
    assert time.process_time() - before < 8      # seconds, where a quadratic reading takes minutes


@pytest.mark.parametrize("read", [lambda: clipboard_in.blocks_from_html("x" * (MAX_HTML_CHARACTERS + 1)),
                                  lambda: clipboard_in.block_from_text("1\t" * MAX_TEXT_CHARACTERS),
                                  lambda: clipboard_in.block_from_text("1\n" * 500),
                                  lambda: clipboard_in.block_from_text("1\t" * 101)])
def test_what_is_far_larger_than_any_table_is_refused_in_words(read) -> None:
    with pytest.raises(BlockError) as refused:
        read()
    assert "没有填入" in str(refused.value)


def test_what_a_spreadsheet_would_calculate_is_neutralised() -> None:
    rows = [["=cmd|' /C calc'!A0", "+1+2", "@x", "-5", "—", "12+3", "a\tb"]]
    assert clipboard_out.to_tabbed_text(rows) == "'=cmd|' /C calc'!A0\t'+1+2\t'@x\t-5\t—\t12+3\t\"a\tb\""
    page = clipboard_out.to_html_table(rows)
    assert "'=cmd" in page.replace("&#x27;", "'") and ">=" not in page and ">-5<" in page


def test_markup_in_a_text_stays_text() -> None:
    page = clipboard_out.to_html_table([["<b>甲</b>"]])
    assert "&lt;b&gt;" in page and clipboard_in.blocks_from_html(page) == [(("<b>甲</b>",),)]


def test_marks_and_struck_text_do_not_run_together_with_a_figure() -> None:
    def cell(written: str) -> str:
        return str(clipboard_in.blocks_from_html(f"<table><tr><td>{written}<td>7</table>")[0][0][0])

    assert cell("30<sup>1</sup>") == "30^1" and cell('30<span style="vertical-align: super">1</span>') == "30^1"
    assert cell("<del>30</del><ins>31</ins>") == cell("<s>30</s>31") == cell("<strike><b>30</b></strike>31") == "31"
    assert cell('<span style="text-decoration: line-through"><span>3</span>0</span>31') == "31"
    assert cell("<select><option>1<option>2</select>") == ""
    assert cell("<ruby>公<rt>gong</rt></ruby>民") == "公民"
    assert clipboard_in.blocks_from_html("<table><tr><td><s>1<td>2<sup>3<tr><td>4</table>") == [(("", "2^3"),
                                                                                                 ("4", ""))]
