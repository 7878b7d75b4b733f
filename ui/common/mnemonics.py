"""The letters of buttons and menus, in one table, pressed with Alt, and shown on buttons while Alt is held.

A letter belongs to words, so it is the same wherever they stand. What can be in sight together must differ; a test
walks every page. Links, chips and sentences have none: they come and go with what they speak of. The entries of a menu
always show theirs.
"""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

BUTTON_LETTERS: Final = {
    # over every draft
    "‹ 全部年报": "B", "帮助": "F", "撤销": "U", "重做": "R", "历史": "H", "预览": "V", "导出 PDF": "E",
    # the preview beside a page
    "双页": "D", "放大": "Z", "打印…": "P",
    # pages of a draft
    "下一步": "N",
    "上年数字": "Y", "空白填 0": "K", "粘贴表格": "T", "填入": "A", "换一种对应方式": "W", "放弃": "Q",
    "留下合计": "J", "不留合计": "J",
    "复制来源说明": "C", "收起": "S", "插入表中数字": "I", "改年份": "Y", "从上年年报带入…": "L", "去掉上年数字": "M",
    "去改第一处": "G", "去填第一处": "G", "去说明": "G", "生成自检单": "S", "去这一行": "L",
    "空白都填 0": "K", "导出 PDF…": "E", "另存数据文件": "S", "拷到另一台电脑": "W",
    "复制表二": "A", "复制表三": "C", "复制表四": "I",
    "停止": "T", "打开文件": "O", "打开所在文件夹": "L",
    # a file that was read, and the draft held against it
    "‹ 不导入": "B", "‹ 返回列表": "B", "采用": "A", "改为": "G", "留空": "K",
    "做成新草稿": "N", "续填下一年": "Y", "作为上年年报带入": "L",
    "与草稿核对": "H", "去草稿这一处": "G", "打开这个文件": "O", "跳过": "S",
    # over the window
    "‹ 返回": "B", "下一处": "N", "‹ 返回填报": "B", "‹ 返回核对": "B", "‹ 先不合并": "B",
    "保存版本": "K", "左右对调": "T", "只恢复勾选的": "C",
    "恢复到这个版本": "R", "再备一份到 U 盘…": "S", "现在备份": "M", "整个换回这份备份": "R", "复制为文本": "C",
    "全部勾选": "A", "只勾该改的": "S", "改勾选的": "G", "取来并改年份…": "T",
    "存为 PDF…": "S",
    "自动选改过的一方": "W", "选有内容的一边": "W",
    "全部用本机的": "L", "全部用本窗口的": "L", "全部用带回的": "F", "全部用文件的": "F",
    "全部用另一窗口的": "F", "显示其余": "N", "合并": "G", "全部保留本机的": "G", "全部保留本窗口的": "G",
    # home
    "新建年报": "N", "从上年年报续填": "L", "打开文件…": "O", "回收站": "R", "返回草稿": "R",
    "备份与恢复": "B", "设置": "S", "帮助 F1": "H",
    "打开草稿": "P", "恢复草稿": "P",
    "就按这一天": "A", "不改了": "Q",
    # dialogues
    "复制": "C", "关闭": "L", "都以现在的为准": "K", "改回勾选的": "C", "全部改回": "A", "退出，什么也不改": "X",
    "继续": "G",
    # message boxes
    "退出": "X", "仍然打开": "O", "另选文件夹…": "F", "留下": "S", "不保存，离开": "D", "换回这份备份": "R",
    "取消": "C", "替换": "R", "写成这个文件": "W", "另起名字": "N",
}


class AltKey(QObject):
    """Whether Alt is held; the application's events say so."""

    turned = Signal(bool)

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self.held = False
        application.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease):
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Alt:
                self._turn(kind != QEvent.Type.KeyRelease)
        elif self.held and kind in _LETS_GO:
            self._turn(False)
        return False

    def _turn(self, held: bool) -> None:
        if held != self.held:
            self.held = held
            self.turned.emit(held)


_LETS_GO = (QEvent.Type.ApplicationStateChange, QEvent.Type.WindowDeactivate, QEvent.Type.MouseButtonPress)
_alt: list[AltKey] = []


def alt_key() -> AltKey:
    """The one that watches the running application."""
    application = QCoreApplication.instance()
    assert application is not None
    if not _alt or _alt[0].parent() is not application:
        _alt[:] = [AltKey(application)]
    return _alt[0]


def letter_of(words: str) -> str:
    """The letter of a button; “” where it has none."""
    return BUTTON_LETTERS.get(re.split("[（：]", words, maxsplit=1)[0], "")  # “换一种对应方式（1/2）”, “下一步：核对”


def mark_letter(words: str, sign: str) -> str:
    """Words with their letter as Qt takes it, before the dots that say that more is asked: “打开文件(&O)…”. What is
    typed by a clerk may hold “&” and is shown as it is."""
    plain = words.replace("&", "&&")
    if not sign:
        return plain
    name, _, key = plain.partition("\t")
    bare = name.rstrip("…›").rstrip()
    return f"{bare}(&{sign}){name[len(bare):]}" + (f"\t{key}" if key else "")
