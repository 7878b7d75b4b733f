"""Compares two reports: which entries differ, and in a text which sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.report.report import CELL_LAYERS, Entry, Key, Layer, Report, is_same_entry

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
BLANK_WORD = "空白"


class Difference(NamedTuple):
    """One entry in two reports; None is absent."""

    layer: Layer
    key: Key
    before: Entry | None
    after: Entry | None


class DiffPiece(NamedTuple):
    """Sentences of a text: in both (" "), only before ("-"), only after ("+")."""

    mark: str
    text: str


def find_differences(before: Report, after: Report) -> list[Difference]:
    """Every entry that is not the same in both, layer by layer."""
    found = []
    for layer in Layer:
        one, other = before.entries(layer), after.entries(layer)
        keys = [*one, *(key for key in other if key not in one)]
        found += [Difference(layer, key, one.get(key), other.get(key)) for key in keys
                  if not is_same_entry(one.get(key), other.get(key))]
    return found


def sort_by_form(form: Form, found: list[Difference]) -> list[Difference]:
    """As the form has them: the cover, texts, tables row by row, then what stands beside the report."""
    place: dict[Key, int] = {text_id: i for i, text_id in enumerate(form.texts)}
    cells = [address for grid in form.grids.values() for address in grid.addresses]
    place.update((address, i) for i, address in enumerate(cells))
    layers = [Layer.COVER, Layer.TEXTS, Layer.VALUES]
    layers += [layer for layer in Layer if layer not in layers]
    return sorted(found, key=lambda d: (layers.index(d.layer), place.get(d.key, 0), str(d.key)))


def split_sentences(text: str) -> list[str]:
    """A text in sentences, with what ends them."""
    return _SENTENCE.findall(text)


def compare_sentences(before: str, after: str) -> list[DiffPiece]:
    """A text before and after, sentence by sentence."""
    from difflib import SequenceMatcher

    one, other = split_sentences(before), split_sentences(after)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(DiffPiece(" ", "".join(one[a:b])))
            continue
        pieces += [DiffPiece(mark, "".join(part)) for mark, part in (("-", one[a:b]), ("+", other[c:d])) if part]
    return pieces


def format_entry(entry: Entry | None) -> str:
    """An entry as it is read on the screen."""
    if entry is None:
        return BLANK_WORD
    return entry if isinstance(entry, str) else format_value(entry)


def describe_place(form: Form, found: Difference) -> str:
    """The place of an entry in the form's words."""
    key = found.key
    if isinstance(key, Address) and found.layer in CELL_LAYERS and key.grid in form.grids:
        grid = form.grids[key.grid]
        return f"{grid.name}·{grid.cell_name(key)}" if key in form.cells else str(key)
    return form.texts[str(key)].name if str(key) in form.texts else str(key)
