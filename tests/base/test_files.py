"""Writing a file: over what, and who may read it then."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from govdesk import cli
from govdesk.base.files import leave_removed_folder, write_whole


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    file = tmp_path / "年报.govdesk"
    assert cli.main(["sample", "-o", str(file)]) == 0
    return file


@pytest.mark.parametrize("name", ["same", "another spelling", "symbolic link", "hard link"])
def test_an_export_never_replaces_its_own_report(
        sample: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    target = sample.with_name("x.pdf")
    if name == "same":
        target = sample
    elif name == "another spelling":
        monkeypatch.chdir(sample.parent)
        target = Path("..") / sample.parent.name / sample.name
    elif name == "hard link":
        os.link(sample, target)
    else:
        target.symlink_to(sample)
    content = sample.read_bytes()
    assert cli.main(["export", str(sample), "-o", str(target), "--to", "pdf"]) == 2
    assert "就是要导出的年报文件本身" in capsys.readouterr().err
    assert sample.read_bytes() == target.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o660, 0o755])
def test_the_new_file_may_be_read_by_whom_the_old_one_might(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"old")
    file.chmod(mode)
    write_whole(file, b"new")
    assert (file.stat().st_mode & 0o7777, file.read_bytes()) == (mode, b"new")
    link = tmp_path / "link"
    link.symlink_to(file)
    write_whole(link, b"newer")
    assert (file.stat().st_mode & 0o7777, file.read_bytes(), link.is_symlink()) == (mode, b"newer", True)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_a_new_file_is_as_the_system_makes_them(tmp_path: Path) -> None:
    write_whole(tmp_path / "new", b"")
    (tmp_path / "usual").write_bytes(b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="there the current folder cannot be removed")
def test_a_removed_current_folder_is_left_and_another_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    leave_removed_folder()
    assert Path.cwd() == gone
    gone.rmdir()
    leave_removed_folder()
    assert Path.cwd() == Path(os.sep)
