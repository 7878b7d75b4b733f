"""Ranks the likely slips behind a gap (差额指纹), guessed from all sums at once; nothing is ever changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from govdesk.checks import Finding
from govdesk.form.form import Address
from govdesk.session.session import Snapshot
from govdesk.suggestions.candidates import Guess, find_guesses, find_neighbour_guesses
from govdesk.suggestions.consistency import ConsistencyRules
from govdesk.suggestions.scoring import Scales
from govdesk.suggestions.wording import describe_guess

__all__ = ["Guess", "describe_guess", "find_likely", "find_surest"]

SUREST_LEAD: Final = 1.0                     # by how much the first must outweigh the second to be gone to unasked
MAX_GUESSES_CHECKED: Final = 24              # guesses that are held against all rules; what comes after is far-fetched


def find_likely(snap: Snapshot, findings: Iterable[Finding], most: int = 3) -> tuple[Guess, ...]:
    """The likeliest slips behind the findings of one cause, the likeliest first; none where no single slip fits."""
    return tuple(guess for _, guess in islice(_ranked(snap, findings), most))


def find_surest(snap: Snapshot, findings: Iterable[Finding]) -> Guess | None:
    """The likeliest slip where it stands out from the others."""
    ranked = list(islice(_ranked(snap, findings), 2))
    alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] >= ranked[1][0] + SUREST_LEAD)
    return ranked[0][1] if alone else None


def _ranked(snap: Snapshot, findings: Iterable[Finding]) -> Iterator[tuple[float, Guess]]:
    """The best guess for each cell with its weight, the heaviest first; none that the rules would not let stand."""
    rules, best = ConsistencyRules(snap), set[Address]()
    for weight, guess in _weighed(snap, findings):
        if guess.cell in best:
            continue
        if rules.asked == MAX_GUESSES_CHECKED:
            return
        if not rules.forbid(guess):
            best.add(guess.cell)
            yield weight, guess


def _weighed(snap: Snapshot, findings: Iterable[Finding]) -> list[tuple[float, Guess]]:
    scales = Scales(snap, tuple(findings))
    known = {slip.id for slip in snap.form.slips}
    found = ((guess for guess in find_guesses(snap, scales.off) if not scales.misleads(guess)) if scales.off
             else (guess for guess in find_neighbour_guesses(snap, scales.said) if not scales.upsets(guess)))
    weighed = [(scales.weight(guess), guess) for guess in found if guess.kind in known]
    return sorted(weighed, key=lambda w: -w[0])                      # stable: of equals the first in the form
