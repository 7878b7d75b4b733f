"""The list of drafts behaves as a list of files: a click chooses, a double click opens, nothing moves below the
mouse."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QCursor, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableView
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.exchange import report_file
from govdesk.store.draft_summary import DraftSummary, Outstanding
from tests.ui.common.test_mnemonics import entries
from tests.ui.conftest import say
from tests.ui.driver import listed, press, words
from tests.ui.home.home_driver import report_of
from tests.ui.walking import settle
from ui.common.notice_level import NoticeLevel
from ui.home.draft_list import MORE
from ui.home.draft_table import DraftTable

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def home(window: MainWindow) -> MainWindow:
    for organ in ("甲局", "乙局", "丙局", "丁局"):
        window.drafts.create(report_of(organ, "2024"), Outstanding(1, 0))
    window.show_home()
    settle(60)
    return window


def place(table: DraftTable, row: int, column: int = 0) -> QPoint:
    return table.visualRect(table.rows.index(row, column)).center()


def click(window: MainWindow, row: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(window.home.table.viewport(), LEFT, modifiers, place(window.home.table, row))


def chosen(window: MainWindow) -> list[str]:
    return [draft.organ_name for draft in window.home.table.chosen()]


def names(window: MainWindow) -> list[str]:
    return [line[0] for line in listed(window)]


def test_a_click_chooses_and_opens_nothing(home: MainWindow) -> None:
    click(home, 2)
    assert home.wizard is None
    assert chosen(home) == [names(home)[2]]
    QTest.keyClick(home.home.table, Qt.Key.Key_F2)
    assert home.home.table.state() == QTableView.State.EditingState


def test_a_double_click_opens_once(home: MainWindow) -> None:
    opened: list[int] = []
    home.home.draft_wanted.connect(opened.append)
    name = names(home)[1]
    view = home.home.table.viewport()
    QTest.mouseClick(view, LEFT, pos=place(home.home.table, 1))
    assert opened == []
    QTest.mouseDClick(view, LEFT, pos=place(home.home.table, 1))
    assert opened == []                      # not yet: the release would go to the page that opens
    QTest.mouseRelease(view, LEFT, pos=place(home.home.table, 1))
    assert len(opened) == 1
    assert home.wizard is not None and home.wizard.editor.now.report.cover("organ.name") == name
    assert home.stack.currentWidget() is home.wizard


def test_the_button_opens_what_is_chosen_and_the_way_is_told(home: MainWindow) -> None:
    click(home, 3)
    name = chosen(home)[0]
    assert "双击或按 Enter 打开" in words(home.home)
    press(home.home, "打开草稿")
    assert home.wizard is not None and home.wizard.editor.now.report.cover("organ.name") == name


def test_several_are_chosen_with_shift_ctrl_and_ctrl_a_and_go_at_once_and_come_back(home: MainWindow) -> None:
    before = names(home)
    click(home, 0)
    click(home, 2, SHIFT)
    click(home, 1, CONTROL)
    assert chosen(home) == [before[0], before[2]]
    assert "已选 2 份" in words(home.home)
    QTest.keyClick(home.home.table, Qt.Key.Key_Delete)
    assert names(home) == [before[1], before[3]]
    assert "已删除 2 份草稿" in words(home.home)
    QTest.keyClick(home.home.table, Qt.Key.Key_Z, CONTROL)
    assert sorted(names(home)) == sorted(before)
    QTest.keyClick(home.home.table, Qt.Key.Key_A, CONTROL)
    assert len(chosen(home)) == 4
    QTest.keyClick(home.home.table, Qt.Key.Key_Delete)
    assert names(home) == []
    home.home.bin_button.click()
    QTest.keyClick(home.home.table, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(home.home.table, Qt.Key.Key_Return)
    assert sorted(names(home)) == sorted(before)


@pytest.mark.parametrize("open_it", [lambda home: press(home.home, "打开草稿"),
                                     lambda home: QTest.keyClick(home.home.table, Qt.Key.Key_Return)])
def test_what_opens_is_chosen_also_where_the_cursor_stands_elsewhere(home: MainWindow,
                                                                     open_it: Callable[[MainWindow], object]) -> None:
    before = names(home)
    click(home, 0)
    click(home, 2, CONTROL)
    click(home, 2, CONTROL)                  # given up again: the cursor stays there
    assert chosen(home) == [before[0]]
    open_it(home)
    assert home.wizard is not None and home.wizard.editor.now.report.cover("organ.name") == before[0]


def test_where_nothing_is_chosen_nothing_opens(home: MainWindow) -> None:
    click(home, 0)
    click(home, 0, CONTROL)
    assert not home.home.foot.open_button.isEnabled()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete):
        QTest.keyClick(home.home.table, key)
    assert home.wizard is None and len(names(home)) == 4
    assert home.home.table.state() != QTableView.State.EditingState


def test_all_that_are_chosen_are_copied(home: MainWindow) -> None:
    before = names(home)
    click(home, 0)
    click(home, 1, SHIFT)
    QTest.keyClick(home.home.table, Qt.Key.Key_D, CONTROL)
    assert sorted(names(home)) == sorted([*before, *(f"{name} · 副本" for name in before[:2])])
    assert sorted(chosen(home)) == sorted(before[:2])
    assert {draft.label for draft in home.home.table.chosen()} == {"副本"}


def test_a_click_that_ends_a_name_leads_to_the_bin_and_stays_there(qtbot: QtBot, home: MainWindow) -> None:
    click(home, 0)
    QTest.keyClick(home.home.table, Qt.Key.Key_F2)
    say(QApplication.focusWidget(), "送审稿")
    QTest.mouseClick(home.home.bin_button, LEFT)
    qtbot.waitUntil(lambda: any(draft.label == "送审稿" for draft in home.drafts.list()))
    assert home.home.in_bin and names(home) == []


def test_the_search_takes_full_width_and_capitals_as_the_others(home: MainWindow) -> None:
    whole = names(home)
    home.home.search.setText("２０２４")
    assert names(home) == whole


def test_a_draw_of_the_mouse_chooses_lines(home: MainWindow) -> None:
    table = home.home.table
    QTest.mousePress(table.viewport(), LEFT, pos=place(table, 1))
    for row in (2, 3):
        QTest.mouseMove(table.viewport(), place(table, row))
    QTest.mouseRelease(table.viewport(), LEFT, pos=place(table, 3))
    assert chosen(home) == names(home)[1:]
    assert home.wizard is None


def test_keys_go_to_the_first_and_the_last_line_and_the_cursor_is_seen(home: MainWindow) -> None:
    table = home.home.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_End)
    assert chosen(home) == [names(home)[3]]
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert chosen(home) == [names(home)[0]]
    before = table.viewport().grab().toImage()
    QTest.keyClick(table, Qt.Key.Key_Down, CONTROL)              # the cursor alone
    assert chosen(home) == [names(home)[0]]
    assert table.viewport().grab().toImage() != before


def test_the_menu_speaks_of_what_is_chosen(home: MainWindow) -> None:
    table = home.home.table
    click(home, 0)
    assert any("重命名" in words for words in entries(lambda: menu_by_key(table))[0])
    click(home, 1, SHIFT)
    (several,) = entries(lambda: menu_by_key(table))
    assert [words.partition("(")[0] for words in several] == ["复制选中的 2 份", "删除选中的 2 份"]
    empty = QPoint(40, table.viewport().height() - 4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, empty, table.viewport().mapToGlobal(empty))
    QApplication.sendEvent(table.viewport(), event)
    assert not isinstance(QApplication.activePopupWidget(), QMenu)


def menu_by_key(table: DraftTable) -> None:
    QApplication.sendEvent(table, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0)))


def test_the_dots_of_a_line_open_the_menu_and_nothing_else(home: MainWindow) -> None:
    table = home.home.table
    at = place(table, 1, MORE)
    assert entries(lambda: QTest.mouseClick(table.viewport(), LEFT, pos=at))[0]
    assert home.wizard is None


# -- nothing moves below the mouse

def many(count: int) -> list[DraftSummary]:
    now = datetime.datetime.now(datetime.UTC)
    return [DraftSummary(i, "ogi-annual-report-2021", f"第{i}局", 2020, now, now, Outstanding(1, 0), None, None)
            for i in range(count)]


def on_screen(table: DraftTable, draft_id: int) -> int:
    row = next(n for n, draft in enumerate(table.rows.shown) if draft.id == draft_id)
    return table.viewport().mapToGlobal(QPoint(0, table.rowViewportPosition(row))).y()


def test_what_is_said_moves_no_line(home: MainWindow) -> None:
    table = home.home.table
    draft = table.rows.shown[1].id
    before = on_screen(table, draft)
    for act in (lambda: home.home.say(NoticeLevel.NOTE, "已改名。", ("撤销改名", lambda: None)),
                lambda: home.home.say(NoticeLevel.WARNING, "草稿存放的位置写不进去，请检查磁盘。" * 8),
                lambda: home.notices.say("backup", "备份没有做成。"), home.home.ask_deadline,
                lambda: home.home.say(NoticeLevel.NOTE, "")):
        act()
        settle()
        assert on_screen(table, draft) == before


def test_a_list_that_is_written_anew_keeps_the_line_below_the_mouse(home: MainWindow) -> None:
    table = home.home.table
    drafts = many(60)
    table.show_drafts(drafts)
    table.choose(3)
    table.verticalScrollBar().setValue(20 * 44 + 7)
    settle()
    below = table.rowAt(100)
    QCursor.setPos(table.viewport().mapToGlobal(QPoint(60, 100)))
    draft = table.rows.shown[below].id
    before = on_screen(table, draft)
    table.show_drafts(many(61)[-1:] + drafts)
    settle()
    assert on_screen(table, draft) == before
    assert [one.id for one in table.chosen()] == [3]


def test_while_the_button_is_down_the_list_waits(home: MainWindow) -> None:
    table = home.home.table
    first, second = (draft.id for draft in table.rows.shown[:2])
    QTest.mousePress(table.viewport(), LEFT, pos=place(table, 1))
    table.show_drafts([table.rows.shown[n] for n in (1, 0, 2, 3)])
    assert [draft.id for draft in table.rows.shown[:2]] == [first, second]
    QTest.mouseRelease(table.viewport(), LEFT, pos=place(table, 1))
    assert [draft.id for draft in table.rows.shown[:2]] == [second, first]
    assert [draft.id for draft in table.chosen()] == [second]


def test_a_click_beside_the_lines_chooses_none_and_delete_takes_none(home: MainWindow) -> None:
    table = home.home.table
    QTest.mouseClick(table.viewport(), LEFT, pos=QPoint(40, table.viewport().height() - 4))
    assert chosen(home) == []
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert len(names(home)) == 4
    assert "已删除" not in words(home.home)


def test_what_was_thrown_away_leaves_the_cursor_where_it_was(home: MainWindow) -> None:
    before = names(home)
    click(home, 1)
    QTest.keyClick(home.home.table, Qt.Key.Key_Delete)
    assert chosen(home) == [before[2]]


# -- a file

def dropped(window: MainWindow, *files: str) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(file) for file in files])
    event = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, held, LEFT, NONE)
    window.dropEvent(event)


def test_a_file_that_is_dropped_on_the_page_is_opened(qtbot: QtBot, window: MainWindow) -> None:
    file = window.drafts.file.with_name("x.govdesk")
    file.write_bytes(report_file.dump_report(cli.sample_report()))
    dropped(window, str(file))
    qtbot.waitUntil(lambda: window.wizard is not None)


def test_escape_in_the_search_shows_all_drafts_again(home: MainWindow) -> None:
    QTest.keyClick(home.home.table, Qt.Key.Key_F, CONTROL)
    assert home.home.search.hasFocus()
    home.home.search.setText("甲")
    assert names(home) == ["甲局"]
    QTest.keyClick(home.home.search, Qt.Key.Key_Escape)
    assert len(names(home)) == 4
    assert home.home.table.hasFocus()
