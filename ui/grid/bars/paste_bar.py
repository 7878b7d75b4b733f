"""Under the table while a paste is offered: what would be filled in, what not and why, and what one can do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from govdesk.base.numerals import shorten_text
from govdesk.paste.placement import Landing, PlacementWay
from ui.grid.paste import Paste
from ui.widgets.basics import escape_tooltip, make_button, make_label

SHOWN, LINE = 3, 58                          # so many doubts are shown, so many characters of each; all in the tooltip
KEEP, LEAVE = "留下合计", "不留合计"         # as 原件合计
FIXED = (PlacementWay.NAMES, PlacementWay.SHAPE)  # the cursor leads these nowhere
LISTED = 40                                  # as many as fit a screen


class PasteBar(QFrame):
    """Hidden unless there is an offer. Its buttons are also Enter and Esc in the table."""

    closed = Signal()                        # the focus was in here

    def __init__(self, paste: Paste, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paste = paste
        self.setProperty("role", "unready")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        self.words = make_label("", wrap=True)
        self.doubts = make_label("", "off", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.take = make_button("填入", paste.confirm, "primary")
        self.take.setToolTip("按预览填入，一步可以撤销（Enter）")
        self.other = make_button("换一种对应方式", paste.try_other_way)
        self.totals = make_button(KEEP, lambda: paste.keep(not paste.keeps))
        self.quit = make_button("放弃", paste.leave)
        self.quit.setToolTip("什么也不填（Esc）")
        self._buttons = (self.take, self.other, self.totals, self.quit)
        for one in self._buttons:
            line.addWidget(one)
        self.hint = make_label("方向键移动光标可以换位置", "quiet")
        line.addWidget(self.hint)
        line.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(self.doubts)
        column.addLayout(line)
        paste.offered.connect(self._show)
        self.hide()

    def _show(self, landing: Landing | None) -> None:
        if landing is None:
            self._close()
            return
        words, doubts = self._paste.describe(landing)
        count, at = len(self._paste.landings), self._paste.landings.index(landing) + 1
        self.words.setText(words)
        more = len(doubts) - SHOWN
        lines = [shorten_text(line, LINE) for line in doubts[:SHOWN]]
        self.doubts.setText("\n".join([*lines, *([f"还有 {more} 处（指着这里可以看到）"] if more > 0 else [])]))
        self.doubts.setToolTip(escape_tooltip("\n".join(doubts[:LISTED])))
        self.doubts.setVisible(bool(doubts))
        self.other.setText(f"换一种对应方式（{at}/{count}）")
        self.other.setVisible(count > 1)
        self.hint.setVisible(landing.way not in FIXED)
        self._show_totals(landing)
        self.take.setEnabled(bool(landing.readable) or self._paste.keeps)
        self.setAccessibleName("粘贴预览：" + words)
        self.show()

    def _show_totals(self, landing: Landing) -> None:
        """Whether to keep them is a choice only beside other figures."""
        kept = self._paste.keeps
        self.totals.setText(LEAVE if kept else KEEP)
        self.totals.setToolTip("合计只由各格相加得出，不核对粘贴来的" if kept
                               else "粘贴来的合计留在各合计格的角上，只用来核对，不印出来；以后改了数，与它不符会提示")
        self.totals.setVisible(bool(self._paste.totals and landing.puts))

    def _close(self) -> None:
        inside = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self.hide()
        if inside:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._paste.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)
