"""Lists the export formats, and writes a document to a file of any of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from govdesk.base.errors import UserError
from govdesk.base.files import FileStamp, check_target, dialog_filter, leave_removed_folder, write_whole
from govdesk.document.document import Document, GridBlock
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.export.rendered_file import RenderedFile
from govdesk.typeset.page import MM, FaceUse, MissingGlyph, Pages
from govdesk.typeset.watch import ProgressCall, StopCall, Watch

CLOSE_ROW: Final = 6.0                       # millimetres: rows below this are closer than usual


class ExportFormat(NamedTuple):
    """A row of the table. `name` stands in buttons (“导出 PDF”), `label` in sentences and file dialogues, `about` below
    the buttons of the export page."""

    id: str
    suffix: str
    name: str
    label: str
    about: str
    write: Callable[[Document, Path, Style, Watch], RenderedFile]

    @property
    def act(self) -> str:
        """The act in words, under which its moment is kept: “导出 PDF”."""
        return f"导出 {self.name}"

    @property
    def filter(self) -> str:
        """The line of a file dialogue."""
        return dialog_filter(self.label, (self.suffix,))


class ExportReport(NamedTuple):
    """What was written, and what the person who sends it out should look at."""

    target: Path
    pages: int
    doubts: tuple[MissingGlyph, ...]
    faces: tuple[FaceUse, ...] = ()
    layout: str = ""                         # what was done to the tables to save pages and white, as a sentence


def write_pdf(document: Document, fonts_folder: Path, style: Style, watch: Watch) -> RenderedFile:
    """Laid out and drawn. The imports wait: they cost a window's start more than all the rest."""
    leave_removed_folder()
    from govdesk.export.pdf import render
    from govdesk.fonts.font_set import FontSet
    from govdesk.typeset.layout import lay_out

    pages = lay_out(document, FontSet.of(fonts_folder, style), style, watch)
    return RenderedFile(render(pages, document, watch), len(pages.pages), pages.doubts, pages.faces, pages,
                        _layout_in_words(document, pages))


def _layout_in_words(document: Document, pages: Pages) -> str:
    """Which of the lawful layouts was taken; nothing where every table has its usual rows on one page."""
    found = []
    for table in pages.tables:
        block = document.blocks[table.block]
        said = [f"行高 {table.row / MM:.1f} 毫米"] if table.row < CLOSE_ROW * MM else []
        said += [f"分在 {len(table.boxes)} 页"] if len(table.boxes) > 1 else []
        if said and isinstance(block, GridBlock):
            found.append(f"“{block.name}”表{'、'.join(said)}")
    return f"为少占页、少留空白，{'，'.join(found)}。" if found else ""


PDF_FORMAT: Final = ExportFormat("pdf", ".pdf", "PDF", "PDF 文件",
                                 "A4，按公文格式（GB/T 9704）排版，字体全部嵌入，可以直接打印、盖章和上网公布。",
                                 write_pdf)
# The first is the one that the blue buttons and Ctrl+E write.
FORMATS: Final[dict[str, ExportFormat]] = {row.id: row for row in (PDF_FORMAT,)}


def names_of_formats() -> str:
    """The formats as one reads them: “PDF”."""
    return "、".join(row.name for row in FORMATS.values())


def format_of(target: Path, to: str | None = None) -> ExportFormat:
    """The format that was asked for, by its id or by the suffix of the target."""
    name = (to or target.suffix).lower().lstrip(".")
    for row in FORMATS.values():
        if name in (row.id, row.suffix.lstrip(".")):
            return row
    known = "、".join(FORMATS)
    if not name:
        raise UserError(f"“{target}”没有扩展名，不知道导出为什么格式，请在文件名后加上 {PDF_FORMAT.suffix}"
                        f"（可用格式：{known}）。")
    raise UserError(f"不能导出为“{name}”格式，请改用以下格式之一：{known}。")


def export_document(
    document: Document, target: Path, to: str | None, fonts_folder: Path, style: Style = PLAIN_STYLE, *,
    progress: ProgressCall | None = None, stop: StopCall | None = None, over: FileStamp | None = None,
) -> ExportReport:
    """Write the document to `target`, whole or not at all; `over`: what of it may be replaced.

    `progress` is told each page that is laid out (done, None) and each that is drawn (done, all). `stop` is asked as
    often; where it says yes, Stopped is raised and the old file is as it was.
    """
    write = format_of(target, to).write
    check_target(target)
    watch = Watch(progress, stop)
    with _no_collection():
        written = write(document, fonts_folder, style, watch)
    watch.ask()
    write_whole(target, written.data, over)
    return ExportReport(target, written.pages, written.doubts, written.faces, written.layout)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Thousands of runs and glyphs, none of them in a cycle: looking for cycles would be a tenth of the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
