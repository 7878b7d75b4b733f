"""改年份: last year's years in this year's texts are listed; what is ticked is changed, one step takes it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.report.report import Layer, edit_of
from tests.ui.driver import press, words
from tests.ui.walking import settle
from ui.draft.year_change_page import YearChangePage
from ui.wizard.wizard import Wizard

TOTAL = "〔表三·本年新收·总计〕"
LAST = {"preamble": "现公布本局2023年政府信息公开工作年度报告。统计期限自2023年1月1日起至2023年12月31日止。",
        "overview.on_request": f"2023年，收到申请{TOTAL}件，较2022年增长5%。根据《关于做好2023年工作的通知》办理。",
        "problems": "2023年宣传不够。"}


@pytest.fixture
def wizard(window: MainWindow) -> Wizard:
    """The report of 2024, begun from last year's; nothing is written in it."""
    sample = cli.sample_report()
    wanted = [(Layer.TEXTS, text_id, LAST.get(text_id, "")) for text_id in sample.entries(Layer.TEXTS)]
    window.follow(edit_of(sample, "", [*wanted, *((Layer.TEXTS, *item) for item in LAST.items())]).applied_to(sample))
    assert window.wizard is not None
    settle()
    return window.wizard


def text(wizard: Wizard, text_id: str) -> str:
    return wizard.editor.now.report.text(text_id)


def shown(window: MainWindow) -> YearChangePage:
    page = window.stack.currentWidget()
    assert isinstance(page, YearChangePage)
    return page


def blue(page: YearChangePage) -> QPushButton:
    return page.change_button


def test_last_years_texts_are_offered_and_taken_with_their_years_changed(wizard: Wizard, window: MainWindow) -> None:
    assert "上年写过 2 段文字，可以一次取来，年份逐处改好。" in words(window)
    press(window, "取来并改年份…")
    page = shown(window)
    seen = words(page)
    assert "2024 年度的年报，文字里有 6 处年份可能要改" in seen
    assert "没有勾选：书名号里是文件的名称，一般不改" in seen
    assert blue(page).text() == "改勾选的（取用 2 段，改 5 处）"
    blue(page).click()
    settle()
    assert window.stack.currentWidget() is wizard
    assert text(wizard, "preamble") == LAST["preamble"].replace("2023", "2024")
    assert text(wizard, "overview.on_request") == (
        "2024年，收到申请15件，较2023年增长5%。根据《关于做好2023年工作的通知》办理。")
    assert text(wizard, "problems") == ""                        # what is wrong is each year's own
    assert "上年写过" not in words(window)
    wizard.top.undo_wanted.emit()
    assert [text(wizard, text_id) for text_id in LAST] == ["", "", ""]


def test_a_text_page_leads_there_and_each_year_can_be_ticked(wizard: Wizard, window: MainWindow) -> None:
    wanted = [(Layer.TEXTS, "problems", "2023年，宣传不够。2023年5月开过会。")]
    wizard.editor.do(wizard.editor.session.edit("编辑", wanted))
    wizard.enter_item("problems")
    steps = wizard.editor.stack.count()
    press(window, "改年份")
    page = shown(window)
    assert not page.take.box.isChecked()
    assert [box.isChecked() for box in page.rows.boxes] == [True, False]
    assert page.rows.boxes[0].hasFocus()
    QTest.keyClick(page.rows.boxes[0], Qt.Key.Key_Space)
    assert blue(page).text() == "改勾选的（没有勾选）" and not blue(page).isEnabled()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert page.rows.boxes[1].hasFocus()
    QTest.keyClick(page.rows.boxes[1], Qt.Key.Key_Space)
    assert blue(page).text() == "改勾选的（改 1 处）"
    blue(page).setFocus()
    QTest.keyClick(blue(page), Qt.Key.Key_Return)
    settle()
    assert text(wizard, "problems") == "2023年，宣传不够。2024年5月开过会。"
    assert wizard.editor.stack.count() == steps + 1
    assert text(wizard, "preamble") == ""                        # nothing was taken along


def test_all_are_ticked_and_unticked_at_once_and_escape_changes_nothing(wizard: Wizard, window: MainWindow) -> None:
    wanted = [(Layer.TEXTS, "problems", "2023年，宣传不够。2023年5月开过会。")]
    wizard.editor.do(wizard.editor.session.edit("编辑", wanted))
    page = window.show_years()
    assert isinstance(page, YearChangePage)
    press(page, "全部勾选")
    assert [box.isChecked() for box in page.rows.boxes] == [True, True]
    press(page, "只勾该改的")
    assert [box.isChecked() for box in page.rows.boxes] == [True, False]
    QTest.keyClick(page.rows.boxes[0], Qt.Key.Key_Escape)
    settle()
    assert window.stack.currentWidget() is wizard
    assert text(wizard, "problems") == wanted[0][2]


def test_a_row_says_itself_to_who_cannot_see_it(wizard: Wizard, window: MainWindow) -> None:
    wizard.editor.do(wizard.editor.session.edit("编辑", [(Layer.TEXTS, "problems", "2023年5月开过会。")]))
    page = window.show_years()
    assert isinstance(page, YearChangePage)
    name = page.rows.boxes[0].accessibleName()
    assert name == "2023年5月开过会。，2023 改为 2024（写着月份，是那一天的事，只换年份不一定属实）"
    QTest.mouseClick(page.rows.boxes[0].parentWidget(), Qt.MouseButton.LeftButton)
    assert page.rows.boxes[0].isChecked()


def test_nothing_found_is_said_and_so_is_a_report_without_a_year(wizard: Wizard, window: MainWindow) -> None:
    page = window.show_years()
    assert "文字里没有找到要改成 2024 的年份" in words(page)   # type: ignore[arg-type]
    assert not blue(page).isEnabled()                            # type: ignore[arg-type]
    page.back_wanted.emit()                                      # type: ignore[attr-defined]
    wizard.editor.do(wizard.editor.session.edit("编辑", [(Layer.COVER, "year", "")]))
    page = window.show_years()
    assert "请先在“封面与机关”填写报告年度" in words(page)       # type: ignore[arg-type]


def test_what_was_taken_from_last_year_leads_on_to_its_years(wizard: Wizard, window: MainWindow) -> None:
    wizard.enter_item("preamble")
    press(window, "从上年的文字开始")
    assert "其中 3 处还是以前的年份" in words(window)
    press(window, "逐处改…")
    assert blue(shown(window)).text() == "改勾选的（改 3 处）"
