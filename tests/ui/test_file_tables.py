"""Dialogues, drag and drop, second start and the export page show what stands in the tables of readers and formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.exchange.read_result import ReadResult
from govdesk.exchange.readers import READERS, FileReader
from govdesk.export.formats import FORMATS, ExportFormat
from govdesk.export.rendered_file import RenderedFile
from tests.ui.driver import press, sample_wizard, saved, words
from ui.app.single_instance import CALL, answer_calls

DOUBT = "第二张表有两格看不清"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> FileReader:
    row = FileReader("fake", "样张文件", (".fake",), lambda data: data.startswith(b"FAKE"),
                     lambda data, name: ReadResult(cli.sample_report(), None, (DOUBT,)))
    monkeypatch.setitem(READERS, row.id, row)
    return row


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> ExportFormat:
    row = ExportFormat("fake", ".fk", "样张", "样张文件", "只作样张。", lambda *_: RenderedFile(b"FAKE"))
    monkeypatch.setitem(FORMATS, row.id, row)
    return row


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "年报.fake"
    made.write_bytes(b"FAKE")
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, file: Path) -> list[str]:
    """The filters of the dialogues that opened; one that opens a file is given `file`, one that saves is left."""
    filters: list[str] = []

    def opened(_parent: object, _title: str, _at: str, shown: str) -> tuple[str, str]:
        filters.append(shown)
        return str(file), ""

    def saving(_parent: object, _title: str, _at: str, shown: str, **_: object) -> tuple[str, str]:
        filters.append(shown)
        return "", ""

    def opened_several(*said: str) -> tuple[list[str], str]:
        return [opened(*said)[0]], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", opened)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", opened_several)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", saving)
    return filters


def is_open(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.wizard is not None and not window.jobs.busy)
    assert window.wizard is not None
    assert window.wizard.editor.now.report == cli.sample_report()
    assert DOUBT in words(window.wizard)


def test_the_open_dialogue_shows_the_table_and_what_is_chosen_is_read(
        qtbot: QtBot, window: MainWindow, reader: FileReader, asked: list[str]) -> None:
    window.ask_and_open()
    is_open(qtbot, window)
    (shown,) = asked
    assert shown.startswith("可以打开的文件 (*.govdesk *.docx ") and " *.fake);;年报数据文件 (*.govdesk);;" in shown
    assert shown.endswith(";;样张文件 (*.fake);;所有文件 (*)")


def test_last_year_s_file_may_be_of_any_kind_in_the_table(
        qtbot: QtBot, window: MainWindow, reader: FileReader, asked: list[str]) -> None:
    window.ask_and_follow()
    qtbot.waitUntil(lambda: window.wizard is not None)
    assert window.wizard is not None and window.wizard.editor.now.report.year == 2024
    assert "样张文件 (*.fake)" in asked[0]


def test_a_file_of_a_new_kind_is_dropped_on_the_page(
        qtbot: QtBot, window: MainWindow, reader: FileReader, file: Path) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
                                     Qt.KeyboardModifier.NoModifier))
    is_open(qtbot, window)


def test_a_file_of_a_new_kind_comes_by_a_second_start(
        qtbot: QtBot, window: MainWindow, reader: FileReader, file: Path) -> None:
    here = window.drafts.file.parent
    (here / CALL).write_text(str(file), encoding="utf-8")
    timer = answer_calls(lambda: here, window, window.open_from_outside)
    is_open(qtbot, window)
    timer.stop()


def test_a_file_of_a_new_kind_is_compared(
        qtbot: QtBot, window: MainWindow, reader: FileReader, asked: list[str]) -> None:
    wizard = sample_wizard(window)
    window.program.transfer.ask_and_compare()
    qtbot.waitUntil(lambda: "文件与这份草稿相同" in words(wizard))


def dialogues(window: MainWindow) -> dict[str, Callable[[], object]]:
    export = window.wizard.enter("export")                       # type: ignore[union-attr]

    def save_sheet() -> None:
        window.show_self_check()
        window.stack.currentWidget().save_button.click()         # type: ignore[attr-defined]

    return {"PDF 文件 (*.pdf)": export.export_button.click,      # type: ignore[attr-defined]
            "年报数据文件 (*.govdesk)": export.ask_and_hand_over,         # type: ignore[attr-defined]
            "样张文件 (*.fk)": lambda: press(export, "导出 样张…"),
            "self-check": save_sheet}


def test_every_save_dialogue_shows_its_row(window: MainWindow, writer: ExportFormat, asked: list[str]) -> None:
    sample_wizard(window)
    for act in dialogues(window).values():
        act()
    window.program.carry_away.ask_and_carry()
    assert asked == ["PDF 文件 (*.pdf)", "年报数据文件 (*.govdesk)", "样张文件 (*.fk)", "PDF 文件 (*.pdf)",
                     "年报数据文件 (*.govdesk)"]


def test_a_new_format_is_a_button_of_the_export_page(qtbot: QtBot, window: MainWindow, writer: ExportFormat,
                                                     tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is typed with another kind's suffix behind; the file has its own, and the moment is kept by its name."""
    wizard = sample_wizard(window)
    page = wizard.enter("export")
    assert "只作样张。" in words(page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "年报.FK"), ""))
    press(page, "导出 样张…")
    qtbot.waitUntil(lambda: "✓ 已导出" in words(page))
    assert (tmp_path / "年报.FK").read_bytes() == b"FAKE"
    assert "页" not in next(line for line in words(page).splitlines() if line.startswith("✓ 已导出"))
    saved(qtbot, window)
    assert window.autosave is not None
    assert "导出 样张" in [version.name for version in window.drafts.versions(window.autosave.draft_id)]
