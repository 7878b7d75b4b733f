"""The application: Qt, Chinese, the look, the drafts, the window."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from govdesk import settings
from govdesk.base import paths
from ui.app import session_end, signals
from ui.app.data_folder import open_drafts
from ui.app.signals import Signals
from ui.app.single_instance import answer_calls, claim
from ui.app.translation import speak_chinese
from ui.common import theme
from ui.common.cycle_collector import start_cycle_collector
from ui.common.program_title import TITLE
from ui.home.home_page import AFTER_FRAME
from ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from typing import BinaryIO

    from ui.error_reports.crash_report import Trace

LEFT = "run-last.txt"
FRAME = QSize(16, 40)                        # about what is put around a window, title bar included
FIRST_LOOK = 3000                            # ms after which the rest of a large file is looked at
FIRST_BACKUP = 20_000                        # ms after which it is asked whether a backup is due


def application(wish: str = "system") -> QApplication:
    """The one QApplication, complete."""
    app = begun(wish)
    _complete()
    return app


def begun(wish: str = "system") -> QApplication:
    """The QApplication with all that its first page needs; `_complete` adds the rest. Fusion is named to Qt itself:
    asked from Python it would bring all of QStyle with it."""
    app = QApplication.instance()
    if app is None:
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    elif isinstance(app, QApplication) and app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    assert isinstance(app, QApplication)
    app.setApplicationName("GovDesk")
    app.setApplicationDisplayName(TITLE)
    theme.apply(app, wish)
    return app


def _complete() -> None:
    from PySide6.QtGui import QIcon

    speak_chinese()
    icon, app = paths.resources() / "icons" / "govdesk.png", QApplication.instance()
    if icon.is_file() and isinstance(app, QApplication):
        app.setWindowIcon(QIcon(str(icon)))


def run(document: str | None = None) -> int:
    """The wizard. `document` is an exchange file to open. Returns the exit code."""
    chosen = settings.load()
    app = begun(chosen.theme)
    heard = Signals(app)
    heard.heard.connect(app.closeAllWindows)             # a question on the way to the first page
    drafts = open_drafts(paths.data_folder(chosen.data_folder))
    if drafts is None:
        return 0 if Signals.came else 2
    lock = claim(drafts.file.parent, document)
    if lock is None:
        drafts.close()
        return 0
    trace = _trace(lock.left_by)
    window = MainWindow(drafts, chosen)
    window.lock = lock
    heard.heard.disconnect()
    session_end.watch(window, heard)
    _show(window)
    QTimer.singleShot(AFTER_FRAME, lambda: _settle(window, trace, lock.left_by))
    QTimer.singleShot(400, lambda: _warm_up(window))
    if document:
        window.open_file(Path(document))
    app.styleHints().colorSchemeChanged.connect(lambda _: theme.apply(app, window.settings.theme))
    code = app.exec()
    signals.ignore()
    if window.lock:
        window.lock.unlock()
    return code


def _trace(left_by: int) -> BinaryIO | None:
    """The file in which this run leaves its traces (`crash_report`); a hard end is written there from here on."""
    import faulthandler

    folder = paths.log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if left_by == os.getpid():           # a container gives the same numbers again
            (folder / f"run-{left_by}.txt").replace(folder / LEFT)
        trace = (folder / f"run-{os.getpid()}.txt").open("wb", buffering=0)
    except OSError:
        return None
    faulthandler.enable(trace)
    return trace


def _settle(window: MainWindow, file: BinaryIO | None, left_by: int) -> None:
    """What waited for the first frame. What was made until now stays, so the collector need not look at it."""
    from ui.app import crash_recovery
    from ui.error_reports import error_dialog
    from ui.error_reports.crash_report import Trace

    if window.leaving:                       # the end came first
        Trace(file).end()
        return

    gc.freeze()
    start_cycle_collector()
    _complete()
    trace = Trace(file)
    error_dialog.install(window, trace)
    QApplication.instance().aboutToQuit.connect(lambda: _end(window, trace))   # type: ignore[union-attr]
    folder = window.drafts.file.parent
    answer_calls(lambda: window.drafts.file.parent, window, window.open_from_outside)
    place = paths.place_of(folder)
    if place is not paths.Place.OWN:
        window.home.say(f"草稿存放在{place.value}上（{folder}）。可以照常使用；请不要在两台电脑上同时打开，"
                        "拔出或断开之前先退出程序。")
    left = paths.log_folder() / (LEFT if left_by == os.getpid() else f"run-{left_by}.txt")
    crash_recovery.begin(window, left=left, crashed=bool(left_by))


def _end(window: MainWindow, trace: Trace) -> None:
    from ui.app import last_position
    from ui.error_reports import error_dialog

    last_position.end(window)
    error_dialog.uninstall()
    trace.end()
    if window.lock:
        window.lock.unlock()


def _show(window: MainWindow) -> None:
    """Filling the screen where window and frame are too large for it, as 1366×768 on an office screen of that size:
    the line at the foot would hang over the edge. The size to go back to fits as well, and stands where nothing
    manages windows. That the window fills the screen is remembered, not its size: so at any scale."""
    room = window.screen().availableGeometry()
    fitting = window.size().boundedTo(room.size() - FRAME)
    if window.isMaximized() or fitting == window.size():
        window.show()
        return
    window.resize(fitting)
    window.move(room.topLeft())
    window.showMaximized()


def _warm_up(window: MainWindow) -> None:
    """After the first frame: import in a thread what the first draft and the first export need."""
    def work() -> None:
        import ui.draft.open_draft  # noqa: F401

        window.drafts.warm_up()
        import govdesk.export.pdf  # noqa: F401

    from ui.common.worker import Worker

    if window.leaving:
        return
    window.warm = Worker("warm-up", window)
    window.warm.run(work, lambda _: None, lambda _: None)
    QTimer.singleShot(FIRST_BACKUP, lambda: window.leaving or window.backed().look())
    QTimer.singleShot(FIRST_LOOK, lambda: _look_over(window))


def _look_over(window: MainWindow) -> None:
    from ui.app.integrity_check import look_over

    if not window.leaving:
        look_over(window)


def self_test(status: Path) -> int:
    """`--self-test FILE`: see ui.app.self_test."""
    from ui.app import self_test as test

    return test.run(status)
