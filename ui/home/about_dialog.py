"""关于: the version, the licences of every part, and the page for the information office."""

from __future__ import annotations

import platform
from functools import partial
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from govdesk import __version__
from govdesk.base import paths
from ui.widgets.basics import make_button, make_label
from ui.widgets.word_edit import WordBrowser

OFFICES_PAGE = "for-information-offices.zh-CN.md"
NOTICES_FILE = "THIRD_PARTY_NOTICES.md"
LICENCE_FILES = ("LGPL-3.0.txt", "GPL-3.0.txt")
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


def version_words() -> str:
    return (f"# 政府信息公开年报填报（GovDesk）\n\n版本 {__version__}\n\n"
            f"填报、核对《政府信息公开工作年度报告》，导出可打印的 PDF。只在本机运行，不访问网络。\n\n"
            f"| 组成 | 版本 |\n| --- | --- |\n| Python | {platform.python_version()} |\n"
            f"| PySide6 | {pyside_version} |\n| Qt | {qVersion()} |\n| 系统 | {platform.platform()} |\n\n"
            f"草稿所在的文件夹显示在首页的左下角。\n")


class AboutDialog(QDialog):
    """Three pages of text; nothing in them leads outside the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        self.resize(820, 600)
        column = QVBoxLayout(self)
        self.pages = QTabWidget()
        self.pages.setAccessibleName("关于")
        self.licences = _page(REPLACE_QT + read_help_text(NOTICES_FILE))
        for name, page in (("版本", _page(version_words())), ("许可", self.licences),
                           ("信息安全说明", _page(read_help_text(OFFICES_PAGE)))):
            page.setAccessibleName(name)
            self.pages.addTab(page, name)
        column.addWidget(self.pages)
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

    def show_licence(self, name: str) -> None:
        self.licences.setPlainText(read_help_text(name))
        self.pages.setCurrentWidget(self.licences)


def _page(markdown: str) -> WordBrowser:
    page = WordBrowser()
    page.setOpenLinks(False)                 # an address is to be read, not followed
    page.setMarkdown(markdown)
    return page
