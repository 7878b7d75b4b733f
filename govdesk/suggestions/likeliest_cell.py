"""Where to look first for what is behind a finding whose two sides differ."""

from __future__ import annotations

from govdesk import suggestions
from govdesk.checks import Finding, State
from govdesk.form.form import Address
from govdesk.session.session import Snapshot


def find_likeliest_cell(snap: Snapshot, finding: Finding) -> Address:
    """Return the first blank, else the first of the cells that must change together, else the likeliest slip, else what
    was typed on the smaller side."""
    if finding.state is State.PENDING:
        for address in finding.sides[0].operands + finding.sides[1].operands:
            grid = snap.form.grids[address.grid]
            for cell in grid.parts.get(address, (address,)):
                if snap.figures[cell] is None:
                    return cell
    if finding.state is State.FAILED:
        cause = next(c for c in snap.causes if finding in c.findings)
        together = suggestions.find_fewest_cells(snap, cause.findings, 1)
        guess = together[0].slips[0] if together else suggestions.find_surest(snap, cause.findings)
        if guess is not None:
            return guess.cell
    one, two = finding.sides
    lower = two if one.value is not None and two.value is not None and two.value < one.value else one
    return next((a for a in lower.operands if a in snap.form.input_cells), lower.operands[0])
