"""One cause, shown: its formula with both values, the likely slips, its echoes folded, and its reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from govdesk.base.numerals import format_value
from govdesk.checks import Finding, Severity, Side
from govdesk.findings import reasons
from govdesk.findings.causes import Cause
from govdesk.form.form import Address
from ui.editing.doubts import describe_way, edit_for_reading, find_doubt, list_readings
from ui.editing.editor import Editor
from ui.helper.reason_field import ReasonField
from ui.widgets.basics import make_button, make_label, wrap_for_button
from ui.widgets.linked_label import LabelPiece, make_linked_label

if TYPE_CHECKING:
    from govdesk.checks.readings import Doubt, Reading
    from govdesk.suggestions import CellSet, Guess

ARROW = 18                                   # pixels of the arrow at its end
SLIP_ROOM = 222                              # pixels of the words of a likely slip in the helper
REVIEW_ROOM = 420                            # and at most in the review, where a card is as wide as it can be
EDGES = 40                                   # pixels of a button's edges beside its words
# The sign over a finding, the words where the gap does not say it, and the role.
HEADS = {Severity.ERROR: ("!", "对不上", "head-off"), Severity.WARNING: ("?", "请说明", "head-asked"),
         Severity.HINT: ("?", "请看一下", "head-hint")}
MOST_SETS = 2                                # sets of cells that one card offers
PATIENCE = 150                               # ms after which slips are guessed: never while a clerk types


class FindingCard(QWidget):
    """For the helper (with its message) and for the review (without: it stands in the row above)."""

    place_wanted = Signal(object, object)    # Address or text id; the Finding
    light_wanted = Signal(object)            # addresses to mark
    answered = Signal()

    def __init__(self, editor: Editor, cause: Cause, *, message: bool = True, at: Address | str | None = None,
                 parent: QWidget | None = None) -> None:
        """`at`: where the clerk is already; no button leads there."""
        super().__init__(parent)
        self._editor, self.cause, self._at = editor, cause, at
        self._most_room = SLIP_ROOM if message else REVIEW_ROOM
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.answer: ReasonField | None = None
        now = editor.now
        settled = reasons.is_answered(now.report, now.figures, cause.lead)
        if message:
            self._write_head(settled=settled)
        if not settled:
            self._write_formula(cause.lead)
            self._write_witness()
            if message:
                self._write_ways()
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

    # -- what it is

    def _write_head(self, *, settled: bool) -> None:
        """What is off, taken in at a glance; the whole sentence where it says more than the formula below."""
        lead = self.cause.lead
        if settled:
            self._column.addWidget(make_label(lead.message, "quiet", wrap=True))
            return
        sign, words, role = HEADS[self.cause.severity]
        gap = describe_gap(lead)
        head = make_button(f"{sign} {gap or words}", self._go_there, role)
        head.setAccessibleName(lead.message)
        self._column.addWidget(head)
        if not gap or self.cause.severity is not Severity.ERROR:
            self._column.addWidget(make_label(lead.message, wrap=True))

    def _go_there(self) -> None:
        self.place_wanted.emit(self.cause.lead.places[0], self.cause.lead)

    def _write_ways(self) -> None:
        """Of a doubtful number what would mend it, as the first thing to press."""
        doubt = find_doubt(self._editor.now, self.cause.lead)
        readings = list_readings(self._editor.now, doubt) if doubt else ()
        for reading in readings:
            assert doubt is not None
            words = wrap_for_button(describe_way(reading, alone=len(readings) == 1), self.fontMetrics(), SLIP_ROOM)
            way = make_button(words, partial(self._take, doubt, reading), "answer")
            way.setAccessibleName(describe_way(reading))
            self._column.addWidget(way)

    def _take(self, doubt: Doubt, reading: Reading) -> None:
        self._editor.do(edit_for_reading(self._editor, doubt, reading))
        self.answered.emit()

    # -- the formula

    def _write_formula(self, finding: Finding) -> None:
        if len(finding.sides) != 2:
            return
        if describe_gap(finding):
            self._column.addLayout(self._make_sums(finding))
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

    def _make_sums(self, finding: Finding) -> QGridLayout:
        """Both sides, one below the other, what each comes to at the right edge."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, side in enumerate(finding.sides):
            pieces = self._addends(side, finding)
            grid.addWidget(make_linked_label(pieces), row, 0)
            grid.addWidget(make_label("＝", "quiet"), row, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(make_label(format_value(side.value), "figure"), row, 2,
                           Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return grid

    def _sum(self, side: Side, finding: Finding) -> list[LabelPiece]:
        """“一 15 ＋ 二 7 ＝ 22”, each cell a link."""
        joined = self._addends(side, finding)
        return [*joined, f" ＝ {format_value(side.value)}"] if len(joined) > 1 else joined

    def _addends(self, side: Side, finding: Finding) -> list[LabelPiece]:
        """“一 15 ＋ 二 7”, each cell a link."""
        pieces: list[LabelPiece] = [f"{words} {format_value(figure)}" for words, figure in side.given]
        for cell in side.operands:
            words = f"{self._name(cell)} {format_value(self._editor.now.figures[cell])}"
            pieces.append((words, partial(self.place_wanted.emit, cell, finding)))
        joined: list[LabelPiece] = []
        for piece in pieces:
            joined += [" ＋ ", piece] if joined else [piece]
        return joined

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
        sets = suggestions.find_fewest_cells(now, self.cause.findings, MOST_SETS)
        for i, cells in enumerate(sets):
            self._write_slips(cells.slips, describe_set(cells, first=i == 0))
        if not sets:
            found = suggestions.find_likely(now, self.cause.findings)
            alike = self._describe_alike(found)
            self._write_slips(found, alike or "可能的原因", rows_only=bool(alike))
        advice = help_reader.load_help(now.form.id).checks.get(self.cause.lead.rule)
        if advice:
            self._slips.addWidget(make_label(f"怎么改：{advice.cure}", "quiet", wrap=True))

    def _write_slips(self, found: Sequence[Guess], head: str, *, rows_only: bool = False) -> None:
        """A button for each slip, with its cell; `rows_only`: the head says all but its row."""
        from govdesk.suggestions import describe_guess

        room = max(SLIP_ROOM, min(self._most_room, self.width() - EDGES)) - ARROW
        if found:
            self._slips.addWidget(make_label(head, "quiet", wrap=True))
        for guess in found:
            words = describe_guess(self._editor.form, self._editor.now.report, guess)
            shown = self._place_of(guess) if rows_only else words
            shown = wrap_for_button(shown, self.fontMetrics(), room)
            row = make_button(f"{shown} ›", partial(self._lead_to, guess.cell), "answer")
            row.setAccessibleName(words)
            self._slips.addWidget(row)

    def _describe_alike(self, found: Sequence[Guess]) -> str:
        """“可能漏填 1 件的格” over cells of one column in which the same slip may be; “” where they differ."""
        if not found or any((g.kind, g.right, g.cell.column) != (found[0].kind, found[0].right, found[0].cell.column)
                            or g.kind != "left_out" or g.other for g in found):
            return ""
        return f"可能漏填 {format_value(found[0].right)} {self._editor.form.grids[found[0].cell.grid].unit}的格"

    def _place_of(self, guess: Guess) -> str:
        """The row of a cell, with last year's figure where there is one."""
        now = self._editor.now
        last = now.report.previous(guess.cell)
        name = now.form.grids[guess.cell.grid].rows[guess.cell.row].name
        return name if last is None else f"{name}（上年 {format_value(last)}）"

    def _lead_to(self, cell: Address) -> None:
        self.place_wanted.emit(cell, self.cause.lead)

    # -- echoes, cells, answer

    def _write_echoes(self) -> None:
        echoes = self.cause.echoes
        if words := describe_echo(echoes):
            act = partial(self.place_wanted.emit, echoes[0].places[0], echoes[0])
            self._column.addWidget(make_linked_label([(words, act)], "quiet"))
        elif echoes:
            self._write_fold(echoes)

    def _write_fold(self, echoes: Sequence[Finding]) -> None:
        self.fold = make_button("", self.unfold, "link")
        self._column.addWidget(self.fold)
        self.echoes = QWidget()
        inner = QVBoxLayout(self.echoes)
        inner.setContentsMargins(10, 0, 0, 0)
        inner.setSpacing(4)
        for echo in echoes:
            inner.addWidget(make_linked_label([(echo.message, partial(self.place_wanted.emit, echo.places[0], echo))]))
        self.echoes.hide()
        self._name_fold()
        self._column.addWidget(self.echoes)

    def unfold(self) -> None:
        """Show the echoes, or fold them again."""
        self.echoes.setVisible(self.echoes.isHidden())
        self._name_fold()

    def _name_fold(self) -> None:
        words, shown = f"同一处引起的还有 {len(self.cause.echoes)} 处", not self.echoes.isHidden()
        self.fold.setText(f"{'▼' if shown else '▶'} {words}")
        self.fold.setAccessibleName(f"{words}，{'收起' if shown else '展开'}")

    def _write_buttons(self) -> None:
        """To the text where one is concerned: that is what is mended; and to the cells."""
        lead = self.cause.lead
        linked = bool(lead.sides)            # the formula's own cells are links
        cells = [] if linked else [p for p in lead.places if isinstance(p, Address)]
        text = next((p for p in lead.places if p in self._editor.form.texts), None)
        row = QHBoxLayout()
        if text is not None and text != self._at:
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


def describe_set(cells: CellSet, *, first: bool) -> str:
    """What stands over the cells of a set that must change together."""
    count = len(cells.rights())
    return f"改一格对不上，要同时改这 {count} 格" if first else f"也可能是这 {count} 格"


def describe_echo(echoes: Sequence[Finding]) -> str:
    """“总计列也差 1，同一原因，改好一起消失” of a single echo with a gap; “” of anything else."""
    gap = describe_gap(echoes[0]) if len(echoes) == 1 else ""
    return f"{gap.replace('相差', '也差')}，同一原因，改好一起消失" if gap else ""


def describe_gap(finding: Finding) -> str:
    """“自然人列相差 1” of an equation whose sides are known; “” of anything else."""
    if len(finding.sides) != 2 or finding.sign != "＝" or "相差" not in finding.message:
        return ""
    left, right = (side.value for side in finding.sides)
    where = finding.message.partition("：")[0].rpartition(" · ")[2]
    return "" if left is None or right is None else f"{where}相差 {format_value(abs(left - right))}"
