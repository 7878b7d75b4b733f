"""What stays in sight below every page until it is answered: below, so that nothing moves under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from shiboken6 import isValid

from ui.common.notice_level import NoticeLevel
from ui.widgets.basics import fill_with_column, make_button, make_label, say_aloud, set_styled_role
from ui.widgets.focus_regions import FocusRegion, focus_first

Act = tuple[str, Callable[[], object]]       # the words on a button, what it does


class NotificationBar(QWidget):
    """A line a subject, with the ways to act on it and “知道了”. A subject that speaks again replaces its line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, QWidget] = {}
        self._words: dict[str, QLabel] = {}
        self._column = fill_with_column(self)
        self._before: QWidget | None = None      # what had the focus before a button here took it
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self.hide()

    def say(self, subject: str, words: str, acts: Sequence[Act] = (),
            severity: NoticeLevel = NoticeLevel.WARNING) -> None:
        """Shows the line of a subject."""
        self.drop(subject)
        line = QWidget()
        set_styled_role(line, "notice")
        line.setAccessibleName(words)
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        said = make_label(severity.signed(words), "notice", wrap=True)
        row.addWidget(said, 1)
        self._words[subject] = said
        for name, act in (*acts, ("知道了", lambda: self._answer(subject))):
            row.addWidget(make_button(name, act), alignment=Qt.AlignmentFlag.AlignVCenter)
        self._lines[subject] = line
        self._column.addWidget(line)
        self.show()
        say_aloud(line)

    def change_words(self, subject: str, words: str) -> None:
        """Other words on the line of a subject, its buttons and the focus as they are; not said aloud."""
        if subject in self._lines:
            self._words[subject].setText(words)

    def drop(self, subject: str) -> None:
        """Takes the line of a subject away: there is nothing more to say of it."""
        line = self._lines.pop(subject, None)
        if line is not None:
            line.hide()
            self._column.removeWidget(line)
            line.deleteLater()
            del self._words[subject]
        self.setVisible(bool(self._lines))

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and new is not None and self.isAncestorOf(new) and not self.isAncestorOf(old):
            self._before = old

    def _answer(self, subject: str) -> None:
        """The line goes, and the keys are where they were: in the table, not on the next button there is."""
        self.drop(subject)
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def subjects(self) -> list[str]:
        return list(self._lines)


def notification_regions(window: QWidget) -> list[FocusRegion]:
    """A stop of F6 where there is something to answer."""
    return [FocusRegion(found, partial(focus_first, found)) for found in window.findChildren(NotificationBar)
            if found.isVisible()]

