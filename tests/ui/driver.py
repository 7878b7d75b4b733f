"""What tests of the window share: a sample draft opened, a cell filled in, words on the screen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.form.form import Address
from govdesk.report.report import Layer
from ui.wizard.wizard import Wizard

CELL = Address("requests", "disclosed", "natural_person")


def sample_wizard(window: MainWindow) -> Wizard:
    window.adopt(cli.sample_report())
    assert window.wizard is not None
    return window.wizard


def put(wizard: Wizard, address: Address, value: Decimal | None) -> None:
    wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, address, value)]))


def words(widget: QWidget) -> str:
    """Everything that can be read on a widget now."""
    QApplication.processEvents()
    parts = [w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget)]
    return "\n".join(parts + [b.text() for b in widget.findChildren(QPushButton) if b.isVisibleTo(widget)])


def press(widget: QWidget, name: str) -> None:
    """Click what is in sight by this name."""
    QApplication.processEvents()
    next(b for b in widget.findChildren(QPushButton) if b.text() == name and b.isVisibleTo(widget)).click()
    QApplication.processEvents()


def listed(window: MainWindow) -> list[list[str]]:
    """The lines of the home page, column by column."""
    model = window.home.table.rows
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def saved(qtbot: QtBot, window: MainWindow) -> None:
    assert window.autosave is not None
    qtbot.waitUntil(lambda: not window.autosave.unsaved, timeout=5000)


def comes(qtbot: QtBot, window: MainWindow, file: Path) -> None:
    """The file is opened, as by the button or a second start."""
    window.open_file(file)
    qtbot.waitUntil(lambda: not (window.jobs.busy or window.program.imports.is_reading), timeout=5000)
