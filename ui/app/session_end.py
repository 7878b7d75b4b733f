"""The session ends (log-off, shut-down, SIGTERM, Ctrl+C in the terminal): all that was typed is in the file before the
answer, and nobody is asked anything: a dialogue would be killed with the program, and with it what it asked about."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from ui.app.signals import Signals
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell


class SessionEnd(QObject):
    """Saves the work however the program is ended."""

    def __init__(self, workspace: Workspace, shell: Shell, hurry: Callable[[], object]) -> None:
        """`hurry`: has the window wait for nothing long any more, while it is leaving."""
        super().__init__(workspace)
        self._workspace, self._shell, self._hurry = workspace, shell, hurry

    def watch(self, heard: Signals) -> None:
        """From here on it listens. What came before there was a window is still waiting for the event loop."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.commitDataRequest.connect(self.commit, Qt.ConnectionType.DirectConnection)
        heard.heard.connect(self.end)
        if Signals.came:
            heard.again()

    def commit(self, manager: QSessionManager) -> None:
        """The system asks before it ends the session. What cannot be saved stops it, where that may be; the window
        says why."""
        if not self._save_all() and manager.allowsInteraction():
            manager.cancel()

    def _save_all(self) -> bool:
        """Whether all that was typed is on the disk; an open cell is taken over first."""
        draft = self._workspace.open
        if draft is None:
            return True
        try:
            draft.view.commit()
        except Exception as error:           # one page must not cost what stands on the others
            sys.excepthook(type(error), error, error.__traceback__)
        return draft.autosave.save_at_once()

    def end(self) -> None:
        """Nobody can stop it any more: saves, then leaves as usual without a question. Once: more signals change
        nothing."""
        if self._workspace.is_ending:
            return
        self._workspace.is_ending = True
        self._save_all()
        if self._workspace.is_leaving:       # by its own button, and waiting for a copy
            self._hurry()
            return
        QApplication.quit()
        if not self._workspace.is_leaving:   # what lies over it would not go
            self._shell.close()
            QApplication.exit(0)
