"""Where the next thing goes on a page: the arithmetic of lines and tables, for trying and for drawing alike."""

from __future__ import annotations

import math
from typing import NamedTuple

from govdesk.typeset.page import HEIGHT, WIDTH, LineGrid

TABLE_GAP = 8.0                      # points between text and table
HALF_RULE = 0.25                     # so that a rule at the top lies inside the type area
MOST_MORE = 1.0                      # points that a row may be higher, so that the text below goes on in the grid
CLOSE = 0.01


class PagePosition(NamedTuple):
    """The next line on the grid, counted from 0, and the foot of what is on the page; 0: it is empty."""

    line: int
    bottom: float


class Seat(NamedTuple):
    """Where a table lies: its top, how much higher each row is, and what comes after it."""

    top: float
    more: float
    after: PagePosition


class Ground:
    """The type area of upright or turned pages with its grid."""

    def __init__(self, grid: LineGrid, *, turned: bool = False) -> None:
        self.pitch, self.size, self._first, self.turned = *grid, turned
        self.height = WIDTH if turned else HEIGHT
        self.room = self.height + CLOSE
        self.top = PagePosition(0, 0.0)

    def holds(self, spot: PagePosition, lines: int) -> bool:
        """Whether so many lines go on this page."""
        return self.line_top(spot.line + lines - 1) + self.size <= self.room

    def below(self, spot: PagePosition, lines: int) -> PagePosition:
        """After so many lines."""
        if not lines:
            return spot
        return PagePosition(spot.line + lines, self.line_top(spot.line + lines - 1) + self.size)

    def line_top(self, line: int) -> float:
        return self._first + line * self.pitch

    def table_top(self, spot: PagePosition) -> float:
        return spot.bottom + TABLE_GAP if spot.bottom else HALF_RULE

    def seat(self, spot: PagePosition, height: float, rows: int) -> Seat | None:
        """A table of so many rows, or None where it does not go on this page. Text below goes on in the grid, where
        there is room: the rows are a little higher, and what is left is blank above and below."""
        top = self.table_top(spot)
        if top + height > self.room:
            return None
        after = self.under(top + height)
        lack = self.line_top(after.line) - self.gap - after.bottom
        if self.turned or after.bottom + lack > self.height:
            return Seat(top, 0.0, after)
        more = min(lack / rows, MOST_MORE)
        shift = (lack - more * rows) / 2 if spot.bottom else 0.0
        return Seat(top + shift, more, PagePosition(after.line, after.bottom + more * rows + shift))

    def under(self, foot: float) -> PagePosition:
        """Below a table that ends at `foot`."""
        return PagePosition(math.ceil((foot + self.gap - self._first) / self.pitch - CLOSE), foot)

    @property
    def gap(self) -> float:
        """Between table and text below: as between two lines."""
        return self.pitch - self.size
