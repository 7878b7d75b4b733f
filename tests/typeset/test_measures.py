"""The finished PDF against GB/T 9704-2012, measured with pdfium. Every length within 0.3 mm."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pypdfium2
import pytest

from govdesk.document.document import DocumentBlock, Heading, Paragraph, SignatureBlock, Title
from govdesk.document.style import Style
from tests.export.export_measuring import MM, Char, find, lines, measured, said, styled
from tests.export.export_reading import ink, pictures, reader, report_pdf
from tests.export.export_sheets import ORGAN, disputes, report, requests, with_blocks

NEAR = 0.3                           # mm
LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
CHARACTER = WIDTH / 28
GRID, WORD = 29.6 / MM, 28.95 / MM   # from line to line
FULL = Paragraph("国" * (28 * 22 * 3 - 2))


def near(value: float) -> object:
    return pytest.approx(value, abs=NEAR)


@cache
def full(style: Style) -> list[list[Char]]:
    return measured(styled(with_blocks(FULL), style))


def body(page: list[Char]) -> list[list[Char]]:
    return [line for line in lines(page) if "—" not in said(line)]


def test_the_paper_is_a4():
    for page in pypdfium2.PdfDocument(report_pdf()):
        assert page.get_width() / MM == near(210) and page.get_height() / MM == near(297)
        assert page.get_rotation() == 0


@pytest.mark.parametrize(("pitch", "length"), [("grid", GRID), ("word", WORD)])
def test_22_lines_of_28_characters_at_the_pitch(pitch, length):
    for number, page in enumerate(full(Style(pitch=pitch))):
        found = body(page)
        assert [len(line) for line in found] == [28 if number or i else 26 for i in range(22)]
        assert all(b[0].y - a[0].y == pytest.approx(length, abs=0.02) for a, b in pairwise(found))
        for line in found[1:]:
            assert line[0].x == near(LEFT) and line[-1].x == near(LEFT + 27 * CHARACTER)
            assert all(b.x - a.x == pytest.approx(CHARACTER, abs=0.02) for a, b in pairwise(line))


def test_the_type_area_is_filled_from_top_to_bottom():
    first, *_, last = body(full(Style())[1])
    assert first[0].box[1] == pytest.approx(TOP, abs=0.6)     # the ink of 国, which has a little blank above
    assert last[0].box[3] <= TOP + HEIGHT and last[0].box[3] == pytest.approx(TOP + 224.3, abs=0.6)
    assert min(c.box[0] for c in first) >= LEFT and max(c.box[2] for c in first) <= LEFT + WIDTH


def test_words_lines_stand_in_the_middle_of_28_95_points():
    first = body(full(Style(pitch="word"))[1])[0][0]
    assert (first.box[1] + first.box[3]) / 2 == near(TOP + WORD / 2)
    assert first.size == pytest.approx(16, abs=0.05)


@pytest.mark.parametrize(("text", "font", "size"), [
    (ORGAN, "GWBiaoSong-Regular", 22.0),                      # 2号 小标宋
    ("一、总体情况", "GWHei-Regular", 15.75),                  # 3号 黑体
    ("（一）主动公开", "GWKai-Regular", 15.75),                 # 3号 楷体
    ("指导细化全区行政机关", "GWFang-Regular", 15.75),          # 3号 仿宋
])
def test_faces_and_sizes_by_role(text, font, size):
    for char in find([c for page in measured(report_pdf()) for c in page], text):
        assert char.font == font and char.size == pytest.approx(size, abs=0.05)


def test_heads_of_level_3_stay_in_the_face_of_the_text():
    page = measured(styled(with_blocks(Heading(3, "1.机构", "a"), Paragraph("1.机构职能。"))))[0]
    assert {c.font for c in page if c.char in "机构职能"} == {"GWFang-Regular"}


def test_figures_of_tables_are_in_songti_9_to_10_5_points():
    page = measured(report_pdf())[2]
    assert {c.font for c in find(page, "属于国家秘密")} == {"GWSong-Regular"}
    cells = [c for c in page if c.font != "GWHei-Regular" and c.y < TOP + HEIGHT]
    assert {c.font for c in cells if c.char.isdigit()} == {"LiberationSerif"}
    assert len(cells) > 500 and all(8.99 < c.size < 10.51 for c in cells)


def test_paragraphs_and_heads_begin_two_characters_in_and_go_on_flush():
    for page in measured(report_pdf())[:2]:
        for line in body(page):
            if said(line)[:2] in ("一是", "一、", "指导", "优化", "严格"):
                assert line[0].x == near(LEFT + 2 * CHARACTER)
            elif 12 < line[0].size < 20 and line[0].char not in "（《“":
                assert line[0].x in (near(LEFT), near(LEFT + 2 * CHARACTER))
    kai = find(measured(report_pdf())[0], "（一）主动公开")
    assert kai[1].x == near(LEFT + 3 * CHARACTER)             # after the half-blank bracket


def test_the_title_is_centred_and_a_line_is_blank_below():
    first, second, text, *_ = lines(measured(report_pdf())[0])
    for line in (first, second):
        assert (line[0].box[0] + line[-1].box[2]) / 2 == pytest.approx(LEFT + WIDTH / 2, abs=0.6)
    assert second[-1].y - first[-1].y == near(GRID)
    gap = (text[-2].box[1] + text[-2].box[3]) / 2 - (second[-1].box[1] + second[-1].box[3]) / 2
    assert gap == pytest.approx(2 * GRID, abs=1.5)            # two pitches: one line is blank


def test_page_numbers_7_mm_below_one_character_from_the_edge():
    for number, page in enumerate(full(Style()), 1):
        dash, *_, end = (c for c in page if c.y > TOP + HEIGHT + 1)
        assert {c.font for c in (dash, end)} == {"GWSong-Regular"} and dash.size == pytest.approx(14, abs=0.05)
        assert dash.char == end.char == "—"
        assert dash.box[1] == near(TOP + HEIGHT + 7)
        if number % 2:
            assert end.box[2] == near(LEFT + WIDTH - CHARACTER)
        else:
            assert dash.box[0] == near(LEFT + CHARACTER)


def signed(style: Style, organ: str = ORGAN, date: str = "2024年1月18日") -> list[list[Char]]:
    """The last line of text, the organ's lines in one, the date."""
    blocks = with_blocks(Paragraph("正文国"), SignatureBlock(organ, date))
    text, *names, dated = body(measured(styled(blocks, style))[-1])
    return [text, [c for line in names for c in line], dated]


