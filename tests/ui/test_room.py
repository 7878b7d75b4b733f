"""The first window fits the screen it is shown on, frame included."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, QSize

from ui import app
from ui.main_window import MainWindow


def shown_on(window: MainWindow, monkeypatch: pytest.MonkeyPatch, room: QRect) -> None:
    monkeypatch.setattr(window, "screen", lambda: SimpleNamespace(availableGeometry=lambda: room), raising=False)
    window.hide()
    app._show(window)


@pytest.mark.parametrize("room", [QRect(0, 0, 1366, 728), QRect(0, 30, 1093, 584)])
def test_a_screen_that_is_too_small_is_filled(
        window: MainWindow, monkeypatch: pytest.MonkeyPatch, room: QRect) -> None:
    window.resize(1366, 768)
    shown_on(window, monkeypatch, room)
    assert window.isMaximized()
    whole = window.normalGeometry().size() + app.FRAME
    assert whole.boundedTo(room.size()) == whole


def test_on_a_larger_screen_the_window_has_its_own_size(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.resize(1366, 768)
    shown_on(window, monkeypatch, QRect(0, 0, 1920, 1040))
    assert not window.isMaximized()
    assert window.size() == QSize(1366, 768)
