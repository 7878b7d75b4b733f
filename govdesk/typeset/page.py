"""Pages as a writer draws them: runs of glyphs and rules, in points from the top left corner of the paper."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from govdesk.document.style import Style
from govdesk.fonts.face import Face

MM = 72 / 25.4
PAPER_WIDTH, PAPER_HEIGHT = 210 * MM, 297 * MM
# GB/T 9704-2012 5.2: type area 156 × 225 mm, 22 lines of 28 characters; the other margins are what is
# left: 297 − 37 − 225 = 35 mm at the bottom, 210 − 28 − 156 = 26 mm at the right
TOP, LEFT, WIDTH, HEIGHT = 37 * MM, 28 * MM, 156 * MM, 225 * MM
CHARACTERS, LINES = 28, 22
CELL = WIDTH / CHARACTERS            # from one character to the next: 28 fill the line exactly


class LineGrid(NamedTuple):
    """The lines of a page: from one to the next, the size of their characters, the top of the first. In points."""

    pitch: float
    size: float
    first: float = 0.0


# GB/T 9704-2012 3.2: a line is a character and 7/8 of one; the first is flush with the top, the 22nd inside
STANDARD_GRID = LineGrid(29.6, 15.75)
# 3号 as Word has it, in lines of a fixed height that Word centres its characters in
WORD_GRID = LineGrid(28.95, 16.0, (28.95 - 16.0) / 2)
PITCH, BODY_SIZE = STANDARD_GRID.pitch, STANDARD_GRID.size


def grid_of(style: Style) -> LineGrid:
    """The lines that a style asks for."""
    return WORD_GRID if style.pitch == "word" else STANDARD_GRID


class Run(NamedTuple):
    """Characters of one face and size; each is drawn at the sum of the advances before it. `y` is the base line.

    `turned`: the line runs up the page from (x, y), the heads of its characters to the left.
    """

    face: Face
    size: float
    x: float
    y: float
    text: str
    advances: tuple[float, ...]      # points, one a character
    stroke: float = 0.0              # points: outline drawn besides the filling
    turned: bool = False


class Rule(NamedTuple):
    """A straight line, horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5


class PieceRole(Enum):
    """What a piece is to someone who reads the document by ear."""

    CONTENT = "content"
    REPEATED = "repeated"            # a table head or group label again, on a later page
    FURNITURE = "furniture"          # the page number


class PagePiece(NamedTuple):
    """What one block, or one cell of it, has on one page."""

    runs: tuple[Run, ...]
    block: int                       # index into Document.blocks; -1: none
    part: int = 0                    # cell in the order of reading; signature: 0 organ, 1 date
    standing: PieceRole = PieceRole.CONTENT


class Page:
    """One side of paper. `turned`: what is on it, but for the page number, is read from the right."""

    def __init__(self, number: int) -> None:
        self.number, self.turned = number, False
        self.pieces: list[PagePiece] = []
        self.rules: list[Rule] = []


class MissingGlyph(NamedTuple):
    """A character that no face has, and 〓 stands in its place; or a variation selector, and the usual shape of the
    character before it stands there."""

    character: str
    block: int                       # index into Document.blocks
    excerpt: str                     # the text around it, fit to be shown
    selector: bool = False

    @property
    def code_point(self) -> str:
        return f"U+{ord(self.character):04X}"

    @property
    def sentence(self) -> str:
        if self.selector:
            return (f"“{self.excerpt}”的最后一个字带有异体字标记（{self.code_point}），印出的是通用字形，"
                    "请对照原件看是否可用。")
        return f"“{self.excerpt}”中有一个字（{self.code_point}）没有可用的字形，已印作“〓”，请改用别的字或写法。"


class FaceUse(NamedTuple):
    """A face that served a role of a document."""

    role: str                        # in the words of a person: 正文, 标题 …
    face: str                        # the name of the family
    system: bool                     # found on this machine; the program's own otherwise
    characters: int                  # different ones that it gave


class Box(NamedTuple):
    """A piece of a page, in points from the top left corner of the paper."""

    page: int                        # its number, from 1
    x0: float
    y0: float
    x1: float
    y1: float


class TableSetting(NamedTuple):
    """How a table was set: so many steps down the ladder of row heights, the height of a row of one line, and where."""

    block: int                       # index into Document.blocks
    step: int
    row: float                       # points
    boxes: tuple[Box, ...]           # one a page


class Pages(NamedTuple):
    """The laid-out document; `tables` says which of the lawful layouts was taken."""

    pages: tuple[Page, ...]
    doubts: tuple[MissingGlyph, ...]
    faces: tuple[FaceUse, ...] = ()
    tables: tuple[TableSetting, ...] = ()
