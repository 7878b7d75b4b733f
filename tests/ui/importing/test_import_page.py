"""A Word file beside what was read of it: doubts looked at by keys, decided, and put in by one act; nothing is touched
where it is left or refused."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.exchange import report_file
from govdesk.report.report import Layer, Report, edit_of
from tests.conftest import ROOT
from tests.importing import page_making
from tests.importing.doubtful_files import DOUBTED, DoubtfulFile, doubtful_word_file
from tests.importing.file_making import docx, html_text
from tests.importing.made_reports import laid_out, made_report
from tests.importing.test_pdf_pictures import FONT
from tests.ui.driver import press, sample_wizard, saved, words
from tests.ui.sizes import SIZES, at_rest
from tests.ui.walking import settle, show_files, show_import, show_published
from ui.importing.file_list_page import FileListPage
from ui.importing.import_page import ImportPage
from ui.importing.published_page import PublishedPage

Key = Qt.Key
Page = TypeVar("Page", bound=QWidget)
FORM = "ogi-annual-report-2021"


@pytest.fixture
def made() -> DoubtfulFile:
    return doubtful_word_file()


@pytest.fixture
def file(made: DoubtfulFile, tmp_path: Path) -> Path:
    path = tmp_path / "去年.docx"
    path.write_bytes(made.data)
    return path


def drop(window: MainWindow, *files: Path) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))


def page_of(qtbot: QtBot, window: MainWindow, kind: type[Page]) -> Page:
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), kind), timeout=10_000)
    page = window.stack.currentWidget()
    assert isinstance(page, kind)
    return page


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, file: Path) -> ImportPage:
    window.open_file(file)
    return page_of(qtbot, window, ImportPage)


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def draft_of(window: MainWindow) -> Report:
    assert window.wizard is not None
    return window.wizard.editor.now.report


def test_doubts_are_listed_first_and_lead_the_table_and_the_original(page: ImportPage) -> None:
    assert page.list.currentRow() == 0 and page.items[0].cells == (DOUBTED,)
    assert "修订" in words(page.card) and "读成 15" in words(page.card)
    assert page.tables.views[DOUBTED.grid].cursor_address == DOUBTED
    assert page.source.text is not None
    marked = page.source.text._marked
    assert marked is not None and marked.firstCursorPosition().block().text() == "15"
    assert "还有" in page.count.text()


def test_with_keys_alone_from_the_doubt_to_the_draft(qtbot: QtBot, window: MainWindow, page: ImportPage,
                                                     made: DoubtfulFile) -> None:
    assert focused() is page.list
    while page.list.currentRow() >= 0 and page.card.take_button.isVisible() and page.items[
            page.list.currentRow()].cells != (DOUBTED,):
        QTest.keyClick(focused(), Key.Key_F8)
    QTest.keyClick(focused(), Key.Key_Return)
    assert focused() is page.card.figure
    QTest.keyClick(focused(), Key.Key_Return)
    assert page.editor.now.report.value(DOUBTED) == 15 and "请先填数" in words(page.card), "Enter alone takes nothing"
    QTest.keyClicks(focused(), "16")
    QTest.keyClick(focused(), Key.Key_Return)
    assert page.editor.now.report.value(DOUBTED) == 16
    while focused() is page.list:
        QTest.keyClick(focused(), Key.Key_A, Qt.KeyboardModifier.AltModifier)
        QApplication.processEvents()
    assert "都看过了" in page.count.text()
    assert focused() is page.buttons[0]
    QTest.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: window.wizard is not None)
    now = draft_of(window)
    assert now.value(DOUBTED) == 16 and now.entry(Layer.NOTES, DOUBTED) is None
    assert now.cover("organ.name") == made.report.cover("organ.name") and now.text("problems")


def test_a_decision_can_be_undone_here(page: ImportPage) -> None:
    press(page.card, "留空")
    assert page.editor.now.report.value(DOUBTED) is None
    assert "留空" in page.list.item(0).text()
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.now.report.value(DOUBTED) == 15 and "留空" not in page.list.item(0).text()


def test_what_nobody_looked_at_stays_in_doubt_in_the_draft(qtbot: QtBot, window: MainWindow, page: ImportPage) -> None:
    press(page, "做成新草稿")
    qtbot.waitUntil(lambda: window.wizard is not None)
    assert "存疑没有看过" in words(window.notices)
    assert "修订" in str(draft_of(window).entry(Layer.NOTES, DOUBTED))


def test_a_draft_that_was_worked_on_is_not_taken_back_by_one_act(qtbot: QtBot, window: MainWindow,
                                                                 page: ImportPage) -> None:
    press(page, "做成新草稿")
    qtbot.waitUntil(lambda: window.wizard is not None)
    assert "撤销导入" in words(window.notices)
    editor = window.wizard.editor
    editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", "一是人员不足，下一步增加培训。")]))
    assert "撤销导入" not in words(window.notices)


def test_the_draft_is_taken_back_by_one_act(qtbot: QtBot, window: MainWindow, page: ImportPage) -> None:
    press(page, "做成新草稿")
    qtbot.waitUntil(lambda: window.wizard is not None)
    saved(qtbot, window)
    press(window.notices, "撤销导入")
    assert window.wizard is None and window.drafts.list() == []
    assert len(window.drafts.list(deleted=True)) == 1


def test_leaving_makes_nothing(window: MainWindow, page: ImportPage) -> None:
    QTest.keyClick(page.list, Key.Key_Escape)
    assert window.stack.currentWidget() is window.home and window.drafts.list() == []


def test_a_figure_is_typed_over_in_the_table(page: ImportPage) -> None:
    view = page.tables.views[DOUBTED.grid]
    view.setFocus()
    QTest.keyClicks(view, "21")
    QTest.keyClick(focused(), Key.Key_Return)
    assert page.editor.now.report.value(DOUBTED) == 21 and "已改 21" in page.list.item(0).text()


def test_the_kind_is_derived_or_marked_as_to_be_filled(page: ImportPage) -> None:
    kind = page.editor.now.report.cover("organ.kind")
    assert page.cover.kind.currentData() == kind
    page.cover.organ.setText("某某")
    page.cover.commit()
    assert "（待填）" in [page.cover.kind.itemText(i) for i in range(page.cover.kind.count())]


def test_a_web_page_is_dropped_on_an_open_draft(qtbot: QtBot, window: MainWindow, made: DoubtfulFile,
                                                tmp_path: Path) -> None:
    wizard = sample_wizard(window)
    before = wizard.editor.now.report
    path = tmp_path / "公开.html"
    path.write_text(html_text(laid_out(made.form, made.report)), encoding="utf-8")
    drop(window, path)
    page = page_of(qtbot, window, ImportPage)
    assert [button.text() for button in page.buttons] == ["做成新草稿", "续填下一年", "作为上年年报带入", "与草稿核对"]
    bring = page.buttons[2]
    assert not bring.isEnabled() and "不是" in bring.toolTip(), "of another year"
    page.back_wanted.emit()
    assert window.wizard is wizard and wizard.editor.now.report == before


def last_year_of(report: Report) -> Report:
    assert report.year
    return edit_of(report, "", [(Layer.COVER, "year", str(report.year - 1))]).applied_to(report)


def test_last_year_comes_from_a_web_page(qtbot: QtBot, window: MainWindow, tmp_path: Path,
                                         monkeypatch: pytest.MonkeyPatch, made: DoubtfulFile) -> None:
    wizard = sample_wizard(window)
    last = edit_of(made_report(made.form, 4), "", [
        (Layer.COVER, "organ.name", wizard.editor.now.report.cover("organ.name")),
        (Layer.COVER, "year", str(wizard.editor.now.report.year - 1))]).applied_to(made_report(made.form, 4))
    path = tmp_path / "上年.html"
    path.write_text(html_text(laid_out(made.form, last)), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.program.file_entry.ask_last_year()
    page = page_of(qtbot, window, ImportPage)
    press(page, "作为上年年报带入")
    qtbot.waitUntil(lambda: window.stack.currentWidget() is wizard)
    now = draft_of(window)
    cell = made.form.grids["requests"].inputs[0]
    assert now.previous(cell) == last.value(cell) and now.entries(Layer.PREVIOUS_TEXTS)
    wizard.editor.stack.undo()
    assert draft_of(window) == cli.sample_report()


def test_next_year_begins_from_a_word_file(qtbot: QtBot, window: MainWindow, file: Path, made: DoubtfulFile,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.ask_and_follow()
    page = page_of(qtbot, window, ImportPage)
    assert page.buttons[0].text() == "续填下一年"
    press(page, "续填下一年")
    qtbot.waitUntil(lambda: window.wizard is not None)
    assert draft_of(window).year == made.report.year + 1
    assert draft_of(window).previous(DOUBTED) == 15


def check(qtbot: QtBot, window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> PublishedPage:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.program.file_entry.ask_published()
    return page_of(qtbot, window, PublishedPage)


def test_the_published_page_is_held_against_the_draft(qtbot: QtBot, window: MainWindow, made: DoubtfulFile,
                                                      tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = made_report(made.form, 12)
    path = tmp_path / "网页.html"
    path.write_text(html_text(laid_out(made.form, report)), encoding="utf-8")
    wizard = window.adopt(report)
    page = check(qtbot, window, path, monkeypatch)
    assert words(page).count("全部") == 2 and "个数字相同" in page.summary.text()
    page.back_wanted.emit()
    cell = made.form.grids["disputes"].inputs[2]
    wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, cell, Decimal(98765))]))
    page = check(qtbot, window, path, monkeypatch)
    assert "98765" in page.list.item(0).text() and "全部" not in page.summary.text().split("。")[0]
    page.list.setCurrentRow(next(i for i, row in enumerate(page.rows) if row.place == cell))
    press(page, "去草稿这一处")
    assert window.stack.currentWidget() is wizard and wizard.place() == cell


def test_several_files_are_listed_and_each_has_its_way_in(qtbot: QtBot, window: MainWindow, file: Path,
                                                          made: DoubtfulFile, tmp_path: Path) -> None:
    other, bad, ours = tmp_path / "b.html", tmp_path / "c.docx", tmp_path / "d.govdesk"
    other.write_text(html_text(laid_out(made.form, made_report(made.form, 5))), encoding="utf-8")
    bad.write_bytes(docx(["通知", "请于月底前报送。"]))
    ours.write_bytes(report_file.dump_report(cli.sample_report()))
    drop(window, file, other, bad, ours)
    page = page_of(qtbot, window, FileListPage)
    qtbot.waitUntil(lambda: not window.program.imports.is_reading, timeout=10_000)
    assert [row.state for row in page.rows] == ["读好了", "读好了", "读不了", "年报数据文件"]
    assert page.rows[0].organ == made.report.cover("organ.name") and int(page.rows[0].doubtful) >= 1
    assert "没有找到年报的三张表" in page.rows[2].words
    assert focused() is page.table
    QTest.keyClick(page.table, Key.Key_Return)
    over = page_of(qtbot, window, ImportPage)
    press(over, "做成新草稿")
    qtbot.waitUntil(lambda: window.stack.currentWidget() is page)
    assert page.rows[0].state == "已做成草稿" and page.table.currentRow() == 1
    QTest.keyClick(page.table, Key.Key_Delete)
    assert page.rows[1].state == "已跳过"
    shown = page.table.item(2, 6).text()
    assert shown.startswith("读不了：") and "没有找到年报的三张表" in shown
    page.table.setCurrentCell(3, 0)
    QTest.keyClick(page.table, Key.Key_Return)                # a file of ours: the list stays, too
    qtbot.waitUntil(lambda: page.rows[3].state == "已做成草稿", timeout=5000)
    assert window.stack.currentWidget() is page
    assert (page.rows[3].organ, page.rows[3].year) == ("临江区人民政府办公室", "2023")
    page.back_wanted.emit()
    assert window.stack.currentWidget() is window.home
    assert {draft.organ_name for draft in window.drafts.list()} == {made.report.cover("organ.name"),
                                                                    "临江区人民政府办公室"}
    assert window.home.table.rows.rowCount() == 2, "the list shows them"


def test_reading_can_be_stopped(qtbot: QtBot, window: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from govdesk.drafts import imported

    go, read = Event(), imported.read_foreign
    monkeypatch.setattr(imported, "read_foreign", lambda path, tell: (go.wait(10), read(path, tell))[1])
    window.open_file(file)
    qtbot.waitUntil(lambda: "正在读取" in words(window.notices))
    press(window.notices, "停止")
    assert not window.program.imports.is_reading and "已停止" in words(window)
    go.set()
    qtbot.wait(300)
    assert window.stack.currentWidget() is window.home


def test_a_refused_file_is_a_sentence_and_nothing_is_touched(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "去年.txt"
    path.write_text("临江区教育局2024年政府信息公开工作年度报告\n一、总体情况\n全年公开文件12件。", encoding="utf-8")
    wizard = sample_wizard(window)
    drop(window, path)
    qtbot.waitUntil(lambda: "纯文本" in words(window), timeout=5000)
    assert "数据文件" not in next(line for line in words(window).splitlines() if "纯文本" in line)
    assert draft_of(window) == cli.sample_report() and window.wizard is wizard


def test_a_page_of_a_pdf_is_drawn_and_its_cell_framed(qtbot: QtBot, window: MainWindow, made: DoubtfulFile,
                                                      tmp_path: Path) -> None:
    path = tmp_path / "去年.pdf"
    path.write_bytes(page_making.pdf(laid_out(made.form, made.report), FONT))
    window.open_file(path)
    page = page_of(qtbot, window, ImportPage)
    assert page.source.pdf is not None
    page.tables.show_part("disputes", take=True)
    cell = made.form.grids["disputes"].inputs[3]
    page.tables.go_to(cell)
    canvas = page.source.pdf.canvas
    qtbot.waitUntil(lambda: canvas.picture is not None and canvas.frame is not None, timeout=10_000)
    box = page.found.spots[cell].cell.box
    assert box is not None and page.source.pdf.page == box.page
    assert page.source.pdf.area.viewport().rect().contains(
        canvas.mapTo(page.source.pdf.area.viewport(), canvas.framed().center().toPoint()))


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    sample_wizard(window)
    for show in (show_import, show_published, show_files):
        show(window)
        settle(100)
        assert (window.width(), window.height()) == size
        assert at_rest(window.stack.currentWidget()) == []
        window.stack.currentWidget().back_wanted.emit()


def test_the_list_of_drafts_comes_without_the_importing(tmp_path: Path) -> None:
    """Nothing of it is imported before a file comes."""
    code = ("import sys\nfrom pathlib import Path\nfrom build_scripts.program_window import MainWindow\n"
            "from govdesk import settings\nfrom govdesk.store.drafts import open_store\n"
            "from ui.app.qt_application import application\napplication('light')\n"
            f"window = MainWindow(open_store(Path({str(tmp_path / 'data')!r})), settings.Settings())\nwindow.show()\n"
            "print([m for m in sys.modules if m.startswith('ui.importing') or m in ('govdesk.importing.review', "
            "'govdesk.importing.import_report', 'lxml')])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True,
                          encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"
