"""The line of chips under a table: one a column, always there, whether its two sides agree."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from govdesk.base.numerals import show
from govdesk.checks import Finding, State
from govdesk.form.form import Check, Form
from govdesk.session.session import Snapshot
from ui.common import theme
from ui.editing.editor import Editor
from ui.grid.painting.signs import draw_dots_sign, draw_tick_sign, draw_warning_sign
from ui.widgets.basics import label

HEIGHT, GAP, PAD, SIGN_ROOM = 28, 5, 6, 15
STATE_WORDS = {State.PENDING: "待填", State.PASSED: "相符", State.FAILED: "对不上",
               State.UNCHECKED: "未能检查"}


class BalanceChip(QAbstractButton):
    """One column: sign, name and, where they differ, both sums."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.finding: Finding | None = None
        self.typing = False                  # a figure of the column is being typed
        font = QFont(self.font())
        font.setPixelSize(12)
        self._face = font
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)       # painted anew as the mouse comes and goes

    def show_finding(self, finding: Finding) -> bool:
        """True where it takes another width now."""
        if finding == self.finding:
            return False
        before = self.sizeHint()
        self.finding = finding
        self._write(finding)
        return self.sizeHint() != before

    def show_typing(self, on: bool) -> None:
        """Say that a figure of the column is being typed, or no longer."""
        if on != self.typing:
            self.typing = on
            if self.finding:
                self._write(self.finding)

    def _state(self, finding: Finding) -> State:
        """What the chip shows: no column agrees while a figure of it is being typed."""
        return State.PENDING if self.typing and finding.state is State.PASSED else finding.state

    def _write(self, finding: Finding) -> None:
        text, shown = self._name, self._state(finding)
        if shown is State.FAILED:
            text += f" {'≠'.join(show(side.value) for side in finding.sides)}"
        if text != self.text():
            self.setText(text)
        state = "正在填写" if shown is not finding.state else STATE_WORDS[shown]
        self.setAccessibleName(f"{self._name}，{state}")
        self.setAccessibleDescription(finding.message)
        self.setToolTip(f"{self._name}：{state}" if finding.state is State.PASSED else finding.message)
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._face).horizontalAdvance(self.text() or self._name)
        return QSize(width + SIGN_ROOM + 2 * PAD, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.finding is None:
            return
        c, painter = theme.colours(), QPainter(self)
        ink, edge, ground, sign = {
            State.FAILED: (c.off, c.off_frame, c.off_ground, draw_warning_sign),
            State.PASSED: (c.agreed, c.agreed_line, c.agreed_ground, draw_tick_sign),
            State.PENDING: (c.quiet, c.line, c.head_ground, draw_dots_sign),
            State.UNCHECKED: (c.off, c.off_frame, c.off_ground, draw_warning_sign),
        }[self._state(self.finding)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.hasFocus() or self.underMouse()
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(QColor(c.accent if marked else edge), width))
        painter.setBrush(QColor(ground))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        sign(painter, PAD, (self.height() - 13) / 2, ink)
        painter.setFont(self._face)
        painter.setPen(QColor(ink))
        painter.drawText(self.rect().adjusted(PAD + SIGN_ROOM, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class BalanceBar(QWidget):
    """The chips of a table's balance check; they flow onto a second line where one is too short."""

    place_wanted = Signal(object)            # Address
    chosen = Signal(object)                  # Finding

    def __init__(self, editor: Editor, grid_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._check = editor, find_balance(editor.form, grid_id)
        self._words = label("", "quiet")
        self._words.setParent(self)
        self.chips: dict[str, BalanceChip] = {}
        self._tallest = self._width = 0
        self._long = self._short = ""
        self.setAccessibleName("勾稽关系")
        if self._check is None:
            self.hide()
            return
        for column in editor.form.grids[grid_id].columns.values():
            chip = self.chips[column.id] = BalanceChip(column.name, self)
            chip.clicked.connect(lambda _=False, c=chip: self._choose(c))
        self._show(editor.now)
        editor.changed.connect(lambda snap, _: self._show(snap))

    @property
    def findings(self) -> dict[str, Finding]:
        """What each chip shows, by column."""
        return {column: chip.finding for column, chip in self.chips.items() if chip.finding}

    def show_typing(self, column: str) -> None:
        """A figure of a column is being typed, “” when it is in the report or given up; the totals wait with it."""
        assert self._check is not None
        columns = self._editor.form.grids[self._check.word("grid")].columns
        for column_id, chip in self.chips.items():
            chip.show_typing(bool(column) and (column_id == column or columns[column_id].is_total))

    def _show(self, snap: Snapshot) -> None:
        assert self._check is not None
        other = False
        for finding in snap.of_rule(self._check.id):
            for chip in [self.chips[finding.line]] if finding.line else self.chips.values():
                other |= chip.show_finding(finding)
            if finding.sides and not self._words.text():
                formula = "＝".join(side.words for side in finding.sides)
                name = self._check.title.partition("：")[0]
                self._long, self._short = f"{name}　{formula}", name
                self._words.setText(self._long)
        if other:
            self._lay_out()

    def _choose(self, chip: BalanceChip) -> None:
        if chip.finding is None or not chip.finding.sides:
            return
        from govdesk.suggestions.likeliest_place import find_likeliest_place

        self.place_wanted.emit(find_likeliest_place(self._editor.now, chip.finding))
        self.chosen.emit(chip.finding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.width() != self._width:
            self._width, self._tallest = self.width(), 0
        self._lay_out()
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        """Lay the chips in lines. A second line, once there, stays, so that the table does not jump while typing."""
        x = y = 0
        self._words.ensurePolished()
        self._words.setText(self._long)
        whole = sum(chip.sizeHint().width() + GAP for chip in self.chips.values()) + self._words.sizeHint().width() + 4
        if whole > self.width():             # sums that differ take room: the formula is in the head of the table too
            self._words.setText(self._short)
        pieces: list[QLabel | BalanceChip] = [self._words, *self.chips.values()]
        for piece in pieces:
            size = piece.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + HEIGHT + GAP
            piece.setGeometry(x, y, size.width(), HEIGHT)
            x += size.width() + (GAP if piece is not self._words else GAP + 4)
        self._tallest = max(self._tallest, y + HEIGHT)
        if self.height() != self._tallest or self.minimumHeight() != self._tallest:
            self.setFixedHeight(self._tallest)


def find_balance(form: Form, grid_id: str) -> Check | None:
    """The check that makes the chips of a table."""
    return next((c for c in form.checks if c.kind == "balance" and c.word("grid") == grid_id), None)
