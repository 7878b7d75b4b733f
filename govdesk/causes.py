"""One cause is one item: failed findings that a single slip explains are folded under the first of them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from govdesk.checks import Finding, Severity, State
from govdesk.equations import Slip, equation, moved, readings, slips
from govdesk.form import Address, Form
from govdesk.records import Record


class Cause(Record):
    """The finding that leads, and the echoes of the same slip in other sums."""

    lead: Finding
    echoes: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.lead, *self.echoes

    @property
    def severity(self) -> Severity:
        return self.lead.severity


def causes(form: Form, findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """The causes of what failed, the gravest first; every failed finding is in exactly one of them."""
    failed = [f for f in findings if f.state is State.FAILED]
    if not failed:
        return ()
    order = {check.id: i for i, check in enumerate(form.checks)}
    grades = list(Severity)
    failed.sort(key=lambda f: (grades.index(f.severity), order[f.rule], _is_of_totals(form, f)))
    groups: list[_Group] = []
    for finding in failed:
        home = next((group for group in groups if group.takes(finding)), None)
        if home is None:
            groups.append(_Group(form, finding))
    _fold_sums(form, groups)
    return tuple(Cause(g.findings[0], tuple(g.findings[1:])) for g in groups)


def concerning(form: Form, found: Iterable[Cause], place: Address | str | None) -> tuple[Cause, ...]:
    """The causes that a cell or text is in: named by one of the findings, or below a total of the one that leads."""
    def names(cause: Cause) -> bool:
        if any(place in finding.places for finding in cause.findings):
            return True
        lead = equation(form, cause.lead)
        return lead is not None and place in lead.factors

    return tuple(cause for cause in found if names(cause))


def _is_of_totals(form: Form, finding: Finding) -> bool:
    """A total column only repeats what is off in the others."""
    cells = [a for side in finding.sides for a in side.operands]
    return bool(cells) and all(form.grids[a.grid].columns[a.column].is_total for a in cells)


class _Group:
    """Findings of one cause, and the slips in a single cell that would explain them all."""

    def __init__(self, form: Form, lead: Finding) -> None:
        self._form = form
        self.findings = [lead]
        self.equation = equation(form, lead)
        self._slips = slips(self.equation)
        self._other: frozenset[Slip] = frozenset()           # those at the figure's other place, where it was moved

    @property
    def gap(self) -> Decimal:
        """What the findings of the lead's rule are off by together."""
        rule = self.findings[0].rule
        found = [equation(self._form, f) for f in self.findings if f.rule == rule]
        return sum((e.gap for e in found if e), Decimal(0))

    def takes(self, finding: Finding) -> bool:
        """Whether the finding is an echo; if so it is added."""
        found = equation(self._form, finding)
        if finding.either:
            joins = self._bears_out(finding)
        elif found is None or self.equation is None:
            joins = self._speaks_of_the_same(finding)
        else:
            left = self._slips & slips(found)
            joins = bool(left) or moved(self.equation, found)
            self._slips = left or self._slips
            if joins and not left:
                self._other |= slips(found)
        if joins:
            self.findings.append(finding)
        return joins

    def _bears_out(self, finding: Finding) -> bool:
        """Whether a slip that would settle this cause, an error, makes the number in a text right as well. A warning
        may be answered: then its figure is right, and the text is still another matter."""
        if self.findings[0].severity is not Severity.ERROR:
            return False
        told = frozenset(slip for reading in readings(self._form, finding) for slip in slips(reading))
        here, there = self._slips & told, self._other & told
        self._slips, self._other = here or self._slips, there or self._other
        return bool(here or there)

    def _speaks_of_the_same(self, finding: Finding) -> bool:
        """The same cells; or cells that the lead, an error, will have put right anyway."""
        lead, cells = self.findings[0], set(finding.places)
        if not all(isinstance(place, Address) for place in lead.places):
            return False
        return set(lead.places) == cells or (lead.severity is Severity.ERROR and set(lead.places) < cells)


def _fold_sums(form: Form, groups: list[_Group]) -> None:
    """A total column that is off by what several columns are off by together is no cause of its own."""
    for group in [g for g in groups if _is_of_totals(form, g.findings[0])]:
        whole = group.equation
        parts = [g for g in groups if g is not group and g.findings[0].rule == group.findings[0].rule]
        if whole and parts and sum((g.gap for g in parts), Decimal(0)) == whole.gap:
            parts[0].findings += group.findings
            groups.remove(group)
