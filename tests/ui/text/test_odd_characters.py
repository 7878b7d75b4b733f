"""Characters that the field's own marks could be taken for, and those that Qt would drop: kept as data everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.base.paths import resources_folder
from govdesk.export.formats import export_document
from govdesk.printing.compose import compose
from govdesk.report.report import Layer
from tests.ui.conftest import say
from tests.ui.driver import sample_wizard
from ui.editing.bound_fields import document_positions

PRIVATE = "".join(chr(c) for c in (0x10F000, 0x10F123, 0x10F800, 0x10F803, 0x10F804, 0xE000, 0xF0000))
ODD = "甲\ud800乙\udc00\ufeff\ufdd0\ufdd1\ufdd2\0丙"


@pytest.mark.parametrize("way", ["typed", "pasted", "opened", "undone"])
def test_private_characters_and_odd_ones_stay_as_they_are(window: MainWindow, way: str) -> None:
    wizard = sample_wizard(window)
    editor, text = wizard.editor, f"{PRIVATE}{'' if way == 'typed' else ODD}{PRIVATE}。"
    if way == "opened":
        editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", text)]))
    field = wizard.enter("problems").field
    if way != "opened":
        field.selectAll()
        field.textCursor().removeSelectedText()
    if way == "typed":
        say(field, PRIVATE)                                  # by an input method
        say(field, f"{PRIVATE}。")
    elif way in ("pasted", "undone"):
        mime = QMimeData()
        mime.setData("application/x-govdesk-text", text.encode("utf-8", "surrogatepass"))
        field.insertFromMimeData(mime)
    if way == "undone":
        editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", "别的")]))
        editor.stack.undo()
    assert editor.now.report.text("problems") == text == field.plain()
    say(field, "后")                                         # the text around it is edited
    field.put_cursor(0)
    say(field, "前")
    assert editor.now.report.text("problems").replace("前", "").replace("后", "") == text
    every = list(range(len(field.plain())))
    assert [field.offset(position) for position in document_positions(field.plain(), every)] == every
    window.show_home()
    assert window.drafts.load(1).text("problems").replace("前", "").replace("后", "") == text


def test_half_of_what_stands_for_a_character_goes_with_the_other(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    editor = wizard.editor
    editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", "甲\ud800乙")]))
    field = wizard.enter("problems").field
    field.put_cursor(2)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: field.document().toRawText() == "甲乙", timeout=3000)
    assert editor.now.report.text("problems") == "甲乙" and field.offset(field.textCursor().position()) == 1


def test_a_live_figure_beside_odd_characters_is_where_it_stands(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    editor = wizard.editor
    token = "〔表三·本年新收·总计〕"
    editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", f"{ODD}{PRIVATE}新收{token}件。")]))
    page = wizard.enter("problems")
    (piece,) = page.marks.chips.pieces
    cursor = page.field.textCursor()
    cursor.setPosition(piece[0])
    cursor.setPosition(piece[1], cursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == token


def test_a_private_character_is_named_on_paper(window: MainWindow) -> None:
    """Neither dropped nor taken for half of a pair."""
    wizard = sample_wizard(window)
    say(wizard.enter("problems").field, "\U0010f123")
    done = export_document(compose(wizard.editor.now), window.drafts.file.parent / "o.pdf", "pdf",
                           resources_folder() / "fonts")
    assert any("U+10F123" in doubt.sentence for doubt in done.doubts)
