"""The window by itself: what it shows, where it says what it is given, and that it knows nothing of drafts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from govdesk.base.errors import FormError, StoreError
from tests.ui.driver import press, words
from ui.common.notice_level import NoticeLevel
from ui.shell.main_window import Shell
from ui.widgets.main_page import MainPage


class Leaf(QWidget):
    """A page to be laid over another."""

    back_wanted = Signal()


class Sheet(MainPage):
    """In the place of a wizard."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[NoticeLevel, str]] = []
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)

    def say(self, severity: NoticeLevel, words: str) -> None:
        self.said.append((severity, words))

    def take_focus(self) -> None:
        self.field.setFocus()


@pytest.fixture
def shell(qtbot: QtBot, look: QApplication, tmp_path: Path) -> Iterator[Shell]:
    made = Shell(str(tmp_path))
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def test_a_word_is_said_on_the_page_that_is_open(shell: Shell) -> None:
    shell.say(NoticeLevel.WARNING, "磁盘空间不足")
    assert "△ 磁盘空间不足" in words(shell.home)
    sheet = Sheet()
    shell.show_page(sheet)
    shell.say(NoticeLevel.DONE, "已写出")
    assert sheet.said == [(NoticeLevel.DONE, "已写出")]
    shell.remove_page()
    shell.show_home_page()
    shell.say(NoticeLevel.NOTE, "正在打开")
    assert "正在打开" in words(shell.home) and "△" not in shell.home.foot.said


@pytest.mark.parametrize(("severity", "shown", "role"), [
    (NoticeLevel.NOTE, "△ 是机关名称的一部分", "quiet"), (NoticeLevel.DONE, "✓ △ 是机关名称的一部分", "quiet"),
    (NoticeLevel.WARNING, "△ △ 是机关名称的一部分", "off")])
def test_how_grave_a_word_is_is_not_read_from_the_word(
        shell: Shell, severity: NoticeLevel, shown: str, role: str) -> None:
    shell.say(severity, "△ 是机关名称的一部分")
    (line,) = (line for line in shell.home.foot.findChildren(QLabel) if line.text() == shown)
    assert line.property("role") == role


def test_a_notice_has_the_sign_of_its_severity(shell: Shell) -> None:
    shell.notify("file", "“甲.govdesk”读好了。", severity=NoticeLevel.NOTE)
    assert words(shell.notices).splitlines()[0] == "“甲.govdesk”读好了。"
    shell.notify("backup", "备份没有做成。")
    assert "△ 备份没有做成。" in words(shell.notices)
    shell.drop_notice("backup")
    assert shell.notices.subjects == ["file"]


def test_what_nobody_can_read_any_more_is_kept_for_the_end(shell: Shell) -> None:
    kept = shell.keep_warnings()
    shell.say(NoticeLevel.DONE, "已写出")
    shell.say(NoticeLevel.WARNING, "没有写出")
    shell.notify("backup", "备份没有做成。")
    assert kept == ["△ 没有写出", "△ 备份没有做成。"]
    assert shell.notices.subjects == [] and shell.home.foot.said == ""


@pytest.mark.parametrize(("error", "said"), [(StoreError("磁盘空间不足"), "△ 磁盘空间不足"),
                                             (FormError("grid", "is missing"), "△ 这份草稿的表式本程序打不开")])
def test_what_cannot_be_done_is_said_at_home(shell: Shell, error: Exception, said: str) -> None:
    def refuse() -> None:
        raise error

    assert not shell.attempt(refuse)
    assert said in words(shell.home)
    assert shell.attempt(lambda: None)
    assert said not in words(shell.home)


def test_a_page_that_goes_gives_the_keys_back(qtbot: QtBot, shell: Shell) -> None:
    sheet, leaf = Sheet(), Leaf()
    shell.show_page(sheet)
    sheet.field.setFocus()
    shell.show_over(leaf, leaf.back_wanted)
    assert shell.stack.currentWidget() is leaf and not shell.is_free
    leaf.back_wanted.emit()
    assert shell.stack.currentWidget() is sheet and shell.is_free
    assert sheet.field.hasFocus()


def test_what_had_the_keys_may_be_gone(qtbot: QtBot, shell: Shell) -> None:
    sheet, leaf = Sheet(), Leaf()
    shell.show_page(sheet)
    other = QLineEdit(sheet)
    other.show()
    other.setFocus()
    shell.show_over(leaf, leaf.back_wanted)
    other.hide()
    shell.close_over(leaf)
    assert sheet.field.hasFocus()
    shell.close_over(leaf)                       # once more does nothing
    assert shell.stack.currentWidget() is sheet


def test_a_page_over_one_that_was_left_goes_home(shell: Shell) -> None:
    sheet, leaf = Sheet(), Leaf()
    shell.show_page(sheet)
    shell.show_over(leaf, leaf.back_wanted)
    shell.remove_page()
    leaf.back_wanted.emit()
    assert shell.stack.currentWidget() is shell.home


def test_whoever_has_a_reason_keeps_it_open(shell: Shell) -> None:
    def stay(event: QCloseEvent) -> None:
        event.ignore()

    shell.closing.connect(stay)
    shell.close()
    assert shell.isVisible()
    shell.closing.disconnect(stay)
    shell.close()
    assert not shell.isVisible()


def test_an_act_of_a_notice_is_done_by_its_button(shell: Shell) -> None:
    done: list[str] = []
    shell.notify("file", "读好了。", [("打开", lambda: done.append("打开"))])
    press(shell.notices, "打开")
    assert done == ["打开"]
