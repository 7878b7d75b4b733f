"""A table page in a window, and a clerk who has only the keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from govdesk.base.numerals import Value, format_value
from govdesk.form.form import Address
from govdesk.report.report import Layer
from ui.editing.editor import Editor
from ui.pages.grid_page import GridPage

Key = Qt.Key
NONE, SHIFT, CONTROL = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
                        Qt.KeyboardModifier.ControlModifier)


class Clerk:
    """Keys go to whatever has the focus, as they do on a desk; undo is the window's, as in the program."""

    def __init__(self, qtbot: QtBot, editor: Editor, grid_id: str = "requests", *, size: tuple[int, int] = (820, 640),
                 **options: str) -> None:
        self.editor, self.grid_id = editor, grid_id
        self.window = QMainWindow()
        self.page = GridPage(editor, grid_id, **options)
        self.view, self.model = self.page.view, self.page.model
        self.refusals: list[str] = []
        self.page.refused.connect(self.refusals.append)
        self.window.setCentralWidget(self.page)
        self._action("Ctrl+Z", editor.stack.undo)
        self._action("Ctrl+Y", editor.stack.redo)
        self.window.resize(*size)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.page.focus_first()

    def _action(self, key: str, act: object) -> None:
        action = QAction(self.window)
        action.setShortcut(key)
        action.triggered.connect(act)
        self.window.addAction(action)

    def at(self, row: str, column: str = "natural_person") -> Address:
        return Address(self.grid_id, row, column)

    def press(self, *keys: Key, modifiers: Qt.KeyboardModifier = NONE) -> Clerk:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        return self

    def type(self, text: str) -> Clerk:
        for character in text:
            QTest.keyClick(QApplication.focusWidget(), character)
        return self

    def enter(self, *texts: str) -> Clerk:
        for text in texts:
            self.type(text).press(Key.Key_Return)
        return self

    def go(self, row: str, column: str = "natural_person") -> Clerk:
        self.page.go_to(self.at(row, column))
        return self

    def paste(self, text: str) -> Clerk:
        """Paste, and take what is offered."""
        self.offer(text)
        return self.press(Key.Key_Return) if self.view.pasting.landing else self

    def offer(self, text: str = "", html: str = "") -> Clerk:
        """Paste, and look at what is offered."""
        data = QMimeData()
        if text:
            data.setText(text)
        if html:
            data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)
        return self.press(Key.Key_V, modifiers=CONTROL)

    def copied(self) -> str:
        self.press(Key.Key_C, modifiers=CONTROL)
        return QGuiApplication.clipboard().text()

    @property
    def cursor(self) -> Address | None:
        return self.view.cursor_address

    def value(self, row: str, column: str = "natural_person") -> str | None:
        found = self.editor.now.figures[self.at(row, column)]
        return None if found is None else format_value(found)

    def set(self, values: Mapping[tuple[str, str], str | None]) -> None:
        """From outside the table, as an import would."""
        wanted = [(Layer.VALUES, self.at(*place), None if v is None else Decimal(v)) for place, v in values.items()]
        self.editor.do(self.editor.session.edit("填入", wanted))

    def fill(self) -> None:
        self.editor.do(self.editor.session.fill_blanks(self.grid_id))

    @property
    def values(self) -> dict[Address, Value | None]:
        return {a: self.editor.now.figures[a] for a in self.model.grid.addresses}

    def picture(self, row: str, column: str = "natural_person") -> QImage:
        """The pixels of a cell."""
        QApplication.processEvents()
        index = self.model.index_of(self.at(row, column))
        self.view.scrollTo(index)
        rect = self.view.visualRect(index)
        return self.view.viewport().grab(rect).toImage()


def colours_in(image: QImage) -> dict[str, int]:
    """How many pixels of each colour."""
    found: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found
