"""Shows what a reader found in a file, tables as grids and paragraphs as text, and marks the cell that is spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QTextCursor, QTextTable, QTextTableCell, QTextTableCellFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from govdesk.importing.confidence import CellSpot
from govdesk.importing.files.source import Cell, Source, Table
from ui.common.theme import current_colours
from ui.widgets.word_edit import WordBrowser

MOST_CELLS = 4000                            # shown; the tables of a report have some 400
MOST_PARAGRAPHS = 1500
FRAME_WIDTH = 2                              # pixels


class TextSource(WordBrowser):
    """A document to be read. Tables stand at the places of `tables`, in order."""

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("原件内容")
        self.setOpenLinks(False)
        self._tables: list[Table] = []
        self._marked: QTextTableCell | None = None
        self._plain = QTextTableCellFormat()
        self.setHtml("".join(self._pieces(source)))
        self._frames = [frame for frame in self.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]

    def _pieces(self, source: Source) -> Iterator[str]:
        c, room, paragraphs = current_colours(), MOST_CELLS, 0
        yield (f"<style>table {{ border-collapse: collapse; margin: 6px 0; }} td {{ border: 1px solid {c.line}; "
               f"padding: 3px; }} p {{ margin: 4px 0; }}</style>")
        for item in source.items:
            if isinstance(item, Table):
                shown = _first_rows(item, room)
                room -= len(shown.cells)
                if shown.cells:
                    self._tables.append(item)
                    yield _html_of(shown)
                if len(shown.cells) < len(item.cells):
                    yield f"<p><i>{escape(item.place)}太大，其余的行没有显示。</i></p>"
            elif paragraphs < MOST_PARAGRAPHS:
                paragraphs += 1
                yield f"<p>{escape(item.text)}</p>"
        if paragraphs == MOST_PARAGRAPHS:
            yield "<p><i>其余文字没有显示。</i></p>"

    def light(self, spot: CellSpot | None) -> bool:
        """Frames a cell and scrolls to it; nothing for None. False where it is not shown."""
        self._unmark()
        number = next((i for i, table in enumerate(self._tables) if spot is not None and table is spot.table), -1)
        if spot is None or not 0 <= number < len(self._frames):
            return spot is None
        cell = self._frames[number].cellAt(spot.cell.row, spot.cell.column)
        if not cell.isValid():
            return False
        self._plain, self._marked = QTextTableCellFormat(cell.format().toTableCellFormat()), cell
        marked, accent = QTextTableCellFormat(self._plain), QColor(current_colours().accent)
        marked.setBackground(QColor(current_colours().accent_ground))
        marked.setBorder(FRAME_WIDTH)
        marked.setBorderBrush(QBrush(accent))
        cell.setFormat(marked)
        self._show(cell.firstCursorPosition())
        return True

    def light_text(self, text: str) -> bool:
        """Scrolls to the paragraph with which a text begins, and marks it. False where none does."""
        self._unmark()
        begin = next((line.strip() for line in text.split("\n") if line.strip()), "")[:24]
        found = self.document().find(begin) if begin else QTextCursor()
        if found.isNull():
            self.setExtraSelections([])
            return False
        found.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        found.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        marked = QTextEdit.ExtraSelection()
        marked.cursor = found
        marked.format.setBackground(QColor(current_colours().accent_ground))
        self.setExtraSelections([marked])
        self._show(found)
        return True

    def _unmark(self) -> None:
        self.setExtraSelections([])
        if self._marked is not None:
            self._marked.setFormat(self._plain)
            self._marked = None

    def _show(self, cursor: QTextCursor) -> None:
        """Into the middle: what stands around a figure tells which it is."""
        place = QTextCursor(cursor)
        place.clearSelection()
        self.setTextCursor(place)
        box = QRectF(self.cursorRect(place))
        for bar, at, room in ((self.verticalScrollBar(), box.center().y(), self.viewport().height()),
                              (self.horizontalScrollBar(), box.center().x(), self.viewport().width())):
            if not 0.15 * room < at < 0.85 * room:
                bar.setValue(int(bar.value() + at - room / 2))


def _first_rows(table: Table, most: int) -> Table:
    """As many whole rows from the top as so many cells are."""
    if len(table.cells) <= most:
        return table
    rows = sorted(cell.row for cell in table.cells)
    end = rows[most]
    return table._replace(cells=tuple(cell for cell in table.cells if cell.row < end))


def _html_of(table: Table) -> str:
    """A grid in which every cell's first place is its own: what overlaps is written small, what is lacking is blank."""
    taken: dict[tuple[int, int], bool] = {}
    rows: dict[int, list[tuple[int, str]]] = {}
    height, width = table.height, table.width
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        if (cell.row, cell.column) in taken:
            continue
        down, across = _free_span(cell, taken)
        taken |= {(r, c): True for r in range(cell.row, cell.row + down)
                  for c in range(cell.column, cell.column + across)}
        rows.setdefault(cell.row, []).append((cell.column, _cell(cell.text, down, across)))
    for r in range(height):
        rows.setdefault(r, []).extend((c, _cell("", 1, 1)) for c in range(width) if (r, c) not in taken)
    lines = ("".join(words for _, words in sorted(rows[r])) for r in range(height))
    return f"<table cellspacing='0'>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _free_span(cell: Cell, taken: dict[tuple[int, int], bool]) -> tuple[int, int]:
    free = all((r, c) not in taken for r in range(cell.row, cell.row + cell.rows)
               for c in range(cell.column, cell.column + cell.columns))
    return (cell.rows, cell.columns) if free else (1, 1)


def _cell(text: str, down: int, across: int) -> str:
    span = (f" rowspan='{down}'" if down > 1 else "") + (f" colspan='{across}'" if across > 1 else "")
    return f"<td{span}>{escape(text).replace(chr(10), '<br>')}</td>"


