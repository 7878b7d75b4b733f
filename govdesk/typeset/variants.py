"""The layout that is taken among those that the rules allow: the fewest pages, then the least white.

All are tried by arithmetic alone, from the first page to the last at once: of all ways to the same spot of a page only
the best is followed. Nothing is drawn before one is chosen. The same document gives the same choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govdesk.typeset.blocks import FlowItem, NewPage, TableItem, TextLine
from govdesk.typeset.grid import SPLIT
from govdesk.typeset.grid_parts import cut_table, cuts, halves
from govdesk.typeset.page import LineGrid
from govdesk.typeset.spots import Ground, PagePosition

# What a variant costs besides its pages. White is the sum of the squares of what is blank at the foot of each page but
# the last, in pages: one page half white is worse than two that are a quarter white each
STEP = 0.008                         # a step down the ladder
CUT = 0.12                           # a table in two parts: rather than leave a third of a page white


class KeptTogether(NamedTuple):
    """Items that stay on one page: `lines` before a table, the table, and lines `after` it. So many groups before it
    are `tied` to the table; `page`: it begins a page."""

    items: tuple[FlowItem, ...]
    lines: int
    table: TableItem | None = None
    after: int = 0
    tied: int = 0
    page: NewPage | None = None


class ChosenSetting(NamedTuple):
    """How a table is set."""

    start: int                               # the first group that stands on one page with it
    group: int
    turn: bool                               # whether that group begins a new page
    step: int                                # of the ladder
    cut: int = 0                             # the row that goes overleaf; 0: none
    apart: bool = False                      # whether what follows it in its group may stand on the next page
    split: bool = False                      # whether it fits on no page


class _Block(NamedTuple):
    """A table that is to be set as group `group`, with so many lines before it, from group `start` on, and after it."""

    table: TableItem
    start: int
    group: int
    lines: int
    after: int


class Way(NamedTuple):
    """The best way to a spot."""

    pages: int
    cost: float
    choices: ChosenSettings | None

    def after(self, ground: Ground, spot: PagePosition, turns: int = 1) -> Way:
        """The page is left at a spot, for the next or for one that comes so many pages after."""
        white = max(0.0, 1 - spot.bottom / ground.height)
        return Way(self.pages + turns, self.cost + white * white, self.choices)


class ChosenSettings(NamedTuple):
    """A choice and those before it."""

    last: ChosenSetting
    before: ChosenSettings | None


States = dict[PagePosition, Way]


def groups_of(items: Sequence[FlowItem]) -> list[KeptTogether]:
    """Items up to and with the first that a page may end after."""
    found: list[KeptTogether] = []
    group: list[FlowItem] = []
    for item in items:
        if isinstance(item, NewPage):
            if group:
                found.append(_group(group, found))
                group = []
            found.append(KeptTogether((item,), 0, page=item))
            continue
        group.append(item)
        if not item.keep:
            found.append(_group(group, found))
            group = []
    if group:
        found.append(_group(group, found))
    return found


def _group(items: Sequence[FlowItem], before: Sequence[KeptTogether]) -> KeptTogether:
    at = next((i for i, item in enumerate(items) if isinstance(item, TableItem)), len(items))
    table = items[at] if at < len(items) else None
    lines, after = _lines(items[:at]), _lines(items[at + 1:])
    if not isinstance(table, TableItem):
        return KeptTogether(tuple(items), lines)
    tied, missing = 0, table.tied - at
    while missing > 0:
        tied += 1
        missing -= len(before[-tied].items)
    return KeptTogether(tuple(items), lines, table, after, tied)


def _lines(items: Sequence[FlowItem]) -> int:
    return sum([1 for item in items if isinstance(item, TextLine) and not item.same])


def choose(groups: Sequence[KeptTogether], grid: LineGrid) -> dict[int, ChosenSetting]:
    """The choices of the best variant, by the group that each begins with."""
    if not any(group.table for group in groups):
        return {}
    choices, found = best(groups, grid).choices, {}
    while choices:
        found[choices.last.start] = choices.last
        choices = choices.before
    return found


def best(groups: Sequence[KeptTogether], grid: LineGrid) -> Way:
    """The best variant, by what it costs."""
    search = _Search(grid)
    for group in groups:
        search.add(group)
    return search.best()


class _Search:
    """The best ways to all spots after the groups so far; `_past` holds those before each group, `_lines` its lines."""

    def __init__(self, grid: LineGrid) -> None:
        self._grid = grid
        self._ground = Ground(grid)
        self._past: list[States] = []
        self._lines: list[int] = []
        self._states: States = {self._ground.top: Way(1, 0.0, None)}
        self._next: NewPage | None = None

    def best(self) -> Way:
        return min(self._states.values(), key=lambda way: way[:2])

    def add(self, group: KeptTogether) -> None:
        if self._next and not group.page:
            self._begin_page(self._next.turned)
        states = self._states
        if group.page:
            self._next = group.page
        elif group.table:
            self._states = self._with_table(group, group.table)
        else:
            self._states = self._with_lines(states, group.lines)
        self._past.append(states)
        self._lines.append(group.lines)

    def _begin_page(self, turned: bool) -> None:
        old, self._ground = self._ground, Ground(self._grid, turned=turned)
        found: States = {}
        for spot, way in self._states.items():
            _note(found, self._ground.top, way.after(old, spot) if spot.bottom else way)
        self._states, self._next = found, None

    def _with_lines(self, states: States, lines: int) -> States:
        ground = self._ground
        found: States = {}
        for spot, way in states.items():
            if ground.holds(spot, lines):
                _note(found, ground.below(spot, lines), way)
            elif ground.holds(ground.top, lines):
                _note(found, ground.below(ground.top, lines), way.after(ground, spot))
            else:
                _note(found, *_poured(ground, spot, way, lines))
        return found

    def _with_table(self, group: KeptTogether, table: TableItem) -> States:
        """With the section's heading and its lines, if any step allows that; else without them; else in parts."""
        for tied, apart in ((group.tied, False), (group.tied, True), (0, False), (0, True)):
            if apart and not group.after:
                continue
            start = len(self._past) - tied
            states = self._past[start] if tied else self._states
            lines = sum(self._lines[start:]) + group.lines
            found: States = {}
            for spot, way in states.items():
                block = _Block(table, start, len(self._past), lines, 0 if apart else group.after)
                for choice, after, cost in self._seats(block, spot):
                    began = way.after(self._ground, spot) if choice.turn else way
                    ended = began._replace(cost=began.cost + cost, pages=began.pages + bool(choice.cut))
                    _note(found, after,
                          ended._replace(choices=ChosenSettings(choice._replace(apart=apart), way.choices)))
            if found:
                return self._with_lines(found, group.after) if apart else found
        return self._split(group, table)

    def _seats(self, block: _Block, spot: PagePosition) -> Iterator[tuple[ChosenSetting, PagePosition, float]]:
        """Each way to set a table below lines: on this page, on the next, or part of it on either."""
        ground, after, steps = self._ground, block.after, block.table.steps
        for turn in (False, True) if spot.bottom else (False,):
            begin = ground.top if turn else spot
            if block.lines and not ground.holds(begin, block.lines):
                continue
            begin, at_best = ground.below(begin, block.lines), False
            for step, height in enumerate(steps.heights):
                choice = ChosenSetting(block.start, block.group, turn, step)
                seat = ground.seat(begin, height, len(steps.frame.rows))
                if seat and (not after or ground.holds(seat.after, after)):
                    yield choice, ground.below(seat.after, after), STEP * step
                    at_best = at_best or not step
                elif not turn:
                    yield from self._parted(block, choice, begin)
            if at_best:
                return                                        # a new page would only leave this one white

    def _parted(self, block: _Block, choice: ChosenSetting,
                begin: PagePosition) -> Iterator[tuple[ChosenSetting, PagePosition, float]]:
        """As much of the table as goes on this page, and the rest on the next."""
        ground, places = self._ground, cuts(block.table.steps.frame)
        if not places or ground.turned:
            return
        measured, room = block.table.steps.at(choice.step), ground.room - ground.table_top(begin)
        rows = [row for row in places if sum(measured.heights[:row]) <= room]
        if not rows:
            return
        first, rest = halves(measured, rows[-1])
        seat = ground.seat(ground.top, rest.height, len(rest.rows))
        if seat and (not block.after or ground.holds(seat.after, block.after)):
            white = max(0.0, 1 - (ground.table_top(begin) + first.height) / ground.height)
            yield (choice._replace(cut=rows[-1]), ground.below(seat.after, block.after),
                   CUT + STEP * choice.step + white * white)

    def _split(self, group: KeptTogether, table: TableItem) -> States:
        """No page holds the table: its lines stay with its first rows."""
        ground = self._ground
        found: States = {}
        measured, index = table.steps.at(SPLIT), len(self._past)
        for spot, way in self._states.items():
            turn = turns_for_split(ground, spot, group.lines, table)
            began = way.after(ground, spot) if turn else way
            at, began = _poured(ground, ground.top if turn else spot, began, group.lines)
            pieces = cut_table(measured, ground.height - ground.table_top(at) - 1)
            last = at if len(pieces) == 1 else ground.top
            end = ground.under(ground.table_top(last) + pieces[-1].height)
            choice = ChosenSetting(index, index, turn, SPLIT, apart=bool(group.after), split=True)
            _note(found, end, Way(began.pages + len(pieces) - 1, began.cost, ChosenSettings(choice, way.choices)))
        return self._with_lines(found, group.after) if group.after else found


def turns_for_split(ground: Ground, spot: PagePosition, lines: int, table: TableItem) -> bool:
    """Whether the lines before a table that no page holds begin a page, because too little of it would go below."""
    room = ground.height - ground.table_top(ground.below(spot, lines)) - 1
    return bool(spot.bottom) and not cut_table(table.steps.at(SPLIT), room)[0].rows


def _poured(ground: Ground, spot: PagePosition, way: Way, lines: int) -> tuple[PagePosition, Way]:
    """Lines one by one over as many pages as they take."""
    for _ in range(lines):
        if not ground.holds(spot, 1):
            spot, way = ground.top, way.after(ground, spot)
        spot = ground.below(spot, 1)
    return spot, way


def _note(states: States, spot: PagePosition, way: Way) -> None:
    """Keeps the better of two ways to a spot, the first of equal ones."""
    known = states.get(spot)
    if known is None or way[:2] < known[:2]:
        states[spot] = way
