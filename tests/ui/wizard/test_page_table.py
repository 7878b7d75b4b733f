"""The wizard shows a page that it knows nothing of; what a page says reaches the frame round it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.session.steps import PageKind
from tests.ui.driver import sample_wizard, words
from ui.pages.page import PageContext, WizardPage
from ui.pages.page_table import PAGES
from ui.widgets.basics import fill_with_column
from ui.wizard.wizard import Wizard

CONTROL = Qt.KeyboardModifier.ControlModifier
HELD = "新页上有一处没有记入"


class NewPage(WizardPage):
    """A page that overrides nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        fill_with_column(self).addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.textEdited.connect(lambda _: self.held.emit(HELD))


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def wizard(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Wizard:
    def make(_context: PageContext, _item: str) -> WizardPage:
        return NewPage()

    monkeypatch.setitem(PAGES, PageKind.LAST_YEAR, make)       # type: ignore[arg-type]  # a dict
    wizard = sample_wizard(window)
    wizard.enter("cover")
    return wizard


def test_every_kind_of_page_has_a_row() -> None:
    assert set(PAGES) == set(PageKind)


def test_one_row_makes_a_page_of_the_wizard(wizard: Wizard) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_PageDown, CONTROL)
    page = wizard.pages["last_year"]
    assert isinstance(page, NewPage) and page.isVisible() and focused() is page.field
    assert wizard.step_bar.next_button.text() == "下一步：前言"
    assert not wizard.helper.isVisible()                     # it has nothing to say here
    QTest.keyClick(focused(), Qt.Key.Key_F6)
    assert not page.isAncestorOf(focused())


@pytest.mark.parametrize(("key", "modifier"), [
    (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F, CONTROL), (Qt.Key.Key_S, CONTROL),
    (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Z, CONTROL)])
def test_the_keys_of_the_wizard_work_beside_it(wizard: Wizard, key: Qt.Key,
                                               modifier: Qt.KeyboardModifier) -> None:
    wizard.enter_item("last_year")
    QTest.keyClick(focused(), key, modifier)
    QTest.keyClick(focused(), Qt.Key.Key_PageDown, CONTROL)
    assert wizard.at[1].kind is PageKind.TEXT


def test_what_is_typed_on_it_and_not_recorded_is_said(wizard: Wizard) -> None:
    wizard.enter_item("last_year")
    QTest.keyClicks(focused(), "1")
    assert wizard.status.saved.text() == HELD
    assert wizard.editor.held


def test_it_leads_to_a_place_on_another_page(wizard: Wizard) -> None:
    page = wizard.stack.enter_item("last_year")
    page.place_wanted.emit("contact.phone", None)
    assert wizard.at[1].kind is PageKind.COVER and focused().accessibleName() == "联系电话"


def test_the_helper_follows_the_cursor_on_the_cover(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.go_to("issued_on")
    assert "成文日期" in words(wizard.helper)
    while focused().accessibleName() != "联系机构":
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: "联系机构" in words(wizard.helper) and "成文日期" not in words(wizard.helper))
