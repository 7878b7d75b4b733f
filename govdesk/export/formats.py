"""The table of formats, and the one way from a document to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from govdesk.document import Document
from govdesk.errors import UserError
from govdesk.files import check_target, write_whole
from govdesk.typeset.page import Doubt


@dataclass(frozen=True, slots=True)
class Written:
    """A document in a file format, not yet in a file. Formats without pages of their own say 0."""

    data: bytes
    pages: int = 0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written, and what the person who sends it out should look at."""

    target: Path
    pages: int
    doubts: tuple[Doubt, ...]


def write_pdf(document: Document, fonts_folder: Path) -> Written:
    """Laid out and drawn. The imports wait: they cost a window's start more than all the rest."""
    from govdesk.export.pdf import render
    from govdesk.typeset.fontset import FontSet
    from govdesk.typeset.layout import lay_out

    pages = lay_out(document, FontSet.bundled(fonts_folder))
    return Written(render(pages, document), len(pages.pages), pages.doubts)


FORMATS: dict[str, Callable[[Document, Path], Written]] = {"pdf": write_pdf}


def format_of(target: Path, to: str | None) -> str:
    """The format that was asked for, by name or by the suffix of the target."""
    name = (to or target.suffix).lower().lstrip(".")
    if name in FORMATS:
        return name
    known = "、".join(FORMATS)
    if not name:
        raise UserError(f"“{target}”没有扩展名，不知道导出为什么格式，请在文件名后加上 .pdf（可用格式：{known}）。")
    raise UserError(f"不能导出为“{name}”格式，请改用以下格式之一：{known}。")


def export(document: Document, target: Path, to: str | None, fonts_folder: Path) -> ExportReport:
    """Write the document to `target`, whole or not at all."""
    write = FORMATS[format_of(target, to)]
    check_target(target)
    written = write(document, fonts_folder)
    write_whole(target, written.data)
    return ExportReport(target, written.pages, written.doubts)
