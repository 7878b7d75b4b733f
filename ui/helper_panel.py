"""The helper: speaks only of where the cursor is. What the cell is, what it is the sum of, what is off about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from govdesk import evidence
from govdesk.causes import Cause, concerning
from govdesk.form import Address, Grid
from govdesk.numerals import show
from govdesk.report import Layer
from govdesk.totals import addends
from ui.bridge import Editor
from ui.evidence_bar import evidence_lines
from ui.finding_card import FindingCard
from ui.widgets import button, card, clear, hair_line, label

WIDTH = 286


class HelperPanel(QScrollArea):
    """A card on the right of the page."""

    place_wanted = Signal(object)            # Address or text id
    light_wanted = Signal(object)            # addresses to mark
    evidence_wanted = Signal()               # where the current figure comes from is to be written down

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._place: Address | str | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        frame, self._column = card(spacing=8)
        self.setWidget(frame)
        self._said: tuple[object, ...] = ()      # what the words that stand there were made of
        editor.changed.connect(lambda *_: self._write_anew())

    def speak_of(self, place: Address | str | None) -> None:
        """Show what there is to say about a cell, a text, or (None) nothing."""
        self._place = place
        self._write_anew()

    def _write_anew(self) -> None:
        """Unless the words would be the same: after most edits they are."""
        said = self._made_of(self._place)
        if said != self._said:
            self._said = said
            self._write()

    def _made_of(self, place: Address | str | None) -> tuple[object, ...]:
        now = self._editor.now
        concerned = self._concerned(place)
        cells = [a for cause in concerned for side in cause.lead.sides for a in side.operands]
        answers = now.report.entries(Layer.ANSWERS) if concerned else None
        if not isinstance(place, Address):
            return place, concerned, answers, [show(now.figures[a]) for a in cells]
        cells += [place, *addends(self._editor.form.grids[place.grid], place)]
        return (place, concerned, answers, [show(now.figures[a]) for a in cells], show(now.report.previous(place)),
                evidence.lines(now.report, place))

    def _concerned(self, place: Address | str | None) -> tuple[Cause, ...]:
        return concerning(self._editor.form, self._editor.now.causes, place)

    def _write(self) -> None:
        clear(self._column)
        if isinstance(self._place, Address):
            self._write_cell(self._place)
        elif self._place in self._editor.form.texts:
            self._write_text(str(self._place))
        else:
            self._column.addWidget(label("点一格，这里会说明它是什么、怎么算、有没有对不上。", "quiet", wrap=True))
        self._column.addStretch(1)

    def _write_cell(self, address: Address) -> None:
        form = self._editor.form
        grid = form.grids[address.grid]
        row, column = grid.rows[address.row], grid.columns[address.column]
        block = grid.block_of(address.row)
        above = [block.row_groups[g].label for g in _ancestors(row.group)]
        if above:
            self._column.addWidget(label(" › ".join(above), "quiet", wrap=True))
        self._column.addWidget(label(row.label, "heading", wrap=True))
        unit = "" if grid.is_amount(address) else f"　单位：{grid.unit}"
        self._column.addWidget(label(f"{column.name}{unit}", "quiet", wrap=True))
        if grid.is_total(address):
            self._write_addends(grid, address)
        self._write_findings(address)
        last = self._editor.now.report.previous(address)
        if last is not None:
            self._column.addWidget(hair_line())
            self._column.addWidget(label(f"上年同格：{show(last)}"))
        self._column.addWidget(evidence_lines(self._editor.now.report, address, self.evidence_wanted.emit))

    def _write_addends(self, grid: Grid, address: Address) -> None:
        """A total explained: the cells it adds up, zeros in one line, each a way to the cell."""
        figures = self._editor.now.figures
        self._column.addWidget(hair_line())
        self._column.addWidget(label(f"由程序计算：{show(figures[address]) or '还有空白，填完后得出'}"))
        cells = addends(grid, address)
        by_row = grid.columns[address.column].is_total
        nothing = 0
        for cell in cells:
            value = figures[cell]
            if value is not None and not isinstance(value, str) and show(value) == "0":
                nothing += 1
                continue
            name = grid.columns[cell.column].name if by_row else grid.rows[cell.row].name
            words = f"{name}　{show(value) or '空白'}"
            self._column.addWidget(button(words, lambda cell=cell: self.place_wanted.emit(cell), "link"))
        if nothing:
            self._column.addWidget(label(f"其余 {nothing} 格为 0", "quiet"))

    def _write_text(self, text_id: str) -> None:
        text = self._editor.form.texts[text_id]
        self._column.addWidget(label(text.heading or text.name, "heading", wrap=True))
        if text.hint:
            self._column.addWidget(label(text.hint, "quiet", wrap=True))
        self._write_findings(text_id)

    def _write_findings(self, place: Address | str) -> None:
        for cause in self._concerned(place):
            self._column.addWidget(hair_line())
            found = FindingCard(self._editor, cause)
            found.place_wanted.connect(lambda at, _: self.place_wanted.emit(at))
            found.light_wanted.connect(self.light_wanted)
            found.answered.connect(lambda: self.place_wanted.emit(self._place))
            self._column.addWidget(found)


def _ancestors(group: str) -> list[str]:
    """“results.refused” → [“results”, “results.refused”]."""
    parts = group.split(".") if group else []
    return [".".join(parts[:i + 1]) for i in range(len(parts))]


class HelperStrip(QWidget):
    """What the helper folds into where there is little room: a button that brings it out and back."""

    def __init__(self, panel: HelperPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._button = button("提\n示", self.toggle)
        self._button.setFixedWidth(32)
        self._button.setStyleSheet("padding: 10px 4px;")
        self._button.setToolTip("显示或收起填报提示")
        column.addWidget(self._button)
        column.addStretch(1)
        self.setFixedWidth(36)

    def toggle(self) -> None:
        self._panel.setVisible(not self._panel.isVisible())
