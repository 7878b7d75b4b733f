"""Measures how often two slips at once are found by the fewest cells that settle all sums, for docs/checks.md.

    PYTHONPATH=. .venv/bin/python build_scripts/measure_double_slips.py [PAIRS]

Over the reports and slips of measure_fingerprints.py, those that are faultless. Of each report PAIRS pairs of slips
(20 where nothing is said) are drawn by a generator that is seeded by its name, no two of one cell and three cells at
most. What is offered is taken cause by cause, as the cards show it: the set of cells where there is one, else the
single slips. A pair is named first where the first of every offer are just its cells, and among three where each of its
cells is in one of the three.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from random import Random
from time import process_time
from typing import NamedTuple

import measure_fingerprints as measure

from govdesk.findings.causes import find_causes
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Entry, Key, Layer, Report, build_report
from govdesk.session.session import take_snapshot
from govdesk.suggestions import CellSet, Guess, find_fewest_cells, find_likely

PAIRS_OF_A_REPORT = 20
WHERE = ("同一列", "同一行", "不同行列")


class PlantedPair(NamedTuple):
    """Two slips at once."""

    one: measure.PlantedSlip
    other: measure.PlantedSlip

    @property
    def cells(self) -> frozenset[Address]:
        return frozenset((*self.one.typed, *self.other.typed))

    @property
    def where(self) -> str:
        rows, columns = ({getattr(cell, line) for cell in self.cells} for line in ("row", "column"))
        return "同一列" if len(columns) == 1 else "同一行" if len(rows) == 1 else "不同行列"


def main() -> None:
    form = form_reader.load_form(measure.FORM_ID)
    held = faultless_reports(form)
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS_OF_A_REPORT
    print(f"{len(held)} reports")
    for line in table_lines(form, held, pairs):
        print(line, flush=True)


def faultless_reports(form: Form) -> dict[str, Report]:
    """Those in whose tables no sum is off."""
    return {name: report for name, report in measure.collect_reports(form).items()
            if not any(f.rule in ("N01", "N02", "N03", "N04") for f in take_snapshot(form, report).failed())}


def table_lines(form: Form, held: Mapping[str, Report], pairs: int) -> Iterator[str]:
    """Lines of a table in Markdown; 毫秒: processor time of what one card offers, 95 of 100 and the longest."""
    yield "| 已知 | 两处差错 | 次数 | 只猜一处：第一位 | 加上最少几格：第一位 | 前三位 | 提出几格 | 毫秒（95%，最长） |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for known, unknown in measure.KNOWN_LAYERS.items():
        found: dict[str, Counter[str]] = {where: Counter() for where in WHERE}
        took: dict[str, list[float]] = {where: [] for where in WHERE}
        for name, whole in held.items():
            report = build_report(whole.form_id, {k: e for k, e in whole.layers.items() if k not in unknown})
            for pair in draw_pairs(form, name, report, pairs):
                counts, seconds = judge_pair(form, report, pair)
                found[pair.where] += counts
                took[pair.where] += seconds
        for where in WHERE:
            yield _line(known, where, found[where], took[where])
        yield _line(known, "合计", sum(found.values(), Counter()), list(chain.from_iterable(took.values())))


def _line(known: str, where: str, found: Counter[str], took: list[float]) -> str:
    planted = max(1, found["planted"])
    shares = " | ".join(f"{100 * found[what] / planted:.1f} %" for what in ("single", "first", "three", "sets"))
    times = [f"{1000 * sorted(took)[at]:.0f}" for at in (len(took) * 95 // 100, -1)] if took else []
    return f"| {known} | {where} | {found['planted']} | {shares} | {'，'.join(times)} |"


def draw_pairs(form: Form, name: str, report: Report, pairs: int) -> Iterator[PlantedPair]:
    slips, drawn = list(measure.plant_slips(form, report)), Random(name)
    seen: set[frozenset[int]] = set()
    wanted = min(pairs, len(slips) * (len(slips) - 1) // 8)
    for _ in range(40 * pairs):
        one, other = drawn.randrange(len(slips)), drawn.randrange(len(slips))
        pair, key = PlantedPair(slips[one], slips[other]), frozenset((one, other))
        if key in seen or not slips[one].typed.keys().isdisjoint(slips[other].typed) or len(pair.cells) > 3:
            continue
        seen.add(key)
        yield pair
        if len(seen) == wanted:
            return


def judge_pair(form: Form, report: Report, pair: PlantedPair) -> tuple[Counter[str], list[float]]:
    before = {(f.rule, f.line) for f in take_snapshot(form, report).failed()}
    typed: dict[Key, Entry] = {**report.entries(Layer.VALUES)}
    typed |= {**pair.one.typed, **pair.other.typed}
    after = take_snapshot(form, measure.with_layer(report, Layer.VALUES, typed))
    causes = [cause for cause in find_causes(form, after.findings) if (cause.lead.rule, cause.lead.line) not in before]
    singles = [_cells(find_likely(after, cause.findings)) for cause in causes]
    offers, took = [], []
    for cause in causes:                     # as a card does it
        begun = process_time()
        offers.append(_cells(find_fewest_cells(after, cause.findings) or find_likely(after, cause.findings)))
        took.append(process_time() - begun)
    return Counter(
        planted=1, sets=offers != singles, single=_firsts(singles) == pair.cells, first=_firsts(offers) == pair.cells,
        three=pair.cells <= {cell for offer in offers for cells in offer for cell in cells}), took


def _cells(offer: Sequence[Guess | CellSet]) -> list[frozenset[Address]]:
    """The cells of each thing that is offered."""
    return [frozenset(one.rights()) for one in offer]


def _firsts(offers: Iterable[list[frozenset[Address]]]) -> frozenset[Address]:
    return frozenset(cell for offer in offers for cells in offer[:1] for cell in cells)


if __name__ == "__main__":
    main()
