"""What stands on the screen is true at every moment: 已导出, 可以送审, 勾稽相符."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.form.form import Address
from govdesk.report.report import Layer
from govdesk.session.steps import StepProgress
from govdesk.store.draft_summary import Outstanding
from tests.ui.conftest import OpenWindow, say
from tests.ui.helper.findings_driver import press, said, warned
from tests.ui.walking import sample
from ui.common import debounce
from ui.home.draft_list import state_words
from ui.pages.export_page import ExportPage
from ui.pages.grid_page import GridPage
from ui.pages.last_year_page import LastYearPage
from ui.pages.review_page import ReviewPage
from ui.pages.self_check_page import SelfCheckPage
from ui.wizard.wizard import Wizard

CELL = Address("requests", "disclosed", "natural_person")
TEXT = "overview.proactive"


@pytest.fixture
def wizard(window: MainWindow) -> Wizard:
    window.resize(1366, 768)
    return sample(window)


def put(wizard: Wizard, value: str) -> None:
    wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, CELL, Decimal(value))]))


def words_of(widget: QWidget) -> str:
    return "；".join(label.text() for label in widget.findChildren(QLabel))


def write(wizard: Wizard, text: str) -> None:
    wizard.editor.do(wizard.editor.session.edit("改写", [(Layer.TEXTS, TEXT, text)]))


def exported(qtbot: QtBot, window: MainWindow, target: Path) -> ExportPage:
    assert window.wizard is not None
    page = window.wizard.enter("export")
    assert isinstance(page, ExportPage)
    page.export_to(target)
    qtbot.waitUntil(page.export_button.isEnabled, timeout=30_000)
    assert target.is_file()
    return page


def on_the_list(qtbot: QtBot, window: MainWindow) -> str:
    assert window.autosave is not None
    qtbot.waitUntil(lambda: window.autosave is not None and not window.autosave.unsaved, timeout=10_000)
    return state_words(window.drafts.list()[0])[0]


# -- 已导出

def test_exported_only_while_it_is_as_exported(qtbot: QtBot, window: MainWindow, wizard: Wizard,
                                               tmp_path: Path) -> None:
    page = exported(qtbot, window, tmp_path / "a.pdf")
    assert said(page).count("✓ 已导出，共") == 1 and said(page).count("已导出") == 1
    assert on_the_list(qtbot, window).startswith("✓ 已导出")
    write(wizard, "全年公开信息30条。")
    assert "✓ 已导出" not in said(page) and "导出后有修改" in said(page)
    assert on_the_list(qtbot, window) == "导出后有修改"
    wizard.editor.stack.undo()
    assert "✓ 已导出，共" in said(page)
    assert on_the_list(qtbot, window).startswith("✓ 已导出")


def test_what_is_typed_while_it_is_being_exported_is_not_in_it(qtbot: QtBot, window: MainWindow, wizard: Wizard,
                                                               tmp_path: Path) -> None:
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    page.export_to(tmp_path / "a.pdf")
    write(wizard, "全年公开信息30条。")                       # the thread has the report as it was
    qtbot.waitUntil(page.export_button.isEnabled, timeout=30_000)
    assert "✓ 已导出" not in said(page) and "导出后有修改" in said(page)
    assert on_the_list(qtbot, window) == "导出后有修改"
    wizard.editor.stack.undo()
    assert on_the_list(qtbot, window).startswith("✓ 已导出")


def test_after_another_start_the_page_still_knows(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    first = open_window()
    wizard = sample(first)
    exported(qtbot, first, tmp_path / "a.pdf")
    write(wizard, "全年公开信息30条。")
    first.close()
    again = open_window()
    assert state_words(again.drafts.list()[0])[0] == "导出后有修改"
    page = again.open_draft(again.drafts.list()[0].id).enter("export")
    assert "导出后有修改" in said(page) and "已导出，内容没有再改动" not in said(page)


def test_home_asks_again_for_a_draft_that_was_changed_since(qtbot: QtBot, window: MainWindow, wizard: Wizard,
                                                            tmp_path: Path) -> None:
    from ui.home import due_first

    exported(qtbot, window, tmp_path / "a.pdf")
    on_the_list(qtbot, window)
    assert due_first.first_due(window.drafts.list(), lambda _: None) == []
    write(wizard, "全年公开信息30条。")
    on_the_list(qtbot, window)
    (draft,) = due_first.first_due(window.drafts.list(), lambda _: None)
    assert due_first.describe_work(draft) == "导出后有修改，请再导出一次"


def test_a_draft_that_nobody_has_counted_is_not_said_to_be_filled(window: MainWindow, wizard: Wizard) -> None:
    draft = window.drafts.list()[0]
    assert state_words(draft._replace(outstanding=Outstanding(), exported_at=None))[0] == "还没有核对"


def test_a_file_that_is_gone_or_another_by_now_is_not_opened_as_the_export(
        qtbot: QtBot, window: MainWindow, wizard: Wizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.pages.export_result.QDesktopServices.openUrl",
                        lambda url: opened.append(url.path()) or True)
    page = exported(qtbot, window, tmp_path / "a.pdf")
    (tmp_path / "a.pdf").write_bytes(b"another")
    press(page, "打开文件")
    assert "已不是刚才导出的那一份" in said(page) and len(opened) == 1
    page = exported(qtbot, window, tmp_path / "a.pdf")
    (tmp_path / "a.pdf").unlink()
    press(page, "打开文件")
    assert "文件已不在原处" in said(page) and len(opened) == 1


@pytest.mark.parametrize("opened_again", [False, True])
def test_what_was_typed_before_the_draft_was_left_is_not_in_an_export_that_ends_later(
        qtbot: QtBot, window: MainWindow, wizard: Wizard, tmp_path: Path, opened_again: bool) -> None:
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    page.export_to(tmp_path / "a.pdf")
    write(wizard, "全年公开信息30条。")                       # the thread has the report as it was
    window.show_home()
    draft = window.drafts.list()[0].id
    page = window.open_draft(draft).enter("export") if opened_again else page
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=30_000)
    assert (tmp_path / "a.pdf").is_file()
    assert state_words(window.drafts.list()[0])[0] == "导出后有修改"
    if not opened_again:
        page = window.open_draft(draft).enter("export")
    assert "导出后有修改" in said(page) and "已导出，内容没有再改动" not in said(page)


def test_an_export_that_ends_later_is_said_to_be_one_where_nothing_was_changed(
        qtbot: QtBot, window: MainWindow, wizard: Wizard, tmp_path: Path) -> None:
    exported(qtbot, window, tmp_path / "a.pdf")
    write(wizard, "全年公开信息30条。")
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    page.export_to(tmp_path / "b.pdf")
    window.show_home()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=30_000)
    assert state_words(window.drafts.list()[0])[0].startswith("✓ 已导出")


def test_an_export_is_finished_though_its_page_is_just_going(wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    class Going:
        def emit(self, *_: object) -> None:
            raise TypeError(" only accepts 0 argument(s), 2 given!")          # as PySide says then

    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    monkeypatch.setattr(page.progress, "_told", Going(), raising=False)
    page.progress.tell(1, 5)


def test_a_draft_in_the_bin_stays_there_when_its_export_ends(
        qtbot: QtBot, window: MainWindow, wizard: Wizard, tmp_path: Path) -> None:
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    page.export_to(tmp_path / "a.pdf")
    window.show_home()
    window.home.delete_wanted.emit([window.drafts.list()[0].id])
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=30_000)
    assert window.drafts.list() == [] and len(window.drafts.list(deleted=True)) == 1


# -- 可以送审, 勾稽相符

def test_ready_is_not_said_while_a_figure_is_being_typed(wizard: Wizard) -> None:
    page = wizard.enter("requests")
    assert isinstance(page, GridPage) and page.check_row is not None
    assert wizard.status.standing.text() == "✓ 可以送审"
    page.go_to(CELL)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_9)
    assert "可以送审" not in wizard.status.standing.text() and "正在填写" in wizard.status.standing.text()
    names = {column: cell.accessibleName() for column, cell in page.check_row.cells.items()}
    assert names["natural_person"] == "自然人，正在填写" and names["total"] == "总计，正在填写"
    assert names["commercial_enterprise"].endswith("相符")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert wizard.status.standing.text() == "✓ 可以送审"
    assert page.check_row.cells["natural_person"].accessibleName() == "自然人，相符"


def test_ready_is_not_said_while_a_reason_is_written_and_not_recorded(wizard: Wizard) -> None:
    page = warned(wizard)
    assert "可以送审，还有 1 处最好写明理由" in said(page)
    press(page, "说明理由")
    say(page.rows[0].card.answer.line, "机构合并，移交规范性文件3件")      # type: ignore[union-attr]
    assert "还不能送审：1 条理由没有记下" in said(page)
    assert not wizard.status.standing.text().startswith("✓")
    press(page, "记下理由")
    assert "可以送审" in said(page) and wizard.status.standing.text() == "✓ 可以送审"


def test_ready_is_not_said_while_a_place_waits_to_be_filled(wizard: Wizard) -> None:
    write(wizard, "通过“临江教育”XX公众号公开信息30条。")
    assert "可以送审" not in wizard.status.standing.text() and "1 处没填好" in wizard.status.standing.text()
    page = wizard.enter("review")
    assert isinstance(page, ReviewPage)
    assert "还不能送审：1 处没填好" in said(page) and "没有发现问题" not in said(page)
    assert "✓ 勾稽关系全部相符，没有空白" not in said(wizard.enter("export"))


@pytest.mark.parametrize(("name", "why"), [
    ("XX区教育局", "里有“XX”，像是留着没有填的地方"), ("临江区__局", "里有“__”，像是留着没有填的地方"),
    ("ABC", "“ABC”里没有汉字")])
def test_the_cover_has_no_tick_while_the_organ_has_no_name(wizard: Wizard, name: str, why: str) -> None:
    cover = next(item for item in wizard.rail.items if item.step.id == "cover" and not item.page)
    assert cover.state and cover.state.progress is StepProgress.COMPLETE
    wizard.editor.do(wizard.editor.session.edit("改名", [(Layer.COVER, "organ.name", name)]))
    assert cover.state.progress is StepProgress.PARTIAL
    assert "可以送审" not in wizard.status.standing.text() and "1 处没填好" in wizard.status.standing.text()
    assert f"机关全称{why}" in said(wizard.enter("review"))


def test_ready_is_not_said_of_what_would_be_printed_as_a_box(wizard: Wizard) -> None:
    write(wizard, "全年公开信息30条，ꙮ。")
    assert wizard.status.standing.text() == "1 处文字会印成“〓” ›"
    page = wizard.enter("review")
    assert "还不能送审：1 处文字会印成“〓”" in said(page) and "✓ 没有发现问题" not in said(page)
    assert "✓ 勾稽关系全部相符，没有空白" not in said(wizard.enter("export"))
    assert "勾稽关系全部相符" not in cli.describe_verdict(wizard.editor.now)
    wizard.enter("review").sheet_wanted.emit()               # type: ignore[attr-defined]
    sheet = wizard.window().findChild(SelfCheckPage)
    assert sheet is not None and "还不能送审" in sheet.sheet.verdict


def test_the_sheet_says_no_more_than_the_window(wizard: Wizard) -> None:
    page = wizard.enter("cover", "last_year")
    assert isinstance(page, LastYearPage)
    field = next(iter(page.fields.values()))
    field.setFocus()
    QTest.keyClicks(field, "abc")
    assert "可以送审" not in wizard.status.standing.text()
    wizard.enter("review").sheet_wanted.emit()               # type: ignore[attr-defined]
    sheet = wizard.window().findChild(SelfCheckPage)
    assert sheet is not None and sheet.sheet.verdict == "还不能送审：上年数字有一处没有记入，请改正"
def test_the_export_page_says_what_waits_for_a_reason(wizard: Wizard) -> None:
    warned(wizard)
    seen = said(wizard.enter("export"))
    assert "勾稽关系全部相符，没有空白；另有 1 处待说明" in seen and "✓ 勾稽关系" not in seen
    put(wizard, "0")
    assert "还有 1 处对不上、1 处待说明；可以先导出看样子" in said(wizard.enter("export"))


# -- words that lag behind fast keys

def test_ready_goes_with_the_first_key_of_a_figure(wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debounce, "PAUSE_MS", 60_000)
    wizard.go_to(CELL)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_9)
    assert "可以送审" not in wizard.status.standing.text()


def test_no_green_word_outlives_its_truth_while_keys_come_faster_than_the_words(
        wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debounce, "PAUSE_MS", 60_000)
    wizard.go_to(CELL)
    page = wizard.pages["requests"]
    assert isinstance(page, GridPage)
    item = next(item for item in wizard.rail.items if item.step.id == "requests" and not item.page)
    assert wizard.status.standing.text().startswith("✓ 可以送审")
    assert item.state and item.state.progress is StepProgress.COMPLETE
    assert not page.fill_button.isEnabled()
    put(wizard, "2")
    assert "可以送审" not in wizard.status.standing.text()
    assert item.state.progress is StepProgress.PROBLEM
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, CELL, None)]))
    assert page.fill_button.text() == "空白填 0（1）" and page.fill_button.isEnabled()
    assert "没有空白" not in words_of(wizard.status)


def test_a_tick_goes_at_once_also_where_another_table_was_filled_meanwhile(
        wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many cells are blank as when the rail was written last, but one of them lies in a step that was complete."""
    right = str(wizard.editor.now.figures[CELL])
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, CELL, None)]))
    monkeypatch.setattr(debounce, "PAUSE_MS", 60_000)
    other = wizard.editor.form.grids["proactive"].inputs[0]
    item = next(item for item in wizard.rail.items if item.step.id == "proactive" and not item.page)
    assert item.state and item.state.progress is StepProgress.COMPLETE
    put(wizard, right)
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, other, None)]))
    assert item.state.progress is not StepProgress.COMPLETE


def test_other_words_lag_by_less_than_half_a_second_however_fast_the_keys_come(
        qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debounce, "PAUSE_MS", 60_000)
    monkeypatch.setattr(debounce, "MAX_DELAY_MS", 30)
    said: list[int] = []
    parent = QObject()
    words = debounce.Debounced(lambda: said.append(len(said)), parent)
    words()
    qtbot.wait(40)
    assert said == []                        # nobody has typed since
    words()
    assert said == [0]
