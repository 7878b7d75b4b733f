"""What waits until the first page is there: imports, the first look for a backup, the rest of a large data file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from govdesk.store.file import integrity
from ui.common.worker import Worker
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell

FIRST_LOOK = 3000                            # ms after which the rest of a large file is looked at
FIRST_BACKUP = 20_000                        # ms after which it is asked whether a backup is due
SUBJECT = "file"                             # of a notice


class AfterStart:
    """Does it in threads, while the list of drafts is looked at."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._workspace, self._shell = workspace, shell
        self._imports: Worker | None = None

    def begin(self, look_for_backup: Callable[[], object]) -> None:
        """Imports what the first draft and the first export need; sets the rest on its way."""
        def work() -> None:
            import ui.draft.new_draft  # noqa: F401

            self._workspace.drafts.warm_up()
            import govdesk.export.pdf  # noqa: F401

        if self._workspace.is_leaving:
            return
        self._imports = Worker("warm-up", self._shell)
        self._imports.run(work, lambda _: None, lambda _: None)
        QTimer.singleShot(FIRST_BACKUP, self._shell, lambda: self._unless_leaving(look_for_backup))
        QTimer.singleShot(FIRST_LOOK, self._shell, lambda: self._unless_leaving(self.look_over))

    def _unless_leaving(self, act: Callable[[], object]) -> None:
        if not self._workspace.is_leaving:
            act()

    def wait(self) -> None:
        """Waits for the imports, which read the drafts too."""
        if self._imports is not None:
            self._imports.wait()

    def look_over(self) -> None:
        """Looks at the whole file where that was put off at opening, because it is large."""
        file = self._workspace.drafts.file
        if integrity.is_large(file):
            Worker("soundness", self._shell).run(lambda: integrity.check_file(file), self._tell, lambda _: None)

    def _tell(self, found: bool | None) -> None:
        if found is False:
            self._shell.notify(SUBJECT, "草稿文件有损坏的地方。请退出后再打开，程序会把能读出的草稿取出来，"
                                        "和最近的备份一起请您选择。", [("退出", self._shell.close)])
