"""Tables of published reports, as a browser puts them on the clipboard: every figure where the report has it."""

from __future__ import annotations

import json
from pathlib import Path

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.paste import clipboard_in, name_book, placement


def test_a_published_page_fills_its_three_tables(form: Form, shared: Path) -> None:
    page = (shared / "corpus" / "raw" / "city_hangzhou_style_2025.html").read_text(encoding="utf-8")
    report = json.loads((shared / "corpus" / "city_hangzhou_style_2025.json").read_text(encoding="utf-8"))
    wanted = {Address.parse(key): value for key, value in report["report"]["values"].items()}
    found: dict[Address, str] = {}
    for block in clipboard_in.blocks_from_html(page):
        for grid in form.grids.values():
            ways = placement.find_landings(name_book.load_name_book(form.id).of(grid), block, grid.addresses[-1])
            if ways:
                assert not ways[0].unplaced
                found |= {address: format_value(entered.value) for address, entered in ways[0].readable}
    assert found == {a: wanted[a] for a in form.input_cells if a in wanted}
    assert len(found) == len(form.input_cells)


def test_the_tables_of_the_form_of_2019_are_filled_only_where_the_names_agree(form: Form, shared: Path) -> None:
    page = (shared / "corpus" / "raw" / "shanghai_office_2019.rebuilt.html").read_text(encoding="utf-8")
    grid = form.grids["proactive"]
    (best,) = placement.find_landings(name_book.load_name_book(form.id).of(grid),
                                      clipboard_in.blocks_from_html(page)[0], grid.addresses[0])
    assert {put.address.column for put in best.puts} == {"decisions"}
    left = {one.label.replace("\n", "") for one in best.unplaced}
    assert left >= {"本年新制作数量", "对外公开总数量", "本年增/减", "政府集中采购"}
