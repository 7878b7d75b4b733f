"""Buttons that put a whole table of the report on the clipboard, with its heads, for other programs."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.base.numerals import format_value
from govdesk.form.form import Grid
from govdesk.paste import clipboard_out
from ui.editing.editor import Editor
from ui.grid.clipboard import write_rows
from ui.widgets.basics import make_button, make_label, set_role

WORDS = "连同表头复制到剪贴板，粘到 Word、WPS 或 Excel 里。"


class CopyTables(QWidget):
    """One button a table. `words` stand beside them: what the buttons do, or what is on the clipboard now."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.buttons = {grid.id: make_button(f"复制{grid.name}", partial(self._copy, grid))
                        for grid in editor.form.grids.values()}
        for one in self.buttons.values():
            row.addWidget(one)
        row.addStretch(1)
        self.words = make_label(WORDS, "quiet", wrap=True)
        editor.changed.connect(lambda *_: self._say(""))

    def _copy(self, grid: Grid) -> None:
        figures = self._editor.now.figures
        write_rows(*clipboard_out.copy_whole_grid(grid, {a: format_value(figures[a]) for a in grid.addresses}))
        self._say(f"✓ 已复制{grid.name}，可以粘贴了。")

    def _say(self, copied: str) -> None:
        """What is on the clipboard is as the report is: after an edit nothing is said of it."""
        self.words.setText(copied or WORDS)
        set_role(self.words, "agreed" if copied else "quiet")
