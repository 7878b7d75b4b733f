"""Finds the fewest cells that must change together before all sums agree, where no single slip explains them.

After Fellegi and Holt (1976), as the R package errorlocate does it: of a record that breaks its rules the fewest fields
are to change so that all hold. Here the fields are the typed cells, the rules all sums that must agree; the sets are
found by trying cells against the sums that are off, and a set counts only if the sums say which figures belong there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final, NamedTuple

from govdesk.findings.equations import Equation
from govdesk.form.form import Address

MAX_SETS_SOLVED: Final = 2000                # sets of cells whose figures are worked out; a table has some hundred
MAX_SETS_FOUND: Final = 200                  # of more that fit none stands out
MOST_CELLS: Final = 3                        # in a set: more would be guessed out of thin air


class CellChange(NamedTuple):
    """A cell, and what its figure must grow by."""

    cell: Address
    by: Decimal


class Knot(NamedTuple):
    """Sums that must come right together (`off`), and those that hold and must go on holding."""

    off: tuple[Equation, ...]
    holding: tuple[Equation, ...]


def gather_knot(lead: Iterable[Equation], hard: Sequence[Equation]) -> Knot | None:
    """The sums that are off and hang together with those of a cause by the cells that they share; None where the cause
    has no such sum. `hard`: all sums that must agree. A sum over several rows and columns repeats what theirs say: it
    must come right where all the others do, and is left alone where another slip puts it off."""
    off = [e for e in hard if e.gap and not is_wide(e)]
    begun = {e.finding for e in lead}
    found = [e for e in off if e.finding in begun]
    if not found:
        return None
    rest = [e for e in off if e.finding not in begun]
    cells = {cell for e in found for cell in e.factors}
    while joined := [e for e in rest if not cells.isdisjoint(e.factors)]:
        found += joined
        rest = [e for e in rest if e not in joined]
        cells |= {cell for e in joined for cell in e.factors}
    wide = [] if rest else [e for e in hard if e.gap and is_wide(e) and not cells.isdisjoint(e.factors)]
    return Knot((*found, *wide), tuple(e for e in hard if not e.gap))


def is_wide(equation: Equation) -> bool:
    """Whether a sum runs over several rows and several columns."""
    return len({c.row for c in equation.factors}) > 1 and len({c.column for c in equation.factors}) > 1


def is_settled_one_by_one(knot: Knot, changes: Iterable[Mapping[Address, Decimal]]) -> bool:
    """Whether single slips are enough: for every sum that is off there is one after which all that it touches is right.
    What else is off has another slip of its own. `changes`: what each slip that is guessed would change."""
    left = {e.finding for e in knot.off if not is_wide(e)}
    for change in changes:
        touched = [e for e in (*knot.off, *knot.holding) if not change.keys().isdisjoint(e.factors)]
        if not any(e.gap_with(change) for e in touched if not (e.gap and is_wide(e))):
            left -= {e.finding for e in touched}
            if not left:
                return True
    return False


def find_smallest_sets(knot: Knot, counts_as_two: Callable[[tuple[CellChange, ...]], bool]
                       ) -> list[tuple[CellChange, ...]]:
    """All sets of two cells that settle a knot, and those of three that count as two slips; where there are none, all
    of three. Each cell comes with its change. No set that leaves open which change belongs to which cell, and nothing
    where more than `MAX_SETS_FOUND` fit."""
    search = _Search(knot)
    pairs = list(islice(search.solutions(2), MAX_SETS_FOUND + 1))
    triples = list(islice(search.solutions(3), MAX_SETS_FOUND + 1)) if len(pairs) <= MAX_SETS_FOUND else []
    found = [*pairs, *filter(counts_as_two, triples)] or triples
    return found if len(found) <= MAX_SETS_FOUND else []


class _Search:
    """Cells as numbers, sums as bits: which sums each cell is in."""

    def __init__(self, knot: Knot) -> None:
        self._knot, self._tried = knot, 0
        touched = {cell for e in knot.off for cell in e.factors}
        for e in knot.holding:               # a change that leaves a sum right is made good within it
            if not touched.isdisjoint(e.factors):
                touched |= e.factors.keys()
        order = {cell: i for i, cell in enumerate(dict.fromkeys(
            cell for e in (*knot.off, *knot.holding) for cell in e.factors if cell in touched))}
        self._cells = list(order)
        self._off = [sum(1 << i for i, e in enumerate(knot.off) if cell in e.factors) for cell in self._cells]
        self._held = [sum(1 << i for i, e in enumerate(knot.holding) if cell in e.factors) for cell in self._cells]
        self._in_off = [[order[c] for c in e.factors] for e in knot.off]
        self._in_held = [[order[c] for c in e.factors if c in order] for e in knot.holding]
        self._all = (1 << len(knot.off)) - 1
        self._first = min(self._in_off, key=len)
        self._anywhere = sorted({i for cells, e in zip(self._in_off, knot.off, strict=True) if not is_wide(e)
                                 for i in cells})

    def solutions(self, size: int) -> Iterator[tuple[CellChange, ...]]:
        """All sets of as many cells, with their changes."""
        return (changes for cells in self.sets(size) if (changes := self.solve(cells)))

    def sets(self, size: int) -> Iterator[tuple[int, ...]]:
        """Sets that change every sum that is off, and of a sum that holds two cells or none."""
        seen: set[frozenset[int]] = set()
        for one in self._first:
            for two in self._next((one,)):
                for cells in ([(one, two)] if size == 2 else ((one, two, c) for c in self._next((one, two)))):
                    key = frozenset(cells)
                    if len(key) == size and key not in seen and self._fits(cells):
                        seen.add(key)
                        yield tuple(sorted(cells))

    def _next(self, cells: Collection[int]) -> list[int]:
        """Where the next cell of a set must be: in a sum that is off and not yet changed, else in one that holds and is
        changed by one cell alone, else in any that is off."""
        open_sums = self._all
        for cell in cells:
            open_sums &= ~self._off[cell]
        if open_sums:
            return self._in_off[_lowest(open_sums)]
        once = _once(self._held[cell] for cell in cells)
        if once:
            return self._in_held[_lowest(once)]
        return self._anywhere

    def _fits(self, cells: Collection[int]) -> bool:
        changed = 0
        for cell in cells:
            changed |= self._off[cell]
        return changed == self._all and not _once(self._held[cell] for cell in cells)

    def solve(self, cells: Sequence[int]) -> tuple[CellChange, ...] | None:
        """The one way to change these cells that settles all sums; None where there is none or more than one."""
        if self._tried == MAX_SETS_SOLVED:
            return None
        self._tried += 1
        chosen = [self._cells[i] for i in cells]
        rows = [([Decimal(e.factors.get(c, 0)) for c in chosen], -e.gap)
                for e in (*self._knot.off, *self._knot.holding) if any(c in e.factors for c in chosen)]
        values = _solve_exactly(rows, len(chosen))
        if values is None or not all(values):
            return None
        return tuple(CellChange(cell, value) for cell, value in zip(chosen, values, strict=True))


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _once(masks: Iterable[int]) -> int:
    """The bits that stand in just one of the masks."""
    once = many = 0
    for mask in masks:
        many |= once & mask
        once |= mask
    return once & ~many


def _solve_exactly(rows: list[tuple[list[Decimal], Decimal]], unknowns: int) -> list[Decimal] | None:
    """The one solution of linear equations; None where there is none, or more than one."""
    for column in range(unknowns):
        at = next((i for i in range(column, len(rows)) if rows[i][0][column]), None)
        if at is None:
            return None
        rows[column], rows[at] = rows[at], rows[column]
        factors, right = rows[column]
        pivot = factors[column]
        if pivot != 1:
            factors, right = [f / pivot for f in factors], right / pivot
            rows[column] = factors, right
        for i, (others, value) in enumerate(rows):
            if i != column and (times := others[column]):
                rows[i] = [o - times * f for o, f in zip(others, factors, strict=True)], value - times * right
    return [right for _, right in rows[:unknowns]] if not any(right for _, right in rows[unknowns:]) else None
