"""How well a guess fits: sums that it settles and upsets, last year's figures, numbers in the text, what is usual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from math import log

from govdesk.checks import Finding
from govdesk.equations import Equation, equations, explained
from govdesk.fingerprints.guesses import ZERO, Guess, figures_of
from govdesk.form import Address, Grid
from govdesk.numerals import NA
from govdesk.records import TYPE_CHECKING
from govdesk.report import Layer
from govdesk.session import Snapshot

if TYPE_CHECKING:
    from typing import Final

# How often a slip of a kind is made, against the others, in natural logarithms. A kind that fits any gap says little.
USUAL: Final = {"left_out": 0.0, "doubled": 0.4, "swapped": 0.6, "next_column": 0.3, "next_row": 0.3, "tenfold": 0.0,
                "twice": -1.0, "wrong_column": -1.6, "wrong_row": -2.0, "wrong_side": -1.6, "digit": -3.0,
                "too_much": -2.5, "miscounted": -5.0}
SETTLED: Final = 5.0                         # for every sum that is put right
UPSET: Final = 7.0                           # against, for every sum that held and no longer does
WORSE: Final = 2.0                           # against, for every other sum that is further off than it was
ALIKE: Final = 2.0                           # for a mix-up of two lines that are of one kind
SELDOM: Final = 1.2                          # against, for a forgotten figure in a row that hardly anybody needs
_COUNT = re.compile(r"(?<![\d.,])(\d{1,9})\s*件")


class Scales:
    """`off`: the equations of the findings that a guess is to explain."""

    def __init__(self, snap: Snapshot, findings: tuple[Finding, ...]) -> None:
        self._snap = snap
        self._figure = figures_of(snap.form, snap.report)
        off = [e for e in equations(snap.form, findings) if e.gap]
        self.off: Sequence[Equation] = [e for e in off if e is off[0] or explained(off[0], e)]   # no sums of several
        shown = {e.finding for e in self.off}
        self._others = [e for e in equations(snap.form, snap.findings) if e.finding not in shown]

    def weight(self, guess: Guess) -> float:
        changes = guess.changes(self._figure)
        settled = sum(e.gap_with(changes) == 0 for e in self.off)
        upset = sum((WORSE if e.gap else UPSET) for e in self._others if abs(e.gap_with(changes)) > abs(e.gap))
        return (SETTLED * settled - upset + USUAL[guess.kind] - self._surprise(guess)
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
    def _said(self) -> list[tuple[str, int]]:
        """Every number of cases that a text names, with the words of its clause before it."""
        report, found = self._snap.report, []
        for text in self._snap.form.texts:
            for clause in re.split(r"[，。；;\n]", report.text(text)):
                found += [(clause[:m.start()], int(m[1])) for m in _COUNT.finditer(clause) if int(m[1])]
        return found

    def _against_text(self, changes: dict[Address, Decimal]) -> float:
        """Sums that a text names count for a guess, and against it where they would be lost."""
        if not self._said:
            return 0.0
        found = 0.0
        for name, cells in self._sums:
            by = sum((changes.get(cell, ZERO) for cell in cells), ZERO)
            if by:
                now = sum((self._figure[cell] for cell in cells), ZERO)
                found += self._named(name, now + by) - self._named(name, now)
        return found

    def _named(self, name: str, value: Decimal) -> float:
        """Strong where the words before the number name the row; else a large number still says something."""
        if value <= 0:
            return 0.0
        lead = [words for words, number in self._said if number == value]
        if name and any(name in words for words in lead):
            return 1.2 + 0.6 * log(float(value))
        return 0.45 * log(float(value)) if lead else 0.0

    @cached_property
    def _sums(self) -> list[tuple[str, tuple[Address, ...]]]:
        """What texts count, with its name: rows, groups of rows, and totals of columns."""
        return [found for grid in self._snap.form.grids.values() for found in _sums(grid)]

    # -- what is usual

    def _usual_place(self, guess: Guess) -> float:
        """A forgotten figure stands where its row and column have others; 二 is mixed up with 四, not with a result."""
        cell, other = guess.cell, guess.other
        if guess.kind == "wrong_side" and other:
            rows = self._snap.form.grids[cell.grid].rows
            return ALIKE if rows[cell.row].group == rows[other.row].group else 0.0
        if guess.kind != "left_out":
            return 0.0
        row = sum(v > 0 for a, v in self._figure.items() if a.grid == cell.grid and a.row == cell.row)
        column = sum(v > 0 for a, v in self._figure.items() if a.grid == cell.grid and a.column == cell.column)
        grid = self._snap.form.grids[cell.grid]
        seldom = grid.rows[cell.row].seldom and row == 0
        return 0.7 * log(0.3 + row) + 0.3 * log(0.3 + column) - (SELDOM if seldom else 0)


def _sums(grid: Grid) -> Iterator[tuple[str, tuple[Address, ...]]]:
    for total, cells in grid.parts.items():
        row = grid.rows[total.row]
        yield (_core(row.label) if grid.columns[total.column].is_total else ""), cells
    for block in grid.blocks:
        columns = [c.id for c in block.columns if not c.is_total]
        for group in block.row_groups.values():
            rows = [r.id for r in block.rows if not r.is_total and r.group == group.id]
            if len(rows) > 1:
                yield _core(group.label), tuple(Address(grid.id, r, c) for r in rows for c in columns)


def _core(label: str) -> str:
    """A label without its number and brackets: “（一）予以公开” → “予以公开”."""
    return re.sub(r"^(?:（[^）]*）|[\d一二三四]+[.、])|（.*", "", label)[:6]
