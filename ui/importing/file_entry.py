"""The one entrance for files: asked for, dropped, or given by a second start. Files of other programs go to the page of
imports, ours where they always went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from govdesk.drafts.imported import is_plainly_ours
from govdesk.exchange.readers import read_file
from ui.draft.last_year import LastYearController
from ui.draft.new_draft import NewDraftController
from ui.draft.transfer import TransferController
from ui.editing.workspace import Workspace
from ui.importing.import_controller import ImportController, Purpose
from ui.shell.main_window import Shell
from ui.widgets.open_dialog import ask_file, ask_files

Other = Callable[[Path], object]


class FileEntry:
    """Asks for a file where it is to, and hands it to who can open it."""

    def __init__(self, workspace: Workspace, shell: Shell, imports: ImportController, *,
                 transfer: TransferController, new_draft: NewDraftController, last_year: LastYearController) -> None:
        self._workspace, self._shell, self._imports = workspace, shell, imports
        self._transfer, self._new_draft, self._last_year = transfer, new_draft, last_year

    def _take(self, path: Path, purpose: Purpose, ours: Other) -> None:
        if is_plainly_ours(path):
            ours(path)
        else:
            self._imports.take([path], purpose, ours)

    @property
    def _folder(self) -> str | None:
        return self._workspace.settings.last_export_folder

    # -- opened

    def ask_and_open(self) -> None:
        """Asks for one file or several, then opens them."""
        paths = ask_files(self._shell, "打开年报文件", self._folder)
        if paths:
            self.open_files(paths)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Opens a file; several are listed first."""
        if len(paths) == 1:
            self._take(paths[0], Purpose.OPEN, self._transfer.open_file)
        else:
            self._imports.take(paths, Purpose.OPEN, self._transfer.open_file)

    def take_from_outside(self, paths: Sequence[Path]) -> None:
        """Files that were dropped on the window, or given by a second start. What the clerk is just being asked or
        shown is not taken away."""
        if len(paths) == 1:
            self._take(paths[0], Purpose.OPEN, self._transfer.open_from_outside)
        elif paths:
            self._imports.take(paths, Purpose.OPEN, self._transfer.open_from_outside)

    # -- for a year, beside a draft

    def ask_and_follow(self) -> None:
        """Asks for last year's file, then begins the report that follows it."""
        path = ask_file(self._shell, "从上年年报续填", self._folder)
        if path:
            self._take(path, Purpose.FOLLOW, lambda ours: self._shell.attempt(
                lambda: self._new_draft.follow(read_file(ours).report, ours.name)))

    def ask_last_year(self) -> None:
        """Asks for last year's file, then lays it beside the open draft."""
        path = ask_file(self._shell, "从上年年报带入", self._folder)
        if path:
            self._take(path, Purpose.LAST_YEAR,
                       lambda ours: self._last_year.bring(lambda: read_file(ours).report, ours.name))

    def ask_published(self) -> None:
        """Asks for the report that was published, as a page or a file, then holds the open draft against it."""
        path = ask_file(self._shell, "上网核对：选择已公布的年报（另存的网页、PDF、Word）", self._folder)
        if path:
            self._take(path, Purpose.CHECK, self._transfer.compare_with)
