"""The clipboard: blocks that other programs put there, and tables that they take."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from govdesk.form.form import Address
from govdesk.paste import clipboard_in, clipboard_out
from govdesk.paste.clipboard_in import BlockError, CellBlock
from ui.grid.model import GridModel

EMPTY = "剪贴板是空的，请先复制要粘贴的内容"
PICTURE = "剪贴板里是图片，读不出数字，没有填入。请从原来的表格文件、文档或网页里复制"
FILES = "剪贴板里是文件，不是表格内容，没有填入。请打开文件，复制其中的表格再粘贴"


def read_tables(data: QMimeData) -> list[CellBlock]:
    """The tables on the clipboard, else its text as rows. Raises BlockError with a sentence."""
    tables: list[CellBlock] = []
    too_long: BlockError | None = None
    if data.hasHtml():
        try:
            tables = clipboard_in.blocks_from_html(data.html())
        except BlockError as error:
            too_long = error                 # what stands beside it as text may be short
    if tables:
        return tables
    text = "" if data.hasUrls() and not data.hasHtml() else data.text()
    if text.strip():
        return [clipboard_in.block_from_text(text)]
    raise too_long or BlockError(PICTURE if data.hasImage() else FILES if data.hasUrls() else EMPTY)


def write_rows(rows: Sequence[Sequence[str]], html: str = "") -> None:
    """Rows onto the clipboard, as text and as a table."""
    data = QMimeData()
    data.setText(clipboard_out.to_tabbed_text(rows))
    data.setHtml(html or clipboard_out.to_html_table(rows))
    QGuiApplication.clipboard().setMimeData(data)


def copy_cells(model: GridModel, cells: Sequence[Address]) -> None:
    """Figures onto the clipboard; without any, what is there stays."""
    rows = collect_rows(model, cells)
    if rows:
        write_rows(rows)


def copy_table(model: GridModel) -> None:
    """The whole table with its labels and spans."""
    grid = model.grid
    write_rows(*clipboard_out.copy_whole_grid(grid, {a: model.look(a).text for a in grid.addresses}))


def collect_rows(model: GridModel, chosen: Sequence[Address]) -> list[list[str]]:
    """The smallest block that holds the chosen figures; what is not chosen in it is empty."""
    places = [model.places.at[a] for a in chosen]
    if not places:
        return []
    text = {place: model.look(a).text for a, place in zip(chosen, places, strict=True)}
    rows = [r for r in model.places.figure_rows(0) if min(places)[0] <= r <= max(places)[0]]
    columns = range(min(c for _, c in places), max(c for _, c in places) + 1)
    return [[text.get((r, c), "") for c in columns] for r in rows]
