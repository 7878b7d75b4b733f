"""The parts of the running program, and what connects them: the one place that makes them.

A controller is made when it is first needed: what a draft takes is imported when one is opened, not before the list of
drafts is shown.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from govdesk.settings import Settings
from govdesk.store.drafts import Drafts
from ui.app.data_folder import DataFolder
from ui.app.preferences import Preferences
from ui.common.shortcuts import add_shortcut
from ui.editing.workspace import OpenDraft, Workspace
from ui.shell.main_window import Shell

if TYPE_CHECKING:
    from ui.app.after_start import AfterStart
    from ui.app.last_position import LastPosition
    from ui.app.session_end import SessionEnd
    from ui.app.shutdown import Shutdown
    from ui.app.single_instance import FolderClaim
    from ui.backups.backup_controller import BackupController
    from ui.backups.scheduler import BackupScheduler
    from ui.draft.carry_away import CarryAwayController
    from ui.draft.draft_list_acts import DraftListController
    from ui.draft.integrity_warning import IntegrityWarning
    from ui.draft.last_year import LastYearController
    from ui.draft.new_draft import NewDraftController
    from ui.draft.open_draft import DraftController
    from ui.draft.save_conflict import SaveConflictController
    from ui.draft.transfer import TransferController
    from ui.draft.year_change_controller import YearChangeController
    from ui.editing.background_jobs import BackgroundJobs
    from ui.history.history_controller import HistoryController
    from ui.importing.file_entry import FileEntry
    from ui.importing.import_controller import ImportController
    from ui.manual.open_manual import ManualController


class Program:
    """One window on one folder of drafts."""

    def __init__(self, drafts: Drafts, chosen: Settings, held: FolderClaim | None = None, shell: Shell
                 | None = None) -> None:
        self.shell = shell or Shell(str(drafts.file.parent), chosen.window_geometry)
        self.workspace = Workspace(drafts, chosen, self.shell)
        self.preferences = Preferences(self.workspace, self.shell)
        self.data_folder = DataFolder(self.workspace, self.shell, held, lambda: self.draft_list.show())
        self.position: LastPosition | None = None        # from when the program has settled
        self._scheduler: BackupScheduler | None = None
        self.shell.closing.connect(lambda event: self.shutdown.close(event))
        add_shortcut("manual", self.shell, lambda: self.manual.show())  # made when it is needed
        self._connect_home()
        self.go_home()

    def _connect_home(self) -> None:
        home, attempt = self.shell.home, self.shell.attempt
        home.new_wanted.connect(lambda: attempt(lambda: self.new_draft.begin()))
        home.new_of_year_wanted.connect(lambda year: attempt(lambda: self.new_draft.begin_of_year(year)))
        home.sample_wanted.connect(lambda: attempt(lambda: self.new_draft.open_sample()))
        home.next_wanted.connect(lambda draft: attempt(lambda: self.new_draft.follow_draft(draft)))
        home.next_from_file_wanted.connect(lambda: self.file_entry.ask_and_follow())
        home.open_wanted.connect(lambda: self.file_entry.ask_and_open())
        self.shell.files_dropped.connect(lambda paths: self.file_entry.take_from_outside(paths))
        home.draft_wanted.connect(lambda draft: attempt(lambda: self.drafts.open(draft)))
        home.copy_wanted.connect(lambda drafts: attempt(lambda: self.draft_list.copy(drafts)))
        home.restore_wanted.connect(lambda drafts: attempt(lambda: self.draft_list.restore(drafts)))
        home.delete_wanted.connect(lambda drafts: attempt(lambda: self.draft_list.delete(drafts)))
        home.renamed.connect(lambda draft, name: attempt(lambda: self.draft_list.rename(draft, name)))
        home.bin_wanted.connect(lambda in_bin: attempt(lambda: self.draft_list.show(in_bin=in_bin)))
        home.setting_wanted.connect(self.preferences.change)
        home.folder_wanted.connect(lambda: attempt(self.data_folder.ask_and_move))
        home.copies_wanted.connect(lambda: self.backups.show())
        home.manual_wanted.connect(lambda: self.manual.show())

    def go_home(self) -> None:
        """Leaves the open draft, saved, and shows the list, with that draft chosen: Enter leads back to it."""
        left = self.workspace.open
        if not self._leave_draft():
            return
        self.shell.show_home_page()
        self.shell.attempt(lambda: self._list_with(left))
        self.shell.home.take_focus()

    def _list_with(self, left: OpenDraft | None) -> None:
        self.draft_list.show()
        if left is not None:
            self.shell.home.choose(left.draft_id)

    def _leave_draft(self) -> bool:
        return self.workspace.open is None or self.drafts.leave()

    # -- the open draft

    @cached_property
    def jobs(self) -> BackgroundJobs:
        from ui.editing.background_jobs import BackgroundJobs

        jobs = BackgroundJobs(self.workspace)
        jobs.said.connect(self.shell.say)
        return jobs

    @cached_property
    def drafts(self) -> DraftController:
        from ui.draft.open_draft import DraftController

        drafts = DraftController(self.workspace, self.shell, self.jobs)
        drafts.home_wanted.connect(self.go_home)
        drafts.past_wanted.connect(lambda: self.history.show())
        drafts.manual_wanted.connect(lambda: self.manual.show())
        drafts.carry_wanted.connect(lambda: self.carry_away.ask_and_carry())
        drafts.compare_wanted.connect(lambda: self.transfer.ask_and_compare())
        drafts.published_wanted.connect(lambda: self.file_entry.ask_published())
        drafts.last_year_wanted.connect(lambda at: self.last_year.offer(at))
        drafts.years_wanted.connect(lambda: self.year_change.show())
        drafts.clashed.connect(lambda: self.save_conflict.resolve())
        drafts.merge_wanted.connect(lambda: self.save_conflict.show())
        drafts.broke.connect(self._show_error)
        drafts.damaged.connect(lambda places: self.integrity_warning.tell(places))
        return drafts

    def _show_error(self, error: BaseException) -> None:
        from ui.error_reports.error_dialog import ErrorDialog

        ErrorDialog(error, self.workspace.describe_saved(), self.shell).exec()

    @cached_property
    def draft_list(self) -> DraftListController:
        from ui.draft.draft_list_acts import DraftListController

        return DraftListController(self.workspace, self.shell)

    @cached_property
    def new_draft(self) -> NewDraftController:
        from ui.draft.new_draft import NewDraftController

        return NewDraftController(self.workspace, self.shell, self.drafts, lambda: self.year_change.offer())

    @cached_property
    def last_year(self) -> LastYearController:
        from ui.draft.last_year import LastYearController

        return LastYearController(self.workspace, self.shell, lambda: self.file_entry.ask_last_year())

    @cached_property
    def year_change(self) -> YearChangeController:
        from ui.draft.year_change_controller import YearChangeController

        return YearChangeController(self.workspace, self.shell)

    @cached_property
    def transfer(self) -> TransferController:
        from ui.draft.merging import MergeController
        from ui.draft.transfer import TransferController

        merging = MergeController(self.workspace, self.shell, self.jobs)
        return TransferController(self.workspace, self.shell, self.jobs, drafts=self.drafts, new_draft=self.new_draft,
                                  merging=merging, go_home=self.go_home)

    @cached_property
    def imports(self) -> ImportController:
        from ui.importing.import_controller import ImportController

        return ImportController(self.workspace, self.shell, new_draft=self.new_draft, last_year=self.last_year,
                                drop_draft=self._drop_draft, refresh=self._refresh_list)

    def _drop_draft(self, draft_id: int) -> None:
        self.go_home()
        if self.workspace.open is None:          # it could be saved
            self.shell.attempt(lambda: self.draft_list.delete([draft_id]))

    def _refresh_list(self) -> None:
        self.shell.attempt(self.draft_list.show)

    @cached_property
    def file_entry(self) -> FileEntry:
        from ui.importing.file_entry import FileEntry

        return FileEntry(self.workspace, self.shell, self.imports, transfer=self.transfer, new_draft=self.new_draft,
                         last_year=self.last_year)

    @cached_property
    def carry_away(self) -> CarryAwayController:
        from ui.draft.carry_away import CarryAwayController

        return CarryAwayController(self.workspace, self.shell, self.jobs)

    @cached_property
    def save_conflict(self) -> SaveConflictController:
        from ui.draft.save_conflict import SaveConflictController

        conflict = SaveConflictController(self.workspace, self.shell)
        conflict.merge_possible.connect(self.drafts.offer_merge)
        return conflict

    @cached_property
    def integrity_warning(self) -> IntegrityWarning:
        from ui.draft.integrity_warning import IntegrityWarning

        return IntegrityWarning(self.workspace, self.shell, lambda: self.history.show())

    @cached_property
    def history(self) -> HistoryController:
        from ui.history.history_controller import HistoryController

        return HistoryController(self.workspace, self.shell)

    @cached_property
    def manual(self) -> ManualController:
        from ui.manual.open_manual import ManualController

        return ManualController(self.workspace, self.shell)

    # -- backups

    @property
    def scheduler(self) -> BackupScheduler:
        """Makes the backups, from when it was first asked to."""
        if self._scheduler is None:
            from ui.backups.scheduler import BackupScheduler

            self._scheduler = BackupScheduler(self.workspace, self.shell)
        return self._scheduler

    @cached_property
    def backups(self) -> BackupController:
        from ui.backups.backup_controller import BackupController

        return BackupController(self.workspace, self.shell, self.scheduler, self.go_home)

    # -- the process

    @cached_property
    def after_start(self) -> AfterStart:
        from ui.app.after_start import AfterStart

        return AfterStart(self.workspace, self.shell)

    @cached_property
    def shutdown(self) -> Shutdown:
        from ui.app.shutdown import Shutdown

        return Shutdown(self.workspace, self.shell, self.jobs, scheduler=lambda: self._scheduler,
                        leave_draft=self._leave_draft, wait_for_imports=self.after_start.wait)

    @cached_property
    def session_end(self) -> SessionEnd:
        from ui.app.session_end import SessionEnd

        return SessionEnd(self.workspace, self.shell, lambda: self.shutdown.hurry())

    def settle(self, left: Path | None, *, crashed: bool) -> None:
        """Back to where one was, after the first frame. `left`: what a run that crashed left behind."""
        from ui.app.crash_recovery import CrashRecovery, Ways

        ways = Ways(lambda draft: self.drafts.open(draft), lambda: self.history.show(), lambda: self.backups.show())
        recovery = CrashRecovery(self.workspace, self.shell, ways)
        self.position = recovery.begin(left=left, crashed=crashed, alone=self.data_folder.is_held)

    def end(self) -> None:
        """The process ends: by its window, or because the system is shut down with the draft still open."""
        if self.workspace.open is not None:
            self.workspace.open.view.commit()
            self.workspace.open.autosave.close()
        if self.position is not None:
            self.position.close()
        self.data_folder.give_back()
