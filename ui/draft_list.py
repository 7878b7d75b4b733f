"""The list of drafts on the home page: its heads, one row a draft, and the words for a draft's state."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from govdesk.store.drafts import DraftSummary
from ui.widgets import button, label

YEAR, STATE, SAVED, ACT = 66, 186, 92, 88    # widths of the columns


class DraftRow(QFrame):
    """One draft: a click or Enter opens it; the menu has what is rarer."""

    opened = Signal(int)
    menu_wanted = Signal(int, object)

    def __init__(self, draft: DraftSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.setProperty("role", "draft")
        self.setFixedHeight(52)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.setSpacing(12)
        name = draft.organ_name or "（未填机关名称）"
        row.addWidget(_Elided(name), 1)
        row.addWidget(_fixed(label(f"{draft.year} 年" if draft.year else "—"), YEAR))
        words, role = state_words(draft)
        chip = label(words, role)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        holder = QWidget()
        holder.setFixedWidth(STATE)
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(chip)
        inside.addStretch(1)
        row.addWidget(holder)
        saved = label(moment_words(draft.saved_at), "quiet")
        row.addWidget(_fixed(saved, SAVED))
        more = button("⋯", lambda: self.menu_wanted.emit(draft.id, more), "flat")
        more.setFixedWidth(32)
        more.setAccessibleName(f"{name} 更多操作")
        go_on = button("继续填报 ›", lambda: self.opened.emit(draft.id), "link")
        go_on.setFixedWidth(ACT)
        row.addWidget(go_on)
        row.addWidget(more)
        self.setAccessibleName(f"{name}，{draft.year or '未填年度'}，{words}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.draft.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.draft.id)
        else:
            super().keyPressEvent(event)


def name_of(draft: DraftSummary) -> str:
    """“临江区教育局 2023 年”."""
    return f"{draft.organ_name or '（未填机关名称）'} {draft.year or '—'} 年"


def state_words(draft: DraftSummary) -> tuple[str, str]:
    """What the chip of a draft says, and its role in the style sheet."""
    blanks, problems = draft.outstanding.blanks or 0, draft.outstanding.problems or 0
    if problems:
        return f"⚠ {problems} 处对不上" + (f" · {blanks} 处空白" if blanks else ""), "chip-off"
    if blanks:
        return f"还有 {blanks} 处空白", "chip"
    if draft.exported_at:
        day = draft.exported_at.astimezone()
        return f"✓ 已导出 {day.year}年{day.month}月{day.day}日", "chip-agreed"
    return "✓ 数字已填完", "chip-agreed"


def moment_words(moment: datetime.datetime) -> str:
    local = moment.astimezone()
    days = (datetime.date.today() - local.date()).days
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {local:%H:%M}"
    return f"{local:%Y-%m-%d}"


def column_heads() -> QWidget:
    heads = QWidget()
    heads.setFixedHeight(36)
    row = QHBoxLayout(heads)
    row.setContentsMargins(18, 0, 12, 0)
    row.setSpacing(12)
    row.addWidget(label("机关", "quiet"), 1)
    row.addWidget(_fixed(label("年度", "quiet"), YEAR))
    row.addWidget(_fixed(label("状态", "quiet"), STATE))
    row.addWidget(_fixed(label("上次保存", "quiet"), SAVED))
    row.addSpacing(ACT + 32 + 2 * 12)
    return heads


def _fixed(widget: QLabel, width: int) -> QLabel:
    widget.setFixedWidth(width)
    return widget


class _Elided(QLabel):
    """A name that is cut with … where there is no room, and whole in its tool tip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, event.size().width()))
        super().resizeEvent(event)
