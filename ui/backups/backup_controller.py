"""Copies of the data file: made, shown and restored by the clerk, and one draft taken out of one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from govdesk.base.errors import FormError, UserError
from govdesk.drafts.outstanding import count_outstanding_of
from govdesk.store import backups, draft_import
from govdesk.store.backups import BackupCopy
from govdesk.store.drafts import open_store
from ui.backups.backups_page import RestorePage
from ui.backups.confirm_restore import confirm_restore
from ui.backups.scheduler import BackupScheduler
from ui.common.notice_level import NoticeLevel
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell


class BackupController:
    """Shows the copies over the list of drafts and does what their page asks for."""

    def __init__(self, workspace: Workspace, shell: Shell, scheduler: BackupScheduler,
                 go_home: Callable[[], object]) -> None:
        self._workspace, self._shell, self._scheduler, self._go_home = workspace, shell, scheduler, go_home

    def show(self) -> RestorePage | None:
        """Shows the copies. An open draft is left first: whoever puts a copy back replaces the file that it is in."""
        if self._workspace.open is not None:
            self._go_home()
            if self._workspace.open is not None:     # it could not be saved
                return None
        file, second = self._workspace.drafts.file, self._workspace.second_place
        page = RestorePage(lambda: backups.list_backups(file, second), self._workspace.drafts.list, (file, second))
        page.make_wanted.connect(lambda: self._make(page))
        page.second_wanted.connect(lambda: self._choose_second(page))
        page.take_wanted.connect(lambda copy, draft: self._take(page, copy, draft))
        page.replace_wanted.connect(lambda copy: self._put_back(page, copy))
        self._shell.show_over(page, page.back_wanted)
        page.back_wanted.connect(lambda: self._close(page))
        page.focus_first()
        return page

    def _close(self, page: RestorePage) -> None:
        page.close_worker()
        self._shell.close_over(page)
        self._go_home()

    def _make(self, page: RestorePage) -> None:
        page.make_button.setEnabled(False)

        def over(severity: NoticeLevel, words: str) -> None:
            with suppress(RuntimeError):             # the page may be gone
                page.make_button.setEnabled(True)
                page.say(severity, words)
                page.show_copies()

        once = Qt.ConnectionType.SingleShotConnection
        self._scheduler.made.connect(lambda _: over(NoticeLevel.DONE, "备份好了，并且核对过。"), once)
        self._scheduler.failed.connect(lambda said: over(NoticeLevel.WARNING, said), once)
        self._scheduler.make()

    def _choose_second(self, page: RestorePage) -> None:
        folder = QFileDialog.getExistingDirectory(self._shell, "第二处备份放在哪里")
        if folder:
            self._workspace.remember(backup_folder=folder)
            self._close(page)
            again = self.show()
            if again is not None:
                self._make(again)

    def _take(self, page: RestorePage, copy: BackupCopy, draft: int) -> None:
        try:
            with backups.open_backup(copy.file) as inside:
                report, past = inside.load(draft), draft_import.history_of_draft(inside, draft)
            draft_import.create_draft(self._workspace.drafts, report, past, count_outstanding_of(report))
        except (UserError, FormError) as error:
            page.say(NoticeLevel.WARNING, str(getattr(error, "sentence", error)))
            return
        name = f"{report.cover('organ.name')} {report.cover('year')}"
        page.say(NoticeLevel.DONE, f"已取回“{name}”，连同它的历史，在草稿列表的最上面。")

    def _put_back(self, page: RestorePage, copy: BackupCopy) -> None:
        """The whole file, when the clerk said so; what is replaced is kept, and is itself one of the copies."""
        drafts, folder = self._workspace.drafts, self._workspace.folder
        try:
            if not confirm_restore(self._shell, drafts, copy):
                return
            with backups.open_backup(copy.file):
                pass                                 # it opens, whatever version it is of
            drafts.close()
            try:
                kept = backups.restore_backup(drafts.file, copy.file)
            finally:
                self._workspace.use_drafts(open_store(folder))
        except UserError as error:
            page.say(NoticeLevel.WARNING, error.sentence)
            return
        self._close(page)
        self._shell.home.say(NoticeLevel.NOTE, f"已换回 {copy.at:%Y-%m-%d %H:%M} 的备份；原来的文件留存为 {kept.name}，"
                             "可以在“备份与恢复”里再换回来。")
        self._shell.home.table.setFocus()            # Enter must not begin a new report
