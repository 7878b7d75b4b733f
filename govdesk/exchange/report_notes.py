"""What stands beside a report in an exchange file, under one key that another program may leave out: tapes, notes,
sources, answers, last year's texts. Their values are texts, only an answer is an object."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from govdesk.exchange.json_checks import RefusedError, join, json_object, known, meant, string
from govdesk.form.form import Address, Form
from govdesk.report.report import BY_CELL, DESK, Entry, Key, Layer, Report

KEY: Final = "annotations"

_LAYERS: Final = (Layer.TAPES, Layer.NOTES, Layer.SOURCES, Layer.ANSWERS, Layer.PREVIOUS_TEXTS, Layer.PREVIOUS_ANSWERS,
                  Layer.DESK)


def read(form: Form, value: object) -> dict[Layer, dict[Key, Entry]]:
    """The layers in the object `value`. Raises RefusedError."""
    table = json_object(value, KEY)
    known(table, [layer.value for layer in _LAYERS], KEY)
    allowed: dict[Layer, Collection[Key]] = {
        Layer.TAPES: form.input_cells, Layer.NOTES: form.cells, Layer.SOURCES: form.cells,
        Layer.PREVIOUS_TEXTS: form.texts, Layer.DESK: DESK}
    return {layer: _entries(layer, table[layer.value], form, allowed.get(layer)) for layer in _LAYERS
            if layer.value in table}


def _entries(layer: Layer, value: object, form: Form, allowed: Collection[Key] | None) -> dict[Key, Entry]:
    path = join(KEY, layer.value)
    found: dict[Key, Entry] = {}
    for name, written in json_object(value, path).items():
        here = join(path, name)
        key: Key | None = form.cells_by_name.get(name) if layer in BY_CELL else name
        if key is None or (allowed is not None and key not in allowed):
            raise RefusedError(here, "表里没有这一格或这一项" + meant(name, map(str, allowed or ())))
        found[key] = _answer(written, here) if layer is Layer.ANSWERS else string(written, here)
    return found


def _answer(value: object, path: str) -> str:
    return json.dumps(json_object(value, path), ensure_ascii=False, sort_keys=True)


def written(report: Report, order: Mapping[Address, int]) -> dict[str, dict[str, Any]]:
    """The object of a report's annotations, cells in the `order` of the form; empty where there are none."""
    table: dict[str, dict[str, Any]] = {}
    for layer in _LAYERS:
        entries = sorted(report.entries(layer).items(), key=lambda item: (
            (item[0].grid, order[item[0]], "") if isinstance(item[0], Address) else ("", 0, item[0])))
        if entries:
            table[layer.value] = {str(key): json.loads(str(entry)) if layer is Layer.ANSWERS else str(entry)
                                  for key, entry in entries}
    return table
