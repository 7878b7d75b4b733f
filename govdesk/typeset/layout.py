"""The document on pages: groups of items are placed as the best variant has them, every page gets its number."""

from __future__ import annotations

from collections.abc import Sequence

from govdesk.document.document import Document
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.blocks import FlowItem, NewPage, TableItem, TextLine, items_of
from govdesk.typeset.drawing import compute_baseline, make_runs, turn_page, turned_box
from govdesk.typeset.grid import LADDER, MeasuredTable
from govdesk.typeset.grid_parts import GridPart, cut_table, draw_part, draw_rules, halves, whole_table
from govdesk.typeset.lines import set_solid
from govdesk.typeset.page import (
    CELL,
    HEIGHT,
    LEFT,
    MM,
    TOP,
    WIDTH,
    Box,
    LineGrid,
    Page,
    PagePiece,
    Pages,
    PieceRole,
    Run,
    TableSetting,
    grid_of,
)
from govdesk.typeset.spots import Ground, PagePosition, Seat
from govdesk.typeset.survey import body_text, survey_characters
from govdesk.typeset.variants import ChosenSetting, KeptTogether, choose, groups_of
from govdesk.typeset.watch import UNWATCHED, Watch

NUMBER_SIZE = 14.0                   # 4号
NUMBER_DROP = 7 * MM                 # from the type area to the dashes of the page number


def lay_out(document: Document, fonts: FontSet, style: Style = PLAIN_STYLE, watch: Watch = UNWATCHED) -> Pages:
    """Pages of positioned runs and rules. The same document and faces give the same pages."""
    if style.faces == "whole":
        fonts = fonts.for_body(body_text(document.blocks))
    grid = grid_of(style)
    groups = groups_of(items_of(fonts, document.blocks, style, watch))
    flow = _Flow(fonts, grid, watch, choose(groups, grid))
    flow.place(groups)
    flow.finish()
    return Pages(tuple(flow.pages), *survey_characters(fonts, document.blocks), tuple(flow.tables))


