"""Drops a suggested correction if applying it would raise a new error."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from govdesk.checks import Finding, Severity
from govdesk.findings.equations import find_equations
from govdesk.form.form import Address
from govdesk.report.report import Layer, edit_of
from govdesk.session.session import Snapshot, take_snapshot


class ConsistencyRules:
    """All rules, those about a single row too, asked of the mended report. That takes as long as a keystroke does, so
    only guesses that would be shown are held against them."""

    def __init__(self, snap: Snapshot) -> None:
        self._snap, self._now, self.asked = snap, snap.failed(Severity.ERROR), 0

    def forbid(self, rights: Mapping[Address, Decimal]) -> bool:
        """Whether with these figures something must be put right then that need not be now. Not a sum: one that is
        upset weighs against a guess already, and where it was off before the slip, the true cell puts it off again."""
        self.asked += 1
        left = self._mended(rights).failed(Severity.ERROR)
        return any(not self._stands(finding) and not find_equations(self._snap.form, [finding]) for finding in left)

    def _mended(self, rights: Mapping[Address, Decimal]) -> Snapshot:
        snap = self._snap
        wanted = [(Layer.VALUES, cell, right) for cell, right in rights.items()]
        return take_snapshot(snap.form, edit_of(snap.report, "", wanted).applied_to(snap.report))

    def _stands(self, finding: Finding) -> bool:
        """Of no more places than now: a rule that speaks of one cell of a row is no leave for the next."""
        return any((f.rule, f.line) == (finding.rule, finding.line) and set(f.places) >= set(finding.places)
                   for f in self._now)
