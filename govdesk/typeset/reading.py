"""The order in which the heads of a table are drawn, so that whoever reads the file by its lines reads each head once.

pdfium collects what follows each other on one line and sorts it from left to right. A cell of two lines whose first
line has been sorted before another cell's text is met a second time with its second line, and then read twice. Any
order will do for the eye and for the tags; one is taken in which that does not happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from govdesk.typeset.page import Run, Standing

Cell = tuple[int, Standing, list[Run]]
NEAR = 0.6                           # em between base lines that are taken for one line


def read_once(cells: Sequence[Cell]) -> list[Cell]:
    """The cells in the order of reading, or in the first of some others with the fewest collisions."""
    seen = [cell for cell in cells if cell[2]]
    orders = (seen, _by_line(seen, first=True), _by_line(seen, first=False))
    return min(orders, key=_collisions)


def _by_line(cells: Sequence[Cell], *, first: bool) -> list[Cell]:
    """From top to bottom by the first line of each, or its last; on one line from left to right."""
    place = 0 if first else -1
    ordered = sorted(cells, key=lambda cell: cell[2][place].y)
    found: list[Cell] = []
    line: list[Cell] = []
    for cell in ordered:
        if line and not _near(line[0][2][place], cell[2][place]):
            found += sorted(line, key=_left)
            line = []
        line.append(cell)
    return found + sorted(line, key=_left)


def _left(cell: Cell) -> float:
    return cell[2][0].x


def _near(a: Run, b: Run) -> bool:
    return abs(a.y - b.y) <= NEAR * max(a.size, b.size)


def _collisions(cells: Sequence[Cell]) -> int:
    """Neighbours on one line of which one has several lines and that stand from right to left."""
    return sum(
        _near(a[-1], b[0]) and a[0].x > b[0].x and (not _near(a[0], a[-1]) or not _near(b[0], b[-1]))
        for (_, _, a), (_, _, b) in pairwise(cells)
    )
