"""Leaving the program: the open draft saved, what is being written finished, the data file looked over and copied: all
that takes long in a thread, the window painted meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from govdesk.base.errors import UserError
from govdesk.store import backups
from govdesk.store.file import integrity
from ui.backups.scheduler import BackupScheduler
from ui.common.program_title import PROGRAM_TITLE
from ui.common.worker import Worker
from ui.editing.background_jobs import BackgroundJobs
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell
from ui.widgets.basics import make_button, make_card, make_label

SAY_AFTER = 500                              # ms; what is quicker needs no word
GIVE_WAY_AFTER = 8000                        # ms after which one need not wait for a slow stick
LEAVE_AFTER = 2000                           # ms after which nobody waits where the session ends: all is saved
DAMAGED = ("草稿文件有损坏的地方，已有的备份没有动。下次打开时，程序会把能读出的草稿取出来，"
           "和最近的备份一起请您选择。")


class Shutdown:
    """Sees the program out when its window is closed."""

    def __init__(self, workspace: Workspace, shell: Shell, jobs: BackgroundJobs, *,
                 scheduler: Callable[[], BackupScheduler | None], leave_draft: Callable[[], bool],
                 wait_for_imports: Callable[[], object]) -> None:
        """`scheduler`: of the backups, None where nobody has asked for one yet."""
        self._workspace, self._shell, self._jobs, self._scheduler = workspace, shell, jobs, scheduler
        self._leave_draft, self._wait_for_imports = leave_draft, wait_for_imports
        self._loop = QEventLoop(shell)

    def close(self, event: QCloseEvent) -> None:
        """Leaves in order, or stays where the clerk chose to."""
        if self._workspace.is_leaving or not self._leave_draft():
            event.ignore()
            return
        self._workspace.is_leaving = True
        self._workspace.remember(window_geometry=self._shell.geometry_words())
        self._wait_for_imports()
        said = self.see_out()
        self._workspace.drafts.close()
        if said and not self._workspace.is_ending:
            QMessageBox.warning(self._shell, PROGRAM_TITLE, said)

    def see_out(self) -> str:
        """Checks the file and copies what was saved since the last copy; gives the sentences of what went wrong."""
        said, unheard = list[str](), self._shell.keep_warnings()
        worker, loop, jobs = Worker("leaving", self._shell), self._loop, self._jobs

        def over(sentence: object) -> None:
            said.append(sentence.sentence if isinstance(sentence, UserError) else str(sentence))
            loop.quit()

        file, second, scheduler = self._workspace.drafts.file, self._workspace.second_place, self._scheduler()
        wanted = scheduler is not None or self._workspace.was_saved or self._shell.home.table.rows.rowCount() > 0
        if scheduler is not None:
            scheduler.stop()

        def work() -> str:
            jobs.wait()
            if scheduler is not None:
                scheduler.wait()
            return _last_look(file, second, copied=wanted)

        worker.run(work, over, over)
        veil = Veil(self._shell, lambda: jobs.asked_for, loop.quit)
        jobs.moved.connect(veil.write)
        QTimer.singleShot(SAY_AFTER, veil, veil.show)
        QTimer.singleShot(GIVE_WAY_AFTER, veil, veil.give_way)
        if self._workspace.is_ending:
            self.hurry()
        if not said:                         # a quick job is over already, and would be waited for in vain
            loop.exec()
        veil.deleteLater()
        return "\n".join(filter(None, (*said, *unheard)))

    def hurry(self) -> None:
        """Waits for nothing long any more: the session is ending."""
        QTimer.singleShot(LEAVE_AFTER, self._loop, self._loop.quit)


def _last_look(file: Path, second: Path | None, *, copied: bool) -> str:
    """In the thread. Raises StoreError."""
    if integrity.check_file(file, integrity.ON_LEAVING) is False:
        return DAMAGED
    try:
        if copied and backups.is_changed_since_backup(file):
            backups.make_backup(file, second)
    except OSError:
        pass                                 # the folder is gone; the saving of drafts has said so
    return ""


class Veil(QWidget):
    """Over the window while it waits; what lies below takes no more keys."""

    def __init__(self, window: Shell, asked_for: Callable[[], str], leave: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._asked_for = window, asked_for
        self.hide()
        column = QVBoxLayout(self)
        sheet, inside = make_card(margins=(32, 22, 32, 22), spacing=8)
        self._title, self._more = make_label("", "title"), make_label("", "quiet")
        for line in (self._title, self._more):
            inside.addWidget(line, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.write()
        self.leave_button = make_button("不再等待，退出", leave)
        self.leave_button.hide()
        inside.addWidget(self.leave_button)
        column.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignCenter)

    def write(self) -> None:
        """What is waited for: first what somebody asked for, then the copy."""
        asked = self._asked_for()
        self._title.setText(f"正在完成{asked}……" if asked else "正在备份……")
        self._more.setText("完成之后程序自动退出。" if asked else "备份完成后程序自动退出。")

    def show(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()
        self._window.stack.setEnabled(False)
        super().show()
        self.setFocus()

    def give_way(self) -> None:
        self.leave_button.show()
        self.leave_button.setFocus()

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 90))
