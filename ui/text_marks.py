"""What is marked in a text: live figures as pale blue pieces, doubts with a wavy line, what is as it was last year on
a quiet ground. Nothing of it is in the document, so the text stays plain, and nothing changes while a word is
composed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from govdesk import answers, reuse, tokens
from govdesk.checks import Facts
from govdesk.checks.readings import Doubt, doubts
from govdesk.tokens import Token
from ui.bridge import Editor
from ui.fields import TextField, places
from ui.theme import colours


class TextMarks(QObject):
    """The marks of one text field, made anew after each change."""

    changed = Signal()

    def __init__(self, editor: Editor, field: TextField, text_id: str) -> None:
        super().__init__(field)
        self._editor, self._field, self._text_id = editor, field, text_id
        self.doubts: tuple[Doubt, ...] = ()
        self.unchanged: tuple[reuse.Sentence, ...] = ()
        self._tokens: list[tuple[int, int, Token]] = []
        self._checks = [c for c in editor.form.checks if c.kind == "claims"]
        field.overlay = self._paint_figures
        field.copied = lambda text: tokens.resolve(editor.form, editor.now.figures, text)
        editor.changed.connect(lambda *_: self.refresh())
        field.composed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look at the text and the tables again; not while a word is being composed."""
        if self._field.composing:
            return
        now, text = self._editor.now, self._field.plain()
        if text != self._editor.now.report.text(self._text_id).replace("\r\n", "\n"):
            self.doubts, self.unchanged, self._tokens = (), (), []
        else:
            self.doubts = self._open_doubts()
            self.unchanged = reuse.unchanged(now.report, self._text_id)
            found = list(tokens.find(now.form, text))
            ends = places(text, [p for t in found for p in (t.start, t.end)])
            self._tokens = list(zip(ends[::2], ends[1::2], found, strict=True))
        self._field.setExtraSelections(self._selections(text))
        self._field.viewport().update()
        self.changed.emit()

    def _open_doubts(self) -> tuple[Doubt, ...]:
        now = self._editor.now
        facts = Facts(now.form, now.report, now.figures, {})
        open_keys = {f.line for c in self._checks for f in now.of_rule(c.id)
                     if not answers.is_answered(now.report, now.figures, f)}
        return tuple(d for check in self._checks for d in doubts(check, facts, self._text_id) if d.key in open_keys)

    def doubt_at(self, position: int) -> Doubt | None:
        """The doubt at a place in the document."""
        text = self._field.plain()
        for doubt in self.doubts:
            start, end = places(text, [doubt.start, doubt.end])
            if start <= position <= end:
                return doubt
        return None

    # -- painting

    def _selections(self, text: str) -> list[QTextEdit.ExtraSelection]:
        c = colours()
        quiet, year, wavy, figure = (QTextCharFormat() for _ in range(4))
        quiet.setBackground(c["total_ground"])
        year.setBackground(c["off_ground"])
        year.setForeground(c["off"])
        wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wavy.setUnderlineColor(c["off_frame"])
        figure.setBackground(c["accent_ground"])
        figure.setForeground(c["accent_ground"])
        marked = [(s.start, s.end, quiet) for s in self.unchanged]
        marked += [(start, end, year) for s in self.unchanged for start, end in s.years]
        marked += [(d.start, d.end, wavy) for d in self.doubts]
        ends = places(text, [p for start, end, _ in marked for p in (start, end)])
        made = [self._selection(ends[2 * i], ends[2 * i + 1], look) for i, (_, _, look) in enumerate(marked)]
        return made + [self._selection(start, end, figure) for start, end, _ in self._tokens if self._boxes(start, end)]

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, look      # type: ignore[attr-defined]
        return made

    def _boxes(self, start: int, end: int) -> list[QRectF]:
        """Where a piece of text stands on the screen: one box a line."""
        cursor = QTextCursor(self._field.document())
        boxes: list[QRectF] = []
        cursor.setPosition(start)
        first = self._field.cursorRect(cursor)
        cursor.setPosition(end)
        last = self._field.cursorRect(cursor)
        if first.top() == last.top():
            boxes.append(QRectF(first.left(), first.top(), last.left() - first.left(), first.height()))
        return boxes

    def _paint_figures(self, painter: QPainter) -> None:
        """The figure over its token: “15 本年新收·总计”, the figure strong, the name small. A token that runs over two
        lines stays in words."""
        c, now = colours(), self._editor.now
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = QFont(self._field.font())
        strong.setPixelSize(15)
        small = QFont(strong)
        small.setPixelSize(11)
        for start, end, token in self._tokens:
            for box in self._boxes(start, end):
                if box.bottom() < 0 or box.top() > self._field.viewport().height():
                    continue
                blank = tokens.value(now.figures, token.terms) is None
                figure = "空白" if blank else tokens.shown(now.figures, token.terms)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(c["off_ground" if blank else "accent_ground"])
                painter.drawRoundedRect(box.adjusted(1, 0, -1, 0), 3, 3)
                painter.setFont(strong)
                painter.setPen(c["off" if blank else "accent"])
                inside = box.adjusted(6, 0, -6, 0)
                painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, figure)
                width = QFontMetricsF(strong).horizontalAdvance(figure) + 8
                painter.setFont(small)
                painter.setPen(c["quiet"])
                rest = inside.adjusted(width, 0, 0, 0)
                name = QFontMetricsF(small).elidedText(token.words, Qt.TextElideMode.ElideRight, rest.width())
                painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, name)
