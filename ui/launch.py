"""The command's entry point: a window, or govdesk.cli without Qt."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from govdesk import console
from govdesk.base.errors import UserError
from govdesk.base.files import leave_removed_folder

INTERRUPTED = 130                            # what a shell says of a program that Ctrl+C has ended: 128 + SIGINT


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit code."""
    console.prepare_streams()
    given = list(sys.argv[1:] if argv is None else argv)
    return _run_arguments(given) if given else _run_window()


def _run_arguments(given: list[str]) -> int:
    """What is imported here is not imported where the program is started from a menu."""
    from govdesk import cli
    from govdesk.exchange.readers import is_named_as_readable

    if len(given) == 1 and is_named_as_readable(given[0]):
        return _run_window(document=given[0])                # a double-clicked file
    arguments = cli.make_parser().parse_args(given)
    if arguments.command:
        return cli.run_command(arguments)
    return _run_window(self_test=arguments.self_test)


def _run_window(document: str | None = None, self_test: Path | None = None) -> int:
    problem = _no_display()
    if problem:
        console.print_notice(problem)
        return 2
    leave_removed_folder()                    # the preview and the export would fail in it
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)             # there is nothing to save before there is a window
    gc.disable()                              # nothing that is made on the way to the first page is garbage
    try:
        import_ahead_of_qt(new=self_test is not None or _has_no_drafts())
        if self_test is not None:
            from ui.app.self_test import run

            return run(self_test)
        from ui.app import application

        return application.run(document)
    except UserError as error:                # before there is a window to say it
        console.print_notice(error.sentence)
        return error.exit_code


def import_ahead_of_qt(*, new: bool) -> None:
    """Imports what is plain Python before Qt: PySide looks through the source of each module that comes after it.
    `new`: there are no drafts yet, so SQLAlchemy will make the tables for them before the first page."""
    import govdesk.settings
    import govdesk.store.drafts

    if new:
        import govdesk.store.sql.tables  # noqa: F401


def _has_no_drafts() -> bool:
    from govdesk import settings
    from govdesk.base.paths import data_folder
    from govdesk.store.file.file_names import FILE_NAME

    try:
        return not (data_folder(settings.load_settings().data_folder) / FILE_NAME).exists()
    except OSError:                           # the folder may not be looked into: that is said in the window
        return False


def start() -> NoReturn:
    """The installed command. Without a window it ends at once: all that it made is on the disk and on the console, and
    taking its objects apart one by one would be a twentieth of a print-out."""
    try:
        code = main()
    except KeyboardInterrupt:                # in a command without a window; what it was writing is taken away
        code = INTERRUPTED
    if "PySide6" not in sys.modules:
        console.leave_process(code)
    sys.exit(code)


def _no_display() -> str:
    """Why no window can be opened, “” where one can. Qt itself would abort the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb").partition(":")[0] != "xcb":
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return "没有显示器，打不开窗口；不用窗口时可以用 govdesk sample、check、export 三个命令（govdesk --help）"
    return "" if _display_answers() else f"显示器 {os.environ['DISPLAY']} 没有应答，打不开窗口；请在桌面里运行"


def _display_answers() -> bool:
    import ctypes

    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True                          # then Qt says what is missing
    x11.XOpenDisplay.restype = ctypes.c_void_p
    opened = x11.XOpenDisplay(None)
    if opened:
        x11.XCloseDisplay(ctypes.c_void_p(opened))
    return bool(opened)


if __name__ == "__main__":
    start()
