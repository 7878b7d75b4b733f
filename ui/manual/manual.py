"""The clerk's manual, in the program and without a network: every file of docs/manual is a page, in the order of
their names. A comment `<!-- place: requests review -->` above a heading says where F1 opens there; `<!-- keys -->`
becomes the table of keys. A page is added by adding a file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from govdesk.base import paths
from ui.common import shortcuts
from ui.manual.manual_search import SearchField
from ui.widgets.basics import fill_with_column, make_back_bar, make_bare, make_card, make_label, set_styled_role
from ui.widgets.word_edit import WordBrowser

_PLACE = re.compile(r"^<!-- place: ([\w. ]+) -->\n+#+ (.+)$", re.M)
_COMMENT = re.compile(r"^<!--.*?-->\n", re.M | re.S)
MISSING_PAGE = "# 手册\n\n手册没有随程序附带，请重新安装程序。"
PADDING = (6, 8)                             # pixels, over and beside a title of the list
LIST, WIDEST = 256, 760                      # pixels; some 44 characters a line


class ManualText(NamedTuple):
    """One page: the file's name, its first heading, its Markdown, and the headings at which F1 opens by place."""

    name: str
    title: str
    markdown: str
    places: dict[str, str]


def manual_folder() -> Path:
    """Beside the program's help when packed, in the source tree otherwise."""
    packed = paths.resources_folder() / "help" / "manual"
    return packed if packed.is_dir() else paths.resources_folder().parent / "docs" / "manual"


@cache
def load_manual_texts() -> tuple[ManualText, ...]:
    found = tuple(read_manual_text(file.name, file.read_text(encoding="utf-8")) for file
                  in sorted(manual_folder().glob("*.md")))
    return found or (read_manual_text("missing.md", MISSING_PAGE),)


def read_manual_text(name: str, source: str) -> ManualText:
    places = {place: heading for named, heading in _PLACE.findall(source) for place in named.split()}
    markdown = _COMMENT.sub("", source.replace("<!-- keys -->", shortcuts.shortcut_table()))
    title = re.search(r"^# (.+)$", markdown, re.M)
    return ManualText(name, title[1] if title else name, markdown, places)


class ManualPage(QWidget):
    """In the window's place, not over it: pages left, text right, Esc leads back."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_styled_role(self, "ground")
        top, row = make_back_bar("返回", self.back_wanted.emit, "手册")
        row.addWidget(make_label("按 Esc 返回", "quiet"))
        row.addStretch(1)
        self.search = SearchField([text.markdown for text in load_manual_texts()])
        self.search.wanted.connect(self._show_found)
        row.addWidget(self.search)
        shortcuts.add_shortcut("manual_find", self, self.search.take_focus)
        self.list = QListWidget()
        self.list.setAccessibleName("手册目录")
        self.list.setFixedWidth(LIST)
        self.list.setStyleSheet(f"QListWidget::item {{ padding: {PADDING[0]}px {PADDING[1]}px; }}")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([text.title for text in load_manual_texts()])
        self._fit_titles()
        self.list.currentRowChanged.connect(self._show)
        self.text = WordBrowser()
        self.text.setAccessibleName("手册正文")
        self.text.setOpenLinks(False)        # an address is to be read, not followed
        self.text.anchorClicked.connect(self._follow)
        self.text.document().setDocumentMargin(20)
        middle = QHBoxLayout()
        middle.setContentsMargins(18, 14, 18, 14)
        middle.setSpacing(14)
        for part, share in ((self.list, 0), (self.text, 100)):
            make_bare(part)
            sheet, inside = make_card(margins=(4, 4, 4, 4))
            inside.addWidget(part)
            middle.addWidget(sheet, share)
        sheet.setMaximumWidth(WIDEST)        # of the text
        middle.addStretch(1)
        column = fill_with_column(self)
        column.addWidget(top)
        column.addLayout(middle, 1)

    def _fit_titles(self) -> None:
        """A long title in two lines: Qt would cut it, the style sheet's padding is not in what it reckons with."""
        room = QRect(0, 0, LIST - 2 * PADDING[1] - 4, 10_000)
        for row in range(self.list.count()):
            item = self.list.item(row)
            needed = self.list.fontMetrics().boundingRect(room, Qt.TextFlag.TextWrapAnywhere, item.text())
            item.setSizeHint(QSize(0, needed.height() + 2 * PADDING[0]))

    def open_at(self, *places: str) -> None:
        """The heading of the first of the places that the manual speaks of; else the first page."""
        found = next(((row, text.places[place]) for place in places for row, text in enumerate(load_manual_texts())
                      if place in text.places), (0, ""))
        self.list.setCurrentRow(found[0])
        self._show(found[0])
        self._scroll_to(found[1])
        self.text.setFocus()

    def _show(self, row: int) -> None:
        self.text.show_markdown(load_manual_texts()[row].markdown)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _scroll_to(self, heading: str) -> None:
        """The heading at the upper edge."""
        found = self.text.document().find(heading, 0, QTextDocument.FindFlag.FindCaseSensitively)
        if heading and not found.isNull():
            found.clearSelection()
            self.text.setTextCursor(found)
            bar = self.text.verticalScrollBar()
            bar.setValue(bar.value() + self.text.cursorRect().top() - 20)

    def _show_found(self, words: str, row: int, which: int) -> None:
        """Marked, in the middle of what is in sight; the keys stay in the field."""
        self.list.setCurrentRow(row)
        found = QTextCursor(self.text.document())
        for _ in range(which + 1):
            found = self.text.document().find(words, found)
        self.text.setTextCursor(found)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self.text.cursorRect().center().y() - self.text.viewport().height() // 2)

    def _follow(self, url: QUrl) -> None:
        """Only from page to page; nothing outside the program is opened."""
        row = next((i for i, text in enumerate(load_manual_texts()) if text.name == url.path()), None)
        if row is not None and url.isRelative():
            self.list.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)
