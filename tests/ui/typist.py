"""A clerk at the keyboard, in a process of its own that can be killed: types a whole report into the real window.

python -m tests.ui.typist REPORT.govdesk    types what is in the file, prints a line for each thing it sees.
Only key presses and committed compositions reach the window; nothing is set behind its back.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from build_scripts.program_window import MainWindow
from govdesk import settings
from govdesk.base import paths
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address
from govdesk.report.report import Report
from govdesk.store.drafts import open_store
from tests.ui.conftest import say
from ui.app.qt_application import application
from ui.pages.cover_page import ChoiceField, CoverPage
from ui.wizard.wizard import Wizard

FIELDS = ("organ.name", "organ.short_name", "organ.level", "organ.kind", "year", "issued_on", "contact.office",
          "contact.address", "contact.phone")


def tell(*words: object) -> None:
    print(*words, flush=True)


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_cover(page: CoverPage, report: Report) -> None:
    """Field by field with Tab, as the page leads."""
    page.fields["organ.name"].setFocus()
    for key in FIELDS:
        field = page.fields[key]
        while focused() is not field:        # Tab also stops at the button beside the date
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if isinstance(field, ChoiceField):
            while field.currentData() != report.cover(key):
                QTest.keyClick(field, Qt.Key.Key_Down)
        else:
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            say(field, report.cover(key))


def type_text(text: str) -> None:
    """Paragraph by paragraph, Enter between."""
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(focused(), Qt.Key.Key_Return)
        say(focused(), line)


def describe_standing(wizard: Wizard) -> str:
    """What the line at the foot says when it has caught up with the keys."""
    while wizard.status._later.isActive():
        QApplication.processEvents()
    return wizard.status.standing.text()


def type_table(wizard: Wizard, grid_id: str, report: Report) -> None:
    """The cells in the order in which Enter goes through them, beginning where the page puts the cursor."""
    shown = wizard.pages[grid_id]
    inputs = wizard.editor.form.grids[grid_id].inputs
    for _ in inputs:
        address = shown.view.cursor_address
        assert isinstance(address, Address)
        QTest.keyClicks(focused(), str(report.value(address)))
        QTest.keyClick(focused(), Qt.Key.Key_Return)


def type_report(wizard: Wizard, report: Report) -> None:
    """Every page in the rail's order, by Ctrl+PgDn."""
    tell("indicator", describe_standing(wizard))
    for step in wizard.steps[:-2]:
        for page in step.pages:
            while wizard.at[1] != page:
                QTest.keyClick(focused(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
                QApplication.processEvents()
            shown = wizard.pages[page.item]
            if isinstance(shown, CoverPage):
                type_cover(shown, report)
            elif page.item in wizard.editor.form.grids:
                type_table(wizard, page.item, report)
                tell("indicator", describe_standing(wizard))
            else:
                type_text(report.text(page.item))


def spoil_and_mend(wizard: Wizard) -> None:
    """One figure changed by one, seen to be off, and taken back with Ctrl+Z."""
    wizard.go_to(Address("requests", "disclosed", "natural_person"))
    QTest.keyClicks(focused(), "2")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    tell("indicator", describe_standing(wizard))
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    tell("indicator", describe_standing(wizard))


def main() -> None:
    report = read_file(Path(sys.argv[1])).report
    application("light")
    window = MainWindow(open_store(paths.data_folder()), settings.Settings())
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    while focused() is not window.home.new_button:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(window.home.new_button, Qt.Key.Key_Space)
    wizard, saver = window.wizard, window.autosave
    assert wizard is not None
    assert saver is not None
    type_report(wizard, report)
    spoil_and_mend(wizard)
    while saver.unsaved:
        QTest.qWait(20)
    tell("saved", wizard.status.saved.text())
    type_text("这句话刚刚打进去") if wizard.at[1].item == "problems" else None
    time.sleep(60)                           # the test kills us here


if __name__ == "__main__":
    main()
