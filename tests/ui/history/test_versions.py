"""The past of a draft, through the window: kept by itself and by name, compared, gone back to, undone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.form.form import Address
from govdesk.report.report import Layer
from tests.ui.conftest import OpenWindow
from tests.ui.driver import CELL, put, sample_wizard, saved, words
from tests.ui.helper.findings_driver import said
from tests.ui.history.versions_driver import lines, past
from ui.widgets.callout import Callout


def test_what_was_there_before_the_first_edit_of_the_day_can_be_had_back(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    before = wizard.editor.now.report
    put(wizard, CELL, Decimal(77))
    saved(qtbot, window)
    page = past(window)
    assert lines(page) == ["打开时的样子"]
    assert "：1 → 77" in said(page)
    assert "与现在有 1 处不同" in words(page)
    qtbot.mouseClick(page.turn_button, Qt.MouseButton.LeftButton)
    assert "：77 → 1" in said(page)
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is wizard)
    assert wizard.editor.now.report == before
    saved(qtbot, window)
    page = past(window)
    page.list.setCurrentRow(page.list.count() - 1)
    assert "与现在完全相同" in words(page)
    assert not page.all_button.isEnabled() and not page.some_button.isEnabled()
    page.back_wanted.emit()
    wizard.editor.stack.undo()
    assert wizard.editor.now.report.value(CELL) == 77


def test_a_version_by_name_and_only_what_is_chosen_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    page = past(window)
    page.name.setText("送审稿<b>")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    saved(qtbot, window)
    assert lines(page) == ["“送审稿<b>”"]
    page.back_wanted.emit()
    put(wizard, CELL, Decimal(5))
    wizard.editor.do(wizard.editor.session.edit("填写", [(Layer.TEXTS, "problems", "一是新的句子。二是另一句。")]))
    saved(qtbot, window)
    page = past(window)
    page.list.setCurrentRow(page.list.count() - 1)
    assert "表三" in words(page)
    assert not page.some_button.isEnabled()
    boxes = [b for b in page.shown.findChildren(QCheckBox) if "自然人" in b.accessibleName() and b.isVisibleTo(page)]
    assert len(boxes) == 1, [b.accessibleName() for b in page.shown.findChildren(QCheckBox)]
    assert page.some_button.property("role") != "primary" != page.all_button.property("role")
    boxes[0].click()
    assert page.some_button.property("role") == "primary" != page.all_button.property("role")
    qtbot.mouseClick(page.some_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is wizard)
    assert wizard.editor.now.report.value(CELL) == 1
    assert wizard.editor.now.report.text("problems").startswith("一是新的")


def test_the_time_line_of_the_cell_under_the_cursor(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    wizard.go_to(CELL)
    for number in (5, 6):
        put(wizard, CELL, Decimal(number))
        saved(qtbot, window)
    wizard.editor.stack.undo()
    saved(qtbot, window)
    page = past(window)
    told = [page.moments.item(row).text().split(" · ")[0] for row in range(page.moments.count())]
    assert told == ["5　撤销 填入", "6　填入", "5　填入", "1　开始"]


def test_a_large_act_an_export_and_leaving_keep_the_moment(
        qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(2))
    cells = [(Layer.VALUES, a, None) for a in sorted(wizard.editor.form.input_cells)[:30]]
    wizard.editor.do(wizard.editor.session.edit("清空", cells))
    wizard.enter("export").export_to(tmp_path / "out.pdf")
    qtbot.waitUntil(lambda: bool(window.drafts.list()[0].exported_at) and not window.autosave.unsaved, timeout=30000)
    put(wizard, CELL, Decimal(3))
    window.close()
    again = open_window()
    again.open_draft(again.drafts.list()[0].id)
    page = past(again)
    assert lines(page) == ["离开草稿时", "导出 PDF 时", "“清空”之前", "打开时的样子"]
    assert again.drafts.report_at(1, 0) == cli.sample_report()


def test_an_export_that_ends_after_the_draft_was_left_starts_nothing(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(2))
    saver = window.autosave
    assert saver is not None
    window.show_home()
    saver.keep("exported")
    assert not saver.unsaved
    assert not saver._timer.isActive()


def test_a_text_is_compared_sentence_by_sentence(window: MainWindow) -> None:
    from govdesk.report.compare import compare_sentences

    assert [tuple(p) for p in compare_sentences("甲句。乙句。丙句。", "甲句。新句。丙句。")] == [
        (" ", "甲句。"), ("-", "乙句。"), ("+", "新句。"), (" ", "丙句。")]
    assert Address("requests", "disclosed", "natural_person") == CELL


def cut(field: QLineEdit, most: int) -> None:
    """What is pasted beyond the limit is left out, and a sentence says so."""
    assert not callouts(field)
    QGuiApplication.clipboard().setText("甲" * 100_000)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "甲" * most
    (bubble,) = callouts(field)
    assert bubble.text() == f"最多 {most} 字，多出的没有填入"
    inside = bubble.window().rect()
    assert inside.contains(bubble.geometry()) and bubble.width() >= bubble.minimumSizeHint().width()


def callouts(field: QLineEdit) -> list[Callout]:
    return [b for b in field.window().findChildren(Callout) if b.isVisible() and "最多" in b.text()]


def test_a_version_s_name_that_is_too_long_is_not_cut_without_a_word(window: MainWindow) -> None:
    sample_wizard(window)
    page = past(window)
    cut(page.name, 60)
    page.back_wanted.emit()
    assert not callouts(page.name)


def test_nor_is_a_draft_s(qtbot: QtBot, window: MainWindow) -> None:
    sample_wizard(window)
    window.show_home()
    window.home.table.rename()
    field = window.home.table.findChild(QLineEdit)
    cut(field, 40)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(Callout, options=Qt.FindChildOption.FindDirectChildrenOnly))


def test_nor_a_source_or_a_note(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    wizard.go_to(CELL)
    page = wizard.pages["requests"]
    page.open_evidence()
    for field in page.source_bar.fields.values():
        cut(field, 500)
        callouts(field)[0].hide()


def test_the_review_that_lay_below_says_what_is_now(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(77))
    saved(qtbot, window)
    review = wizard.enter("review")
    assert "对不上" in words(review) or "必须改正 1" in words(review)
    page = past(window)
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is wizard)
    assert wizard.editor.now.causes == ()
    assert "没有发现问题" in words(review)
