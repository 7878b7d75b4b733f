"""The data file looked over, behind the first page and on leaving; what is being written finished and the last copy
made: all of it in a thread, the window painted meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from govdesk.base.errors import UserError
from govdesk.store import backups
from govdesk.store.file import integrity
from ui.common.worker import Worker
from ui.widgets.basics import button, card, label

if TYPE_CHECKING:
    from pathlib import Path

    from ui.shell.main_window import MainWindow

SAY_AFTER = 500                              # ms; what is quicker needs no word
GIVE_WAY_AFTER = 8000                        # ms after which one need not wait for a slow stick
LEAVE_AFTER = 2000                           # ms after which nobody waits where the session ends: all is saved
DAMAGED = ("数据文件有损坏的地方，已有的备份没有动。下次打开时，程序会把能读出的草稿取出来，"
           "和最近的备份一起请您选择。")


def see_out(window: MainWindow) -> str:
    """Check the file and copy what was saved since the last copy; gives the sentences of what went wrong."""
    loop, said = QEventLoop(), list[str]()
    worker = Worker("leaving", window)

    def over(sentence: object) -> None:
        said.append(sentence.sentence if isinstance(sentence, UserError) else str(sentence))
        loop.quit()

    backing, errands, file, second = window.backing, window.errands, window.drafts.file, window.second_place
    wanted = backing is not None or window.worked or bool(window.home.table.rows.rowCount())
    if backing is not None:
        backing.stop()

    def work() -> str:
        errands.wait()
        if backing is not None:
            backing.wait()
        return _last_look(file, second, copied=wanted)

    worker.run(work, over, over)
    veil = Veil(window, loop.quit)
    errands.moved.connect(veil.write)
    QTimer.singleShot(SAY_AFTER, veil, veil.show)
    QTimer.singleShot(GIVE_WAY_AFTER, veil, veil.give_way)
    window.hurry = lambda: QTimer.singleShot(LEAVE_AFTER, loop, loop.quit)
    if window.ending:
        window.hurry()
    if not said:                             # a quick job is over already, and would be waited for in vain
        loop.exec()
    veil.deleteLater()
    return "\n".join(filter(None, (*said, *errands.unsaid)))


def _last_look(file: Path, second: Path | None, *, copied: bool) -> str:
    """In the thread. Raises StoreError."""
    if integrity.check(file, integrity.ON_LEAVING) is False:
        return DAMAGED
    try:
        if copied and backups.changed(file):
            backups.make(file, second)
    except OSError:
        pass                                 # the folder is gone; the saving of drafts has said so
    return ""


class Veil(QWidget):
    """Over the window while it waits; what lies below takes no more keys."""

    def __init__(self, window: MainWindow, leave: object) -> None:
        super().__init__(window)
        self._window = window
        self.hide()
        column = QVBoxLayout(self)
        sheet, inside = card(margins=(32, 22, 32, 22), spacing=8)
        self._title, self._more = label("", "title"), label("", "quiet")
        for line in (self._title, self._more):
            inside.addWidget(line, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.write()
        self.leave_button = button("不再等待，退出", leave)              # type: ignore[arg-type]
        self.leave_button.hide()
        inside.addWidget(self.leave_button)
        column.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignCenter)

    def write(self) -> None:
        """What is waited for: first what somebody asked for, then the copy."""
        asked = self._window.errands.asked_for
        self._title.setText(f"正在完成{asked}……" if asked else "正在备份……")
        self._more.setText("完成之后程序自动退出。" if asked else "备份完成后程序自动退出。")

    def show(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self._window.stack.setEnabled(False)
        super().show()
        self.setFocus()

    def give_way(self) -> None:
        self.leave_button.show()
        self.leave_button.setFocus()

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 90))
