"""What nobody foresaw: said in a window that can be copied, with versions and traceback and no text of the draft."""

from __future__ import annotations

import sys
import threading
import traceback

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.crash_report import Trace, of_error, private, report_of
from ui.widgets import button, label

NOW = ("程序遇到没有料到的情况。填报的内容已经保存在草稿里，可以继续使用；"
       "请把下面的内容复制下来交给维护人员（其中没有年报的文字）。")


class ReportDialog(QDialog):
    """One sentence, the report, two buttons."""

    def __init__(self, title: str, words: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(640, 420)
        column = QVBoxLayout(self)
        column.addWidget(label(words, wrap=True))
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("报告")
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.addStretch(1)
        self.copy_button = button("复制", self._copy)
        row.addWidget(self.copy_button)
        row.addWidget(button("关闭", self.accept, "primary"))
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText("✓ 已复制")


class ErrorDialog(ReportDialog):
    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__("程序出了意外", NOW, report_of(error), parent)


class Catcher(QObject):
    """What no function caught, of whichever thread: noted for a report, and shown, one at a time."""

    raised = Signal(object)                  # reaches the window's thread

    def __init__(self, window: QWidget, trace: Trace) -> None:
        super().__init__(window)
        self._window, self._trace = window, trace
        self._showing = False
        self.raised.connect(self._show)

    def caught(self, error: BaseException, where: str = "") -> None:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return
        self._trace.note(where + of_error(error))
        if sys.stderr is not None:
            traceback.print_exception(error)
        self.raised.emit(error)

    def _show(self, error: BaseException) -> None:
        if not self._showing:
            self._showing = True
            ErrorDialog(error, self._window).exec()
            self._showing = False

    def of_qt(self, kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        """Qt's own last words; the rest as Qt would print it."""
        if kind in (QtMsgType.QtFatalMsg, QtMsgType.QtCriticalMsg):
            self._trace.note(private(f"Qt（{context.category}）：{words}"))
        if sys.stderr is not None:
            print(words, file=sys.stderr)


def install(window: QWidget, trace: Trace) -> Catcher:
    """From here on an exception that nobody caught is noted and shown instead of printed and lost."""
    catcher = Catcher(window, trace)
    sys.excepthook = lambda _kind, error, _trace: catcher.caught(error)
    threading.excepthook = lambda found: (
        catcher.caught(found.exc_value, "在后台：") if found.exc_value is not None else None)
    qInstallMessageHandler(catcher.of_qt)
    return catcher


def uninstall() -> None:
    """Before Python ends: Qt must not call into it any more."""
    qInstallMessageHandler(None)
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
