"""The desktop on which these tests run, and the keys of a keyboard on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desktop.desktop import missing_parts, open_desktop

Keys = Callable[..., None]


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Skips where a part of it is not installed."""
    if missing := missing_parts():
        pytest.skip(f"no desktop for tests: {', '.join(missing)} not installed (docs/tests.md)")
    if QApplication.instance() is not None:
        pytest.skip("a window is open offscreen already: run these tests alone, with -m desktop")
    with open_desktop(tmp_path_factory.mktemp("desktop")):
        yield


@pytest.fixture(scope="session")
def qapp_args(desktop: None) -> list[str]:
    """Qt starts when the desktop is there."""
    return ["govdesk"]


@pytest.fixture
def keys(desktop: None, qtbot: QtBot) -> Keys:
    """Presses keys of the keyboard, one after another (“n”, “Enter”, “Ctrl+s”); the window system brings them."""
    import xa11y

    keyboard = xa11y.input_sim()

    def press(*names: str) -> None:
        for name in names:
            *held, key = name.split("+")
            keyboard.chord(key, held)
            qtbot.wait(30)                   # the X server and the input method are other processes

    return press


__all__ = ["Keys"]
