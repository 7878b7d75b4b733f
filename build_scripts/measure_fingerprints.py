"""Measures how often a planted slip is found by its gap, in every figure of table three, for docs/checks.md.

    PYTHONPATH=. .venv/bin/python build_scripts/measure_fingerprints.py

Takes the complete reports of the corpus beside the checkout and the sample, plants in every cell that is not 0 each of
five slips, and counts how often the cell is the first guess, and among the first three.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from govdesk import cli
from govdesk.exchange import report_file
from govdesk.findings.causes import find_causes
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Entry, Key, Layer, Report, build_report
from govdesk.session.previous_year import printed_figures
from govdesk.session.session import take_snapshot
from govdesk.suggestions import Guess, find_likely

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FORM_ID, GRID = "ogi-annual-report-2021", "requests"
SLIP_KINDS = ("left_out", "swapped", "next_column", "next_row", "doubled")
# What may be known besides the figures; each line of the table knows what the ones above it know, too.
KNOWN_LAYERS: Mapping[str, tuple[Layer, ...]] = {
    "只有各列的勾稽": (Layer.STATED, Layer.TEXTS, Layer.PREVIOUS), "＋上年的数": (Layer.STATED, Layer.TEXTS),
    "＋文字中的数": (Layer.STATED,), "＋原件的合计": ()}
SECTIONS = {"一": "overview.on_request", "二": "proactive.text", "三": "requests.text", "四": "disputes.text",
            "五": "problems", "六": "other_matters"}
OTHER_ROWS = ("other_correction_overdue", "other_fee_unpaid", "other_misc")       # printed as one row in 2019


class PlantedSlip(NamedTuple):
    """A figure gone wrong: where it belongs, and the cells as they stand then."""

    kind: str
    cell: Address
    typed: dict[Address, Decimal]


def main() -> None:
    form = form_reader.load_form(FORM_ID)
    held = collect_reports(form)
    printed = {name: report for name, report in held.items() if states_rows(form, report)}
    print(f"{len(held)} reports; {len(printed)} state the totals of their rows\n")
    for line in table_lines(form, held):
        print(line)
    print()
    for line in table_lines(form, printed, known=["＋原件的合计"]):
        print(line)
    for lines in (paper_total_lines(form, held), table_four_lines(form, held)):
        print()
        for line in lines:
            print(line)


def table_lines(form: Form, held: Mapping[str, Report], known: list[str] | None = None) -> Iterator[str]:
    """Lines of a table in Markdown: kind, slips planted, first, among three, and nothing said."""
    yield "| 已知 | 差错 | 次数 | 第一位 | 前三位 | 没有提示 |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    titles = {slip.id: slip.title for slip in form.slips}
    for name in known or KNOWN_LAYERS:
        found = measure_slips(form, held, KNOWN_LAYERS[name])
        for kind in SLIP_KINDS:
            yield _line(name, titles[kind], found[kind])
        yield _line(name, "合计", sum(found.values(), Counter()))


def paper_total_lines(form: Form, held: Mapping[str, Report]) -> Iterator[str]:
    """What it helps to type some of the paper's totals, or all: every report with the totals of its own figures."""
    yield "| 录了哪些原件合计 | 格数 | 第一位 | 前三位 | 没有提示 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    grid = form.grids[GRID]
    chosen = {"一个也没有": set(), "只有（七）总计一行": {a for a in grid.parts if grid.rows[a.row].is_total},
              "只有总计一列": {a for a in grid.parts if grid.columns[a.column].is_total}, "全部": set(grid.parts)}
    for name, cells in chosen.items():
        told = {key: _only(with_totals(form, report), cells) for key, report in held.items()}
        found = sum(measure_slips(form, told, (Layer.TEXTS, Layer.PREVIOUS)).values(), Counter())
        shares = " | ".join(f"{100 * found[what] / found['planted']:.1f} %" for what in ("first", "three", "silent"))
        yield f"| {name} | {len(cells)} | {shares} |"


def table_four_lines(form: Form, held: Mapping[str, Report]) -> Iterator[str]:
    """The same slips in table four, with the totals of its own figures."""
    yield "| 表四，录了原件合计 | 次数 | 第一位 | 前三位 | 没有提示 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    told = {name: with_totals(form, report) for name, report in held.items()}
    found, titles = measure_slips(form, told, (Layer.TEXTS, Layer.PREVIOUS), "disputes"), {s.id: s.title for s
                                                                                           in form.slips}
    for kind in SLIP_KINDS:
        yield _shares(titles[kind], found[kind])
    yield _shares("合计", sum(found.values(), Counter()))


def _shares(title: str, found: Counter[str]) -> str:
    planted = max(1, found["planted"])
    shares = " | ".join(f"{100 * found[what] / planted:.1f} %" for what in ("first", "three", "silent"))
    return f"| {title} | {planted} | {shares} |"


def _only(report: Report, cells: set[Address]) -> Report:
    return with_layer(report, Layer.STATED, {key: v for key, v in report.entries(Layer.STATED).items() if key in cells})


def _line(known: str, title: str, found: Counter[str]) -> str:
    shares = " | ".join(f"{100 * found[what] / found['planted']:.1f} %" for what in ("first", "three", "silent"))
    return f"| {known} | {title} | {found['planted']} | {shares} |"


