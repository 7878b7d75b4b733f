"""上网核对: the draft against the report that was published, each difference beside its place in the published file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.base.numerals import format_value
from govdesk.drafts.arrival import describe_other
from govdesk.drafts.imported import check_published
from govdesk.form.form import Address
from govdesk.importing.published import PublishedCheck, describe_check
from govdesk.importing.review import FileReading, describe_cells
from govdesk.report.compare import BLANK_WORD
from govdesk.session.session import Snapshot
from ui.common.labels import FACT_NAMES
from ui.common.shortcuts import add_shortcut, add_shortcuts
from ui.common.theme import current_colours
from ui.history.difference_list import mark_change
from ui.importing.item_list import ItemList, ListedItem
from ui.importing.source_pane import SourcePane
from ui.widgets.basics import (
    ElidedLabel,
    fill_with_column,
    make_back_bar,
    make_button,
    make_card,
    make_label,
    set_styled_role,
)
from ui.widgets.word_edit import WordBrowser

SIDE, NARROW_SIDE = 460, 400                 # pixels


class FoundDifference(NamedTuple):
    """A row of the list: what differs, in words and in full, where in the draft, and where in the published file."""

    words: str
    full: str                                # rich text
    place: Address | str
    cell: Address | None = None
    text: str = ""                           # of the published file
    differs: bool = True                     # False: it could not be compared


class PublishedPage(QWidget):
    """Nothing is changed here; `place_wanted` leads back to the draft."""

    manual_place = "published"
    back_wanted = Signal()
    place_wanted = Signal(object)            # Address, id of a text, or key of the cover

    def __init__(self, now: Snapshot, reading: FileReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._reading = now, reading
        self.check: PublishedCheck = check_published(now, reading.found)
        self.rows: list[FoundDifference] = list(self._list_rows())
        set_styled_role(self, "ground")
        column = fill_with_column(self)
        bar, row = make_back_bar("返回填报", self.back_wanted.emit, "上网核对")
        about = ElidedLabel("quiet")
        about.setText(f"{now.report.cover('organ.name')} {now.report.cover('year')} 年度　与　{reading.name}")
        row.addWidget(about, 1)
        column.addWidget(bar)
        body = QHBoxLayout()
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(10)
        self.source = SourcePane(reading)
        body.addWidget(self.source, 1)
        self._side = self._make_side()
        body.addWidget(self._side)
        column.addLayout(body, 1)
        add_shortcut("back", self, self.back_wanted.emit)
        add_shortcuts("review", self, (lambda: self._step(1), lambda: self._step(-1)))
        self.list.chosen.connect(lambda number: self._look_at(self.rows[number]))
        self.list.entered.connect(self._go)

    def _make_side(self) -> QWidget:
        sheet, inside = make_card(margins=(14, 12, 10, 10), spacing=6)
        sheet.setFixedWidth(SIDE)
        good = self.check.is_all_the_same
        self.summary = make_label(f"{'✓' if good else '△'} {describe_check(self.check)}", "agreed" if good else "off",
                                  wrap=True)
        inside.addWidget(self.summary)
        if other := describe_other(self._now.report, self._reading.found.report):
            inside.addWidget(make_label(f"△ {other}", "off", wrap=True))
        for words in self._reading.found.said:
            inside.addWidget(make_label(words, "quiet", wrap=True))
        self.list = ItemList("不同的和没有核成的")
        self.list.show_items([ListedItem(row.words, row.differs, row.words) for row in self.rows])
        inside.addWidget(self.list, 3)
        self.detail = WordBrowser()
        self.detail.setAccessibleName("草稿和公布的文件")
        self.detail.setStyleSheet(f"QTextBrowser {{ background: {current_colours().card}; border: none; }}")
        inside.addWidget(self.detail, 2)
        self.go_button = make_button("去草稿这一处", self._go)
        inside.addWidget(self.go_button)
        for part in (self.list, self.detail, self.go_button):
            part.setVisible(bool(self.rows))
        if not self.rows:
            inside.addStretch(1)
        return sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(SIDE if event.size().width() >= 1200 else NARROW_SIDE)

    def focus_first(self) -> None:
        if self.rows:
            self.list.setCurrentRow(0)
            self.list.take_focus()
        else:
            self.source.setFocus()

    # -- rows

    def _list_rows(self) -> Iterator[FoundDifference]:
        form = self._now.form
        for fact in self.check.facts:
            yield FoundDifference(f"{FACT_NAMES[fact.key]}：草稿 {fact.here}，公布的 {fact.there}",
                                  _beside(fact.here, fact.there), fact.key, text=fact.there)
        for one in self.check.figures:
            here, there = (BLANK_WORD if value is None else format_value(value) for value in (one.here, one.there))
            doubt = f"<p>公布的文件里这一格存疑：{escape(one.doubt)}</p>" if one.doubt else ""
            yield FoundDifference(f"{form.name_of(one.address)}：草稿 {here}，公布的 {there}"
                                  + ("（读数存疑）" if one.doubt else ""), _beside(here, there) + doubt
                                  + f"<p>{escape(describe_cells(self._reading.found, [one.address]))}</p>",
                                  one.address, one.address)
        for text in self.check.texts:
            name = form.texts[text.text_id].name
            what = "公布的文件里没有" if not text.there else "草稿里没有" if not text.here else "文字不同"
            yield FoundDifference(f"{name}：{what}", f"<p>划去的只有草稿有，有下划线的只有公布的文件有：</p>"
                                  f"<p>{mark_change(text.here, text.there)}</p>", text.text_id,
                                  text=text.there or form.texts[text.text_id].heading)
        for unread in self.check.unread:
            yield FoundDifference(f"没有核成　{form.name_of(unread.address)}", f"<p>{escape(unread.reason)}</p>",
                                  unread.address, unread.address, differs=False)

    # -- looked at

    def _step(self, by: int) -> None:
        if self.list.step(by):
            self.list.take_focus()

    def _look_at(self, row: FoundDifference) -> None:
        self.detail.setHtml(row.full)
        self.source.light_cell(row.cell)
        if row.text:
            self.source.light_text(row.text)

    def _go(self) -> None:
        number = self.list.currentRow()
        if number >= 0:
            self.place_wanted.emit(self.rows[number].place)


def _beside(here: str, there: str) -> str:
    return f"<p>草稿：<b>{escape(here)}</b></p><p>公布的文件：<b>{escape(there)}</b></p>"
