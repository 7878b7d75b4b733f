"""A folder that may not be entered, as an ordinary user meets it; root may enter any, so the refusal is made here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from tests.ui.driver import sample_wizard, words
from ui.app import single_instance
from ui.backups.backups_page import RestorePage
from ui.pages.export_page import ExportPage


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of which the system tells nothing."""
    folder, stat, listed = tmp_path / "closed" / "inside", Path.stat, Path.iterdir

    def refused(path: Path) -> None:
        if path == folder or folder in path.parents:
            raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", lambda path, **more: (refused(path), stat(path, **more))[1])
    monkeypatch.setattr(Path, "iterdir", lambda path: (refused(path), listed(path))[1])
    return folder


def test_a_second_place_is_said_in_chinese_and_the_copies_are_shown(
        qtbot: QtBot, window: MainWindow, closed: Path) -> None:
    window.workspace.remember(backup_folder=str(closed))
    sample_wizard(window)
    window.show_home()
    window.home.copies_wanted.emit()
    page = window.stack.currentWidget()
    assert isinstance(page, RestorePage) and "现在不在" in words(page)
    qtbot.mouseClick(page.make_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "备份没有做成" in words(page), timeout=10_000)
    assert str(closed) in words(page) and "没有读写权限" in words(page) and "Errno" not in words(page)
    assert len(list((window.drafts.file.parent / "backups").iterdir())) == 1     # the first place has its copy


def test_the_folder_of_the_last_export(window: MainWindow, closed: Path) -> None:
    page = sample_wizard(window).enter("export")
    assert isinstance(page, ExportPage)
    page.use_folder(str(closed))
    assert page._default_folder() == Path.home()


def test_drafts_are_not_moved_there(window: MainWindow, closed: Path) -> None:
    before = window.drafts.file
    for lock in (None, single_instance.claim(before.parent)):
        window.program.data_folder.held = lock
        assert not window.attempt(lambda: window.move_to(closed))
        assert "△ 草稿没有移动" in words(window.home) and "没有读写权限" in words(window.home)
        assert window.drafts.file == before


def test_the_folder_of_the_drafts_is_closed_while_they_are_open(window: MainWindow, closed: Path) -> None:
    single_instance._answer(closed / single_instance.CALL, window, None)


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root, and Windows, may write there")
def test_really(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    (outer / "stick").mkdir(parents=True)
    outer.chmod(0)
    try:
        test_a_second_place_is_said_in_chinese_and_the_copies_are_shown(qtbot, window, outer / "stick")
    finally:
        outer.chmod(0o755)
