"""The 关于 window shows what belongs to the program, wherever it was started from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from govdesk import __version__
from govdesk.base import paths
from tests.ui.driver import words
from ui.home import about_dialog


def test_what_offices_ask_first_then_the_licences(qtbot: QtBot) -> None:
    window = about_dialog.AboutDialog()
    qtbot.addWidget(window)
    window.show()
    texts = {one.text(): window.pages.widget(n).toPlainText()                  # type: ignore[attr-defined]
             for n, one in enumerate(window.choices)}
    assert list(texts) == ["信息安全说明", "许可"] and window.pages.currentIndex() == 0
    assert __version__ in words(window) and "Python" not in words(window)
    window.fold.click()
    assert "Python" in words(window) and "Qt" in words(window)
    assert "LGPL" in texts["许可"] and "reportlab" in texts["许可"]
    assert "程序不访问网络" in texts["信息安全说明"] and "%LOCALAPPDATA%" in texts["信息安全说明"]
    window.show_licence("LGPL-3.0.txt")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in window.licences.toPlainText()


def test_a_packed_program_has_its_own_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "resources" / "help" / about_dialog.OFFICES_PAGE
    copy.parent.mkdir(parents=True)
    copy.write_text("随包附带", encoding="utf-8")
    monkeypatch.setattr(paths, "resources_folder", lambda: tmp_path / "resources")
    assert about_dialog.read_help_text(about_dialog.OFFICES_PAGE) == "随包附带"
    assert about_dialog.read_help_text(about_dialog.NOTICES_FILE) == about_dialog.MISSING_WORDS
