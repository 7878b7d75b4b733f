"""Shows the few settings there are as a menu, each with what is in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.widgets.basics import add_act

SETTING_MENUS = (("外观(&V)", "theme", (("跟随系统(&S)", "system"), ("浅色(&L)", "light"), ("深色(&D)", "dark"),
                                ("高对比度(&H)", "contrast"))),
                 ("表格中按回车(&E)", "enter_moves", (("到下一行(&D)", "down"), ("到右边一格(&R)", "right"))),
                 ("表格行高(&R)", "row_height", (("自动(&A)", "auto"), ("紧凑(&C)", "compact"), ("宽松(&L)", "loose"))),
                 ("启动后(&S)", "start", (("显示草稿列表(&L)", "list"), ("接着上次填(&C)", "last"))))


class SettingsMenu(QMenu):
    """Each line says at its right what is in force; what it may be stands in a menu of its own, that ticked."""

    setting_wanted = Signal(str, str)        # a field of Settings, its value
    deadline_wanted = Signal()               # another day is to be chosen
    folder_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, in_force: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._in_force = in_force
        for title, key, choices in SETTING_MENUS:
            self._offer(title, key, choices)
        self._offer_deadlines()
        self.addSeparator()
        add_act(self, "草稿存放位置…", "F", self.folder_wanted.emit)
        add_act(self, "打开样例", "X", self.sample_wanted.emit)
        add_act(self, "关于", "A", self._show_about)

    def _offer(self, title: str, key: str, choices: tuple[tuple[str, str], ...]) -> None:
        held = self._in_force.get(key)
        now = next((name for name, value in choices if value == held), choices[0][0])
        inner = self.addMenu(_with_value(title, now))
        for name, value in choices:
            action = inner.addAction(name)
            action.setCheckable(True)
            action.setChecked(held == value)
            _connect(action, partial(self.setting_wanted.emit, key, value))

    def _offer_deadlines(self) -> None:
        from ui.home import deadlines

        general = self._in_force.get("deadline", "")
        now = f"都按 {deadlines.format_month_day(general)}" if general else "按规定"
        deadlines.fill_menu(self.addMenu(_with_value("截止日期(&D)", now)), deadlines.form_in_force(), general,
                            lambda day: self.setting_wanted.emit("deadline", day), self.deadline_wanted.emit)

    def _show_about(self) -> None:
        from ui.home.about_dialog import AboutDialog

        AboutDialog(self.parentWidget()).exec()


def _with_value(title: str, value: str) -> str:
    """Qt writes what stands behind a tab at the right, without its letter."""
    return f"{title}\t{re.sub('[(]&.[)]', '', value)}　"


def _connect(action: QAction, act: Callable[[], object]) -> None:
    """`triggered` has an argument, which is not for `act`."""
    action.triggered.connect(lambda: act())                  # noqa: PLW0108
