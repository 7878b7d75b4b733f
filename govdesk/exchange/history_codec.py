"""Encodes and decodes the history of a draft in an exchange file, under one key that another program may leave out.

Compact: moments and acts are listed once and told by their place in the list; a text that was changed is the numbers of
characters kept at its two ends, and what stands between them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from govdesk.base.bounds import MAX_ACT_NAME
from govdesk.base.numerals import NumeralError, load_value
from govdesk.exchange.json_checks import RefusedError, join_path, require_known_keys, require_object, require_string
from govdesk.exchange.report_file import HISTORY
from govdesk.form.cover_keys import COVER_KEYS
from govdesk.form.form import Form
from govdesk.report.history import VERSION_KINDS, DraftHistory, KeptVersion, PastValue
from govdesk.report.report import NUMBER_LAYERS, WORK_KEYS, Key, Layer

HISTORY_KEY: Final = HISTORY
MAX_HISTORY_CHARACTERS: Final = 8 * 2**20  # characters of it in a file; what is older than fits is left out
MAX_EXPANDED_CHARACTERS: Final = 64 * 2**20  # characters of all its values when they are written out
CHARACTERS_PER_VALUE: Final = 40         # what a value costs beside its characters
CLOCK_YEARS: Final = range(1970, 2201)   # of any clock, also one whose battery is flat

_KEYS = ("draft", "moments", "acts", "values", "versions")
_IDENTITY = re.compile(r"[0-9A-Za-z-]{1,64}")
_HIGHEST = 2**53


def load_history(form: Form, value: object) -> DraftHistory:
    """Raises RefusedError with the path and the reason."""
    table = require_object(value, HISTORY_KEY)
    require_known_keys(table, _KEYS, HISTORY_KEY)
    draft = require_string(table.get("draft"), join_path(HISTORY_KEY, "draft"))
    if not _IDENTITY.fullmatch(draft):
        raise RefusedError(join_path(HISTORY_KEY, "draft"), "不是草稿的编号")
    moments = [_moment(pair, join_path(HISTORY_KEY, f"moments → {n}")) for n, pair
               in enumerate(_list(table, "moments"))]
    acts = [_words(act, join_path(HISTORY_KEY, f"acts → {n}")) for n, act in enumerate(_list(table, "acts"))]
    versions = tuple(_version(row, join_path(HISTORY_KEY, f"versions → {n}")) for n, row
                     in enumerate(_list(table, "versions")))
    if len({(v.revision, v.kind) for v in versions}) < len(versions):
        raise RefusedError(join_path(HISTORY_KEY, "versions"), "同一时刻的版本出现了两次")
    return DraftHistory(draft, tuple(_Values(form, moments, acts).read(table.get("values", {}))), versions)


def _list(table: dict[str, Any], key: str) -> list[Any]:
    found = table.get(key, [])
    if not isinstance(found, list):
        raise RefusedError(join_path(HISTORY_KEY, key), "应是列表 [ … ]")
    return found


def _row(value: object, length: int, path: str) -> list[Any]:
    if not isinstance(value, list) or len(value) != length:
        raise RefusedError(path, f"应是 {length} 项的列表")
    return value


def _whole(value: object, below: int, path: str) -> int:
    if type(value) is not int or not 0 <= value < below:
        raise RefusedError(path, f"应是 0～{below - 1} 之间的整数")
    return value


def _words(value: object, path: str) -> str:
    found = require_string(value, path)
    if len(found) > MAX_ACT_NAME:
        raise RefusedError(path, f"超过 {MAX_ACT_NAME} 个字")
    return found


def _moment(pair: object, path: str) -> tuple[int, str]:
    revision, at = _row(pair, 2, path)
    return _whole(revision, _HIGHEST, path), _time(at, path)


def _time(value: object, path: str) -> str:
    text = require_string(value, path)
    try:
        moment = datetime.fromisoformat(text[:41])
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None or moment.year not in CLOCK_YEARS:
        raise RefusedError(path, "不是带时区的时间")
    return text


def _version(value: object, path: str) -> KeptVersion:
    revision, kind, name, at = _row(value, 4, path)
    if kind not in VERSION_KINDS:
        raise RefusedError(path, "不认识这一种版本")
    return KeptVersion(_whole(revision, _HIGHEST, path), kind, _words(name, path), _time(at, path))


class _Values:
    """Reads the values of all entries, and counts what they would take written out."""

    def __init__(self, form: Form, moments: list[tuple[int, str]], acts: list[str]) -> None:
        self._form, self._moments, self._acts = form, moments, acts
        self._room = MAX_EXPANDED_CHARACTERS
        self._allowed: dict[Layer, Collection[Key]] = {
            Layer.VALUES: form.input_cells, Layer.STATED: form.cells - form.input_cells, Layer.PREVIOUS: form.cells,
            Layer.TAPES: form.input_cells, Layer.NOTES: form.cells, Layer.SOURCES: form.cells,
            Layer.TEXTS: form.texts, Layer.PREVIOUS_TEXTS: form.texts, Layer.COVER: COVER_KEYS, Layer.DESK: WORK_KEYS}

    def read(self, value: object) -> Iterator[PastValue]:
        path = join_path(HISTORY_KEY, "values")
        layers = require_object(value, path)
        require_known_keys(layers, [layer.value for layer in Layer], path)
        for name, entries in layers.items():
            layer, here = Layer(name), join_path(path, name)
            allowed = {str(key) for key in self._allowed[layer]} if layer in self._allowed else None
            for key, rows in require_object(entries, here).items():
                if allowed is not None and key not in allowed:
                    raise RefusedError(join_path(here, key), "表里没有这一格或这一项")
                yield from self._entry(layer, key, rows, join_path(here, key))

    def _entry(self, layer: Layer, key: str, rows: object, path: str) -> Iterator[PastValue]:
        if not isinstance(rows, list):
            raise RefusedError(path, "应是列表 [ … ]")
        reached, before = -1, None
        for row in rows:
            moment, act, written = _row(row, 3, path)
            revision, at = self._moments[_whole(moment, len(self._moments), path)]
            if revision <= reached:
                raise RefusedError(path, "先后次序不对")
            reached, before = revision, self._value(layer, written, before, path)
            yield PastValue(layer.value, key, revision, before, at, self._acts[_whole(act, len(self._acts), path)])

    def _value(self, layer: Layer, written: object, before: str | None, path: str) -> str | None:
        found = None if written is None else (
            _spliced(written, before, path) if isinstance(written, list) else require_string(written, path))
        self._room -= CHARACTERS_PER_VALUE + len(found or "")
        if self._room < 0:
            raise RefusedError(HISTORY_KEY, f"展开后超过 {MAX_EXPANDED_CHARACTERS >> 20} MB")
        if layer in NUMBER_LAYERS and found is not None:
            try:
                load_value(found, total=layer is not Layer.VALUES)
            except NumeralError as error:
                raise RefusedError(path, str(error)) from None
        return found


def _spliced(written: object, before: str | None, path: str) -> str:
    head, tail, middle = _row(written, 3, path)
    if before is None:
        raise RefusedError(path, "前面没有可以接着写的内容")
    head, tail = (_whole(n, len(before) + 1, path) for n in (head, tail))
    if head + tail > len(before):
        raise RefusedError(path, "两端重叠")
    return before[:head] + require_string(middle, path) + before[len(before) - tail:]


# -- writing

def dump_history(past: DraftHistory, room: int = MAX_HISTORY_CHARACTERS) -> tuple[str, bool]:
    """The JSON of a past in at most `room` characters, a line an entry; whether older values were left out. “” where
    not even what is now has room."""
    text = _within(past, room)
    if text:
        return text, False
    revisions = sorted({was.revision for was in past.values})
    low, high = 0, len(revisions) - 1        # the first place that may fit, the last there is
    best = ""
    while low <= high:
        middle = (low + high) // 2
        text = _within(past.shortened(revisions[middle]), room)
        if text:
            best, high = text, middle - 1
        else:
            low = middle + 1
    return best, True


def _within(past: DraftHistory, room: int) -> str:
    """The JSON of a past; “” where it is longer than there is room, or would be too much written out again."""
    if sum(CHARACTERS_PER_VALUE + len(was.value or "") for was in past.values) > MAX_EXPANDED_CHARACTERS:
        return ""
    text = _json(past)
    return text if len(text) <= room else ""


def _json(past: DraftHistory) -> str:
    moments = sorted({(w.revision, w.at) for w in past.values})
    acts = list(dict.fromkeys(w.act[:MAX_ACT_NAME] for w in past.values))
    place_of, number_of = {m: n for n, m in enumerate(moments)}, {act: n for n, act in enumerate(acts)}
    layers: dict[str, list[str]] = {}
    ordered = sorted(past.values, key=lambda w: (w.layer, w.key, w.revision))
    for (layer, key), group in groupby(ordered, key=lambda w: (w.layer, w.key)):
        rows, before = [], None
        for was in group:
            place = place_of[was.revision, was.at]
            rows.append([place, number_of[was.act[:MAX_ACT_NAME]], _change(before, was.value)])
            before = was.value
        layers.setdefault(layer, []).append(f"   {_compact(key)}: {_compact(rows)}")
    values = ",\n".join(f"  {_compact(layer)}: {{\n" + ",\n".join(lines) + "}" for layer, lines in layers.items())
    versions = [[v.revision, v.kind, v.name[:MAX_ACT_NAME], v.at] for v in past.versions]
    return (f'{{"draft": {_compact(past.draft)},\n  "moments": {_compact(moments)},\n  "acts": {_compact(acts)},\n'
            f'  "versions": {_compact(versions)},\n  "values": {{\n{values}}}}}')


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _change(before: str | None, after: str | None) -> object:
    """A text beside the one before it: what is shorter, the text or the change."""
    if before is None or after is None or len(after) < 24:
        return after
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    tail = next((n for n in range(most - head) if before[-1 - n] != after[-1 - n]), most - head)
    middle = after[head:len(after) - tail]
    return [head, tail, middle] if len(middle) + 12 < len(after) else after
