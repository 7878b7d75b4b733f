"""The document on pages: items are placed in groups that stay together, then every page gets its number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govdesk.document import Block, Document, GridBlock, Heading, PageBreak, SignatureBlock, Title
from govdesk.style import PLAIN, Style
from govdesk.typeset.blocks import TABLE_GAP, Item, NewPage, Table, TextLine, items_of
from govdesk.typeset.characters import GETA, cleaned, printable
from govdesk.typeset.drawing import baseline, runs
from govdesk.typeset.fontset import FontSet, Role
from govdesk.typeset.gridparts import GridPart, draw, parts, rules, whole
from govdesk.typeset.lines import set_solid
from govdesk.typeset.page import (
    BODY_SIZE,
    CELL,
    HEIGHT,
    LEFT,
    MM,
    PITCH,
    TOP,
    WIDTH,
    Doubt,
    Page,
    Pages,
    Piece,
    Run,
    Standing,
)
from govdesk.typeset.watch import FREE, Watch

NUMBER_SIZE = 14.0                   # 4号
NUMBER_DROP = 7 * MM                 # from the type area to the dashes of the page number
BELOW_GAP = PITCH - BODY_SIZE        # between table and text below: as between two lines
EXCERPT = 8                          # characters shown on each side of a doubtful one
CLOSE = 0.01


def lay_out(document: Document, fonts: FontSet, style: Style = PLAIN, watch: Watch = FREE) -> Pages:
    """Pages of positioned runs and rules. The same document and faces give the same pages."""
    flow = _Flow(fonts)
    for group in _groups(items_of(fonts, document.blocks)):
        flow.place(group)
    for page in flow.pages:
        watch.tell(page.number, None)
        _number(fonts, page)
    doubts = [doubt for i, block in enumerate(document.blocks) for doubt in _doubts(fonts, i, block)]
    return Pages(tuple(flow.pages), tuple(doubts))


def _groups(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Items up to and with the first that a page may end after."""
    group: list[Item] = []
    for item in items:
        if isinstance(item, NewPage) and group:
            yield group
            group = []
        group.append(item)
        if not item.keep:
            yield group
            group = []
    if group:
        yield group


class _Flow:
    """Pages being filled. `line` is the top of the next line on the grid, `bottom` the foot of what is there."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self.pages = [Page(1)]
        self.line = self.bottom = 0.0
        self.turning = False

    def place(self, group: Sequence[Item]) -> None:
        """A group on one page if any page can hold it; else in two, the first of which ends with its first table."""
        if isinstance(group[0], NewPage):
            self.turning = True                               # not yet: nothing may follow
            return
        if self.turning:
            self._turn()
        if not self._holds(group, self.line, self.bottom):
            if self._holds(group, 0.0, 0.0):
                self._turn()
            else:
                self._part(group)
                return
        for item in group:
            self._put(item)

    def _part(self, group: Sequence[Item]) -> None:
        tables = [i for i, item in enumerate(group) if isinstance(item, Table)]
        if tables and tables[0] + 1 < len(group):
            self.place(group[:tables[0] + 1])
            self.place(group[tables[0] + 1:])
        elif tables:
            self._put_split(group)
        else:
            for item in group:
                if not self._holds([item], self.line, self.bottom):
                    self._turn()
                self._put(item)

    def _holds(self, group: Sequence[Item], line: float, bottom: float) -> bool:
        for item in group:
            line, bottom = self._after(item, line, bottom)
            if bottom > HEIGHT + CLOSE:
                return False
        return True

    def _after(self, item: Item, line: float, bottom: float) -> tuple[float, float]:
        """(next line, foot) when the item is put."""
        if isinstance(item, Table):
            return _below(_table_top(bottom) + item.table.height)
        return line + PITCH, line + BODY_SIZE

    def _turn(self) -> None:
        self.turning = False
        if self.bottom:
            self.pages.append(Page(len(self.pages) + 1))
            self.line = self.bottom = 0.0

    def _put(self, item: Item) -> None:
        if isinstance(item, TextLine):
            self._put_line(item)
        elif isinstance(item, Table):
            item = self._on_grid(item)
            self._put_part(item, whole(item.table))

    def _put_line(self, item: TextLine) -> None:
        if item.line:
            base = baseline(self.fonts, item.role, item.size, TOP + self.line)
            found = runs(item.line, item.size, LEFT + item.x, base, item.cell)
            self._add(item.block, item.part, Standing.CONTENT, found)
        self.line, self.bottom = self.line + PITCH, self.line + BODY_SIZE

    def _put_split(self, group: Sequence[Item]) -> None:
        """Lines and a table that is too high for a page: the lines stay with the table's first rows."""
        *lines, table = group
        assert isinstance(table, Table)
        line, bottom = self.line, self.bottom
        for item in lines:
            line, bottom = self._after(item, line, bottom)
        if self.bottom and not parts(table.table, HEIGHT - _table_top(bottom) - 1)[0].rows:
            self._turn()
        for item in lines:
            if not self._holds([item], self.line, self.bottom):
                self._turn()
            self._put(item)
        for i, part in enumerate(parts(table.table, HEIGHT - _table_top(self.bottom) - 1)):
            if i:
                self._turn()
            if part.rows:
                self._put_part(table, part)

    def _on_grid(self, item: Table) -> Table:
        """Rows a little higher, so that the text below goes on in the grid at the usual distance; if there is room."""
        foot = _table_top(self.bottom) + item.table.height
        lack = _below(foot)[0] - BELOW_GAP - foot
        if foot + lack > HEIGHT:
            return item
        more = lack / len(item.table.heights)
        return replace(item, table=replace(item.table, heights=tuple(height + more for height in item.table.heights)))

    def _put_part(self, item: Table, part: GridPart) -> None:
        top = _table_top(self.bottom)
        for cell, standing, found in draw(self.fonts, item.table, part, TOP + top):
            self._add(item.block, cell, standing, found)
        self.pages[-1].rules += rules(item.table, part, TOP + top)
        self.line, self.bottom = _below(top + part.height)

    def _add(self, block: int, part: int, standing: Standing, found: Sequence[Run]) -> None:
        """Runs to the page; lines of one block become one piece."""
        pieces = self.pages[-1].pieces
        if not found:
            return
        if pieces and (pieces[-1].block, pieces[-1].part, pieces[-1].standing) == (block, part, standing):
            found = (*pieces.pop().runs, *found)
        pieces.append(Piece(tuple(found), block, part, standing))


