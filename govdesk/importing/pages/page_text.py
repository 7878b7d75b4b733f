"""The tables and paragraphs of a file's pages in reading order: lines joined into paragraphs, page numbers and repeated
heads left out, tables that go on over a page end put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from govdesk.importing.files.source import Cell, Item, SourceParagraph, Table
from govdesk.importing.pages.page_grid import PageTable, tables_of
from govdesk.importing.pages.page_model import SourceGlyph, SourcePage, lines_of, runs, text_of_line, type_size

_NEAR: Final = 3.5                   # points between the edges of columns that are the same
_NUMBERED = re.compile(r"^\s*[（(]?\s*[一二三四五六七八九十\d]{1,3}\s*[)）、.．]")
_HEAD = re.compile(r"\s*(?:[一二三四五六七八九十][、.．]|[1-9][、.．](?!\d)|第[一二三四五六]部分|"
                   r"[（(][一二三四五六七八九十]{1,2}[）)]|"
                   r"\d{4}年\d{1,2}月\d{1,2}日\s*$)")
_PAGE_NUMBER = re.compile(r"[-—－–·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?"
                          r"(?:\s*[/,，共]\s*(?:共\s*)?\d{1,3}(?:\s*页)?)?[-—－–·\s]*")
_APART: Final = 0.15                 # of the type's size between characters of two cells
_MARGIN: Final = 0.09                # of a page's height in which heads and page numbers stand


class _Line(NamedTuple):
    """A line of text outside tables."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    page: int
    glyphs: tuple[SourceGlyph, ...] = ()


def items_of(pages: Sequence[SourcePage]) -> tuple[Item, ...]:
    """What the pages hold, in order."""
    found = [(page, *tables_of(page)) for page in pages]
    lines = {page.number: _lines(page, rest) for page, _, rest in found}
    repeated = _repeated(pages, lines)
    kept = {page.number: [line for line in lines[page.number] if not _is_margin(page, line, repeated)]
            for page in pages}
    left, right = _margins([line for number in kept for line in kept[number]])
    items: list[Item] = []
    before: PageTable | None = None
    for page, tables, _ in found:
        own = kept[page.number]
        parts: list[tuple[float, _Line | PageTable]] = [(line.base, line) for line in own]
        parts += [(table.top, table) for table in tables]
        for _, part in sorted(parts, key=lambda one: one[0]):
            if isinstance(part, _Line):
                if before is not None and (longer := _overflowing(before, part, page)) is not None:
                    items[-1] = longer
                    before = before._replace(table=longer)
                    continue
                _add_line(items, part, left, right)
                before = None
            elif before is not None and (pair := _on_same_columns(before, part)):
                joined = _together(*pair[:2])
                items[-1] = joined
                before = part._replace(table=joined, edges=pair[2])
            else:
                items.append(part.table)
                before = part
    return tuple(items)


# --------------------------------------------------------------------------------------------------------------- lines

def _lines(page: SourcePage, glyphs: list[SourceGlyph]) -> list[_Line]:
    found = []
    for line in lines_of([glyph for glyph in glyphs if glyph.text.strip() or glyph.text == " "]):
        text = text_of_line(line, 0.5)
        seen = [glyph for glyph in line if glyph.text.strip()]
        if text and seen:
            found.append(_Line(text, seen[0].x0, max(glyph.x1 for glyph in seen), line[0].base, type_size(seen),
                               page.number, tuple(seen)))
    return found


def _repeated(pages: Sequence[SourcePage], lines: dict[int, list[_Line]]) -> set[str]:
    """Texts that stand at the top or the bottom of most pages, whatever their numbers."""
    count: Counter[str] = Counter()
    for page in pages:
        count.update({_without_digits(line.text) for line in lines[page.number]
                      if not page.height * _MARGIN < line.base < page.height * (1 - _MARGIN)})
    return {text for text, times in count.items() if times >= 2 and times * 2 > len(pages)}


def _without_digits(text: str) -> str:
    return re.sub(r"[\d\s]+", "#", text)


