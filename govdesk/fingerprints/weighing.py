"""How well a guess fits: sums that it settles and upsets, last year's figures, numbers in the text, what is usual."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from math import log
from typing import Final

from govdesk.checks import Finding, State
from govdesk.equations import Equation, equations
from govdesk.fingerprints.guesses import Guess, figures_of
from govdesk.form import Address, Grid
from govdesk.numerals import NA
from govdesk.report import Layer
from govdesk.session import Snapshot

# How often a slip of a kind is made, against the others, in natural logarithms. A kind that fits any gap says little.
USUAL: Final = {"left_out": 0.0, "doubled": 0.4, "swapped": 0.6, "next_column": 0.3, "next_row": 0.3, "tenfold": 0.0,
                "twice": -1.0, "wrong_column": -1.6, "wrong_row": -2.0, "wrong_side": -1.6, "digit": -2.5,
                "too_much": -2.5, "miscounted": -5.0}
SETTLED: Final = 5.0                         # for every sum that is put right
UPSET: Final = 7.0                           # against, for every sum that held and no longer does
SELDOM: Final = 1.2                          # against, for a forgotten figure in a row that hardly anybody needs
_COUNT = re.compile(r"(?<![\d.,])(\d{1,9})\s*件")


class Scales:
    """`off`: the equations of the findings that a guess is to explain."""

    def __init__(self, snap: Snapshot, findings: tuple[Finding, ...]) -> None:
        self._snap = snap
        self._figure = figures_of(snap.form, snap.report)
        self.off: Sequence[Equation] = [e for e in equations(snap.form, findings) if e.gap]
        shown = set(findings)
        others = (f for f in snap.findings if f.state is State.PASSED and f not in shown)
        self._held = equations(snap.form, others)

    def weight(self, guess: Guess) -> float:
        changes = guess.changes(self._figure)
        settled = sum(e.gap_with(changes) == 0 for e in self.off)
        upset = sum(e.gap_with(changes) != 0 for e in self._held)
        return (SETTLED * settled - UPSET * upset + USUAL[guess.kind] - self._surprise(guess)
                + self._against_last_year(changes) + self._against_text(changes) + self._usual_place(guess))

    def _surprise(self, guess: Guess) -> float:
        """A figure that fits any gap is guessed out of thin air; the larger, the less likely to be just that."""
        free = guess.kind in ("left_out", "too_much", "miscounted", "digit")
        return log(1 + float(abs(guess.right - self._figure[guess.cell]))) if free else 0.0

    # -- last year

    def _against_last_year(self, changes: dict[Address, Decimal]) -> float:
        if not self._snap.report.entries(Layer.PREVIOUS):
            return 0.0
        return sum(self._likeness(cell, self._figure[cell] + by) - self._likeness(cell, self._figure[cell])
                   for cell, by in changes.items())

    def _likeness(self, cell: Address, value: Decimal) -> float:
        last = self._snap.report.previous(cell)
        if last is None or last is NA:
            return 0.0
        apart = abs(log((float(value) + 0.5) / (float(last) + 0.5)))
        return -0.9 * apart

    # -- numbers in the text

    @cached_property
    def _numbers(self) -> frozenset[int]:
        report = self._snap.report
        said = (int(n) for text in self._snap.form.texts for n in _COUNT.findall(report.text(text)))
        return frozenset(n for n in said if n)

    def _against_text(self, changes: dict[Address, Decimal]) -> float:
        """Sums that a text names count for a guess, and against it where they would be lost."""
        if not self._numbers:
            return 0.0
        found = 0.0
        for cells in self._sums:
            by = sum((changes.get(cell, Decimal(0)) for cell in cells), Decimal(0))
            if by:
                now = sum((self._figure[cell] for cell in cells), Decimal(0))
                found += self._named(now + by) - self._named(now)
        return found

    def _named(self, value: Decimal) -> float:
        return (0.6 + 0.5 * log(float(value))) if value > 0 and int(value) in self._numbers else 0.0

    @cached_property
    def _sums(self) -> list[tuple[Address, ...]]:
        """What texts count: rows, groups of rows, and totals of columns."""
        found: list[tuple[Address, ...]] = []
        for grid in self._snap.form.grids.values():
            found += list(dict.fromkeys(grid.parts.values()))
            found += list(_groups(grid))
        return found

    # -- what is usual

    def _usual_place(self, guess: Guess) -> float:
        """A figure stands where its row and its column have others."""
        if guess.kind != "left_out":
            return 0.0
        cell = guess.cell
        row = sum(v > 0 for a, v in self._figure.items() if a.grid == cell.grid and a.row == cell.row)
        column = sum(v > 0 for a, v in self._figure.items() if a.grid == cell.grid and a.column == cell.column)
        grid = self._snap.form.grids[cell.grid]
        seldom = grid.rows[cell.row].seldom and row == 0
        return 0.7 * log(0.3 + row) + 0.3 * log(0.3 + column) - (SELDOM if seldom else 0)


def _groups(grid: Grid) -> list[tuple[Address, ...]]:
    found = []
    for block in grid.blocks:
        columns = [c.id for c in block.columns if not c.is_total]
        for group in block.row_groups:
            rows = [r.id for r in block.rows if not r.is_total and r.group == group]
            if len(rows) > 1:
                found.append(tuple(Address(grid.id, r, c) for r in rows for c in columns))
    return found
