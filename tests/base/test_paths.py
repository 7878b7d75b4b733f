from __future__ import annotations

import sys
from pathlib import Path

import pytest

from govdesk import settings
from govdesk.base import paths
from govdesk.base.errors import UserError
from ui import launch


def test_resources_from_source_hold_the_form() -> None:
    assert (paths.resources_folder() / "forms").is_dir()


def test_resources_of_a_frozen_program_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_folder() == tmp_path / "resources"


def test_resources_of_an_installed_program_lie_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "govdesk" / "resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()             # site-packages may hold a stranger's folder of that name
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "govdesk" / "base" / "paths.py"))
    assert paths.resources_folder() == (tmp_path / "govdesk" / "resources").resolve()


def test_one_variable_moves_everything_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVDESK_DATA", str(tmp_path))
    assert paths.data_folder() == paths.data_folder("/elsewhere") == tmp_path
    assert paths.config_file().parent == tmp_path
    assert tmp_path in paths.log_folder().parents


def test_without_the_variable_the_chosen_folder_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVDESK_DATA", raising=False)
    assert paths.data_folder("/elsewhere") == Path("/elsewhere")
    assert paths.data_folder().name == "GovDesk"
    assert paths.config_file().name == "settings.json"


IMPOSSIBLE = ["~nosuchuser/x", "~nosuchuser", "a\0b", "\0"]


@pytest.mark.parametrize("text", IMPOSSIBLE, ids=repr)
def test_a_folder_that_cannot_be_is_none(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVDESK_DATA", raising=False)
    assert paths.data_folder(text) == paths.data_folder()
    file = tmp_path / "settings.json"
    settings.save_settings(settings.Settings(data_folder=text, last_export_folder=text, theme="dark"), file)
    assert settings.load_settings(file) == settings.Settings(theme="dark")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows guesses the home of others")
def test_a_variable_that_leads_nowhere_is_a_sentence(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    monkeypatch.setenv("GOVDESK_DATA", "~nosuchuser/x")
    for act in (paths.data_folder, paths.config_file, paths.log_folder):
        with pytest.raises(UserError, match=r"GOVDESK_DATA.+~nosuchuser/x"):
            act()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert launch.main([]) == 2
    assert launch.main(["sample", "-o", str(tmp_path / "x.govdesk"), "--draft"]) == 2
    assert capsys.readouterr().err.count("GOVDESK_DATA") == 2


def test_a_local_folder_is_not_remote(tmp_path: Path) -> None:
    assert not paths.is_remote(tmp_path / "not made yet")


@pytest.mark.skipif(sys.platform == "win32", reason="reads the mounts of Linux")
def test_a_mounted_share_is_remote(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = "rootfs / ext4 rw 0 0\n//server/share /mnt/share cifs rw 0 0\n/dev/sdb /mnt/share/local ext4 rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: mounts)
    assert paths.is_remote(Path("/mnt/share/drafts"))
    assert not paths.is_remote(Path("/mnt/share/local/drafts"))
    assert not paths.is_remote(Path("/mnt/shared"))
