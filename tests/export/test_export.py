"""From a document to a file on disk: formats, refusals, and the old file whole whatever happens."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from govdesk import cli
from govdesk.base import files
from govdesk.base.errors import UnreadableFileError, UnwritableFileError, UserError
from govdesk.document.document import Paragraph
from govdesk.export.formats import FORMATS, ExportFormat, export_document
from govdesk.export.rendered_file import RenderedFile
from tests.export.export_reading import FONTS, report_pdf
from tests.export.export_sheets import report, with_blocks

SMALL = with_blocks(Paragraph("公开😀"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_pdf_by_suffix_or_by_name(tmp_path):
    found = export_document(report(), tmp_path / "年报.PDF", None, FONTS)
    assert (tmp_path / "年报.PDF").read_bytes() == report_pdf()
    assert found.layout == ("为少占页、少留空白，“主动公开政府信息情况”表行高 5.6 毫米、分在 2 页，"
                            "“收到和处理政府信息公开申请情况”表行高 4.7 毫米。")
    assert found.pages == 4 and found.doubts == ()
    assert export_document(SMALL, tmp_path / "年报", "pdf", FONTS).doubts[0].character == "😀"
    assert names(tmp_path) == ["年报", "年报.PDF"]


@pytest.mark.parametrize(("name", "to"), [("a.docx", None), ("a", None), ("a.pdf", "ofd"), ("a.", None)])
def test_an_unknown_format_is_refused_in_chinese(tmp_path, name, to):
    with pytest.raises(UserError, match="pdf"):
        export_document(SMALL, tmp_path / name, to, FONTS)
    assert names(tmp_path) == []


def test_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(UnwritableFileError, match="不存在"):
        export_document(SMALL, tmp_path / "无" / "a.pdf", None, FONTS)


def test_a_target_that_is_no_file(tmp_path):
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UnwritableFileError, match="文件夹"):
        export_document(SMALL, tmp_path / "a.pdf", None, FONTS)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "b.pdf")
        with pytest.raises(UnwritableFileError, match="不是普通文件"):
            export_document(SMALL, tmp_path / "b.pdf", None, FONTS)


@pytest.mark.parametrize(("number", "word"), [
    (errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "其他程序"), (errno.EROFS, "是只读的"), (errno.EIO, "无法写入"),
])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_whole_and_nothing_beside_it(tmp_path, monkeypatch, number, word, step):
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*(files.os, "fsync", fail) if step == "fsync" else (Path, "replace", fail))
    with pytest.raises(UnwritableFileError, match=word) as error:
        export_document(SMALL, target, None, FONTS)
    assert str(target.parent) in error.value.sentence and target.name in error.value.sentence
    assert target.read_bytes() == b"old" and names(tmp_path) == ["a.pdf"]


@pytest.mark.parametrize(("number", "word"), [
    (errno.EACCES, "没有新建文件的权限"), (errno.EPERM, "没有新建文件的权限"), (errno.ENOENT, "不能存放新文件")])
def test_of_a_file_that_is_not_there_nothing_is_said_that_only_a_file_can_be(tmp_path, monkeypatch, number, word):
    """No other program has it open, and the folder that refuses it is there."""
    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(UnwritableFileError, match=word) as error:
        export_document(SMALL, tmp_path / "a.pdf", None, FONTS)
    assert "其他程序" not in error.value.sentence and "不在了" not in error.value.sentence
    assert names(tmp_path) == []


def test_an_interrupt_while_writing_leaves_nothing_beside(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        export_document(SMALL, tmp_path / "a.pdf", None, FONTS)
    assert names(tmp_path) == []


def test_a_name_that_no_file_can_have(tmp_path):
    for name in ("长" * 300 + ".pdf", "a\x00.pdf"):
        with pytest.raises(UnwritableFileError):
            export_document(SMALL, tmp_path / name, None, FONTS)
    assert names(tmp_path) == []


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root, and Windows, may write there")
def test_a_folder_without_the_right_to_write(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(UnwritableFileError, match="权限"):
        export_document(SMALL, tmp_path / "a.pdf", None, FONTS)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    export_document(SMALL, tmp_path / "link.pdf", None, FONTS)
    assert (tmp_path / "link.pdf").is_symlink() and (tmp_path / "real.pdf").read_bytes()[:4] == b"%PDF"


def test_missing_fonts_are_a_sentence(tmp_path):
    with pytest.raises(UnreadableFileError, match="字体"):
        export_document(SMALL, tmp_path / "a.pdf", None, tmp_path)


def test_asking_for_formats_does_not_import_reportlab():
    code = "import sys, govdesk.export.formats; print('reportlab' in sys.modules)"
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, cwd=FONTS.parents[1], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


@pytest.mark.skipif(os.name == "nt", reason="there the current folder cannot be removed")
def test_an_export_from_a_folder_that_was_removed(tmp_path):
    (tmp_path / "gone").mkdir()
    sample = FONTS.parent / "samples" / "sample-2023.govdesk"
    code = "import os, sys; os.rmdir(os.getcwd()); from ui.launch import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", code, "export", str(sample), "-o"]
    environment = os.environ | {"PYTHONPATH": str(FONTS.parents[1])}

    def exported(target: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "gone").mkdir(exist_ok=True)
        return subprocess.run([*words, target], cwd=tmp_path / "gone", env=environment, capture_output=True, text=True,
                              encoding="utf-8", check=False)

    assert exported(str(tmp_path / "a.pdf")).returncode == 0
    refused = exported("a.pdf")
    assert refused.returncode == 2 and "不在了" in refused.stderr and "Traceback" not in refused.stderr
    assert names(tmp_path) == ["a.pdf"]


def test_a_format_in_the_table_is_written_by_the_command_line(tmp_path, capsys, monkeypatch):
    sample = cli.resources_folder() / "samples" / "sample-2023.govdesk"
    row = ExportFormat("fake", ".fk", "样张", "样张文件", "", lambda *_: RenderedFile(b"FAKE"))
    monkeypatch.setitem(FORMATS, row.id, row)
    for arguments in (["out.bin", "--to", "fake"], ["out.bin", "--to", "FK"], ["out.FK"]):
        target = tmp_path / arguments[0]
        assert cli.main(["export", str(sample), "-o", str(target), *arguments[1:]]) == 0
        assert target.read_bytes() == b"FAKE" and capsys.readouterr().out == f"{target}\n"
        target.unlink()
    assert cli.main(["export", str(sample), "-o", str(tmp_path / "a.doc")]) == 2
    assert "请改用以下格式之一：pdf、fake。" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["export", "--help"])
    assert "格式（pdf、fake）" in "".join(capsys.readouterr().out.split())
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "导出PDF、样张" in "".join(capsys.readouterr().out.split())
