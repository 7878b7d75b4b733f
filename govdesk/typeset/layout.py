"""The document on pages: items are placed in groups that stay together, then every page gets its number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from govdesk.document.document import Document
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.blocks import TABLE_GAP, FlowItem, NewPage, TableItem, TextLine, items_of
from govdesk.typeset.drawing import compute_baseline, make_runs, turn_page
from govdesk.typeset.grid_parts import GridPart, cut_table, draw_part, draw_rules, whole_table
from govdesk.typeset.lines import set_solid
from govdesk.typeset.page import (
    CELL,
    HEIGHT,
    LEFT,
    MM,
    TOP,
    WIDTH,
    LineGrid,
    Page,
    PagePiece,
    Pages,
    PieceRole,
    Run,
    grid_of,
)
from govdesk.typeset.survey import body_text, survey_characters
from govdesk.typeset.watch import UNWATCHED, Watch

NUMBER_SIZE = 14.0                   # 4号
NUMBER_DROP = 7 * MM                 # from the type area to the dashes of the page number
CLOSE = 0.01


def lay_out(document: Document, fonts: FontSet, style: Style = PLAIN_STYLE, watch: Watch = UNWATCHED) -> Pages:
    """Pages of positioned runs and rules. The same document and faces give the same pages."""
    if style.faces == "whole":
        fonts = fonts.for_body(body_text(document.blocks))
    flow = _Flow(fonts, grid_of(style), watch)
    for group in _groups(items_of(fonts, document.blocks, style, watch)):
        flow.place(group)
    flow.finish()
    return Pages(tuple(flow.pages), *survey_characters(fonts, document.blocks))


def _groups(items: Sequence[FlowItem]) -> Iterator[list[FlowItem]]:
    """Items up to and with the first that a page may end after."""
    group: list[FlowItem] = []
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

    def __init__(self, fonts: FontSet, grid: LineGrid, watch: Watch) -> None:
        self.fonts, self.grid, self.watch = fonts, grid, watch
        self.pages = [Page(1)]
        self.line, self.bottom = grid.first, 0.0
        self.next: NewPage | None = None                      # asked for, but not begun: perhaps nothing follows

    @property
    def height(self) -> float:
        """Of the type area, as the page is read."""
        return WIDTH if self.pages[-1].turned else HEIGHT

    def finish(self) -> None:
        """The last page is full."""
        page = self.pages[-1]
        if page.turned:
            turn_page(page)
        _number(self.fonts, page)
        self.watch.tell(page.number, None)

    def place(self, group: Sequence[FlowItem]) -> None:
        """A group on one page if any page can hold it; else in two, the first of which ends with its first table."""
        if isinstance(group[0], NewPage):
            self.next = group[0]
            return
        if self.next:
            self._turn(self.next.turned)
        if not self._holds(group, self.line, self.bottom):
            if self._holds(group, self.grid.first, 0.0):
                self._turn()
            else:
                self._part(group)
                return
        for item in group:
            self._put(item)

    def _part(self, group: Sequence[FlowItem]) -> None:
        tables = [i for i, item in enumerate(group) if isinstance(item, TableItem)]
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

    def _holds(self, group: Sequence[FlowItem], line: float, bottom: float) -> bool:
        for item in group:
            line, bottom = self._after(item, line, bottom)
            if bottom > self.height + CLOSE:
                return False
        return True

    def _after(self, item: FlowItem, line: float, bottom: float) -> tuple[float, float]:
        """(next line, foot) when the item is put."""
        if isinstance(item, TableItem):
            return self._below(_table_top(bottom) + item.table.height)
        foot = line + self.grid.size
        if isinstance(item, TextLine) and item.same:
            return line, foot
        return line + self.grid.pitch, foot

    def _below(self, bottom: float) -> tuple[float, float]:
        """(next line, foot) below a table: text goes on where the grid has its next line."""
        grid = self.grid
        return math.ceil((bottom + self.gap - grid.first) / grid.pitch - CLOSE) * grid.pitch + grid.first, bottom

    @property
    def gap(self) -> float:
        """Between table and text below: as between two lines."""
        return self.grid.pitch - self.grid.size

    def _turn(self, turned: bool | None = None) -> None:
        """A new page, of the same kind if nothing else is said; an empty one is used."""
        self.next = None
        turned = self.pages[-1].turned if turned is None else turned
        if self.bottom:
            self.finish()
            self.pages.append(Page(len(self.pages) + 1))
            self.line, self.bottom = self.grid.first, 0.0
        self.pages[-1].turned = turned

    def _put(self, item: FlowItem) -> None:
        if isinstance(item, TextLine):
            self._put_line(item)
        elif isinstance(item, TableItem):
            item = self._on_grid(item)
            self._put_part(item, whole_table(item.table))

    def _put_line(self, item: TextLine) -> None:
        if item.line:
            base = compute_baseline(self.fonts, item.role, item.size, TOP + self.line)
            found = make_runs(item.line, item.size, LEFT + item.x, base, item.cell)
            self._add(item.block, item.part, PieceRole.CONTENT, found)
        self.line, self.bottom = self._after(item, self.line, self.bottom)

    def _put_split(self, group: Sequence[FlowItem]) -> None:
        """Lines and a table that is too high for a page: the lines stay with the table's first rows."""
        *lines, table = group
        assert isinstance(table, TableItem)
        line, bottom = self.line, self.bottom
        for item in lines:
            line, bottom = self._after(item, line, bottom)
        if self.bottom and not cut_table(table.table, self.height - _table_top(bottom) - 1)[0].rows:
            self._turn()
        for item in lines:
            if not self._holds([item], self.line, self.bottom):
                self._turn()
            self._put(item)
        for i, part in enumerate(cut_table(table.table, self.height - _table_top(self.bottom) - 1)):
            if i:
                self._turn()
            if part.rows:
                self._put_part(table, part)

    def _on_grid(self, item: TableItem) -> TableItem:
        """Rows a little higher, so that the text below goes on in the grid at the usual distance; if there is room."""
        foot = _table_top(self.bottom) + item.table.height
        lack = self._below(foot)[0] - self.gap - foot
        if foot + lack > self.height or self.pages[-1].turned:
            return item
        more = lack / len(item.table.heights)
        return item._replace(table=item.table._replace(heights=tuple(height + more for height in item.table.heights)))

    def _put_part(self, item: TableItem, part: GridPart) -> None:
        top = _table_top(self.bottom)
        for cell, standing, found in draw_part(self.fonts, item.table, part, TOP + top):
            self._add(item.block, cell, standing, found)
        self.pages[-1].rules += draw_rules(item.table, part, TOP + top)
        self.line, self.bottom = self._below(top + part.height)

    def _add(self, block: int, part: int, standing: PieceRole, found: Sequence[Run]) -> None:
        """Runs to the page; lines of one block become one piece."""
        pieces = self.pages[-1].pieces
        if not found:
            return
        if pieces and (pieces[-1].block, pieces[-1].part, pieces[-1].standing) == (block, part, standing):
            found = (*pieces.pop().runs, *found)
        pieces.append(PagePiece(tuple(found), block, part, standing))


def _table_top(bottom: float) -> float:
    return bottom + TABLE_GAP if bottom else 0.25             # half a rule, so that it lies inside the type area


def _number(fonts: FontSet, page: Page) -> None:
    """GB/T 9704-2012 7.5: odd pages right, even pages left, one character from the edge."""
    line = set_solid(fonts, Role.NUMBER, f"— {page.number} —")
    x = LEFT + WIDTH - CELL - line.width * NUMBER_SIZE if page.number % 2 else LEFT + CELL
    dash = line.glyphs[0]
    dash_top = dash.face.box(dash.char)[3] / 1000 + dash.rise if dash.face else 0.0
    base = TOP + HEIGHT + NUMBER_DROP + dash_top * NUMBER_SIZE
    page.pieces.append(PagePiece(tuple(make_runs(line, NUMBER_SIZE, x, base)), -1, 0, PieceRole.FURNITURE))
