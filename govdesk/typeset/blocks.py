"""Blocks to flow items: lines and tables with what they must stay together with, not yet on any page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govdesk.document.document import DocumentBlock, GridBlock, Heading, PageBreak, Paragraph, SignatureBlock, Title
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.fonts.characters import clean_text
from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.grid import Steps
from govdesk.typeset.lines import GlyphLine, break_glyphs, break_text, cut_line
from govdesk.typeset.page import CELL, CHARACTERS, HEIGHT, STANDARD_GRID, WIDTH, LineGrid, grid_of
from govdesk.typeset.signature import SIGNATURE_INDENT, set_signature
from govdesk.typeset.survey import head_role
from govdesk.typeset.title import title_lines
from govdesk.typeset.watch import UNWATCHED, Watch

TITLE_SIZE = 22.0
STUMP = 5.0                          # characters: a last line shorter than this does not begin a page
FEW = 4                              # lines between a section's heading and its table that stay with both


class TextLine(NamedTuple):
    """One line on the grid; `keep`: no page ends after it. Without a line: a blank one."""

    block: int
    line: GlyphLine | None
    role: Role = Role.BODY
    size: float = STANDARD_GRID.size
    cell: float = CELL
    x: float = 0.0                   # from the left of the type area
    part: int = 0
    keep: bool = True
    same: bool = False               # the next item stands in the same line


class TableItem(NamedTuple):
    """A table at any step of the ladder. So many items before it, a section's heading and its few lines, stay with it
    wherever a step brings all of them on one page."""

    block: int
    steps: Steps
    tied: int = 0
    keep: bool = False


class NewPage(NamedTuple):
    """What follows begins a page."""

    turned: bool = False
    keep: bool = False


FlowItem = TextLine | TableItem | NewPage


def items_of(fonts: FontSet, blocks: Sequence[DocumentBlock], style: Style = PLAIN_STYLE,
             watch: Watch = UNWATCHED) -> list[FlowItem]:
    """All flow items of a document, in order."""
    found: list[FlowItem] = []
    grid = grid_of(style)
    head: tuple[int, Heading, str] | None = None              # one that waits for the text that runs on in its line
    for index, block in enumerate(blocks):
        watch.ask()
        if isinstance(block, Heading) and block.run_in and index + 1 < len(blocks):
            text = clean_text(block.text).strip()
            following = blocks[index + 1]
            if text and isinstance(following, Paragraph) and clean_text(following.text).strip():
                head = index, block, text
                continue
        if head and isinstance(block, Paragraph):
            found += _run_in(fonts, head, index, block, grid)
            head = None
        elif isinstance(block, SignatureBlock):
            _tie_last(found)
            found += _signature(fonts, index, block, style)
        elif isinstance(block, GridBlock):
            if block.rows and block.widths:
                _add_table(fonts, index, block, found)
        else:
            found += _text(fonts, index, block, grid)
    return found


def _text(fonts: FontSet, index: int, block: Title | Heading | Paragraph | PageBreak,
          grid: LineGrid) -> Iterator[FlowItem]:
    if isinstance(block, PageBreak):
        yield NewPage()
        return
    text = clean_text(block.text).strip()
    if not text:
        return
    if isinstance(block, Title):
        yield from _title(fonts, index, text)
        return
    role = head_role(block) if isinstance(block, Heading) else Role.BODY
    lines = break_text(fonts, role, text, CHARACTERS, SIGNATURE_INDENT)
    kept = _kept(lines)
    for i, line in enumerate(lines):
        keep = isinstance(block, Heading) or i in kept
        yield TextLine(index, line, role, grid.size, x=SIGNATURE_INDENT * CELL if i == 0 else 0.0, keep=keep)


def _run_in(
    fonts: FontSet, head: tuple[int, Heading, str], index: int, body: Paragraph, grid: LineGrid,
) -> Iterator[TextLine]:
    """A head and its text as one paragraph; only the head has the face of its level."""
    first, heading, title = head
    text, role = clean_text(body.text).strip(), head_role(heading)
    glyphs = [*fonts.shape(role, title), *fonts.shape(Role.BODY, text)]
    lines = break_glyphs(title + text, glyphs, CHARACTERS, SIGNATURE_INDENT)
    kept, left = _kept(lines), len(title)
    for i, line in enumerate(lines):
        x = SIGNATURE_INDENT * CELL if i == 0 else 0.0
        front, rest = cut_line(line, left)
        left -= len(front.glyphs)
        if front.glyphs:
            whole = not rest.glyphs
            yield TextLine(first, front, role, grid.size, x=x, keep=not whole or left > 0 or i in kept, same=not whole)
        if rest.glyphs:
            yield TextLine(index, rest, Role.BODY, grid.size, x=x, keep=i in kept)


def _kept(lines: Sequence[GlyphLine]) -> set[int]:
    """Lines of a paragraph after which no page ends: its first, and the one before a last line of a few characters."""
    if len(lines) < 2:
        return set()
    if lines[-1].width >= STUMP:
        return {0}
    return {len(lines) - 2} if len(lines) <= 3 else {0, len(lines) - 2}


def _title(fonts: FontSet, index: int, text: str) -> Iterator[FlowItem]:
    for line in title_lines(fonts, text, WIDTH / TITLE_SIZE):
        x = (WIDTH - line.width * TITLE_SIZE) / 2
        yield TextLine(index, line, Role.TITLE, TITLE_SIZE, TITLE_SIZE, x)
    yield TextLine(index, None)


def _add_table(fonts: FontSet, index: int, block: GridBlock, found: list[FlowItem]) -> None:
    if not block.landscape:
        found.append(TableItem(index, Steps(fonts, block, WIDTH, HEIGHT), _tied(found)))
        return
    kept = 0
    while kept < len(found) and _goes_along(found[-1 - kept]):
        kept += 1
    found.insert(len(found) - kept, NewPage(turned=True))
    found += [TableItem(index, Steps(fonts, block, HEIGHT, WIDTH)), NewPage()]


def _tied(found: Sequence[FlowItem]) -> int:
    """How many of the last items are a section's heading and the few lines below it; 0 where there are more."""
    lines = 0
    for count, item in enumerate(reversed(found), 1):
        if not isinstance(item, TextLine) or item.role is Role.TITLE:
            return 0
        if item.role is Role.SECTION:
            return count
        lines += not item.same
        if lines > FEW:
            return 0
    return 0


def _goes_along(item: FlowItem) -> bool:
    """A landscape table takes only heads on its page."""
    return item.keep and isinstance(item, TextLine) and item.role in (Role.SECTION, Role.SUBSECTION)


def _tie_last(items: list[FlowItem]) -> None:
    """A signature does not stand alone on a page: what is before it goes along."""
    if items and not isinstance(items[-1], NewPage):
        items[-1] = items[-1]._replace(keep=True)


def _signature(fonts: FontSet, index: int, block: SignatureBlock, style: Style) -> Iterator[FlowItem]:
    """The lines of a signature after the blank ones that part it from the text."""
    blanks, lines = set_signature(fonts, clean_text(block.organ).strip(), clean_text(block.date).strip(),
                                  seal=style.seal)
    if lines:
        yield from (TextLine(index, None) for _ in range(blanks))
    for i, (part, x, line) in enumerate(lines):
        yield TextLine(index, line, Role.BODY, grid_of(style).size, x=x * CELL, part=part, keep=i < len(lines) - 1)
