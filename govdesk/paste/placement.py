"""Finds where a pasted block can land in a table: in the rows and columns that its labels name; without
labels, by its shape or from the cursor on, as it stands or transposed. Nothing is written here: a
landing is an offer.

A figure whose label names no line of the table is listed and not filled in. Totals keep their place and are passed
over. A blank leaves its cell alone. What cannot be read is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from govdesk.base.numerals import NA, NumeralError, Value, format_value, shorten_text
from govdesk.form import grid_plan
from govdesk.form.form import Address, Grid
from govdesk.paste.clipboard_in import CellBlock
from govdesk.paste.label_matching import LabelFault
from govdesk.paste.name_book import TableNames
from govdesk.paste.table_reading import LabelledFigure, TableReading, read_table
from govdesk.report import typed_sums
from govdesk.report.totals import Figures
from govdesk.report.typed_sums import EnteredValue

CellFrame = tuple[tuple[Address, ...], ...]  # the cells of a table, row by row
Targets = Sequence[Sequence[Address | None]]     # where the figures of each row go; None, or too few: nowhere


class PlacementWay(Enum):
    """How a block found its place."""

    NAMES = "按行名、列名对应"
    ROW_NAMES = "按行名对应；没有列名，各列依次放"
    COLUMN_NAMES = "按列名对应；没有行名，各行依次放"
    SELECTION = "按选中的区域逐格放，不看行名、列名"
    SHAPE = "没有行名、列名，按行数、列数对应整行整列"
    CURSOR = "没有行名、列名，从光标所在的格放起"


class CellEntry(NamedTuple):
    """What one cell would get; `entered` is None where the text cannot be read, for `reason`."""

    address: Address
    text: str
    entered: EnteredValue | None
    reason: str = ""


class UnplacedFigures(NamedTuple):
    """Figures of a block that are not filled in, for the same reason: the label of their row (else of their column)."""

    fault: LabelFault
    label: str
    of_row: bool
    texts: tuple[str, ...]


class Landing(NamedTuple):
    """One way to place a block. `stated`: totals in the block with their text; `unplaced`: figures whose labels name no
    cell; `cut`: texts beyond the edge of the table."""

    way: PlacementWay
    turned: bool
    puts: tuple[CellEntry, ...]
    stated: tuple[tuple[Address, str], ...] = ()
    labels: int = 0
    blanks: int = 0
    cut: tuple[str, ...] = ()
    unplaced: tuple[UnplacedFigures, ...] = ()

    @property
    def readable(self) -> list[tuple[Address, EnteredValue]]:
        return [(put.address, put.entered) for put in self.puts if put.entered is not None]

    @property
    def refused(self) -> list[CellEntry]:
        return [put for put in self.puts if put.entered is None]


def describe_way(grid: Grid, landing: Landing) -> str:
    """How a block found its place, for the clerk; a side without labels says where its only line goes."""
    addresses = [*(one.address for one in landing.puts), *(address for address, _ in landing.stated)]
    columns, rows = {address.column for address in addresses}, {address.row for address in addresses}
    if landing.way is PlacementWay.ROW_NAMES and len(columns) == 1 and len(grid.columns) > 1:
        return f"按行名对应；没有列名，填在“{grid.columns[columns.pop()].name}”这一列"
    if landing.way is PlacementWay.COLUMN_NAMES and len(rows) == 1:
        return f"按列名对应；没有行名，填在“{grid.rows[rows.pop()].name}”这一行"
    return f"{'行列互换，' if landing.turned else ''}{landing.way.value}"


def make_cell_entry(grid: Grid, address: Address, text: str) -> CellEntry:
    """One text for one cell."""
    try:
        return CellEntry(address, text, typed_sums.parse_entry(text, **grid.accepts(address)))
    except NumeralError as error:
        quoted = str(error) if "“" in str(error) else f"“{shorten_text(text, 12)}”{error}"
        return CellEntry(address, text, None, quoted)


def find_landings(names: TableNames, block: CellBlock, start: Address, chosen: Sequence[Address] = ()) -> list[Landing]:
    """Every sensible way, the best first; none where the block holds no figure or finds no place.

    `start`: the cell of the cursor; `chosen`: the selected cells, where they are more than that one."""
    reading = read_table(names, block)
    found = list(_exact(names.grid, reading, chosen)) if len(chosen) > 1 else []
    if reading.named:
        found = [land_by_names(names.grid, reading, start, chosen), *found]
    elif len(chosen) <= 1 and reading.figures:
        found = sorted(_by_place(names, block, start), key=lambda landing: (len(landing.cut), landing.turned))
    found = [landing for landing in found if landing.puts or landing.stated]
    return [landing for i, landing in enumerate(found) if all(landing.puts != one.puts for one in found[:i])]


def explain_refusal(names: TableNames, block: CellBlock, start: Address, chosen: Sequence[Address] = ()) -> list[str]:
    """Why the figures of a block with labels have no cell in this table, a line a reason."""
    reading = read_table(names, block)
    if not (reading.named and reading.figures):
        return []
    return [explain_unplaced(names.grid, one) for one in land_by_names(names.grid, reading, start, chosen).unplaced]


def measure_block(names: TableNames, block: CellBlock) -> tuple[int, int]:
    """Rows and columns of figures in a block."""
    reading = read_table(names, block)
    return len(reading.rows), reading.width


# ------------------------------------------------------------------------------------------------------ by names

_Placed = tuple[LabelledFigure, Address | None, LabelFault]  # a figure, its cell, and why there is none


def land_by_names(grid: Grid, reading: TableReading, start: Address, chosen: Sequence[Address] = ()) -> Landing:
    """Every figure in the cell that its labels name. At a side without any labels the block must have as many lines as
    the table, or as the selection (the cursor: one)."""
    if all(f.by_column.is_absent for f in reading.figures):
        return _landing(grid, PlacementWay.ROW_NAMES, list(_along_rows(grid, reading, chosen or [start])),
                        reading.labels)
    if all(f.by_row.is_absent for f in reading.figures):
        return _landing(grid, PlacementWay.COLUMN_NAMES, list(_along_columns(grid, reading, chosen or [start])),
                        reading.labels)
    cells = {(a.row, a.column): a for a in grid.addresses}
    return _landing(grid, PlacementWay.NAMES, [(f, cells.get((f.by_row.line, f.by_column.line)), LabelFault.NO_CELL)
                                               for f in reading.figures], reading.labels)


def _along_rows(grid: Grid, reading: TableReading, chosen: Sequence[Address]) -> Iterator[_Placed]:
    """The figures of each named row, in the row's columns."""
    columns = {cell.column for cell in chosen}
    for figures in _together([(f, (f.row, f.by_row.label)) for f in reading.figures]):
        cells = [a for a in grid.addresses if a.row == figures[0].by_row.line]
        yield from _fit(grid, figures, cells, [a for a in cells if a.column in columns])


