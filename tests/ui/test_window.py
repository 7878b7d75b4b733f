"""The window as a clerk meets it: home, wizard, undo that leads back, review, export, what goes wrong."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.base.errors import StoreError
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address
from govdesk.report.report import Layer, edit_of
from govdesk.session import previous_year
from govdesk.session.steps import StepProgress
from tests.ui.conftest import OpenWindow, say
from tests.ui.driver import CELL, comes, listed, put, sample_wizard, saved, words
from ui.home.draft_list import SAVED
from ui.pages.export_page import ExportPage
from ui.pages.review_page import ReviewPage


def test_home_offers_the_sample_and_lists_what_was_begun(qtbot: QtBot, window: MainWindow) -> None:
    assert "还没有草稿" in words(window.home)
    qtbot.mouseClick(window.home.sample_button, Qt.MouseButton.LeftButton)
    assert window.wizard is not None
    window.show_home()
    assert listed(window)[0][:3] == ["临江区人民政府办公室", "2023 年", "✓ 数字已填完"]


def test_search_finds_by_organ_and_year(window: MainWindow) -> None:
    sample_wizard(window)
    window.show_home()
    window.home.search.setText("教育局")
    assert "没有符合的草稿" in words(window.home)
    window.home.search.setText("2023")
    assert listed(window)[0][0] == "临江区人民政府办公室"


def test_a_deleted_draft_can_be_had_back(qtbot: QtBot, window: MainWindow) -> None:
    sample_wizard(window)
    window.show_home()
    draft = window.drafts.list()[0].id
    window.home.delete_wanted.emit([draft])
    assert window.drafts.list() == []
    undo = next(b for b in window.home.findChildren(QPushButton) if b.text() == "撤销删除")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert [d.id for d in window.drafts.list()] == [draft]


def test_the_bin_says_when_a_draft_was_deleted_and_that_it_stays(window: MainWindow) -> None:
    sample_wizard(window)
    window.show_home()
    window.home.delete_wanted.emit([window.drafts.list()[0].id])
    window.home.bin_wanted.emit(True)
    model = window.home.table.rows
    assert model.headerData(SAVED, Qt.Orientation.Horizontal) == "删除时间"
    assert model.index(0, SAVED).data().startswith("今天")
    assert "不会自动清除" in words(window.home)
    window.home.bin_wanted.emit(False)
    assert model.headerData(SAVED, Qt.Orientation.Horizontal) == "上次保存"
    assert "不会自动清除" not in words(window.home)


def test_every_page_can_be_entered_in_any_order_while_empty(window: MainWindow) -> None:
    window.new_draft()
    wizard = window.wizard
    assert wizard is not None
    for step in reversed(wizard.steps):
        for page in step.pages:
            shown = wizard.enter(step.id, page.item)
            assert wizard.stack.currentWidget() is shown
            assert shown.isVisible()


def test_rail_shows_empty_partial_complete_and_problem(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(0))
    put(wizard, Address("disputes", "litigation_direct", "upheld"), None)
    states = {item.step.id: item.state.progress for item in wizard.rail.items if item.state}
    assert states["requests"] is StepProgress.PROBLEM
    assert states["disputes"] is StepProgress.PARTIAL
    assert states["overview"] is StepProgress.COMPLETE
    window.show_home()
    window.new_draft()
    assert window.wizard is not None
    states = {item.step.id: item.state.progress for item in window.wizard.rail.items if item.state}
    assert states["requests"] is StepProgress.EMPTY


def test_the_indicator_is_in_sight_on_every_page(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    for step in wizard.steps:
        wizard.enter(step.id)
        assert wizard.status.standing.isVisible()
        assert wizard.status.standing.text() == "✓ 可以送审"
    put(wizard, CELL, Decimal(0))
    assert wizard.status.standing.text() == "! 1 处对不上 ›"
    put(wizard, CELL, None)
    assert wizard.status.standing.text() == "1 格空白 ›"


def test_a_click_on_the_indicator_leads_to_the_cells(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(0))
    wizard.enter("problems")
    qtbot.mouseClick(wizard.status.standing, Qt.MouseButton.LeftButton)
    assert wizard.at[1].item == "requests"
    smaller_side = Address("requests", "carried_forward_out", "natural_person")
    assert wizard.pages["requests"].view.cursor_address == smaller_side


def test_undo_leads_to_what_it_changed(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(7))
    wizard.enter("problems")
    say(wizard.pages["problems"].field, "甲")
    wizard.enter("review")
    wizard.top.undo_wanted.emit()
    assert wizard.at[1].item == "problems"
    assert "甲" not in wizard.editor.now.report.text("problems")
    wizard.top.undo_wanted.emit()
    assert wizard.at[1].item == "requests"
    assert wizard.editor.now.figures[CELL] == 1
    wizard.top.redo_wanted.emit()
    assert wizard.editor.now.figures[CELL] == 7


def test_review_lists_by_severity_and_leads_to_the_cells(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(0))
    put(wizard, Address("proactive", "rules", "issued"), Decimal(2))
    page = wizard.enter("review")
    assert isinstance(page, ReviewPage)
    text = words(page)
    assert "还不能送审：2 处对不上" in text
    assert "表三 · 自然人列：一＋二＝22，三（七）＋四＝21，相差 1" in text
    assert "没有规章制定权" in text
    look = next(b for b in page.findChildren(QPushButton)
                if b.accessibleName().startswith("去看") and "规章制定权" in b.accessibleName())
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    assert wizard.at[1].item == "proactive"
    assert wizard.pages["proactive"].view.cursor_address == Address("proactive", "rules", "issued")


def test_review_of_the_sample_says_that_it_can_be_handed_in(window: MainWindow) -> None:
    assert "可以送审" in words(sample_wizard(window).enter("review"))


def test_f8_goes_through_what_is_off(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, Address("proactive", "rules", "issued"), Decimal(2))
    put(wizard, Address("disputes", "litigation_direct", "upheld"), Decimal(-1))
    seen = []
    for _ in range(4):
        wizard.next_finding()
        seen.append(wizard.at[1].item)
    assert {"proactive", "disputes"} <= set(seen)


def test_edits_are_saved_within_a_second_and_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    wizard = sample_wizard(window)
    with qtbot.waitSignal(window.autosave.saved, timeout=1500):
        put(wizard, CELL, Decimal(5))
    assert "已自动保存" in wizard.status.saved.text()
    with sqlite3.connect(tmp_path / "data" / "govdesk.sqlite3") as raw:
        row = raw.execute("SELECT value FROM entry WHERE key = ?", (str(CELL),)).fetchone()
    assert row[0] == "5"


def test_a_restart_shows_what_was_left(qtbot: QtBot, open_window: OpenWindow) -> None:
    first = open_window()
    wizard = sample_wizard(first)
    put(wizard, CELL, Decimal(5))
    say(wizard.enter("problems").field, "，乙")
    first.close()
    second = open_window()
    draft = second.drafts.list()[0]
    second.open_draft(draft.id)
    assert second.wizard is not None
    assert second.wizard.editor.now.figures[CELL] == 5
    assert "，乙" in second.wizard.editor.now.report.text("problems")


def test_a_failed_save_is_said_and_made_good(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = sample_wizard(window)
    real = window.drafts.save
    monkeypatch.setattr("ui.editing.autosave.RETRY_MS", 100)

    def full(*_: object, **__: object) -> None:
        raise StoreError("磁盘已满，请腾出空间")

    monkeypatch.setattr(window.drafts, "save", full)
    with qtbot.waitSignal(window.autosave.failed, timeout=3000):
        put(wizard, CELL, Decimal(5))
    assert "磁盘已满" in wizard.status.saved.text()
    assert window.autosave.unsaved
    put(wizard, CELL, Decimal(6))
    monkeypatch.setattr(window.drafts, "save", real)
    saved(qtbot, window)
    assert window.drafts.load(window.autosave.draft_id).value(CELL) == 6


def test_leaving_with_unsaved_work_asks(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = sample_wizard(window)

    def full(*_: object, **__: object) -> None:
        raise StoreError("磁盘已满，请腾出空间")

    real = window.drafts.save
    monkeypatch.setattr(window.drafts, "save", full)
    put(wizard, CELL, Decimal(5))
    asked: list[str] = []

    def stay(box: QMessageBox) -> int:
        asked.append(box.text())
        next(b for b in box.buttons() if b.text() == "留下").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", stay)
    window.show_home()
    assert asked
    assert window.wizard is wizard
    assert wizard.editor.now.figures[CELL] == 5
    monkeypatch.setattr(window.drafts, "save", real)
    saved(qtbot, window)


def test_what_was_given_up_is_never_written_later(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard, real = sample_wizard(window), window.drafts.save
    draft = window.autosave.draft_id
    monkeypatch.setattr("ui.editing.autosave.RETRY_MS", 30)
    monkeypatch.setattr(window.drafts, "save", lambda *_, **__: (_ for _ in ()).throw(StoreError("磁盘已满")))
    put(wizard, CELL, Decimal(5))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: next(
        b for b in box.buttons() if b.text() == "不保存，离开").click() or 0)
    window.show_home()
    assert window.wizard is None
    monkeypatch.setattr(window.drafts, "save", real)
    window.open_draft(draft)
    qtbot.wait(200)
    assert window.drafts.load(draft).value(CELL) == 1


def test_export_writes_the_pdf_and_says_where(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    wizard = sample_wizard(window)
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    target = tmp_path / "报告 <1>.pdf"
    with qtbot.waitSignal(page.exported, timeout=20_000):
        page.export_to(target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert "✓ 已导出，共 4 页" in words(page)
    assert "“收到和处理政府信息公开申请情况”表行高 4.7 毫米" in words(page)
    window.show_home()
    assert "✓ 已导出" in listed(window)[0][2]


def test_export_to_a_bad_place_is_a_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = sample_wizard(window).enter("export")
    (tmp_path / "file").write_text("x")
    page.export_to(tmp_path / "file" / "out.pdf")
    qtbot.waitUntil(lambda: "△" in words(page), timeout=20_000)
    assert page.export_button.isEnabled()
    assert "Traceback" not in words(page)


def test_the_exchange_file_goes_out_and_comes_in(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = sample_wizard(window).enter("export")
    page.hand_over(tmp_path / "a.govdesk")
    assert read_file(tmp_path / "a.govdesk").report == cli.sample_report()
    comes(qtbot, window, tmp_path / "a.govdesk")
    assert len(window.drafts.list()) == 1        # the very same report leads back to its draft
    put(window.wizard, CELL, Decimal(5))
    comes(qtbot, window, tmp_path / "a.govdesk")
    assert len(window.drafts.list()) == 2


def test_a_bad_file_is_one_line_on_the_home_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    bad = tmp_path / "坏.govdesk"
    bad.write_text("{")
    comes(qtbot, window, bad)
    assert "坏.govdesk" in words(window.home)
    assert window.drafts.list() == []


def test_what_was_foreseen_by_nobody_can_be_copied_and_quotes_no_text() -> None:
    from ui.error_reports.error_dialog import make_error_report

    typed = "某某申请人的姓名"
    try:
        raise ValueError(typed)
    except ValueError as error:
        text = make_error_report(error)
    assert "ValueError" in text
    assert "test_window" in text
    assert "申请人" not in text


def test_qt_speaks_chinese(look: QApplication) -> None:
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    shown = {button.text().replace("&", "") for button in box.buttons()}
    assert shown == {"确定", "取消"}


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1093, 614)])
def test_nothing_is_cut_off(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    """Every visible label and button lies inside the window and is as wide as its words."""
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(0))
    window.resize(*size)
    for step in wizard.steps:
        shown = wizard.enter(step.id)
        for _ in range(2):                   # a heading is set anew once its page has been laid out
            QApplication.processEvents()
        assert window.width() == size[0]
        for child in [*shown.findChildren(QPushButton), *wizard.top.findChildren(QPushButton), wizard.status.standing]:
            if child.isVisible() and not child.visibleRegion().isEmpty():
                right = child.mapTo(window, child.rect().topRight()).x()
                assert right <= size[0], child.text()
                assert child.width() >= child.minimumSizeHint().width(), child.text()


def test_drafts_can_be_kept_elsewhere(window: MainWindow, tmp_path: Path) -> None:
    sample_wizard(window)
    window.show_home()
    window.move_to(tmp_path / "U盘 草稿")
    assert (tmp_path / "U盘 草稿" / "govdesk.sqlite3").is_file()
    assert [d.organ_name for d in window.drafts.list()] == ["临江区人民政府办公室"]
    window.open_draft(window.drafts.list()[0].id)
    assert window.wizard is not None


def test_drafts_stay_where_the_other_place_cannot_be_written(window: MainWindow, tmp_path: Path) -> None:
    sample_wizard(window)
    window.show_home()
    (tmp_path / "file").write_text("x")
    before = window.drafts
    assert not window.attempt(lambda: window.move_to(tmp_path / "file" / "x"))
    assert window.drafts is before
    assert len(window.drafts.list()) == 1


def test_the_next_year_begins_from_the_last(window: MainWindow) -> None:
    sample_wizard(window)
    window.show_home()
    window.home.next_wanted.emit(window.drafts.list()[0].id)
    assert window.wizard is not None
    report = window.wizard.editor.now.report
    assert (report.cover("year"), report.cover("organ.name")) == ("2024", "临江区人民政府办公室")
    cell = Address("requests", "new_requests", "natural_person")
    window.wizard.go_to(cell)
    assert "2023 年：15" in words(window.wizard.helper)
    page = window.wizard.pages["requests"]
    assert page.model.look(cell).last.figure == "15"
    page.last_year_button.click()
    assert not page.model.last_year_shown
    undo = window.wizard.editor
    undo.do(undo.session.edit("去掉上年数字", previous_year.forget_last_year(undo.now.report)))
    assert page.model.look(cell).last.figure == ""
    assert page.last_year_button.isHidden()
    undo.stack.undo()
    assert page.model.look(cell).last.figure == "15"
    window.show_home()
    assert {d.year for d in window.drafts.list()} == {2023, 2024}


def test_what_came_from_last_year_says_so_until_it_is_changed(window: MainWindow) -> None:
    last = cli.sample_report()
    out = Address("requests", "carried_forward_out", "natural_person")
    window.follow(edit_of(last, "", [(Layer.VALUES, out, Decimal(3))]).applied_to(last))
    wizard = window.wizard
    wizard.enter("requests")
    model, cell = wizard.pages["requests"].model, Address("requests", "carried_over_in", "natural_person")
    assert model.look(cell).last.carried
    said = model.data(model.index_of(cell), int(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert said == "上年带入：与临江区人民政府办公室2023年年报“四、结转下年度继续办理”的 3 相同"
    put(wizard, cell, Decimal(4))
    assert not model.look(cell).last.carried
    wizard.editor.stack.undo()
    assert model.look(cell).last.carried


def test_a_report_without_a_year_cannot_be_followed(window: MainWindow) -> None:
    window.new_draft()
    wizard = window.wizard
    assert wizard is not None
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.COVER, "year", "")]))
    window.show_home()
    window.home.next_wanted.emit(window.drafts.list()[0].id)
    assert "报告年度" in words(window.home)


def test_the_window_is_named_after_the_organ_as_soon_as_it_has_a_name(window: MainWindow) -> None:
    window.new_draft()
    assert window.wizard is not None
    assert window.windowTitle().startswith("新建年报")
    field = window.wizard.pages["cover"].fields["organ.name"]             # type: ignore[attr-defined]
    say(field, "青溪县水利局")
    assert window.windowTitle() == "青溪县水利局 - 政府信息公开年报"


def test_the_keys_in_the_status_line_are_those_of_the_page(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    wizard.enter("requests")
    assert "Enter 下一行" in words(wizard.status)
    wizard.enter("problems")
    assert "Enter" not in words(wizard.status) and "F1 帮助" in words(wizard.status)


def test_a_new_draft_left_untouched_is_not_kept(window: MainWindow) -> None:
    window.new_draft()
    window.show_home()
    assert window.drafts.list() == []
    window.new_draft()
    put(window.wizard, CELL, Decimal(1))
    window.show_home()
    assert len(window.drafts.list()) == 1


def test_a_draft_opens_where_it_was_left(window: MainWindow) -> None:
    sample_wizard(window).enter("problems")
    window.show_home()
    window.open_draft(window.drafts.list()[0].id)
    assert window.wizard.at[1].item == "problems"


def test_a_cover_that_makes_no_sense_is_no_complete_cover(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    wizard.editor.do(wizard.editor.session.edit("填", [(Layer.COVER, "issued_on", "2026131")]))
    states = {item.step.id: item.state.progress for item in wizard.rail.items if item.state}
    assert states["cover"] is StepProgress.PARTIAL
    assert "成文日期“2026131”看不懂" in words(wizard.enter("review"))
    page = wizard.enter("export")
    page.hand_over(window.drafts.file.with_name("x.govdesk"))
    assert "成文日期" in words(page)


def test_leaving_while_the_preview_is_made_is_quiet(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(3):
        wizard = sample_wizard(window)
        wizard.toggle_preview()
        window.show_home()
    qtbot.wait(500)


def test_the_helper_speaks_of_the_cell_also_when_one_comes_back(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    wizard.go_to(CELL)
    wizard.enter("review")
    wizard.go_to(CELL)
    assert "予以公开" in words(wizard.helper)
    wizard.enter("requests")
    assert "予以公开" in words(wizard.helper) or "本年新收" in words(wizard.helper)


def test_table_four_is_not_warned_of_what_is_off_in_table_three(window: MainWindow) -> None:
    from ui.grid.model import find_concerns

    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(0))
    cells, lines = find_concerns(wizard.editor.form.grids["disputes"], wizard.editor.now.findings)
    assert (cells, lines) == (frozenset(), frozenset())


def test_after_ctrl_and_an_arrow_delete_clears_where_the_cursor_is(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    first = Address("requests", "new_requests", "natural_person")
    wizard.go_to(first)
    view = wizard.pages["requests"].view
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    at = view.cursor_address
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert wizard.editor.now.figures[first] == 15
    assert wizard.editor.now.figures[at] is None
