"""Typing in texts and on the cover is an edit of the report; undo is the report's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from govdesk.printing.compose import compose
from govdesk.report.report import Layer
from govdesk.session.steps import find_missing_cover_facts
from ui.editing.bound_fields import Binding, LineField, TextField
from ui.editing.editor import Editor
from ui.pages.cover_page import CoverPage, DateField, YearField


@pytest.fixture
def text(qtbot: QtBot, editor: Editor) -> TextField:
    field = TextField(Binding(editor, Layer.TEXTS, "problems", "编辑"))
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    return field


def stored(editor: Editor) -> str:
    return editor.now.report.text("problems")


def test_a_run_of_typing_is_one_undo_step(text: TextField, editor: Editor) -> None:
    QTest.keyClicks(text, "abc")
    assert stored(editor) == "abc"
    assert editor.stack.count() == 1
    editor.stack.undo()
    assert (stored(editor), text.plain()) == ("", "")
    editor.stack.redo()
    assert (stored(editor), text.plain()) == ("abc", "abc")


def test_a_pause_ends_the_run(qtbot: QtBot, text: TextField, editor: Editor) -> None:
    QTest.keyClicks(text, "ab")
    qtbot.wait(1200)
    QTest.keyClicks(text, "cd")
    assert editor.stack.count() == 2
    editor.stack.undo()
    assert stored(editor) == text.plain() == "ab"


def test_leaving_the_field_ends_the_run(text: TextField, editor: Editor) -> None:
    QTest.keyClicks(text, "ab")
    text.clearFocus()
    text.setFocus()
    QTest.keyClicks(text, "cd")
    assert editor.stack.count() == 2


def test_typing_and_taking_it_back_leaves_no_step(text: TextField, editor: Editor) -> None:
    QTest.keyClicks(text, "a")
    QTest.keyClick(text, Qt.Key.Key_Backspace)
    assert stored(editor) == ""
    assert not editor.stack.canUndo()


def test_undo_puts_the_cursor_where_the_text_changed(text: TextField, editor: Editor) -> None:
    QTest.keyClicks(text, "first")
    editor.seal()
    cursor = text.textCursor()
    cursor.setPosition(2)
    text.setTextCursor(cursor)
    QTest.keyClicks(text, "XX")
    editor.stack.undo()
    assert text.plain() == "first"
    assert text.textCursor().position() == 2


def test_composition_changes_nothing_until_it_is_committed(text: TextField, editor: Editor) -> None:
    QApplication.sendEvent(text, QInputMethodEvent("nihao", []))
    assert stored(editor) == ""
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(text, commit)
    assert stored(editor) == "你好"
    assert editor.stack.count() == 1


HOSTILE = ["<b>粗</b>&amp;]]>", "a\u00a0b", "\u202e右到左\u200f", "𠮷野家𬱖", "😀👍🏽", "　　全角空格开头", "tab\there",
           "第一段\n第二段\n\n第四段", "政务公开a1，" * 14_286]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_pasted_text_is_kept_as_it_is(text: TextField, editor: Editor, content: str) -> None:
    QGuiApplication.clipboard().setText(content)
    text.paste()
    assert stored(editor) == content
    editor.stack.undo()
    assert stored(editor) == ""
    editor.stack.redo()
    assert text.plain() == stored(editor) == content


def test_html_is_pasted_as_plain_text(text: TextField, editor: Editor) -> None:
    mime = QMimeData()
    mime.setHtml("<h1>标题</h1><p>正文</p>")
    mime.setText("标题\n正文")
    QGuiApplication.clipboard().setMimeData(mime)
    text.paste()
    assert stored(editor) == "标题\n正文"
    assert "<h1>" not in text.toHtml().lower().replace("<h1></h1>", "")


def test_a_file_is_no_text(text: TextField, editor: Editor) -> None:
    """Neither dragged nor pasted: its path would stand in the report."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/clerk/report.docx")])
    assert not text.canInsertFromMimeData(mime)
    text.insertFromMimeData(mime)
    assert stored(editor) == ""


def test_ctrl_z_is_left_to_the_window(text: TextField, editor: Editor) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(text, event)
    assert not event.isAccepted()


@pytest.mark.parametrize(("typed", "kept"), [
    ("2024年1月18日", "2024-01-18"), ("２０２４年０１月１８日", "2024-01-18"), ("2024-1-8", "2024-01-08"),
    ("2024.01.18", "2024-01-18"), ("20240118", "2024-01-18"),
    ("二〇二四年一月十八日", "2024-01-18"), ("二零二五年十二月三十一日", "2025-12-31"),
    ("2024/1/18", "2024-01-18"), ("", "")])