def _along_columns(grid: Grid, reading: TableReading, chosen: Sequence[Address]) -> Iterator[_Placed]:
    """The figures of each named column, in the column's rows."""
    rows = {cell.row for cell in chosen}
    for figures in _together([(f, (f.column, f.by_column.label)) for f in reading.figures]):
        cells = [a for a in grid.addresses if a.column == figures[0].by_column.line]
        yield from _fit(grid, figures, cells, [a for a in cells if a.row in rows])


def _together(figures: Sequence[tuple[LabelledFigure, tuple[int, str]]]) -> list[list[LabelledFigure]]:
    """Figures by their line of the block; blanks at the end of a line are none."""
    found: dict[tuple[int, str], list[LabelledFigure]] = {}
    for figure, line in figures:
        found.setdefault(line, []).append(figure)
    for members in found.values():
        while len(members) > 1 and not members[-1].text.strip():
            members.pop()
    return list(found.values())


def _fit(grid: Grid, figures: Sequence[LabelledFigure], cells: Sequence[Address],
         mine: Sequence[Address]) -> Iterator[_Placed]:
    """The figures of one line one after another in its cells, its input cells or those that are chosen, whichever are
    as many; nowhere where none are."""
    inputs = [cell for cell in cells if not grid.is_total(cell)]
    fitting = next((each for each in (cells, inputs, mine) if len(each) == len(figures)), None)
    for i, figure in enumerate(figures):
        yield figure, fitting[i] if fitting else None, LabelFault.UNFIT


