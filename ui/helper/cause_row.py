"""The rows of the review: a cause that unfolds in place, and what is not filled in yet."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from govdesk.base.numerals import shorten_text
from govdesk.checks import Severity
from govdesk.findings import reasons
from govdesk.findings.causes import Cause
from govdesk.findings.reasons import key_of_finding
from govdesk.form.form import Address, Form
from govdesk.session.progress import OpenTask
from govdesk.session.steps import list_steps, step_of
from ui.editing.editor import Editor
from ui.helper.finding_card import FindingCard, describe_echo
from ui.widgets.basics import make_button, make_label

MARKS = {Severity.ERROR: "!", Severity.WARNING: "?", Severity.HINT: "i"}
_OWN_PLACE = re.compile("表[一二三四]|第[一二三四五六]部分|前言")     # the sentence says itself where it is
ECHO = 40                                    # characters of an echo in the row; unfolded it is there in full

__all__ = ["CauseRow", "MissingRow", "key_of_finding"]


class CauseRow(QWidget):
    """What is off, its echoes and source in a line, and on demand the whole card below it."""

    place_wanted = Signal(object, object)
    folded = Signal(str, bool)               # key, whether it is unfolded now
    answered = Signal(str)                   # key

    def __init__(self, editor: Editor, cause: Cause, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self.cause, self.key = editor, cause, key_of_finding(cause.lead)
        self.card: FindingCard | None = None
        now = editor.now
        self.may_be_explained = reasons.is_answerable(cause.lead)
        self.is_answered = reasons.is_answered(now.report, now.figures, cause.lead)
        row, sentences, self._acts = _frame(self)
        row.insertWidget(0, _mark("✓" if self.is_answered else MARKS[cause.severity]),
                         alignment=Qt.AlignmentFlag.AlignTop)
        sentences.addWidget(make_label(cause.lead.message, "quiet" if self.is_answered else "", wrap=True))
        for words in self._below():
            sentences.addWidget(make_label(words, "quiet", wrap=True))
        self._inside = QVBoxLayout()
        sentences.addLayout(self._inside)
        self._write_acts()

    def _below(self) -> list[str]:
        """What stands under the message: the reason that was given, or the source; and the echoes."""
        form, report, lead = self._editor.form, self._editor.now.report, self.cause.lead
        found = []
        if self.is_answered:
            kept = reasons.answer_to(report, self.key)
            assert kept is not None
            found.append(f"已说明：{kept.reason}")
        else:
            check = next(c for c in form.checks if c.id == lead.rule)
            part = "" if _OWN_PLACE.match(lead.message) else f"{_part(form, lead.places[0])} · "
            found.append(f"{part}依据：{check.source}")
        if self.cause.echoes:
            found.append(self._describe_echoes())
        return found

    def _describe_echoes(self) -> str:
        """What else one slip has caused: it goes with it."""
        echoes = self.cause.echoes
        if (same := describe_echo(echoes)):
            return same
        first = shorten_text((self.cause.witness or echoes[0]).message, ECHO)
        return f"同一处引起的还有 {len(echoes)} 处：{first}{' 等' if len(echoes) > 1 else ''}，改好一起消失"

    def _write_acts(self) -> None:
        lead = self.cause.lead
        go = make_button("去看 ›", lambda: self.place_wanted.emit(lead.places[0], lead), "link")
        go.setAccessibleName(f"去看：{lead.message}")
        words = "修改说明" if self.is_answered else "说明理由" if self.may_be_explained else "怎么改"
        self.toggle = make_button(f"▼ {words}", self._turn, "link")
        self.toggle.setAccessibleName(f"{words}：{lead.message}")
        self._acts.addWidget(self.toggle)
        self._acts.addWidget(go)

    def _turn(self) -> None:
        if self.card is None:
            self.unfold()
        else:
            self.fold()

    def unfold(self, *, focus: bool = True) -> None:
        """Formula, likely slips, echoes and reason, below the message."""
        if self.card is None:
            self.card = FindingCard(self._editor, self.cause, message=False)
            self.card.place_wanted.connect(self.place_wanted)
            self.card.answered.connect(lambda: self.answered.emit(self.key))
            self.card.light_wanted.connect(lambda cells: self.place_wanted.emit(cells[0], self.cause.lead))
            self._inside.addWidget(self.card)
            self.toggle.setText(self.toggle.text().replace("▼", "▲"))
            self.folded.emit(self.key, True)
        if focus and self.card.answer is not None and self.card.answer.line is not None:
            self.card.answer.line.setFocus()

    def fold(self) -> None:
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None
            self.toggle.setText(self.toggle.text().replace("▲", "▼"))
            self.folded.emit(self.key, False)


class MissingRow(QWidget):
    """Blanks of a table, a text or a fact of the cover that is not there."""

    place_wanted = Signal(object, object)

    def __init__(self, task: OpenTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row, sentences, acts = _frame(self)
        row.insertWidget(0, _mark("…"), alignment=Qt.AlignmentFlag.AlignTop)
        sentences.addWidget(make_label(task.words, wrap=True))
        sentences.addWidget(make_label(task.where, "quiet", wrap=True))
        go = make_button("去填 ›", lambda: self.place_wanted.emit(task.place, None), "link")
        go.setAccessibleName(f"去填：{task.words}")
        acts.addWidget(go)


def _frame(widget: QWidget) -> tuple[QHBoxLayout, QVBoxLayout, QHBoxLayout]:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 6, 0, 6)
    row.setSpacing(12)
    sentences = QVBoxLayout()
    sentences.setSpacing(2)
    row.addLayout(sentences, 1)
    acts = QHBoxLayout()
    acts.setSpacing(10)
    outer = QVBoxLayout()
    outer.addLayout(acts)
    outer.addStretch(1)
    row.addLayout(outer)
    return row, sentences, acts


def _mark(mark: str) -> QLabel:
    made = make_label(mark)
    made.setFixedSize(20, 20)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setProperty("role", {"!": "mark-error", "?": "mark-warning", "✓": "agreed"}.get(mark, "mark-hint"))
    return made


def _part(form: Form, place: Address | str) -> str:
    """The step in which a place is, as the rail names it."""
    return next(step.name for step in list_steps(form) if step.id == step_of(form, place))
