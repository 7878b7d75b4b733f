"""An exchange file for another office: what goes along is what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address
from govdesk.report.report import Layer
from tests.ui.helper.findings_driver import said
from tests.ui.walking import sample
from ui.pages.export_page import ExportPage

CELL = Address("requests", "disclosed", "natural_person")
NOTE = "李四说先这样填"


@pytest.fixture
def page(window: MainWindow) -> ExportPage:
    """The export page of a draft with a note."""
    wizard = sample(window)
    wizard.editor.do(wizard.editor.session.edit("备注", [(Layer.NOTES, CELL, NOTE)]))
    shown = wizard.enter("export")
    assert isinstance(shown, ExportPage)
    return shown


def words_on(page: ExportPage) -> str:
    return "".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_note_stays_at_home_unless_it_is_asked_for(page: ExportPage, tmp_path: Path) -> None:
    assert "不含备注" in words_on(page) and "连同备注 1 处" in words_on(page)
    target = tmp_path / "x.govdesk"
    page.hand_over(target)
    assert NOTE not in target.read_text(encoding="utf-8")
    assert "不含备注 1 处" in words_on(page)
    assert read_file(target).report.text("problems")


def test_ticked_it_goes_along_once(page: ExportPage, tmp_path: Path) -> None:
    target = tmp_path / "x.govdesk"
    QTest.keyClick(page.notes.box, Qt.Key.Key_Space)
    page.hand_over(target)
    assert NOTE in target.read_text(encoding="utf-8")
    assert f"{target}（连同备注 1 处）" in words_on(page)
    page.hand_over(target)                     # each file is asked about anew
    assert NOTE not in target.read_text(encoding="utf-8")


def test_without_notes_nothing_is_asked(page: ExportPage) -> None:
    QTest.keyClick(page.notes.box, Qt.Key.Key_Space)
    page.window().wizard.editor.stack.undo()   # type: ignore[attr-defined]
    assert page.notes.isHidden() and not page.notes.taken


def test_what_is_carried_away_for_oneself_says_that_notes_go_along(qtbot: QtBot, window: MainWindow, page: ExportPage,
                                                                   tmp_path: Path) -> None:
    target = tmp_path / "x.govdesk"
    assert window.wizard is not None
    window.carry_to(target)
    qtbot.waitUntil(lambda: "已拷出" in said(window.wizard.status), timeout=10_000)     # type: ignore[union-attr]
    assert "连同备注 1 处，只给自己用" in said(window.wizard.status)
    assert NOTE in target.read_text(encoding="utf-8")
