"""The session ends (log-off, shut-down, SIGTERM): all that was typed is in the file before the answer, and nobody is
asked anything: a dialogue would be killed with the program, and with it what it asked about."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def watch(window: MainWindow) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.commitDataRequest.connect(lambda manager: commit(window, manager), Qt.ConnectionType.DirectConnection)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: end(window))


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
    wizard.commit()
    return saver.save_at_once()


def end(window: MainWindow) -> None:
    """Nobody can stop it any more: save, then leave as usual without a question."""
    save_all(window)
    window.ending = True
    QApplication.quit()
