"""A word that an input method has open is not in the report: nothing that stands in green says so while it is open."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from tests.ui.conftest import say
from tests.ui.driver import saved
from tests.ui.walking import sample
from ui.pages.cover_page import CoverPage
from ui.pages.grid_page import GridPage
from ui.wizard.wizard import Wizard


def compose(field: QWidget, letters: str) -> None:
    QApplication.sendEvent(field, QInputMethodEvent(letters, []))
    QApplication.processEvents()


def field_of(wizard: Wizard, item: str) -> QWidget:
    page = wizard.enter_item(item) or wizard.stack.current
    if isinstance(page, CoverPage):
        page.fields["organ.name"].setFocus()
    field = QApplication.focusWidget()
    assert field is not None
    return field


def promises(wizard: Wizard) -> tuple[bool, bool]:
    """Whether it says 可以送审, and that all is saved."""
    return "可以送审" in wizard.status.standing.text(), "已自动保存" in wizard.status.saved.text()


@pytest.mark.parametrize("item", ["cover", "preamble"])
def test_an_open_composition_withdraws_the_promises(qtbot: QtBot, window: MainWindow, item: str) -> None:
    wizard = sample(window)
    field = field_of(wizard, item)
    say(field, "区")
    saved(qtbot, window)
    assert promises(wizard) == (True, True)
    compose(field, "ni hao")
    assert promises(wizard) == (False, False)
    assert "上屏" in wizard.status.saved.text()
    compose(field, "")                       # given up
    assert promises(wizard) == (True, True)
    compose(field, "ni")
    say(field, "你")
    saved(qtbot, window)
    assert promises(wizard) == (True, True)


def test_the_cross_check_of_the_tables_stays(window: MainWindow) -> None:
    """A text is no figure."""
    wizard = sample(window)
    compose(field_of(wizard, "preamble"), "ni hao")
    page = wizard.enter("requests")
    assert isinstance(page, GridPage) and page.check_row is not None
    assert all(cell.accessibleName().endswith("相符") for cell in page.check_row.cells.values())
