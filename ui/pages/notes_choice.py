"""Whether notes go along with an exchange file: a box that is not ticked, shown where there are any."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.exchange.handover import describe_notes
from ui.editing.editor import Editor
from ui.widgets.basics import make_label
from ui.widgets.tick_box import TickBox


class NotesChoice(QWidget):
    """Hidden, and not ticked, where the report has no notes."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.box = TickBox("")
        row.addWidget(self.box)
        self._words = make_label("", "quiet", wrap=True)
        row.addWidget(self._words, 1)
        editor.changed.connect(lambda *_: self._write())
        self._write()

    @property
    def taken(self) -> bool:
        """Whether the notes are to go along."""
        return self.box.isChecked()

    def withdraw(self) -> None:
        """Untick it: each file is asked about anew."""
        self.box.setChecked(False)

    def words_of_file(self) -> str:
        """What a file that is written now holds of the notes; “” where there are none."""
        notes = describe_notes(self._editor.now.report)
        return (f"连同{notes}" if self.taken else f"不含{notes}") if notes else ""

    def _write(self) -> None:
        notes = describe_notes(self._editor.now.report)
        words = f"连同{notes}（写给自己或接手的人看的，一般不交出去）"
        self.box.setAccessibleName(words)
        self._words.setText(words)
        if not notes:
            self.withdraw()
        self.setVisible(bool(notes))
