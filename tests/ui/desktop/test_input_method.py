"""Chinese typed with a real input method (IBus with libpinyin), key by key: composing on the cover, in texts and beside
live figures, while the program does something else; none in cells.

libpinyin gives an open word up when the focus leaves, and Qt does as it wants (PREEDIT_CLEAR). Other engines commit it.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from govdesk.report.report import Layer
from tests.ui.desktop.conftest import Keys
from tests.ui.desktop.desktop import missing_input_method
from tests.ui.driver import CELL, put, saved
from tests.ui.walking import sample
from ui.editing.bound_fields import TextField
from ui.pages.cover_page import CoverPage
from ui.wizard.wizard import Wizard

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(missing_input_method()),
                       reason=f"no input method: {', '.join(missing_input_method())} not installed (docs/tests.md)"),
]
NIHAO = tuple("nihao")


@pytest.fixture
def wizard(qtbot: QtBot, window: MainWindow) -> Wizard:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    return sample(window)


def text_of(wizard: Wizard, item: str = "preamble") -> str:
    return wizard.editor.now.report.text(item)


def enter_text(qtbot: QtBot, wizard: Wizard, item: str = "preamble") -> TextField:
    wizard.enter_item(item)
    field = QApplication.focusWidget()
    assert isinstance(field, TextField)
    field.put_cursor(len(field.plain()))
    return field


def compose(qtbot: QtBot, keys: Keys, wizard: Wizard) -> None:
    """你好 typed and not taken yet."""
    keys(*NIHAO)
    qtbot.waitUntil(lambda: bool(wizard.editor.composing), timeout=5000)


def test_a_word_in_a_text(qtbot: QtBot, wizard: Wizard, keys: Keys) -> None:
    enter_text(qtbot, wizard)
    before = text_of(wizard)
    compose(qtbot, keys, wizard)
    assert text_of(wizard) == before
    assert "可以送审" not in wizard.top.standing.text() and "已自动保存" not in wizard.status.saved.text()
    keys("Space")
    qtbot.waitUntil(lambda: text_of(wizard) == before + "你好", timeout=5000)
    assert not wizard.editor.composing
    keys("Ctrl+z")
    qtbot.waitUntil(lambda: text_of(wizard) == before, timeout=5000)


def test_a_word_that_is_given_up(qtbot: QtBot, wizard: Wizard, keys: Keys) -> None:
    enter_text(qtbot, wizard)
    before = text_of(wizard)
    compose(qtbot, keys, wizard)
    keys("Escape")
    qtbot.waitUntil(lambda: not wizard.editor.composing, timeout=5000)
    assert text_of(wizard) == before and "可以送审" in wizard.top.standing.text()


def test_a_word_on_the_cover(qtbot: QtBot, wizard: Wizard, keys: Keys) -> None:
    page = wizard.enter("cover")
    assert isinstance(page, CoverPage)
    page.fields["contact.office"].setFocus()
    keys("End")
    before = wizard.editor.now.report.cover("contact.office")
    compose(qtbot, keys, wizard)
    assert "可以送审" not in wizard.top.standing.text()
    keys("Space")
    qtbot.waitUntil(lambda: wizard.editor.now.report.cover("contact.office") == before + "你好", timeout=5000)


def test_none_in_cells(qtbot: QtBot, wizard: Wizard, keys: Keys) -> None:
    """Letters compose nothing there, and figures go in at once."""
    wizard.go_to(CELL)
    keys(*NIHAO, "Escape", "1", "1", "Enter")
    qtbot.waitUntil(lambda: wizard.editor.now.report.value(CELL) == 11, timeout=5000)
    assert not wizard.editor.composing


def assert_nothing_open(qtbot: QtBot, wizard: Wizard, field: TextField, text: str) -> None:
    """What is shown is what the report has, and is told as safe again."""
    qtbot.waitUntil(lambda: not wizard.editor.composing, timeout=5000)
    assert field.plain() == text_of(wizard) == text
    assert "可以送审" in wizard.top.standing.text()


def test_a_save_that_is_asked_for_ends_the_word(qtbot: QtBot, window: MainWindow, wizard: Wizard, keys: Keys) -> None:
    field = enter_text(qtbot, wizard)
    before = text_of(wizard)
    compose(qtbot, keys, wizard)
    window.program.drafts.save_now()         # Ctrl+S itself goes to the input method while a word is open
    saved(qtbot, window)
    assert_nothing_open(qtbot, wizard, field, before)
    assert window.workspace.open is not None
    assert window.drafts.load(window.workspace.open.draft_id).text("preamble") == field.plain()


def test_an_autosave_and_a_check_leave_the_word_open(qtbot: QtBot, window: MainWindow, wizard: Wizard,
                                                     keys: Keys) -> None:
    enter_text(qtbot, wizard)
    before = text_of(wizard)
    compose(qtbot, keys, wizard)
    put(wizard, CELL, wizard.editor.now.report.value(CELL) + 1)              # type: ignore[operator]
    saved(qtbot, window)
    assert wizard.editor.composing
    keys("Space")
    qtbot.waitUntil(lambda: text_of(wizard) == before + "你好", timeout=5000)


def test_another_page_ends_the_word(qtbot: QtBot, wizard: Wizard, keys: Keys) -> None:
    """By the mouse; and the input method goes on in the next field."""
    field = enter_text(qtbot, wizard)
    before = text_of(wizard)
    compose(qtbot, keys, wizard)
    item = next(i for i in wizard.rail.items if i.isVisible() and i.step.id == "cover")
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=QPoint(20, item.height() // 2))
    assert wizard.at[0].id == "cover"
    assert_nothing_open(qtbot, wizard, field, before)
    keys("End")
    compose(qtbot, keys, wizard)
    keys("Space")
    qtbot.waitUntil(lambda: wizard.editor.now.report.cover("organ.name").endswith("你好"), timeout=5000)


def test_leaving_the_draft_ends_the_word(qtbot: QtBot, window: MainWindow, wizard: Wizard, keys: Keys) -> None:
    enter_text(qtbot, wizard)
    before = text_of(wizard)
    compose(qtbot, keys, wizard)
    draft = window.workspace.open
    assert draft is not None
    window.show_home()
    assert window.drafts.load(draft.draft_id).text("preamble") == before


def test_beside_a_live_figure(qtbot: QtBot, wizard: Wizard, keys: Keys) -> None:
    """A word is composed between two figures while one of them becomes another; then undone step by step."""
    figure = "〔表三·本年新收·自然人〕"
    shown = f"新收{figure}{figure}件。"
    wizard.editor.do(wizard.editor.session.edit("写", [(Layer.TEXTS, "preamble", shown)]))
    field = enter_text(qtbot, wizard)
    field.put_cursor(len(f"新收{figure}"))
    compose(qtbot, keys, wizard)
    put(wizard, Address("requests", "new_requests", "natural_person"), None)
    assert wizard.editor.composing
    keys("Space")
    qtbot.waitUntil(lambda: text_of(wizard) == f"新收{figure}你好{figure}件。", timeout=5000)
    assert field.plain() == text_of(wizard)
    keys("Ctrl+z")
    qtbot.waitUntil(lambda: text_of(wizard) == shown, timeout=5000)
    assert field.plain() == shown
    wizard.enter_item("preamble")
    keys("Ctrl+y")
    qtbot.waitUntil(lambda: field.plain() == text_of(wizard) == f"新收{figure}你好{figure}件。", timeout=5000)


def test_undo_while_composing(qtbot: QtBot, wizard: Wizard, keys: Keys) -> None:
    """By its button, since the keys go to the input method: the open word goes, and with it what was written last."""
    field = enter_text(qtbot, wizard)
    before = text_of(wizard)
    keys(*NIHAO, "Space")
    qtbot.waitUntil(lambda: text_of(wizard) == before + "你好", timeout=5000)
    wizard.editor.seal()
    compose(qtbot, keys, wizard)
    undo = next(b for b in wizard.top.findChildren(QWidget) if getattr(b, "text", str)() == "撤销")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert_nothing_open(qtbot, wizard, field, before)
