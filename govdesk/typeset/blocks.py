"""Blocks to flow items: lines and tables with what they must stay together with, not yet on any page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govdesk.document import Block, GridBlock, Heading, PageBreak, Paragraph, SignatureBlock, Title
from govdesk.typeset.characters import cleaned
from govdesk.typeset.fontset import FontSet, Role
from govdesk.typeset.grid import Measured, measured
from govdesk.typeset.lines import Line, broken, set_solid
from govdesk.typeset.page import BODY_SIZE, CELL, CHARACTERS, HEIGHT, PITCH, WIDTH
from govdesk.typeset.title import title_lines

TITLE_SIZE = 22.0
INDENT = 2.0                         # characters
TABLE_GAP = 8.0                      # points between text and table
STUMP = 5.0                          # characters: a last line shorter than this does not begin a page
HIGHEST_ROW = 0.6 * HEIGHT


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line on the grid; `keep`: no page ends after it. Without a line: a blank one."""

    block: int
    line: Line | None
    role: Role = Role.BODY
    size: float = BODY_SIZE
    cell: float = CELL
    x: float = 0.0                   # from the left of the type area
    part: int = 0
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A measured table."""

    block: int
    table: Measured
    keep: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""

    keep: bool = False


Item = TextLine | Table | NewPage


def items_of(fonts: FontSet, blocks: Sequence[Block]) -> list[Item]:
    """All flow items of a document, in order."""
    found: list[Item] = []
    for index, block in enumerate(blocks):
        if isinstance(block, SignatureBlock):
            _tie_last(found)
            found += _signature(fonts, index, block)
        elif isinstance(block, GridBlock):
            if block.rows and block.widths:
                found.append(_table(fonts, index, block, found))
        else:
            found += _text(fonts, index, block)
    return found


def _text(fonts: FontSet, index: int, block: Title | Heading | Paragraph | PageBreak) -> Iterator[Item]:
    if isinstance(block, PageBreak):
        yield NewPage()
        return
    text = cleaned(block.text).strip()
    if not text:
        return
    if isinstance(block, Title):
        yield from _title(fonts, index, text)
        return
    role = Role.BODY
    if isinstance(block, Heading):
        role = Role.SECTION if block.level == 1 else Role.SUBSECTION
    lines = broken(fonts, role, text, CHARACTERS, INDENT)
    kept = _kept(lines)
    for i, line in enumerate(lines):
        keep = isinstance(block, Heading) or i in kept
        yield TextLine(index, line, role, x=INDENT * CELL if i == 0 else 0.0, keep=keep)


def _kept(lines: Sequence[Line]) -> set[int]:
    """Lines of a paragraph after which no page ends: its first, and the one before a last line of a few characters."""
    if len(lines) < 2:
        return set()
    if lines[-1].width >= STUMP:
        return {0}
    return {len(lines) - 2} if len(lines) <= 3 else {0, len(lines) - 2}


def _title(fonts: FontSet, index: int, text: str) -> Iterator[Item]:
    for line in title_lines(fonts, text, WIDTH / TITLE_SIZE):
        x = (WIDTH - line.width * TITLE_SIZE) / 2
        yield TextLine(index, line, Role.TITLE, TITLE_SIZE, TITLE_SIZE, x)
    yield TextLine(index, None)


def _table(fonts: FontSet, index: int, block: GridBlock, before: list[Item]) -> Table:
    """Measured for a page that holds, besides the table, only the lines that are kept with it."""
    kept = 0
    while kept < len(before) and before[-1 - kept].keep:
        kept += 1
    room = HEIGHT - (kept - 1) * PITCH - BODY_SIZE - TABLE_GAP if kept else HEIGHT
    return Table(index, measured(fonts, block, room - 1, HIGHEST_ROW))


def _tie_last(items: list[Item]) -> None:
    """A signature does not stand alone on a page: what is before it goes along."""
    if items and not isinstance(items[-1], NewPage):
        items[-1] = replace(items[-1], keep=True)


def _signature(fonts: FontSet, index: int, block: SignatureBlock) -> Iterator[Item]:
    """GB/T 9704-2012 7.3.5.2, without a seal: the date begins two characters right of the organ."""
    organ, date = cleaned(block.organ).strip(), cleaned(block.date).strip()
    if not organ and not date:
        return
    yield TextLine(index, None)
    room = CHARACTERS - 2 * INDENT
    lines = broken(fonts, Role.BODY, organ, room, justify=False) if organ else []
    dated = set_solid(fonts, Role.BODY, date) if date else None
    organ_x, date_x = _signature_places(max((line.width for line in lines), default=0.0), dated.width if dated else 0.0)
    for i, line in enumerate(lines):
        keep = dated is not None or i < len(lines) - 1
        yield TextLine(index, line, x=organ_x * CELL, keep=keep)
    if dated and date_x >= 0:
        yield TextLine(index, dated, x=date_x * CELL, part=1, keep=False)
    elif dated:                                               # not a date at all, but it must not leave the page
        for line in broken(fonts, Role.BODY, date, room, justify=False):
            yield TextLine(index, line, x=INDENT * CELL, part=1, keep=False)


def _signature_places(organ: float, date: float) -> tuple[float, float]:
    """Left ends of organ and date, in characters."""
    if not organ or date > organ:
        date_x = CHARACTERS - INDENT - date
        return max(0.0, date_x - INDENT), date_x
    organ_x = CHARACTERS - INDENT - organ
    return organ_x, organ_x + INDENT if organ_x + INDENT + date <= CHARACTERS else CHARACTERS - date
