"""What the end of a run has cut off is said once, and only what was cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdesk.drafts.unfinished import UNFINISHED_FILE, FileWork, UnfinishedWork, take_unfinished


def test_what_was_finished_after_it_was_noted_is_not_called_unfinished(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    noted = UnfinishedWork(lambda: tmp_path)
    for work in (FileWork("《甲》的导出", target), FileWork("《乙》的导出", tmp_path / "none.pdf"),
                 FileWork("自检单的打印")):
        noted.begin(work)
    target.write_bytes(b"%PDF-")                             # and the process was killed before it could say so
    assert take_unfinished(tmp_path) == [f"上次退出时，《乙》的导出没有完成，没有写出文件（{tmp_path / 'none.pdf'}）。",
                                         "上次退出时，自检单的打印没有完成。"]
    assert take_unfinished(tmp_path) == []


@pytest.mark.parametrize("junk", ["", "{", "[[1]]", "[]", "null", '[["x", "\\u0000", []]]'])
def test_a_spoilt_note_is_no_hindrance(tmp_path: Path, junk: str) -> None:
    (tmp_path / f"{UNFINISHED_FILE}.7").write_text(junk, encoding="utf-8")
    take_unfinished(tmp_path)


def test_a_note_that_cannot_be_written_keeps_nothing_from_being_done(tmp_path: Path) -> None:
    noted = UnfinishedWork(lambda: tmp_path / "no such folder")
    noted.begin(FileWork("自检单的打印"))
    noted.over(FileWork("自检单的打印"))