def _is_margin(page: SourcePage, line: _Line, repeated: set[str]) -> bool:
    at_edge = not page.height * _MARGIN < line.base < page.height * (1 - _MARGIN)
    return at_edge and (bool(_PAGE_NUMBER.fullmatch(line.text)) or _without_digits(line.text) in repeated
                        or bool(re.match(r"(?:https?|file):/", line.text)))


def _margins(lines: Sequence[_Line]) -> tuple[float, float]:
    """Where most lines of a page begin, and where the longest end."""
    if not lines:
        return 0.0, 0.0
    starts = Counter(round(line.x0 / 3) for line in lines)
    often = [start for start, times in starts.items() if times * 4 >= max(starts.values())]
    return min(often) * 3.0, max(line.x1 for line in lines)


def _add_line(items: list[Item], line: _Line, left: float, right: float) -> None:
    """A line as a paragraph of its own, or as the next line of the one before."""
    last = items[-1] if items else None
    if isinstance(last, _Open) and _continues(last, line, left):
        joint = " " if last.text[-1:].isascii() and last.text[-1:].isalpha() and line.text[:1].isascii() \
            and line.text[:1].isalpha() else ""
        items[-1] = _Open(SourceParagraph(f"{last.text}{joint}{line.text}", last.place, page=last.page), line, right)
    else:
        items.append(_Open(SourceParagraph(line.text, f"第 {line.page} 页", page=line.page), line, right))


class _Open(SourceParagraph):
    """A paragraph that may go on: with its last line and the right margin there."""

    line: _Line
    right: float

    def __new__(cls, paragraph: SourceParagraph, line: _Line, right: float) -> _Open:
        made = super().__new__(cls, *paragraph)
        made.line, made.right = line, right
        return made


def _continues(last: _Open, line: _Line, left: float) -> bool:
    before, size = last.line, line.size
    if abs(before.size - size) > 0.12 * size:
        return False
    if before.x1 < last.right - 2.2 * size:          # the line before ended early
        return False
    if line.x0 > left + 1.2 * size or _HEAD.match(line.text):            # indented, or a head
        return False
    return before.page != line.page or line.base - before.base < 3.2 * size


# -------------------------------------------------------------------------------------------------------------- tables

def _overflowing(before: PageTable, line: _Line, page: SourcePage) -> Table | None:
    """The table with a line that stands below its last line at the foot of a page and goes on the text of its cells:
    each run of characters lies within one column. Browsers print cells that a page end cuts so."""
    if before.table.page != page.number or line.base < page.height * 0.85 or line.base - before.bottom > 3 * line.size:
        return None
    more: dict[int, str] = {}
    for run in runs(list(line.glyphs), _APART):
        column = next((i for i in range(len(before.edges) - 1)
                       if before.edges[i] - 1 <= run[0].x0 and run[-1].x1 <= before.edges[i + 1] + 1), None)
        if column is None or column in more or _is_wide(before.edges, column):
            return None
        more[column] = text_of_line(run)
    height = before.table.height
    last = {one.column: one for one in before.table.cells if one.columns == 1 and one.text
            and one.row + one.rows == height}
    if not more or not more.keys() <= last.keys():
        return None
    longer = {id(last[column]): text for column, text in more.items()}
    cells = tuple(one._replace(text=f"{one.text}\n{longer[id(one)]}") if id(one) in longer else one
                  for one in before.table.cells)
    return before.table._replace(cells=cells)


def _is_wide(edges: Sequence[float], column: int) -> bool:
    return (edges[column + 1] - edges[column]) * 2 > edges[-1] - edges[0]


