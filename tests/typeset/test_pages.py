"""Where things stand on paper: GB/T 9704-2012 measures, page numbers, title, signature, what stays together."""

from __future__ import annotations

import pytest

from govdesk.document.document import Heading, PageBreak, Paragraph, SignatureBlock, Title
from govdesk.typeset.page import BODY_SIZE, CELL, HEIGHT, LEFT, MM, PITCH, TOP, WIDTH
from govdesk.typeset.title import title_lines
from tests.export.export_reading import flat, fonts, ink, lines_of, page_texts, pages_of, pdf_of, pictures, report_pdf
from tests.export.export_sheets import ORGAN, disputes, proactive, with_blocks

FULL = Paragraph("公" * (28 * 22 * 2 - 2))


def test_22_lines_of_28_characters_fill_the_type_area():
    pages = pages_of(with_blocks(FULL)).pages
    assert len(pages) == 2
    for page in pages:
        rows = sorted({run.y for piece in page.pieces for run in piece.runs if piece.block == 0})
        assert len(rows) == 22
        assert rows[1] - rows[0] == pytest.approx(PITCH)
    assert 21 * PITCH + BODY_SIZE <= HEIGHT and 29.5 <= PITCH <= 29.6


def test_nothing_is_drawn_outside_the_type_area_but_the_page_number():
    for picture in pictures(report_pdf()):
        assert not ink(picture, 0, 0, 210, 36.9)
        assert not ink(picture, 0, 0, 27.8, 297)
        assert not ink(picture, 184.2, 0, 210, 297)
        assert not ink(picture, 0, 262.1, 210, 267.2)
        assert not ink(picture, 0, 275, 210, 297)
        assert ink(picture, 28, 268.5, 184, 275)


def test_page_numbers_are_right_on_odd_pages_and_left_on_even_ones():
    for number, picture in enumerate(pictures(report_pdf()), 1):
        assert ink(picture, 150, 268, 180, 276) == bool(number % 2)
        assert ink(picture, 32, 268, 60, 276) == (not number % 2)
    assert all(f"— {i} —" in text for i, text in enumerate(page_texts(report_pdf()), 1))


def test_dash_of_the_page_number_is_7_mm_below_the_type_area():
    run = pages_of(with_blocks(FULL)).pages[0].pieces[-1].runs[0]
    assert run.text == "— 1 —" and run.size == 14
    assert run.y - run.face.box("—")[3] / 1000 * 14 == pytest.approx(TOP + HEIGHT + 7 * MM)


@pytest.mark.parametrize(("text", "lines"), [
    ("硚口区人民政府办公室2023年政府信息公开工作年度报告", ["硚口区人民政府办公室", "2023年政府信息公开工作年度报告"]),
    ("某局2023年工作年度报告", ["某局2023年工作年度报告"]),
    ("新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府办公室2023年政府信息公开工作年度报告",
     ["新疆维吾尔自治区伊犁哈萨克自治州", "察布查尔锡伯自治县人民政府办公室", "2023年政府信息公开工作年度报告"]),
])
def test_a_title_is_broken_by_sense(text, lines):
    assert [line.text for line in title_lines(fonts(), text, WIDTH / 22)] == lines


def test_no_title_is_broken_inside_year_or_beyond_the_measure():
    for length in range(1, 60):
        text = "省市县区局办厅委会院" * 6
        found = title_lines(fonts(), f"{text[:length]}2023年政府信息公开工作年度报告", WIDTH / 22)
        assert any("2023年" in line.text for line in found)
        assert all(line.width * 22 <= WIDTH + 0.1 for line in found)


def places(document):
    """First left end of each line of the last block."""
    last = len(document.blocks) - 1
    found = {}
    for page in pages_of(document).pages:
        for piece in page.pieces:
            if piece.block == last:
                found.setdefault(piece.part, piece.runs[0].x)
    return found


