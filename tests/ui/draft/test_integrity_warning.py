"""What a disk changed unnoticed stays said over the page until it is answered: looked at, put right, or kept."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from tests.store.store_helpers import corrupt
from tests.ui.driver import CELL, press, put, sample_wizard, saved, words
from tests.ui.helper.findings_driver import said
from ui.draft.integrity_warning import DamagedPlaces
from ui.history.versions_page import VersionsPage
from ui.wizard.wizard import Wizard

BAD = Address("requests", "new_requests", "natural_person")


@pytest.fixture
def spoilt(qtbot: QtBot, window: MainWindow) -> Wizard:
    """The sample, a figure of it (15) changed to 75 behind the program's back; opened again, and told."""
    sample_wizard(window)
    assert window.autosave is not None
    draft = window.autosave.draft_id
    window.show_home()
    corrupt(window.drafts.file, "UPDATE entry SET value = '75' WHERE draft_id = ? AND layer = 'values' AND key = ?",
            (draft, str(BAD)))
    wizard = window.open_draft(draft)
    qtbot.waitUntil(lambda: "共 1 处与保存时的记录不一致" in words(window), timeout=10000)
    return wizard


def looked_at(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> DamagedPlaces:
    shown: list[DamagedPlaces] = []
    monkeypatch.setattr(DamagedPlaces, "exec", lambda dialog: (dialog.show(), shown.append(dialog)))
    press(window, "查看有哪些")
    return shown[0]


def test_it_stays_until_it_is_answered(qtbot: QtBot, window: MainWindow, spoilt: Wizard) -> None:
    put(spoilt, CELL, Decimal(4))
    saved(qtbot, window)
    assert "自然人" in words(window)
    assert "共 1 处与保存时的记录不一致" in words(window)
    press(window, "看留下的版本")
    assert isinstance(window.stack.currentWidget(), VersionsPage)
    press(window, "知道了")
    assert "不一致" not in words(window)


def test_it_goes_with_the_draft_and_comes_with_it(qtbot: QtBot, window: MainWindow, spoilt: Wizard) -> None:
    assert window.autosave is not None
    draft = window.autosave.draft_id
    window.show_home()
    assert "不一致" not in words(window)
    window.open_draft(draft)
    qtbot.waitUntil(lambda: "共 1 处与保存时的记录不一致" in words(window), timeout=10000)


def test_the_figure_as_it_was_saved_can_be_had_back(
        qtbot: QtBot, window: MainWindow, spoilt: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = looked_at(window, monkeypatch)
    assert "：15 → 75" in said(dialog)
    (box,) = dialog.findChildren(QCheckBox)
    box.click()
    press(dialog, "改回勾选的")
    assert spoilt.editor.now.report.value(BAD) == 15
    assert "没有不一致的地方了" in words(dialog)
    assert "不一致" not in words(window.notices)
    dialog.close()
    spoilt.editor.stack.undo()
    assert spoilt.editor.now.report.value(BAD) == 75


def test_what_is_there_now_can_be_kept_for_good(
        qtbot: QtBot, window: MainWindow, spoilt: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.autosave is not None
    draft = window.autosave.draft_id
    press(looked_at(window, monkeypatch), "都以现在的为准")
    saved(qtbot, window)
    assert spoilt.editor.now.report.value(BAD) == 75
    assert not spoilt.editor.stack.canUndo()
    assert window.drafts.disagreements(draft) == []
