"""Saving: the file that is written is the file that was agreed to, from every dialogue that saves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.base import files
from govdesk.base.files import explain_bad_name
from govdesk.exchange.readers import EXCHANGE_READER
from govdesk.export.formats import PDF_FORMAT
from tests.ui.walking import sample
from ui.widgets.save_dialog import FileKind, ask_where_to_save, complete_suffix


class Clerk:
    """Answers what lies over the page, in order: a name in the dialogue (“”: 取消), a button of a question."""

    def __init__(self, *answers: str) -> None:
        self.left, self.asked = list(answers), list[str]()
        self._last: QWidget | None = None
        self._look = QTimer()
        self._look.timeout.connect(self._answer)
        self._look.start(10)

    def _answer(self) -> None:
        over = QApplication.activeModalWidget()
        if over is None or over is self._last or not over.isVisible():
            return
        self._last = over
        if not self.left:
            over.close()
            raise AssertionError(f"nothing more to answer: {over}")
        answer = self.left.pop(0)
        if isinstance(over, QMessageBox):
            self.asked.append(over.text() + over.informativeText())
            buttons = {one.text().partition("(")[0]: one for one in over.buttons()}
            buttons.get(answer, over.buttons()[0]).click()
        elif isinstance(over, QFileDialog):
            name = over.findChild(QLineEdit)
            assert name is not None
            name.setFocus()
            name.selectAll()
            name.insert(answer)                  # QTest types no Chinese
            QTest.keyClick(name, Qt.Key.Key_Return if answer else Qt.Key.Key_Escape)
        else:
            raise AssertionError(over)


def dialogues(window: MainWindow) -> dict[str, tuple[Callable[[], object], str]]:
    wizard = window.wizard
    assert wizard is not None
    export = wizard.enter("export")

    def save_sheet() -> None:
        window.show_self_check()
        window.stack.currentWidget().save_button.click()     # type: ignore[attr-defined]

    return {"export": (export.export_button.click, ".pdf"),     # type: ignore[attr-defined]
            "hand over": (export.ask_and_hand_over, ".govdesk"),         # type: ignore[attr-defined]
            "carry": (window.program.carry_away.ask_and_carry, ".govdesk"), "self-check": (save_sheet, ".pdf")}


@pytest.mark.parametrize("which", ["export", "hand over", "carry", "self-check"])
def test_a_file_that_would_be_replaced_is_named_first(qtbot: QtBot, window: MainWindow, tmp_path: Path,
                                                      which: str) -> None:
    """年报 is typed, 年报.pdf is there: No leads back, the other name is written, the file that was there stays."""
    sample(window)
    window.workspace.remember(last_export_folder=str(tmp_path))
    act, suffix = dialogues(window)[which]
    old, new = tmp_path / f"年报{suffix}", tmp_path / f"年报二{suffix}"
    old.write_bytes(b"last year's")
    clerk = Clerk(str(tmp_path / "年报"), "另起名字", str(tmp_path / "年报二"))
    act()
    qtbot.waitUntil(new.is_file, timeout=30_000)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=10_000)
    assert len(clerk.asked) == 1
    assert f"“年报{suffix}”已经存在，替换它吗？" in clerk.asked[0]
    assert str(tmp_path) in clerk.asked[0]
    assert old.read_bytes() == b"last year's"
    clerk = Clerk(str(tmp_path / "年报"), "替换")
    act()
    qtbot.waitUntil(lambda: old.read_bytes() != b"last year's", timeout=30_000)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=10_000)
    assert clerk.left == []


def answered(page: QWidget) -> str:
    return "".join(one.text() for one in page.findChildren(QLabel))


@pytest.mark.parametrize("there", [b"", b"old"], ids=["new", "replaced"])
@pytest.mark.parametrize("which", ["export", "hand over", "carry", "self-check"])
def test_what_came_after_the_answer_is_not_replaced(qtbot: QtBot, window: MainWindow, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch, *, which: str,
                                                    there: bytes) -> None:
    """Another computer writes the same file on the share while this one makes its own ready."""
    sample(window)
    window.workspace.remember(last_export_folder=str(tmp_path))
    act, suffix = dialogues(window)[which]
    file = tmp_path / f"年报{suffix}"
    if there:
        file.write_bytes(there)
    fsync = os.fsync

    def meanwhile(number: int) -> None:
        fsync(number)
        file.write_bytes(b"a colleague's")

    monkeypatch.setattr(files.os, "fsync", meanwhile)
    clerk = Clerk(str(tmp_path / "年报"), "替换")
    act()
    qtbot.waitUntil(lambda: "在您选好之后又被别处写过" in answered(window), timeout=30_000)
    assert file.read_bytes() == b"a colleague's"
    assert list(tmp_path.glob(".govdesk-*")) == []
    assert clerk.asked == [] or "替换它吗" in clerk.asked[0]


def ask(window: MainWindow, tmp_path: Path, kind: FileKind, *answers: str) -> tuple[Path | None, list[str]]:
    clerk = Clerk(*answers)
    found = ask_where_to_save(window, "导出", tmp_path / f"建议{kind.suffix}", kind)
    assert clerk.left == []
    return found and found.path, clerk.asked


def test_nothing_is_asked_where_nothing_is_replaced(window: MainWindow, tmp_path: Path) -> None:
    assert ask(window, tmp_path, PDF_FORMAT, str(tmp_path / "年报2.1")) == (tmp_path / "年报2.1.pdf", [])
    assert ask(window, tmp_path, PDF_FORMAT, "") == (None, [])


def test_a_suffix_of_another_kind_gives_way_and_that_is_said(window: MainWindow, tmp_path: Path) -> None:
    found, asked = ask(window, tmp_path, PDF_FORMAT, str(tmp_path / "年报.docx"), "写成这个文件")
    assert found == tmp_path / "年报.pdf"
    assert "写出的是PDF 文件，不能存为“.docx”，将写成“年报.pdf”" in asked[0]
    (tmp_path / "年报.pdf").touch()
    found, asked = ask(window, tmp_path, PDF_FORMAT, str(tmp_path / "年报.docx"), "另起名字", "")
    assert found is None
    assert "将写成“年报.pdf”。“年报.pdf”已经存在，替换它吗？" in asked[0]


@pytest.mark.parametrize(("typed", "words"), [
    ("CON", "“CON.pdf”是系统留用的名字"), ("nul.pdf", "“nul.pdf”是系统留用的名字"),
    ("a:b", "文件名“a:b.pdf”里不能有 :"),
    ("年报?", "里不能有 ?"), ("目录", "目录.pdf”是一个文件夹")])
def test_a_name_that_cannot_be_leads_back_with_the_reason(window: MainWindow, tmp_path: Path, typed: str,
                                                          words: str) -> None:
    (tmp_path / "目录.pdf").mkdir()
    found, asked = ask(window, tmp_path, PDF_FORMAT, str(tmp_path / typed), "另起名字", str(tmp_path / "年报"))
    assert found == tmp_path / "年报.pdf"
    assert words in asked[0]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right there")
def test_a_link_says_what_it_leads_to(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "正本.pdf").write_bytes(b"x")
    (tmp_path / "年报.pdf").symlink_to(tmp_path / "正本.pdf")
    _, asked = ask(window, tmp_path, PDF_FORMAT, str(tmp_path / "年报"), "替换")
    assert f"这是链接，替换的是它指向的文件：{tmp_path / '正本.pdf'}" in asked[0]


@pytest.mark.parametrize(("typed", "written"), [
    ("年报", "年报.pdf"), ("年报.PDF", "年报.PDF"), ("年报. ", "年报.pdf"), ("年报.pdf.", "年报.pdf"), ("年报.Docx",
    "年报.pdf"),
    ("年报2.1", "年报2.1.pdf"), ("2023.12.31", "2023.12.31.pdf"), ("年报.govdesk", "年报.pdf"), ("...", ".pdf")])
def test_the_name_with_its_suffix(typed: str, written: str) -> None:
    assert complete_suffix(Path("/x") / typed, PDF_FORMAT) == Path("/x") / written


def test_an_exchange_file_in_capitals_gets_no_second_suffix() -> None:
    assert complete_suffix(Path("/x/年报.GOVDESK"), EXCHANGE_READER) == Path("/x/年报.GOVDESK")


@pytest.mark.parametrize("name", ["年报.pdf", "CONTENT.pdf", "com10.pdf", "a.con", "年报 2023（定稿）.pdf", "nul年报"])
def test_ordinary_names_are_not_refused(name: str) -> None:
    assert explain_bad_name(name) == ""


@pytest.mark.parametrize("name", ["con", "Aux.tar.gz", "com1.pdf", "COM².txt", "nul .pdf", "a\nb", "a.", "b ", "",
"a|b"])
def test_names_that_windows_takes_otherwise_are_refused(name: str) -> None:
    assert "请" in explain_bad_name(name)
