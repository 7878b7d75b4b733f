"""Every key of the program in one table: shortcuts are made from it, and so is the page of keys in the manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Key(NamedTuple):
    """`keys` in Qt's notation, as Qt takes and the page shows them; `words` is what they do."""

    id: str
    place: str
    keys: tuple[str, ...]
    words: str


KEYS = (
    Key("next_step", "填报", ("Ctrl+PgDown",), "下一步"),
    Key("last_step", "填报", ("Ctrl+PgUp",), "上一步"),
    Key("next_pane", "填报", ("F6",), "到下一区：顶栏、步骤、页面、提示"),
    Key("last_pane", "填报", ("Shift+F6",), "到上一区"),
    Key("finding", "填报", ("F8",), "到下一处对不上或空白"),
    Key("preview", "填报", ("F9",), "预览，再按一次关闭"),
    Key("export", "填报", ("Ctrl+E",), "导出 PDF"),
    Key("past", "填报", ("Ctrl+Shift+H",), "历史：留下的版本、这一格填过的数"),
    Key("save", "填报", ("Ctrl+S",), "马上保存，并说明已全部保存（不按也会自动保存）"),
    Key("print", "填报", ("Ctrl+P",), "打印"),
    Key("undo", "填报", ("Ctrl+Z",), "撤销"),
    Key("redo", "填报", ("Ctrl+Y", "Ctrl+Shift+Z"), "重做"),
    Key("find", "查找", ("Ctrl+F",), "在全部文字中查找；全角半角、大写小写不分"),
    Key("find_next", "查找", ("F3",), "下一处（在查找框里按 Enter 也行）"),
    Key("find_last", "查找", ("Shift+F3",), "上一处（在查找框里按 Shift+Enter 也行）"),
    Key("replace", "查找", ("Ctrl+H",), "查找替换；表中的数不会被替换"),
    Key("find_leave", "查找", ("Esc",), "关闭查找，回到文字"),
    Key("home", "填报", ("Alt+Home",), "回到全部年报"),
    Key("manual", "随处", ("F1",), "帮助：打开手册，翻到正在做的事"),
    Key("press", "随处", ("Enter", "Space"), "按下有蓝框的按钮"),
    Key("walk", "随处", ("Tab", "Shift+Tab"), "到下一个、上一个按钮或输入框"),
    Key("back", "随处", ("Esc",), "从手册等处回到原来的地方"),
    Key("manual_find", "手册", ("Ctrl+F",), "在手册中查找；按 Enter 到下一处，按 Shift+Enter 回上一处"),
    Key("new", "首页", ("Ctrl+N",), "新建年报"),
    Key("open", "首页", ("Ctrl+O",), "打开文件"),
    Key("search", "首页", ("Ctrl+F",), "搜索草稿，按 Enter 到找到的第一份"),
    Key("search_leave", "首页", ("Esc",), "不找了，回到全部草稿"),
    Key("draft_open", "首页", ("Enter",), "打开选中的草稿，与双击相同（选了几份时，光标所在的一份）"),
    Key("draft_walk", "首页", ("Up", "Down", "Home", "End"), "选上一份、下一份、第一份、最后一份"),
    Key("draft_more", "首页", ("Shift+Up", "Shift+Down", "Ctrl+A"), "选几份、选全部，也可以按住 Shift 或 Ctrl 点"),
    Key("draft_name", "首页", ("F2",), "给选中的草稿起名（选了几份时，光标所在的一份）"),
    Key("draft_copy", "首页", ("Ctrl+D",), "复制选中的草稿，选了几份就复制几份"),
    Key("draft_bin", "首页", ("Del",), "把选中的草稿放进回收站"),
    Key("home_undo", "首页", ("Ctrl+Z",), "撤销刚才的删除或改名"),
    Key("steps", "步骤", tuple(f"Alt+{n % 10}" for n in range(1, 11)), "到第 1 至第 10 步，从上往下数"),
    Key("rail", "步骤", ("Up", "Down"), "上一步、下一步，按 Enter 进入"),
    Key("enter", "表格", ("Enter",), "填入，到下一格"),
    Key("enter_back", "表格", ("Shift+Enter",), "填入，回上一格"),
    Key("tab", "表格", ("Tab", "Shift+Tab"), "右边一格、左边一格"),
    Key("arrows", "表格", ("Up", "Down", "Left", "Right"), "上、下、左、右一格"),
    Key("ends", "表格", ("Home", "End"), "本行第一格、最后一格"),
    Key("corners", "表格", ("Ctrl+Home", "Ctrl+End"), "全表第一格、最后一格"),
    Key("pages", "表格", ("PgUp", "PgDown"), "上一屏、下一屏"),
    Key("edit", "表格", ("F2",), "改这一格（直接打数字则是重填）"),
    Key("clear", "表格", ("Del",), "清成空白"),
    Key("leave", "表格", ("Esc",), "不改了，这一格照旧"),
    Key("copy", "表格", ("Ctrl+C",), "复制选中的格"),
    Key("cut", "表格", ("Ctrl+X",), "剪切：复制，再清成空白"),
    Key("range", "表格", ("Shift+Up", "Shift+Down", "Shift+Left", "Shift+Right"),
        "选几格，最下面一行写着它们的个数、合计和平均"),
    Key("paste", "表格", ("Ctrl+V",), "从这一格起粘贴"),
    Key("zero", "表格", ("Ctrl+0",), "全表空白填 0"),
    Key("sum", "表格", ("+",), "连加：打 12+3+5，填入 20，算式留着"),
    Key("paper", "表格", ("F2",), "在合计格：填原件写的合计（直接打数字也行）"),
    Key("evidence", "表格", ("Ctrl+M",), "写这一格的来源和备注"),
    Key("doubt", "文字", ("F7",), "到下一个画波浪线的数字，选怎么办"),
    Key("word", "文字", ("Ctrl+Left", "Ctrl+Right"), "到上一个、下一个词或数字；加 Shift 选中它"),
    Key("word_cut", "文字", ("Ctrl+Backspace", "Ctrl+Del"), "删去前一个、后一个词或数字"),
    Key("figure", "文字", ("Ctrl+I",), "插入表中数字"),
    Key("answer", "提示", ("1", "2", "3"), "回答判断中的问题"),
    Key("answer_back", "提示", ("Backspace",), "回到上一问"),
    Key("helper_back", "提示", ("Esc",), "回到页面"),
)
MOST_SHOWN = 4                               # of the keys of one entry; else the first and the last
_BY_ID = {key.id: key for key in KEYS}
_SHOWN = {"PgDown": "PgDn", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Del": "Delete", "Space": "空格"}


def sequences(key_id: str) -> list[QKeySequence]:
    return [QKeySequence(keys) for keys in _BY_ID[key_id].keys]


def shortcut(key_id: str, parent: QWidget, act: Callable[[], object],
             context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut) -> None:
    """Let the keys of the table's entry do something while `parent` is in sight (or, by `context`, has the focus)."""
    for keys in sequences(key_id):
        QShortcut(keys, parent, act, context=context)


def shortcuts(key_id: str, parent: QWidget, acts: Iterable[Callable[[], object]]) -> None:
    """Each of the keys of an entry does something of its own; keys beyond the acts do nothing."""
    for keys, act in zip(sequences(key_id), acts, strict=False):
        QShortcut(keys, parent, act)


def shown(key: Key) -> str:
    """“Ctrl+PgDown” → “Ctrl+PgDn”; several are joined by “、”."""
    named = [re.sub(r"\w+", lambda part: _SHOWN.get(part[0], part[0]), keys) for keys in key.keys]
    return "、".join(named) if len(named) <= MOST_SHOWN else f"{named[0]} … {named[-1]}"


def table() -> str:
    """The table in Markdown, a part for each place."""
    parts = []
    for place in dict.fromkeys(key.place for key in KEYS):
        rows = "\n".join(f"| {shown(key)} | {key.words} |" for key in KEYS if key.place == place)
        parts.append(f"### {place}\n\n| 键 | 作用 |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)
