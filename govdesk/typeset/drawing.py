"""Lines to runs: where each glyph stands on the paper."""

from __future__ import annotations

import itertools

from govdesk.fonts.font_set import FontSet, Glyph, Role
from govdesk.typeset.lines import GlyphLine
from govdesk.typeset.page import HEIGHT, LEFT, TOP, Box, Page, Rule, Run


def compute_baseline(fonts: FontSet, role: Role, size: float, top: float) -> float:
    """The base line of a line whose character boxes begin at `top`: the ink's middle is the box's middle."""
    return top + size * (0.5 + fonts.primary(role).centre / 1000)


def make_runs(line: GlyphLine, size: float, x: float, base: float, cell: float = 0.0) -> list[Run]:
    """The runs of one line. `cell` is what one em of the line takes on paper, where that is not the size."""
    em, found, start = cell or size, [], 0
    glyphs = line.glyphs
    for i in range(1, len(glyphs) + 1):
        if i == len(glyphs) or _parted(glyphs[i - 1], glyphs[i]):
            run = _run(line, start, i, size=size, x=x, base=base, em=em)
            if run:
                found.append(run)
            start = i
    return found


def _parted(before: Glyph, after: Glyph) -> bool:
    return before.face is not after.face or before.rise != after.rise or before.shift != after.shift


def _run(line: GlyphLine, start: int, end: int, *, size: float, x: float, base: float, em: float) -> Run | None:
    first = line.glyphs[start]
    if first.face is None:
        return None
    places = line.places
    last = places[end] if end < len(places) else line.width
    edges = [*places[start:end], last]
    advances = tuple([(after - before) * em for before, after in itertools.pairwise(edges)])
    text = "".join([glyph.char for glyph in line.glyphs[start:end]])
    left = x + places[start] * em + first.shift * size
    return Run(first.face, size, left, base - first.rise * size, text, advances, first.stroke * size)


def turn_page(page: Page) -> None:
    """What stands on a page of 225 × 156 mm, turned by a quarter so that its head lies at the left of the paper.

    GB/T 9704-2012 8 wants the head at the binding edge on odd pages and at the outer edge on even ones. Paper bound at
    the left has both at its left: one way to turn serves every page.
    """
    page.pieces[:] = [piece._replace(runs=tuple(map(_turned_run, piece.runs))) for piece in page.pieces]
    page.rules[:] = [_turned_rule(rule) for rule in page.rules]


def turned_box(box: Box) -> Box:
    """Where such a piece of a page lies on the paper."""
    (x0, y1), (x1, y0) = _turned(box.x0, box.y0), _turned(box.x1, box.y1)
    return Box(box.page, x0, y0, x1, y1)


def _turned(x: float, y: float) -> tuple[float, float]:
    return LEFT + y - TOP, TOP + HEIGHT - (x - LEFT)


def _turned_run(run: Run) -> Run:
    x, y = _turned(run.x, run.y)
    return run._replace(x=x, y=y, turned=True)


def _turned_rule(rule: Rule) -> Rule:
    (x0, y1), (x1, y0) = _turned(rule.x0, rule.y0), _turned(rule.x1, rule.y1)
    return Rule(x0, y0, x1, y1, rule.width)
