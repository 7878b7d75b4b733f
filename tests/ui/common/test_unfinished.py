"""Work that was asked for is finished though page, draft or window are left; or it is said to be unfinished."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.base.errors import UnwritableFileError
from govdesk.drafts.unfinished import UNFINISHED_FILE
from tests.ui.app.program import PROGRAM, run, start
from tests.ui.conftest import OpenWindow
from tests.ui.driver import CELL, put, sample_wizard, words
from ui.app import shutdown
from ui.app.shutdown import Veil
from ui.pages import export_page

OLD = b"old"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Exports wait for it."""
    go, real = threading.Event(), export_page.export_report

    def slow(*given: Any) -> object:
        go.wait(20)
        return real(*given)

    monkeypatch.setattr(export_page, "export_report", slow)
    yield go
    go.set()


def begun(window: MainWindow, target: Path) -> None:
    target.write_bytes(OLD)
    put(sample_wizard(window), CELL, Decimal(4))
    window.wizard.enter("export").export_to(target)          # type: ignore[union-attr, attr-defined]


def notes(window: MainWindow) -> list[Path]:
    return list(window.drafts.file.parent.glob(f"{UNFINISHED_FILE}.*"))


def test_an_export_goes_on_though_the_draft_is_left(
        qtbot: QtBot, window: MainWindow, tmp_path: Path, gate: threading.Event) -> None:
    target = tmp_path / "out.pdf"
    begun(window, target)
    qtbot.waitUntil(lambda: bool(notes(window)), timeout=5000)
    window.show_home()
    assert target.read_bytes() == OLD
    gate.set()
    qtbot.waitUntil(lambda: "工作年度报告》的导出已完成" in words(window.home), timeout=20_000)
    assert target.read_bytes().startswith(b"%PDF-") and notes(window) == []
    assert window.drafts.list()[0].exported_at


def test_one_that_fails_after_the_draft_was_left_is_said(
        qtbot: QtBot, window: MainWindow, tmp_path: Path, gate: threading.Event,
        monkeypatch: pytest.MonkeyPatch) -> None:
    begun(window, tmp_path / "out.pdf")
    window.show_home()
    monkeypatch.setattr("govdesk.export.formats.export_document",
                        lambda *_, **__: (_ for _ in ()).throw(UnwritableFileError("磁盘空间不足。")))
    gate.set()
    qtbot.waitUntil(lambda: "的导出没有完成：磁盘空间不足。" in words(window.home), timeout=20_000)
    assert notes(window) == []


def test_closing_waits_for_an_export_and_says_so(
        qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, gate: threading.Event,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutdown, "SAY_AFTER", 10)
    window = open_window()
    begun(window, tmp_path / "out.pdf")
    said: list[str] = []

    def look() -> None:
        said.extend(words(veil) for veil in window.findChildren(Veil) if veil.isVisible())
        if said:
            gate.set()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    window.close()
    timer.stop()
    assert "正在完成《" in said[0] and "的导出" in said[0]
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
    assert not window.isVisible() and list((tmp_path / "data").glob(f"{UNFINISHED_FILE}.*")) == []


def test_one_that_fails_while_the_window_closes_is_said(
        open_window: OpenWindow, tmp_path: Path, gate: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, title, words: said.append(words))
    window = open_window()
    begun(window, tmp_path / "out.pdf")
    monkeypatch.setattr("govdesk.export.formats.export_document",
                        lambda *_, **__: (_ for _ in ()).throw(UnwritableFileError("磁盘空间不足。")))
    gate.set()
    window.close()
    assert len(said) == 1 and "的导出没有完成：磁盘空间不足。" in said[0]


def test_a_self_check_sheet_is_finished_though_its_page_is_left(
        qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from govdesk.export import formats

    go, real = threading.Event(), formats.export_document
    monkeypatch.setattr(formats, "export_document", lambda *given, **named: (go.wait(20), real(*given, **named))[1])
    wizard = sample_wizard(window)
    window.show_self_check()
    page = window.stack.currentWidget()
    page.save_to(tmp_path / "sheet.pdf")                     # type: ignore[attr-defined]
    page.back_wanted.emit()                                  # type: ignore[attr-defined]
    go.set()
    qtbot.waitUntil(lambda: "自检单（临江区人民政府办公室）的导出已完成" in wizard.status.saved.text(), timeout=20_000)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")


def test_what_waits_in_line_is_noted_too(window: MainWindow, tmp_path: Path, gate: threading.Event) -> None:
    begun(window, tmp_path / "one.pdf")
    window.show_self_check()
    window.stack.currentWidget().save_to(tmp_path / "two.pdf")               # type: ignore[attr-defined]
    assert {"one.pdf", "two.pdf"} == {name for name in ("one.pdf", "two.pdf") if name in notes(window)[0].read_text()}
    gate.set()


def test_a_second_export_while_one_is_under_way_is_refused_in_words(
        qtbot: QtBot, window: MainWindow, tmp_path: Path, gate: threading.Event) -> None:
    begun(window, tmp_path / "one.pdf")
    page = window.wizard.enter("export")                                     # type: ignore[union-attr]
    page.export_to(tmp_path / "two.pdf")                                     # type: ignore[attr-defined]
    assert "上一份还在导出，没有再导出" in words(page)
    gate.set()
    qtbot.waitUntil(page.export_button.isEnabled, timeout=20_000)               # type: ignore[attr-defined]
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-") and not (tmp_path / "two.pdf").exists()


# -- what the end of the session cuts off

CUT = PROGRAM + """
import signal, threading, time
from pathlib import Path
from govdesk import cli
from ui.pages import export_page

def act(window):
    def hang(*_):
        os.kill(os.getpid(), signal.SIGTERM)
        while not window.workspace.is_leaving:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)             # as a system that waits no longer
    export_page.export_report = hang
    window.adopt(cli.sample_report())
    window.wizard.enter("export").export_to(Path(os.environ["TO"]))

sys.exit(application.run())
"""


@pytest.mark.parametrize("old", [True, False])
def test_the_next_start_says_what_the_end_of_the_session_cut_off(tmp_path: Path, old: bool) -> None:
    target = tmp_path / "out.pdf"
    if old:
        target.write_bytes(OLD)
    run(CUT, tmp_path / "data", TO=str(target))
    said = " ".join(start(tmp_path / "data")["said"])
    assert "上次退出时，《" in said and "》的导出没有完成" in said
    assert ("旧文件未改动" if old else "没有写出文件") in said
    assert target.exists() == old
    assert "没有完成" not in " ".join(start(tmp_path / "data")["said"])          # once
