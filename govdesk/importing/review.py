"""What is to be looked at before a report that was read from a file is used: cells in doubt first, then cells without a
figure, what has no cell, what the reader said. What was decided is what the report says now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import groupby
from typing import Final, NamedTuple

from govdesk.base.numerals import Value, format_value
from govdesk.form.form import Address, Form, Grid
from govdesk.importing.confidence import CellSpot, place_of
from govdesk.importing.files.source import Source
from govdesk.importing.import_report import Imported
from govdesk.report.report import Entry, Key, Layer, Report, edit_of
from govdesk.report.sources import IMPORT_DOUBT

Wanted = list[tuple[Layer, Key, Entry | None]]
TAKE_ACT, MEND_ACT, BLANK_ACT = "采用读出的数", "改为另一个数", "留空"
_MOST_LISTED: Final = 200            # lines of cells without a figure
_WHOLE_ROW: Final = 3                # cells of a row from which on one line stands for all of them


class FileReading(NamedTuple):
    """A file that was read: its name without folder, what it holds as its tables were matched, and the report in it.
    `data`: of a PDF, whose pages are shown; else empty."""

    name: str
    source: Source
    found: Imported
    data: bytes = b""


class ItemKind(Enum):
    """Why something is to be looked at."""

    DOUBT = "存疑"
    MISSING = "空着"
    LEFT_OVER = "没有填入"
    SAID = "说明"


class ReviewItem(NamedTuple):
    """One thing to look at. `cells`: of the form, in its order; none where no cell is concerned."""

    kind: ItemKind
    title: str
    words: str
    cells: tuple[Address, ...] = ()


class ItemState(Enum):
    """What came of a cell in doubt, or without a figure."""

    OPEN = "待看"
    TAKEN = "已采用"
    MENDED = "已改"
    BLANK = "留空"


def list_items(form: Form, found: Imported) -> list[ReviewItem]:
    """Everything to look at, cells in doubt first, each sort in the order of the form."""
    doubts = [item for grid in form.grids.values() for item in _doubts_of(form, grid, found)]
    said = [ReviewItem(ItemKind.SAID, "", words) for words in found.said]
    left = [ReviewItem(ItemKind.LEFT_OVER, "", words) for words in found.left_over]
    return [*doubts, *left, *said, *_list_missing(form, found)]


def _doubts_of(form: Form, grid: Grid, found: Imported) -> Iterator[ReviewItem]:
    """A line for each cell; one for a row whose cells are all in doubt for the very same reason, as where its name is
    not the form's: that is decided on once."""
    doubted = [address for address in grid.addresses if address in found.cells and not found.cells[address].is_sure]
    for (row, reason), cells in groupby(doubted, lambda address: (address.row, found.cells[address].reason)):
        held = tuple(cells)
        if len(held) >= _WHOLE_ROW and len(held) == sum(1 for address in grid.addresses if address.row == row):
            yield ReviewItem(ItemKind.DOUBT, f"{grid.name} · {grid.rows[row].name}", reason, held)
        else:
            yield from (ReviewItem(ItemKind.DOUBT, form.name_of(cell), reason, (cell,)) for cell in held)


def _list_missing(form: Form, found: Imported) -> list[ReviewItem]:
    items = [item for grid in form.grids.values() for item in _missing_of(grid, found)]
    more = sum(len(item.cells) for item in items[_MOST_LISTED:])
    rest = [ReviewItem(ItemKind.MISSING, f"还有 {more} 格空着", "")] if more else []
    return [*items[:_MOST_LISTED], *rest]


def _missing_of(grid: Grid, found: Imported) -> Iterator[ReviewItem]:
    """A whole table that was not found is one line, and so is a whole row."""
    missing = [address for address in grid.inputs if address in set(found.missing)]
    if not missing:
        return
    if not any(address in found.spots for address in grid.addresses):
        yield ReviewItem(ItemKind.MISSING, grid.name, "原件里没有找到这张表", tuple(missing))
        return
    rows: dict[str, list[Address]] = {}
    for address in missing:
        rows.setdefault(address.row, []).append(address)
    for row, cells in rows.items():
        whole = len(cells) > 1 and len(cells) == sum(1 for address in grid.inputs if address.row == row)
        if whole:
            yield ReviewItem(ItemKind.MISSING, f"{grid.name} · {grid.rows[row].name}", _why_missing(found.spots, cells),
                             tuple(cells))
        else:
            yield from (ReviewItem(ItemKind.MISSING, f"{grid.name} · {grid.cell_name(cell)}",
                                   _why_missing(found.spots, [cell]), (cell,)) for cell in cells)


