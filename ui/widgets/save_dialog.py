"""Asking where to save: every dialogue that writes a file asks here. The path that is given back is the path that was
agreed to, with its suffix on; a file that would be replaced is named first, and goes along as it was then.

The system's own question is of no use: it asks about the name as it was typed, before the suffix is there.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from govdesk.base.errors import UnwritableFileError
from govdesk.base.files import FileStamp, check_target, explain_bad_name, format_file_name, stamp_of
from govdesk.exchange.readers import READERS
from govdesk.export.formats import FORMATS
from ui.widgets.basics import Button, add_answer

# Suffixes that mean another kind of file, besides those of the tables. What else stands behind a dot (“年报2.1”) is
# part of the name.
_OTHERS = frozenset([
    "doc", "docx", "wps", "wpt", "odt", "rtf", "txt", "htm", "html", "ofd", "xls", "xlsx", "et", "ods", "csv", "ppt",
    "pptx", "dps", "jpg", "jpeg", "png", "zip", "rar", "json", "xml"])
DIALOG_TITLE = "保存文件"


class FileKind(Protocol):
    """What is written: a row of the table of formats or of the table of readers."""

    @property
    def suffix(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def filter(self) -> str: ...


class AgreedTarget(NamedTuple):
    """The file to write, and what stood there when that was agreed to: `files.write_whole` replaces nothing else."""

    path: Path
    over: FileStamp | None


def ask_where_to_save(parent: QWidget, title: str, suggested: Path, kind: FileKind) -> AgreedTarget | None:
    """The file to write; None where the clerk thought better of it. A No leads back to the dialogue."""
    at = suggested
    while True:
        path, _ = QFileDialog.getSaveFileName(parent, title, str(at), kind.filter,
                                              options=QFileDialog.Option.DontConfirmOverwrite)
        if not path:
            return None
        typed = Path(path)
        at = complete_suffix(typed, kind)
        over = stamp_of(at)                      # before the question: the answer is about this
        if fault := _fault(at, kind):
            _box(parent, fault)[0].exec()
        elif _agreed(parent, typed, at, kind):
            return AgreedTarget(at, over)


def complete_suffix(typed: Path, kind: FileKind) -> Path:
    """The path with the suffix of its kind; the suffix of another kind gives way. Windows drops dots and blanks at the
    end of a name, so they go first."""
    name = typed.name.rstrip(". ")
    if _suffix(name) == kind.suffix:
        return typed.parent / name
    if _suffix(name):
        name = name.rpartition(".")[0].rstrip(". ")
    return typed.parent / f"{name}{kind.suffix}"


def _suffix(name: str) -> str:
    """The suffix of a name where it tells a kind of file, in small letters; else “”."""
    found = name.rstrip(". ").rpartition(".")[2].lower() if "." in name else ""
    return f".{found}" if found in _OTHERS or f".{found}" in _suffixes_of_tables() else ""


def _suffixes_of_tables() -> set[str]:
    return {row.suffix for row in FORMATS.values()} | {suffix for row in READERS.values() for suffix in row.suffixes}


def _fault(path: Path, kind: FileKind) -> str:
    if path.name == kind.suffix:
        return explain_bad_name("")
    if fault := explain_bad_name(path.name):
        return fault
    try:
        check_target(path)
    except UnwritableFileError as error:
        return error.sentence
    return ""


def _agreed(parent: QWidget, typed: Path, path: Path, kind: FileKind) -> bool:
    """Whether the file is to be written; asked where something would be replaced, or another name than typed is."""
    named = format_file_name(path.name)
    exists, suffix = path.exists(), _suffix(typed.name)
    other = suffix not in ("", kind.suffix)
    if not exists and not other:
        return True
    said = f"这里写出的是{kind.label}，不能存为“{suffix}”，将写成“{named}”。" if other else ""
    question = f"{said}“{named}”已经存在，替换它吗？" if exists else said
    box, back = _box(parent, question)
    box.setInformativeText("\n".join(_about(path)) if exists else f"位置：{path.parent}")
    go = add_answer(box, "替换" if exists else "写成这个文件", QMessageBox.ButtonRole.DestructiveRole if exists
                    else QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(back if exists else go)
    box.exec()
    return box.clickedButton() is go


def _box(parent: QWidget, words: str) -> tuple[QMessageBox, Button]:
    """A question whose answer may be that another name is given; Esc and the cross say so."""
    box = QMessageBox(QMessageBox.Icon.Warning, DIALOG_TITLE, words, parent=parent)
    back = add_answer(box, "另起名字", QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(back)
    return box, back


def _about(path: Path) -> list[str]:
    """Where the file is, what a link leads to, and when it was changed."""
    found = [f"位置：{path.parent}"]
    try:
        if path.is_symlink():
            found.append(f"这是链接，替换的是它指向的文件：{path.resolve()}")
        found.append(f"修改时间：{datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M}")
    except OSError:
        pass                                     # it is gone again, or may not be looked at
    return found