@pytest.mark.parametrize("pitch", ["grid", "word"])
def test_a_signature_without_seal(pitch):
    length = GRID if pitch == "grid" else WORD
    text, organ, date = signed(Style(pitch=pitch))
    assert organ[-1].x == near(LEFT + WIDTH - 3 * CHARACTER)  # two characters blank
    assert date[0].x - organ[0].x == near(2 * CHARACTER)
    assert organ[0].y - text[-1].y == near(2 * length)        # one line blank
    assert date[-1].y - organ[-1].y == near(length)


def test_a_signature_with_a_seal():
    text, organ, date = signed(Style(seal=True))
    assert said(organ) == ORGAN and said(date) == "2024年1月18日"
    right = date[-1].x + CHARACTER
    assert right == near(LEFT + WIDTH - 4 * CHARACTER)        # four characters blank
    middle = (date[0].x + right) / 2
    assert (organ[0].x + organ[-1].x + CHARACTER) / 2 == near(middle)
    assert organ[0].y - text[-1].y == near(3 * GRID)          # room for a seal of 42 mm a line below the text
    assert date[-1].y - organ[-1].y == near(GRID)


def test_a_long_organ_is_centred_over_the_date_in_even_lines():
    _text, *names, date = body(measured(styled(with_blocks(
        Paragraph("正文"), SignatureBlock("国" * 30, "2024年1月18日")), Style(seal=True)))[-1])
    middle = (date[0].x + date[-1].x + CHARACTER) / 2
    assert [len(line) for line in names] == [10, 10, 10]
    for line in names:
        assert (line[0].x + line[-1].x + CHARACTER) / 2 == near(middle)
        assert line[-1].box[2] < LEFT + WIDTH + NEAR


