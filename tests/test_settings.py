from __future__ import annotations

from pathlib import Path

import pytest

from govdesk import settings
from govdesk.settings import Settings


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.json"
    chosen = Settings(data_folder="D:\\草稿\udc80", theme="dark", enter_moves="right", deadline="01-20",
                      window_geometry="AdnQywAD", last_draft=7)
    assert settings.save_settings(chosen, file)
    assert settings.load_settings(file) == chosen
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.json"]


def test_the_usual_place_follows_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVDESK_DATA", str(tmp_path))
    assert settings.load_settings() == Settings()
    assert settings.save_settings(Settings(theme="light"))
    assert (tmp_path / "settings.json").exists()
    assert settings.load_settings().theme == "light"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b"null", b"[" * 100_000])
def test_a_damaged_file_gives_defaults_and_is_kept(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert settings.load_settings(file) == Settings()
    assert (tmp_path / "settings.json.bad").read_bytes() == content


def test_only_what_makes_no_sense_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "pink", "enter_moves": ["x"], "last_draft": true, "last_export_folder": "/x", "new": 1,'
                    ' "deadline": "02-30"}')
    assert settings.load_settings(file) == Settings(last_export_folder="/x")


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not settings.save_settings(Settings(), tmp_path / "file" / "settings.json")
    (tmp_path / "settings.json").mkdir()         # replacing a folder fails after the new file was written beside
    assert not settings.save_settings(Settings(), tmp_path / "settings.json")
    assert not list(tmp_path.glob("*.tmp"))
    assert settings.load_settings(tmp_path / "file" / "settings.json") == Settings()
    assert settings.load_settings(tmp_path / "settings.json") == Settings()
