"""Characters that a keyboard should not give: shown or reported, never a crash, never lost in silence."""

from __future__ import annotations

import random

import pytest

from govdesk.document.document import GridBlock, Heading, Paragraph, SignatureBlock, Title
from govdesk.fonts.font_set import Role
from tests.export.export_reading import flat, fonts, pages_of, pdf_of, reader
from tests.export.export_sheets import ORGAN, figures, label, with_blocks


def doubts(text):
    return pages_of(with_blocks(Paragraph(text))).doubts


@pytest.mark.parametrize("char", ["😀", "\x07", "\x00", "\ud800", "\ue000", "\U0010ffff", "\ufdd0"])
def test_a_character_that_no_face_has_is_drawn_as_geta_and_reported(char):
    data = pdf_of(with_blocks(Paragraph(f"公开{char}信息")))
    assert "公开〓信息" in flat(data)
    (doubt,) = doubts(f"公开{char}信息")
    assert doubt.character == char and doubt.code_point == f"U+{ord(char):04X}"
    assert doubt.excerpt == "公开〓信息"
    assert doubt.code_point in doubt.sentence
    doubt.sentence.encode("utf-8")


@pytest.mark.parametrize("char", ["\u200b", "\u200f", "\ufeff", "\ufe0f", "\u00ad", "\u202e", "\u2060"])
def test_invisible_format_characters_are_dropped_without_a_word(char):
    assert flat(pdf_of(with_blocks(Paragraph(f"葛{char}城")))) == "葛城—1—"
    assert doubts(f"葛{char}城") == ()


@pytest.mark.parametrize("char", ["\ufe00", "\U000e0100", "\U000e01ef"])
def test_another_shape_of_a_character_is_not_drawn_and_that_is_said(char):
    assert flat(pdf_of(with_blocks(Paragraph(f"甲葛{char}城")))) == "甲葛城—1—"
    (doubt,) = doubts(f"甲葛{char}城")
    assert doubt.sentence == (f"“甲葛”的最后一个字带有异体字标记（U+{ord(char):04X}），印出的是通用字形，"
                              "请对照原件看是否可用。")
    assert doubts(f"☎{char}") == ()


@pytest.mark.parametrize("char", ["\u0600", "\u06dd", "\u08e2"])
def test_a_format_character_that_has_ink_is_not_lost_in_silence(char):
    assert flat(pdf_of(with_blocks(Paragraph(f"甲{char}乙")))) == "甲〓乙—1—"
    assert [doubt.character for doubt in doubts(f"甲{char}乙")] == [char]


def test_each_doubtful_character_of_a_text_is_reported_once_and_in_every_kind_of_block():
    assert len(doubts("😀" * 50 + "公开😀👍")) == 2
    grid = GridBlock("表", (100, 56), 0, ((label("规章😀"), *figures(["1"])),))
    document = with_blocks(Title("😀"), Heading(1, "😀", "a"), grid, SignatureBlock("😀", "😀"))
    assert [doubt.block for doubt in pages_of(document).doubts] == [0, 1, 2, 3, 3]


def test_tabs_and_line_ends_are_blanks():
    assert flat(pdf_of(with_blocks(Paragraph("甲\t乙\n丙\r\n丁\u2028戊")))) == "甲乙丙丁戊—1—"
    assert fonts().shape(Role.BODY, "\u3000")[0].width == 1


def test_hanzi_and_full_width_marks_are_one_em_in_every_role():
    for role in Role:
        assert {glyph.width for glyph in fonts().shape(role, "公硚𠮷𬱖，。“”‘’—…·×①Ⅲ")} == {1.0}


def test_digits_and_latin_come_from_one_face():
    faces = {glyph.face.name for role in (Role.BODY, Role.TITLE, Role.TABLE, Role.SECTION)
             for glyph in fonts().shape(role, "0123456789Aaé.%")}
    assert faces == {"LiberationSerif"}


def test_a_minus_is_no_dash():
    """“制发 3－废止 1”: 仿宋's own minus is nearly as long as a dash."""
    for role in (Role.BODY, Role.TABLE, Role.TITLE):
        minus, dash = fonts().shape(role, "－—")
        left, _, right, _ = minus.face.ink(minus.face.gid("－"))
        from_left, _, to_right, _ = dash.face.ink(dash.face.gid("—"))
        assert right - left < 0.9 * (to_right - from_left), role
        assert minus.char == "－" and minus.width == 1.0


def test_a_borrowed_glyph_is_moved_to_the_middle_of_the_role():
    (glyph,) = fonts().shape(Role.BODY, "𠮷")
    assert glyph.face is not fonts().primary(Role.BODY)
    assert glyph.rise == pytest.approx((fonts().primary(Role.BODY).centre - glyph.face.centre) / 1000)
    assert -0.1 < glyph.rise < 0


def test_accents_stay_with_their_letters():
    assert "café" in flat(pdf_of(with_blocks(Paragraph("cafe\u0301"))))


def test_every_place_takes_any_text():
    chance = random.Random(33190)
    stock = "公开𠮷😀\x00\x1b\ud83d\udc00\u200b\u0301\u0627\u05d0，（“—…  \t\n\xa0a1.%〔2021〕30号\U000e0101\ufffe"
    for _ in range(60):
        texts = ["".join(chance.choice(stock) for _ in range(chance.randrange(40))) for _ in range(8)]
        grid = GridBlock(texts[0], (9, 19, 128), 1, (
            (label(texts[1], 2), label(texts[2]), *figures([texts[3]])), (label(texts[4]), *figures([texts[5]]))))
        document = with_blocks(Title(texts[6]), Heading(1, texts[7], "a"), Paragraph(texts[0]), grid,
                               SignatureBlock(texts[1], texts[2]))
        assert len(reader(pdf_of(document)).pages) >= 1


def test_the_gb_2312_hanzi_are_in_the_face_of_every_role():
    hanzi = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    for role in Role:
        for glyph in fonts().shape(role, "".join(hanzi)):
            assert glyph.face is fonts().primary(role), (role, glyph.char)


def test_a_name_of_rare_characters_is_whole():
    assert pages_of(with_blocks(SignatureBlock(f"{ORGAN}㙍䶮𪚥𫝀", "2024年1月18日"))).doubts == ()
