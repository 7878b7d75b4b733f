"""差额指纹: the likely slips behind a gap, guessed from all sums at once and ranked. Nothing is ever changed by it."""

from __future__ import annotations

from collections.abc import Iterable

from govdesk.checks import Finding
from govdesk.fingerprints.guesses import Guess, guesses
from govdesk.fingerprints.weighing import Scales
from govdesk.fingerprints.wording import words
from govdesk.session import Snapshot

__all__ = ["Guess", "likely", "words"]


def likely(snap: Snapshot, findings: Iterable[Finding], most: int = 3) -> tuple[Guess, ...]:
    """The likeliest slips behind the findings of one cause, the likeliest first; none where no single slip fits."""
    scales = Scales(snap, tuple(findings))
    if not scales.off:
        return ()
    known = {slip.id for slip in snap.form.slips}
    offered = (guess for guess in guesses(snap, scales.off) if guess.kind in known)
    weighed = [(scales.weight(guess), i, guess) for i, guess in enumerate(offered)]
    best: dict[object, Guess] = {}
    for _, _, guess in sorted(weighed, key=lambda w: (-w[0], w[1])):
        best.setdefault(guess.cell, guess)
    return tuple(best.values())[:most]
