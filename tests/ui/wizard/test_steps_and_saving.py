"""Ctrl+S says that all is saved when it is; every page ends with the way to the next one."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.base.errors import StoreError
from govdesk.form.form import Address
from tests.ui.walking import sample, settle
from ui.wizard.wizard import Wizard

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVED = re.compile(r"全部内容已保存（\d\d:\d\d:\d\d）")
CELL = Address("requests", "disclosed", "natural_person")


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def save(wizard: Wizard) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_S, CONTROL)


def test_ctrl_s_saves_what_is_being_typed_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(CELL)
    QTest.keyClicks(focused(), "615")
    save(wizard)
    qtbot.waitUntil(lambda: bool(SAVED.fullmatch(wizard.status.saved.text())))
    assert window.autosave is not None
    assert window.drafts.load(window.autosave.draft_id).value(CELL) == Decimal(615)


def test_ctrl_s_without_a_change_writes_too(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample(window)
    steps = wizard.editor.stack.count()
    save(wizard)
    qtbot.waitUntil(lambda: bool(SAVED.fullmatch(wizard.status.saved.text())))
    assert wizard.editor.stack.count() == steps


def test_an_empty_draft_that_was_saved_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    window.new_draft()
    assert window.wizard is not None
    save(window.wizard)
    wizard = window.wizard
    qtbot.waitUntil(lambda: bool(SAVED.fullmatch(wizard.status.saved.text())))
    window.show_home()
    assert len(window.drafts.list()) == 1


def test_what_could_not_be_saved_is_not_called_saved(qtbot: QtBot, window: MainWindow,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = sample(window)

    def full(*_: object, **__: object) -> None:
        raise StoreError("磁盘已满。")

    with monkeypatch.context() as broken:
        broken.setattr(type(window.drafts), "save", full)
        save(wizard)
        assert not SAVED.search(wizard.status.saved.text())      # nor before it is known
        qtbot.waitUntil(lambda: "磁盘已满" in wizard.status.saved.text())
        assert not SAVED.search(wizard.status.saved.text())
    save(wizard)
    qtbot.waitUntil(lambda: bool(SAVED.fullmatch(wizard.status.saved.text())))


def test_what_is_no_number_is_not_called_saved(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(CELL)
    QTest.keyClicks(focused(), "6x")
    save(wizard)
    qtbot.waitUntil(lambda: "已保存" in wizard.status.saved.text())
    assert wizard.status.saved.text().startswith("其余内容已保存（")
    assert "有一格没有填入" in wizard.status.saved.text()


# -- the next page

def test_the_button_below_a_page_names_the_next_one_and_leads_there(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.enter("cover")
    names, walked = [], [wizard.at]
    while wizard.step_bar.next_button.isVisible():
        names.append(wizard.step_bar.next_button.text())
        wizard.step_bar.next_button.click()
        settle()
        walked.append(wizard.at)
    assert walked == [(step, page) for step in wizard.steps for page in step.pages]
    assert names[:3] == ["下一步：上年数字", "下一步：前言", "下一步：一、总体情况"]
    assert names[-2:] == ["下一步：核对", "下一步：导出"]
    while wizard.step_bar.last_button.isVisible():
        wizard.step_bar.last_button.click()
    assert wizard.at == walked[0]


@pytest.mark.parametrize(("item", "last"), [("cover", "联系电话"), ("problems", ""), ("requests", "")])
def test_tab_from_the_last_field_comes_to_the_button(window: MainWindow, item: str, last: str) -> None:
    wizard = sample(window)
    wizard.enter_item("problems")            # another page is made before and after
    wizard.enter_item(item)
    for _ in range(40):
        if focused() is wizard.step_bar.next_button:
            break
        before = focused()
        if item == "requests" and before is wizard.pages[item].view:      # type: ignore[attr-defined]
            QTest.keyClick(before, Qt.Key.Key_End, CONTROL)
        QTest.keyClick(before, Qt.Key.Key_Tab)
        assert wizard.area.paper.isAncestorOf(focused()), "Tab left the page before its end"
    assert focused() is wizard.step_bar.next_button
    if last:
        assert before.accessibleName() == last
    at = wizard.at
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert wizard.at != at
    assert wizard.stack.isAncestorOf(focused())
