"""Where a block from another program lands in a table: by the names of its rows and columns, by its shape, or from the
cursor on; as it stands, or turned. Nothing is written here: a landing is an offer.

Labels and totals keep their place and are passed over. A blank leaves its cell alone. What cannot be read is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from govdesk import gridplan, tapes
from govdesk.blocks import Block
from govdesk.form import Address, Grid
from govdesk.numerals import NA, NumeralError, Value, shorten, show
from govdesk.pastenames import Body, BodyRow, Names, body_of
from govdesk.records import Record
from govdesk.tapes import Entered
from govdesk.totals import Figures

Frame = tuple[tuple[Address, ...], ...]      # the cells of a table, row by row
Targets = Sequence[Address | None]           # where the figures of a row go; None, or too few: nowhere


class Way(Enum):
    """How a block found its place."""

    NAMES = "按行名、列名对应"
    SHAPE = "按行数、列数对应整行整列"
    CURSOR = "从光标所在的格放起"


class Put(Record):
    """What one cell would get; `entered` is None where the text cannot be read, for `reason`."""

    address: Address
    text: str
    entered: Entered | None
    reason: str = ""


class Landing(Record):
    """One way to place a block. `stated`: totals in the block with their text; `cut`: texts that find no cell."""

    way: Way
    turned: bool
    puts: tuple[Put, ...]
    stated: tuple[tuple[Address, str], ...] = ()
    labels: int = 0
    blanks: int = 0
    cut: tuple[str, ...] = ()

    @property
    def readable(self) -> list[tuple[Address, Entered]]:
        return [(put.address, put.entered) for put in self.puts if put.entered is not None]

    @property
    def refused(self) -> list[Put]:
        return [put for put in self.puts if put.entered is None]

    @property
    def clean(self) -> bool:
        """No cell would get two figures, as where one clipboard holds two tables with the same rows."""
        return len({put.address for put in self.puts}) == len(self.puts)

    @property
    def words(self) -> str:
        return f"{'行列互换，' if self.turned else ''}{self.way.value}"


def put(grid: Grid, address: Address, text: str) -> Put:
    """One text for one cell."""
    try:
        return Put(address, text, tapes.read(text, whole=not grid.is_amount(address)))
    except NumeralError as error:
        quoted = str(error) if "“" in str(error) else f"“{shorten(text, 12)}”{error}"
        return Put(address, text, None, quoted)


def landings(grid: Grid, block: Block, start: Address) -> list[Landing]:
    """Every sensible way, the best first; none where the block holds no figure or is larger than the table."""
    names, found = Names(grid), []
    for turned in (False, True):
        body = body_of(names, _turned(block) if turned else block)
        if body.rows and body.width:
            found += list(_ways(grid, body, start, turned=turned))
    found = sorted((landing for landing in found if (landing.puts or landing.stated) and landing.clean), key=_worth)
    return [landing for i, landing in enumerate(found) if all(landing.puts != one.puts for one in found[:i])]


def _worth(landing: Landing) -> tuple[bool, int, bool]:
    """Names prove most; then what fits whole; then what need not be turned. (The order of `_ways` decides the rest.)"""
    return landing.way is not Way.NAMES, len(landing.cut), landing.turned


def size(grid: Grid, block: Block) -> tuple[int, int]:
    """Rows and columns of figures in a block."""
    body = body_of(Names(grid), block)
    return len(body.rows), body.width


def _turned(block: Block) -> Block:
    width = max((len(row) for row in block), default=0)
    return tuple(zip(*((*row, *[""] * (width - len(row))) for row in block), strict=True))


def _ways(grid: Grid, body: Body, start: Address, *, turned: bool) -> Iterator[Landing]:
    if body.named:
        yield _landing(grid, Way.NAMES, body, [_by_name(grid, body, row, start) for row in body.rows], turned=turned)
    elif len(grid.blocks) == 1 and all(body.headed(row) for row in body.rows):
        yield _landing(grid, Way.NAMES, body, _by_heads(grid, body, start), turned=turned)
    if turned and len(body.rows) == body.width == 1:
        return
    for frame in dict.fromkeys((printed(grid), named(grid))):
        if len(body.rows) <= len(frame) and body.width <= max(map(len, frame)):
            yield _landing(grid, Way.CURSOR, body, _by_shape(grid, frame, body, start, whole=False), turned=turned)
            yield _landing(grid, Way.SHAPE, body, _by_shape(grid, frame, body, start, whole=True), turned=turned)


def printed(grid: Grid) -> Frame:
    """The cells as they lie on paper and screen."""
    rows: dict[int, list[tuple[int, Address]]] = {}
    for address, cell in gridplan.plan(grid).figures().items():
        rows.setdefault(cell.row, []).append((cell.column, address))
    return tuple(tuple(address for _, address in sorted(rows[row])) for row in sorted(rows))


def named(grid: Grid) -> Frame:
    """The cells by the rows of the form, which table 4 prints side by side."""
    return tuple(tuple(Address(grid.id, row.id, column.id) for column in block.columns)
                 for block in grid.blocks for row in block.rows)


def _by_name(grid: Grid, body: Body, row: BodyRow, start: Address) -> Targets:
    cells = next((cells for cells in named(grid) if cells[0].row == row.name), ())
    if not cells or (body.headed(row) and len(grid.blocks) == 1):
        return [next((c for c in cells if c.column == body.heads.get(column)), None) for column in row.columns]
    inputs = [cell for cell in cells if not grid.is_total(cell)]
    if len(row.figures) == len(cells):
        return cells
    if len(row.figures) == len(inputs):
        return inputs
    at = next((i for i, cell in enumerate(cells) if cell.column == start.column), 0)
    return cells[at:] if len(row.figures) <= len(cells) - at else cells


def _by_heads(grid: Grid, body: Body, start: Address) -> list[Targets]:
    """Columns by their heads, rows from the cursor on, or all where the block has as many."""
    frame = named(grid)
    first = 0 if len(body.rows) == len(frame) else next(i for i, row in enumerate(frame) if start in row)
    rows = [*frame[first:], *[()] * len(body.rows)]
    return [[next((c for c in cells if c.column == body.heads.get(column)), None) for column in row.columns]
            for row, cells in zip(body.rows, rows, strict=False)]


def _by_shape(grid: Grid, frame: Frame, body: Body, start: Address, *, whole: bool) -> list[Targets]:
    """From the cursor on; with `whole`, over all rows where the block has as many, and over whole rows where it is as
    wide. A total takes its place in the block, unless the block has exactly as many rows as there are input rows:
    then it was copied without."""
    first = next((i for i, row in enumerate(frame) if start in row), 0)
    count = len(body.rows)
    rows = frame if whole and count in (len(frame), len(_fillable(grid, frame))) else frame[first:]
    rows = tuple(_fillable(grid, rows)) if count == len(_fillable(grid, rows)) < len(rows) else rows
    targets: list[Targets] = []
    for at, row in enumerate(body.rows):
        here = rows[at] if at < len(rows) else ()
        inputs = [cell for cell in here if not grid.is_total(cell)]
        if not (whole and len(row.figures) in (len(here), len(inputs))):
            # a row of fewer and wider columns (table 2) begins where the cursor's cell would lie
            here = here[frame[first].index(start) * len(here) // len(frame[first]):] if start in frame[first] else here
            inputs = [cell for cell in here if not grid.is_total(cell)]
        targets.append(inputs if len(row.figures) == len(inputs) < len(here) else here)
    return targets


def _fillable(grid: Grid, rows: Frame) -> Frame:
    return tuple(row for row in rows if any(not grid.is_total(cell) for cell in row))


def _landing(grid: Grid, way: Way, body: Body, targets: Sequence[Targets], *, turned: bool) -> Landing:
    puts: list[Put] = []
    stated: list[tuple[Address, str]] = []
    cut: list[str] = []
    blanks = 0
    for row, cells in zip(body.rows, targets, strict=True):
        for i, text in enumerate(row.figures):
            address = cells[i] if i < len(cells) else None
            if not text.strip():
                blanks += address is not None and not grid.is_total(address)
            elif address is None:
                cut.append(text)
            elif grid.is_total(address):
                stated.append((address, text))
            else:
                puts.append(put(grid, address, text))
    return Landing(way, turned, tuple(puts), tuple(stated), body.labels, blanks, tuple(cut))


def said(grid: Grid, landing: Landing) -> list[Put]:
    """The totals that a block states, each as the cell would get it; not those that stand in it twice."""
    times = Counter(address for address, _ in landing.stated)
    return [put(grid, address, text) for address, text in landing.stated if times[address] == 1]


def totals(grid: Grid, landing: Landing) -> list[tuple[Address, Value]]:
    """Those of them that can be read."""
    return [(one.address, one.entered.value) for one in said(grid, landing)
            if one.entered and one.entered.value is not None]


def contradictions(grid: Grid, landing: Landing, figures: Figures) -> list[str]:
    """Totals that the block states otherwise than its parts add up to in `figures`, as they would be."""
    return [f"{grid.cell_name(address)}：粘贴的是 {show(total)}，各格相加为 {show(figures[address])}"
            for address, total in totals(grid, landing) if _differs(total, figures[address])]


def are_evidence(grid: Grid, landing: Landing, figures: Figures) -> bool:
    """Whether the totals of a block are to be kept without being asked for: they are all that it holds, or one of them
    is not what its parts add up to, so that they tell where the slip is. A spreadsheet's own sums, which agree, would
    only object to every later correction."""
    return not landing.puts or bool(contradictions(grid, landing, figures))


def _differs(total: Value, computed: Value | None) -> bool:
    return computed is not None and total != computed and not (total is NA and computed == 0)
