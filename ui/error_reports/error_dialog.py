"""What nobody foresaw: said in a window that can be copied, with versions and traceback and no text of the draft."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.error_reports.crash_report import RunTrace, describe_error, make_error_report, strip_private_paths
from ui.widgets.basics import make_button, make_label

ERROR_WORDS = "程序遇到没有料到的情况，可以继续使用。请点“复制”，把报告交给维护人员（其中没有年报的文字）。"
FOLD_WORDS = "给技术人员"
PADDING = 20                                 # pixels


class ReportDialog(QDialog):
    """What matters first, then the cause, two buttons; the report itself is for others and folded."""

    def __init__(self, title: str, first: str, words: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(12)
        if first:
            column.addWidget(make_label(first, "heading", wrap=True))
        column.addWidget(make_label(words, wrap=True))
        self.fold = make_button(f"{FOLD_WORDS} ▼", self._turn, "link")
        column.addWidget(self.fold)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("报告")
        self.text.setMinimumHeight(220)
        self.text.hide()
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.copy_button = make_button("复制", self._copy)
        row.addWidget(self.copy_button)
        row.addWidget(make_button("关闭", self.accept, "primary"))
        column.addLayout(row)

    def _turn(self) -> None:
        """Show the report, or fold it again."""
        shown = self.text.isHidden()
        self.text.setVisible(shown)
        self.fold.setText(f"{FOLD_WORDS} {'▲' if shown else '▼'}")
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText("✓ 已复制")


class ErrorDialog(ReportDialog):
    """`saved`: how much of the open draft is on the disk, in a sentence."""

    def __init__(self, error: BaseException, saved: str = "", parent: QWidget | None = None) -> None:
        super().__init__("程序出了意外", saved, ERROR_WORDS, make_error_report(error), parent)


class ErrorCatcher(QObject):
    """What no function caught, of whichever thread: noted for a report, and shown, one at a time."""

    raised = Signal(object)                  # reaches the window's thread, after what is just being done there

    def __init__(self, window: QWidget, trace: RunTrace, is_quiet: Callable[[], bool] = lambda: False,
                 saved: Callable[[], str] = str) -> None:
        """`is_quiet`: nobody is shown anything any more; `saved`: how much is on the disk, in a sentence."""
        super().__init__(window)
        self._window, self._trace, self._is_quiet, self._saved = window, trace, is_quiet, saved
        self._showing = False
        self._shown: set[str] = set()        # kinds of error that were shown
        self.raised.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def caught(self, error: BaseException, where: str = "") -> None:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return
        self._trace.note(where + describe_error(error))
        if sys.stderr is not None:
            traceback.print_exception(error)
        with suppress(RuntimeError):         # the window may be gone
            self.raised.emit(error)

    def _show(self, error: BaseException) -> None:
        """Once for each kind: what fails at every key would else stand in the way of every key. The rest is noted."""
        kind = error_kind_of(error)
        if self._showing or kind in self._shown or self._is_quiet():
            return
        self._shown.add(kind)
        self._showing = True
        try:
            ErrorDialog(error, self._saved(), self._window).exec()
        finally:
            self._showing = False

    def of_qt(self, kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        """Qt's own last words; the rest as Qt would print it."""
        if kind in (QtMsgType.QtFatalMsg, QtMsgType.QtCriticalMsg):
            self._trace.note(strip_private_paths(f"Qt（{context.category}）：{words}"))
        if sys.stderr is not None:
            print(words, file=sys.stderr)


def error_kind_of(error: BaseException) -> str:
    """What was raised, and where: the same fault again is the same kind."""
    places = traceback.extract_tb(error.__traceback__)[-1:]
    return "".join([type(error).__name__, *(f" {place.filename}:{place.lineno}" for place in places)])


def install_catcher(window: QWidget, trace: RunTrace, is_quiet: Callable[[], bool], saved: Callable[[], str]
                    ) -> ErrorCatcher:
    """From here on an exception that nobody caught is noted and shown instead of printed and lost."""
    catcher = ErrorCatcher(window, trace, is_quiet, saved)
    sys.excepthook = lambda _kind, error, _trace: catcher.caught(error)
    threading.excepthook = lambda found: (
        catcher.caught(found.exc_value, "在后台：") if found.exc_value is not None else None)
    qInstallMessageHandler(catcher.of_qt)
    return catcher


def uninstall_catcher() -> None:
    """Before Python ends: Qt must not call into it any more."""
    qInstallMessageHandler(None)
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
