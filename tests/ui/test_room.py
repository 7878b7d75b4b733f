"""The first window fits the screen it is shown on, frame included."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, QSize

from build_scripts.program_window import MainWindow
from tests.ui.driver import CELL, put, sample_wizard
from tests.ui.sizes import at_rest
from ui.app import application


def shown_on(window: MainWindow, monkeypatch: pytest.MonkeyPatch, room: QRect) -> None:
    monkeypatch.setattr(window, "screen", lambda: SimpleNamespace(availableGeometry=lambda: room), raising=False)
    window.hide()
    application.show_fitting(window)


@pytest.mark.parametrize("room", [QRect(0, 0, 1366, 728), QRect(0, 30, 1093, 584)])
def test_a_screen_that_is_too_small_is_filled(
        window: MainWindow, monkeypatch: pytest.MonkeyPatch, room: QRect) -> None:
    window.resize(1366, 768)
    shown_on(window, monkeypatch, room)
    assert window.isMaximized()
    whole = window.normalGeometry().size() + application.FRAME
    assert whole.boundedTo(room.size()) == whole


def test_on_a_larger_screen_the_window_has_its_own_size(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.resize(1366, 768)
    shown_on(window, monkeypatch, QRect(0, 0, 1920, 1040))
    assert not window.isMaximized()
    assert window.size() == QSize(1366, 768)


def test_the_top_bar_says_less_rather_than_half(window: MainWindow) -> None:
    """At 1366 with findings there is no room for year, deadline and days left: what is left out is left out whole."""
    wizard = sample_wizard(window)
    window.resize(1366, 768)
    put(wizard, CELL, Decimal(77))
    at_rest(window)
    about = wizard.top._about
    metrics, room = about.fontMetrics(), about.contentsRect().width()
    assert any(metrics.horizontalAdvance(said) <= room for said in (about.text(), *about.shorter))