@pytest.mark.parametrize(("organ", "date"), [("国" * 60, "2024年1月18日"), ("国" * 60, ""), ("", "2024年1月18日"),
                                             ("国办", "二〇二四年一月十八日" * 4), ("国", "2024年12月28日")])
def test_a_sealed_signature_never_leaves_the_type_area(organ, date):
    pages = measured(styled(with_blocks(Paragraph("正文"), SignatureBlock(organ, date)), Style(seal=True)))
    read = "".join(said(line) for page in pages for line in body(page))
    assert read == "正文" + organ + date
    assert all(c.box[0] > LEFT - NEAR and c.box[2] < LEFT + WIDTH + NEAR for page in pages for c in page)


HEAD, TEXT = "（一）主动公开情况。", "全年公开政府信息若干条，" * 6


@pytest.mark.parametrize("pitch", ["grid", "word"])
def test_a_head_with_text_running_on(pitch):
    blocks = with_blocks(Heading(2, HEAD, "a", run_in=True), Paragraph(TEXT))
    first, second, *_ = body(measured(styled(blocks, Style(pitch=pitch)))[0])
    assert said(first).startswith(HEAD + "全年公开")
    assert {c.font for c in first[:len(HEAD)]} == {"GWKai-Regular"}
    assert {c.font for c in first[len(HEAD):]} == {"GWFang-Regular"}
    assert first[1].x == near(LEFT + 3 * CHARACTER) and second[0].x == near(LEFT)
    assert first[len(HEAD)].x == near(LEFT + (2 + len(HEAD)) * CHARACTER)
    middles = {round((c.box[1] + c.box[3]) / 2) for c in first if c.char in "国动"}
    assert max(middles) - min(middles) <= 1


def test_a_long_head_runs_over_lines_and_one_without_text_stands_alone():
    long = "（一）" + "国" * 60 + "。"
    found = body(measured(styled(with_blocks(Heading(2, long, "a", run_in=True), Paragraph("开" * 60))))[0])
    assert "".join(map(said, found)) == long + "开" * 60
    assert {c.font for line in found for c in line if c.char == "国"} == {"GWKai-Regular"}
    alone = [Heading(2, text, "a", run_in=True) for text in ("（一）甲国。", "（二）乙国。")]
    assert [said(line) for line in body(measured(styled(with_blocks(*alone)))[0])] == [head.text for head in alone]
    last = with_blocks(Heading(2, "（一）甲国。", "a", run_in=True), Paragraph(" \u200b "))
    assert [said(line) for line in body(measured(styled(last))[0])] == ["（一）甲国。"]


def landscape(*before: DocumentBlock) -> bytes:
    return styled(with_blocks(*before, requests()._replace(landscape=True), Paragraph("后文国")))


def test_a_landscape_table_has_its_head_at_the_left_of_the_paper():
    """Binding edge on odd pages, outer edge on even ones (clause 8): paper bound at the left has both there."""
    for before in ((), (Paragraph("前文国"),)):
        pages = measured(landscape(*before))
        table = pages[len(before)]
        head, foot = find(table, "申请人情况")[0], find(table, "结转下年度继续办理")[0]
        assert head.x < LEFT + 20 and foot.x > LEFT + 100
        word = find(table, "申请人情况")
        assert all(b.y < a.y - 2 and b.x == pytest.approx(a.x, abs=0.1) for a, b in pairwise(word))    # reads upwards
        assert said(pages[-1]).startswith("后文国") and len(pages) == len(before) + 2


