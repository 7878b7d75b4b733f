"""Tab through every page and everything over it: wherever the focus is, one sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from build_scripts.program_window import MainWindow
from tests.ui.focus_sight import has_sign, hidden_part
from tests.ui.walking import everywhere
from ui.grid.span_table import SpanTable

MOST_STOPS = 120


@pytest.fixture
def steady_caret() -> Iterator[None]:
    """A caret that blinks is not there half of the time."""
    was = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(was)


def stops(root: QWidget) -> Iterator[QWidget]:
    """What Tab reaches, each once. In a table Tab goes from cell to cell: from there F6 leads on."""
    seen: list[QWidget] = []
    for _ in range(MOST_STOPS):
        QApplication.processEvents()
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            if not isinstance(now, SpanTable) or seen[-1] is now:
                return
        else:
            seen.append(now)
            yield now
        QTest.keyClick(now, Qt.Key.Key_F6 if isinstance(now, SpanTable) else Qt.Key.Key_Tab)
    raise AssertionError(f"Tab goes on for ever: {seen}")


def call(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}"


def test_the_focus_is_always_in_sight(window: MainWindow, steady_caret: None) -> None:
    hidden, unsigned = [], []
    signed: set[QWidget] = set()             # the bars are the same on every page
    for where, root in everywhere(window):
        for widget in stops(root):
            if words := hidden_part(widget):
                hidden.append((where, call(widget), words))
            elif widget not in signed and not has_sign(widget):
                unsigned.append((where, call(widget)))
            signed.add(widget)
    assert (hidden, unsigned) == ([], [])
    assert len(signed) > 150
