"""The session ends (log-off, shut-down, SIGTERM, Ctrl+C in the terminal): all that was typed is in the file before the
answer, and nobody is asked anything: a dialogue would be killed with the program, and with it what it asked about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from ui.app.signals import Signals

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow


def watch(window: MainWindow, heard: Signals) -> None:
    """From here on the window's work is saved however the program is ended. What came before there was a window is
    still waiting for the event loop."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.commitDataRequest.connect(lambda manager: commit(window, manager), Qt.ConnectionType.DirectConnection)
    heard.heard.connect(lambda: end(window))
    if Signals.came:
        heard.again()


def commit(window: MainWindow, manager: QSessionManager) -> None:
    """The system asks before it ends the session. What cannot be saved stops it, where that may be; the window says
    why."""
    if not save_all(window) and manager.allowsInteraction():
        manager.cancel()


def save_all(window: MainWindow) -> bool:
    """Whether all that was typed is on the disk; an open cell is taken over first."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None:
        return True
    try:
        wizard.commit()
    except Exception as error:               # one page must not cost what stands on the others
        sys.excepthook(type(error), error, error.__traceback__)
    return saver.save_at_once()


def end(window: MainWindow) -> None:
    """Nobody can stop it any more: save, then leave as usual without a question. Once: more signals change nothing."""
    if window.ending:
        return
    window.ending = True
    save_all(window)
    if window.leaving:                       # by its own button, and waiting for a copy
        window.hurry()
        return
    QApplication.quit()
    if not window.leaving:                   # what lies over it would not go
        window.close()
        QApplication.exit(0)
