"""A window on an empty folder of drafts; nothing outside that folder is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import settings
from govdesk.formfile import form_reader
from govdesk.report.report import Report, build_report
from govdesk.session.session import Session
from govdesk.store.drafts import open_store
from ui.app.qt_application import application
from ui.common import debounce
from ui.editing.editor import Editor

FORM_ID = "ogi-annual-report-2021"


@pytest.fixture(autouse=True)
def _nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """Windows of earlier tests would be styled again with each new one: the hundredth test took ten times the first.
    Named first, so that it ends last."""
    yield
    for widget in qapp.topLevelWidgets():
        is_completers = isinstance(widget, QAbstractItemView)        # its completer deletes it, and must find it
        if shiboken6.isValid(widget) and widget.parent() is None and not is_completers:
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVDESK_DATA", str(tmp_path / "data"))


@pytest.fixture
def look(qapp: QApplication) -> QApplication:
    """The application as the program sets it up."""
    return application("light")


@pytest.fixture(autouse=True, scope="session")
def _clipboard_ends_first(qapp: QApplication) -> Iterator[None]:
    """What Python put there must be gone before Qt is."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may follow a keystroke a moment later follows at once: tests look right after the key."""
    monkeypatch.setattr(debounce, "PAUSE_MS", 0)


@pytest.fixture(autouse=True)
def _no_box_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A box that no test expects would wait for a clerk for ever."""
    def refuse(*said: object) -> None:
        raise AssertionError(f"unexpected: {said[1:]}")

    monkeypatch.setattr(QMessageBox, "warning", refuse)
    monkeypatch.setattr(QMessageBox, "critical", refuse)


Desk = Callable[[str], MainWindow]
OpenWindow = Callable[[], MainWindow]


@pytest.fixture
def desk(qtbot: QtBot, look: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """Opens windows on folders of drafts by name: computers of their own, or one after another as restarts do."""
    opened: list[MainWindow] = []

    def make(name: str) -> MainWindow:
        window = MainWindow(open_store(tmp_path / name), settings.Settings())
        opened.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in opened:
        window.close()


@pytest.fixture
def open_window(desk: Desk) -> OpenWindow:
    """Opens windows on the same drafts."""
    return partial(desk, "data")


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


@pytest.fixture
def editor(look: QApplication) -> Iterator[Editor]:
    """An editor on an empty report."""
    made = Editor(Session(form_reader.load_form(FORM_ID), empty_report()))
    yield made
    made.deleteLater()


def empty_report() -> Report:
    return build_report(FORM_ID, {})


def say(widget: QWidget, text: str) -> None:
    """Type Chinese: an input method commits it. (QTest.keyClicks takes ASCII only.)"""
    commit = QInputMethodEvent("", [])
    commit.setCommitString(text)
    QApplication.sendEvent(widget, commit)


__all__ = ["FORM_ID", "Desk", "OpenWindow", "empty_report", "say"]
