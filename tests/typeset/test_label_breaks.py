"""Where labels break: by sense, never inside a word; on paper at every width that the form or an office may choose."""

from __future__ import annotations

import itertools
import random

import pytest

from govdesk.document.document import CellRole, GridCell
from govdesk.form.grid_plan import PlanCell, make_grid_plan
from govdesk.formfile import form_reader
from govdesk.typeset.cells import fit_cell
from govdesk.typeset.label_breaks import WORDS, break_label
from tests.export.export_reading import fonts

# The statutory labels as one reads them; no line may end but at a stroke. “|” is where one may.
READ = [
    "（本列|数据|的|勾稽|关系|为：|第一项|加|第二项|之和，|等于|第三项|加|第四项|之和）",
    "一、本年|新收|政府信息|公开|申请|数量",
    "二、上年|结转|政府信息|公开|申请|数量",
    "（二）部分|公开|（区分|处理|的，|只计|这一|情形，|不计|其他|情形）",
    "1.属于|国家秘密",
    "2.其他|法律|行政法规|禁止|公开",
    "3.危及|“三安全|一稳定”",
    "4.保护|第三方|合法权益",
    "5.属于|三类|内部事务|信息",
    "6.属于|四类|过程性|信息",
    "7.属于|行政执法|案卷",
    "8.属于|行政查询|事项",
    "1.本机关|不掌握|相关|政府信息",
    "2.没有|现成|信息|需要|另行|制作",
    "3.补正后|申请|内容|仍不|明确",
    "1.信访|举报|投诉|类|申请",
    "2.重复|申请",
    "3.要求|提供|公开|出版物",
    "4.无正当理由|大量|反复|申请",
    "5.要求|行政机关|确认|或|重新|出具|已获取|信息",
    "1.申请人|无正当理由|逾期|不补正、|行政机关|不再|处理|其政府信息|公开|申请",
    "2.申请人|逾期|未按|收费通知|要求|缴纳|费用、|行政机关|不再|处理|其政府信息|公开|申请",
    "四、结转|下年度|继续|办理",
    "本年|处理|决定|数量",
    "本年|收费|金额|（单位：|万元）",
    "行政|规范性|文件",
    "行政|事业性|收费",
    "未经|复议|直接|起诉",
]


def at_width(text: str, width: float, breaks: tuple[int, ...] = ()) -> list[str]:
    return [text[a:b] for a, b in break_label(text, breaks, width, lambda start, end: float(end - start))]


@pytest.mark.parametrize("read", READ)
def test_no_label_is_broken_inside_a_word_where_its_words_fit(read):
    words, text = read.split("|"), read.replace("|", "")
    ends = set(itertools.accumulate(map(len, words)))
    for width in range(max(map(len, words)), len(text) + 1):
        lines = at_width(text, width)
        assert "".join(lines) == text and max(map(len, lines)) <= width
        assert set(itertools.accumulate(map(len, lines))) <= ends, lines


def labels() -> list[tuple[PlanCell, float]]:
    """Every label of the form with its width in points."""
    found = []
    for section in form_reader.load_form("ogi-annual-report-2021").sections:
        if section.grid:
            edges = [0.0, *itertools.accumulate(section.grid.widths)]
            found += [(cell, (edges[cell.column + cell.column_span] - edges[cell.column]) * 72 / 25.4)
                      for cell in make_grid_plan(section.grid).cells if cell.text]
    return found


@pytest.mark.parametrize("size", [9.0, 10.5])
def test_on_paper_every_label_of_the_form_keeps_its_words(size):
    for label, width in labels():
        cell = GridCell(label.text, label.role, label.row_span, label.column_span, label.breaks,
                        must_break=label.role is CellRole.HEAD and label.column_span == 1 and bool(label.breaks))
        lines = [line.text for line in fit_cell(fonts(), cell, "", width=width, height=0.0, size=size,
                                                tall=label.row_span > 1).lines]
        assert "".join(lines) == label.text
        if min(map(len, lines)) > 1 or len(lines) == 1:       # else it stands upright
            ends = itertools.accumulate(map(len, lines))
            for end, (a, b) in zip(ends, itertools.pairwise(lines), strict=False):
                torn = [word for word in WORDS for at in range(1, len(word))
                        if a.endswith(word[:at]) and b.startswith(word[at:])]
                assert not torn or end in label.breaks, (a, b, torn)


def test_the_forms_own_breaks_go_before_and_lines_are_as_few_as_words_allow():
    assert at_width("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 14, (7, 21)) == [
        "（二）部分公开（区分处理的，", "只计这一情形，不计其他情形）"]
    assert at_width("甲乙丙丁戊己庚辛", 6, (3,)) == ["甲乙丙", "丁戊己庚辛"]
    assert at_width("甲乙丙丁戊己庚辛", 6) == ["甲乙丙丁", "戊己庚辛"]        # of like length


def test_a_number_stays_with_its_label_and_marks_at_their_end():
    for text in ("2.重复申请", "二、上年结转", "10.甲乙丙丁"):
        for width in range(4, 9):
            assert not at_width(text, width)[0].endswith((".", "、"))
    for width in range(3, 12):
        for line in at_width("甲（乙丙，丁戊）己庚。", width):
            assert line[0] not in "）。，" and line[-1] != "（"


def test_a_word_wider_than_the_line_is_parted_rather_than_lost():
    assert "".join(at_width("行政事业性收费", 2)) == "行政事业性收费"
    assert at_width("abcdef", 4) and max(map(len, at_width("abcdef", 4))) <= 4
    assert at_width("国", 0.5) == ["国"] and at_width("", 5) == []


def test_nothing_is_lost_whatever_a_label_is_made_of():
    chance = random.Random(14)
    for _ in range(500):
        text = "".join(chance.choice("政府信息公开，。、（）“”——12.ab ") for _ in range(chance.randrange(30)))
        for width in (1, 3, 8, 40):
            assert "".join(at_width(text, width)) == text
