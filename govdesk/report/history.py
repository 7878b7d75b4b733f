"""Defines the history of a draft as plain values: what each entry was, and the moments kept as versions. The drafts'
file and the exchange file both use these records.

A past is in order of revision: a count of the draft's saves. The report at a revision is the last value of each entry
up to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govdesk.base.numerals import dump_value, load_value
from govdesk.form.form import Address
from govdesk.report.report import CELL_LAYERS, NUMBER_LAYERS, Entry, Key, Layer, Report, build_report

Rows = dict[tuple[str, str], str]        # (layer, key) → value
Changes = dict[tuple[str, str], str | None]

# Why a moment is kept. A draft taken along bears a tag as the name of its version; so does what was brought back.
VERSION_KINDS = ("named", "day", "before", "exported", "closing", "restored", "carried", "joined")
CARRIED, JOINED = VERSION_KINDS[-2:]
OUTSIDE = "在别处改动"               # the act of what a file holds beyond its own past


class PastValue(NamedTuple):
    """A value of an entry from a revision on; None: it was blank. `at` is ISO 8601 with its zone."""

    layer: str
    key: str
    revision: int
    value: str | None
    at: str
    act: str


class KeptVersion(NamedTuple):
    """A moment that is kept as a version."""

    revision: int
    kind: str
    name: str
    at: str


class DraftHistory(NamedTuple):
    """Of the draft whose identity is `draft`, the same wherever it is carried; values by layer, key and revision."""

    draft: str
    values: tuple[PastValue, ...]
    versions: tuple[KeptVersion, ...]

    @property
    def last(self) -> int:
        """The newest revision."""
        return max((*(w.revision for w in self.values), *(v.revision for v in self.versions)), default=0)

    def rows_at(self, revision: int) -> Rows:
        """The entries as they were at a revision."""
        last: dict[tuple[str, str], PastValue] = {}
        for was in self.values:
            place = was.layer, was.key
            if was.revision <= revision and (place not in last or last[place].revision <= was.revision):
                last[place] = was
        return {place: was.value for place, was in last.items() if was.value is not None}

    @property
    def latest(self) -> str:
        """The newest moment of it; of a past without any the beginning of the clock."""
        return max((*(w.at for w in self.values), *(v.at for v in self.versions)),
                   default="1970-01-01T00:00:00+00:00")

    def tags(self) -> list[KeptVersion]:
        """The moments at which it was carried away or brought back, the newest first."""
        found = [v for v in self.versions if v.kind in (CARRIED, JOINED) and v.name]
        return sorted(found, key=lambda v: v.revision, reverse=True)

    def ancestor(self, known: Iterable[str]) -> KeptVersion | None:
        """The newest moment of which others with the tags `known` hold all that was before."""
        tags = frozenset(known)
        return next((tag for tag in self.tags() if tag.name in tags), None)

    def since(self, revision: int) -> DraftHistory:
        """What came after a revision."""
        return self._replace(values=tuple(w for w in self.values if w.revision > revision),
                             versions=tuple(v for v in self.versions if v.revision > revision))

    def until(self, revision: int) -> DraftHistory:
        """What was there at a revision."""
        return self._replace(values=tuple(w for w in self.values if w.revision <= revision),
                             versions=tuple(v for v in self.versions if v.revision <= revision))

    def shortened(self, revision: int) -> DraftHistory:
        """Without what lies before a revision: of each entry the last value until then stays, and all later ones."""
        last: dict[tuple[str, str], int] = {}
        for was in self.values:
            if was.revision <= revision:
                last[was.layer, was.key] = max(was.revision, last.get((was.layer, was.key), -1))
        return self._replace(
            values=tuple(w for w in self.values
                         if w.revision > revision or w.revision == last[w.layer, w.key]),
            versions=tuple(v for v in self.versions if v.revision >= revision))

    def leading_to(self, report: Report, at: str, act: str = OUTSIDE) -> DraftHistory:
        """The past whose last values are the report's: what another program changed is one step more."""
        held, wanted = self.rows_at(self.last), rows_of(report)
        changed = changes_between(held, wanted)
        more = tuple(PastValue(layer, key, self.last + 1, value, at, act) for (layer, key), value in changed.items())
        return self._replace(values=self.values + more)


def changes_between(held: Rows, wanted: Rows) -> Changes:
    """What has to be written so that one becomes the other; None: to be removed."""
    changes: Changes = dict.fromkeys(held.keys() - wanted.keys())
    changes.update((place, value) for place, value in wanted.items() if held.get(place) != value)
    return changes


def rows_of(report: Report) -> Rows:
    return {(layer.value, str(key)): encode_entry(entry)
            for layer in Layer for key, entry in report.entries(layer).items()}


def report_of(form_id: str, rows: Iterable[tuple[str, str, str]]) -> Report:
    """Raises ValueError for a row that no version of the program wrote."""
    layers: dict[Layer, dict[Key, Entry]] = {layer: {} for layer in Layer}
    for layer_name, key, value in rows:
        layer = Layer(layer_name)
        layers[layer][Address.parse(key) if layer in CELL_LAYERS else key] = _entry(layer, value)
    return build_report(form_id, layers)


def _entry(layer: Layer, value: str) -> Entry:
    return load_value(value, total=layer is not Layer.VALUES) if layer in NUMBER_LAYERS else value


def encode_entry(entry: Entry) -> str:
    """An entry as it stands in a row."""
    return entry if isinstance(entry, str) else dump_value(entry)
