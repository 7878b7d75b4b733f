"""What came of an export: the sentence, the file, and the ways to open it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from govdesk.base.files import FileStamp, stamp_of
from govdesk.export.formats import ExportReport
from ui.editing.editor import Editor
from ui.widgets.basics import clear_layout, fill_with_column, make_button, make_label, set_role


class ExportResult(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._success: QLabel | None = None  # what is said of the last export; it ages with the report
        self._pages, self._facts = 0, ""
        self._written: FileStamp | None = None
        self._column = fill_with_column(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(6)
        self.hide()

    @property
    def tells_export(self) -> bool:
        """Whether a file that was written is shown, with whether it is still as the report is."""
        return self._success is not None and not self.isHidden()

    def say(self, words: str, role: str) -> QLabel:
        """Say one sentence in place of what was said before."""
        self._success = None
        clear_layout(self._column)
        said = make_label(words, role, wrap=True)
        self._column.addWidget(said)
        self.show()
        return said

    def show_export(self, target: Path, done: ExportReport) -> None:
        """Show a file that was written, its doubts and the ways to it. `update_age` says the sentence."""
        self._pages, self._written = done.pages, stamp_of(target)
        self._facts = f"{describe_size(target)}{datetime.now():%H:%M}"
        self._success = self.say("", "agreed")
        self._column.addWidget(make_label(str(target), "quiet", wrap=True))
        for doubt in done.doubts:
            self._column.addWidget(make_label(f"△ {doubt.sentence}", "off", wrap=True))
        if done.layout:
            self._column.addWidget(make_label(done.layout, "quiet", wrap=True))
        row = QHBoxLayout()
        row.addWidget(make_button("打开文件", lambda: self._open_export(target)))
        row.addWidget(make_button("打开所在文件夹", lambda: self._open(target.parent)))
        row.addStretch(1)
        self._column.addLayout(row)

    def update_age(self) -> None:
        """Say whether the file still holds what the report is now."""
        if self._success is None:
            return
        as_it_is = self._editor.is_as_exported
        pages = (f"，共 {self._pages} 页", f" {self._pages} 页") if self._pages else ("", "")
        self._success.setText(f"✓ 已导出{pages[0]}，{self._facts}" if as_it_is
                              else f"△ 已导出{pages[1]}，但导出后有修改，文件里是修改前的内容")
        set_role(self._success, "agreed" if as_it_is else "off")

    def _open_export(self, target: Path) -> None:
        """The file as it is now, with a word where another program has written it since."""
        other = target.exists() and stamp_of(target) != self._written
        self._open(target)
        if other:
            self.say(f"△ 这个文件在导出之后被改动或替换过，已不是刚才导出的那一份：{target}", "off")

    def _open(self, path: Path) -> None:
        if not path.exists():
            self.say(f"△ 文件已不在原处（可能已移走、改名或删除），需要时请再导出一次：{path}", "off")
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.say(f"△ 这台电脑没有能打开它的程序；文件在 {path}", "off")


def describe_size(file: Path) -> str:
    """“96 KB，”; “” where the file is gone already."""
    try:
        size = file.stat().st_size
    except OSError:
        return ""
    return f"{size / 2**20:.1f} MB，" if size >= 2**20 else f"{max(1, round(size / 1024))} KB，"
