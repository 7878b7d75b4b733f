"""Weighs a guess by the numbers in the report's texts: those that a rule holds against the tables, and all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from math import log
from typing import Final, NamedTuple

from govdesk.checks import Facts
from govdesk.checks.readings import JudgedClaim, Reading, find_claimed_numbers
from govdesk.form.form import Address, Form, Grid
from govdesk.session.session import Snapshot
from govdesk.suggestions.candidates import ZERO, Guess

BORNE_OUT: Final = 3.0                       # for a number of a text that becomes right
DENIED: Final = 4.0                          # against, for a number of a text that was right and is not any more
_COUNT = re.compile(r"(?<![\d.,])(\d{1,9})\s*件")


class CheckedNumber(NamedTuple):
    """A number that a rule holds against the tables; each reading's figure with the cells that it counts."""

    told: JudgedClaim
    readings: tuple[tuple[Decimal, Mapping[Address, int]], ...]

    def is_borne_out(self, changes: Mapping[Address, Decimal]) -> bool:
        return self.told.is_borne_out([value + sum((factors[a] * by for a, by in changes.items() if a in factors), ZERO)
                                       for value, factors in self.readings])


class TextEvidence:
    """The texts of one report."""

    def __init__(self, snap: Snapshot, figure: Mapping[Address, Decimal]) -> None:
        self._snap, self._figure = snap, figure

    def weight(self, changes: Mapping[Address, Decimal]) -> float:
        return self._of_numbers(changes) + self._of_counts(changes)

    def denies(self, guess: Guess) -> bool:
        """Whether a number that is right would be so no more."""
        changes = guess.changes(self._figure)
        return any(right and not number.is_borne_out(changes) for number, right in self._numbers)

    # -- the numbers that a rule reads

    @cached_property
    def _numbers(self) -> list[tuple[CheckedNumber, bool]]:
        """With whether each is right as the report stands."""
        snap, found = self._snap, []
        facts = Facts(snap.form, snap.report, snap.figures, {})
        for check in snap.form.checks:
            if check.kind == "claims":
                for text_id in snap.form.texts:
                    found += [_number(snap.form, told) for told in find_claimed_numbers(check, facts, text_id)]
        return [(number, number.is_borne_out({})) for number in found]

    def _of_numbers(self, changes: Mapping[Address, Decimal]) -> float:
        found = 0.0
        for number, right in self._numbers:
            if number.is_borne_out(changes) != right:
                found += -DENIED if right else BORNE_OUT
        return found

    # -- any number

    @cached_property
    def _read(self) -> frozenset[Decimal]:
        return frozenset(number.told.claim.number for number, _ in self._numbers)

    @cached_property
    def _counts(self) -> list[tuple[str, int]]:
        """Every number of cases that a text names, with the words of its clause before it."""
        report, found = self._snap.report, []
        for text_id in self._snap.form.texts:
            for clause in re.split(r"[，。；;\n]", report.text(text_id)):       # live figures bear out nothing
                found += [(clause[:m.start()], int(m[1])) for m in _COUNT.finditer(clause) if int(m[1])]
        return found

    def _of_counts(self, changes: Mapping[Address, Decimal]) -> float:
        """Sums that a text names count for a guess, and against it where they would be lost."""
        if not self._counts:
            return 0.0
        found = 0.0
        for name, cells in self._sums:
            by = sum((changes.get(cell, ZERO) for cell in cells), ZERO)
            if by:
                now = sum((self._figure[cell] for cell in cells), ZERO)
                found += self._named(name, now + by) - self._named(name, now)
        return found

    def _named(self, name: str, value: Decimal) -> float:
        """Strong where the words before the number name the row; else a large number that no rule reads still says
        something."""
        if value <= 0:
            return 0.0
        lead = [words for words, number in self._counts if number == value]
        if name and any(name in words for words in lead):
            return 1.2 + 0.6 * log(float(value))
        return 0.45 * log(float(value)) if lead and value not in self._read else 0.0

    @cached_property
    def _sums(self) -> list[tuple[str, tuple[Address, ...]]]:
        """What texts count, with its name: rows, groups of rows, and totals of columns."""
        return [found for grid in self._snap.form.grids.values() for found in _sums(grid)]


def _number(form: Form, told: JudgedClaim) -> CheckedNumber:
    return CheckedNumber(told, tuple((reading.value, _factors(form, reading)) for reading in told.readings))


def _factors(form: Form, reading: Reading) -> dict[Address, int]:
    """The input cells that a reading counts."""
    found: dict[Address, int] = {}
    for term in reading.terms:
        for operand in term.cells:
            for cell in form.grids[operand.grid].parts.get(operand, (operand,)):
                found[cell] = found.get(cell, 0) + term.sign
    return found


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
