"""The file: read back, embedded fonts, tags, bookmarks, metadata, equal bytes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from govdesk.document.document import Heading, Paragraph, SignatureBlock, Title
from govdesk.export.pdf import render
from tests.export.export_reading import FONTS, elements, flat, page_texts, pages_of, pdf_of, reader, report_pdf, tags
from tests.export.export_sheets import ORGAN, OTHER, OVERVIEW, PREAMBLE, PROBLEMS, report, requests, with_blocks


def test_every_sentence_is_read_back_in_order():
    text, at = flat(report_pdf()), 0
    for i in range(1, 6):
        text = text.replace(f"—{i}—", "", 1)
    for sentence in (ORGAN, PREAMBLE, *(body for _, body in OVERVIEW), *PROBLEMS, OTHER, "2024年1月18日"):
        found = text.find(sentence, at)
        assert found >= 0, sentence
        at = found


def test_characters_beyond_the_bmp_are_read_back():
    document = with_blocks(Paragraph("联系人：𠮷𬱖、硚口"), requests())
    assert "联系人：𠮷𬱖、硚口" in flat(pdf_of(document))
    assert "联系人：𠮷𬱖、硚口" in "".join(reader(pdf_of(document)).pages[0].extract_text().split())


def test_characters_that_share_a_glyph_come_back_as_themselves():
    assert "⼀一⽤用" in flat(pdf_of(with_blocks(Paragraph("⼀一⽤用"))))


def test_every_font_is_embedded_and_none_is_reportlabs():
    for page in reader(report_pdf()).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()
            assert "Helvetica" not in str(font.get_object()["/BaseFont"])


def test_the_structure_is_that_of_the_report():
    found = tags(report_pdf())
    assert found[:3] == ["Document", "H1", "P"]
    counts = {tag: found.count(tag) for tag in set(found)}
    assert counts["H2"] == 6 and counts["H3"] == 5 and counts["Table"] == 3 and counts["Signature"] == 2
    assert counts["TR"] == 14 + 28 + 4 and counts["TD"] == 10 + 175 + 15


def test_header_cells_say_what_they_head():
    for element in elements(report_pdf()):
        if element["/S"] == "/TH":
            assert element["/A"]["/Scope"] in ("/Column", "/Row")
    spans = [e["/A"].get("/RowSpan", 1) for e in elements(report_pdf()) if e["/S"] == "/TH"]
    assert spans.count(22) == 1 and {8, 3, 5} <= set(spans)


def test_what_is_drawn_and_the_structure_name_each_other():
    file = reader(report_pdf())
    parents = file.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for number, page in enumerate(file.pages):
        marks = page.get_contents().get_data().count(b"/MCID ")
        assert page["/StructParents"] == number == parents[2 * number]
        assert len(parents[2 * number + 1]) == marks


def test_a_label_of_several_lines_is_read_as_one_text():
    texts = page_texts(report_pdf())
    for text in ("三、本年度办理结果", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"):
        assert text in texts[2]
    assert texts[3].count("结果维持") >= 3


def test_bookmarks_are_the_headings():
    outline = reader(report_pdf()).outline
    top = [entry.title for entry in outline if not isinstance(entry, list)]
    assert len(top) == 6 and top[0] == "一、总体情况" and top[-1] == "六、其他需要报告的事项"
    assert [entry.title for entry in outline[1]] == [name for name, _ in OVERVIEW]


def test_equal_headings_and_a_missing_level_are_bookmarked():
    same = Heading(2, "（一）同", "a")
    document = with_blocks(same, Paragraph("甲"), same, Heading(1, "一、", "b"))
    assert len(reader(pdf_of(document)).outline) == 3


def test_metadata_names_title_organ_language_and_standards():
    file = reader(report_pdf())
    assert file.metadata.title == report().title and file.metadata.author == ORGAN
    assert file.trailer["/Root"]["/Lang"] == "zh-CN"
    packet = file.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A" in packet and "<pdfuaid:part>1" in packet
    assert "2024-01-18" in packet and file.metadata["/CreationDate"] == "D:20240118000000Z"
    assert "/OutputIntents" in file.trailer["/Root"] and file.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("date", ["", "2024-13-45", "昨天"])
def test_without_a_date_the_file_is_dated_after_the_year(date):
    data = pdf_of(with_blocks(Paragraph("文"))._replace(date=date))
    assert reader(data).metadata["/CreationDate"] == "D:20240101000000Z"


def test_equal_input_gives_equal_bytes_also_in_another_process():
    assert render(pages_of(report()), report()) == report_pdf()
    code = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]; from tests.export.export_reading import report_pdf;"
        "print(hashlib.sha256(report_pdf()).hexdigest())"
    )
    paths = [str(FONTS.parents[1]), str(FONTS.parents[1] / "tests" / "export")]
    runs = {
        subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_numbers_in_the_content_have_no_exponents():
    for page in reader(report_pdf()).pages:
        assert not any(b"e-" in word for word in page.get_contents().get_data().split() if word[:1].isdigit())


def test_a_title_with_markup_is_text():
    document = with_blocks(Title("甲<&>乙"))._replace(title="甲<&>\x00\ud800乙", organ="a\ufffe&b")
    file = reader(pdf_of(document))
    assert "甲<&>" in file.metadata.title
    assert "甲&lt;&amp;&gt;" in file.trailer["/Root"]["/Metadata"].get_data().decode()


def test_a_signature_may_lack_its_parts():
    for organ, date in ((ORGAN, ""), ("", "2024年1月18日")):
        document = with_blocks(Paragraph("正文。"), SignatureBlock(organ, date))
        assert (organ or date) in "".join(page_texts(pdf_of(document)))
        assert tags(pdf_of(document)).count("Signature") == 1
