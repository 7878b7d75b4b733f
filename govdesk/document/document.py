"""Defines the neutral document: what is printed, in order, independent of any format. Writers know this and nothing
above it.

Text is plain text as the clerk typed it; a writer escapes it for its own format.
"""

from __future__ import annotations

from typing import NamedTuple

from govdesk.base.cell_role import CellRole


class Title(NamedTuple):
    """The document's title; the layout breaks it by sense."""

    text: str


class Heading(NamedTuple):
    """A head of `level` 1 (一、黑体) or 2 （（一）楷体). `run_in`: the paragraph after it goes on in the same line."""

    level: int
    text: str
    anchor: str                      # the section's or text's id: stable target for bookmarks
    run_in: bool = False


class Paragraph(NamedTuple):
    """One paragraph of body text, first line indented by two characters. Never holds a line break."""

    text: str


class GridCell(NamedTuple):
    """One cell with its spans. `text` may be broken at each of `breaks` (indices into text) by sense."""

    text: str
    role: CellRole
    row_span: int = 1
    column_span: int = 1
    breaks: tuple[int, ...] = ()     # places where a break reads well; must_break: they are always taken
    must_break: bool = False


class GridBlock(NamedTuple):
    """A table. `rows` holds only the cells that begin in that row, left to right; spans cover the rest.

    `widths` are millimetres of the type area (156 mm), one a column; `head_rows` rows are repeated when the table
    breaks over pages. `name` is what a screen reader and a bookmark call it. `landscape`: it stands on pages of its
    own, turned by a quarter and as wide as the type area is high.
    """

    name: str
    widths: tuple[float, ...]
    head_rows: int
    rows: tuple[tuple[GridCell, ...], ...]
    landscape: bool = False


class SignatureBlock(NamedTuple):
    """Issuing organ and date of issue (GB/T 9704-2012 7.3.5); either may be empty."""

    organ: str
    date: str


class PageBreak(NamedTuple):
    """What follows begins on a new page."""


DocumentBlock = Title | Heading | Paragraph | GridBlock | SignatureBlock | PageBreak


class Document(NamedTuple):
    """Metadata and blocks. `date` is ISO (YYYY-MM-DD) and dates the file, so that equal input gives equal bytes."""

    title: str
    organ: str
    year: int
    date: str
    blocks: tuple[DocumentBlock, ...]
