"""What differs between two reports, a row an entry, with a box to choose it; texts sentence by sentence."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from govdesk.form.form import Form
from govdesk.report.compare import Difference, compare_sentences, find_differences, sort_by_form
from govdesk.report.report import NUMBER_LAYERS, Layer, Report
from ui.common.labels import LAYER_NAMES, describe_entry, describe_entry_place
from ui.common.theme import current_colours
from ui.widgets.basics import clear_layout, make_bare_rows, make_hair_line, make_label
from ui.widgets.tick_box import TickBox

SHORT = 12                                   # characters of a text that stand beside its name
GAP = 6 * "&nbsp;"                          # some 24 pixels
MOST = 300                                   # rows; more are counted in one line


class DifferenceList(QScrollArea):
    """`turned`: the later report stands on the left. What is chosen is always told from then to now."""

    choice_changed = Signal(int)

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form, self.turned = form, False
        self._found: list[Difference] = []
        self._boxes: list[TickBox] = []
        self._rows = make_bare_rows(self, "不同之处")

    def show_between(self, then: Report | None, now: Report | None) -> int:
        """Write what differs; how much."""
        clear_layout(self._rows)
        self._boxes = []
        self._found = sort_by_form(self._form, find_differences(then, now)) if then and now else []
        layer: Layer | None = None
        for found in self._found[:MOST]:
            if found.layer is not layer:
                layer = found.layer
                self._rows.addWidget(make_label(LAYER_NAMES[layer], "quiet"))
            self._rows.addWidget(self._row(found))
            self._rows.addWidget(make_hair_line())
        if len(self._found) > MOST:
            self._rows.addWidget(make_label(f"还有 {len(self._found) - MOST} 处没有列出", "quiet"))
        self._rows.addStretch(1)
        self.choice_changed.emit(0)
        return len(self._found)

    def all(self) -> list[Difference]:
        return list(self._found)

    def chosen(self) -> list[Difference]:
        return [found for found, box in zip(self._found, self._boxes, strict=False) if box.isChecked()]

    def _row(self, found: Difference) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        name = describe_entry_place(self._form, found.layer, found.key)
        box = TickBox(name)
        box.toggled.connect(lambda _: self.choice_changed.emit(len(self.chosen())))
        self._boxes.append(box)
        row.addWidget(box, alignment=Qt.AlignmentFlag.AlignTop)
        before, after = (found.after, found.before) if self.turned else (found.before, found.after)
        one, other = (describe_entry(self._form, found.layer, found.key, entry) for entry in (before, after))
        if found.layer in NUMBER_LAYERS or max(len(one), len(other)) < SHORT:
            row.addWidget(_short_change(name, one, other), 1)
            return made
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(make_label(name, wrap=True))
        words.addWidget(self._change(one if before else "", other if after else ""))
        row.addLayout(words, 1)
        return made

    def _change(self, before: str, after: str) -> QWidget:
        made = QLabel(mark_change(before, after))
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made


def _short_change(name: str, before: str, after: str) -> QLabel:
    """In one line, near its name: what comes stands out. (A line through a digit makes another digit of it.)"""
    c = current_colours()
    made = QLabel(f'{escape(name)}{GAP}<span style="color:{c.quiet}">{escape(before)}</span>&nbsp; → &nbsp;'
                  f"<b>{escape(after)}</b>")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setAccessibleName(f"{name}：{before} → {after}")
    return made


def mark_change(before: str, after: str) -> str:
    """A text as rich text: what went struck through, what came underlined; what stayed is shortened."""
    c = current_colours()
    parts = []
    for piece in compare_sentences(before, after):
        text = escape(piece.text if piece.mark != " " else _shortened(piece.text)).replace("\n", "<br>")
        if piece.mark == "-":
            text = f'<s style="color:{c.quiet}">{text}</s>'
        if piece.mark == "+":
            text = f'<u style="color:{c.accent}">{text}</u>'
        parts.append(text)
    return "".join(parts)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:24]}……{text[-24:]}"