def _why_missing(spots: Mapping[Address, CellSpot], cells: Sequence[Address]) -> str:
    held = [spots[cell] for cell in cells if cell in spots]
    if not held:
        return "原件里没有找到"
    return "原件这里是空的" if not any(spot.cell.text.strip() for spot in held) else "原件这里写的不是数"


# ----------------------------------------------------------------------------------------------------- what is decided

def layer_of(form: Form, address: Address) -> Layer:
    """Where a figure of the paper is kept: a total is what the paper states."""
    return Layer.VALUES if address in form.input_cells else Layer.STATED


def state_of(form: Form, found: Imported, now: Report, address: Address) -> ItemState:
    """What came of a cell, as the report says it now."""
    value = now.entry(layer_of(form, address), address)
    read = found.report.entry(layer_of(form, address), address)
    if address in found.cells and not found.cells[address].is_sure:
        if value is None and read is not None:
            return ItemState.BLANK
        if value != read:
            return ItemState.MENDED
        return ItemState.OPEN if _is_doubted(now, address) else ItemState.TAKEN
    return ItemState.OPEN if value is None else ItemState.MENDED


def _is_doubted(now: Report, address: Address) -> bool:
    return str(now.entry(Layer.NOTES, address) or "").startswith(IMPORT_DOUBT)


def list_open(form: Form, found: Imported, now: Report) -> list[Address]:
    """The cells in doubt that nobody has decided on."""
    return [address for address in found.doubtful if state_of(form, found, now, address) is ItemState.OPEN]


def take_cells(form: Form, found: Imported, cells: Sequence[Address]) -> Wanted:
    """The figures as they were read, without their doubt."""
    read: Wanted = [(layer_of(form, cell), cell, found.report.entry(layer_of(form, cell), cell)) for cell in cells]
    return [*read, *((Layer.NOTES, cell, None) for cell in cells)]


def mend_cell(form: Form, address: Address, value: Value) -> Wanted:
    """Another figure than the one that was read."""
    return [(layer_of(form, address), address, value), (Layer.NOTES, address, None)]


def blank_cells(form: Form, cells: Sequence[Address]) -> Wanted:
    """No figures."""
    return [*((layer_of(form, cell), cell, None) for cell in cells), *((Layer.NOTES, cell, None) for cell in cells)]


def settle_report(form: Form, found: Imported, now: Report) -> Report:
    """The report to go on with: a doubt stays beside its figure unless that was decided on or typed over."""
    gone: Wanted = [(Layer.NOTES, address, None) for address in found.doubtful
                    if _is_doubted(now, address) and state_of(form, found, now, address) is not ItemState.OPEN]
    return edit_of(now, "", gone).applied_to(now)


# ------------------------------------------------------------------------------------------------------------ in words

def describe_reading(form: Form, found: Imported, now: Report) -> str:
    """“读出 200 格，3 格存疑（还有 1 格没有看），5 格空着”."""
    still = len(list_open(form, found, now))
    parts = [f"读出 {len(found.cells)} 格"]
    if found.doubtful:
        seen = f"（还有 {still} 格没有看）" if still else "（都看过了）"
        parts.append(f"{len(found.doubtful)} 格存疑{seen}")
    if found.missing:
        parts.append(f"{len(found.missing)} 格空着")
    return "，".join(parts)


def describe_cells(found: Imported, cells: Sequence[Address]) -> str:
    """Where cells stand in the file and what stands there: “第 4 页的表第 12 行第 3 列，读成 7”; of several the place
    of the first."""
    if not cells:
        return ""
    read = [found.cells[cell] for cell in cells if cell in found.cells]
    if read:
        figures = "、".join(format_value(one.value) for one in read)
        return f"{read[0].source}{'起' if len(cells) > 1 else ''}，读成 {figures}"
    spot = found.spots.get(cells[0])
    return "" if spot is None else place_of(spot.table, spot.cell)
