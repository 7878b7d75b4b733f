"""How grave a word to the clerk is: it decides the colour, the sign before it, and where it is said."""

from __future__ import annotations

from enum import Enum


class NoticeLevel(Enum):
    """The value is the sign, which whatever shows the word puts before it."""

    NOTE = ""
    DONE = "✓ "
    WARNING = "△ "

    def signed(self, words: str) -> str:
        """The words as they are shown."""
        return self.value + words if words else ""

    @property
    def role(self) -> str:
        """The role of the words in the style sheet."""
        return "off" if self is NoticeLevel.WARNING else "quiet"