def test_page_numbers_of_landscape_pages_are_where_they_always_are():
    plain = {i % 2: [(c.x, c.y) for c in page if c.y > TOP + HEIGHT + 1] for i, page in enumerate(full(Style()), 1)}
    for number, page in enumerate(measured(landscape(Paragraph("前文国"))), 1):
        number_at = [(c.x, c.y) for c in page if c.y > TOP + HEIGHT + 1]
        end = -1 if number % 2 else 0                         # numbers differ in width
        assert number_at[end] == pytest.approx(plain[number % 2][end], abs=NEAR)


def test_a_landscape_table_fills_the_height_of_the_type_area_and_leaves_it_nowhere():
    picture = next(pictures(landscape()))
    for y in (TOP, TOP + HEIGHT):
        assert ink(picture, LEFT + 2, y - 0.3, LEFT + 3, y + 0.3)
    for box in ((0, 0, 210, TOP - NEAR), (0, 0, LEFT - NEAR, 297), (LEFT + WIDTH + NEAR, 0, 210, 297)):
        assert not ink(picture, *box)


def test_a_head_goes_with_its_landscape_table_and_its_text_stays():
    head = Heading(1, "三、收到国", "a")
    pages = [said(page) for page in measured(landscape(Paragraph("前文国"), head))]
    assert "前文国" in pages[0] and "收到国" not in pages[0] and "收到国" in pages[1]
    texts = [said(page) for page in measured(landscape(head, Paragraph("说明国")))]
    assert "收到国" in texts[0] and "说明国" in texts[0] and "申请人情况" in texts[1]


def test_two_landscape_tables_and_a_signature():
    turned = [grid._replace(landscape=True) for grid in (requests(), disputes())]
    blocks = with_blocks(Title("题国"), *turned, SignatureBlock(ORGAN, "2024年1月18日"))
    pages = [said(page) for page in measured(styled(blocks))]
    assert [("题国" in p, "申请人情况" in p, "行政复议" in p, ORGAN in p) for p in pages] == [
        (True, False, False, False), (False, True, False, False), (False, False, True, False),
        (False, False, False, True)]


def test_a_landscape_table_too_high_for_its_page_is_cut_with_head_and_rules():
    grid = requests((("（三）不予公开", tuple(f"{i}.国" for i in range(60))),))
    data = styled(with_blocks(grid._replace(landscape=True)))
    pages = measured(data)
    assert len(pages) >= 3 and all("申请人情况" in said(page) for page in pages)
    for picture in pictures(data):
        rows = [x for x in range(280, 1845) if ink(picture, x / 10, TOP + 5, x / 10 + 0.1, TOP + 6)]
        assert rows[0] / 10 == near(LEFT) and rows[-1] / 10 < LEFT + WIDTH + NEAR
        assert ink(picture, rows[-1] / 10 - 0.2, TOP + 80, rows[-1] / 10 + 0.2, TOP + 81)    # closed below


def test_bookmarks_lead_to_the_place_of_their_heading():
    file, pages = reader(report_pdf()), measured(report_pdf())
    entries = [e for part in file.outline for e in (part if isinstance(part, list) else [part])]
    assert len(entries) == 11
    for entry in entries:
        head = find(pages[file.get_destination_page_number(entry)], entry.title)[0]
        above = head.y - (297 - float(entry.top) / MM)
        assert 4 < above < 16                                 # the heading is the first line in the window


def test_the_sample_in_every_style_has_all_its_text():
    wanted = sorted(said([c for page in measured(styled(report())) for c in page if c.y < TOP + HEIGHT + 1]))
    for style in (Style(pitch="word"), Style(seal=True)):
        pages = measured(styled(report(), style))
        assert sorted(said([c for page in pages for c in page if c.y < TOP + HEIGHT + 1])) == wanted