def test_a_signature_without_seal_stands_by_the_standard():
    found = places(with_blocks(Paragraph("正文。"), SignatureBlock(ORGAN, "2024年1月18日")))
    assert found[0] == pytest.approx(LEFT + WIDTH - (len(ORGAN) + 2) * CELL)
    assert found[1] - found[0] == pytest.approx(2 * CELL)


def test_a_date_longer_than_the_organ_gets_two_blanks():
    found = places(with_blocks(Paragraph("正文。"), SignatureBlock("区办", "2024年12月28日")))
    assert found[1] == pytest.approx(LEFT + WIDTH - (2 + 4 * 0.5 + 1 + 1 + 1 + 1 + 1) * CELL)
    assert found[0] == pytest.approx(found[1] - 2 * CELL)


@pytest.mark.parametrize("count", range(17, 24))
def test_a_signature_takes_a_line_of_body_along(count):
    body = [Paragraph("公" * 20) for _ in range(count)]
    last = page_texts(pdf_of(with_blocks(*body, SignatureBlock(ORGAN, "2024年1月18日"))))[-1]
    assert ORGAN in last and "2024年1月18日" in last and "公公" in last


@pytest.mark.parametrize("count", range(16, 24))
def test_no_heading_stands_alone_at_a_page_foot(count):
    blocks = [Paragraph("公" * 20) for _ in range(count)]
    document = with_blocks(*blocks, Heading(1, "一、总体", "a"), Heading(2, "（一）主动", "b"), Paragraph("开" * 70))
    for text in page_texts(pdf_of(document)):
        assert ("一、总体" in text) == ("（一）主动" in text)
        assert "一、总体" not in text or "开开" in text


@pytest.mark.parametrize("count", range(8, 23))
def test_a_heading_stays_with_its_table_and_a_small_table_is_not_cut(count):
    blocks = [Paragraph("公" * 20) for _ in range(count)]
    document = with_blocks(*blocks, Heading(1, "二、主动公开", "a"), proactive(), Paragraph("后文。"), disputes())
    for text in page_texts(pdf_of(document)):
        assert ("二、主动公开" in text) == ("第二十条第（一）项" in text) == ("3415.74" in text)


def test_a_page_break_begins_a_page():
    texts = page_texts(pdf_of(with_blocks(PageBreak(), Paragraph("甲"), PageBreak(), PageBreak(), Paragraph("乙"))))
    assert len(texts) == 2 and "甲" in texts[0] and "乙" in texts[1]


def test_no_stump_of_a_paragraph_begins_a_page():
    for count in range(17, 23):
        lines = [Paragraph("公" * 20) for _ in range(count)]
        texts = page_texts(pdf_of(with_blocks(*lines, Paragraph("开" * (26 + 28 * 3 + 1)))))
        assert texts[-1].count("开") != 1


def test_a_signature_stays_with_a_table_before_it():
    for count in range(10, 22):
        blocks = [Paragraph("公" * 20) for _ in range(count)]
        texts = page_texts(pdf_of(with_blocks(*blocks, disputes(), SignatureBlock(ORGAN, "2024年1月18日"))))
        assert ("9014" in texts[-1]) and (ORGAN in texts[-1])


def test_an_empty_document_is_one_page_with_its_number():
    assert flat(pdf_of(with_blocks())) == "—1—"
    assert flat(pdf_of(with_blocks(Title(""), Paragraph(" "), SignatureBlock("", "")))) == "—1—"


def test_a_text_of_100_000_characters_is_laid_out_in_time():
    pages = pages_of(with_blocks(Paragraph("依法公开政府信息2023年，" * 7000)))
    assert len(pages.pages) > 130


def test_first_line_is_flush_with_the_top_of_the_type_area():
    run = pages_of(with_blocks(Paragraph("公开"))).pages[0].pieces[0].runs[0]
    top = run.y - run.face.box("公")[3] / 1000 * BODY_SIZE
    assert TOP <= top <= TOP + 1.5 * MM
    assert lines_of(with_blocks(Paragraph("公开"))) == ["公开"]
