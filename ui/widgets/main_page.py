"""What the window shows in its middle: the list of drafts, or the open draft."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.common.notice_level import NoticeLevel


class MainPage(QWidget):
    """A page that can say a word, and take the keys again after another page lay over it."""

    def say(self, severity: NoticeLevel, words: str) -> None:
        """Shows one word; the next replaces it."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Takes the keys where they were last on this page."""
        raise NotImplementedError
