"""Renders laid-out pages as a tagged PDF: structure elements, bookmarks, artifacts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdesk.base.cell_role import CellRole
from govdesk.document.document import (
    Document,
    GridBlock,
    GridCell,
    Heading,
    PageBreak,
    SignatureBlock,
    Title,
)
from govdesk.export.pdf_canvas import TaggedCanvas
from govdesk.export.pdf_document import text_string
from govdesk.export.pdf_metadata import Metadata, clean_name
from govdesk.export.pdf_structure import Element
from govdesk.typeset.page import PAPER_HEIGHT, Box, Page, PagePiece, Pages, PieceRole, Run
from govdesk.typeset.watch import UNWATCHED, Watch

Elements = dict[tuple[int, int], Element]
LONGEST_TEXT = 16_000                # characters: a string of PDF/A has 32,767 bytes at most
# What the standard leaves to whoever makes a font: nobody else knows what it is
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
SAME_LINE_EM = 0.6                   # em between base lines that are taken for one line
SCOPES = {CellRole.HEAD: "Column", CellRole.BAND: "Column", CellRole.LABEL: "Row"}


def render(pages: Pages, document: Document, watch: Watch = UNWATCHED) -> bytes:
    """The bytes of the file. The same pages and document give the same bytes."""
    canvas = TaggedCanvas(Metadata.of(document))
    drawn = {(piece.block, piece.part) for page in pages.pages for piece in page.pieces}
    elements = _elements(canvas, document, drawn, {table.block: table.boxes for table in pages.tables})
    outline = _Outline(canvas, document)
    grids = {i for i, block in enumerate(document.blocks) if isinstance(block, GridBlock)}
    for page in pages.pages:
        _draw(canvas, page, elements, outline, grids)
        canvas.showPage()
        watch.tell(page.number, len(pages.pages))
    return canvas.finished()


def _elements(canvas: TaggedCanvas, document: Document, drawn: set[tuple[int, int]],
              boxes: dict[int, tuple[Box, ...]]) -> Elements:
    """The structure tree in the order of the document, by block and part of it."""
    found: Elements = {}
    deepest = 0
    for i, block in enumerate(document.blocks):
        parts = [(i, part) for part in (0, 1) if (i, part) in drawn]
        if isinstance(block, GridBlock):
            _table(canvas, found, i, block, boxes.get(i, ()))
        elif isinstance(block, Title | Heading) and parts:
            level = 1 if isinstance(block, Title) else min(block.level, 5) + 1
            deepest = min(level, deepest + 1)                 # no level is skipped (ISO 14289-1, 7.4.2)
            found.update({part: canvas.element(f"H{deepest}") for part in parts})
        elif not isinstance(block, PageBreak):
            kind = "Signature" if isinstance(block, SignatureBlock) else "P"
            found.update({part: canvas.element(kind) for part in parts})
    return found


def _table(canvas: TaggedCanvas, found: Elements, index: int, grid: GridBlock, boxes: tuple[Box, ...]) -> None:
    summary = f"<</O/Table/Summary{text_string(clean_name(grid.name))}>>"
    if len(boxes) == 1:                                       # asked for by ISO 32000-1, table 344
        _, x0, y0, x1, y1 = boxes[0]
        place = f"{x0:.2f} {PAPER_HEIGHT - y1:.2f} {x1:.2f} {PAPER_HEIGHT - y0:.2f}"
        table = canvas.element("Table", attributes=f"/A[{summary}<</O/Layout/BBox[{place}]>>]", page=boxes[0].page)
    else:
        table = canvas.element("Table", attributes=f"/A{summary}")
    part = 0
    for row in grid.rows:
        line = canvas.element("TR", table)
        for cell in row:
            found[index, part] = canvas.element("TH" if cell.role in SCOPES else "TD", line, _attributes(cell))
            part += 1


def _attributes(cell: GridCell) -> str:
    keys = f"/RowSpan {cell.row_span}" if cell.row_span > 1 else ""
    keys += f"/ColSpan {cell.column_span}" if cell.column_span > 1 else ""
    keys += f"/Scope/{SCOPES[cell.role]}" if cell.role in SCOPES else ""
    return f"/A<</O/Table{keys}>>" if keys else ""


class _Outline:
    """Bookmarks of the headings, each at its first line."""

    def __init__(self, canvas: TaggedCanvas, document: Document) -> None:
        self._canvas, self._blocks = canvas, document.blocks
        self._done: set[int] = set()
        self._deepest = 0

    def note(self, piece: PagePiece) -> None:
        block = self._blocks[piece.block] if piece.block >= 0 else None
        if not isinstance(block, Heading) or piece.block in self._done:
            return
        self._done.add(piece.block)
        level = min(block.level - 1, self._deepest)           # an outline may not skip a level
        self._deepest = level + 1
        first = piece.runs[0]
        top = 0.0 if first.turned else first.y - 2 * first.size
        self._canvas.bookmark(clean_name(block.text), level, top)


def _draw(canvas: TaggedCanvas, page: Page, elements: Elements, outline: _Outline, grids: set[int]) -> None:
    before: PagePiece | None = None
    for piece in page.pieces:
        is_cell = piece.block in grids
        if is_cell and before and _collide(before, piece):
            with canvas.artifact("Layout"):
                canvas.part_lines(piece.runs[0])
        before = piece if is_cell else None
        draw = _draw_cell if is_cell and len(piece.runs) > 1 else _draw_runs
        if piece.standing is not PieceRole.CONTENT:
            with canvas.artifact("Pagination"):
                draw(canvas, piece)
            continue
        if not is_cell:
            outline.note(piece)
        canvas.begin(elements[piece.block, piece.part])
        draw(canvas, piece)
        canvas.end()
    if page.rules:
        with canvas.artifact("Layout"):
            canvas.draw_rules(page.rules)


def _collide(before: PagePiece, piece: PagePiece) -> bool:
    """Whether pdfium, which collects what follows each other on one line and sorts it from left to right, would come
    upon a cell of several lines twice, with another's text in between, and read it twice."""
    last, first = before.runs[-1], piece.runs[0]
    if last.x <= first.x or abs(last.y - first.y) > SAME_LINE_EM * max(last.size, first.size):
        return False
    return _has_lines(before) or _has_lines(piece)