def _table_top(bottom: float) -> float:
    return bottom + TABLE_GAP if bottom else 0.25             # half a rule, so that it lies inside the type area


def _below(bottom: float) -> tuple[float, float]:
    """(next line, foot) below a table: text goes on where the grid has its next line."""
    return math.ceil((bottom + BELOW_GAP) / PITCH - CLOSE) * PITCH, bottom


def _number(fonts: FontSet, page: Page) -> None:
    """GB/T 9704-2012 7.5: odd pages right, even pages left, one character from the edge."""
    line = set_solid(fonts, Role.NUMBER, f"— {page.number} —")
    x = LEFT + WIDTH - CELL - line.width * NUMBER_SIZE if page.number % 2 else LEFT + CELL
    dash_top = fonts.primary(Role.NUMBER).box("—")[3] / 1000
    base = TOP + HEIGHT + NUMBER_DROP + dash_top * NUMBER_SIZE
    page.pieces.append(Piece(tuple(runs(line, NUMBER_SIZE, x, base)), -1, 0, Standing.FURNITURE))


def _doubts(fonts: FontSet, index: int, block: Block) -> Iterator[Doubt]:
    for role, raw in _texts(block):
        text = cleaned(raw)
        chars = set(text)
        missing = [glyph.missing for glyph in fonts.shape(role, "".join(chars)) if glyph.missing]
        for at, char in sorted((text.index(char), char) for char in missing):
            start, end = max(0, at - EXCERPT), at + EXCERPT + 1
            yield Doubt(char, index, printable(text[start:at]) + GETA + printable(text[at + 1:end]))


def _texts(block: Block) -> Iterator[tuple[Role, str]]:
    """Every text of a block with the role it is set in."""
    if isinstance(block, GridBlock):
        yield from ((Role.TABLE, cell.text) for row in block.rows for cell in row)
    elif isinstance(block, SignatureBlock):
        yield from ((Role.BODY, block.organ), (Role.BODY, block.date))
    elif isinstance(block, Title):
        yield Role.TITLE, block.text
    elif isinstance(block, Heading):
        yield (Role.SECTION if block.level == 1 else Role.SUBSECTION), block.text
    elif not isinstance(block, PageBreak):
        yield Role.BODY, block.text
