"""Plans where the labels and figures of a grid stand, with their spans; screen and paper share the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from govdesk.base.cell_role import CellRole
from govdesk.form.form import Address, Grid, GridLine, Group


class PlanCell(NamedTuple):
    """A cell at (row, column) with its spans. `address` only for figures; `line` is the row, column or group it
    labels, as its id."""

    row: int
    column: int
    role: CellRole
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    breaks: tuple[int, ...] = ()
    address: Address | None = None
    line: str = ""


class GridPlan(NamedTuple):
    """`rows` × `columns` places, wholly covered by `cells`; the first `head_rows` stay in sight and are repeated on
    paper, the first `stub_columns` hold row labels."""

    grid: Grid
    rows: int
    columns: int
    head_rows: int
    stub_columns: int
    cells: tuple[PlanCell, ...]

    def figures(self) -> dict[Address, PlanCell]:
        return {cell.address: cell for cell in self.cells if cell.address}


def make_grid_plan(grid: Grid) -> GridPlan:
    """Where every label and figure of a grid stands."""
    return {"blocks": _blocks, "matrix": _matrix, "strip": _strip}[grid.layout](grid)


def _blocks(grid: Grid) -> GridPlan:
    """Table 2: each block has a band, a head and its rows; fewer columns are stretched over the width."""
    width = 1 + max(len(block.columns) for block in grid.blocks)
    cells: list[PlanCell] = []
    row = 0
    for block in grid.blocks:
        if block.band:
            cells.append(PlanCell(row, 0, CellRole.BAND, block.band, column_span=width))
            row += 1
        cells.append(PlanCell(row, 0, CellRole.HEAD, block.stub))
        spans = _stretch(width - 1, len(block.columns))
        cells += [PlanCell(row, at, CellRole.HEAD, c.label, 1, span, c.breaks, line=c.id)
                  for c, (at, span) in zip(block.columns, spans, strict=True)]
        row += 1
        for line in block.rows:
            cells.append(PlanCell(row, 0, CellRole.LABEL, line.label, breaks=line.breaks, line=line.id))
            cells += [_figure(grid, line, c, (row, at), span)
                      for c, (at, span) in zip(block.columns, spans, strict=True)]
            row += 1
    return GridPlan(grid, row, width, 0, 1, tuple(cells))


def _stretch(places: int, columns: int) -> list[tuple[int, int]]:
    """(first place, span) of each column, counted after the stub; the last takes what is left."""
    share = places // columns
    return [(1 + i * share, share if i < columns - 1 else places - share * (columns - 1)) for i in range(columns)]


def _figure(grid: Grid, row: GridLine, column: GridLine, at: tuple[int, int], span: int = 1) -> PlanCell:
    return PlanCell(*at, CellRole.FIGURE, column_span=span, address=Address(grid.id, row.id, column.id))


def _matrix(grid: Grid) -> GridPlan:
    """Table 3: a stub as deep as the row groups, heads as deep as the column groups, one block."""
    block = grid.blocks[0]
    stub = 1 + max(_depth(row) for row in block.rows)
    head = 1 + max(_depth(column) for column in block.columns)
    cells = [PlanCell(0, 0, CellRole.HEAD, block.stub, head, stub)]
    for tree in _nested(block.columns, block.column_groups, 0, head):
        cells.append(PlanCell(tree.level, stub + tree.first, CellRole.HEAD, tree.text, tree.depth, tree.lines,
                              tree.breaks, line=tree.id))
    for tree in _nested(block.rows, block.row_groups, 0, stub):
        cells.append(PlanCell(head + tree.first, tree.level, CellRole.LABEL, tree.text, tree.lines, tree.depth,
                              tree.breaks, line=tree.id))
    cells += [_figure(grid, row, column, (head + i, stub + j))
              for i, row in enumerate(block.rows) for j, column in enumerate(block.columns)]
    return GridPlan(grid, head + len(block.rows), stub + len(block.columns), head, stub, _in_order(cells))


def _strip(grid: Grid) -> GridPlan:
    """Table 4: the rows of the form stand side by side over their columns, all figures in one row."""
    block = grid.blocks[0]
    levels = 1 + max(_depth(row) for row in block.rows)
    size, head = len(block.columns), levels + 1
    cells: list[PlanCell] = []
    for tree in _nested(block.rows, block.row_groups, 0, levels):
        # a row without a group has its columns right below it, as tall as the groups of the others are deep
        depth = 1 if tree.is_line else tree.depth
        cells.append(PlanCell(tree.level, tree.first * size, CellRole.HEAD, tree.text, depth, tree.lines * size,
                              tree.breaks, line=tree.id))
    for i, row in enumerate(block.rows):
        top = _depth(row) + 1
        for j, column in enumerate(block.columns):
            cells.append(PlanCell(top, i * size + j, CellRole.HEAD, column.label, head - top, 1, column.breaks,
                                  line=column.id))
            cells.append(_figure(grid, row, column, (head, i * size + j)))
    return GridPlan(grid, head + 1, len(block.rows) * size, head, 0, _in_order(cells))


class _Label(NamedTuple):
    """A line or group in a tree of labels: `first` line it covers, how many, at which level, how many levels deep."""

    id: str
    text: str
    breaks: tuple[int, ...]
    first: int
    lines: int
    level: int
    depth: int
    is_line: bool


def _depth(line: GridLine) -> int:
    return line.group.count(".") + 1 if line.group else 0


def _nested(lines: Sequence[GridLine], groups: Mapping[str, Group], level: int, levels: int) -> Iterator[_Label]:
    """Labels of lines and of the groups over them, by runs of neighbours in the same group."""
    i = 0
    while i < len(lines):
        line = lines[i]
        if _depth(line) <= level:
            yield _Label(line.id, line.label, line.breaks, i, 1, level, levels - level, True)
            i += 1
            continue
        group_id = ".".join(line.group.split(".")[:level + 1])
        run = i
        while run < len(lines) and ".".join(lines[run].group.split(".")[:level + 1]) == group_id:
            run += 1
        group = groups[group_id]
        yield _Label(group.id, group.label, group.breaks, i, run - i, level, 1, False)
        for inner in _nested(lines[i:run], groups, level + 1, levels):
            yield _Label(inner.id, inner.text, inner.breaks, i + inner.first, inner.lines, inner.level, inner.depth,
                         inner.is_line)
        i = run


def _in_order(cells: list[PlanCell]) -> tuple[PlanCell, ...]:
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
