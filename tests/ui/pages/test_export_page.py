"""The export page: a way out a row, what came of it directly under its button, and tables for other programs."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from tests.ui.driver import press, words
from tests.ui.helper.findings_driver import put
from tests.ui.sizes import SIZES, at_rest
from tests.ui.walking import sample
from ui.pages.export_page import ExportPage


@pytest.fixture
def page(window: MainWindow) -> ExportPage:
    shown = sample(window).enter("export")
    assert isinstance(shown, ExportPage)
    return shown


@pytest.mark.parametrize("size", SIZES)
def test_what_was_exported_stands_under_the_button_with_size_and_time_and_nothing_is_cut(
        qtbot: QtBot, window: MainWindow, page: ExportPage, tmp_path: Path, size: tuple[int, int]) -> None:
    window.resize(*size)
    page.export_to(tmp_path / "x.pdf")
    qtbot.waitUntil(page.export_button.isEnabled, timeout=30_000)
    said = next(one for one in page.findChildren(QLabel) if one.text().startswith("✓ 已导出"))
    assert re.fullmatch(r"✓ 已导出，共 \d+ 页，\d+ KB，\d\d:\d\d", said.text())
    assert words(page).count("已导出") == 1
    assert at_rest(page) == []
    below = said.mapTo(page, QPoint(0, 0)).y() - page.export_button.mapTo(page, QPoint(0, 0)).y()
    assert 0 < below < 2 * page.export_button.height()


def test_there_is_one_blue_button(window: MainWindow, page: ExportPage) -> None:
    blue = [one for one in window.findChildren(QPushButton)
            if one.isVisible() and one.property("role") == "primary"]
    assert blue == [page.export_button]
    assert window.wizard is not None
    window.wizard.enter("overview")
    assert window.wizard.top.export_button.isVisible()


def test_a_table_is_copied_with_its_heads_and_single_lines(window: MainWindow, page: ExportPage) -> None:
    press(page, "复制表三")
    held = QApplication.clipboard().mimeData()
    assert held is not None
    assert "border-collapse:collapse" in held.html() and "自然人" in held.html()
    assert "本年新收政府信息公开申请数量\t\t\t15" in re.sub(r"[一、\"]", "", held.text())
    assert "✓ 已复制表三" in words(page)
    assert window.wizard is not None
    put(window.wizard, Address("requests", "new_requests", "natural_person"), str(Decimal(16)))
    assert "已复制" not in words(page)
