"""The foot of the list of drafts: how a draft is opened, or what there is to say. Its room is kept, so that no line of
the list moves below the mouse when something is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.basics import ElidedLabel, clear_layout, make_button, make_label, say_aloud

FOOT_HEIGHT = 46                             # two lines of words have room in it
FOOT_HELP = ("双击或按 Enter 打开，F2 改名，Ctrl+D 复制一份，Delete 放进回收站，右键有全部操作",
             "双击或按 Enter 打开，F2 改名，Delete 放进回收站", "双击或按 Enter 打开")
HELP_IN_BIN = ("双击或按 Enter 恢复", "按 Enter 恢复")
Undo = tuple[str, Callable[[], object]]      # the words on the button that takes an act back, what it does


class DraftFoot(QWidget):
    """A line of words with the way to take back what they tell, and the button that opens what is chosen."""

    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo: Undo | None = None
        self.setMinimumHeight(FOOT_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 10, 5)
        row.setSpacing(10)
        self._room = QHBoxLayout()
        row.addLayout(self._room, 1)
        self.open_button = make_button("打开草稿", self.open_wanted.emit)
        row.addWidget(self.open_button, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._help: tuple[str, ...] = FOOT_HELP
        self.said = ""
        self.say("")

    def set_place(self, *, in_bin: bool, usable: bool) -> None:
        """`usable`: a line is chosen."""
        self._help = HELP_IN_BIN if in_bin else FOOT_HELP
        self.open_button.setText("恢复草稿" if in_bin else "打开草稿")
        self.open_button.setEnabled(usable)
        if not self.said:
            self.say("")

    def say(self, words: str, role: str = "quiet", undo: Undo | None = None) -> None:
        """What went wrong, or what can be taken back; “” says how a draft is opened."""
        self.said, self._undo = words, undo
        clear_layout(self._room)
        if not words:
            help_line = ElidedLabel("quiet")
            help_line.setText(self._help[0])
            help_line.shorter = self._help[1:]
            self._room.addWidget(help_line, 1)
            return
        said = make_label(words, role, wrap=True)
        self._room.addWidget(said, 1)
        if undo:
            self._room.addWidget(make_button(*undo, "link"))
        say_aloud(said)

    def ask(self, question: QWidget) -> None:
        """Something to be chosen, in place of words."""
        self.said, self._undo = "?", None
        clear_layout(self._room)
        self._room.addWidget(question, 1)

    def take_back(self) -> None:
        """Ctrl+Z: the act that is offered."""
        if self._undo:
            self._undo[1]()
