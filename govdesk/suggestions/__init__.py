"""Ranks the likely slips behind a gap (差额指纹), guessed from all sums at once; nothing is ever changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from govdesk.checks import Finding
from govdesk.form.form import Address
from govdesk.session.session import Snapshot
from govdesk.suggestions.candidates import Guess, find_carried_guesses, find_guesses, find_neighbour_guesses
from govdesk.suggestions.cell_sets import CellSet, make_set
from govdesk.suggestions.consistency import ConsistencyRules
from govdesk.suggestions.fewest_cells import Knot, find_smallest_sets, gather_knot, is_settled_one_by_one
from govdesk.suggestions.scoring import Scales
from govdesk.suggestions.wording import describe_guess

__all__ = ["CellSet", "Guess", "describe_guess", "find_fewest_cells", "find_likely", "find_surest"]

SUREST_LEAD: Final = 1.0                     # by how much the first must outweigh the second to be gone to unasked
MAX_GUESSES_CHECKED: Final = 24              # guesses that are held against all rules; what comes after is far-fetched
MAX_SETS_CHECKED: Final = 6                  # the same of sets of cells
FAR_FETCHED: Final = 6.0                     # a set that the first outweighs by more is not offered beside it
MOST_SETS_ALIKE: Final = 3                   # sets within SUREST_LEAD of the first: of more, none says anything


class _Weighed(NamedTuple):
    """A guess with its weight."""

    weight: float
    guess: Guess


def find_likely(snap: Snapshot, findings: Iterable[Finding], most: int = 3) -> tuple[Guess, ...]:
    """The likeliest slips behind the findings of one cause, the likeliest first, and before all what last year's report
    carried forward; none where no single slip fits."""
    return tuple(weighed.guess for weighed in islice(_ranked(snap, findings), most))


def find_surest(snap: Snapshot, findings: Iterable[Finding]) -> Guess | None:
    """The likeliest slip where it stands out from the others."""
    ranked = list(islice(_ranked(snap, findings), 2))
    alone = len(ranked) == 1 or (len(ranked) > 1 and (
        ranked[0].weight >= ranked[1].weight + SUREST_LEAD or ranked[0].guess.kind == "carried"))
    return ranked[0].guess if alone else None


def find_fewest_cells(snap: Snapshot, findings: Iterable[Finding], most: int = 3) -> tuple[CellSet, ...]:
    """The smallest sets of cells that settle all sums which hang together with a cause, the likeliest first; none where
    one slip settles them, where no three cells do, and where so many sets fit that none stands out."""
    scales = Scales(snap, tuple(findings))
    knot = gather_knot(scales.off, scales.hard)
    return () if knot is None else _sets_of(snap, frozenset(e.finding for e in knot.off))[:most]


@lru_cache(maxsize=8)                        # several causes may hang together in one knot, and each has a card
def _sets_of(snap: Snapshot, off: frozenset[Finding]) -> tuple[CellSet, ...]:
    scales = Scales(snap, tuple(finding for finding in snap.findings if finding in off))
    knot = Knot(tuple(e for e in scales.hard if e.finding in off), tuple(e for e in scales.hard if not e.gap))
    single = (scales.changes(guess) for guess in find_guesses(snap, knot.off) if scales.allow(guess.rights()))
    if is_settled_one_by_one(knot, single):
        return ()
    cells = {cell for e in knot.off for cell in e.factors}
    carried = {(guess.cell, guess.right) for guess in find_carried_guesses(snap, cells)}
    smallest = find_smallest_sets(knot, lambda changes: len(make_set(changes, scales.figure, carried).slips) == 2)
    sets = [make_set(changes, scales.figure, carried) for changes in smallest]
    weighed = sorted(((scales.weight(*one.slips), one) for one in sets if _may_stand(snap, scales, one)),
                     key=lambda w: -w[0])
    if not weighed or sum(weight > weighed[0][0] - SUREST_LEAD for weight, _ in weighed) > MOST_SETS_ALIKE:
        return ()
    rules = ConsistencyRules(snap)
    near = [one for weight, one in weighed[:MAX_SETS_CHECKED] if weight >= weighed[0][0] - FAR_FETCHED]
    return tuple(one for one in near if not rules.forbid(one.rights()))


def _may_stand(snap: Snapshot, scales: Scales, cells: CellSet) -> bool:
    """Whether such figures may stand in these cells at all."""
    return scales.allow(cells.rights()) and all(
        snap.form.grids[cell.grid].is_amount(cell) or right == right.to_integral_value()
        for cell, right in cells.rights().items())


def _ranked(snap: Snapshot, findings: Iterable[Finding]) -> Iterator[_Weighed]:
    """The best guess for each cell with its weight, the heaviest first; none that the rules would not let stand."""
    rules, best = ConsistencyRules(snap), set[Address]()
    for weighed in _weighed(snap, findings):
        if weighed.guess.cell in best:
            continue
        if rules.asked == MAX_GUESSES_CHECKED:
            return
        if not rules.forbid(weighed.guess.rights()):
            best.add(weighed.guess.cell)
            yield weighed


def _weighed(snap: Snapshot, findings: Iterable[Finding]) -> list[_Weighed]:
    scales = Scales(snap, tuple(findings))
    known = {slip.id for slip in snap.form.slips}
    weighed = [_Weighed(scales.weight(guess), guess) for guess in _guesses(snap, scales)
               if guess.kind in known and scales.allow(guess.rights())]
    # stable: of equals the first in the form
    return sorted(weighed, key=lambda w: (w.guess.kind != "carried", -w.weight))


def _guesses(snap: Snapshot, scales: Scales) -> Sequence[Guess]:
    if not scales.off:
        return [guess for guess in find_neighbour_guesses(snap, scales.said) if not scales.upsets(guess)]
    carried = list(find_carried_guesses(snap, scales.off[0].factors))
    found = [*carried, *find_guesses(snap, scales.off)]
    if scales.is_carried(scales.off[0]):     # the sentence says what is due; a guess must not spoil the column for it
        return [guess for guess in found if not scales.breaks(guess)] or (carried if len(carried) == 1 else [])
    return [guess for guess in found if not scales.misleads(guess)]
