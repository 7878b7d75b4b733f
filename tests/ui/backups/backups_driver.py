"""What tests of the backups page share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from tests.ui.driver import words
from ui.backups.backups_page import RestorePage


def copies(qtbot: QtBot, window: MainWindow) -> RestorePage:
    window.home.copies_wanted.emit()
    page = window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    return page


def made(qtbot: QtBot, page: RestorePage) -> None:
    qtbot.mouseClick(page.make_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "备份好了" in words(page), timeout=10000)
    qtbot.waitUntil(lambda: "取回" in words(page), timeout=10000)
