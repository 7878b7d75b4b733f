"""One cause, shown: its formula with both values, the likely slips, its echoes folded, and its reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govdesk.base.numerals import format_value
from govdesk.checks import Finding, Severity, Side
from govdesk.findings import reasons
from govdesk.findings.causes import Cause
from govdesk.form.form import Address
from ui.editing.editor import Editor
from ui.findings.reason_field import ReasonField
from ui.widgets.basics import make_button, make_label
from ui.widgets.linked_label import LabelPiece, make_linked_label

PATIENCE = 150                               # ms after which slips are guessed: never while a clerk types


class FindingCard(QWidget):
    """For the helper (with its message) and for the review (without: it stands in the row above)."""

    place_wanted = Signal(object, object)    # Address or text id; the Finding
    light_wanted = Signal(object)            # addresses to mark
    answered = Signal()

    def __init__(self, editor: Editor, cause: Cause, *, message: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self.cause = editor, cause
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.answer: ReasonField | None = None
        now = editor.now
        settled = reasons.is_answered(now.report, now.figures, cause.lead)
        if message:
            role = "quiet" if settled else "" if cause.severity is Severity.HINT else "off"
            self._column.addWidget(make_label(cause.lead.message, role, wrap=True))
        if not settled:
            self._write_formula(cause.lead)
            self._write_witness()
        self._write_answer()                 # above the slips: in sight without scrolling
        if not settled:
            self._write_body(buttons=message)

    def _write_body(self, *, buttons: bool) -> None:
        self._slips = QVBoxLayout()
        self._slips.setSpacing(2)
        self._column.addLayout(self._slips)
        self._write_echoes()
        if buttons:
            self._write_buttons()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.guess)
        self._timer.start(PATIENCE)

    # -- the formula

    def _write_formula(self, finding: Finding) -> None:
        if len(finding.sides) != 2:
            return
        left, right = finding.sides
        if finding.sign == "≈":
            sides = f"{left.words} {format_value(left.value)}　{right.words} {format_value(right.value)}"
            self._column.addWidget(make_label(sides))
            return
        sign = "≠" if finding.sign == "＝" else f"不{finding.sign}"
        self._column.addWidget(make_linked_label([*self._sum(left, finding), f"\n{sign} ", *self._sum(right, finding)]))
        if "相差" not in finding.message and left.value is not None and right.value is not None:
            self._column.addWidget(make_label(f"相差 {format_value(abs(left.value - right.value))}", "quiet"))

    def _sum(self, side: Side, finding: Finding) -> list[LabelPiece]:
        """“一 15 ＋ 二 7 ＝ 22”, each cell a link."""
        pieces: list[LabelPiece] = [f"{words} {format_value(figure)}" for words, figure in side.given]
        for cell in side.operands:
            words = f"{self._name(cell)} {format_value(self._editor.now.figures[cell])}"
            pieces.append((words, partial(self.place_wanted.emit, cell, finding)))
        joined: list[LabelPiece] = []
        for piece in pieces:
            joined += [" ＋ ", piece] if joined else [piece]
        return [*joined, f" ＝ {format_value(side.value)}"] if len(pieces) > 1 else joined

    def _name(self, cell: Address) -> str:
        grid = self._editor.form.grids[cell.grid]
        row, column = grid.rows[cell.row], grid.columns[cell.column]
        return row.mark or (row.name if column.is_total else column.name)

    def _write_witness(self) -> None:
        """What another paper says, before anything is guessed."""
        found = self.cause.witness
        if found is not None:
            self._column.addWidget(make_linked_label([(found.message,
                                                       lambda: self.place_wanted.emit(found.places[0], found))]))

    # -- the slips

    def guess(self) -> None:
        """The likely slips, and what to do; a click leads to the cell, nothing is changed."""
        from govdesk import suggestions
        from govdesk.formfile import help_reader

        if self._slips.count():
            return
        now = self._editor.now
        found = suggestions.find_likely(now, self.cause.findings)
        if found:
            self._slips.addWidget(make_label("可能的原因", "off"))
        for guess in found:
            words = suggestions.describe_guess(now.form, now.report, guess)
            self._slips.addWidget(make_linked_label(["· ", (words, partial(self._lead_to, guess.cell))]))
        advice = help_reader.load_help(now.form.id).checks.get(self.cause.lead.rule)
        if advice:
            self._slips.addWidget(make_label(f"怎么改：{advice.cure}", "quiet", wrap=True))

    def _lead_to(self, cell: Address) -> None:
        self.place_wanted.emit(cell, self.cause.lead)

    # -- echoes, cells, answer

    def _write_echoes(self) -> None:
        echoes = self.cause.echoes
        if not echoes:
            return
        self.fold = make_button(f"▶ 同因 {len(echoes)} 处", self.unfold, "link")
        self.fold.setAccessibleName(f"同因 {len(echoes)} 处，展开")
        self._column.addWidget(self.fold)
        self.echoes = QWidget()
        inner = QVBoxLayout(self.echoes)
        inner.setContentsMargins(10, 0, 0, 0)
        inner.setSpacing(4)
        for echo in echoes:
            inner.addWidget(make_linked_label([(echo.message, partial(self.place_wanted.emit, echo.places[0], echo))]))
        self.echoes.hide()
        self._column.addWidget(self.echoes)

    def unfold(self) -> None:
        """Show the echoes, or fold them again."""
        shown = self.echoes.isHidden()
        self.echoes.setVisible(shown)
        count = len(self.cause.echoes)
        self.fold.setText(f"{'▼' if shown else '▶'} 同因 {count} 处")
        self.fold.setAccessibleName(f"同因 {count} 处，{'收起' if shown else '展开'}")

    def _write_buttons(self) -> None:
        """To the text where one is concerned: that is what is mended; and to the cells."""
        lead = self.cause.lead
        cells = [p for p in lead.places if isinstance(p, Address)]
        text = next((p for p in lead.places if p in self._editor.form.texts), None)
        row = QHBoxLayout()
        if text is not None:
            row.addWidget(make_button("去看这段文字", lambda: self.place_wanted.emit(text, lead)))
        if cells:
            row.addWidget(make_button("去看这几格", lambda: self.light_wanted.emit(cells)))
        row.addStretch(1)
        self._column.addLayout(row)

    def _write_answer(self) -> None:
        if reasons.is_answerable(self.cause.lead):
            self.answer = ReasonField(self._editor, self.cause.lead)
            self.answer.answered.connect(self.answered)
            self._column.addWidget(self.answer)
