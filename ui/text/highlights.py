"""What is marked in a text: live figures as pale blue pieces, doubts with a wavy line, what is as it was last year on
a quiet ground. Nothing of it is in the document, so the text stays plain, and nothing changes while a word is
composed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from govdesk.checks import Facts
from govdesk.checks.readings import Doubt, find_doubts
from govdesk.findings import reasons
from govdesk.texts import unchanged
from ui.common.in_sight import InSight
from ui.common.theme import current_colours
from ui.editing.bound_fields import TextField, document_positions
from ui.editing.editor import Editor
from ui.text.token_chips import TokenChips
from ui.text.waves import draw_wave, find_base_lines


class TextHighlights(QObject):
    """The marks of one text field, made anew after each change."""

    changed = Signal()

    def __init__(self, editor: Editor, field: TextField, text_id: str) -> None:
        super().__init__(field)
        self._editor, self._field, self._text_id = editor, field, text_id
        self.doubts: tuple[Doubt, ...] = ()
        self.unchanged: tuple[unchanged.UnchangedSentence, ...] = ()
        self.chips = TokenChips(editor, field)
        field.overlays.append(self._draw_waves)
        self._checks = [c for c in editor.form.checks if c.kind == "claims"]
        editor.changed.connect(InSight(self.refresh, field).follow)
        field.composed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look at the text and the tables again; not while a word is being composed."""
        if self._field.composing:
            return
        now, text = self._editor.now, self._field.plain()
        if text != self._editor.now.report.text(self._text_id).replace("\r\n", "\n"):
            self.doubts, self.unchanged = (), ()
        else:
            self.doubts = self._find_open_doubts()
            self.unchanged = unchanged.find_unchanged(now.report, self._text_id)
        self.chips.refresh()
        self._field.setExtraSelections(self._make_selections(text))
        self._field.viewport().update()
        self.changed.emit()

    def _find_open_doubts(self) -> tuple[Doubt, ...]:
        now = self._editor.now
        facts = Facts(now.form, now.report, now.figures, {})
        open_keys = {f.line for c in self._checks for f in now.of_rule(c.id)
                     if not reasons.is_answered(now.report, now.figures, f)}
        return tuple(d for check in self._checks for d in find_doubts(check, facts, self._text_id) if d.key
                     in open_keys)

    def find_claim(self, doubt: Doubt) -> tuple[int, int]:
        """Where the words of a doubt stand, the number with what is said of it: “予以公开7件”. The number alone where
        the words are not in the text as they were read (a live figure is among them)."""
        text, said = self._field.plain(), doubt.claim.said
        at = text.find(said, max(0, doubt.end - len(said)))
        return (at, at + len(said)) if 0 <= at <= doubt.start and doubt.end <= at + len(said) else (doubt.start,
                                                                                                      doubt.end)

    def find_doubt_at(self, position: int) -> Doubt | None:
        """The doubt at a place in the document."""
        text = self._field.plain()
        for doubt in self.doubts:
            start, end = document_positions(text, list(self.find_claim(doubt)))
            if start <= position <= end:
                return doubt
        return None

    # -- painting

    def _make_selections(self, text: str) -> list[QTextEdit.ExtraSelection]:
        c = current_colours()
        quiet, year = QTextCharFormat(), QTextCharFormat()
        quiet.setBackground(QColor(c.total_ground))
        year.setBackground(QColor(c.off_ground))
        year.setForeground(QColor(c.off))
        marked = [(s.start, s.end, quiet) for s in self.unchanged]
        marked += [(start, end, year) for s in self.unchanged for start, end in s.years]
        ends = document_positions(text, [p for start, end, _ in marked for p in (start, end)])
        return [self._make_selection(ends[2 * i], ends[2 * i + 1], look) for i, (_, _, look) in enumerate(marked)]

    def _draw_waves(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self._field.plain() if self.doubts else ""
        for doubt in self.doubts:
            start, end = document_positions(text, list(self.find_claim(doubt)))
            for base in find_base_lines(self._field, start, end):
                draw_wave(painter, base, current_colours()["off_frame"])

    def _make_selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, look
        return made
