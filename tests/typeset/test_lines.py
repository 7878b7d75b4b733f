"""Where lines end: kinsoku, words and dates kept whole, marks squeezed, the grid of 28 characters."""

from __future__ import annotations

import itertools
import random

import pytest

from govdesk.document.document import Paragraph
from govdesk.fonts.characters import NO_END, NO_START, clean_text
from govdesk.fonts.font_set import Role
from govdesk.typeset.lines import break_text
from tests.export.export_reading import fonts, lines_of
from tests.export.export_sheets import with_blocks


def lines(text: str, measure: float = 28, indent: float = 0) -> list[str]:
    return [line.text for line in break_text(fonts(), Role.BODY, clean_text(text), measure, indent)]


def test_a_line_holds_28_characters_and_the_first_26():
    assert [len(line) for line in lines("公" * 100, indent=2)] == [26, 28, 28, 18]


def test_no_line_begins_or_ends_with_a_forbidden_mark():
    chance = random.Random(9704)
    stock = "公开政府信息" * 3 + "，。、；：？！）》”（《“2023年12月31日ab—…"
    for _ in range(300):
        text = "".join(chance.choice(stock) for _ in range(200))
        if any(run in text for run in ("（（（", "））））", "“““", "》》》")):
            continue
        found = lines(text)
        assert "".join(found) == text
        for line, following in itertools.pairwise(found):
            if len(line) > 3 and len(following) > 3:
                assert line[-1] not in NO_END, found
                assert following[0] not in NO_START, found


@pytest.mark.parametrize("whole", [
    "2023年", "12月", "31日", "2023年度", "1月份", "〔2021〕30号", "——", "……", "3415.74", "98.5%", "Government",
    "027-83426347", "11398889", "24件", "3.5万元",
])
def test_what_belongs_together_stays_on_one_line(whole):
    for before in range(15, 29):
        assert any(whole in line for line in lines("公" * before + whole + "开" * 40)), before


def test_a_date_may_part_behind_its_year_and_month_and_nowhere_else():
    ends = set()
    for before in range(15, 29):
        for line, following in itertools.pairwise(lines("公" * before + "2023年12月31日" + "开" * 40)):
            assert following[0] not in "年月日" and not (line[-1].isdigit() and following[0].isdigit())
            ends.add(line[-1])
    assert {"年", "月"} <= ends


def test_a_full_stop_is_squeezed_into_the_line_it_ends():
    first = break_text(fonts(), Role.BODY, "公" * 27 + "》。" + "开" * 9, 28)[0]
    assert first.text.endswith("》。") and first.width <= 28.01


def test_neighbouring_marks_share_their_blank_halves():
    line = break_text(fonts(), Role.BODY, "《条例》（试行）。", 28)[0]
    assert line.width == pytest.approx(9 - 1.0)


def test_lines_are_flush_on_the_right_but_for_the_last():
    found = break_text(fonts(), Role.BODY, "本年度2023年12月31日，" * 20, 28)
    assert all(line.width == pytest.approx(28, abs=0.51) for line in found[:-1])


def test_a_word_of_200_letters_is_broken_rather_than_leave_the_page():
    found = break_text(fonts(), Role.BODY, "公开" + "a" * 200 + "公开", 28)
    assert max(line.width for line in found) <= 28.01
    assert "".join(line.text for line in found) == "公开" + "a" * 200 + "公开"


def test_a_web_address_is_parted_at_its_strokes():
    found = lines("公开网址" * 5 + "https://www.qiaokou.gov.cn/zwgk/index.html，请查看。")
    assert found[0][-1] in "/."


def test_breaks_do_not_depend_on_the_face_that_has_a_character():
    plain, rare = lines("政" * 60), lines("𬱖" * 60)
    assert [len(line) for line in plain] == [len(line) for line in rare]


def test_spaces_hang_over_at_line_ends():
    found = lines("公开 " * 60)
    assert all(line == line.strip() for line in found)


def test_blanks_that_a_clerk_indents_with_are_dropped():
    assert lines_of(with_blocks(Paragraph("　　公开政府信息")))[0] == "公开政府信息"
