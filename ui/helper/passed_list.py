"""Shows what was checked and is right, rule by rule under the parts of the report."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QGridLayout, QWidget

from govdesk.checks import Finding, State
from govdesk.session.session import Snapshot
from govdesk.session.steps import list_steps, step_of
from ui.widgets.basics import SignLabel, make_label


class PassedList(QWidget):
    """A line for each rule of a part: what it demands, and at how many places it holds."""

    def __init__(self, now: Snapshot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QGridLayout(self)
        self._lines.setContentsMargins(0, 4, 0, 0)
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(3)
        self._lines.setColumnStretch(1, 1)
        by_step: dict[str, Counter[str]] = {}
        for finding in now.findings:
            if finding.state is State.PASSED:
                by_step.setdefault(_step_of(now, finding), Counter())[finding.rule] += 1
        titles = {check.id: check.title for check in now.form.checks}
        for step in list_steps(now.form):
            if counts := by_step.get(step.id):
                self._write_part(step.name, {titles[rule]: number for rule, number in counts.items()})

    def _write_part(self, name: str, counts: dict[str, int]) -> None:
        row = self._lines.rowCount()
        self._lines.addWidget(make_label(f"{name}　{sum(counts.values())} 处"), row, 0, 1, 3)
        self._lines.setRowMinimumHeight(row, 26)
        for title, number in counts.items():
            row += 1
            self._lines.addWidget(SignLabel("✓", "agreed"), row, 0)
            self._lines.addWidget(make_label(title, "quiet", wrap=True), row, 1)
            self._lines.addWidget(make_label(f"{number} 处", "quiet"), row, 2)


def _step_of(now: Snapshot, finding: Finding) -> str:
    return step_of(now.form, finding.places[0]) if finding.places else ""
