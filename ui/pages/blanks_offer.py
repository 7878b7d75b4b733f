"""The blanks of all tables, counted, and 0 for all of them in one step: a printed blank is sent back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.session.session import blanks_of
from ui.editing.editor import Editor
from ui.widgets.basics import make_button, make_label


class BlanksOffer(QWidget):
    """Hidden where no cell is blank."""

    filled = Signal()                        # all blanks are 0 now

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._words = make_label("", "quiet", wrap=True)
        row.addWidget(self._words, 1)
        self.zero_button = make_button("空白都填 0", self._fill)
        self.zero_button.setToolTip("三张表余下的空白都填 0，一步可以撤销")
        row.addWidget(self.zero_button)

    def count(self) -> None:
        """Say where the blanks are now."""
        now = self._editor.now
        counts = [(grid.name, len(blanks_of(now, grid_id))) for grid_id, grid in now.form.grids.items()]
        said = "、".join(f"{name} {count} 处" for name, count in counts if count)
        self._words.setText(f"印出来是空白的格：{said}。没有发生的填 0，可以一次填完。")
        self.setVisible(bool(said))

    def _fill(self) -> None:
        self._editor.do(self._editor.session.fill_blanks())
        self.filled.emit()
