"""Groups failed findings that a single slip explains into one cause."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from govdesk.checks import Finding, Severity, State
from govdesk.findings.equations import Equation, Slip, equations_of_readings, find_equation, find_slips, is_moved_figure
from govdesk.form.form import Address, Form


class Cause(NamedTuple):
    """The finding that leads, and the echoes of the same slip in other sums."""

    lead: Finding
    echoes: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.lead, *self.echoes

    @property
    def witness(self) -> Finding | None:
        """The echo that holds a figure against another paper, last year's report or the original: where there is one,
        it says which side is wrong, which the lead's own sum cannot."""
        if any(side.given for side in self.lead.sides):
            return None
        return next((echo for echo in self.echoes if any(side.given for side in echo.sides)), None)

    @property
    def severity(self) -> Severity:
        return self.lead.severity


def find_causes(form: Form, findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """The causes of what failed, the gravest first; every failed finding is in exactly one of them."""
    failed = [_Failure(form, f) for f in findings if f.state is State.FAILED]
    if not failed:
        return ()
    order = {check.id: i for i, check in enumerate(form.checks)}
    grades = list(Severity)
    failed.sort(key=lambda f: (grades.index(f.finding.severity), order[f.finding.rule], _is_of_totals(form, f.finding)))
    groups: list[_Group] = []
    for failure in failed:
        home = next((group for group in groups if group.takes(failure)), None)
        if home is None:
            groups.append(_Group(failure))
    _fold_sums(form, groups)
    return tuple(Cause(g.lead, tuple(f.finding for f in g.failures[1:])) for g in groups)


def causes_concerning(form: Form, found: Iterable[Cause], place: Address | str | None) -> tuple[Cause, ...]:
    """The causes that a cell or text is in: named by one of the findings, or below a total of the one that leads."""
    def names(cause: Cause) -> bool:
        if any(place in finding.places for finding in cause.findings):
            return True
        lead = find_equation(form, cause.lead)
        return lead is not None and place in lead.factors

    return tuple(cause for cause in found if names(cause))


def _is_of_totals(form: Form, finding: Finding) -> bool:
    """A total column only repeats what is off in the others."""
    cells = [a for side in finding.sides for a in side.operands]
    return bool(cells) and all(form.grids[a.grid].columns[a.column].is_total for a in cells)


class _Failure:
    """A failed finding with its equation and its slips, each worked out once for all groups that may take it."""

    def __init__(self, form: Form, finding: Finding) -> None:
        self._form, self.finding = form, finding

    @cached_property
    def equation(self) -> Equation | None:
        return find_equation(self._form, self.finding)

    @cached_property
    def slips(self) -> frozenset[Slip]:
        return find_slips(self.equation)

    @cached_property
    def told(self) -> frozenset[Slip]:
        """The slips that would make a number in a text right."""
        return frozenset(slip for reading in equations_of_readings(self._form, self.finding) for slip
                         in find_slips(reading))


class _Group:
    """Findings of one cause, and the slips in a single cell that would explain them all."""

    def __init__(self, lead: _Failure) -> None:
        self.failures = [lead]
        self.lead = lead.finding
        self.equation = lead.equation
        self._slips = lead.slips
        self._other: frozenset[Slip] = frozenset()           # those at the figure's other place, where it was moved

    @property
    def gap(self) -> Decimal:
        """What the findings of the lead's rule are off by together."""
        return sum((f.equation.gap for f in self.failures if f.equation and f.finding.rule == self.lead.rule),
                   Decimal(0))

    def takes(self, failure: _Failure) -> bool:
        """Whether the finding is an echo; if so it is added."""
        if failure.finding.either:
            joins = self._bears_out(failure)
        elif failure.equation is None or self.equation is None:
            joins = self._speaks_of_the_same(failure.finding)
        else:
            left = self._slips & failure.slips
            joins = bool(left) or is_moved_figure(self.equation, failure.equation)
            self._slips = left or self._slips
            if joins and not left:
                self._other |= failure.slips
        if joins:
            self.failures.append(failure)
        return joins

    def _bears_out(self, failure: _Failure) -> bool:
        """Whether a slip that would settle this cause, an error, makes the number in a text right as well. A warning
        may be answered: then its figure is right, and the text is still another matter."""
        if self.lead.severity is not Severity.ERROR:
            return False
        here, there = self._slips & failure.told, self._other & failure.told
        self._slips, self._other = here or self._slips, there or self._other
        return bool(here or there)

    def _speaks_of_the_same(self, finding: Finding) -> bool:
        """The same cells; or cells that the lead, an error, will have put right anyway; or the same figure in the same
        text as an error, as a ready-made sentence that N21 contradicts."""
        lead, cells = self.lead, set(finding.places)
        if (lead.severity is Severity.ERROR and cells <= set(lead.places)
                and {isinstance(place, Address) for place in cells} == {True, False}):
            return True
        if not all(isinstance(place, Address) for place in lead.places):
            return False
        return set(lead.places) == cells or (lead.severity is Severity.ERROR and set(lead.places) < cells)


def _fold_sums(form: Form, groups: list[_Group]) -> None:
    """A total column that is off by what several columns are off by together is no cause of its own."""
    for group in [g for g in groups if _is_of_totals(form, g.lead)]:
        whole = group.equation
        parts = [g for g in groups if g is not group and g.lead.rule == group.lead.rule]
        if whole and parts and sum((g.gap for g in parts), Decimal(0)) == whole.gap:
            parts[0].failures += group.failures
            groups.remove(group)
