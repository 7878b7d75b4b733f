"""Whatever is filled lands in the row and the column whose names stood beside it: tables made at random, spelled and
laid out as offices do, with names that the form has not among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from govdesk.form.form import Address, Grid
from govdesk.formfile import form_reader
from govdesk.paste import clipboard_in, clipboard_out, name_book, placement
from govdesk.paste.clipboard_in import CellBlock
from tests.conftest import FORM_ID

FORM = form_reader.load_form(FORM_ID)
BOOK = name_book.load_name_book(FORM_ID)
STRANGE = ("撤回", "收到申请总数", "占比", "某某局", "商业秘密", "转办", "结转", "上年同期")
NUMBERS = ("", "1.", "2、", "（三）", "(4)", "５．")


def spellings(grid: Grid) -> Mapping[str, list[str]]:
    """For each row and column the names that mean it alone, whatever stands around."""
    names = BOOK.of(grid)
    own = {line.id: [line.label, line.said] for line in (*grid.rows.values(), *grid.columns.values())}
    for found, ids in ((names._rows, grid.rows), (names._columns, grid.columns)):
        for key, lines in found.items():
            if len(lines) == 1 and (line := next(iter(lines))) in ids:
                own[line].append(key)
    return {line: [name for name in found if not names.is_generic(name)] for line, found in own.items()}


class Drawn(NamedTuple):
    """A block, and for each text of a figure the cell that its names stand for (None: one of them is strange)."""

    block: CellBlock
    cells: Mapping[str, Address | None]


@st.composite
def tables(draw: st.DrawFn, grid: Grid, layout: str) -> Drawn:
    spelled, within = spellings(grid), draw(st.sampled_from(grid.blocks))
    rows, columns = (draw(st.lists(st.sampled_from([line.id for line in lines if spelled[line.id]]), min_size=1,
                                   max_size=8, unique=True)) for lines in (within.rows, within.columns))
    strange = draw(st.lists(st.sampled_from(STRANGE), max_size=3, unique=True))
    labels = {line: draw(st.sampled_from(spelled[line])) for line in (*rows, *columns)}
    labels |= {row: draw(st.sampled_from(NUMBERS)) + labels[row] for row in rows if labels[row][0] not in "（123456789"}
    labels |= {word: word for word in strange}
    down, along = draw(st.permutations([*rows, *strange[:2]])), draw(st.permutations([*columns, *strange[2:]]))
    cells: dict[str, Address | None] = {}
    lines = [["", *(labels[column] for column in along)]]
    for row in down:
        line = [labels[row]]
        for column in along:
            line.append(str(1000 + len(cells)))
            cells[line[-1]] = Address(grid.id, row, column) if row in rows and column in columns else None
        lines.append(line)
    if layout == "turned":
        lines = [list(line) for line in zip(*lines, strict=True)]
    if layout == "list":
        lines = [[line[0], head, figure] for line in lines[1:]
                 for head, figure in zip(lines[0][1:], line[1:], strict=True)]
    if draw(st.booleans()):
        return Drawn(clipboard_in.blocks_from_html(clipboard_out.to_html_table(lines))[0], cells)
    return Drawn(clipboard_in.block_from_text(clipboard_out.to_tabbed_text(lines)), cells)


def check(grid: Grid, drawn: Drawn) -> None:
    found = placement.find_landings(BOOK.of(grid), drawn.block, grid.addresses[0])
    for landing in found:
        where = {put.text: put.address for put in landing.puts} | {text: a for a, text in landing.stated}
        left = {text for one in landing.unplaced for text in one.texts}
        assert {text: address for text, address in where.items() if drawn.cells[text] != address} == {}
        assert left | set(where) == set(drawn.cells) and not left & set(where)
        assert not landing.cut


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_whatever_is_filled_lands_where_its_names_stood(data: st.DataObject) -> None:
    grid = data.draw(st.sampled_from(list(FORM.grids.values())))
    check(grid, data.draw(tables(grid, data.draw(st.sampled_from(["plain", "turned", "list"])))))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_table_whose_names_are_all_known_is_filled_whole(data: st.DataObject) -> None:
    grid = FORM.grids["requests"]
    drawn = data.draw(tables(grid, data.draw(st.sampled_from(["plain", "turned"]))).filter(
        lambda drawn: None not in drawn.cells.values()))
    best = placement.find_landings(BOOK.of(grid), drawn.block, grid.addresses[0])[0]
    assert len(best.puts) + len(best.stated) == len(drawn.cells) and not best.unplaced
