"""The main job through the window, by keyboard alone: typed in, the cross-check seen to turn from pending to off to
agreed, killed with -9, reopened, exported, and every figure read back out of the PDF."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from govdesk import cli
from govdesk.base.numerals import format_value
from govdesk.exchange import report_file
from govdesk.session.session import take_snapshot
from tests.ui.conftest import OpenWindow
from ui.pages.export_page import ExportPage

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[list[str]]:
    """What the typist saw until it was killed with -9, right after the window said that all was saved."""
    file = tmp_path / "report.govdesk"
    file.write_bytes(report_file.dump_report(cli.sample_report()))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GOVDESK_DATA": str(tmp_path / "data"),
                   "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen([sys.executable, "-m", "tests.ui.typist", str(file)], cwd=ROOT, env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if line.startswith("saved"):
            break
    process.kill()
    _, errors = process.communicate()
    assert lines and lines[-1].startswith("saved"), errors
    yield lines


def test_the_whole_job(typed: list[str], qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    seen = [line.removeprefix("indicator ") for line in typed if line.startswith("indicator")]
    assert seen == ["166 格空白 · 10 处没填好 ›", "156 格空白 · 2 处没填好 ›", "12 格空白 · 2 处没填好 ›",
                    "2 处没填好 ›", "! 1 处对不上 ›", "✓ 可以送审"]
    assert "已自动保存" in typed[-1]
    window = open_window()
    window.home.table.setFocus()
    qtbot.keyClick(window.home.table, Qt.Key.Key_Return)
    assert window.wizard is not None
    report = window.wizard.editor.now.report
    assert report == cli.sample_report()
    page = window.wizard.enter("export")
    assert isinstance(page, ExportPage)
    target = tmp_path / "out.pdf"
    with qtbot.waitSignal(page.exported, timeout=30_000):
        page.export_to(target)
    assert_read_back(target)


def assert_read_back(target: Path) -> None:
    """All six headings in order, and each row of table three with its seven figures."""
    document = pypdfium2.PdfDocument(target)
    text = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    plain = re.sub(r"\s+", "", text)
    now = take_snapshot(report_file.form_reader.load_form("ogi-annual-report-2021"), cli.sample_report())
    at = 0
    for section in now.form.sections:
        assert plain.index(section.heading, at) >= at
        at = plain.index(section.heading, at)
    grid = now.form.grids["requests"]
    for row in grid.rows.values():
        figures = "".join(format_value(now.figures[a]) for a in grid.addresses if a.row == row.id)
        assert re.sub(r"\s+", "", row.label) + figures in plain, row.label
    for section in now.form.texts:
        for line in now.report.text(section).split("\n"):
            assert re.sub(r"\s+", "", line) in re.sub(r"—\d+—", "", plain), line