def test_dates_as_offices_write_them(qtbot: QtBot, editor: Editor, typed: str, kept: str) -> None:
    field = DateField(Binding(editor, Layer.COVER, "issued_on", "填成文日期"))
    qtbot.addWidget(field)
    assert field.to_entry(typed) == kept


@pytest.mark.parametrize("typed", ["2024年2月30日", "一月", "2024", "20241318"])
def test_what_is_no_date_is_kept_as_typed_and_said(qtbot: QtBot, editor: Editor, typed: str) -> None:
    """Not lost, and no older date is printed in its stead."""
    field = DateField(Binding(editor, Layer.COVER, "issued_on", "填成文日期"))
    qtbot.addWidget(field)
    reasons: list[str] = []
    field.refused.connect(reasons.append)
    field.setText(typed)
    field.textEdited.emit(typed)
    assert editor.now.report.cover("issued_on") == typed
    assert "请" in reasons[-1]
    assert field.text() == typed
    assert find_missing_cover_facts(editor.form, editor.now.report)["issued_on"] == typed
    assert compose(editor.now).blocks[-1].date == ""


def test_a_year_is_digits_of_any_width(qtbot: QtBot, editor: Editor) -> None:
    field = YearField(Binding(editor, Layer.COVER, "year", "填报告年度"))
    qtbot.addWidget(field)
    assert field.to_entry("２０２３年") == "2023"
    for wrong in ("23", "02023", "1949", "二〇二三", "2023.5"):
        with pytest.raises(ValueError, match="年份"):
            field.to_entry(wrong)


def test_the_cover_writes_and_follows_undo(qtbot: QtBot, editor: Editor) -> None:
    page = CoverPage(editor)
    qtbot.addWidget(page)
    page.show()
    name = page.fields["organ.name"]
    assert isinstance(name, LineField)
    QTest.keyClicks(name, "A&B<b>")
    level = page.fields["organ.level"]
    level.setCurrentIndex(4)
    level.activated.emit(4)
    assert editor.now.report.cover("organ.name") == "A&B<b>"
    assert editor.now.report.cover("organ.level") == "county"
    editor.stack.undo()
    assert level.currentData() == ""
    editor.stack.undo()
    assert name.text() == ""


def test_a_date_is_shown_as_it_will_be_printed(qtbot: QtBot, editor: Editor) -> None:
    field = DateField(Binding(editor, Layer.COVER, "issued_on", "填成文日期"))
    qtbot.addWidget(field)
    QTest.keyClicks(field, "2024-1-8")
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))
    assert field.text() == "2024年1月8日"
    assert editor.now.report.cover("issued_on") == "2024-01-08"


ODD = ["\ufeff甲", "甲\ud800乙", "甲\ufdd0乙", "a\x00b", "\U0010fffd", "\ue000甲\U0010f000", "\U0010f7ff\U0010f803"]


@pytest.mark.parametrize("content", ODD, ids=ascii)
def test_odd_characters_survive_typing_and_undo(qtbot: QtBot, editor: Editor, content: str) -> None:
    editor.do(editor.session.edit("编辑", [(Layer.TEXTS, "problems", content)]))
    field = TextField(Binding(editor, Layer.TEXTS, "problems", "编辑"))
    qtbot.addWidget(field)
    assert field.plain() == content
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(field, "x")
    assert stored(editor) == content + "x"
    editor.stack.undo()
    assert stored(editor) == field.plain() == content
    assert (editor.stack.index(), editor.stack.count()) == (1, 2)


def test_a_pasted_page_has_the_papers_indent(text: TextField, editor: Editor) -> None:
    QGuiApplication.clipboard().setText("第一段\n第二段")
    text.paste()
    blocks = [text.document().findBlockByNumber(i).blockFormat() for i in range(2)]
    assert all(block.textIndent() > 20 for block in blocks)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert text.textCursor().blockFormat().textIndent() > 20
    editor.stack.undo()
    editor.stack.redo()
    assert text.document().findBlockByNumber(1).blockFormat().textIndent() > 20


def test_ctrl_e_is_left_to_the_window(qtbot: QtBot, editor: Editor) -> None:
    field = LineField(Binding(editor, Layer.COVER, "organ.name", "填机关全称"))
    qtbot.addWidget(field)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(field, event)
    assert not event.isAccepted()
