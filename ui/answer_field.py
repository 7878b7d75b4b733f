"""A reason for a warning or a hint: in one's own words, or last year's or a usual one, chosen from below the field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govdesk import answers
from govdesk.checks import Finding
from ui.bridge import Editor
from ui.links import linked
from ui.reason_edit import ReasonEdit
from ui.unrecorded import ACT
from ui.widgets import button, clear, label


class AnswerField(QWidget):
    """Shows the reason that stands, or asks for one. An answer is an edit like any other, so it can be undone; what is
    written and not recorded waits in the editor (`ui.unrecorded`)."""

    answered = Signal()

    def __init__(self, editor: Editor, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._finding = editor, finding
        self._key = answers.key_of(finding)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.line: ReasonEdit | None = None
        now = editor.now
        if answers.is_answered(now.report, now.figures, finding) and self._key not in editor.unrecorded:
            self._show_answer()
        else:
            self.ask()

    def _kept(self) -> str:
        kept = answers.answer_to(self._editor.now.report, self._key)
        return kept.reason if kept else ""

    def _show_answer(self) -> None:
        self._column.addWidget(label(f"✓ 已说明：{self._kept()}", "agreed", wrap=True))
        row = QHBoxLayout()
        row.addWidget(button("修改", self._ask_again, "link"))
        row.addWidget(button("撤回说明", lambda: self.give(""), "link"))
        row.addStretch(1)
        self._column.addLayout(row)

    def _ask_again(self) -> None:
        clear(self._column)
        self.ask()
        assert self.line is not None
        self.line.setFocus()

    def ask(self) -> None:
        """The field to write in, with the reasons to choose from below it: field and button are in sight at once."""
        report, finding = self._editor.now.report, self._finding
        if self._kept() and not answers.is_answered(report, self._editor.now.figures, finding):
            self._column.addWidget(label("数字或文字有改动，原来的理由请再确认：", "quiet", wrap=True))
        self.line = ReasonEdit(self._editor.unrecorded.get(self._key, self._kept()))
        self.line.setPlaceholderText("写明理由，或从下面选一条")
        self.line.textChanged.connect(self._remember)
        self.line.taken.connect(self.take)
        self._fault = label("", "off", wrap=True)
        self._fault.hide()
        self._column.addWidget(self.line)
        self._column.addWidget(self._fault)
        row = QHBoxLayout()
        row.addWidget(button("记下理由", self.take))
        row.addStretch(1)
        self._column.addLayout(row)
        last = answers.last_reason(report, finding)
        for reason in answers.offered(self._editor.form, report, finding):
            words = f"上年的理由：{reason}" if reason == last else reason
            self._column.addWidget(linked([(f"＋ {words}", lambda r=reason: self.choose(r))]))

    def _remember(self) -> None:
        """What stands in the field and is no recorded reason."""
        assert self.line is not None
        typed = self.line.text().strip()
        if typed and typed != self._kept():
            self._editor.unrecorded[self._key] = typed
        else:
            self._editor.unrecorded.pop(self._key, None)

    def choose(self, reason: str) -> None:
        """Put a reason into the field, to be changed or taken with Enter."""
        assert self.line is not None
        self.line.setText(reason)
        self.line.setFocus()

    def take(self) -> None:
        """Record what stands in the field."""
        assert self.line is not None
        reason = self.line.text().strip()
        wrong = answers.fault(reason) if reason else "请先写明理由，或选一条。"
        self._fault.setText(wrong)
        self._fault.setVisible(bool(wrong))
        if not wrong:
            self.give(reason)

    def give(self, reason: str) -> None:
        now = self._editor.now
        self._editor.unrecorded.pop(self._key, None)
        entry = answers.wanted(now.report, now.figures, self._finding, reason)
        self._editor.do(self._editor.session.edit(ACT if reason else "撤回说明", [entry]))
        self.answered.emit()
