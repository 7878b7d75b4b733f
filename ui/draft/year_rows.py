"""Years that may have to be changed, a row a year: a box, its sentence with what would stand there, and why it may be
right as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from govdesk.form.form import Form
from govdesk.texts.year_change import YearPlace
from ui.common.theme import current_colours
from ui.widgets.basics import clear_layout, make_bare_rows, make_hair_line, make_label
from ui.widgets.tick_box import TickBox, TickRow

AROUND = 60                                  # characters of a sentence shown on either side of the year
MOST = 200                                   # rows; more are counted in one line


class YearRows(QScrollArea):
    """The rows, under the names of their texts."""

    choice_changed = Signal()

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._places: Sequence[YearPlace] = ()
        self.boxes: list[TickBox] = []
        self._rows = make_bare_rows(self, "文字里的年份", 4)

    def show_places(self, places: Sequence[YearPlace], texts: Mapping[str, str]) -> None:
        """Write them, each ticked where it ought to be changed."""
        clear_layout(self._rows)
        self._places, self.boxes = places, []
        text_id = ""
        for place in places[:MOST]:
            if place.text != text_id:
                text_id = place.text
                self._rows.addWidget(make_label(self._form.texts[text_id].name, "heading"))
            self._rows.addWidget(self._row(place, texts[text_id]))
            self._rows.addWidget(make_hair_line())
        if len(places) > MOST:
            self._rows.addWidget(make_label(f"还有 {len(places) - MOST} 处没有列出，改完这些再看。", "quiet"))
        self._rows.addStretch(1)
        self.choice_changed.emit()

    def _row(self, place: YearPlace, text: str) -> QWidget:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        shown = QLabel(_mark_year(place, text))
        shown.setTextFormat(Qt.TextFormat.RichText)
        shown.setWordWrap(True)
        column.addWidget(shown)
        if place.reason:
            column.addWidget(make_label(f"没有勾选：{place.reason}", "quiet", wrap=True))
        before, year, after = _split_sentence(place, text)
        spoken = f"{before}{year}{after}，{year} 改为 {place.instead}"
        row = TickRow(f"{spoken}（{place.reason}）" if place.reason else spoken, words)
        row.box.setChecked(place.is_ticked)
        row.box.toggled.connect(lambda _: self.choice_changed.emit())
        self.boxes.append(row.box)
        return row

    def chosen(self) -> list[YearPlace]:
        """The places that are ticked."""
        return [place for place, box in zip(self._places, self.boxes, strict=False) if box.isChecked()]

    def tick(self, wanted: Callable[[YearPlace], bool]) -> None:
        """Choose anew for every row."""
        for place, box in zip(self._places, self.boxes, strict=False):
            box.setChecked(wanted(place))

    def take_focus(self) -> bool:
        """Give the keys to the first box; False where there is none."""
        if self.boxes:
            self.boxes[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(self.boxes)


def _split_sentence(place: YearPlace, text: str) -> tuple[str, str, str]:
    """What of its sentence stands before a year, the year and what stands behind it, the far ends left out."""
    start, end = place.sentence
    before, after = text[start:place.start], text[place.end:end]
    before = before if len(before) <= AROUND else f"…{before[-AROUND:]}"
    return before, text[place.start:place.end], after if len(after) <= AROUND else f"{after[:AROUND]}…"


def _mark_year(place: YearPlace, text: str) -> str:
    """The sentence as rich text. (A line through a digit makes another digit of it.)"""
    c = current_colours()
    before, year, after = map(escape, _split_sentence(place, text))
    return (f'{before}<span style="color:{c.quiet}">{year} → </span>'
            f'<b style="color:{c.accent}">{escape(place.instead)}</b>{after}')
