"""What may be written here, ready-made: sentences that the form calls for, last year's text, and what is still as it
was last year. Each is one click or one Enter, and one undo step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from govdesk.base.numerals import format_value, shorten_text
from govdesk.report.report import Layer
from govdesk.texts import boilerplate, tokens, unchanged
from govdesk.texts.boilerplate import OutdatedSentence
from ui.editing.bound_fields import TextField
from ui.editing.editor import Editor
from ui.text.highlights import TextHighlights
from ui.widgets.basics import clear_layout, make_label

FROM_LAST = "从上年的文字开始"
LONGEST, MOST = 140, 3               # characters of a sentence that are shown; sentences offered at a time


class SentenceOffers(QFrame):
    """A card between heading and text; gone when there is nothing to offer."""

    years_wanted = Signal()                  # the years in all texts, to be changed

    def __init__(self, editor: Editor, field: TextField, marks: TextHighlights, text_id: str, parent: QWidget) -> None:
        super().__init__(parent)             # shown without one it would be a window
        self._editor, self._field, self._marks, self._text_id = editor, field, marks, text_id
        self._shown: tuple[object, ...] = ()
        self.setProperty("role", "card")
        self.setAccessibleName("可以采用的句子")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        marks.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Offer what fits now; nothing moves while a word is being composed."""
        if self._field.composing:
            return
        now = self._editor.now
        empty = not now.report.text(self._text_id).strip()
        offered = boilerplate.offer_sentences(now.form, now.report, now.figures, self._text_id)[:MOST]
        last = (
            unchanged.last_text(now.report, self._text_id) if empty and not now.form.texts[self._text_id].fresh else ""
        )
        same = self._marks.unchanged
        outdated = boilerplate.find_outdated(now.form, now.report, now.figures, self._text_id)
        shown = (empty, [(s, tokens.text_with_figures(now.form, now.figures, s)) for s in offered], last, same,
                 [(one, tokens.text_with_figures(now.form, now.figures, one.instead)) for one in outdated])
        if shown != self._shown:
            self._shown = shown
            self._write(offered, last, same, outdated)

    def _write(self, offered: tuple[str, ...], last: str, same: tuple[unchanged.UnchangedSentence, ...],
               outdated: tuple[OutdatedSentence, ...]) -> None:
        had_focus = self.isAncestorOf(self._field.window().focusWidget() or self._field)
        clear_layout(self._column)
        now = self._editor.now
        if last:
            self._add_row(f"上年写的是：{shorten_text(last, 60)}", FROM_LAST, lambda: self._take(last, FROM_LAST))
        for one in outdated[:MOST]:
            if one.instead:
                preview = shorten_text(tokens.text_with_figures(now.form, now.figures, one.instead), LONGEST)
                words = f"现在{one.name}为 {format_value(one.value)}，原来采用的一句不再合适，现在合适的是：{preview}"
                self._add_row(words, "换成这句", partial(self._put_in_place, one))
        for sentence in offered:
            preview = shorten_text(tokens.text_with_figures(now.form, now.figures, sentence), LONGEST)
            self._add_row(preview, "采用", partial(self._add, sentence))
        if same:
            years = sum(len(s.years) for s in same)
            self._add_row(f"有 {len(same)} 句与上年相同（底色较深）", "已核对，不再标出", self._tick)
            if years:
                self._add_row(f"其中 {years} 处还是以前的年份", "逐处改…", self.years_wanted.emit)
        self.setVisible(self._column.count() > 0)
        if had_focus:
            self._field.setFocus()

    def _add_row(self, words: str, verb: str, act: Callable[[], None]) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(make_label(words, "quiet", wrap=True), 1)
        made = EnterButton(verb)
        made.clicked.connect(lambda: act())                # noqa: PLW0108  # clicked has an argument
        made.setProperty("role", "link")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setAccessibleName(f"{verb}：{words}")
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _add(self, sentence: str) -> None:
        """Put a sentence behind what is written, in the same paragraph where it ends with a full stop."""
        text = self._editor.now.report.text(self._text_id).rstrip()
        self._take(text + sentence, "采用句子")

    def _put_in_place(self, one: OutdatedSentence) -> None:
        """What fits now where the sentence stands that does not."""
        text = self._editor.now.report.text(self._text_id)
        self._take(text[:one.start] + one.instead + text[one.end:], "换成合适的句子")

    def _take(self, text: str, name: str) -> None:
        self._editor.do(self._editor.session.edit(name, [(Layer.TEXTS, self._text_id, text)]))
        self._field.setFocus()

    def _tick(self) -> None:
        entry = unchanged.tick_off_entry(self._editor.now.report, self._text_id, self._marks.unchanged)
        self._editor.do(self._editor.session.edit("核对上年的句子", [entry]))
        self._field.setFocus()


class EnterButton(QPushButton):
    """Enter presses it, as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
