"""The home page: organs × years with state and deadline; found, named, copied, thrown away, had back, by keyboard."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli, settings
from govdesk.base import bounds
from govdesk.store.draft_summary import Outstanding
from tests.ui.driver import listed, sample_wizard, words
from tests.ui.home.home_driver import deadlines_known, report_of
from ui.home.deadlines import DayBar


@pytest.fixture
def home(qtbot: QtBot, window: MainWindow) -> MainWindow:
    year = datetime.date.today().year
    begun = (("临江区教育局", year - 1, 12), ("临江区财政局", year, 0), ("临江区教育局", year, 3))
    for organ, its_year, blanks in begun:
        window.drafts.create(report_of(organ, str(its_year)), Outstanding(blanks, 0))
    window.show_home()
    deadlines_known(qtbot, window)
    return window


def test_the_drafts_of_an_organ_stand_together_by_year(home: MainWindow) -> None:
    year = datetime.date.today().year
    assert [line[:3] for line in listed(home)] == [
        ["临江区教育局", f"{year} 年", "还有 3 格空白"], ["临江区教育局", f"{year - 1} 年", "还有 12 格空白"],
        ["临江区财政局", f"{year} 年", "✓ 数字已填完"]]
    assert listed(home)[0][3].startswith("1月31日")
    assert "还有" in listed(home)[0][3]


def test_the_local_deadline_wins_and_governments_have_until_march(qtbot: QtBot, window: MainWindow) -> None:
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    window.drafts.create(report_of("甲", "2020", tomorrow.isoformat()))
    window.drafts.create(report_of("乙", "2020", kind="government_report"))
    window.show_home()
    deadlines_known(qtbot, window)
    assert {line[0]: line[3] for line in listed(window)} == {
        "甲": f"{tomorrow.month}月{tomorrow.day}日 · 还有 1 天", "乙": "2021年3月31日 · 已过"}


def test_the_search_takes_several_words(home: MainWindow) -> None:
    home.home.search.setText(f"教育局 {datetime.date.today().year}")
    assert [line[2] for line in listed(home)] == ["还有 3 格空白"]
    assert "3 份中的 1 份" in words(home.home)


def test_a_draft_is_named_in_its_line_and_the_name_taken_back(qtbot: QtBot, home: MainWindow) -> None:
    table = home.home.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    field = table.findChild(QLineEdit)
    qtbot.keyClicks(field, "v2")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(home)[0][0] == "临江区教育局 · v2")
    assert home.wizard is None               # the Enter that ends the name opens nothing
    assert table.hasFocus() and table.current() is not None and table.current().label == "v2"
    draft = home.drafts.list()[0]
    home.program.draft_list.rename(draft.id, "")
    assert listed(home)[0][0] == "临江区教育局"
    buttons = [b for b in home.home.findChildren(QPushButton) if b.text() == "撤销改名"]
    buttons[-1].click()                      # the one before is on its way out
    assert listed(home)[0][0] == "临江区教育局 · v2"


def test_copied_thrown_away_and_had_back_by_keyboard(qtbot: QtBot, home: MainWindow) -> None:
    table = home.home.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [line[0] for line in listed(home)].count("临江区教育局 · 副本") == 1
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert "临江区财政局" not in [line[0] for line in listed(home)]
    home.home.bin_button.click()
    assert [line[0] for line in listed(home)] == ["临江区财政局"]
    assert "返回草稿" in words(home.home)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert "临江区财政局" in [line[0] for line in listed(home)]
    assert home.home.in_bin is False


def test_enter_opens_the_draft_at_the_cursor(qtbot: QtBot, home: MainWindow) -> None:
    table = home.home.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert home.wizard is not None
    assert home.wizard.editor.now.report.year == datetime.date.today().year - 1


def test_a_line_is_read_out_whole(home: MainWindow) -> None:
    table = home.home.table
    said = table.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"临江区教育局，{datetime.date.today().year} 年，还有 3 格空白，截止 1月31日")
    assert table.accessibleName() == "草稿"


def test_a_name_of_200_characters_and_line_breaks_is_one_line(window: MainWindow) -> None:
    window.drafts.create(report_of("某\n局" + "长" * 200, "2024"))
    window.show_home()
    assert listed(window)[0][0].startswith("某 局长长")
    assert window.grab().width() == window.width()


def test_a_thousand_drafts_make_no_thousand_widgets(window: MainWindow) -> None:

    from govdesk.store.draft_summary import DraftSummary

    now = datetime.datetime.now(datetime.UTC)
    many = [DraftSummary(i, "ogi-annual-report-2021", f"第{i % 200}局", 2020 + i // 200, now, now,
                         Outstanding(1, 0), None, None) for i in range(1000)]
    before = len(window.home.findChildren(object))
    window.home.show_drafts(many)
    assert window.home.table.rows.rowCount() == 1000
    assert len(window.home.findChildren(object)) - before < 20


def choose_deadline(window: MainWindow, words: str) -> None:
    """As the clerk does in 设置 › 截止日期."""
    menu = next(one for one in window.home.settings_menu().findChildren(QMenu) if one.title().startswith("截止日期"))
    next(action for action in menu.actions() if words in action.text()).trigger()


def test_one_local_deadline_for_all_is_set_followed_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    year = datetime.date.today().year
    window.drafts.create(report_of("甲", str(year)))
    window.drafts.create(report_of("乙", str(year), kind="government_report"))
    window.drafts.create(report_of("丙", str(year), f"{year + 1}-02-10"))
    window.show_home()
    deadlines_known(qtbot, window)
    choose_deadline(window, "其他日期")
    (bar,) = window.home.findChildren(DayBar)
    bar.month.setCurrentIndex(1)
    assert [bar.day.itemText(i) for i in range(bar.day.count())][-1] == "28日"
    bar.day.setCurrentIndex(4)
    next(b for b in bar.findChildren(QPushButton) if b.text() == "就按这一天").click()
    assert {line[0]: line[3].partition(" ")[0] for line in listed(window)} == {
        "甲": "2月5日", "乙": "2月5日", "丙": "2月10日"}
    assert words(window.home).count("规定为") == 2
    assert settings.load_settings().deadline == "02-05" and window.home.foot.said == ""
    window.open_draft(next(d.id for d in window.drafts.list() if d.organ_name == "甲"))
    assert window.wizard is not None and "2月5日" in words(window.wizard.top)
    window.show_home()
    choose_deadline(window, "按规定")
    assert {line[0]: line[3].partition(" ")[0] for line in listed(window)} == {
        "甲": "1月31日", "乙": "3月31日", "丙": "2月10日"}


def test_the_cursor_goes_to_the_copy(qtbot: QtBot, home: MainWindow) -> None:
    table = home.home.table
    table.setFocus()
    before = table.current()
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert before is not None and table.current() is not None
    assert table.current().id != before.id and table.current().label.endswith("副本")


def test_a_long_name_is_not_cut_by_renaming_and_a_copy_s_name_can_be_kept(qtbot: QtBot, home: MainWindow) -> None:
    """One from a file may be longer than the field takes; copies of copies do not grow beyond it."""
    table = home.home.table
    draft = table.current()
    assert draft is not None
    long = "送审稿" * 30
    home.program.draft_list.rename(draft.id, long)
    home.home.choose(draft.id)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    field = table.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text() == long
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    home.program.draft_list.copy([draft.id])
    copied = table.current()
    assert copied is not None and len(copied.label) == bounds.MAX_LABEL and copied.label.endswith("副本")


def test_the_draft_that_was_left_is_the_one_chosen_in_the_list(window: MainWindow) -> None:
    """Else Enter would open another year's report than the one that was just put aside."""
    sample_wizard(window)
    window.show_home()
    window.follow(cli.sample_report())
    window.show_home()
    chosen = window.home.table.meant()
    assert chosen is not None and chosen.year == 2024
    window.home.table.setFocus()
    QTest.keyClick(window.home.table, Qt.Key.Key_Return)
    assert window.wizard is not None and window.wizard.editor.now.report.year == 2024
