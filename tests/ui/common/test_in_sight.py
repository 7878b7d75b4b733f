"""Pages that another page lies over: written when they come to the front, and not at each key before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from types import FrameType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from govdesk.report.report import Layer
from tests.ui.walking import sample
from ui.common import debounce
from ui.common.in_sight import InSight
from ui.pages.export_page import ExportPage
from ui.pages.text_page import TextPage
from ui.text.highlights import TextHighlights
from ui.wizard.wizard import Wizard

CELL = Address("requests", "disclosed", "natural_person")


def test_it_waits_for_the_widget_to_be_seen_and_acts_once(qtbot: QtBot) -> None:
    widget, done = QWidget(), list[str]()
    qtbot.addWidget(widget)
    in_sight = InSight(lambda: done.append("written"), widget)
    in_sight.follow()
    in_sight.follow("a signal's arguments", 2)
    assert done == []
    widget.show()
    assert done == ["written"]
    widget.hide()
    widget.show()
    assert done == ["written"]               # nothing has changed since
    in_sight.follow()
    assert done == ["written"] * 2


def test_a_figure_is_written_on_no_page_out_of_sight_and_on_each_that_is_entered(
        window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    state, refresh = ExportPage._write_state, TextHighlights.refresh
    monkeypatch.setattr(ExportPage, "_write_state", lambda page: (written.append("export"), state(page)))
    monkeypatch.setattr(TextHighlights, "refresh", lambda marks: (written.append("text"), refresh(marks)))
    wizard = sample(window)
    export, text = wizard.enter("export"), wizard.enter("overview", "overview.proactive")
    assert isinstance(text, TextPage)
    wizard.editor.do(wizard.editor.session.edit("填入", [
        (Layer.TEXTS, text.text_id, "予以公开〔表三·予以公开·自然人〕件。")]))
    length = count_of(text)
    wizard.go_to(CELL)
    written.clear()
    QTest.keyClicks(QApplication.focusWidget(), "1234567")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wizard.editor.now.figures[CELL] == Decimal(1234567) and written == []
    wizard.enter("overview", "overview.proactive")
    assert written == ["text"]
    assert count_of(text) == length + 6      # the figure in the sentence has seven digits now
    wizard.enter("export")
    assert "对不上" in "；".join(label.text() for label in export.findChildren(QLabel))


def test_a_key_costs_little_more_once_all_pages_were_looked_at(
        window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls of functions are counted, which no busy machine can change."""
    monkeypatch.setattr(debounce, "PAUSE_MS", 60_000)
    wizard = sample(window)
    wizard.go_to(CELL)
    calls_of_a_figure("11")                  # what is made once is made now
    alone = calls_of_a_figure("12")
    for _ in pages_of(wizard):
        pass
    wizard.go_to(CELL)
    assert calls_of_a_figure("13") < 1.3 * alone


def pages_of(wizard: Wizard) -> Iterator[QWidget]:
    for step in wizard.steps:
        for page in step.pages:
            yield wizard.enter(step.id, page.item)
            QApplication.processEvents()


def calls_of_a_figure(figure: str) -> int:
    """How many functions run while a figure is typed and entered; the cursor goes back to its cell."""
    calls = 0

    def note(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(note)
    QTest.keyClicks(QApplication.focusWidget(), figure)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    sys.setprofile(None)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    return calls


def count_of(page: TextPage) -> int:
    """The length of the text as the foot of its page says it."""
    words = next(label.text() for label in page.findChildren(QLabel) if " 字" in label.text())
    return int(words.partition(" 字")[0])
