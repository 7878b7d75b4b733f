"""差额指纹: the likely slips behind a gap, guessed from all sums at once and ranked. Nothing is ever changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from govdesk.checks import Finding
from govdesk.form.form import Address
from govdesk.session.session import Snapshot
from govdesk.suggestions.candidates import Guess, beside, guesses
from govdesk.suggestions.consistency import Rules
from govdesk.suggestions.scoring import Scales
from govdesk.suggestions.wording import words

__all__ = ["Guess", "likely", "surest", "words"]

AHEAD: Final = 1.0                           # by how much the first must outweigh the second to be gone to unasked
PATIENCE: Final = 24                         # guesses that are held against all rules; what comes after is far-fetched


def likely(snap: Snapshot, findings: Iterable[Finding], most: int = 3) -> tuple[Guess, ...]:
    """The likeliest slips behind the findings of one cause, the likeliest first; none where no single slip fits."""
    return tuple(guess for _, guess in islice(_ranked(snap, findings), most))


def surest(snap: Snapshot, findings: Iterable[Finding]) -> Guess | None:
    """The likeliest slip where it stands out from the others."""
    ranked = list(islice(_ranked(snap, findings), 2))
    alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] >= ranked[1][0] + AHEAD)
    return ranked[0][1] if alone else None


def _ranked(snap: Snapshot, findings: Iterable[Finding]) -> Iterator[tuple[float, Guess]]:
    """The best guess for each cell with its weight, the heaviest first; none that the rules would not let stand."""
    rules, best = Rules(snap), set[Address]()
    for weight, guess in _weighed(snap, findings):
        if guess.cell in best:
            continue
        if rules.asked == PATIENCE:
            return
        if not rules.forbid(guess):
            best.add(guess.cell)
            yield weight, guess


def _weighed(snap: Snapshot, findings: Iterable[Finding]) -> list[tuple[float, Guess]]:
    scales = Scales(snap, tuple(findings))
    known = {slip.id for slip in snap.form.slips}
    found = ((guess for guess in guesses(snap, scales.off) if not scales.misleads(guess)) if scales.off
             else (guess for guess in beside(snap, scales.said) if not scales.upsets(guess)))
    weighed = [(scales.weight(guess), guess) for guess in found if guess.kind in known]
    return sorted(weighed, key=lambda w: -w[0])                      # stable: of equals the first in the form
