"""The settings that have a few values each, as entries of a menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QMenu

# Words, field of Settings, its values with their words.
SETTINGS = (("外观(&V)", "theme", (("跟随系统(&S)", "system"), ("浅色(&L)", "light"), ("深色(&D)", "dark"),
                                ("高对比度(&H)", "contrast"))),
            ("表格中按回车(&E)", "enter_moves", (("到下一行(&D)", "down"), ("到右边一格(&R)", "right"))),
            ("表格行高(&R)", "row_height", (("自动(&A)", "auto"), ("紧凑(&C)", "compact"), ("宽松(&L)", "loose"))),
            ("启动后(&S)", "start", (("显示草稿列表(&L)", "list"), ("接着上次填(&C)", "last"))))


def add_settings(menu: QMenu, in_force: Mapping[str, str], choose: Callable[[str, str], object]) -> None:
    """Add a menu for each setting, with what is in force ticked. `choose` is given the field and the value."""
    for title, field, values in SETTINGS:
        inner = menu.addMenu(title)
        for words, value in values:
            action = inner.addAction(words)
            action.setCheckable(True)
            action.setChecked(in_force.get(field) == value)
            action.setData((field, value))
        inner.triggered.connect(lambda action: choose(*action.data()))