def _has_lines(piece: PagePiece) -> bool:
    if len(piece.runs) == 1:
        return False
    across = [run.x if run.turned else run.y for run in piece.runs]
    return max(across) - min(across) >= piece.runs[0].size


def _draw_cell(canvas: TaggedCanvas, piece: PagePiece) -> None:
    """A cell; several lines are read as one text, else a reader mixes them with those of the cells beside it."""
    text = "".join(run.text for run in piece.runs)
    # pdfium drops a character beyond the BMP from a text that is given
    if not _has_lines(piece) or max(text) > "\uffff" or len(text) > LONGEST_TEXT:
        _draw_runs(canvas, piece)
        return
    with canvas.read_as(text):
        _draw_runs(canvas, piece)


def _draw_runs(canvas: TaggedCanvas, piece: PagePiece) -> None:
    for run in piece.runs:
        if not PRIVATE.search(run.text):                      # nearly all
            canvas.draw_run(run)
            continue
        for part in _parted_at_private(run):
            if not PRIVATE.match(part.text):
                canvas.draw_run(part)
                continue
            with canvas.read_as(part.text):
                canvas.draw_run(part)


def _parted_at_private(run: Run) -> Iterator[Run]:
    """Stretches of a run that are of private use or not: PDF/A-2a asks of the former what they are read as."""
    at, shift = 0, 0.0
    for found in re.finditer(f"{PRIVATE.pattern}+|[^{PRIVATE.pattern[1:-1]}]+", run.text):
        advances = run.advances[at:found.end()]
        x, y = (run.x, run.y - shift) if run.turned else (run.x + shift, run.y)
        yield run._replace(x=x, y=y, text=found[0], advances=advances)
        at, shift = found.end(), shift + sum(advances)
