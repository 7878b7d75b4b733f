"""Sums of cells as the form writes them, “requests/new_requests/total + requests/results.refused/total”, with their
names."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form, Grid, lines_in_group
from govdesk.texts.tokens import Term


class Reading(NamedTuple):
    """What a number may mean: its name in the words of the form, its figure, and the token that stands for it
    (“” where no cells are added up)."""

    name: str
    value: Decimal
    token: str
    cells: tuple[Address, ...]
    terms: tuple[Term, ...] = ()     # none for a rate


def show_number(number: Decimal) -> str:
    return format_value(number)


def known(form: Form, expression: str) -> Reading:
    """An expression without its figure: the rules ask for the same ones at every key."""
    held: Reading | None = form.kept.get(expression)
    if held is None:
        parts = terms(form, expression)
        cells = tuple(cell for term in parts for cell in term.cells)
        held = Reading(name_of_sum(form, parts), Decimal(0), token(form, parts), cells, parts)
        form.kept[expression] = held
    return held


def terms(form: Form, expression: str) -> tuple[Term, ...]:
    """“requests/new_requests/total + requests/results.refused/total”: rows may be groups. KeyError for what is none."""
    found, sign = [], 1
    for word in expression.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
            continue
        grid_id, row, column = word.split("/")
        block = form.grids[grid_id].blocks[0] if len(form.grids[grid_id].blocks) == 1 else None
        rows = [r.id for r in lines_in_group(block.rows, row)] if block and row in block.row_groups else [row]
        cells = tuple(Address(grid_id, r, column) for r in rows)
        if not cells or not form.cells.issuperset(cells):
            raise KeyError(word)
        found.append(Term(sign, cells))
    return tuple(found)


def in_columns(expression: str, columns: str) -> str:
    """An expression over totals, in columns “a + b” in their place."""
    wanted = [word for word in columns.split() if word != "+"]
    found, sign = [], "+"
    for word in expression.split():
        if word in "+-":
            sign = word
        else:
            found += [f"{sign} {word.rpartition('/')[0]}/{column}" for column in wanted]
    return " ".join(found).removeprefix("+ ")


def token(form: Form, parts: tuple[Term, ...]) -> str:
    """The token of a sum: 〔表三·本年新收·总计＋表三·上年结转·总计〕."""
    words = [("＋" if t.sign > 0 else "－") + form.sayings[t.cells] for t in parts]
    return f"〔{''.join(words).removeprefix('＋')}〕"


def name_of_sum(form: Form, parts: tuple[Term, ...]) -> str:
    """A sum as a sentence calls it: “本年新收＋上年结转”; the column where it is not the total."""
    words = []
    for (sign, row), terms_of_row in groupby(parts, key=lambda t: (t.sign, form.sayings[t.cells].split("·")[1])):
        cells = [term.cells[0] for term in terms_of_row]
        grid = form.grids[cells[0].grid]
        total = len(cells) == 1 and grid.columns[cells[0].column].is_total
        words.append(("＋" if sign > 0 else "－") + (row if total else f"{row}（{_columns(grid, cells)}）"))
    return "".join(words).removeprefix("＋")


def _columns(grid: Grid, cells: list[Address]) -> str:
    """What several columns of one row are called: the group that they are, or all their names."""
    block, named = grid.block_of(cells[0].row), {cell.column for cell in cells}
    groups = (g.label for g in block.column_groups.values() if {c.id for c in lines_in_group(block.columns, g.id)}
              == named)
    return next(groups, "") or "、".join(grid.columns[cell.column].said for cell in cells)
