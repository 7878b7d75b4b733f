"""What the home page offers: in an empty list, at the end of a line, in the settings, and for next year."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from tests.ui.driver import press, words
from tests.ui.home.home_driver import deadlines_known, report_of
from tests.ui.walking import settle
from ui.home import home_page
from ui.home.draft_list import ACT
from ui.home.home_page import HomePage
from ui.home.settings_menu import SettingsMenu

NEXT_YEAR = datetime.date.today().year + 1


def button(home: HomePage, name: str) -> QPushButton:
    return next(b for b in home.findChildren(QPushButton) if b.text() == name and b.isVisible())


def test_an_empty_list_says_so_in_its_middle_with_the_ways_on(window: MainWindow) -> None:
    settle()
    home = window.home
    assert "还没有草稿" in words(home) and not home.table.isVisible()
    box, way = home.foot.parentWidget(), button(home, "先看看样例")
    assert box is not None
    assert 0.3 < way.mapTo(box, QPoint(0, 0)).y() / box.height() < 0.55
    press(home, "先看看样例")
    assert window.wizard is not None and window.wizard.editor.now.report == cli.sample_report()


def test_an_empty_bin_and_a_search_without_result_lead_back(window: MainWindow) -> None:
    window.drafts.create(report_of("甲局", "2024"))
    window.show_home()
    window.home.search.setText("没有的机关")
    assert "没有符合的草稿" in words(window.home)
    press(window.home, "清除搜索")
    assert window.home.table.isVisible() and window.home.search.text() == ""
    press(window.home, "回收站")
    assert "回收站是空的" in words(window.home)
    press(window.home, "返回草稿列表")
    assert window.home.table.isVisible() and not window.home.in_bin


def test_a_click_on_the_end_of_a_line_opens_the_draft_and_one_beside_it_does_not(window: MainWindow) -> None:
    window.drafts.create(report_of("甲局", "2024"))
    window.drafts.create(report_of("乙局", "2024"))
    window.show_home()
    settle()
    table = window.home.table
    for column, opens in ((ACT - 1, False), (ACT, True)):
        index = table.rows.index(1, column)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                         table.visualRect(index).center())
        settle()
        assert (window.wizard is not None) is opens
    assert "继续填报" in table.rows.index(1, ACT).data()
    assert window.wizard is not None
    assert window.wizard.editor.now.report.cover("organ.name") == table.rows.shown[1].organ_name


@pytest.mark.parametrize(("year", "loud"), [(NEXT_YEAR - 2, True), (NEXT_YEAR - 4, False)])
def test_only_what_is_due_this_year_or_later_is_urgent(qtbot: QtBot, window: MainWindow, year: int, *,
                                                       loud: bool) -> None:
    """Today is after 1 January: a report of last year that was due on it is late, one of years ago is history."""
    window.drafts.create(report_of("甲局", str(year), deadline=f"{year + 1}-01-01"))
    window.show_home()
    deadlines_known(qtbot, window)
    draft = window.home.table.rows.shown[0]
    assert window.home.table.rows.urgent(draft) is loud


def test_who_has_a_draft_of_his_own_is_not_told_how_to_begin(qtbot: QtBot, window: MainWindow) -> None:
    assert cli.sample_report().cover("organ.name") == home_page.SAMPLE_ORGAN
    window.drafts.create(cli.sample_report())
    window.show_home()
    deadlines_known(qtbot, window)
    window.home.show_deadlines()
    assert "第一次使用？" in words(window.home)
    window.drafts.create(report_of("甲局", "2024"))
    window.show_home()
    settle()
    assert "第一次使用？" not in words(window.home)
    assert "打开样例" in [action.text().partition("(")[0] for action in SettingsMenu({}, window).actions()]


def test_the_settings_say_what_is_in_force(window: MainWindow) -> None:
    menu = SettingsMenu({"theme": "dark", "enter_moves": "right", "start": "list", "deadline": "01-20"}, window)
    said = [action.text().replace("　", "") for action in menu.actions()]
    for words_of_line in ("外观(&V)\t深色", "表格中按回车(&E)\t到右边一格", "启动后(&S)\t显示草稿列表",
                          "截止日期(&D)\t都按 1月20日"):
        assert words_of_line in said
    assert not any("备份与恢复" in words_of_line for words_of_line in said)


def test_without_a_draft_to_follow_the_file_is_asked_for_at_once(window: MainWindow) -> None:
    asked: list[str] = []
    window.home.next_from_file_wanted.disconnect()
    window.home.next_from_file_wanted.connect(lambda: asked.append("file"))
    window.home.next_button.click()
    assert asked == ["file"]
    window.drafts.create(report_of("甲局", "2024"))
    window.show_home()
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(100, look)
    window.home.next_button.click()
    assert any("甲局" in line for line in seen) and any("从文件" in line for line in seen) and asked == ["file"]
