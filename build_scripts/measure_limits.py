"""Measures what no method could find, what wrong texts lead to, and how much depends on the weights, for
docs/checks.md.

    PYTHONPATH=. .venv/bin/python build_scripts/measure_limits.py [weights]

Over the same reports and slips as measure_fingerprints.py, everything known that the paper prints. `weights` halves and
doubles every weight of the guesses in turn, and chooses them anew for each report by the eleven others (half an hour).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import measure_fingerprints as measure

from govdesk import suggestions
from govdesk.checks import Facts
from govdesk.checks.readings import JudgedClaim, find_claimed_numbers
from govdesk.findings.causes import find_causes
from govdesk.form.form import Form
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, Report
from govdesk.session.session import Snapshot, take_snapshot
from govdesk.suggestions import scoring, text_evidence
from govdesk.suggestions.candidates import find_guesses

WEIGHT_FACTORS = (0.5, 2.0)
SINGLE_WEIGHTS = ("SETTLED", "UPSET", "WORSE", "ALIKE", "SELDOM")
TEXT_WEIGHTS = ("BORNE_OUT", "DENIED")


def main() -> None:
    form = form_reader.load_form(measure.FORM_ID)
    held = measure.collect_reports(form)
    parts = [report_lines(form, held), missed_lines(form, held), misled_lines(form, held)]
    for part in [*parts, weight_lines(form, held)] if "weights" in sys.argv else parts:
        for line in part:
            print(line, flush=True)
        print()


# -- what no method could find

def report_lines(form: Form, held: Mapping[str, Report]) -> Iterator[str]:
    """A line a report. 无从发现: every rule says after the slip what it said before it."""
    yield "| 年报 | 次数 | 第一位 | 前三位 | 无从发现 | 至多 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    whole: Counter[str] = Counter()
    for name, report in held.items():
        found = sum(measure.measure_slips(form, {name: report}, ()).values(), Counter())
        found["unseen"] = sum(not is_seen(form, report, slip) for slip in measure.plant_slips(form, report))
        whole += found
        yield _line(f"`{name}`", found)
    yield _line("合计", whole)


def _line(name: str, found: Counter[str]) -> str:
    most = found["planted"] - found["unseen"]
    return (f"| {name} | {found['planted']} | {found['first']} | {found['three']} | {found['unseen']} | {most} "
            f"（{100 * most / found['planted']:.1f} %） |")


def is_seen(form: Form, report: Report, slip: measure.PlantedSlip) -> bool:
    """Whether any rule fails after the slip that did not fail before it."""
    return bool(_failed(take_snapshot(form, apply_slip(report, slip))) - _failed(take_snapshot(form, report)))


def apply_slip(report: Report, slip: measure.PlantedSlip) -> Report:
    return measure.with_layer(report, Layer.VALUES, {**report.entries(Layer.VALUES), **slip.typed})


def _failed(snap: Snapshot) -> set[tuple[str, str]]:
    return {(f.rule, f.line) for f in snap.failed()}


def missed_lines(form: Form, held: Mapping[str, Report]) -> Iterator[str]:
    """Every slip that is seen and whose cell is not among three, with the number of cells that fit as well: the same
    sums come right, nothing that is right becomes wrong."""
    for name, report in held.items():
        before = _failed(take_snapshot(form, report))
        for slip in measure.plant_slips(form, report):
            cells = [guess.cell for guess in measure.guess_slip(form, report, slip)]
            if slip.cell not in cells and is_seen(form, report, slip):
                cells = count_fitting_cells(form, apply_slip(report, slip), before)
                yield f"{name}: {slip.kind} {slip.cell}, {cells} cells fit"


def count_fitting_cells(form: Form, report: Report, before: set[tuple[str, str]]) -> int:
    """In how many cells a single slip would explain all that is off."""
    snap = take_snapshot(form, report)
    scales = scoring.Scales(snap, tuple(f for f in snap.failed() if (f.rule, f.line) not in before))
    return len({guess.cell for guess in find_guesses(snap, scales.off) if not scales.upsets(guess)
                and all(e.gap_with(scales.changes(guess)) == 0 for e in scales.off)})


# -- where the text is wrong, not the table

def misled_lines(form: Form, held: Mapping[str, Report]) -> Iterator[str]:
    """Every right number of a text made wrong: how often that is said, and a cell of the table is blamed for it."""
    found: Counter[str] = Counter()
    for report in held.values():
        before = _failed(take_snapshot(form, report))
        for wrong in wrong_texts(form, report):
            snap = take_snapshot(form, wrong)
            new = [[f for f in cause.findings if (f.rule, f.line) not in before]
                   for cause in find_causes(form, snap.findings)]
            found += Counter(planted=1, said=any(new), blamed=any(suggestions.find_likely(snap, part) for part in new))
    yield f"{found['planted']} wrong numbers in texts: {found['said']} are said, {found['blamed']} blame a cell"


def wrong_texts(form: Form, report: Report) -> Iterator[Report]:
    """The report with one number of its texts off by one or two, doubled, tenfold or turned round."""
    check = next(c for c in form.checks if c.kind == "claims")
    facts = Facts(form, report, take_snapshot(form, report).figures, {})
    for text_id in form.texts:
        text = report.text(text_id)
        for told in find_claimed_numbers(check, facts, text_id):
            claim = told.claim
            if _is_right(told) and text[claim.start:claim.end].isdigit():
                for other in _others(claim.number):
                    said = f"{text[:claim.start]}{other}{text[claim.end:]}"
                    yield measure.with_layer(report, Layer.TEXTS, {**report.entries(Layer.TEXTS), text_id: said})


def _is_right(told: JudgedClaim) -> bool:
    return told.is_borne_out([reading.value for reading in told.readings])


def _others(number: Decimal) -> list[Decimal]:
    turned = Decimal(str(number)[::-1])
    wanted = (number + 1, number - 1, number + 2, number * 2, number * 10, turned)
    return [other for other in dict.fromkeys(wanted) if other >= 0 and other != number]


# -- the weights

class Weight(NamedTuple):
    """A weight of the guesses, halved or doubled; `kind` is one of `USUAL`."""

    name: str = ""
    step: float = 1.0

    def put(self) -> None:
        module = text_evidence if self.name in TEXT_WEIGHTS else scoring
        if self.name in scoring.USUAL:
            scoring.USUAL[self.name] *= self.step                         # type: ignore[index]
        elif self.name:
            setattr(module, self.name, getattr(module, self.name) * self.step)

    def take_back(self) -> None:
        Weight(self.name, 1 / self.step).put()


def weight_lines(form: Form, held: Mapping[str, Report]) -> Iterator[str]:
    """Shares with each weight changed, with and without the papers' totals; then, for each report, with the change that
    is best for the others."""
    names = (*SINGLE_WEIGHTS, *TEXT_WEIGHTS, *(kind for kind, weight in scoring.USUAL.items() if weight))
    changes = (Weight(), *(Weight(name, step) for name in names for step in WEIGHT_FACTORS))
    for known in list(measure.KNOWN_LAYERS)[-2:]:
        found = {weight: _shares(form, held, weight, measure.KNOWN_LAYERS[known]) for weight in changes}
        for weight, reports in found.items():
            yield f"{known}: {weight.name or 'as they are'} ×{weight.step:g}: {_told(sum(reports.values(), Counter()))}"
        chosen: Counter[str] = Counter()
        for name in held:
            best = max(changes, key=lambda w: sum(_worth(c) for other, c in found[w].items() if other != name))
            chosen += found[best][name]
        yield f"{known}: chosen by the other reports, measured on each: {_told(chosen)}"


def _shares(form: Form, held: Mapping[str, Report], weight: Weight,
            unknown: tuple[Layer, ...]) -> dict[str, Counter[str]]:
    weight.put()
    found = {name: sum(measure.measure_slips(form, {name: report}, unknown).values(), Counter())
             for name, report in held.items()}
    weight.take_back()
    return found


def _worth(counts: Counter[str]) -> int:
    return counts["first"] + counts["three"]


def _told(counts: Counter[str]) -> str:
    first, three = (100 * counts[what] / counts["planted"] for what in ("first", "three"))
    return f"{first:.1f} % first, {three:.1f} % among three"


if __name__ == "__main__":
    main()
