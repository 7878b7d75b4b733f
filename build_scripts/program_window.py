"""The program behind its window, for scripts and tests that drive it: what is open, and the acts of a clerk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from govdesk.report.report import Report
from govdesk.settings import Settings
from govdesk.store.drafts import Drafts
from ui.app.composition import Program
from ui.app.last_position import LastPosition
from ui.app.single_instance import FolderClaim
from ui.backups.scheduler import BackupScheduler
from ui.editing.autosave import Autosave
from ui.editing.background_jobs import BackgroundJobs
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell
from ui.wizard.wizard import Wizard


class MainWindow(Shell):
    """The window as the program makes it; it knows its program."""

    def __init__(self, drafts: Drafts, chosen: Settings, held: FolderClaim | None = None) -> None:
        super().__init__(str(drafts.file.parent), chosen.window_geometry)
        self.program = Program(drafts, chosen, held, self)

    @property
    def workspace(self) -> Workspace:
        return self.program.workspace

    @property
    def wizard(self) -> Wizard | None:
        """Of the open draft."""
        draft = self.workspace.open
        return cast("Wizard", draft.view) if draft else None

    @property
    def autosave(self) -> Autosave | None:
        """Of the open draft."""
        draft = self.workspace.open
        return draft.autosave if draft else None

    @property
    def drafts(self) -> Drafts:
        return self.workspace.drafts

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    @property
    def jobs(self) -> BackgroundJobs:
        return self.program.jobs

    @property
    def scheduler(self) -> BackupScheduler:
        return self.program.scheduler

    @property
    def position(self) -> LastPosition | None:
        return self.program.position

    # -- acts

    def new_draft(self) -> None:
        self.program.new_draft.begin()

    def adopt(self, report: Report) -> Wizard:
        return self.program.new_draft.adopt(report)

    def follow(self, last: Report, file: str = "") -> None:
        self.program.new_draft.follow(last, file)

    def bring(self, read: Callable[[], Report], file: str = "") -> None:
        self.program.last_year.bring(read, file)

    def open_draft(self, draft_id: int) -> Wizard:
        return self.program.drafts.open(draft_id)

    def leave_draft(self) -> bool:
        return self.program.drafts.leave()

    def show_home(self) -> None:
        self.program.go_home()

    def show_past(self) -> object:
        return self.program.history.show()

    def show_years(self) -> object:
        return self.program.year_change.show()

    def show_copies(self) -> object:
        return self.program.backups.show()

    def show_manual(self) -> None:
        self.program.manual.show()

    def show_self_check(self) -> None:
        self.program.drafts.show_self_check()

    def open_file(self, path: Path) -> None:
        self.program.file_entry.open_files([path])

    def open_from_outside(self, path: Path) -> None:
        self.program.file_entry.take_from_outside([path])

    def ask_and_open(self) -> None:
        self.program.file_entry.ask_and_open()

    def ask_and_follow(self) -> None:
        self.program.file_entry.ask_and_follow()

    def compare_with(self, path: Path) -> None:
        self.program.transfer.compare_with(path)

    def carry_to(self, path: Path) -> None:
        self.program.carry_away.carry_to(path)

    def move_to(self, folder: Path) -> None:
        self.program.data_folder.move_to(folder)
