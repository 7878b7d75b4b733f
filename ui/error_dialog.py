"""What nobody foresaw: said in a window that can be copied, with versions and traceback and no text of the draft."""

from __future__ import annotations

import platform
import sys
import traceback

from PySide6 import __version__ as pyside_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from govdesk import __version__
from ui.widgets import button, label


def report_of(error: BaseException) -> str:
    """Versions and traceback. Of the error itself only the kind: its words might quote the draft."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return (f"GovDesk {__version__}\nPython {platform.python_version()} · PySide6 {pyside_version}\n"
            f"{platform.platform()}\n\n{type(error).__name__}\n{frames}")


class ErrorDialog(QDialog):
    """One sentence, the report, two buttons."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出了意外")
        self.resize(640, 420)
        column = QVBoxLayout(self)
        column.addWidget(label("程序遇到没有料到的情况。填报的内容已经保存在草稿里，可以继续使用；"
                               "请把下面的内容复制下来交给维护人员（其中没有年报的文字）。", wrap=True))
        self.text = QPlainTextEdit(report_of(error))
        self.text.setReadOnly(True)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("复制", lambda: QGuiApplication.clipboard().setText(self.text.toPlainText())))
        row.addWidget(button("关闭", self.accept, "primary"))
        column.addLayout(row)


def install(parent: QWidget) -> None:
    """From here on an exception that nobody caught is shown instead of printed and lost. One at a time."""
    showing: list[ErrorDialog] = []

    def hook(kind: type[BaseException], error: BaseException, trace: object) -> None:
        if issubclass(kind, KeyboardInterrupt) or showing:
            return
        if sys.stderr is not None:
            traceback.print_exception(error)
        showing.append(ErrorDialog(error, parent))
        showing[0].exec()
        showing.clear()

    sys.excepthook = hook
