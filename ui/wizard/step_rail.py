"""The rail: the wizard's steps with the state of each, entered in any order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from govdesk.checks import State
from govdesk.report.report import Edit, Layer
from govdesk.session.session import Snapshot
from govdesk.session.steps import PageKind, Step, StepPage, StepProgress, StepState
from ui.common.shortcuts import add_shortcuts
from ui.common.theme import current_colours
from ui.widgets import icons
from ui.widgets.basics import make_hair_line

WIDTHS = {"wide": 236, "narrow": 192, "icons": 52}
WIDE, ICONS = WIDTHS["wide"], WIDTHS["icons"]
ROW, SUB_ROW = 40, 30
LOW_ROW, LOW_SUB_ROW = 34, 26                # where the window is low, so that all steps stay in sight
LOW = 700
STATE_WORDS = {StepProgress.EMPTY: "未填", StepProgress.PARTIAL: "填了一部分", StepProgress.COMPLETE: "已填完"}


class StepRailItem(QAbstractButton):
    """One step or one page of a step."""

    def __init__(self, step: Step, page: StepPage | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.step, self.page = step, page
        self.state: StepState | None = None
        self.current = False
        self.setText(page.name if page else step.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.text())

    def sizeHint(self) -> QSize:
        if self.window().height() < LOW:
            return QSize(WIDE, LOW_SUB_ROW if self.page else LOW_ROW)
        return QSize(WIDE, SUB_ROW if self.page else ROW)

    def set_state(self, state: StepState | None) -> None:
        if state != self.state:
            self.state = state
            if state:
                words = describe_state(state)
                self.setToolTip(f"{self.text()}：{words}")
                self.setAccessibleDescription(words)
            self.update()

    def set_current(self, current: bool) -> None:
        if current != self.current:
            self.current = current
            self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, c = QPainter(self), current_colours()
        if self.current and not self.page:
            painter.fillRect(self.rect(), c["accent_ground"])
            painter.fillRect(0, 0, 3, self.height(), c["accent"])
        narrow = self.width() < WIDE
        if self.width() <= ICONS:
            self._paint_icon(painter)
            return
        left = 12 if narrow else 19
        if not self.page:
            self._paint_mark(painter, QRectF(left, self.height() / 2 - 9, 18, 18))
        text_left = left + (26 if narrow else 28)
        painter.setPen(c["accent"] if self.current or self.underMouse() else c["quiet" if self.page else "text"])
        font = self.font()
        font.setPixelSize(13 if self.page or narrow else 14)
        painter.setFont(font)
        count = self._count()
        room = painter.fontMetrics().horizontalAdvance(count) + 8 if count else 0
        box = self.rect().adjusted(text_left, 0, -(10 if narrow else 16) - room, 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        if count:
            painter.setPen(c["quiet"])
            painter.drawText(self.rect().adjusted(0, 0, -(8 if narrow else 16), 0),
                             Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        self._paint_focus(painter)

    def _paint_icon(self, painter: QPainter) -> None:
        """The mark, or of a page of a step its number, “（二）”, or the beginning of its name."""
        c = current_colours()
        if self.page:
            painter.setPen(c["accent"] if self.current else c["quiet"])
            fits = 3 if self.text().startswith("（") else 2
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text()[:fits])
        else:
            self._paint_mark(painter, QRectF(self.width() / 2 - 9, self.height() / 2 - 9, 18, 18))
        self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(QColor(current_colours().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(4, 2, -3, -3), 4, 4)

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        kind = self.step.pages[0].kind
        if kind is PageKind.REVIEW:
            icons.draw_review(painter, box, current_colours())
        elif kind is PageKind.EXPORT:
            icons.draw_export(painter, box, current_colours())
        elif self.state:
            icons.draw_progress(painter, box, self.state.progress, current_colours())

    def _count(self) -> str:
        """What is open: the problems, the reasons that are asked for, or how many of how many are filled."""
        if self.page or not self.state:
            return ""
        if self.state.progress is StepProgress.PROBLEM:
            return str(self.state.problems)
        if self.state.progress is StepProgress.ASK:
            return str(self.state.asked)
        return f"{self.state.done}/{self.state.wanted}" if self.state.progress is StepProgress.PARTIAL else ""


def describe_state(state: StepState) -> str:
    """All that the mark of a step stands for, in words: “1 处要改，2 处待说明；已填完，5/5”."""
    filled = (StepProgress.EMPTY if not state.done else StepProgress.COMPLETE if state.done == state.wanted
              else StepProgress.PARTIAL)
    counts = ((state.problems, "处要改"), (state.asked, "处待说明"))
    open_words = [f"{count} {words}" for count, words in counts if count]
    said = [*(["，".join(open_words)] if open_words else []), f"{STATE_WORDS[filled]}，{state.done}/{state.wanted}"]
    return "；".join(said)


class StepRail(QScrollArea):
    """All steps; the pages of the current step stand below it where it has several."""

    wanted = Signal(str, str)                # step id, page item

    def __init__(self, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)          # its items take it
        self.setAccessibleName("步骤")
        body = QWidget()
        body.setProperty("role", "rail")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 12, 0, 8)
        column.setSpacing(0)
        self.items: list[StepRailItem] = []
        for step in steps:
            if step.pages[0].kind is PageKind.REVIEW:
                column.addStretch(1)
                column.addWidget(make_hair_line(body))
                column.addSpacing(8)
            self._add(column, step, None)
            if len(step.pages) > 1:
                for page in step.pages:
                    self._add(column, step, page)
        self.setWidget(body)
        self.setFixedWidth(WIDE)
        add_shortcuts("steps", self, [partial(self.wanted.emit, step.id, step.pages[0].item) for step in steps])

    def _add(self, column: QVBoxLayout, step: Step, page: StepPage | None) -> None:
        item = StepRailItem(step, page, self)
        item.setVisible(page is None)
        item.clicked.connect(lambda: self.wanted.emit(step.id, (page or step.pages[0]).item))
        column.addWidget(item)
        self.items.append(item)

    def set_room(self, room: str) -> None:
        """"wide", "narrow", or "icons": the mark and the number of each step alone."""
        self.setFixedWidth(WIDTHS[room])

    def take_focus(self) -> None:
        """The cursor to the step that is shown."""
        shown = [item for item in self.items if item.isVisible()]
        current = [item for item in shown if item.current]
        (current or shown)[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for item in self.items:
            item.updateGeometry()

    def is_urgent(self, now: Snapshot, edit: Edit) -> bool:
        """Whether a step that is shown as complete may be so no longer: that is not said a moment longer than it is
        true. One figure takes no tick away while no other rule speaks and no more cells are blank."""
        whole = (StepProgress.COMPLETE, StepProgress.ASK)
        if not any(item.state and item.state.progress in whole for item in self.items):
            return False
        cells = {change.key for change in edit.changes}
        if len(cells) != 1 or any(change.layer not in (Layer.VALUES, Layer.TAPES) for change in edit.changes):
            return True
        (blanks, speaking), (blanks_shown, speaking_shown) = _open_items(now), self._open
        return blanks > blanks_shown or not speaking <= speaking_shown

    def show_states(self, now: Snapshot) -> None:
        self._open = _open_items(now)
        for item in self.items:
            if not item.page:
                item.set_state(now.states.get(item.step.id))

    def show_current(self, step_id: str, page_item: str) -> None:
        for item in self.items:
            here = item.step.id == step_id
            if item.page:
                item.setVisible(here)
                item.set_current(here and item.page.item == page_item)
            else:
                item.set_current(here)
                if here:
                    self.ensureWidgetVisible(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move between the steps, Enter goes there."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        shown = [item for item in self.items if item.isVisible()]
        focused = next((i for i, item in enumerate(shown) if item.hasFocus()), None)
        if focused is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shown[focused].click()
            return
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        shown[(focused + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)


def _open_items(now: Snapshot) -> tuple[int, frozenset[tuple[str, str]]]:
    """How many cells are blank, and which rules have something to say, by rule and line."""
    return now.blanks, frozenset((f.rule, f.line) for f in now.findings if f.state is not State.PASSED)