def _on_same_columns(before: PageTable, after: PageTable) -> tuple[Table, Table, tuple[float, ...]] | None:
    """Both tables on the columns of the one that has more, where the second is the rest of the first after a page end:
    as wide, and every edge of the one with fewer columns is an edge of the other."""
    if after.table.page != before.table.page + 1:
        return None
    more, fewer = (before, after) if len(before.edges) >= len(after.edges) else (after, before)
    at = [next((i for i, edge in enumerate(more.edges) if abs(edge - own) <= _NEAR), -1) for own in fewer.edges]
    if min(at) < 0 or len(at) < 3 or at != sorted(set(at)):
        return None                              # an outer edge may be lacking: browsers do not draw it again
    moved = fewer.table._replace(cells=tuple(
        cell._replace(column=at[cell.column], columns=at[cell.column + cell.columns] - at[cell.column])
        for cell in fewer.table.cells))
    return (moved, after.table, more.edges) if fewer is before else (before.table, moved, more.edges)


def _together(before: Table, after: Table) -> Table:
    """One table out of two pieces; heads that are repeated are left out, a row that the page end has cut is one."""
    heads = {_texts(before, row) for row in range(min(before.height, 5))}
    skip = 0
    while skip < after.height - 1 and any(_texts(after, skip)) and _texts(after, skip) in heads:
        skip += 1
    rest = [cell._replace(row=max(0, cell.row - skip), rows=cell.rows - max(0, skip - cell.row)) for cell in after.cells
            if cell.row + cell.rows > skip]
    kept = list(before.cells)
    shared = 1 if _is_cut(before, rest) else 0           # rows that are on both pages
    if shared:
        kept, rest = _mended(before, rest)
    down = before.height - shared
    kept, rest = _spans_joined(kept, rest, before.height, shared)
    moved = [cell._replace(row=cell.row + down) for cell in rest]
    return Table((*kept, *moved), before.place, exact=False, page=after.page)


def _spans_joined(kept: list[Cell], rest: list[Cell], height: int, shared: int) -> tuple[list[Cell], list[Cell]]:
    """A cell over several rows that the page end has cut in two is one, its name put together."""
    first = {(cell.column, cell.columns): cell for cell in rest if cell.row == 0}
    found: list[Cell] = []
    for cell in kept:
        more = first.get((cell.column, cell.columns)) if cell.row + cell.rows == height else None
        if more is not None and max(cell.rows, more.rows) > 1 and (not cell.text or not (
                _NUMBERED.match(more.text) or re.search(r"\d", more.text))):
            rest.remove(more)
            cell = cell._replace(rows=cell.rows + more.rows - shared, text=cell.text + more.text,
                                 marks=cell.marks | more.marks)
        found.append(cell)
    return found, rest


def _texts(table: Table, row: int) -> tuple[str, ...]:
    return tuple(re.sub(r"\s", "", cell.text) for cell in table.cells if cell.row == row and cell.text)


def _is_cut(before: Table, rest: Sequence[Cell]) -> bool:
    """Whether the first row after a page end is the rest of the last row before it: no figure stands in both, and its
    name goes on without a number."""
    height = before.height
    last = {c.column: c for c in before.cells if c.row + c.rows == height and c.rows == 1}
    first = {c.column: c for c in rest if c.row == 0 and c.rows == 1}
    both = [(last[k].text, first[k].text) for k in last if k in first and last[k].columns == first[k].columns]
    if not both or any(one and other and not (_is_words(one) and _is_words(other)) for one, other in both):
        return False
    begun = next((one for one, _ in both if one), "")
    goes_on = next((other for _, other in both if other and _is_words(other)), "")
    return bool(_NUMBERED.match(begun)) and not _NUMBERED.match(goes_on)


def _is_words(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def _mended(before: Table, rest: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    first = {cell.column: cell for cell in rest if cell.row == 0 and cell.rows == 1}
    kept, height = [], before.height
    for cell in before.cells:
        more = first.get(cell.column) if cell.row + cell.rows == height and cell.rows == 1 else None
        if more is not None and more.columns == cell.columns:
            joined = "\n".join(text for text in (cell.text, more.text) if text)
            cell = cell._replace(text=joined, marks=cell.marks | more.marks)
        kept.append(cell)
    return kept, [cell for cell in rest if not (cell.row == 0 and cell.rows == 1)]
