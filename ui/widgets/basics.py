"""Small pieces that several pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.common import mnemonics, signs
from ui.common.theme import current_colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea, QListWidget, QMessageBox


WIDE_BLANK = "\u3000"
LETTER_SIDE = 15                             # pixels of the plate on which the letter of a button stands
_OTHER_LOOK = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.DevicePixelRatioChange)


def make_label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text: what a clerk typed may stand in it, so it is never read as markup."""
    made = SignedLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


class SignedLabel(QLabel):
    """A line or a paragraph; a sign that stands before its words (△ ✓) is drawn."""

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(_room_of_sign(self), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        words = self.text()
        if words[1:2] != " " or words[0] not in signs.IN_LABELS or self.textFormat() != Qt.TextFormat.PlainText:
            super().paintEvent(event)
            return
        painter, room = QPainter(self), self.contentsRect()
        flags = int(self.alignment()) | (Qt.TextFlag.TextWordWrap.value if self.wordWrap() else 0)
        said = WIDE_BLANK + words[1:]        # as wide as the sign: the words stand where they would
        self.style().drawItemText(painter, room, flags, self.palette(), self.isEnabled(), said, self.foregroundRole())
        draw_sign_before(painter, self, words[0], self.style().itemTextRect(self.fontMetrics(), room, flags,
                                                                            self.isEnabled(), said))


class SignLabel(QLabel):
    """A sign by itself, drawn, as wide as every other: what stands beside them begins at one line. Its text says what
    it is. (The marks of rows are frames of the style sheet with a character in them, and no such labels.)"""

    def __init__(self, sign: str, role: str = "") -> None:
        super().__init__(sign)
        self.setProperty("role", role)
        self.setFixedWidth(signs.SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.text() not in signs.SIGNS:
            super().paintEvent(event)
            return
        box = QRectF(0, 0, signs.SIDE, signs.SIDE)
        box.moveCenter(QRectF(self.contentsRect()).center())
        signs.SIGNS[self.text()](QPainter(self), box, self.palette().color(self.foregroundRole()))


class ElidedLabel(QLabel):
    """A line that is cut with … where there is no room for it; as plain text. `shorter`: what to say instead where the
    whole has no room, the longest first."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(_room_of_sign(self), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, super().sizeHint().width()), super().minimumSizeHint().height())

    def least_width(self) -> int:
        """The width of the shortest that it can say in full."""
        return min(self.fontMetrics().horizontalAdvance(words) for words in (self.text(), *self.shorter)) + 2

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        metrics = self.fontMetrics()
        choices = (self.text(), *self.shorter)
        width = room.width() - _room_of_sign(self)
        fits = next((w for w in choices if metrics.horizontalAdvance(w) <= width), choices[-1])
        words = metrics.elidedText(fits, Qt.TextElideMode.ElideRight, width)
        sign = words[0] if words[1:2] == " " and words[0] in signs.IN_LABELS else ""
        said = WIDE_BLANK + words[1:] if sign else words
        self.style().drawItemText(painter, room, int(self.alignment()), self.palette(), self.isEnabled(), said,
                                  self.foregroundRole())
        if sign:
            draw_sign_before(painter, self, sign, self.style().itemTextRect(metrics, room, int(self.alignment()),
                                                                            self.isEnabled(), said))


def _room_of_sign(label: QLabel) -> int:
    """The pixels that a sign before the words is wider drawn than written."""
    words = label.text()
    if words[1:2] != " " or words[0] not in signs.IN_LABELS or label.textFormat() != Qt.TextFormat.PlainText:
        return 0
    measure = label.fontMetrics().horizontalAdvance
    return max(0, measure(WIDE_BLANK + words[1:]) - measure(words))


def draw_sign_before(painter: QPainter, label: QLabel, sign: str, words: QRect) -> None:
    """Draw a sign into the blank at the beginning of words."""
    metrics = label.fontMetrics()
    left = words.left() + (metrics.horizontalAdvance(WIDE_BLANK) - signs.SIDE) / 2
    box = QRectF(left, words.top() + (metrics.height() - signs.SIDE) / 2, signs.SIDE, signs.SIDE)
    signs.SIGNS[sign](painter, box, label.palette().color(label.foregroundRole()))


def escape_tooltip(text: str) -> str:
    """A tooltip that shows a text as it is: Qt would read one with a “<” in it as markup."""
    from html import escape

    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


class Button(QPushButton):
    """A button that Enter presses too (Qt's own wants the space bar). Its letter is shown while Alt is held; a sign
    before its words is drawn. `text` gives the words with their sign."""

    def __init__(self, text: str, parent: QWidget | None = None, *, lettered: bool = True) -> None:
        super().__init__(parent)
        self._words, self._sign, self._lettered = "", "", lettered
        self.setIconSize(QSize(signs.SIDE + signs.GAP, signs.SIDE))
        self.setText(text)
        mnemonics.alt_key().turned.connect(self._show_letter)

    def text(self) -> str:
        return self._words

    def setText(self, text: str) -> None:
        self._words = text
        before, (self._sign, words) = self._sign, signs.split_sign(text)
        self._leads = words.endswith("›")    # the arrow at the end is drawn, too
        super().setText(words.replace("&", "&&").replace("›", WIDE_BLANK if self._leads else "›"))
        if self._sign or before:
            self._draw_sign()
        self._letter = mnemonics.letter_of(text) if self._lettered else ""
        if self._letter:
            self.setShortcut(f"Alt+{self._letter}")
        if self._sign and not self.accessibleName():
            self.setAccessibleName(words)

    def _draw_sign(self) -> None:
        role = "quiet" if self._sign in signs.QUIET else ""
        ink = current_colours()[role] if role else self.palette().buttonText().color()
        self.setIcon(signs.make_sign_icon(self._sign, ink, self.devicePixelRatioF()) if self._sign else QIcon())

    def _show_letter(self) -> None:
        if self._letter and self.isVisible():
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another role, another theme, another screen: the sign in its colour."""
        super().changeEvent(event)
        if self._sign and event.type() in _OTHER_LOOK:
            self._draw_sign()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._leads:
            margin = 8 if self.property("role") == "answer" else 2
            box = QRectF(self.width() - margin - signs.SIDE, (self.height() - signs.SIDE) / 2, signs.SIDE, signs.SIDE)
            signs.SIGNS["›"](QPainter(self), box, self.palette().buttonText().color())
        if self._letter and self.isEnabled() and mnemonics.alt_key().held:
            self._paint_letter()

    def _paint_letter(self) -> None:
        """On a small plate in the corner: the button keeps its width."""
        painter, c = QPainter(self), current_colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRectF(self.width() - LETTER_SIDE - 1, 1, LETTER_SIDE, LETTER_SIDE)
        painter.setPen(c["card"])
        painter.setBrush(c["text"])
        painter.drawRoundedRect(plate, 3, 3)
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._letter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def wrap_for_button(text: str, metrics: QFontMetrics, width: int) -> str:
    """A text with line ends where a button, which has none of its own, would be wider than `width` pixels."""
    lines = [""]
    for character in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + character) > width and character not in "，。；、？）”":
            lines.append("")
        lines[-1] += character
    return "\n".join(lines)


def make_button(text: str, act: Callable[[], object], role: str = "") -> Button:
    made = Button(text, lettered=role != "link")
    made.clicked.connect(lambda: act())      # noqa: PLW0108  # clicked has an argument, which is not for `act`
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if role:
        made.setProperty("role", role)
    return made


def add_answer(box: QMessageBox, words: str, role: QMessageBox.ButtonRole) -> Button:
    """A button of a message box, with its letter."""
    made = Button(words, box)                # the box's own: else it goes when nobody holds it
    box.addButton(made, role)
    return made


def add_act(menu: QMenu, words: str, letter: str, act: Callable[[], object]) -> QAction:
    """An entry of a menu with its letter; its key may stand behind a tab."""
    made = menu.addAction(mnemonics.mark_letter(words, letter))
    made.triggered.connect(lambda: act())    # noqa: PLW0108  # triggered has an argument, which is not for `act`
    return made


def make_card(*, margins: tuple[int, int, int, int] = (16, 14, 16, 14), spacing: int = 6) -> tuple[QFrame, QVBoxLayout]:
    """A card and its column."""
    made = QFrame()
    made.setProperty("role", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(*margins)
    column.setSpacing(spacing)
    return made, column


def fill_with_column(page: QWidget) -> QVBoxLayout:
    """A column that fills a page to its edges."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def put_beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    """The middle of a page: something to choose from, and all the room for what was chosen."""
    row = QHBoxLayout()
    row.setContentsMargins(18, 14, 18, 14)
    row.setSpacing(14)
    row.addWidget(left)
    row.addWidget(right, 1)
    return row


def make_back_bar(words: str, back: Callable[[], object], title: str) -> tuple[QWidget, QHBoxLayout]:
    """The strip over a page that stands in another's place: the way back and what this is."""
    made = make_bar("bar", 44)
    row = QHBoxLayout(made)
    row.setContentsMargins(8, 0, 16, 0)
    row.addWidget(make_button(f"‹ {words}", back, "flat"))
    row.addWidget(make_label(title, "heading"))
    return made, row


def make_bare_rows(area: QScrollArea, name: str = "", spacing: int = 6) -> QVBoxLayout:
    """A column of rows that scrolls within a card, which shows through."""
    make_bare(area, name)
    area.setWidgetResizable(True)
    body = QWidget()
    rows = QVBoxLayout(body)
    rows.setContentsMargins(0, 0, 8, 0)
    rows.setSpacing(spacing)
    area.setWidget(body)
    for ground in (body, area.viewport()):
        ground.setAutoFillBackground(False)
    return rows


def fill_rows(rows: QListWidget, held: Iterable[tuple[str, object, str]]) -> None:
    """Words, what they stand for and a tooltip of each row; the first is chosen."""
    from PySide6.QtWidgets import QListWidgetItem

    rows.clear()
    for words, value, tip in held:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setToolTip(tip)
        rows.addItem(item)
    rows.setCurrentRow(0 if rows.count() else -1)


def make_bare(area: QAbstractScrollArea, name: str = "") -> None:
    """No frame, never scrolled sideways; by this name to who cannot see it."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if name:
        area.setAccessibleName(name)


def make_scrolled_column(page: QWidget) -> QVBoxLayout:
    """A column that fills a page and scrolls where the window is low."""
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    area = QScrollArea()
    area.setAccessibleName("可滚动的页面")
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    body = QWidget()
    area.setWidget(body)
    outer.addWidget(area)
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(12)
    return column


def make_hair_line(parent: QWidget | None = None) -> QFrame:
    made = QFrame(parent)
    made.setFixedHeight(1)
    made.setProperty("role", "hair")
    return made


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and drop it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


def make_bar(role: str, height: int) -> QWidget:
    """A strip across the window; a plain QWidget paints its style sheet's ground only when told to."""
    made = QWidget()
    set_styled_role(made, role)
    made.setFixedHeight(height)
    return made


def set_styled_role(widget: QWidget, role: str) -> None:
    """Give a widget a role of the style sheet, with the ground that goes with it."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("role", role)


def set_role(widget: QWidget, role: str) -> None:
    """Change a widget's role in the style sheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().polish(widget)


def say_aloud(said: QWidget) -> None:
    """Has a screen reader say what a widget says. The import waits: it makes the names of all that may be said of a
    widget, and the first page says nothing."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(said, QAccessible.Event.Alert))
