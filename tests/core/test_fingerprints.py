"""Likely slips behind a gap: how often the true cell is named, and that nothing is named where nothing is known."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from govdesk import cli, fingerprints
from govdesk.fingerprints.weighing import USUAL
from govdesk.form import Address, Form
from govdesk.report import Layer
from govdesk.session import snapshot

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """The command that measures."""
    spec = importlib.util.spec_from_file_location(
        "measure_fingerprints", ROOT / "build_scripts" / "measure_fingerprints.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module          # its NamedTuple looks itself up
    spec.loader.exec_module(module)
    return module


def test_the_form_names_every_kind(form: Form) -> None:
    assert {slip.id for slip in form.slips} == set(USUAL)


def test_the_sample_with_the_totals_of_its_paper(form: Form, measure: ModuleType) -> None:
    """A fast stand-in for the campaign below: every slip in every figure of one report."""
    held = {"sample": measure.with_totals(form, cli.sample_report())}
    found = measure.measured(form, held, ())
    for kind, counts in found.items():
        assert counts["planted"] >= 2, kind
        assert counts["first"] >= 0.9 * counts["planted"], (kind, counts)
        assert counts["three"] >= 0.98 * counts["planted"], (kind, counts)


def test_without_any_total_the_cross_check_alone_still_finds_most(form: Form, measure: ModuleType) -> None:
    found = measure.measured(form, {"sample": cli.sample_report()}, (Layer.STATED, Layer.TEXTS, Layer.PREVIOUS))
    for kind in ("next_column", "doubled"):
        assert found[kind]["three"] >= 0.8 * found[kind]["planted"], (kind, found[kind])


@pytest.mark.slow
def test_the_campaign_over_the_corpus_is_what_the_page_says(form: Form, measure: ModuleType, shared: Path) -> None:
    """Every slip in every figure of every complete report: the tables of docs/checks.md, and what is wanted of them."""
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    held = measure.reports(form)
    printed = {name: report for name, report in held.items() if measure.states_rows(form, report)}
    for line in (*measure.table(form, held), *measure.table(form, printed, ["＋原件的合计"])):
        assert line in page
    assert [line for line in (*measure.sums(form, held), *measure.table_four(form, held)) if line not in page] == []
    whole: Counter[str] = sum(measure.measured(form, printed, ()).values(), Counter())
    assert whole["first"] >= 0.9 * whole["planted"]
    assert whole["three"] >= 0.98 * whole["planted"]


def test_a_guess_settles_what_it_is_shown_for_and_changes_nothing(form: Form, measure: ModuleType) -> None:
    report = cli.sample_report()
    cell = Address("requests", "other_misc", "natural_person")
    wrong = measure.with_layer(report, Layer.VALUES, {**report.entries(Layer.VALUES), cell: Decimal(21)})
    snap = snapshot(form, wrong)
    guesses = fingerprints.likely(snap, snap.causes[0].findings)
    assert guesses[0] == fingerprints.Guess("swapped", cell, Decimal(12))
    for guess in guesses:
        mended = {**wrong.entries(Layer.VALUES), guess.cell: guess.right}
        if guess.other is not None:
            mended[guess.other] = guess.other_right
        left = snapshot(form, measure.with_layer(wrong, Layer.VALUES, mended)).failed()
        assert {f.rule for f in left} <= {"T01"}         # the sample's sentences tell the right cell from the others
    assert snap.report == wrong


def test_nothing_is_guessed_where_no_sum_is_off(form: Form, make_report) -> None:    # type: ignore[no-untyped-def]
    snap = snapshot(form, make_report({"proactive/rules/issued": "1", "proactive/rules/in_force": "1"}))
    assert [f.rule for f in snap.failed()] == ["N12"]
    assert fingerprints.likely(snap, snap.failed()) == ()


def test_negative_and_fractional_figures_of_a_foreign_file_do_no_harm(form: Form, make_report) -> None:  # type: ignore[no-untyped-def]
    snap = snapshot(form, make_report({"requests/new_requests/natural_person": "-3", "requests/disclosed/other_org":
                                       "1.5"}))
    for cause in snap.causes:
        for guess in fingerprints.likely(snap, cause.findings):
            assert guess.right >= 0
            assert re.search(r"\S", fingerprints.words(form, snap.report, guess))
