"""Blocks of figures out of and into a table, tab-separated as every spreadsheet and word processor has them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from govdesk import numerals
from govdesk.form import Address
from govdesk.numerals import NumeralError, Value
from ui.grid_model import GridModel
from ui.grid_places import Places

NAMED = 3                                    # so many refusals are told in full
Row = list[str]

csv.field_size_limit(2**31 - 1)              # a whole page pasted into a cell is refused in words, as any text is


@dataclass
class Paste:
    """What a pasted block comes to: entries, and in words what of it stays out."""

    entries: list[tuple[Address, Value | None]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    cut: int = 0
    totals: dict[Address, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """One sentence; “” where everything went in."""
        parts = self.refusals[:NAMED]
        if len(self.refusals) > NAMED:
            parts.append(f"还有 {len(self.refusals) - NAMED} 处没有填入")
        if self.cut:
            parts.append(f"超出表格的 {self.cut} 个数没有填入")
        return "；".join(parts)


def copied(model: GridModel, chosen: Sequence[Address]) -> str:
    """The smallest block that holds the chosen figures; what is not chosen in it is empty."""
    places = [model.places.at[a] for a in chosen]
    if not places:
        return ""
    text = {place: model.look(a).text for a, place in zip(chosen, places, strict=True)}
    rows = [r for r in model.places.figure_rows(0) if min(places)[0] <= r <= max(places)[0]]
    columns = range(min(c for _, c in places), max(c for _, c in places) + 1)
    return "\n".join("\t".join(text.get((r, c), "") for c in columns) for r in rows)


def block_of(text: str) -> list[Row]:
    """The rows of a pasted text; quotes as a spreadsheet sets them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [list(row) or [""] for row in csv.reader(io.StringIO(plain), dialect="excel-tab")] if plain else []


def pasted(model: GridModel, text: str, start: Address, chosen: Sequence[Address]) -> Paste:
    """What pasting at `start` comes to. One figure pasted on many chosen cells fills them all."""
    block, paste = block_of(text), Paste()
    if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
        for address in chosen:
            _put(model, paste, address, block[0][0])
        return paste
    rows = _row_targets(model.places, start, len(block))
    for at, row in enumerate(block):
        if at >= len(rows):
            paste.cut += sum(bool(entry.strip()) for entry in row)
            continue
        _put_row(model, paste, rows[at], row)
    return paste


def _row_targets(places: Places, start: Address, count: int) -> list[list[Address]]:
    """The figures of each row that the block reaches. A total takes its place in the block, unless the block has
    exactly as many rows as there are input rows left: then it was copied without."""
    row, column = places.at[start]
    rows = [places.targets(r, column) for r in places.figure_rows(row)]
    fillable = [row for row in rows if any(a in places.inputs for a in row)]
    return fillable if count == len(fillable) < len(rows) else rows


def _put_row(model: GridModel, paste: Paste, targets: list[Address], row: Row) -> None:
    fillable = [a for a in targets if a in model.places.inputs]
    if len(row) == len(fillable) < len(targets):
        targets = fillable
    for address, entry in zip(targets, row, strict=False):
        _put(model, paste, address, entry)
    paste.cut += sum(bool(entry.strip()) for entry in row[len(targets):])


def _put(model: GridModel, paste: Paste, address: Address, entry: str) -> None:
    if address not in model.places.inputs:
        paste.totals[address] = entry
        return
    try:
        paste.entries.append((address, model.parse(address, entry)))
    except NumeralError as error:
        quote = numerals.shorten(entry, 12)
        sentence = str(error) if "“" in str(error) else f"“{quote}”{error}"
        paste.refusals.append(f"{model.grid.cell_name(address)}：{sentence}")


def contradicted(model: GridModel, paste: Paste) -> list[str]:
    """After the paste: totals that the block states otherwise than its parts add up to."""
    said = []
    for address, entry in paste.totals.items():
        try:
            stated = model.parse(address, entry)
        except NumeralError:
            continue
        computed = model.editor.now.figures[address]
        if stated is not None and computed is not None and stated != computed:
            said.append(f"{model.grid.cell_name(address)}：粘贴的是 {numerals.show(stated)}，"
                        f"各格相加为 {numerals.show(computed)}")
    return said
