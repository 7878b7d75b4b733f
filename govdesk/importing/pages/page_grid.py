"""Finds the tables of a page by its ruled lines: cells are what lines enclose, a cell spans where a line is missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from govdesk.importing.files.source import MOST_COLUMNS, Cell, Mark, PageBox, Table, clipped
from govdesk.importing.pages.page_model import SourceGlyph, SourcePage, SourceRule, lines_of, runs, text_of_line

_NEAR: Final = 2.2                   # points within which lines are one
_TOUCH: Final = 4.0                  # points within which a line reaches another
_SLIVER: Final = 5.0                 # points: a column as narrow as this holds no character
_GAP: Final = 6.0                    # points: dots and dashes of one line
_SHORT: Final = 5.0
_MOST_RULES: Final = 20_000
_COVERED: Final = 0.6                # of a cell's side that must be drawn to be one


class PageTable(NamedTuple):
    """A table on a page with the edges of its columns."""

    table: Table
    edges: tuple[float, ...]
    top: float
    bottom: float


def tables_of(page: SourcePage) -> tuple[list[PageTable], list[SourceGlyph]]:
    """The tables of a page, and the characters that are in none."""
    if len(page.rules) > _MOST_RULES:
        return [], list(page.glyphs)
    rules = _straightened(page.rules)
    found: list[PageTable] = []
    rest = list(page.glyphs)
    groups = sorted(_groups(rules), key=lambda group: min(_top(rule) for rule in group))
    for group in groups:
        grid = _Grid(_snapped(group, rest))
        if not grid.is_table:
            continue
        within = [glyph for glyph in rest if grid.holds(glyph)]
        number = len(found) + 1
        which = f"第 {number} 张表" if number > 1 else "的表"
        table = grid.table(within, f"第 {page.number} 页{which}", page.number)
        if table is not None:
            found.append(PageTable(table, tuple(grid.xs), grid.ys[0], grid.ys[-1]))
            taken = set(map(id, within))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return found, rest


def _top(rule: SourceRule) -> float:
    return rule.begin if rule.upright else rule.at


# --------------------------------------------------------------------------------------------------------------- lines

def _straightened(rules: Iterable[SourceRule]) -> list[SourceRule]:
    """Lines that lie on one another, or go on after a small gap, as one."""
    found: list[SourceRule] = []
    for upright in (False, True):
        lines = sorted((rule for rule in rules if rule.upright is upright), key=lambda rule: rule.at)
        cluster: list[SourceRule] = []
        for rule in lines:
            if cluster and rule.at - cluster[-1].at > _NEAR:
                found += _merged(cluster)
                cluster = []
            cluster.append(rule)
        found += _merged(cluster)
    return [rule for rule in found if rule.end - rule.begin >= _SHORT]


def _merged(cluster: Sequence[SourceRule]) -> list[SourceRule]:
    if not cluster:
        return []
    at = sorted(rule.at for rule in cluster)[len(cluster) // 2]
    found: list[SourceRule] = []
    for rule in sorted(cluster, key=lambda rule: rule.begin):
        if found and rule.begin - found[-1].end <= _GAP:
            found[-1] = found[-1]._replace(end=max(found[-1].end, rule.end))
        else:
            found.append(rule._replace(at=at))
    return found


def _reaches(rule: SourceRule, place: float) -> bool:
    return rule.begin - _TOUCH <= place <= rule.end + _TOUCH


def _groups(rules: Sequence[SourceRule]) -> list[list[SourceRule]]:
    """Lines that touch one another, directly or through others."""
    upright = [rule for rule in rules if rule.upright]
    level = [rule for rule in rules if not rule.upright]
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, flat in enumerate(level):
        for k, post in enumerate(upright):
            if _reaches(flat, post.at) and _reaches(post, flat.at):
                parent[root(i)] = root(len(level) + k)
    groups: dict[int, list[SourceRule]] = {}
    for i, rule in enumerate([*level, *upright]):
        groups.setdefault(root(i), []).append(rule)
    found = [group for group in groups.values() if len(group) >= 4]
    _add_lone(found, [group[0] for group in groups.values() if len(group) == 1 and group[0].upright])
    return found


def _add_lone(groups: Sequence[list[SourceRule]], lone: Sequence[SourceRule]) -> None:
    """Adds to each group the upright lines that touch none of its level ones and reach just as far: the sides of a cell
    that reaches over every row of a page."""
    for group in groups:
        posts = [rule for rule in group if rule.upright]
        if not posts:
            continue
        top, bottom = min(rule.begin for rule in posts), max(rule.end for rule in posts)
        group += [rule for rule in lone if abs(rule.begin - top) <= _TOUCH and abs(rule.end - bottom) <= _TOUCH]


def _snapped(rules: Sequence[SourceRule], glyphs: Sequence[SourceGlyph]) -> list[SourceRule]:
    """The lines with upright ones that lie closer than a character, none between them, on one place: browsers draw the
    sides of a cell that a page end cuts a little aside."""
    top, bottom = min(map(_top, rules)), max(rule.end if rule.upright else rule.at for rule in rules)
    inked = sorted(glyph.x for glyph in glyphs if top - 1 <= glyph.y <= bottom + 1)
    places = sorted({rule.at for rule in rules if rule.upright})
    moved: dict[float, float] = {}
    begin: float | None = None
    for at in places:
        if begin is None or at - begin > _SLIVER or any(begin < x < at for x in inked):
            begin = at
        moved[at] = begin
    return [rule._replace(at=moved[rule.at]) if rule.upright else rule for rule in rules]


# --------------------------------------------------------------------------------------------------------------- cells

class _Grid:
    """The grid of one group of lines."""

    def __init__(self, rules: Sequence[SourceRule]) -> None:
        self._level = [rule for rule in rules if not rule.upright]
        self._upright = [rule for rule in rules if rule.upright]
        self.ys = _edges([rule.at for rule in self._level], [end for r in self._upright for end in (r.begin, r.end)])
        self.xs = _edges([rule.at for rule in self._upright], [end for r in self._level for end in (r.begin, r.end)])

    @property
    def is_table(self) -> bool:
        return len(self._level) >= 2 and len(self._upright) >= 2 and len(self.xs) >= 2 and len(self.ys) >= 2 \
            and (len(self.xs) - 1) * (len(self.ys) - 1) >= 2 and len(self.xs) <= MOST_COLUMNS and len(self.ys) < 600

    def holds(self, glyph: SourceGlyph) -> bool:
        return self.xs[0] - 1 <= glyph.x <= self.xs[-1] + 1 and self.ys[0] - 1 <= glyph.y <= self.ys[-1] + 1

    def _is_drawn(self, lines: Sequence[SourceRule], at: float, begin: float, end: float) -> bool:
        covered = sum(max(0.0, min(rule.end, end) - max(rule.begin, begin)) for rule in lines
                      if abs(rule.at - at) <= _NEAR)
        return covered >= (end - begin) * _COVERED

    def table(self, glyphs: Sequence[SourceGlyph], place: str, page: int) -> Table | None:
        height, width = len(self.ys) - 1, len(self.xs) - 1
        regions = self._regions(height, width)
        texts: dict[int, list[SourceGlyph]] = {}
        for glyph in glyphs:
            texts.setdefault(regions[self._at(self.ys, glyph.y)][self._at(self.xs, glyph.x)], []).append(glyph)
        torn = self._torn(glyphs, regions)
        places: dict[int, list[tuple[int, int]]] = {}
        for r in range(height):
            for c in range(width):
                places.setdefault(regions[r][c], []).append((r, c))
        cells = []
        for region, spots in places.items():
            rows, columns = [r for r, _ in spots], [c for _, c in spots]
            tall, wide = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
            marks = set()
            if tall * wide != len(spots):
                marks.add(Mark.OVERLAP)
            if region in torn:
                marks.add(Mark.TORN)
            box = PageBox(page, self.xs[min(columns)], self.ys[min(rows)], self.xs[max(columns) + 1],
                          self.ys[max(rows) + 1])
            cells.append(Cell(min(rows), min(columns), clipped(text_of_cell(texts.get(region, []))), tall, wide,
                              frozenset(marks), box))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return Table(tuple(cells), place, exact=False, page=page) if len(cells) > 1 else None

    def _at(self, edges: Sequence[float], value: float) -> int:
        return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)

    def _regions(self, height: int, width: int) -> list[list[int]]:
        """For each elementary cell the number of the cell that it is part of."""
        parent = list(range(height * width))

        def root(i: int) -> int:
            while parent[i] != i:
                parent[i] = parent[parent[i]]
                i = parent[i]
            return i

        for r in range(height):
            for c in range(width):
                if c + 1 < width and not self._is_drawn(self._upright, self.xs[c + 1], self.ys[r], self.ys[r + 1]):
                    parent[root(r * width + c + 1)] = root(r * width + c)
                if r + 1 < height and not self._is_drawn(self._level, self.ys[r + 1], self.xs[c], self.xs[c + 1]):
                    parent[root((r + 1) * width + c)] = root(r * width + c)
        return [[root(r * width + c) for c in range(width)] for r in range(height)]

    def _torn(self, glyphs: Sequence[SourceGlyph], regions: Sequence[Sequence[int]]) -> set[int]:
        """Cells between which a number lies that is written in one go: which of them it belongs to is a guess."""
        found: set[int] = set()
        digits = [glyph for glyph in glyphs if glyph.text.isdigit()]
        for line in lines_of(digits):
            for run in runs(line, 0.12):
                crossed = {regions[self._at(self.ys, glyph.y)][self._at(self.xs, glyph.x)] for glyph in run}
                if len(crossed) > 1:
                    found |= crossed
        return found


def _edges(lines: Iterable[float], ends: Iterable[float]) -> list[float]:
    """Where the rows or columns of a table part: at its lines, and where lines across end beyond the outermost."""
    found: list[float] = []
    for value in sorted(lines):
        if not found or value - found[-1] > _NEAR + 1:
            found.append(value)
    outer = sorted(ends)
    if found and outer:
        if found[0] - outer[0] > _TOUCH + 2:
            found.insert(0, outer[0])
        if outer[-1] - found[-1] > _TOUCH + 2:
            found.append(outer[-1])
    return found


def text_of_cell(glyphs: list[SourceGlyph]) -> str:
    """The text of a cell, its lines joined as a reader joins them: a number or a word goes on in the next line."""
    lines = [text for line in lines_of(glyphs) if (text := text_of_line(line))]
    return "\n".join(lines)
