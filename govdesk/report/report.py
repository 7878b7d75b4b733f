"""Defines the report, which is values by address, and the edit, which is a reversible change of one or many of them.

Absent means blank. A report is never changed: `Edit.applied_to` gives another one, and only `Session.apply` calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from govdesk.base.bounds import YEARS
from govdesk.base.numerals import Value
from govdesk.form.form import Address


class Layer(Enum):
    """Which part of a report a change is in."""

    VALUES = "values"                # Address → Value: what is typed into tables
    TEXTS = "texts"                  # text id → str
    COVER = "cover"                  # cover id ("organ.name", "year", …) → str
    STATED = "stated"                # Address of a total → Value, as an imported paper states it
    PREVIOUS = "previous"            # Address → Value of the year before
    # What stands beside the report and is never printed:
    TAPES = "tapes"                  # Address of an input cell → the sum as typed, “12+3+5”
    NOTES = "notes"                  # Address → a remark for oneself or the next clerk
    SOURCES = "sources"              # Address → which office, which paper a figure comes from
    ANSWERS = "answers"              # a finding's key → JSON: the reason given, and the operands it was given for
    PREVIOUS_TEXTS = "previous_texts"        # text id → last year's text
    PREVIOUS_ANSWERS = "previous_answers"    # a finding's key → last year's reason
    DESK = "desk"                    # a fact of `WORK_KEYS` → str

    __hash__ = object.__hash__       # in C: every look-up of a cell needs it


# What goes on paper: a change of anything else leaves a print-out as it was.
PRINTED_LAYERS = (Layer.VALUES, Layer.TEXTS)
PRINTED_COVER_KEYS = ("organ.name", "year", "issued_on")

# Facts about the work, not the report: where last year's figures are from, the local deadline (YYYY-MM-DD), and the
# clerk's own name for the draft, which tells two drafts of one organ and year apart.
WORK_KEYS = ("previous_source", "deadline", "label")

NUMBER_LAYERS = frozenset({Layer.VALUES, Layer.STATED, Layer.PREVIOUS})     # an entry is a Value; elsewhere a text
CELL_LAYERS = NUMBER_LAYERS | {Layer.TAPES, Layer.NOTES, Layer.SOURCES}     # a key is an Address; elsewhere a name

Key = Address | str
Entry = Value | str


def _frozen(entries: Mapping[Key, Entry]) -> Mapping[Key, Entry]:
    return MappingProxyType(dict(entries))


_NOTHING: Mapping[Key, Entry] = MappingProxyType({})


class Report(NamedTuple):
    """One report of one organ and one year, for the form `form_id`."""

    form_id: str
    layers: Mapping[Layer, Mapping[Key, Entry]] = MappingProxyType({})

    def entry(self, layer: Layer, key: Key) -> Entry | None:
        return self.layers.get(layer, _NOTHING).get(key)

    def entries(self, layer: Layer) -> Mapping[Key, Entry]:
        return self.layers.get(layer, _NOTHING)

    def value(self, address: Address) -> Value | None:
        """The typed value at an input cell; None is blank."""
        entry = self.entry(Layer.VALUES, address)
        return None if isinstance(entry, str) else entry

    def previous(self, address: Address) -> Value | None:
        entry = self.entry(Layer.PREVIOUS, address)
        return None if isinstance(entry, str) else entry

    def stated(self, address: Address) -> Value | None:
        entry = self.entry(Layer.STATED, address)
        return None if isinstance(entry, str) else entry

    def text(self, text_id: str) -> str:
        entry = self.entry(Layer.TEXTS, text_id)
        return entry if isinstance(entry, str) else ""

    def cover(self, cover_id: str) -> str:
        """A fact of the cover (`COVER_KEYS`) as text; absent is ""."""
        entry = self.entry(Layer.COVER, cover_id)
        return entry if isinstance(entry, str) else ""

    @property
    def year(self) -> int | None:
        return year_in(self.cover("year"))


def year_in(text: str) -> int | None:
    """The year that a report may be of; None for what is none."""
    year = int(text) if len(text) == 4 and text.isascii() and text.isdigit() else 0
    return year if year in YEARS else None


def is_date(text: str) -> bool:
    """Whether a text is a day as the report keeps it, YYYY-MM-DD."""
    from govdesk.base import dates  # a print-out without a date does without it

    return dates.to_date(text) is not None


class Change(NamedTuple):
    """One entry before and after; None is absent. An empty text is stored as absent."""

    layer: Layer
    key: Key
    before: Entry | None
    after: Entry | None


class Edit(NamedTuple):
    """What one act of the clerk changes, with the act's name as undo shows it (“填入”, “空白填 0”)."""

    name: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        return Edit(self.name, tuple(Change(c.layer, c.key, c.after, c.before) for c in reversed(self.changes)))

    def applied_to(self, report: Report) -> Report:
        layers: dict[Layer, Mapping[Key, Entry]] = dict(report.layers)
        touched = {layer: dict(report.entries(layer)) for layer in {c.layer for c in self.changes}}
        for change in self.changes:
            entries = touched[change.layer]
            if change.after is None or change.after == "":
                entries.pop(change.key, None)
            else:
                entries[change.key] = change.after
        layers.update({layer: _frozen(entries) for layer, entries in touched.items()})
        return report._replace(layers=MappingProxyType({layer: held for layer, held in layers.items() if held}))


def edit_of(report: Report, name: str, wanted: Iterable[tuple[Layer, Key, Entry | None]]) -> Edit:
    """The edit that brings `report` to the wanted entries; what is already so is left out."""
    changes = []
    for layer, key, after in wanted:
        before, wished = report.entry(layer, key), None if after == "" else after
        if not is_same_entry(before, wished):
            changes.append(Change(layer, key, before, wished))
    return Edit(name, tuple(changes))


def edit_between(one: Report, other: Report, name: str) -> Edit:
    """The edit that makes of one report the other."""
    wanted: list[tuple[Layer, Key, Entry | None]] = []
    for layer in Layer:
        before, after = one.entries(layer), other.entries(layer)
        if before is not after:
            wanted += [(layer, key, after.get(key)) for key in dict.fromkeys((*before, *after))
                       if before.get(key) is not after.get(key)]
    return edit_of(one, name, wanted)


def is_same_entry(one: Entry | None, other: Entry | None) -> bool:
    """Equal also in notation: 1.5 and 1.50 are two entries, because paper shows what was typed."""
    return type(one) is type(other) and one == other and str(one) == str(other)


def is_same_on_paper(one: Report, other: Report) -> bool:
    """Whether two reports are printed alike."""
    pairs = [(layer, key) for layer in PRINTED_LAYERS if one.entries(layer) is not other.entries(layer)
             for key in one.entries(layer).keys() | other.entries(layer).keys()]
    pairs += [(Layer.COVER, key) for key in PRINTED_COVER_KEYS]
    return one.form_id == other.form_id and all(is_same_entry(one.entry(*at), other.entry(*at)) for at in pairs)


def build_report(form_id: str, layers: Mapping[Layer, Mapping[Key, Entry]]) -> Report:
    """A report from plain dictionaries; empty texts are dropped."""
    kept = {layer: _frozen({k: v for k, v in entries.items() if v != ""}) for layer, entries in layers.items()}
    return Report(form_id, MappingProxyType({layer: entries for layer, entries in kept.items() if entries}))
