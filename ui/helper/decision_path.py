"""A decision path, walked in place: three questions with their clauses, then the row and the way to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from govdesk.form.form import Address
from govdesk.formfile.help_reader import DecisionPath, PathAnswer
from ui.helper.helper_card import HelperCard, HelperPlace
from ui.widgets.basics import clear_layout, make_button, make_label, wrap_for_button

ROOM = 222                                   # pixels of an answer's words in the panel


class DecisionPathCard(HelperCard):
    """A digit or a click answers, arrows walk the answers, Backspace takes the last answer back."""

    title = "拿不准填哪一行？"

    def content_of(self, place: HelperPlace) -> object | None:
        path = self._path(place)
        return (path.id, place) if path else None

    def _path(self, place: HelperPlace) -> DecisionPath | None:
        return self.help.path_at(place) if isinstance(place, Address) else None

    def write(self, place: HelperPlace) -> None:
        path = self._path(place)
        assert path is not None and isinstance(place, Address)
        self._walked, self._given = path, list[PathAnswer]()
        self._cell = place
        self._buttons: list[QPushButton] = []
        words = wrap_for_button(f"{path.title}分三步判断 ›", self.fontMetrics(), ROOM)
        self.column.addWidget(make_button(words, self._ask, "link"))

    def _ask(self) -> None:
        """The question that the answers so far lead to, or the row."""
        clear_layout(self.column)
        self._buttons = []
        last = self._given[-1] if self._given else PathAnswer("", then=1)
        if last.to:
            self._arrive(last.to)
        else:
            question = self._walked.questions[last.then - 1]
            self.column.addWidget(make_label(f"第 {len(self._given) + 1} 问：{question.ask}", "note", wrap=True))
            self.column.addWidget(make_label(question.clause, "quiet", wrap=True))
            for number, answer in enumerate(question.answers, 1):
                words = wrap_for_button(f"{number}　{answer.words}", self.fontMetrics(), ROOM)
                self._add(make_button(words, partial(self._answer, answer), "answer"), answer.words)
        self._add_back()
        # the layout shows what is new a moment later; only then can it take the focus
        QTimer.singleShot(0, self, self._face)

    def _face(self) -> None:
        """The whole question in sight, its first answer under the keys."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
            for end in (self._buttons[-1], self._buttons[0]):
                self.sight_wanted.emit(end)

    def _arrive(self, row: str) -> None:
        grid = self.editor.form.grids[row.partition("/")[0]]
        line = grid.rows[row.partition("/")[2]]
        group = grid.block_of(line.id).row_groups.get(line.group)
        where = f"{group.label} › {line.label}" if group else line.label
        self.column.addWidget(make_label("填在这一行：", "quiet"))
        self.column.addWidget(make_label(where, "note", wrap=True))
        target = Address(grid.id, line.id, self._cell.column)
        self._add(make_button("去这一行", lambda: self.place_wanted.emit(target), "primary"), f"去这一行：{where}")

    def _add(self, made: QPushButton, name: str) -> None:
        made.setAccessibleName(name)
        self.column.addWidget(made)
        self._buttons.append(made)

    def _add_back(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._given:
            row.addWidget(make_button("‹ 上一问", self._back, "link"))
        row.addWidget(make_button("收起", self._leave, "link"))
        row.addStretch(1)
        self.column.addLayout(row)

    def _answer(self, answer: PathAnswer) -> None:
        self._given.append(answer)
        self._ask()

    def _back(self) -> None:
        if self._given:
            self._given.pop()
            self._ask()

    def _leave(self) -> None:
        """Fold the questions, the cursor back in its cell."""
        clear_layout(self.column)
        self.write(self._cell)
        self.place_wanted.emit(self._cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((i for i, b in enumerate(self._buttons) if b.hasFocus()), None)
        if event.text().isdecimal() and 1 <= int(event.text()) <= len(self._buttons):
            self._buttons[int(event.text()) - 1].click()
        elif event.key() == Qt.Key.Key_Backspace and self._given:
            self._back()
        elif step and at is not None:
            self._buttons[(at + step) % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
