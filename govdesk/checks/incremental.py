"""Remembers what each rule read when it last ran, so that an edit reruns only the rules that read what it changed.

Nobody has to say what a rule depends on: it is watched while it looks. A rule that judges lines one by one is watched
line by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govdesk.base.numerals import Value
from govdesk.checks.findings import Facts, Finding
from govdesk.checks.registry import KINDS, RuleUnit
from govdesk.form.form import Address, Form, Grid
from govdesk.report.report import Entry, Key, Layer, Report
from govdesk.report.totals import Figures

WHOLE_TABLE = ""                     # of a layer, of the figures or of the texts: whoever looks through all of them
# A figure, an entry of the report, a text; or (“figures”, table): all that is typed into it
LookedAt = Address | tuple[Layer, Key] | tuple[str, str]
_FIGURES, _TEXTS = "figures", "texts"


class _Asked(NamedTuple):
    """What a unit saw, and what it said."""

    looks: frozenset[LookedAt]
    findings: tuple[Finding, ...]


class CheckMemory:
    """The findings of one report as it is edited."""

    def __init__(self, form: Form) -> None:
        self._units: list[RuleUnit] = [unit for check in form.checks for unit in KINDS[check.kind].units(check, form)]
        self._asked: list[_Asked] = []
        self._before: Facts | None = None

    def findings(self, facts: Facts) -> tuple[Finding, ...]:
        """The same as all rules asked anew. Not for two threads at once."""
        before = self._before                # that a cell becomes 不适用 is not watched: it concerns who passed over it
        changed = _changed(before, facts) if before and before.unfit == facts.unfit else None
        watched, looks = _watched(facts)
        asked = []
        for i, unit in enumerate(self._units):
            if changed is None or not changed.isdisjoint(self._asked[i].looks):
                looks.clear()
                found = tuple(unit(watched))
                asked.append(_Asked(frozenset(looks), found))
            else:
                asked.append(self._asked[i])
        self._asked, self._before = asked, facts
        return tuple([finding for one in asked for finding in one.findings])


def _changed(before: Facts, now: Facts) -> set[LookedAt]:
    """What differs. Values that are not the very same object differ: 1.5 and 1.50 are equal, and printed otherwise."""
    old = before.figures
    figures = [address for address, value in now.figures.items() if old[address] is not value]
    found: set[LookedAt] = set(figures)
    if figures:
        found.add((_FIGURES, WHOLE_TABLE))
        found.update([(_FIGURES, address.grid) for address in figures])
        found.update([(Layer.VALUES, address) for address in figures])       # the very objects that were typed
        found.add((Layer.VALUES, WHOLE_TABLE))
    for layer in (before.report.layers.keys() | now.report.layers.keys()) - {Layer.VALUES}:
        one, other = before.report.entries(layer), now.report.entries(layer)
        if one is not other:
            found.update((layer, key) for key in one.keys() | other.keys() if one.get(key) is not other.get(key))
            found.add((layer, WHOLE_TABLE))
    if before.texts != now.texts:
        found.update((_TEXTS, key) for key in before.texts.keys() | now.texts.keys()
                     if before.texts.get(key) != now.texts.get(key))
        found.add((_TEXTS, WHOLE_TABLE))
    return found


def _watched(facts: Facts) -> tuple[Facts, set[LookedAt]]:
    """The same facts, and the set in which it is noted what of them is looked at."""
    looks: set[LookedAt] = set()
    report = _Report(facts.report.form_id, facts.report.layers)
    report.looks = looks
    return _Facts(facts.form, report, _Figures(facts.figures, looks), _Texts(facts.texts, looks), facts.unfit), looks


class _Facts(Facts):
    """Facts that note a look at a whole table once, not at each of its cells."""

    def typed(self, grid: Grid) -> list[tuple[Address, Value | None]]:
        figures = self.figures
        return figures.typed(grid) if isinstance(figures, _Figures) else super().typed(grid)


class _Report(Report):
    """A report that notes which entries are asked for."""

    looks: set[LookedAt]

    def entry(self, layer: Layer, key: Key) -> Entry | None:
        self.looks.add((layer, key))
        return super().entry(layer, key)

    def entries(self, layer: Layer) -> Mapping[Key, Entry]:
        self.looks.add((layer, WHOLE_TABLE))
        return super().entries(layer)


class _Figures(Mapping[Address, "Value | None"]):
    """Figures that note which are asked for."""

    def __init__(self, figures: Figures, looks: set[LookedAt]) -> None:
        self._figures, self._note = figures, looks.add

    def __getitem__(self, address: Address) -> Value | None:
        self._note(address)
        return self._figures[address]

    def typed(self, grid: Grid) -> list[tuple[Address, Value | None]]:
        self._note((_FIGURES, grid.id))
        figures = self._figures
        return [(address, figures[address]) for address in grid.inputs]

    def __iter__(self) -> Iterator[Address]:
        self._note((_FIGURES, WHOLE_TABLE))
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)


class _Texts(Mapping[str, str]):
    """Texts that note which are asked for. Which texts there are is the same question as what they say."""

    def __init__(self, texts: Mapping[str, str], looks: set[LookedAt]) -> None:
        self._texts, self._note = texts, looks.add

    def __getitem__(self, text_id: str) -> str:
        self._note((_TEXTS, text_id))
        return self._texts[text_id]

    def __contains__(self, text_id: object) -> bool:
        self._note((_TEXTS, str(text_id)))
        return text_id in self._texts

    def __iter__(self) -> Iterator[str]:
        self._note((_TEXTS, WHOLE_TABLE))
        return iter(self._texts)

    def __len__(self) -> int:
        self._note((_TEXTS, WHOLE_TABLE))
        return len(self._texts)
