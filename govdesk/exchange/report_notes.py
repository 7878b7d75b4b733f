"""Reads and writes what stands beside a report in an exchange file, under one key that another program
may leave out: sums as typed, notes, sources, answers, last year's texts. Their values are texts, only
an answer is an object."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from govdesk.exchange.json_checks import (
    RefusedError,
    join_path,
    require_known_keys,
    require_object,
    require_string,
    suggest_key,
)
from govdesk.form.form import Address, Form
from govdesk.report.report import CELL_LAYERS, WORK_KEYS, Entry, Key, Layer, Report

ANNOTATIONS_KEY: Final = "annotations"

_LAYERS: Final = (Layer.TAPES, Layer.NOTES, Layer.SOURCES, Layer.ANSWERS, Layer.PREVIOUS_TEXTS, Layer.PREVIOUS_ANSWERS,
                  Layer.DESK)


def load_notes(form: Form, value: object) -> dict[Layer, dict[Key, Entry]]:
    """The layers in the object `value`. Raises RefusedError."""
    table = require_object(value, ANNOTATIONS_KEY)
    require_known_keys(table, [layer.value for layer in _LAYERS], ANNOTATIONS_KEY)
    allowed: dict[Layer, Collection[Key]] = {
        Layer.TAPES: form.input_cells, Layer.NOTES: form.cells, Layer.SOURCES: form.cells,
        Layer.PREVIOUS_TEXTS: form.texts, Layer.DESK: WORK_KEYS}
    return {layer: _entries(layer, table[layer.value], form, allowed.get(layer)) for layer in _LAYERS
            if layer.value in table}


def _entries(layer: Layer, value: object, form: Form, allowed: Collection[Key] | None) -> dict[Key, Entry]:
    path = join_path(ANNOTATIONS_KEY, layer.value)
    found: dict[Key, Entry] = {}
    for name, written in require_object(value, path).items():
        here = join_path(path, name)
        key: Key | None = form.cells_by_name.get(name) if layer in CELL_LAYERS else name
        if key is None or (allowed is not None and key not in allowed):
            raise RefusedError(here, "表里没有这一格或这一项" + suggest_key(name, map(str, allowed or ())))
        found[key] = _answer(written, here) if layer is Layer.ANSWERS else require_string(written, here)
    return found


def _answer(value: object, path: str) -> str:
    return json.dumps(require_object(value, path), ensure_ascii=False, sort_keys=True)


def dump_notes(report: Report, order: Mapping[Address, int]) -> dict[str, dict[str, Any]]:
    """The object of a report's annotations, cells in the `order` of the form; empty where there are none."""
    table: dict[str, dict[str, Any]] = {}
    for layer in _LAYERS:
        entries = sorted(report.entries(layer).items(), key=lambda item: (
            (item[0].grid, order[item[0]], "") if isinstance(item[0], Address) else ("", 0, item[0])))
        if entries:
            table[layer.value] = {str(key): json.loads(str(entry)) if layer is Layer.ANSWERS else str(entry)
                                  for key, entry in entries}
    return table