def _landing(grid: Grid, way: PlacementWay, placed: Sequence[_Placed], labels: int) -> Landing:
    stated, puts, blanks, lost = _shared_out(grid, [(figure.text, address) for figure, address, _ in placed])
    unplaced: dict[tuple[LabelFault, str, bool], list[str]] = {}
    for at in lost:
        figure, _, fault = placed[at]
        unplaced.setdefault(_reason(figure, fault), []).append(figure.text)
    return Landing(way, False, puts, stated, labels, blanks,
                   unplaced=tuple(UnplacedFigures(*reason, tuple(texts)) for reason, texts in unplaced.items()))


def _reason(figure: LabelledFigure, fault: LabelFault) -> tuple[LabelFault, str, bool]:
    if figure.by_row.fault:
        return figure.by_row.fault, figure.by_row.label, True
    if figure.by_column.fault:
        return figure.by_column.fault, figure.by_column.label, False
    return fault, figure.by_row.label or figure.by_column.label, bool(figure.by_row.label)


def explain_unplaced(grid: Grid, one: UnplacedFigures) -> str:
    """Why some figures of a block are not filled in, for the clerk."""
    line, name = "行" if one.of_row else "列", shorten_text(one.label.replace("\n", ""), 24)
    left = f"{len(one.texts)} 个数不填" if len(one.texts) > 1 else f"“{shorten_text(one.texts[0], 12)}”不填"
    return {
        LabelFault.UNKNOWN: f"{grid.name}没有“{name}”这一{line}，{left}",
        LabelFault.GROUP: f"“{name}”在{grid.name}中分为几{line}，不知道填哪一{line}，{left}",
        LabelFault.SUM: f"“{name}”是小计，{left}",
        LabelFault.DOUBLE: f"有几{line}都是“{name}”，不知道取哪一{line}，{left}",
        LabelFault.UNLABELLED: f"{name}没有{line}名，{left}",
        LabelFault.UNFIT: f"“{name}”{'后面没有列名' if one.of_row else '下面没有行名'}，个数与表不符，{left}",
        LabelFault.SEVERAL: f"剪贴板里有几份表（“{name}”是其中一份），不知道取哪一份，{left}",
        LabelFault.SPREAD: f"“{name}”这一{line}与别的{line}合用一格，不知道填哪一{line}，{left}",
        LabelFault.NO_CELL: f"“{name}”没有这一格，{left}",
    }[one.fault]


# ------------------------------------------------------------------------------------------------------ by place

def _exact(grid: Grid, reading: TableReading, chosen: Sequence[Address]) -> Iterator[Landing]:
    """Cell by cell into a selection that has as many rows and columns."""
    for frame in dict.fromkeys((printed_frame(grid), form_frame(grid))):
        marked = [marks for row in frame if (marks := tuple(cell for cell in row if cell in chosen))]
        if [len(marks) for marks in marked] == [len(row) for row in reading.rows]:
            yield _by_targets(grid, PlacementWay.SELECTION, reading, marked, turned=False)


def _by_place(names: TableNames, block: CellBlock, start: Address) -> Iterator[Landing]:
    grid = names.grid
    for turned in (False, True):
        reading = read_table(names, _turned(block)) if turned else read_table(names, block)
        if turned and len(reading.rows) == reading.width == 1:
            continue
        for frame in dict.fromkeys((printed_frame(grid), form_frame(grid))):
            if len(reading.rows) <= len(frame) and reading.width <= max(map(len, frame)):
                yield _by_targets(grid, PlacementWay.CURSOR, reading,
                                  _by_shape(grid, frame, reading, start, whole=False),
                                  turned=turned)
                yield _by_targets(grid, PlacementWay.SHAPE, reading, _by_shape(grid, frame, reading, start, whole=True),
                                  turned=turned)


def _turned(block: CellBlock) -> CellBlock:
    width = max((len(row) for row in block), default=0)
    texts = [[cell if isinstance(cell, str) else "" for cell in row] for row in block]
    return tuple(zip(*((*row, *[""] * (width - len(row))) for row in texts), strict=True))


def printed_frame(grid: Grid) -> CellFrame:
    """The cells as they lie on paper and screen."""
    rows: dict[int, list[tuple[int, Address]]] = {}
    for address, cell in grid_plan.make_grid_plan(grid).figures().items():
        rows.setdefault(cell.row, []).append((cell.column, address))
    return tuple(tuple(address for _, address in sorted(rows[row])) for row in sorted(rows))


