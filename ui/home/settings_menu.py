"""The few settings there are, as a menu with what is in force ticked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

SETTING_MENUS = (("外观(&V)", "theme", (("跟随系统(&S)", "system"), ("浅色(&L)", "light"), ("深色(&D)", "dark"),
                                ("高对比度(&H)", "contrast"))),
                 ("表格中按回车(&E)", "enter_moves", (("到下一行(&D)", "down"), ("到右边一格(&R)", "right"))),
                 ("表格行高(&R)", "row_height", (("自动(&A)", "auto"), ("紧凑(&C)", "compact"), ("宽松(&L)", "loose"))),
                 ("启动后(&S)", "start", (("显示草稿列表(&L)", "list"), ("接着上次填(&C)", "last"))))


def offer_settings(menu: QMenu, in_force: Mapping[str, str], change: Callable[[str, str], object]) -> None:
    """Adds a menu for each setting. `change` is given a field of Settings and its value."""
    for title, key, choices in SETTING_MENUS:
        inner = menu.addMenu(title)
        for name, value in choices:
            action = inner.addAction(name)
            action.setCheckable(True)
            action.setChecked(in_force.get(key) == value)
            _connect(action, partial(change, key, value))


def _connect(action: QAction, act: Callable[[], object]) -> None:
    """`triggered` has an argument, which is not for `act`."""
    action.triggered.connect(lambda: act())                  # noqa: PLW0108