class _Flow:
    """Pages being filled, as it was chosen; `spot` is where the next thing goes."""

    def __init__(self, fonts: FontSet, grid: LineGrid, watch: Watch, choices: dict[int, ChosenSetting]) -> None:
        self.fonts, self.grid, self.watch = fonts, grid, watch
        self.pages = [Page(1)]
        self.tables: list[TableSetting] = []
        self._choices = choices                               # by the group that each begins with
        self._grounds = {turned: Ground(grid, turned=turned) for turned in (False, True)}
        self.spot = self.ground.top
        self.next: NewPage | None = None                      # asked for, but not begun: perhaps nothing follows

    @property
    def ground(self) -> Ground:
        """The type area, as the page is read."""
        return self._grounds[self.pages[-1].turned]

    def finish(self) -> None:
        """The last page is full."""
        page = self.pages[-1]
        if page.turned:
            turn_page(page)
        _number(self.fonts, page)
        self.watch.tell(page.number, None)

    def place(self, groups: Sequence[KeptTogether]) -> None:
        """All groups, one after another."""
        at = 0
        while at < len(groups):
            group = groups[at]
            if group.page:
                self.next = group.page
                at += 1
                continue
            if self.next:
                self._turn(self.next.turned)
            choice = self._choices.get(at)
            if choice:
                self._place_chosen(groups[at:choice.group + 1], choice)
                at = choice.group
            else:
                self._place_lines(group.items, group.lines)
            at += 1

    def _place_lines(self, items: Sequence[FlowItem], lines: int) -> None:
        """Lines on one page if any page can hold them; else one by one."""
        if not self.ground.holds(self.spot, lines) and self.ground.holds(self.ground.top, lines):
            self._turn()
        for item in items:
            assert isinstance(item, TextLine)
            if not self.ground.holds(self.spot, 1):
                self._turn()
            self._put_line(item)

    def _place_chosen(self, groups: Sequence[KeptTogether], choice: ChosenSetting) -> None:
        """Lines and a table, which is the last but for what follows it in its group."""
        items = [item for group in groups for item in group.items]
        at = next(i for i, item in enumerate(items) if isinstance(item, TableItem))
        table, after = items[at], items[at + 1:]
        assert isinstance(table, TableItem)
        if choice.turn:
            self._turn()
        for item in items[:at]:
            self._place_lines([item], 1)
        self._put_table(table, choice)
        if after:
            self._place_lines(after, groups[-1].after)

    def _put_table(self, item: TableItem, choice: ChosenSetting) -> None:
        measured = item.steps.at(choice.step)
        if choice.split:
            pieces = cut_table(measured, self.ground.height - self.ground.table_top(self.spot) - 1)
        elif choice.cut:
            pieces = list(halves(measured, choice.cut))
        else:
            pieces = [whole_table(measured)]
        boxes = []
        for i, part in enumerate(pieces):
            if i:
                self._turn()
            if part.rows:
                last = i == len(pieces) - 1 and not choice.split
                boxes.append(self._put_part(item.block, measured, part, on_grid=last))
        size, blank = LADDER[choice.step]
        self.tables.append(TableSetting(item.block, choice.step, size + 2 * blank, tuple(boxes)))

    def _turn(self, turned: bool | None = None) -> None:
        """A new page, of the same kind if nothing else is said; an empty one is used."""
        self.next = None
        turned = self.pages[-1].turned if turned is None else turned
        if self.spot.bottom:
            self.finish()
            self.pages.append(Page(len(self.pages) + 1))
        self.pages[-1].turned = turned
        self.spot = self.ground.top

    def _put_line(self, item: TextLine) -> None:
        if item.line:
            base = compute_baseline(self.fonts, item.role, item.size, TOP + self.ground.line_top(self.spot.line))
            found = make_runs(item.line, item.size, LEFT + item.x, base, item.cell)
            self._add(item.block, item.part, PieceRole.CONTENT, found)
        below = self.ground.below(self.spot, 1)
        self.spot = PagePosition(self.spot.line, below.bottom) if item.same else below

    def _put_part(self, block: int, table: MeasuredTable, part: GridPart, *, on_grid: bool) -> Box:
        ground = self.ground
        seat = ground.seat(self.spot, part.height, len(part.rows)) if on_grid else None
        if seat is None:
            top = ground.table_top(self.spot)
            seat = Seat(top, 0.0, ground.under(top + part.height))
        if seat.more:
            table = table._replace(heights=tuple([height + seat.more for height in table.heights]))
            part = part._replace(height=part.height + seat.more * len(part.rows))
        for cell, standing, found in draw_part(self.fonts, table, part, TOP + seat.top):
            self._add(block, cell, standing, found)
        self.pages[-1].rules += draw_rules(table, part, TOP + seat.top)
        self.spot = seat.after
        page, edges = self.pages[-1], table.frame.edges
        box = Box(page.number, LEFT, TOP + seat.top, LEFT + edges[-1], TOP + seat.top + part.height)
        return turned_box(box) if page.turned else box

    def _add(self, block: int, part: int, standing: PieceRole, found: Sequence[Run]) -> None:
        """Runs to the page; lines of one block become one piece."""
        pieces = self.pages[-1].pieces
        if not found:
            return
        if pieces and (pieces[-1].block, pieces[-1].part, pieces[-1].standing) == (block, part, standing):
            found = (*pieces.pop().runs, *found)
        pieces.append(PagePiece(tuple(found), block, part, standing))


def _number(fonts: FontSet, page: Page) -> None:
    """GB/T 9704-2012 7.5: odd pages right, even pages left, one character from the edge."""
    line = set_solid(fonts, Role.NUMBER, f"— {page.number} —")
    x = LEFT + WIDTH - CELL - line.width * NUMBER_SIZE if page.number % 2 else LEFT + CELL
    dash = line.glyphs[0]
    dash_top = dash.face.box(dash.char)[3] / 1000 + dash.rise if dash.face else 0.0
    base = TOP + HEIGHT + NUMBER_DROP + dash_top * NUMBER_SIZE
    page.pieces.append(PagePiece(tuple(make_runs(line, NUMBER_SIZE, x, base)), -1, 0, PieceRole.FURNITURE))
