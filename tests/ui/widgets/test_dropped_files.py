"""Files that are dropped on a field go to the window, not as an address into the text."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from ui.widgets.word_edit import WordBrowser, WordLineEdit


def held(*addresses: str) -> QMimeData:
    made = QMimeData()
    made.setUrls([QUrl(address) for address in addresses])
    made.setText(addresses[0])
    return made


def is_taken(field: WordLineEdit, what: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, what, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)
    event.ignore()
    field.dragEnterEvent(event)
    return event.isAccepted()


def test_a_line_takes_words_and_no_files(look: QApplication) -> None:
    field = WordLineEdit()
    assert is_taken(field, held("https://example.org/a"))
    assert not is_taken(field, held("file:///tmp/a.docx"))


def test_a_text_takes_words_and_no_files(look: QApplication) -> None:
    field = WordBrowser()
    field.setReadOnly(False)
    assert field.canInsertFromMimeData(held("https://example.org/a"))
    assert not field.canInsertFromMimeData(held("file:///tmp/a.docx"))