def measure_slips(form: Form, held: Mapping[str, Report], unknown: tuple[Layer, ...],
                  grid_id: str = GRID) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {kind: Counter() for kind in SLIP_KINDS}
    for whole in held.values():
        report = build_report(whole.form_id, {layer: e for layer, e in whole.layers.items() if layer not in unknown})
        for slip in plant_slips(form, report, grid_id):
            guesses = [guess.cell for guess in guess_slip(form, report, slip)]
            found[slip.kind] += Counter(planted=1, first=slip.cell in guesses[:1], three=slip.cell in guesses[:3],
                                        silent=not guesses)
    return found


def guess_slip(form: Form, report: Report, slip: PlantedSlip) -> tuple[Guess, ...]:
    """The guesses for the first cause that was not there before the slip."""
    before = {(f.rule, f.line) for f in take_snapshot(form, report).failed()}
    after = take_snapshot(form, with_layer(report, Layer.VALUES, {**report.entries(Layer.VALUES), **slip.typed}))
    for cause in find_causes(form, after.findings):
        found = find_likely(after, [f for f in cause.findings if (f.rule, f.line) not in before])
        if found:
            return found
    return ()


def plant_slips(form: Form, report: Report, grid_id: str = GRID) -> Iterator[PlantedSlip]:
    """Five slips in every cell of a table that is not 0."""
    grid = form.grids[grid_id]
    block, typed = grid.blocks[0], report.entries(Layer.VALUES)
    columns = [c.id for c in block.columns if not c.is_total]
    rows = [r.id for r in block.rows if not r.is_total]
    value = {a: v for a in grid.inputs if isinstance(v := typed.get(a), Decimal)}
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            cell = Address(grid_id, row, column)
            figure = value.get(cell)
            if not figure:
                continue
            yield PlantedSlip("left_out", cell, {cell: Decimal(0)})
            yield PlantedSlip("doubled", cell, {cell: 2 * figure})
            yield from (PlantedSlip("swapped", cell, {cell: other}) for other in _swaps(figure))
            beside = (Address(grid_id, row, c) for c in columns[j + 1:])
            below = (Address(grid_id, r, column) for r in rows[i + 1:])
            yield from _moved("next_column", cell, next(beside, None), value)
            yield from _moved("next_row", cell, next(below, None), value)


def _swaps(figure: Decimal) -> Iterator[Decimal]:
    digits = str(figure)
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield Decimal(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2:])


def _moved(kind: str, cell: Address, other: Address | None, value: Mapping[Address, Decimal]) -> Iterator[PlantedSlip]:
    """The figure stands one further; where that cell has a figure of its own, the two have changed places."""
    if other is not None and value.get(other) != value[cell]:
        yield PlantedSlip(kind, cell, {cell: value.get(other, Decimal(0)), other: value[cell]})


# -- the reports

def collect_reports(form: Form) -> dict[str, Report]:
    """The sample with the totals of its paper, and the reports whose table three is complete, with last year's figures
    where the corpus has the year before."""
    found = {"sample": with_totals(form, cli.sample_report())}
    for entry in json.loads((CORPUS / "index.json").read_text(encoding="utf-8")):
        if entry["complete"]["table3"] == "complete":
            found[entry["file"].removesuffix(".json")] = _read(form, json.loads((CORPUS / entry["file"]).read_bytes()))
    for name, report in list(found.items()):
        before = found.get(f"{name[:-4]}{int(name[-4:]) - 1}") if name[-4:].isdigit() else None
        if before is not None:
            found[name] = with_layer(report, Layer.PREVIOUS, printed_figures(take_snapshot(form, before)))
    return found


def _read(form: Form, held: dict[str, Any]) -> Report:
    texts: dict[str, str] = {}
    for excerpt in held.get("narrative_excerpts", []):
        text_id = SECTIONS.get(excerpt["section"][:1])
        if text_id:
            texts[text_id] = texts.get(text_id, "") + excerpt["text"] + "\n"
    report, columns = held["report"], [c.id for c in form.grids[GRID].blocks[0].columns if not c.is_total]
    values = {key: "na" if value in ("/", "-", "—") else value for key, value in report["values"].items()}
    for column, value in zip(columns, held.get("other_handling_single_row", []), strict=False):
        values |= {f"{GRID}/{row}/{column}": "0" for row in OTHER_ROWS} | {f"{GRID}/other_misc/{column}": value or "0"}
    table = {**report, "form": form.id, "year": report["year"] or 2023, "texts": texts, "values": values}
    read = report_file.load_report(json.dumps(table).encode(), "corpus")
    zeros: dict[Key, Entry] = dict.fromkeys(form.grids[GRID].inputs, Decimal(0))      # an empty cell is a 0 here
    return with_layer(read, Layer.VALUES, {**zeros, **read.entries(Layer.VALUES)})


def with_layer(report: Report, layer: Layer, entries: Mapping[Key, Entry]) -> Report:
    return build_report(report.form_id, {**report.layers, layer: entries})


def with_totals(form: Form, report: Report) -> Report:
    """The report with its totals as a paper prints them."""
    figures = take_snapshot(form, report).figures
    totals = {a: figures[a] for grid in form.grids.values() for a in grid.parts}
    return with_layer(report, Layer.STATED, {a: v for a, v in totals.items() if v is not None})


def states_rows(form: Form, report: Report) -> bool:
    grid = form.grids[GRID]
    stated = sum(report.stated(a) is not None for a in grid.parts if grid.columns[a.column].is_total)
    return stated >= len(grid.rows) - 3      # the three rows of 其他处理 are one in the form of 2019


if __name__ == "__main__":
    main()
