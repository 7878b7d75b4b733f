"""Reports made at random, and the same report laid out as paragraphs and tables, for writing files of every format."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from govdesk.base.numerals import Value, format_value
from govdesk.form import grid_plan
from govdesk.form.form import Address, Form, Grid
from govdesk.report.report import Entry, Key, Layer, Report, build_report
from govdesk.report.totals import compute_figures

ORGANS = ("临江区人民政府办公室", "青石县审计局", "云浦市自然资源和规划局", "白塔镇人民政府", "东湖街道办事处")
CLAUSES = ("坚持以公开为常态、不公开为例外", "及时发布政策文件和解读材料", "完善信息发布审核机制",
           "组织业务培训，提升工作人员能力", "优化门户网站栏目设置", "规范办理流程，按时答复申请人",
           "加强与申请人的沟通，准确把握其需求", "定期开展自查，整改发现的问题")


class Place(NamedTuple):
    """A cell of a table as it is laid out: its text, its place and its spans."""

    row: int
    column: int
    text: str
    rows: int
    columns: int
    figure: bool


class Layout(NamedTuple):
    """A table as it is laid out."""

    grid: str
    rows: int
    columns: int
    places: tuple[Place, ...]


Part = str | Layout


def made_report(form: Form, seed: int) -> Report:
    """A report whose figures and texts are drawn at random; the totals are stated as they add up."""
    rng = random.Random(seed)
    year = rng.randint(2021, 2030)
    if form.years.last is not None:
        year = form.years.last - year % 2
    values: dict[Key, Entry] = {}
    for address in (a for grid in form.grids.values() for a in grid.inputs):
        if form.grids[address.grid].is_amount(address):
            values[address] = Decimal(rng.choice(("0", "12.5", "3415.74", "0.038", "96171.6")))
        elif form.grids[address.grid].columns[address.column].signed:
            values[address] = Decimal(rng.choice((0, rng.randint(1, 99), -rng.randint(1, 99))))
        else:
            values[address] = Decimal(rng.choice((0, 0, 0, rng.randint(1, 9), rng.randint(10, 99),
                                                  rng.randint(100, 99999))))
    _balance(form, values)
    cover = {"organ.name": rng.choice(ORGANS), "year": str(year), "issued_on": f"{year + 1}-01-{rng.randint(10, 28)}"}
    texts: dict[Key, Entry] = {"preamble": "根据《中华人民共和国政府信息公开条例》编制本报告，所列数据的统计期限为"
                                           f"{year}年1月1日至12月31日。{_sentence(rng)}"}
    for text_id in form.texts:
        if text_id not in ("preamble", "proactive.text", "requests.text", "disputes.text"):
            texts[text_id] = "\n".join(_sentence(rng) for _ in range(rng.randint(1, 3)))
    base = build_report(form.id, {Layer.COVER: dict[Key, Entry](cover), Layer.VALUES: values, Layer.TEXTS: texts})
    totals = {a: v for a, v in compute_figures(form, base).items() if a not in form.input_cells and v is not None}
    return build_report(form.id, {**base.layers, Layer.STATED: dict[Key, Entry](totals)})


def _balance(form: Form, values: dict[Key, Entry]) -> None:
    """Makes 一 of every column what 三（七） and 四 leave of 二, and 二 small enough for it."""
    known = compute_figures(form, build_report(form.id, {Layer.VALUES: values}))
    for column in (c.id for c in form.grids["requests"].columns.values() if not c.is_total):
        new, before, done, after = (Address("requests", row, column) for row in (
            "new_requests", "carried_over_in", "results_total", "carried_forward_out"))
        whole = Decimal(str(known[done])) + Decimal(str(values[after]))
        values[before] = min(Decimal(str(values[before])), whole)
        values[new] = whole - Decimal(str(values[before]))


def _sentence(rng: random.Random) -> str:
    chosen = rng.sample(CLAUSES, rng.randint(2, 5))
    return "，".join(chosen) + f"，全年办理{rng.randint(1, 400)}件。"


def all_figures(report: Report) -> dict[Address, Value]:
    """Every figure of a report, stated totals included."""
    entries = {**report.entries(Layer.VALUES), **report.entries(Layer.STATED)}
    return {a: v for a, v in entries.items() if isinstance(a, Address) and not isinstance(v, str)}


def layout(grid: Grid, report: Report, shown: Callable[[Address], str] | None = None) -> Layout:
    """A table of a report as the form prints it."""
    known = all_figures(report)
    plan = grid_plan.make_grid_plan(grid)
    places = tuple(Place(cell.row, cell.column, cell.text if cell.address is None else
                         shown(cell.address) if shown else _printed(grid, known, cell.address),
                         cell.row_span, cell.column_span, cell.address is not None) for cell in plan.cells)
    return Layout(grid.id, plan.rows, plan.columns, places)


def _printed(grid: Grid, known: Mapping[Address, Value], address: Address) -> str:
    column = grid.columns[address.column]
    return format_value(known.get(address)) + (column.unit if column.unit_printed else "")


def laid_out(form: Form, report: Report, *, below: bool = True,
             shown: Callable[[Address], str] | None = None) -> Iterator[Part]:
    """A report from its title to its signature. `below`: the heads of the five parts run into their texts."""
    organ, year = report.cover("organ.name"), report.cover("year")
    yield f"{organ}{year}年政府信息公开工作年度报告"
    for section in form.sections:
        if section.heading:
            yield section.heading
        for text in section.texts:
            lines = report.text(text.id).split("\n") if report.text(text.id) else []
            if text.heading and below and lines:
                lines[0] = f"{text.heading}。{lines[0]}"
            elif text.heading:
                yield text.heading
            yield from lines
        if section.grid:
            yield layout(section.grid, report, shown)
    yield organ
    issued = report.cover("issued_on").split("-")
    yield f"{int(issued[0])}年{int(issued[1])}月{int(issued[2])}日"
