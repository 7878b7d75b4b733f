"""F6: from one part of the window to the next, the keyboard's way around."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class FocusRegion(NamedTuple):
    """A part of the window and how it takes the focus."""

    widget: QWidget
    take: Callable[[], object]


def next_region(panes: Sequence[FocusRegion], by: int) -> FocusRegion:
    """The pane after (`by` 1) or before (-1) the one that has the focus; the first where none has."""
    now = QApplication.focusWidget()
    holds = [now is not None and (pane.widget is now or pane.widget.isAncestorOf(now)) for pane in panes]
    return panes[(holds.index(True) + by) % len(panes)] if True in holds else panes[0]


def focus_first(widget: QWidget) -> None:
    """The focus to the first control of a part that Tab would reach."""
    for inside in widget.findChildren(QWidget):
        if inside.focusPolicy() & Qt.FocusPolicy.TabFocus and inside.isVisibleTo(widget) and inside.isEnabled():
            inside.setFocus(Qt.FocusReason.TabFocusReason)
            return


def focus_again(page: QWidget) -> None:
    """The focus to what had it last on a page."""
    inside = page.focusWidget()
    if inside is not None and inside.isVisibleTo(page):
        inside.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        page.focus_first()                   # type: ignore[attr-defined]  # every page has it
