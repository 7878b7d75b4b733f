"""Turns a finding into an equation over input cells: Σ factor × figure is off by `gap`, which is 0 where the rule
holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from govdesk.checks import Finding, Side, State
from govdesk.form.form import Address, Form

Slip = tuple[Address, Decimal]               # an input cell, and what it would have to grow by


class Equation(NamedTuple):
    """`factors` by input cell: 1 on the left, −1 on the right. `gap` is left less right as the report stands."""

    finding: Finding
    factors: Mapping[Address, int]
    gap: Decimal

    def gap_with(self, changes: Mapping[Address, Decimal]) -> Decimal:
        """The gap after each cell of `changes` grew by its amount."""
        return self.gap + sum((self.factors[a] * by for a, by in changes.items() if a in self.factors), Decimal(0))


def find_equation(form: Form, finding: Finding) -> Equation | None:
    """The equation of a finding; None where it has none or a blank stands in it."""
    if finding.sign != "＝" or len(finding.sides) != 2 or finding.state not in (State.FAILED, State.PASSED):
        return None
    return _between(form, finding, *finding.sides)


def equations_of_readings(form: Form, finding: Finding) -> tuple[Equation, ...]:
    """What would bear out a number in a text: one of these equations would have to hold."""
    return tuple(e for e in (_between(form, finding, *sides) for sides in finding.either) if e)


def _between(form: Form, finding: Finding, left: Side, right: Side) -> Equation | None:
    if left.value is None or right.value is None:
        return None
    factors: dict[Address, int] = {}
    for side, factor in ((left, 1), (right, -1)):
        for operand in side.operands:
            for cell in form.grids[operand.grid].parts.get(operand, (operand,)):
                factors[cell] = factors.get(cell, 0) + factor
    return Equation(finding, {cell: factor for cell, factor in factors.items() if factor}, left.value - right.value)


def can_share_slip(lead: Equation, other: Equation) -> bool:
    """Whether one slip can stand behind both: in one cell, or a figure under the wrong column."""
    return bool(find_slips(lead) & find_slips(other)) or is_moved_figure(lead, other)


def find_equations(form: Form, findings: Iterable[Finding]) -> tuple[Equation, ...]:
    return tuple(e for e in (find_equation(form, finding) for finding in findings) if e)


def find_slips(found: Equation | None) -> frozenset[Slip]:
    """The changes of a single cell that would settle an equation."""
    if found is None:
        return frozenset()
    return frozenset((cell, -found.gap * factor) for cell, factor in found.factors.items())


def is_moved_figure(one: Equation, other: Equation) -> bool:
    """A figure under the wrong column: the same rule is off by as much the other way in another column."""
    return one.finding.rule == other.finding.rule and one.gap == -other.gap and not one.factors.keys() & other.factors
