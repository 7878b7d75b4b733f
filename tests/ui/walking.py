"""Every page of the program, one after another, for tests that look at all there is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from build_scripts.program_window import MainWindow
from govdesk import cli
from ui.wizard.wizard import Wizard


def settle(milliseconds: int = 30) -> None:
    """Let layouts come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def sample(window: MainWindow) -> Wizard:
    window.adopt(cli.sample_report())
    assert window.wizard is not None
    return window.wizard


def pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Home, the manual, then each page of the wizard on the sample; the name of each and what is in sight."""
    settle()
    yield "home", window.home
    window.show_manual()
    manual = window.stack.currentWidget()
    yield "manual", manual
    manual.back_wanted.emit()                # type: ignore[attr-defined]
    wizard = sample(window)
    for step in wizard.steps:
        for page in step.pages:
            wizard.enter(step.id, page.item)
            settle()
            yield page.item, wizard
