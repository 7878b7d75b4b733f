"""Reads the tables of a form from its TOML file: blocks, rows, columns and groups."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from govdesk.form.form import Grid, GridLine, Group, RowBlock, lines_in_group, require
from govdesk.formfile.toml_node import Node, require_unique

_LAYOUTS = ("blocks", "matrix", "strip")


def read_grids(nodes: list[Node]) -> dict[str, tuple[Grid, str]]:
    """Grids by the section they stand in, each with its path."""
    grids: dict[str, tuple[Grid, str]] = {}
    for node in nodes:
        section_id = node.id("section")
        require(section_id not in grids, node.at("section"), f"section {section_id!r} has a grid already")
        grids[section_id] = _grid(node), node.path
    require_unique([grid.id for grid, _ in grids.values()], "grid")
    return grids


def _grid(node: Node) -> Grid:
    widths = node.rest.pop("widths", [])
    require(isinstance(widths, list) and widths and all(isinstance(w, (int, float)) for w in widths),
            node.at("widths"), "must be a list of millimetres")
    require(all(w > 0 for w in widths), node.at("widths"), "must all be above 0")
    require(abs(sum(widths) - 156) < 0.01, node.at("widths"), f"must add up to 156 mm, not {sum(widths):g}")
    grid = Grid(node.id(), node.text("name"), node.text("title"), node.text("unit"), node.text("layout"),
                tuple(float(w) for w in widths), tuple(_block(n) for n in node.nodes("block", least=1)))
    require(grid.layout in _LAYOUTS, node.at("layout"), f"{grid.layout!r} is not one of {', '.join(_LAYOUTS)}")
    require_unique([row.id for block in grid.blocks for row in block.rows], node.at("block.rows"))
    _check_layout(grid, node)
    _check_width(grid, node.at("widths"))
    node.done()
    return grid


def _check_layout(grid: Grid, node: Node) -> None:
    """Nothing in the file that this layout would silently leave out."""
    require(grid.layout == "blocks" or len(grid.blocks) == 1, node.at("block"),
            f"a {grid.layout!r} table holds one block")
    unprinted = {"blocks": ("row_groups", "column_groups"), "matrix": ("band",),
                 "strip": ("band", "stub", "column_groups")}[grid.layout]
    for i, block in enumerate(grid.blocks):
        for key in unprinted:
            require(not getattr(block, key), node.at(f"block[{i}].{key}"), f"is not printed in a {grid.layout!r} table")
        for column in block.columns:
            require(column == next(c for b in grid.blocks for c in b.columns if c.id == column.id),
                    node.at(f"block[{i}].columns"), f"{column.id!r} differs from the one in another block")


def _check_width(grid: Grid, path: str) -> None:
    block = grid.blocks[0]
    depth = 1 + max((g.count(".") + 1 if g else 0) for g in (row.group for row in block.rows))
    printed = {"blocks": 1 + max(len(b.columns) for b in grid.blocks), "matrix": depth + len(block.columns),
               "strip": len(block.rows) * len(block.columns)}[grid.layout]
    require(len(grid.widths) == printed, path, f"the table has {printed} printed columns, not {len(grid.widths)}")


def _block(node: Node) -> RowBlock:
    row_groups, column_groups = _groups(node, "row_groups"), _groups(node, "column_groups")
    rows = tuple(_line(n, row_groups) for n in node.nodes("rows", least=1))
    columns = tuple(_line(n, column_groups) for n in node.nodes("columns", least=1))
    require_unique([c.id for c in columns], node.at("columns"))
    for lines, key in ((rows, "rows"), (columns, "columns")):
        for i, line in enumerate(lines):
            require(not line.is_total or any(lines_in_group(lines, line.total_of)), f"{node.at(key)}[{i}].total_of",
                    f"no input line is in {line.total_of!r}")
    block = RowBlock(rows, columns, MappingProxyType(row_groups), MappingProxyType(column_groups),
                     node.text("band", ""), _label(node.text("stub", ""))[0])
    node.done()
    return block


def _groups(node: Node, key: str) -> dict[str, Group]:
    groups = [_group(n) for n in node.nodes(key)]
    require_unique([group.id for group in groups], node.at(key))
    return {group.id: group for group in groups}


def _group(node: Node) -> Group:
    label, breaks = _label(node.text("label"))
    group = Group(node.id(), label, breaks, node.text("token", ""))
    node.done()
    return group


def _line(node: Node, groups: Mapping[str, Group]) -> GridLine:
    label, breaks = _label(node.text("label"))
    require(label, node.at("label"), "is empty")
    line = GridLine(node.id(), label, node.text("group", ""), breaks, node.text("total_of", ""),
                    node.text("mark", ""), node.text("short", ""), node.flag("amount"), node.text("token", ""),
                    node.flag("seldom"), node.text("unit", ""), node.flag("unit_printed"), node.flag("signed"))
    require(line.unit or not line.unit_printed, node.at("unit_printed"), "there is no `unit` to be printed")
    group = line.group
    while group:
        require(group in groups, node.at("group"), f"group {group!r} does not exist")
        group = group.rpartition(".")[0]
    node.done()
    return line


def _label(text: str) -> tuple[str, tuple[int, ...]]:
    """A label and the places where it may break: “商业|企业” → (“商业企业”, (2,))."""
    parts = text.split("|")
    breaks, length = [], 0
    for part in parts[:-1]:
        length += len(part)
        breaks.append(length)
    return "".join(parts), tuple(breaks)
