"""Ctrl+F and Ctrl+H: words looked for in the cover and all texts of a draft, one place after another, and replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from govdesk.form.cover_keys import COVER_WORDS
from govdesk.report.report import Layer
from govdesk.texts.text_search import TextHit, find_hits, replace_hits
from ui.common.shortcuts import add_shortcut
from ui.editing.bound_fields import normalise_line_ends
from ui.editing.editor import Editor
from ui.widgets.basics import Button, make_button, make_label, set_role, set_styled_role
from ui.widgets.tick_box import TickRow
from ui.widgets.word_edit import WordLineEdit

FIELD = 260                                  # pixels
GAP = 14                                     # pixels between what can be pressed
REPLACING, ALL = "替换", "全部替换"
HERE_ONLY, BY_WIDTH = "只在这一段", "区分全半角"
TextPlace = tuple[int, int]                  # a text by its number in the report, an offset in it


@dataclass(slots=True)                       # changed as it is typed, and kept for the next draft
class SearchMemory:
    """What was looked for last while the program runs, and how."""

    words: str = ""
    instead: str = ""
    by_width: bool = False


class FindBar(QWidget):
    """Says which place is to be shown. `cursor` gives where one is: a text or a fact of the cover, start and end of
    what is selected in it."""

    wanted = Signal(object)                  # TextHit
    closed = Signal()

    def __init__(self, editor: Editor, cursor: Callable[[], tuple[str, int, int]], memory: SearchMemory,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._cursor, self._memory = editor, cursor, memory
        self._order = {key: number for number, key in enumerate((*COVER_WORDS, *editor.form.texts))}
        self.found: list[TextHit] = []
        set_styled_role(self, "status")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 6, 10, 6)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(2, 1)
        self.field = self._make_field("在封面和全部文字中查找")
        self.field.setText(memory.words)
        self.field.textChanged.connect(self._search)
        self.here_only = TickRow(f"{HERE_ONLY}查找", make_label(HERE_ONLY))
        self.here_only.setToolTip("不勾选时，在封面和全部文字中查找")
        self.by_width = TickRow(BY_WIDTH, make_label(BY_WIDTH))
        self.by_width.setToolTip("勾选后，２０２５ 和 2025 算不同的字")
        self.by_width.box.setChecked(memory.by_width)
        for row in (self.here_only, self.by_width):
            row.box.toggled.connect(self._search)
        self.count = make_label("", "quiet")
        grid.addWidget(make_label("查找"), 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addLayout(self._make_steps(), 0, 2)
        grid.addWidget(self._make_cross(), 0, 3)
        self._second = (make_label("替换为"), self._make_field("替换为"), QWidget())
        self.other = self._second[1]
        self.other.setText(memory.instead)
        self.other.textChanged.connect(self._remember)
        acts = QHBoxLayout(self._second[2])
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(GAP)
        self.one_button = make_button(REPLACING, self.replace_one, "link")
        self.all_button = make_button(ALL, self.replace_all, "link")
        acts.addWidget(self.one_button)
        acts.addWidget(self.all_button)
        acts.addWidget(make_label("表中的数（蓝底）不会被替换", "quiet"))
        acts.addStretch(1)
        for column, one in enumerate(self._second):
            grid.addWidget(one, 1, column)
        QWidget.setTabOrder(self.field, self.other)              # as in Word
        editor.changed.connect(lambda *_: self.search_again())
        add_shortcut("find_leave", self, self.close_bar, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def _make_field(self, name: str) -> WordLineEdit:
        field = WordLineEdit()
        field.setAccessibleName(name)
        field.setFixedWidth(FIELD)
        return field

    def _make_cross(self) -> Button:
        made = make_button("×", self.close_bar, "flat")
        made.setAccessibleName("关闭查找")
        made.setToolTip("关闭查找（Esc）")
        return made

    def _make_steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.last_button = make_button("上一处", lambda: self.step(-1), "link")
        self.last_button.setToolTip("Shift+F3")
        self.next_button = make_button("下一处", lambda: self.step(1), "link")
        self.next_button.setToolTip("F3")
        for one in (self.last_button, self.next_button, self.here_only, self.by_width, self.count):
            row.addWidget(one, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return row

    # -- opened and closed

    def open_with(self, words: str, *, replacing: bool) -> None:
        """The keys go to the field; `words`, where there are some, are looked for."""
        self.show()
        for one in self._second:
            one.setVisible(replacing)
        if words:
            self.field.setText(words)
        self.take_focus()
        self.search_again()

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_bar(self) -> None:
        """The keys are put elsewhere first: else Qt would give them to what comes next."""
        self.closed.emit()
        self.hide()

    # -- looking

    def _remember(self) -> None:
        self._memory.words, self._memory.instead = self.field.text(), self.other.text()
        self._memory.by_width = self.by_width.box.isChecked()

    def _search(self) -> None:
        """As it is typed: the place at the cursor or behind it."""
        self._remember()
        self._find()
        at = self._find_from(1, here=True)
        if at is not None:
            self.wanted.emit(self.found[at])
        self._tell_count(at)

    def search_again(self) -> None:
        """The report has changed, or the bar was opened: nothing moves."""
        if self.isVisible():
            self._find()
            self._tell_count(self._find_selected())

    def _find(self) -> None:
        now = self._editor.now
        texts = {key: self._read(key) for key in self._scope()}
        self.found = find_hits(now.form, now.figures, texts, self.field.text(),
                               by_width=self.by_width.box.isChecked())
        for one in (self.last_button, self.next_button, self.all_button, self.one_button):
            one.setEnabled(bool(self.found))

    def _scope(self) -> list[str]:
        """The texts and facts of the cover that are looked through, in the order of the report."""
        if not self.here_only.box.isChecked():
            return list(self._order)
        here = self._cursor()[0]
        return list(COVER_WORDS) if here in COVER_WORDS else [here] if here in self._order else []

    def _read(self, key: str) -> str:
        report = self._editor.now.report
        return normalise_line_ends(report.text(key) if key in self._editor.form.texts else report.cover(key))

    def _find_from(self, by: int, *, here: bool = False) -> int | None:
        """The number of the next hit from the cursor, round the end of the texts; with `here` also the one at it."""
        if not self.found:
            return None
        text, start, _ = self._cursor()
        at: TextPlace = (self._order.get(text, -1), start)
        places = [(self._order[hit.text], hit.start) for hit in self.found]
        if by > 0:
            return next((n for n, place in enumerate(places) if place > at or (here and place == at)), 0)
        return next((n for n, place in reversed(list(enumerate(places))) if place < at), len(places) - 1)

    def _find_selected(self) -> int | None:
        """The number of the hit that is selected in its text."""
        text, start, end = self._cursor()
        return next((n for n, hit in enumerate(self.found) if tuple(hit)[:3] == (text, start, end)), None)

    def step(self, by: int) -> None:
        """F3 and Shift+F3."""
        self._find()
        at = self._find_from(by)
        if at is not None:
            self.wanted.emit(self.found[at])
        self._tell_count(at)

    def _tell_count(self, at: int | None) -> None:
        count = len(self.found)
        if not count:
            self._say(self._say_nothing() if self.field.text() else "", off=True)
        else:
            self._say(f"第 {at + 1} 处，共 {count} 处" if at is not None else f"共 {count} 处")

    def _say_nothing(self) -> str:
        if self._scope():
            return "这一段里没有找到" if self.here_only.box.isChecked() else "没有找到"
        return "这一页没有文字"

    def _say(self, words: str, *, off: bool = False) -> None:
        self.count.setText(words)
        set_role(self.count, "off" if off else "quiet")

    # -- replacing

    def replace_one(self) -> None:
        """The place that is selected, then on to the next; where none is selected only on."""
        if not self._is_ready():
            return
        self._find()
        at = self._find_selected()
        hit = self.found[at] if at is not None else None
        if hit is not None and not hit.live:
            self._write({hit.text: [hit]}, REPLACING)
            text, start = hit.text, hit.start + len(self.other.text())
            self.wanted.emit(TextHit(text, start, start, False))  # what was written is not found again
            self._find()
            at = self._find_from(1, here=True)
            if at is not None:
                self.wanted.emit(self.found[at])
            self._tell_count(at)
            return
        self.step(1)
        if hit is not None:
            self._say("这里是表中的数，没有替换；请到表里改")

    def replace_all(self) -> None:
        """One step, which can be taken back as one."""
        if not self._is_ready():
            return
        self._find()
        by_text: dict[str, list[TextHit]] = {}
        for hit in self.found:
            by_text.setdefault(hit.text, []).append(hit)
        live = sum(hit.live for hit in self.found)
        count = self._write(by_text, ALL)
        left = f"；另有 {live} 处是表中的数，没有替换" if live else ""
        self._say(f"已替换 {count} 处{left}")

    def _is_ready(self) -> bool:
        """Whether all that is typed stands in the report; a word that is still composed would be torn by a replacement.
        """
        QGuiApplication.inputMethod().commit()
        if self._editor.composing:
            self._say(f"{self._editor.composing}，打完再替换", off=True)
        return not self._editor.composing

    def _write(self, by_text: dict[str, list[TextHit]], act: str) -> int:
        """How many places were written."""
        session, count, wanted = self._editor.session, 0, []
        for text_id, found in by_text.items():
            text, done = replace_hits(self._read(text_id), found, self.other.text())
            count += done
            wanted.append((Layer.TEXTS if text_id in self._editor.form.texts else Layer.COVER, text_id, text))
        self._editor.do(session.edit(act, wanted))
        return count

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.other.hasFocus():
                self.replace_one()
            else:
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
