"""Weighs a guess by the sums that it settles and upsets, last year's figures, numbers in the text, and
what is usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import log
from typing import Final

from govdesk.base.numerals import NA
from govdesk.checks import Finding, Severity
from govdesk.findings.equations import Equation, can_share_slip, equations_of_readings, find_equations
from govdesk.form.form import Address
from govdesk.report.report import Layer
from govdesk.session.session import Snapshot
from govdesk.suggestions.candidates import Guess, typed_figures
from govdesk.suggestions.plausible import PlausibleFigures
from govdesk.suggestions.text_evidence import TextEvidence

# How often a slip of a kind is made, against the others, in natural logarithms. A kind that fits any gap says little.
USUAL: Final = {"carried": 1.0, "left_out": 0.0, "doubled": 0.4, "swapped": 0.6, "next_column": 0.3, "next_row": 0.3,
                "tenfold": 0.0, "twice": -1.0, "wrong_column": -1.6, "wrong_row": -2.0, "wrong_side": -1.6,
                "digit": -3.0, "too_much": -2.5, "miscounted": -5.0}
SETTLED: Final = 5.0                         # for every sum that is put right
UPSET: Final = 7.0                           # against, for every sum that held and no longer does
WORSE: Final = 2.0                           # against, for every other sum that is further off than it was
ALIKE: Final = 2.0                           # for a mix-up of two lines that are of one kind
SELDOM: Final = 1.2                          # against, for a forgotten figure in a row that hardly anybody needs


class Scales:
    """`off`: the equations of the findings that a guess is to explain; `said`: the readings of numbers in texts;
    `figure`: what is typed in each cell."""

    def __init__(self, snap: Snapshot, findings: tuple[Finding, ...]) -> None:
        self._snap = snap
        self.figure = typed_figures(snap.form, snap.report)
        self._texts = TextEvidence(snap, self.figure)
        self._plausible = PlausibleFigures(snap.report, self.figure)
        off = [e for e in find_equations(snap.form, findings) if e.gap]
        # no sums of several
        self.off: Sequence[Equation] = [e for e in off if e is off[0] or can_share_slip(off[0], e)]
        self.said = [e for f in findings for e in equations_of_readings(snap.form, f)]
        shown = {e.finding for e in self.off}
        self._all = find_equations(snap.form, snap.findings)
        self._others = [e for e in self._all if e.finding not in shown]

    @property
    def hard(self) -> list[Equation]:
        """The sums that must agree before the report is handed in."""
        return [e for e in self._all if e.finding.severity is Severity.ERROR]

    def changes(self, guess: Guess) -> dict[Address, Decimal]:
        """By how much each cell grows when the slip is mended."""
        return guess.changes(self.figure)

    def upsets(self, guess: Guess) -> bool:
        """Whether anything that is right now would be wrong."""
        return self._breaks(self.changes(guess)) or self._texts.denies(guess)

    def misleads(self, guess: Guess) -> bool:
        """Whether it leaves off the very sum that it is to explain, and spoils one that holds: to a clerk no guess."""
        changes = self.changes(guess)
        return self.off[0].gap_with(changes) != 0 and self._breaks(changes)

    def breaks(self, guess: Guess) -> bool:
        """Whether it spoils a sum that holds."""
        return self._breaks(self.changes(guess))

    def is_carried(self, equation: Equation) -> bool:
        """Whether it holds a figure against what last year's report carried forward."""
        return any(check.kind == "carried_over" and check.id == equation.finding.rule
                   for check in self._snap.form.checks)

    def _breaks(self, changes: dict[Address, Decimal]) -> bool:
        return any(e.gap == 0 != e.gap_with(changes) for e in self._others)

    def weight(self, *slips: Guess) -> float:
        """How likely a slip is, or several that were made together."""
        changes = {cell: by for slip in slips for cell, by in self.changes(slip).items()}
        settled = sum(e.gap_with(changes) == 0 for e in self.off)
        upset = sum((WORSE if e.gap else UPSET) for e in self._others if abs(e.gap_with(changes)) > abs(e.gap))
        return (SETTLED * settled - upset + self._against_last_year(changes) + self._texts.weight(changes)
                + sum(USUAL[slip.kind] - self._surprise(slip) + self._usual_place(slip) for slip in slips))

    def allow(self, rights: Mapping[Address, Decimal]) -> bool:
        """Whether such figures may stand there at all."""
        return self._plausible.allow(rights)

    def _surprise(self, guess: Guess) -> float:
        """A figure that fits any gap is guessed out of thin air; the larger, the less likely to be just that."""
        free = guess.kind in ("left_out", "too_much", "miscounted", "digit")
        return log(1 + float(abs(guess.right - self.figure[guess.cell]))) if free else 0.0

    # -- last year

    def _against_last_year(self, changes: dict[Address, Decimal]) -> float:
        if not self._snap.report.entries(Layer.PREVIOUS):
            return 0.0
        return sum(self._likeness(cell, self.figure[cell] + by) - self._likeness(cell, self.figure[cell])
                   for cell, by in changes.items())

    def _likeness(self, cell: Address, value: Decimal) -> float:
        last = self._snap.report.previous(cell)
        if last is None or last is NA:
            return 0.0
        apart = abs(log((float(value) + 0.5) / (float(last) + 0.5)))
        return -0.9 * apart

    # -- what is usual

    def _usual_place(self, guess: Guess) -> float:
        """A forgotten figure stands where its row and column have others; 二 is mixed up with 四, not with a result."""
        cell, other = guess.cell, guess.other
        if guess.kind == "wrong_side" and other:
            rows = self._snap.form.grids[cell.grid].rows
            return ALIKE if rows[cell.row].group == rows[other.row].group else 0.0
        if guess.kind != "left_out":
            return 0.0
        row = sum(v > 0 for a, v in self.figure.items() if a.grid == cell.grid and a.row == cell.row)
        column = sum(v > 0 for a, v in self.figure.items() if a.grid == cell.grid and a.column == cell.column)
        grid = self._snap.form.grids[cell.grid]
        seldom = grid.rows[cell.row].seldom and row == 0
        return 0.7 * log(0.3 + row) + 0.3 * log(0.3 + column) - (SELDOM if seldom else 0)
