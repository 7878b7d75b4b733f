"""Shows the sums of the cross-check, a line a column: its sign, its name, and both sides right-aligned."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from govdesk.base.numerals import format_value
from govdesk.checks import Finding, State, select_balance_findings
from govdesk.session.session import Snapshot
from ui.widgets.basics import SignLabel, make_label

SIGNS = {State.PASSED: ("✓", "＝", "相符", "agreed"), State.FAILED: ("!", "≠", "对不上", "off"),
         State.PENDING: ("…", "", "待填", "quiet")}


class BalanceSums(QWidget):
    """What the check row under the table says, for all columns at a glance."""

    def __init__(self, now: Snapshot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QGridLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(6)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(1, 1)
        for finding in select_balance_findings(now.form, now.findings):
            self._write(now, finding)

    def _write(self, now: Snapshot, finding: Finding) -> None:
        row = self._lines.rowCount()
        if finding.state is State.UNCHECKED:
            self._lines.addWidget(SignLabel("!", "off"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(make_label(finding.message, "off", wrap=True), row, 1, 1, 4)
            return
        name = now.form.grids[finding.sides[0].operands[0].grid].columns[finding.line].name
        mark, sign, word, role = SIGNS[finding.state]
        left, right = (format_value(side.value) for side in finding.sides)
        self._lines.addWidget(SignLabel(mark, role), row, 0)
        said = make_label(name)
        self._lines.addWidget(said, row, 1)
        if finding.state is State.PENDING:
            said.setAccessibleName(f"{name}，{word}")
            self._lines.addWidget(make_label(word, "quiet"), row, 2, 1, 3, Qt.AlignmentFlag.AlignRight)
            return
        said.setAccessibleName(f"{name}，一＋二为 {left}，三（七）＋四为 {right}，{word}")
        ink = "" if finding.state is State.PASSED else "off"
        for column, words in ((2, left), (3, sign), (4, right)):
            self._lines.addWidget(make_label(words, ink), row, column, Qt.AlignmentFlag.AlignRight)
