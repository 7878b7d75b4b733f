"""关于: the version, the page for the information office, and the licences of every part."""

from __future__ import annotations

import platform
from functools import partial
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from govdesk import __version__
from govdesk.base import paths
from ui.widgets.basics import make_bare, make_button, make_card, make_label
from ui.widgets.word_edit import WordBrowser

OFFICES_PAGE = "for-information-offices.zh-CN.md"
NOTICES_FILE = "THIRD_PARTY_NOTICES.md"
LICENCE_FILES = ("LGPL-3.0.txt", "GPL-3.0.txt")
PADDING = 16                                 # pixels
MISSING_WORDS = "这份说明没有随程序附带。"
REPLACE_QT = ("# 许可\n\nGovDesk 本身采用 MIT 许可。它使用 Qt 和 PySide6（LGPL 3.0）：未作修改，动态链接，"
              "您可以用自己编译的 Qt 替换程序文件夹中的同名文件。各部分的许可文本全部在程序文件夹的 `notices` 中，"
              "主要的附在下面。\n\n")


def find_help_file(name: str) -> Path | None:
    """A text that comes with the program: in its resources when packed, in the source tree otherwise."""
    resources = paths.resources_folder()
    tree = resources.parent
    places = (resources / "help" / name, resources / "help" / "licences" / name, tree / name, tree / "docs" / name,
              tree / "licences" / name)
    return next((place for place in places if place.is_file()), None)


def read_help_text(name: str) -> str:
    file = find_help_file(name)
    return file.read_text(encoding="utf-8") if file else MISSING_WORDS


def describe_parts() -> str:
    """What the program is made of, for who looks after it."""
    return (f"Python {platform.python_version()} · PySide6 {pyside_version} · Qt {qVersion()}\n{platform.platform()}")


class AboutDialog(QDialog):
    """The name and the version, and two texts in a card; nothing in them leads outside the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        self.resize(820, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(10)
        column.addWidget(make_label("政府信息公开年报填报（GovDesk）", "title"))
        column.addWidget(make_label(f"版本 {__version__}　填报、核对《政府信息公开工作年度报告》，导出可打印的 PDF。"
                                    "只在本机运行，不访问网络。", "quiet", wrap=True))
        column.addLayout(self._parts())
        column.addLayout(self._choices())
        self.pages = QStackedWidget()
        self.licences = _make_text(REPLACE_QT + read_help_text(NOTICES_FILE))
        for name, text in (("信息安全说明", _make_text(read_help_text(OFFICES_PAGE))), ("许可", self.licences)):
            text.setAccessibleName(name)
            self.pages.addWidget(text)
        sheet, inside = make_card(margins=(4, 4, 4, 4))
        inside.addWidget(self.pages)
        column.addWidget(sheet, 1)
        row = QHBoxLayout()
        row.addWidget(make_label("许可全文：", "quiet"))
        for name in LICENCE_FILES:
            licence = name.removesuffix(".txt")
            shown = make_button(licence, partial(self.show_licence, name), "link")
            shown.setAccessibleName(f"许可全文：{licence}")
            row.addWidget(shown)
        row.addStretch(1)
        row.addWidget(make_button("关闭", self.accept, "primary"))
        column.addLayout(row)
        self._show(0)

    def _parts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.fold = make_button("组成部分的版本 ▼", self._turn, "link")
        self.parts = make_label(describe_parts(), "quiet", wrap=True)
        self.parts.hide()
        column.addWidget(self.fold)
        column.addWidget(self.parts)
        return column

    def _turn(self) -> None:
        self.parts.setVisible(self.parts.isHidden())
        self.fold.setText(f"组成部分的版本 {'▼' if self.parts.isHidden() else '▲'}")

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.choices = [make_button(words, partial(self._show, number)) for number, words
                        in enumerate(("信息安全说明", "许可"))]
        for one in self.choices:
            one.setCheckable(True)
            row.addWidget(one)
        row.addStretch(1)
        return row

    def _show(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        for at, one in enumerate(self.choices):
            one.setChecked(at == number)

    def show_licence(self, name: str) -> None:
        self.licences.setPlainText(read_help_text(name))
        self._show(1)


def _make_text(markdown: str) -> WordBrowser:
    text = WordBrowser()
    make_bare(text)
    text.setOpenLinks(False)                 # an address is to be read, not followed
    text.document().setDocumentMargin(16)
    text.show_markdown(markdown)
    return text
