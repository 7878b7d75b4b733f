"""Findings through the real window: one cause one item, likely slips that lead there, reasons, the line at the top."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.checks import State
from govdesk.form.form import Address, Form
from govdesk.printing import missing_glyphs
from govdesk.printing.file_name import suggest_file_name
from govdesk.report.report import Layer, build_report
from govdesk.session.session import take_snapshot
from govdesk.session.steps import StepProgress
from tests.ui.helper.findings_driver import KEY, STOCK, card_in, follow, press, put, said, settle, warned
from ui.pages.review_page import ReviewPage
from ui.wizard.wizard import Wizard

DISCLOSED = Address("requests", "disclosed", "natural_person")


@pytest.fixture
def wizard(window: MainWindow) -> Wizard:
    window.adopt(cli.sample_report())
    assert window.wizard is not None
    return window.wizard


def test_one_slip_is_one_item_with_its_echo_folded(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    page = wizard.enter("review")
    assert isinstance(page, ReviewPage)
    assert len(page.rows) == 1
    words = said(page)
    assert "还不能送审：1 处对不上" in words
    assert "总计列也差 1，同一原因，改好一起消失" in words
    assert wizard.status.standing.text() == "! 1 处对不上 ›"


def test_the_helper_shows_formula_slips_and_the_echo_by_key(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "2", Layer.PREVIOUS)
    put(wizard, DISCLOSED, "0")
    wizard.go_to(Address("requests", "new_requests", "natural_person"))
    card = card_in(wizard.helper)
    words = said(card)
    buttons = [b.text() for b in card.findChildren(QPushButton) if b.isVisibleTo(card)]
    assert buttons[0] == "! 自然人列相差 1"
    assert "一 15 ＋ 二 7\n＝\n22\n三（七） 21 ＋ 四 0\n＝\n21" in words
    assert "可能漏填 1 件的格" in words and "（一）予以公开（上年 2） ›" in buttons
    assert "总计列也差 1，同一原因，改好一起消失" in words


def test_a_likely_slip_leads_to_its_cell_and_changes_nothing(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    put(wizard, DISCLOSED, "2", Layer.PREVIOUS)
    wizard.go_to(Address("requests", "new_requests", "natural_person"))
    before = wizard.editor.now.report
    card = card_in(wizard.helper)
    press(card, "（一）予以公开")
    settle()
    assert wizard.pages["requests"].view.cursor_address == DISCLOSED      # type: ignore[attr-defined]
    assert wizard.editor.now.report == before


def test_what_mends_a_doubtful_number_is_the_first_thing_to_press_and_is_undone(wizard: Wizard) -> None:
    wizard.editor.do(wizard.editor.session.edit("编辑", [(Layer.TEXTS, "overview.on_request", "部分公开6件。")]))
    wizard.go_to("overview.on_request")
    card = card_in(wizard.helper)
    buttons = [b.text() for b in card.findChildren(QPushButton) if b.isVisibleTo(card)]
    assert buttons[:2] == ["? 请说明", "改为 5（随表更新）"]
    assert "去看这段文字" not in buttons     # the clerk is there
    press(card, "改为 5")
    assert wizard.editor.now.report.text("overview.on_request") == "部分公开〔表三·部分公开·总计〕件。"
    wizard.top.undo_wanted.emit()
    assert wizard.editor.now.report.text("overview.on_request") == "部分公开6件。"


def test_one_severity_has_one_sign_in_rail_line_and_helper(wizard: Wizard) -> None:
    step = next(item for item in wizard.rail.items if item.step.id == "proactive" and not item.page)
    warned(wizard)
    wizard.go_to(STOCK)
    assert step.state is not None and step.state.progress is StepProgress.ASK and step._count() == "1"
    assert step.accessibleDescription() == "1 处待说明；已填完，10/10"
    assert wizard.status.standing.text() == "? 1 处待说明 ›"
    assert next(iter(card_in(wizard.helper).findChildren(QPushButton))).text().startswith("? ")
    put(wizard, Address("proactive", "rules", "issued"), "3")
    assert step.state.progress is StepProgress.PROBLEM
    assert wizard.status.standing.text().startswith("! ")


def test_slips_wait_until_a_clerk_pauses(qtbot: QtBot, wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("govdesk.suggestions.find_likely", lambda *_: asked.append(1) or ())
    wizard.go_to(DISCLOSED)
    for value in "02340":
        put(wizard, DISCLOSED, value)
    assert asked == []
    qtbot.waitUntil(lambda: asked == [1], timeout=3000)


def test_both_sides_of_an_equation_and_a_total_are_ways_to_their_cells(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    wizard.go_to(DISCLOSED)
    follow(card_in(wizard.helper), "一 15 ＋ 二 7")
    assert wizard.pages["requests"].view.cursor_address == Address("requests", "new_requests", "natural_person")  # type: ignore[attr-defined]
    wizard.go_to(Address("requests", "carried_over_in", "total"))
    press(wizard.helper, "自然人　7")
    assert wizard.pages["requests"].view.cursor_address == Address("requests", "carried_over_in", "natural_person")  # type: ignore[attr-defined]


def test_a_warning_is_answered_with_a_template_and_asked_again_when_its_figures_change(wizard: Wizard) -> None:
    page = warned(wizard)
    assert "可以送审，还有 1 处最好写明理由" in said(page)
    press(page, "说明理由")
    field = page.rows[0].card.answer                       # type: ignore[union-attr]
    assert field is not None
    assert field.line is not None
    assert field.line.hasFocus()
    follow(field, "按清理结果调整")
    assert field.line.text() == "按清理结果调整，已与司法行政部门核对一致"
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    settle()
    kept = json.loads(str(wizard.editor.now.report.entry(Layer.ANSWERS, KEY)))
    assert kept["reason"] == "按清理结果调整，已与司法行政部门核对一致"
    assert kept["operands"][str(STOCK)] == "12"
    words = said(page)
    assert "已说明：按清理结果调整" in words
    assert "可以送审\n" in words
    assert "已说明 1" in words
    assert wizard.status.standing.text() == "✓ 可以送审"
    assert page.rows[0].toggle.hasFocus()
    put(wizard, STOCK, "13")
    assert "可以送审，还有 1 处最好写明理由" in said(page)
    put(wizard, STOCK, "12")
    assert "已说明：按清理结果调整" in said(page)


def test_a_warning_is_answered_in_the_helper_and_the_cursor_is_back_in_its_cell(wizard: Wizard) -> None:
    warned(wizard)
    wizard.go_to(STOCK)
    field = card_in(wizard.helper).answer
    assert field is not None
    assert field.line is not None
    field.line.setText("机构合并")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    words = said(wizard.helper)
    assert "✓ 已说明：机构合并" in words
    assert wizard.pages["proactive"].model.warned == frozenset()          # type: ignore[attr-defined]
    assert "可能的原因" not in words
    assert wizard.pages["proactive"].view.hasFocus()                      # type: ignore[attr-defined]
    press(wizard.helper, "撤回说明")
    assert wizard.editor.now.report.entries(Layer.ANSWERS) == {}


def test_an_answer_is_undone_and_done_again(wizard: Wizard) -> None:
    page = warned(wizard)
    page.rows[0].unfold()
    page.rows[0].card.answer.give("机构合并")               # type: ignore[union-attr]
    answered = wizard.editor.now.report
    wizard.top.undo_wanted.emit()
    assert wizard.editor.now.report.entries(Layer.ANSWERS) == {}
    assert "还有 1 处最好写明理由" in said(page)
    wizard.top.redo_wanted.emit()
    assert wizard.editor.now.report == answered


def test_last_years_reason_is_offered(wizard: Wizard) -> None:
    wizard.editor.do(wizard.editor.session.edit("上年理由", [(Layer.PREVIOUS_ANSWERS, KEY, "部分文件并入区级文件")]))
    page = warned(wizard)
    page.rows[0].unfold()
    follow(page, "上年的理由：部分文件并入区级文件")
    assert page.rows[0].card.answer.line.text() == "部分文件并入区级文件"      # type: ignore[union-attr]


@pytest.mark.parametrize(("typed", "sentence"), [
    ("甲" * 10_000, "理由有 10000 字，最多 500 字"), ("   ", "请先写明理由"), ("", "请先写明理由")])
def test_what_is_no_reason_is_kept_out_with_a_sentence(wizard: Wizard, typed: str, sentence: str) -> None:
    page = warned(wizard)
    before = wizard.editor.now.report
    page.rows[0].unfold()
    field = page.rows[0].card.answer                       # type: ignore[union-attr]
    assert field is not None
    assert field.line is not None
    field.line.setText(typed)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert sentence in said(page)
    assert field.line.text() == typed
    assert wizard.editor.now.report == before


def test_a_reason_with_markup_is_shown_as_it_is(wizard: Wizard) -> None:
    page = warned(wizard)
    page.rows[0].unfold()
    page.rows[0].card.answer.give("<b>见</b>附件&1")        # type: ignore[union-attr]
    settle()
    assert "已说明：<b>见</b>附件&1" in said(page)


def test_an_error_offers_no_reason(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    page = wizard.enter("review")
    assert isinstance(page, ReviewPage)
    press(page, "怎么改")
    assert page.rows[0].card is not None
    assert page.rows[0].card.answer is None
    page.rows[0].card.guess()
    assert "怎么改：看哪一列不平" in said(page)


def test_f8_leaves_out_what_is_answered(wizard: Wizard) -> None:
    page = warned(wizard)
    put(wizard, DISCLOSED, "0")
    page.rows[-1].unfold()
    assert page.rows[-1].card is not None
    page.rows[-1].card.answer.give("机构合并")              # type: ignore[union-attr]
    seen = set()
    for _ in range(3):
        QTest.keyClick(wizard, Qt.Key.Key_F8)
        seen.add(wizard.at[1].item)
    assert seen == {"requests"}


def test_f8_leads_on_where_there_is_but_one_finding_with_several_places(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    seen = []
    for _ in range(3):
        QTest.keyClick(wizard, Qt.Key.Key_F8)
        seen.append(wizard.place())
    assert len(set(seen)) == 3
    assert {place.column for place in seen if isinstance(place, Address)} == {"natural_person"}


def test_f8_goes_from_the_only_finding_to_what_is_blank_and_back(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    blank = wizard.editor.form.grids["disputes"].inputs[-1]
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, blank, None)]))
    seen = []
    for _ in range(3):
        QTest.keyClick(wizard, Qt.Key.Key_F8)
        seen.append(wizard.place())
    assert seen[1] == blank
    assert seen[0] == seen[2] == Address("requests", "new_requests", "natural_person")


def test_f8_says_so_where_the_only_finding_has_one_place_and_the_cursor_is_there(wizard: Wizard) -> None:
    wizard.editor.do(wizard.editor.session.edit("编辑", [(Layer.TEXTS, "problems", "无。")]))
    for _ in range(2):
        QTest.keyClick(wizard, Qt.Key.Key_F8)
        assert wizard.place() == "problems"
    assert "只有这一处了" in wizard.status.saved.text()


def test_what_no_one_cell_mends_is_offered_as_the_cells_to_change_together(wizard: Wizard) -> None:
    for address, figure in {"disclosed/natural_person": "0", "other_misc/natural_person": "24"}.items():
        put(wizard, Address.parse(f"requests/{address}"), figure)
    for address, figure in {"disclosed": "1", "other_misc": "14"}.items():
        put(wizard, Address.parse(f"requests/{address}/total"), figure, Layer.STATED)
    put(wizard, Address.parse("requests/results_total/natural_person"), "22", Layer.STATED)
    wizard.go_to(Address("requests", "new_requests", "natural_person"))
    card = card_in(wizard.helper)
    assert "改一格对不上，要同时改这 2 格" in said(card)
    names = [b.accessibleName() for b in card.findChildren(QPushButton) if b.isVisibleTo(card)]
    assert "“自然人 · （一）予以公开”可能漏填 1" in names
    assert "“自然人 · 3.其他”填了 24，可能重复计了一次，应为 12" in names
    assert len(set(names)) == len(names)
    press(card, "（一）予以公开")
    assert wizard.place() == DISCLOSED


def test_two_ways_out_of_a_doubtful_number_never_have_the_same_words(wizard: Wizard) -> None:
    """办理 may be 新收 15, 新收＋结转 24 or 结果 24; with 结转 0 all are 15, and one button is enough."""
    put(wizard, Address("requests", "carried_over_in", "natural_person"), "0")
    put(wizard, Address("requests", "carried_over_in", "other_org"), "0")
    for text in ("收到申请16件。", "新收申请16件。", "共收到并办理16件政府信息公开申请。", "予以公开9件。"):
        wizard.editor.do(wizard.editor.session.edit("编辑", [(Layer.TEXTS, "overview.on_request", text)]))
        wizard.go_to("overview.on_request")
        card = card_in(wizard.helper)
        ways = [b.text() for b in card.findChildren(QPushButton) if b.text().startswith("改为")]
        figures = [re.findall(r"\d+", way)[0] for way in ways]
        assert ways, text
        assert len(set(figures)) == len(figures), ways
        assert len(ways) == 1 or all("（" in way and not way.startswith(f"改为 {n}（随表") for way, n
                                     in zip(ways, figures, strict=True)), ways


def test_what_must_be_put_right_is_not_left_out_for_what_is_quick(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    for grid in wizard.editor.form.grids.values():
        wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, grid.inputs[-1], None)]))
    for key in ("issued_on", "organ.name"):
        wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.COVER, key, "")]))
    words = said(wizard.enter("review"))
    assert "先改：表三 · 自然人列" in words
    assert words.count("再填：") == 2


def test_the_line_at_the_foot_leads_to_what_is_off_then_to_what_is_quickest(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    QTest.mouseClick(wizard.status.standing, Qt.MouseButton.LeftButton)
    assert wizard.at[1].item == "requests"
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.COVER, "issued_on", "")]))
    assert wizard.status.standing.text() == "! 1 处对不上 · 1 处没填好 ›"
    QTest.mouseClick(wizard.status.standing, Qt.MouseButton.LeftButton)
    assert wizard.at[1].item == "requests"
    put(wizard, DISCLOSED, "1")
    QTest.mouseClick(wizard.status.standing, Qt.MouseButton.LeftButton)
    assert wizard.at[1].item == "cover"


def test_the_line_at_the_foot_leads_to_the_reason_that_is_asked_for(wizard: Wizard) -> None:
    warned(wizard)
    wizard.enter("problems")
    QTest.mouseClick(wizard.status.standing, Qt.MouseButton.LeftButton)
    page = wizard.pages["review"]
    assert isinstance(page, ReviewPage)
    assert wizard.at[1].item == "review"
    assert page.rows[0].card.answer.line.hasFocus()         # type: ignore[union-attr]


def test_the_line_at_the_foot_leads_to_the_slip_where_one_stands_out(wizard: Wizard) -> None:
    put(wizard, Address("requests", "other_misc", "natural_person"), "21")
    wizard.enter("problems")
    QTest.mouseClick(wizard.status.standing, Qt.MouseButton.LeftButton)
    shown = wizard.pages["requests"].view.cursor_address                  # type: ignore[attr-defined]
    assert shown == Address("requests", "other_misc", "natural_person")


def test_the_review_sets_the_two_years_side_by_side(wizard: Wizard) -> None:
    put(wizard, Address("requests", "new_requests", "total"), "11", Layer.PREVIOUS)
    page = warned(wizard)
    words = said(page)
    assert "与上年相比\n行政规范性文件 · 现行有效件数 12（上年 9，+33.3%）\n" in words
    assert "本年新收 15（上年 11，+36.4%）" in words


def test_the_review_says_what_to_do_next_what_is_off_first(wizard: Wizard) -> None:
    page = warned(wizard)
    put(wizard, DISCLOSED, "0")
    words = said(page)
    assert words.index("先改：表三 · 自然人列") < words.index("再说明：表二 · 行政规范性文件")
    assert "分钟" not in words
    assert words.count("三、依申请公开") == 0                # the sentence begins with its place
    follow(page, "先改：表三")
    assert wizard.at[1].item == "requests"


@pytest.mark.parametrize(("cell", "value", "button"), [
    (DISCLOSED, "0", "去改第一处"), (STOCK, "12", "去说明"), ("issued_on", "", "去填第一处"), ("", "", "导出 PDF…")])
def test_the_blue_button_says_what_it_does(wizard: Wizard, cell: Address | str, value: str, button: str) -> None:
    if isinstance(cell, Address):
        put(wizard, STOCK, "0", Layer.PREVIOUS)
        put(wizard, cell, value)
    elif cell:
        wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.COVER, cell, "")]))
    wizard.enter("review")
    settle()
    blue = [b.text() for b in wizard.findChildren(QPushButton)
            if b.isVisibleTo(wizard) and b.property("role") == "primary"]
    assert sorted(blue) == sorted([button] if button == "导出 PDF…" else [button, "导出 PDF"])


def test_a_report_that_is_ready_says_what_was_checked_part_by_part(wizard: Wizard) -> None:
    page = wizard.enter("review")
    words = said(page)
    passed = sum(f.state is State.PASSED for f in wizard.editor.now.findings)
    parts = [int(n) for n in re.findall(r"^(?:封面与机关|前言|[一二三四五六]、\w+)　(\d+) 处$", words, re.M)]
    assert "没有发现问题" in words and f"已通过 {passed} 处" in words and sum(parts) == passed
    assert "勾稽关系：一＋二＝三（七）＋四\n7 处" in words
    put(wizard, DISCLOSED, "0")
    assert "7 处" not in said(page)


def test_the_side_shows_how_much_is_filled_in_and_both_sides_of_each_sum(wizard: Wizard) -> None:
    put(wizard, DISCLOSED, "0")
    page = wizard.enter("review")
    words = said(page)
    assert "表三，144 格已填 144" in words
    assert "自然人，一＋二为 22，三（七）＋四为 21，对不上\n22\n≠\n21" in words
    rights = {label.mapTo(page, label.rect().topRight()).x() for label in page.findChildren(QLabel)
              if label.text() in ("21", "23") and label.isVisibleTo(page)}
    assert len(rights) == 1
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, DISCLOSED, None)]))
    words = said(page)
    assert "表三，144 格已填 143" in words and "自然人，待填" in words


def test_a_draft_of_blanks_says_how_many(window: MainWindow) -> None:
    window.new_draft()
    assert window.wizard is not None
    assert "166 格空白" in window.wizard.status.standing.text()
    assert not window.wizard.status.standing.text().startswith("✓")


def test_the_review_counts_places_and_says_so(wizard: Wizard) -> None:
    page = wizard.enter("review")
    counts = next(label.text() for label in page.findChildren(QLabel) if label.text().startswith("必须改正"))
    parts = counts.split(" · ")
    assert parts[:3] == ["必须改正 0 处", "请说明 0 处", "提示 0 处"]
    assert all(part.endswith(" 处") for part in parts)


def test_a_character_that_cannot_be_printed_is_told_where_it_is_written_and_in_the_review(wizard: Wizard) -> None:
    page = wizard.enter("problems")
    before = said(page)
    wizard.editor.do(wizard.editor.session.edit("改写", [(Layer.TEXTS, "problems", "推广\U000f0000码和龘字。")]))
    assert "〓" not in before
    assert "没有可用的字形，会印成“〓”，请改用别的字或写法：“\U000f0000”（U+F0000）" in said(page)
    assert "龘" not in said(page)
    review = wizard.enter("review")
    assert "没有可用的字形" in said(review) and "（U+F0000）" in said(review)
    wizard.enter("cover")
    follow(wizard.enter("review"), wizard.editor.form.texts["problems"].name + "：")
    assert wizard.at[1].item == "problems"
    wizard.editor.stack.undo()
    assert "〓" not in said(page)
    assert "〓" not in said(wizard.enter("review"))


def test_many_signs_without_a_face_are_counted_and_can_be_broken() -> None:
    found = [chr(0xF0000 + n) for n in range(30)]
    said = missing_glyphs.describe_missing(found)
    assert said.count("U+") == missing_glyphs.MAX_NAMED_CHARACTERS and said.endswith("等 30 个字")
    assert said.count("、 ") == missing_glyphs.MAX_NAMED_CHARACTERS - 1


def test_a_long_organ_keeps_the_year_in_the_name_of_the_file(form: Form) -> None:
    report = build_report(form.id, {Layer.COVER: {"organ.name": "某县" * 60, "year": "2025"}})
    name = suggest_file_name(take_snapshot(form, report))
    assert len(name) == 80 and name.endswith("县某2025年政府信息公开工作年度报告")


def test_what_last_years_report_says_comes_before_what_is_guessed(qtbot: QtBot, wizard: Wizard) -> None:
    """Last year carried 7 and 2 forward; 10 is typed for 7, so the cross-check does not hold either, and leads."""
    carried_in, total = (Address("requests", "carried_over_in", c) for c in ("natural_person", "total"))
    last = {"natural_person": 7, "other_org": 2, "total": 9}
    wizard.editor.do(wizard.editor.session.edit("上年", [
        *((Layer.PREVIOUS, Address("requests", "carried_forward_out", c), Decimal(n)) for c, n in last.items()),
        (Layer.PREVIOUS, carried_in, Decimal(5)), (Layer.VALUES, carried_in, Decimal(10))]))
    wizard.go_to(carried_in)
    card = card_in(wizard.helper)
    qtbot.waitUntil(lambda: "可能的原因" in said(card), timeout=3000)
    words = said(card)
    assert words.index("上年年报的结转下年度为 9") < words.index("可能的原因")
    lines = said(wizard.helper)
    assert "2022 年“四、结转下年度继续办理”：7" in lines and "2022 年同一格：5" in lines
    wizard.go_to(total)
    assert "2022 年“四、结转下年度继续办理”：9" in said(wizard.helper)
    review = said(wizard.enter("review"))
    assert "总计列也差" in review or "同一处引起的还有" in review


def test_a_row_of_the_review_shows_its_sign_in_the_frame(wizard: Wizard) -> None:
    """A “!” in a full square, not a square in a square."""
    put(wizard, DISCLOSED, "0")
    page = wizard.enter("review")
    settle()
    (mark,) = [label for label in page.findChildren(QLabel) if label.property("role") == "mark-error"]
    picture = mark.grab().toImage()
    inside = [picture.pixelColor(x, y).name() for x in range(2, picture.width() - 2)
              for y in range(2, picture.height() - 2)]
    ground = max(set(inside), key=inside.count)
    assert inside.count(ground) > 0.6 * len(inside) and len(set(inside)) > 1
    assert QColor(ground).lightness() < 128
