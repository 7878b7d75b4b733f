"""差额指纹: the likely slips behind a gap, guessed from all sums at once and ranked. Nothing is ever changed by it."""

from __future__ import annotations

from collections.abc import Iterable

from govdesk.checks import Finding
from govdesk.fingerprints.guesses import Guess, beside, guesses
from govdesk.fingerprints.weighing import Scales
from govdesk.fingerprints.wording import words
from govdesk.form import Address
from govdesk.records import TYPE_CHECKING
from govdesk.session import Snapshot

if TYPE_CHECKING:
    from typing import Final

__all__ = ["Guess", "likely", "surest", "words"]

AHEAD: Final = 1.0                           # by how much the first must outweigh the second to be gone to unasked


def likely(snap: Snapshot, findings: Iterable[Finding], most: int = 3) -> tuple[Guess, ...]:
    """The likeliest slips behind the findings of one cause, the likeliest first; none where no single slip fits."""
    return tuple(guess for _, guess in _ranked(snap, findings)[:most])


def surest(snap: Snapshot, findings: Iterable[Finding]) -> Guess | None:
    """The likeliest slip where it stands out from the others."""
    ranked = _ranked(snap, findings)
    alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] >= ranked[1][0] + AHEAD)
    return ranked[0][1] if alone else None


def _ranked(snap: Snapshot, findings: Iterable[Finding]) -> list[tuple[float, Guess]]:
    """The best guess for each cell with its weight, the heaviest first."""
    scales = Scales(snap, tuple(findings))
    known = {slip.id for slip in snap.form.slips}
    found = ((guess for guess in guesses(snap, scales.off) if not scales.misleads(guess)) if scales.off
             else (guess for guess in beside(snap, scales.said) if not scales.upsets(guess)))
    weighed = [(scales.weight(guess), guess) for guess in found if guess.kind in known]
    best: dict[Address, tuple[float, Guess]] = {}
    for weight, guess in sorted(weighed, key=lambda w: -w[0]):       # stable: of equals the first in the form
        best.setdefault(guess.cell, (weight, guess))
    return list(best.values())
