"""A reason for a warning or a hint: in one's own words, or last year's or a usual one, chosen from below the field. One
that says nothing (“真实无误”) needs a second choice, what it rests on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govdesk.base.numerals import shorten_text
from govdesk.checks import Finding
from govdesk.findings import reasons
from ui.editing.editor import Editor
from ui.editing.pending_reasons import ACT
from ui.helper.reason_edit import ReasonEdit
from ui.widgets.basics import clear_layout, make_button, make_label
from ui.widgets.linked_label import make_linked_label


class ReasonField(QWidget):
    """Shows the reason that stands, or asks for one. An answer is an edit like any other, so it can be undone; what is
    written and not recorded waits in the editor (`ui.editing.pending_reasons`)."""

    answered = Signal()

    def __init__(self, editor: Editor, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._finding = editor, finding
        self._key = reasons.key_of_finding(finding)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.line: ReasonEdit | None = None
        now = editor.now
        if reasons.is_answered(now.report, now.figures, finding) and self._key not in editor.unrecorded:
            self._show_answer()
        else:
            self.ask()

    def _kept(self) -> str:
        kept = reasons.answer_to(self._editor.now.report, self._key)
        return kept.reason if kept else ""

    def _show_answer(self) -> None:
        self._column.addWidget(make_label(f"✓ 已说明：{self._kept()}", "agreed", wrap=True))
        row = QHBoxLayout()
        row.addWidget(make_button("修改", self._ask_again, "link"))
        row.addWidget(make_button("撤回说明", lambda: self.give(""), "link"))
        row.addStretch(1)
        self._column.addLayout(row)

    def _ask_again(self) -> None:
        clear_layout(self._column)
        self.ask()
        assert self.line is not None
        self.line.setFocus()

    def ask(self) -> None:
        """The field to write in, with the reasons to choose from below it: field and button are in sight at once."""
        report, finding = self._editor.now.report, self._finding
        kept = reasons.answer_to(report, self._key)
        if kept and not reasons.awaits_ground(kept) and not reasons.is_answered(report, self._editor.now.figures,
                                                                                finding):
            self._column.addWidget(make_label("数字或文字有改动，原来的理由请再确认：", "quiet", wrap=True))
        self.line = ReasonEdit(self._editor.unrecorded.get(self._key, self._kept()))
        self.line.setPlaceholderText("写明理由，或从下面选一条")
        self.line.textChanged.connect(self._remember)
        self.line.taken.connect(self.take)
        self._fault = make_label("", "off", wrap=True)
        self._fault.hide()
        self._column.addWidget(self.line)
        self._column.addWidget(self._fault)
        self.grounds, self._ground_rows = _rows(self._column)    # right below the field: the next Tab is there
        row = QHBoxLayout()
        row.addWidget(make_button("记下理由", self.take))
        row.addStretch(1)
        self._column.addLayout(row)
        self._reasons, reason_rows = _rows(self._column)
        last = reasons.last_reason(report, finding)
        for reason in reasons.offer_reasons(self._editor.form, report, finding):
            words = f"上年的理由：{reason}" if reason == last else reason
            reason_rows.addWidget(make_linked_label([(f"＋ {words}", partial(self.choose, reason))]))
        self._say(reasons.find_reason_fault(self.line.text()))
        if not self._fault.text() and self.line.text() and reasons.is_bare(self._editor.form, self.line.text()):
            self._ask_ground()

    def _ask_ground(self) -> None:
        """What a reason that says nothing rests on: a click or Enter takes both. The cursor stays, to go on writing."""
        assert self.line is not None
        form, reason = self._editor.form, self.line.text().strip()
        assert form.bare_reason is not None
        self._say(form.bare_reason.ask.format(reason=shorten_text(reason, 20)))
        before: QWidget = self.line
        for ground in reasons.list_grounds(form, self._editor.now.report, self._finding):
            link = make_linked_label([(f"＋ {ground}", partial(self._rest_on, ground))])
            link.setAccessibleName(f"{ground}，作为“{shorten_text(reason, 20)}”的凭据")
            self._ground_rows.addWidget(link)
            QWidget.setTabOrder(before, link)
            before = link
        self.grounds.show()
        self._reasons.hide()

    def _rest_on(self, ground: str) -> None:
        assert self.line is not None
        self.line.setText(reasons.join_ground(self.line.text(), ground))
        self.take()

    def _say(self, wrong: str) -> None:
        """What is wrong with the reason as it stands; “” takes it away, and the question with it."""
        self._fault.setText(wrong)
        self._fault.setVisible(bool(wrong))
        clear_layout(self._ground_rows)
        self.grounds.hide()
        self._reasons.show()

    def _remember(self) -> None:
        """What stands in the field and is no recorded reason."""
        assert self.line is not None
        typed = self.line.text().strip()
        self._editor.note_reason(self._key, typed if typed != self._kept() else "")
        if not self.grounds.isHidden() and not reasons.is_bare(self._editor.form, typed):
            self._say("")

    def choose(self, reason: str) -> None:
        """Put a reason into the field, to be changed or taken with Enter."""
        assert self.line is not None
        self.line.setText(reason)
        self.line.setFocus()

    def take(self) -> None:
        """Record what stands in the field."""
        assert self.line is not None
        reason = self.line.text().strip()
        wrong = reasons.find_reason_fault(reason) if reason else "请先写明理由，或选一条。"
        self._say(wrong)
        if wrong:
            return
        if reasons.is_bare(self._editor.form, reason):
            self._ask_ground()
        else:
            self.give(reason)

    def give(self, reason: str) -> None:
        now = self._editor.now
        self._editor.note_reason(self._key, "")
        entry = reasons.entry_for_reason(now.report, now.figures, self._finding, reason)
        self._editor.do(self._editor.session.edit(ACT if reason else "撤回说明", [entry]))
        self.answered.emit()


def _rows(column: QVBoxLayout) -> tuple[QWidget, QVBoxLayout]:
    """Make room for sentences to choose from, shown or hidden together."""
    made = QWidget()
    rows = QVBoxLayout(made)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(column.spacing())
    column.addWidget(made)
    return made, rows
