"""Live figures as pale blue pieces: the document keeps the token in words, so the text stays plain; on the screen its
letters are drawn together to the width of the figure, and the figure is painted over them.

The cursor goes over a piece in one step, and Backspace or Delete takes all of it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip

from govdesk.texts import tokens
from govdesk.texts.tokens import Token
from ui.common.theme import current_colours
from ui.editing.bound_fields import TextField, document_positions, line_positions
from ui.editing.editor import Editor

ROOM = 12                            # beside the figure, within its piece
BRACKET = 8                          # pixels at the end of a piece in which its last letter is drawn
BLANK = "空白"
TokenPiece = tuple[int, int, Token]  # start and end in the document


class TokenChips(QObject):
    """The live figures of one text field."""

    def __init__(self, editor: Editor, field: TextField) -> None:
        super().__init__(field)
        self._editor, self._field = editor, field
        self.pieces: list[TokenPiece] = []
        self._shown: list[str] = []
        self._at = 0
        self._squeeze = _Squeeze(self, field)
        field.overlays.append(self._paint)
        field.whole_words = lambda: [(start, end) for start, end, _ in self.pieces]
        field.copied = lambda text: tokens.text_with_figures(editor.form, editor.now.figures, text)
        field.cursorPositionChanged.connect(self._step_over)
        field.installEventFilter(self)
        field.viewport().installEventFilter(self)

    def refresh(self) -> None:
        """Find the tokens again; their widths anew where a figure changed."""
        text = self._field.plain()
        found = list(tokens.find_tokens(self._editor.form, text))
        ends = document_positions(text, [p for t in found for p in (t.start, t.end)])
        self.pieces = list(zip(ends[::2], ends[1::2], found, strict=True))
        shown = [self.figure(token) for token in found]
        if shown != self._shown:
            self._shown = shown
            self._squeeze.rehighlight()

    def figure(self, token: Token) -> str:
        figures = self._editor.now.figures
        blank = tokens.value_of_terms(figures, token.terms) is None
        return BLANK if blank else tokens.format_terms(figures, token.terms)

    def find_in_line(self, line: str) -> list[tuple[Token, float]]:
        """The tokens of a paragraph, with the width that each shall have."""
        return [(t, self._find_width(t)) for t in tokens.find_tokens(self._editor.form, line)]

    def font(self) -> QFont:
        return self._field.document().defaultFont()

    def _find_box(self, piece: TokenPiece) -> QRectF:
        """Where a piece stands. Its width is known; its end may be told as the beginning of the next line."""
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(piece[0])
        first = self._field.cursorRect(cursor)
        return QRectF(first.left(), first.top(), self._find_width(piece[2]), first.height())

    def _find_width(self, token: Token) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance(self.figure(token)) + ROOM

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        selected, c = self._field.textCursor(), current_colours()
        for piece in self.pieces:
            start, end, token = piece
            box = self._find_box(piece)
            chosen = selected.hasSelection() and selected.selectionStart() <= start and end <= selected.selectionEnd()
            blank = self.figure(token) == BLANK
            ground, ink = ("accent", "on_accent") if chosen else ("off_ground", "off") if blank else (
                "accent_ground", "accent")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c[ground])
            if chosen:                       # Qt draws the letters of what is selected in a colour of its own
                painter.drawRect(box)
            else:
                painter.drawRoundedRect(box.adjusted(1, 0, -1, 0), 3, 3)
            painter.setPen(c[ink])
            painter.drawText(box.adjusted(-40, 0, 40, 0), Qt.AlignmentFlag.AlignCenter, self.figure(token))

    # -- keys and mouse

    def _find_piece(self, position: int) -> TokenPiece | None:
        return next((p for p in self.pieces if p[0] < position < p[1]), None)

    def _step_over(self) -> None:
        """Never stand within a piece: on to its far end."""
        cursor = self._field.textCursor()
        inside = self._find_piece(cursor.position())
        if inside is not None and not self._field.composing:
            start, end, _ = inside
            keep = cursor.hasSelection() or cursor.anchor() != cursor.position()
            mode = QTextCursor.MoveMode.KeepAnchor if keep else QTextCursor.MoveMode.MoveAnchor
            cursor.setPosition(start if self._at >= end else end, mode)
            self._field.setTextCursor(cursor)
        self._at = self._field.textCursor().position()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and not self._field.composing:
            assert isinstance(event, QKeyEvent)
            self._choose_whole(event.key())
        elif event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            return self._tell(event)
        return False

    def _choose_whole(self, key: int) -> None:
        """Before Backspace or Delete: the piece beside the cursor is chosen, so that all of it goes."""
        cursor = self._field.textCursor()
        side = {Qt.Key.Key_Backspace: 1, Qt.Key.Key_Delete: 0}.get(Qt.Key(key))
        if side is None or cursor.hasSelection():
            return
        beside = next((p for p in self.pieces if p[side] == cursor.position()), None)
        if beside is not None:
            self._field.blockSignals(True)               # choosing it is no step of the cursor
            cursor.setPosition(beside[0])
            cursor.setPosition(beside[1], QTextCursor.MoveMode.KeepAnchor)
            self._field.setTextCursor(cursor)
            self._field.blockSignals(False)

    def _tell(self, event: QHelpEvent) -> bool:
        """The name of the cell below the mouse."""
        for piece in self.pieces:
            if self._find_box(piece).contains(event.pos()):
                QToolTip.showText(event.globalPos(), piece[2].words, self._field)
                return True
        return False


class _Squeeze(QSyntaxHighlighter):
    """Draws the letters of tokens together; a format of the layout, not of the document.

    The first letter has the width of the whole piece, so that no line ends within one. Those between are a pixel high,
    and the last one stands within the piece: nothing of them is seen beside it, whatever colour they are drawn in.
    """

    def __init__(self, chips: TokenChips, field: TextField) -> None:
        self._chips = chips
        super().__init__(field.document())

    def highlightBlock(self, line: str) -> None:
        if "〔" not in line:
            return
        font = self._chips.font()
        tiny = QFont(font)
        tiny.setPixelSize(1)
        for token, width in self._chips.find_in_line(line):
            letters = line[token.start:token.end]
            widths = [width, *[0.0] * (len(letters) - 3), -BRACKET, BRACKET]
            ends = line_positions(line, list(range(token.start, token.end + 1)))
            for at, (letter, wanted) in enumerate(zip(letters, widths, strict=True)):
                shown = font if at in (0, len(letters) - 1) else tiny
                self.setFormat(ends[at], ends[at + 1] - ends[at], _unseen(letter, shown, wanted))


def _unseen(letter: str, font: QFont, width: float) -> QTextCharFormat:
    """The look of a letter that is not seen and moves the next one on by `width`."""
    look = QTextCharFormat()
    look.setForeground(QColor(Qt.GlobalColor.transparent))
    look.setFont(font)
    look.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    look.setFontLetterSpacing(width - QFontMetricsF(font).horizontalAdvance(letter))
    return look
