"""A run of the program, from the first look for its drafts to the last word of its process."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer

from govdesk import settings
from govdesk.base import paths
from ui.app import signals
from ui.app.composition import Program
from ui.app.data_folder import open_drafts
from ui.app.qt_application import begun, complete
from ui.app.signals import Signals
from ui.app.single_instance import answer_calls, claim
from ui.common.cycle_collector import start_cycle_collector
from ui.common.debounce import AFTER_FRAME_MS
from ui.common.notice_level import NoticeLevel
from ui.shell.main_window import Shell

if TYPE_CHECKING:
    from typing import BinaryIO

LEFT = "run-last.txt"
FRAME = QSize(16, 40)                        # about what is put around a window, title bar included
AFTER_FIRST_PAGE = 400                       # ms


def run(document: str | None = None) -> int:
    """Runs the program. `document` is an exchange file to open. Returns the exit code."""
    chosen = settings.load_settings()
    app = begun(chosen.theme)
    heard = Signals(app)
    heard.heard.connect(app.closeAllWindows)             # a question on the way to the first page
    drafts = open_drafts(paths.data_folder(chosen.data_folder), chosen.second_backup_place)
    if drafts is None:
        return 0 if Signals.came else 2
    held = claim(drafts.file.parent, document)
    if held is None:
        drafts.close()
        return 0
    trace = _trace(held.left_by)
    program = Program(drafts, chosen, held)
    heard.heard.disconnect()
    program.session_end.watch(heard)
    show_fitting(program.shell)
    QTimer.singleShot(AFTER_FRAME_MS, lambda: _settle(program, trace, held.left_by))
    QTimer.singleShot(AFTER_FIRST_PAGE, lambda: program.after_start.begin(lambda: program.scheduler.look()))
    if document:
        program.file_entry.open_files([Path(document)])
    app.styleHints().colorSchemeChanged.connect(lambda _: program.preferences.apply_theme())
    code = app.exec()
    signals.ignore()
    program.data_folder.give_back()
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


def _settle(program: Program, file: BinaryIO | None, left_by: int) -> None:
    """What waited for the first frame. What was made until now stays, so the collector need not look at it."""
    from ui.error_reports import error_dialog
    from ui.error_reports.crash_report import RunTrace

    shell, workspace = program.shell, program.workspace
    if workspace.is_leaving:                 # the end came first
        RunTrace(file).end()
        return

    gc.freeze()
    start_cycle_collector()
    app = complete()
    trace = RunTrace(file)
    error_dialog.install_catcher(shell, trace, lambda: workspace.is_ending, workspace.describe_saved)

    def end() -> None:
        program.end()
        error_dialog.uninstall_catcher()
        trace.end()

    app.aboutToQuit.connect(end)
    answer_calls(lambda: None if workspace.is_leaving else workspace.folder, shell,
                 lambda path: program.file_entry.take_from_outside([path]))
    place = paths.kind_of_folder(workspace.folder)
    if place is not paths.FolderKind.OWN:
        shell.home.say(NoticeLevel.NOTE, f"草稿存放在{place.value}上（{workspace.folder}）。可以照常使用；"
                       "请不要在两台电脑上同时打开，拔出或断开之前先退出程序。")
    left = paths.log_folder() / (LEFT if left_by == os.getpid() else f"run-{left_by}.txt")
    program.settle(left, crashed=bool(left_by))


def show_fitting(window: Shell) -> None:
    """Shows the window: filling the screen where window and frame are too large for it, as 1366×768 on an office screen
    of that size: the line at the foot would hang over the edge. The size to go back to fits as well, and stands where
    nothing manages windows. That the window fills the screen is remembered, not its size: so at any scale."""
    room = window.screen().availableGeometry()
    fitting = window.size().boundedTo(room.size() - FRAME)
    if window.isMaximized() or fitting == window.size():
        window.show()
        return
    window.resize(fitting)
    window.move(room.topLeft())
    window.showMaximized()
