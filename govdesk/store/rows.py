"""An entry of a report as a row of the file, and back; no database here."""

from __future__ import annotations

from collections.abc import Iterable

from govdesk.form import Address
from govdesk.numerals import dump, load
from govdesk.report import BY_CELL, NUMBERS, Edit, Entry, Key, Layer, Report, build

Rows = dict[tuple[str, str], str]        # (layer, key) → value
Changes = dict[tuple[str, str], str | None]


def rows_of(report: Report) -> Rows:
    return {(layer.value, str(key)): _value(entry)
            for layer in Layer for key, entry in report.entries(layer).items()}


def changes_of(edits: Iterable[Edit]) -> Changes:
    """The last word on each entry that the edits touch; None: to be removed.

    An entry that comes back to where it was is written all the same: a save that failed may have reached the disk.
    """
    changes: Changes = {}
    for edit in edits:
        for change in edit.changes:
            absent = change.after is None or change.after == ""
            value = None if change.after is None or absent else _value(change.after)
            changes[change.layer.value, str(change.key)] = value
    return changes


def report_of(form_id: str, rows: Iterable[tuple[str, str, str]]) -> Report:
    """Raises ValueError for a row that no version of the program wrote."""
    layers: dict[Layer, dict[Key, Entry]] = {layer: {} for layer in Layer}
    for layer_name, key, value in rows:
        layer = Layer(layer_name)
        layers[layer][Address.parse(key) if layer in BY_CELL else key] = load(value) if layer in NUMBERS else value
    return build(form_id, layers)


def _value(entry: Entry) -> str:
    return entry if isinstance(entry, str) else dump(entry)
