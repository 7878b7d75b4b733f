"""Lines to runs: where each glyph stands on the paper."""

from __future__ import annotations

import itertools

from govdesk.typeset.fontset import FontSet, Glyph, Role
from govdesk.typeset.lines import Line
from govdesk.typeset.page import Run


def baseline(fonts: FontSet, role: Role, size: float, top: float) -> float:
    """The base line of a line whose character boxes begin at `top`: the ink's middle is the box's middle."""
    return top + size * (0.5 + fonts.primary(role).centre / 1000)


def runs(line: Line, size: float, x: float, base: float, cell: float = 0.0) -> list[Run]:
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


def _run(line: Line, start: int, end: int, *, size: float, x: float, base: float, em: float) -> Run | None:
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
