"""Merges two reports that have a common ancestor: finds which side changed what, and makes one report by choice.

Where what both come from is known, a difference is told by who made it; a text is looked at sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from govdesk.form.form import Form
from govdesk.report.compare import Difference, find_differences, sort_by_form, split_sentences
from govdesk.report.report import Entry, Key, Layer, Report, is_same_entry

TEXT_LAYERS = (Layer.TEXTS, Layer.PREVIOUS_TEXTS)
Wanted = tuple[Layer, Key, Entry | None]


class MergeState(Enum):
    """How two reports stand to each other."""

    SAME = "same"
    THEIRS_NEWER = "theirs newer"        # ours has not changed since
    OURS_NEWER = "ours newer"
    BOTH = "both"                        # or what both come from is not known


class ChangedBy(Enum):
    """Who changed a place since the two parted."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    UNKNOWN = "unknown"
    ONLY_OURS = "only ours"              # unknown, but the other side has nothing there
    ONLY_THEIRS = "only theirs"


class Spot(NamedTuple):
    """One place where two reports differ. Of a text `part` counts the stretches of sentences that differ; None is a
    whole entry. `lead` is the sentence before it, which both have."""

    layer: Layer
    key: Key
    ours: Entry | None
    theirs: Entry | None
    by: ChangedBy
    part: int | None = None
    lead: str = ""

    @property
    def place(self) -> tuple[Layer, Key, int | None]:
        return self.layer, self.key, self.part


class _Stretch(NamedTuple):
    """Sentences of two texts: the same in both, or not."""

    same: bool
    ours: tuple[int, int]
    theirs: tuple[int, int]


def find_merge_state(ours: Report, theirs: Report, base: Report | None) -> MergeState:
    """`base`: what both come from, where it is known."""
    if not find_differences(ours, theirs):
        return MergeState.SAME
    if base is not None and not find_differences(ours, base):
        return MergeState.THEIRS_NEWER
    if base is not None and not find_differences(theirs, base):
        return MergeState.OURS_NEWER
    return MergeState.BOTH


def find_spots(form: Form, ours: Report, theirs: Report, base: Report | None) -> list[Spot]:
    """Every difference, in the order of the form. A sum as it was typed goes with its figure."""
    found = sort_by_form(form, find_differences(ours, theirs))
    figures = {d.key for d in found if d.layer is Layer.VALUES}
    return [spot for d in found if not (d.layer is Layer.TAPES and d.key in figures) for spot in _spots(d, base)]


def _spots(found: Difference, base: Report | None) -> Iterable[Spot]:
    layer, key, ours, theirs = found
    if base is None and _is_empty(ours) is not _is_empty(theirs):
        return [Spot(layer, key, ours, theirs, ChangedBy.ONLY_THEIRS if _is_empty(ours) else ChangedBy.ONLY_OURS)]
    if layer in TEXT_LAYERS and isinstance(ours, str) and isinstance(theirs, str):
        return _in_text(found, None if base is None else str(base.entry(layer, key) or ""))
    if base is None:
        return [Spot(layer, key, ours, theirs, ChangedBy.UNKNOWN)]
    before = base.entry(layer, key)
    return [Spot(layer, key, ours, theirs, _by(not is_same_entry(before, ours), not is_same_entry(before, theirs)))]


def _is_empty(entry: Entry | None) -> bool:
    return entry is None or (isinstance(entry, str) and not entry.strip())


def _by(ours: bool, theirs: bool) -> ChangedBy:
    return ChangedBy.BOTH if ours and theirs else ChangedBy.OURS if ours else ChangedBy.THEIRS


def _in_text(found: Difference, base: str | None) -> list[Spot]:
    one, other = split_sentences(str(found.before)), split_sentences(str(found.after))
    made: list[Spot] = []
    for stretch in _stretches(one, other):
        if stretch.same:
            continue
        (a, b), (c, d) = stretch.ours, stretch.theirs
        made.append(Spot(found.layer, found.key, "".join(one[a:b]), "".join(other[c:d]),
                         _by_in_text((one, other), stretch, base), len(made), one[a - 1] if a else ""))
    return made


def _stretches(one: list[str], other: list[str]) -> Iterable[_Stretch]:
    """Where as many sentences stand for as many others, each is taken to stand for one."""
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            yield from (_Stretch(one[a + n] == other[c + n], (a + n, a + n + 1), (c + n, c + n + 1))
                        for n in range(b - a))
        else:
            yield _Stretch(tag == "equal", (a, b), (c, d))


def _by_in_text(texts: tuple[list[str], list[str]], stretch: _Stretch, base: str | None) -> ChangedBy:
    if base is None:
        return ChangedBy.UNKNOWN
    before = split_sentences(base)
    if before in texts:                      # one side has not touched the text at all
        return ChangedBy.THEIRS if before == texts[0] else ChangedBy.OURS
    ours, theirs = _changed(before, texts[0], *stretch.ours), _changed(before, texts[1], *stretch.theirs)
    return ChangedBy.OURS if ours and not theirs else ChangedBy.THEIRS if theirs and not ours else ChangedBy.BOTH


def _changed(before: list[str], now: list[str], a: int, b: int) -> bool:
    """Whether the sentences a to b of a text are others than before, or something that stood beside them is gone. A
    neighbour that is new itself tells nothing of what was beside it."""
    at = {-1: -1, len(now): len(before)}     # sentence of now → the same one before
    for block in SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks():
        at.update({block.b + n: block.a + n for n in range(block.size)})
    if a == b and (a - 1 not in at or b not in at):
        return True
    if any(n not in at for n in range(a, b)):
        return True
    run = [at[n] for n in range(a - 1, b + 1) if n in at]
    return any(later != earlier + 1 for earlier, later in pairwise(run))


def merge_entries(ours: Report, theirs: Report, all_spots: Iterable[Spot], taken: Collection[Spot]) -> list[Wanted]:
    """The entries that make one report of `ours` and the spots `taken` from `theirs`; sums go with their figures."""
    places = {spot.place for spot in taken}
    wanted: dict[tuple[Layer, Key], Entry | None] = {}
    for spot in all_spots:
        layer, key, part = spot.place
        if part is not None:
            wanted[layer, key] = _text(ours, theirs, layer, key, places)
        elif spot.place in places:
            wanted[layer, key] = spot.theirs
            if layer is Layer.VALUES:
                wanted[Layer.TAPES, key] = theirs.entry(Layer.TAPES, key)
    return [(layer, key, entry) for (layer, key), entry in wanted.items()]


def _text(ours: Report, theirs: Report, layer: Layer, key: Key, places: set[tuple[Layer, Key, int | None]]) -> str:
    one, other = (split_sentences(str(report.entry(layer, key) or "")) for report in (ours, theirs))
    pieces, part = [], 0
    for stretch in _stretches(one, other):
        theirs_here = not stretch.same and (layer, key, part) in places
        pieces += other[slice(*stretch.theirs)] if theirs_here else one[slice(*stretch.ours)]
        part += not stretch.same
    return "".join(pieces)
