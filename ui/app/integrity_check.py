"""Checks, behind the first page, the rest of a large data file that was opened before all of it was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govdesk.store.file import integrity
from ui.common.worker import Worker
from ui.widgets.notification_bar import notices_of

if TYPE_CHECKING:

    from ui.shell.main_window import MainWindow


def look_over(window: MainWindow) -> None:
    """A large file was opened before all of it was looked at: the rest, in a thread."""
    file = window.drafts.file
    if not integrity.is_large(file):
        return
    worker = Worker("soundness", window)
    worker.run(lambda: integrity.check(file), lambda found: _tell(window, found), lambda _: None)


def _tell(window: MainWindow, found: bool | None) -> None:
    if found is False:
        notices_of(window).say("file", "数据文件有损坏的地方。请退出后再打开，程序会把能读出的草稿取出来，"
                                       "和最近的备份一起请您选择。", [("退出", window.close)])
