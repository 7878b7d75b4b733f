"""Every key of the program in one table: shortcuts are made from it, and so is the page of keys in the manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class ShortcutKey(NamedTuple):
    """`keys` in Qt's notation, as Qt takes and the page shows them; `words` is what they do."""

    id: str
    place: str
    keys: tuple[str, ...]
    words: str


SHORTCUTS = (
    ShortcutKey("next_step", "填报", ("Ctrl+PgDown",), "下一步"),
    ShortcutKey("last_step", "填报", ("Ctrl+PgUp",), "上一步"),
    ShortcutKey("next_pane", "填报", ("F6",), "到下一区：顶栏、步骤、页面、提示"),
    ShortcutKey("last_pane", "填报", ("Shift+F6",), "到上一区"),
    ShortcutKey("finding", "填报", ("F8",), "到下一处对不上或空白"),
    ShortcutKey("preview", "填报", ("F9",), "预览，再按一次关闭"),
    ShortcutKey("export", "填报", ("Ctrl+E",), "导出 PDF"),
    ShortcutKey("past", "填报", ("Ctrl+Shift+H",), "历史：留下的版本、这一格填过的数"),
    ShortcutKey("save", "填报", ("Ctrl+S",), "马上保存，并说明已全部保存（不按也会自动保存）"),
    ShortcutKey("print", "填报", ("Ctrl+P",), "打印"),
    ShortcutKey("undo", "填报", ("Ctrl+Z",), "撤销"),
    ShortcutKey("redo", "填报", ("Ctrl+Y", "Ctrl+Shift+Z"), "重做"),
    ShortcutKey("find", "查找", ("Ctrl+F",), "在封面和全部文字中查找；全角半角、大写小写不分"),
    ShortcutKey("find_next", "查找", ("F3",), "下一处（在查找框里按 Enter 也行）"),
    ShortcutKey("find_last", "查找", ("Shift+F3",), "上一处（在查找框里按 Shift+Enter 也行）"),
    ShortcutKey("replace", "查找", ("Ctrl+H",), "查找替换；表中的数不会被替换"),
    ShortcutKey("find_leave", "查找", ("Esc",), "关闭查找，回到文字"),
    ShortcutKey("home", "填报", ("Alt+Home",), "回到全部年报"),
    ShortcutKey("manual", "随处", ("F1",), "帮助：打开手册，翻到正在做的事"),
    ShortcutKey("press", "随处", ("Enter", "Space"), "按下有蓝框的按钮"),
    ShortcutKey("walk", "随处", ("Tab", "Shift+Tab"), "到下一个、上一个按钮或输入框"),
    ShortcutKey("back", "随处", ("Esc",), "从手册等处回到原来的地方"),
    ShortcutKey("manual_find", "手册", ("Ctrl+F",), "在手册中查找；按 Enter 到下一处，按 Shift+Enter 回上一处"),
    ShortcutKey("new", "首页", ("Ctrl+N",), "新建年报"),
    ShortcutKey("open", "首页", ("Ctrl+O",), "打开文件"),
    ShortcutKey("search", "首页", ("Ctrl+F",), "搜索草稿，按 Enter 到找到的第一份"),
    ShortcutKey("search_leave", "首页", ("Esc",), "不找了，回到全部草稿"),
    ShortcutKey("draft_open", "首页", ("Enter",), "打开选中的草稿，与双击相同（选了几份时，光标所在的一份）"),
    ShortcutKey("draft_walk", "首页", ("Up", "Down", "Home", "End"), "选上一份、下一份、第一份、最后一份"),
    ShortcutKey("draft_more", "首页", ("Shift+Up", "Shift+Down", "Ctrl+A"),
                "选几份、选全部，也可以按住 Shift 或 Ctrl 点"),
    ShortcutKey("draft_name", "首页", ("F2",), "给选中的草稿起名（选了几份时，光标所在的一份）"),
    ShortcutKey("draft_copy", "首页", ("Ctrl+D",), "复制选中的草稿，选了几份就复制几份"),
    ShortcutKey("draft_bin", "首页", ("Del",), "把选中的草稿放进回收站"),
    ShortcutKey("home_undo", "首页", ("Ctrl+Z",), "撤销刚才的删除或改名"),
    ShortcutKey("steps", "步骤", tuple(f"Alt+{n % 10}" for n in range(1, 11)), "到第 1 至第 10 步，从上往下数"),
    ShortcutKey("rail", "步骤", ("Up", "Down"), "上一步、下一步，按 Enter 进入"),
    ShortcutKey("enter", "表格", ("Enter",), "填入，到下一格"),
    ShortcutKey("enter_back", "表格", ("Shift+Enter",), "填入，回上一格"),
    ShortcutKey("tab", "表格", ("Tab", "Shift+Tab"), "右边一格、左边一格"),
    ShortcutKey("arrows", "表格", ("Up", "Down", "Left", "Right"), "上、下、左、右一格"),
    ShortcutKey("ends", "表格", ("Home", "End"), "本行第一格、最后一格"),
    ShortcutKey("corners", "表格", ("Ctrl+Home", "Ctrl+End"), "全表第一格、最后一格"),
    ShortcutKey("pages", "表格", ("PgUp", "PgDown"), "上一屏、下一屏"),
    ShortcutKey("edit", "表格", ("F2",), "改这一格（直接打数字则是重填）"),
    ShortcutKey("clear", "表格", ("Del",), "清成空白"),
    ShortcutKey("leave", "表格", ("Esc",), "不改了，这一格照旧"),
    ShortcutKey("copy", "表格", ("Ctrl+C",), "复制选中的格"),
    ShortcutKey("cut", "表格", ("Ctrl+X",), "剪切：复制，再清成空白"),
    ShortcutKey("range", "表格", ("Shift+Up", "Shift+Down", "Shift+Left", "Shift+Right"),
                "选几格，最下面一行写着它们的个数、合计和平均"),
    ShortcutKey("paste", "表格", ("Ctrl+V",), "从这一格起粘贴"),
    ShortcutKey("zero", "表格", ("Ctrl+0",), "全表空白填 0"),
    ShortcutKey("sum", "表格", ("+",), "连加：打 12+3+5，填入 20，算式留着"),
    ShortcutKey("paper", "表格", ("F2",), "在合计格：填原件写的合计（直接打数字也行）"),
    ShortcutKey("evidence", "表格", ("Ctrl+M",), "写这一格的来源和备注"),
    ShortcutKey("doubt", "文字", ("F7",), "到下一个画波浪线的数字，选怎么办"),
    ShortcutKey("word", "文字", ("Ctrl+Left", "Ctrl+Right"), "到上一个、下一个词或数字；加 Shift 选中它"),
    ShortcutKey("word_cut", "文字", ("Ctrl+Backspace", "Ctrl+Del"), "删去前一个、后一个词或数字"),
    ShortcutKey("figure", "文字", ("Ctrl+I",), "插入表中数字"),
    ShortcutKey("review", "导入", ("F8", "Shift+F8"), "到下一处、上一处存疑的格；表格和原件跟着走"),
    ShortcutKey("review_answer", "导入", ("Enter",), "在列表里：去填另一个数（不会自动采用）"),
    ShortcutKey("source_page", "导入", ("Ctrl+PgUp", "Ctrl+PgDown"), "原件上一页、下一页（PDF）"),
    ShortcutKey("file_skip", "导入", ("Del",), "几个文件时：跳过选中的文件"),
    ShortcutKey("answer", "提示", ("1", "2", "3"), "回答判断中的问题"),
    ShortcutKey("answer_back", "提示", ("Backspace",), "回到上一问"),
    ShortcutKey("helper_back", "提示", ("Esc",), "回到页面"),
)
MAX_KEYS_SHOWN = 4                           # of the keys of one entry; else the first and the last
_BY_ID = {key.id: key for key in SHORTCUTS}
_SHOWN = {"PgDown": "PgDn", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Del": "Delete", "Space": "空格"}


def key_sequences(key_id: str) -> list[QKeySequence]:
    return [QKeySequence(keys) for keys in _BY_ID[key_id].keys]


def add_shortcut(key_id: str, parent: QWidget, act: Callable[[], object],
                 context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut) -> None:
    """Let the keys of the table's entry do something while `parent` is in sight (or, by `context`, has the focus)."""
    for keys in key_sequences(key_id):
        QShortcut(keys, parent, act, context=context)


def add_shortcuts(key_id: str, parent: QWidget, acts: Iterable[Callable[[], object]]) -> None:
    """Each of the keys of an entry does something of its own; keys beyond the acts do nothing."""
    for keys, act in zip(key_sequences(key_id), acts, strict=False):
        QShortcut(keys, parent, act)


def describe_keys(key: ShortcutKey) -> str:
    """“Ctrl+PgDown” → “Ctrl+PgDn”; several are joined by “、”."""
    named = [re.sub(r"\w+", lambda part: _SHOWN.get(part[0], part[0]), keys) for keys in key.keys]
    return "、".join(named) if len(named) <= MAX_KEYS_SHOWN else f"{named[0]} … {named[-1]}"


def shortcut_table() -> str:
    """The table in Markdown, a part for each place."""
    parts = []
    for place in dict.fromkeys(key.place for key in SHORTCUTS):
        rows = "\n".join(f"| {describe_keys(key)} | {key.words} |" for key in SHORTCUTS if key.place == place)
        parts.append(f"### {place}\n\n| 键 | 作用 |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)