def form_frame(grid: Grid) -> CellFrame:
    """The cells by the rows of the form, which table 4 prints side by side."""
    return tuple(tuple(Address(grid.id, row.id, column.id) for column in block.columns)
                 for block in grid.blocks for row in block.rows)


def _by_shape(grid: Grid, frame: CellFrame, reading: TableReading, start: Address, *, whole: bool) -> Targets:
    """From the cursor on; with `whole`, over all rows where the block has as many, and over whole rows where it is as
    wide. A total takes its place in the block, unless the block has exactly as many rows as there are input rows:
    then it was copied without."""
    first = next((i for i, row in enumerate(frame) if start in row), 0)
    count = len(reading.rows)
    rows = frame if whole and count in (len(frame), len(_fillable(grid, frame))) else frame[first:]
    rows = tuple(_fillable(grid, rows)) if count == len(_fillable(grid, rows)) < len(rows) else rows
    targets: list[Sequence[Address]] = []
    for at, row in enumerate(reading.rows):
        here = rows[at] if at < len(rows) else ()
        inputs = [cell for cell in here if not grid.is_total(cell)]
        if not (whole and len(row) in (len(here), len(inputs))):
            # a row of fewer and wider columns (table 2) begins where the cursor's cell would lie
            here = here[frame[first].index(start) * len(here) // len(frame[first]):] if start in frame[first] else here
            inputs = [cell for cell in here if not grid.is_total(cell)]
        targets.append(inputs if len(row) == len(inputs) < len(here) else here)
    return targets


def _fillable(grid: Grid, rows: CellFrame) -> CellFrame:
    return tuple(row for row in rows if any(not grid.is_total(cell) for cell in row))


def _by_targets(grid: Grid, way: PlacementWay, reading: TableReading, targets: Targets, *, turned: bool) -> Landing:
    texts = [(figure.text, cells[i] if i < len(cells) else None)
             for row, cells in zip(reading.rows, targets, strict=True) for i, figure in enumerate(row)]
    stated, puts, blanks, lost = _shared_out(grid, texts)
    return Landing(way, turned, puts, stated, reading.labels, blanks, tuple(texts[at][0] for at in lost))


def _shared_out(grid: Grid, texts: Sequence[tuple[str, Address | None]]) -> tuple[
        tuple[tuple[Address, str], ...], tuple[CellEntry, ...], int, list[int]]:
    """Texts for their cells: those of totals, those of input cells, how many are blank, which have no cell."""
    written = [(i, text, address) for i, (text, address) in enumerate(texts) if text.strip()]
    blanks = sum(1 for text, address in texts if not text.strip() and address and not grid.is_total(address))
    return (tuple((address, text) for _, text, address in written if address and grid.is_total(address)),
            tuple(make_cell_entry(grid, address, text) for _, text, address in written if address and
                  not grid.is_total(address)),
            blanks, [i for i, _, address in written if address is None])


def list_stated_totals(grid: Grid, landing: Landing) -> list[CellEntry]:
    """The totals that a block states, each as the cell would get it; not those that stand in it twice."""
    times = Counter(address for address, _ in landing.stated)
    return [make_cell_entry(grid, address, text) for address, text in landing.stated if times[address] == 1]


def read_stated_totals(grid: Grid, landing: Landing) -> list[tuple[Address, Value]]:
    """Those of them that can be read."""
    return [(one.address, one.entered.value) for one in list_stated_totals(grid, landing)
            if one.entered and one.entered.value is not None]


def find_contradictions(grid: Grid, landing: Landing, figures: Figures) -> list[str]:
    """Totals that the block states otherwise than its parts add up to in `figures`, as they would be."""
    return [f"{grid.cell_name(address)}：粘贴的是 {format_value(total)}，各格相加为 {format_value(figures[address])}"
            for address, total in read_stated_totals(grid, landing) if _differs(total, figures[address])]


def are_evidence(grid: Grid, landing: Landing, figures: Figures) -> bool:
    """Whether the totals of a block are to be kept without being asked for: they are all that it holds, or one of them
    is not what its parts add up to, so that they tell where the slip is. A spreadsheet's own sums, which agree, would
    only object to every later correction."""
    return not landing.puts or bool(find_contradictions(grid, landing, figures))


def _differs(total: Value, computed: Value | None) -> bool:
    return computed is not None and total != computed and not (total is NA and computed == 0)
