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

from govdesk import cli, suggestions
from govdesk.form.form import Address, Form
from govdesk.report.report import Layer, edit_of
from govdesk.session.session import take_snapshot
from govdesk.suggestions.likeliest_cell import find_likeliest_cell
from govdesk.suggestions.scoring import USUAL

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """The command that measures."""
    return script("measure_fingerprints")


@pytest.fixture(scope="module")
def limits(measure: ModuleType) -> ModuleType:
    """The one for what no method could find; it builds on the other."""
    return script("measure_limits")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "build_scripts" / f"{name}.py")
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
    found = measure.measure_slips(form, held, ())
    for kind, counts in found.items():
        assert counts["planted"] >= 2, kind
        assert counts["first"] >= 0.9 * counts["planted"], (kind, counts)
        assert counts["three"] >= 0.98 * counts["planted"], (kind, counts)


def test_without_any_total_the_cross_check_alone_still_finds_most(form: Form, measure: ModuleType) -> None:
    found = measure.measure_slips(form, {"sample": cli.sample_report()}, (Layer.STATED, Layer.TEXTS, Layer.PREVIOUS))
    for kind in ("next_column", "doubled"):
        assert found[kind]["three"] >= 0.8 * found[kind]["planted"], (kind, found[kind])


@pytest.mark.slow
def test_the_campaign_over_the_corpus_is_what_the_page_says(form: Form, measure: ModuleType, shared: Path) -> None:
    """Every slip in every figure of every complete report: the tables of docs/checks.md, and what is wanted of them."""
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    held = measure.collect_reports(form)
    printed = {name: report for name, report in held.items() if measure.states_rows(form, report)}
    for line in (*measure.table_lines(form, held), *measure.table_lines(form, printed, ["＋原件的合计"])):
        assert line in page
    assert [line for line in (*measure.paper_total_lines(form, held), *measure.table_four_lines(form, held))
            if line not in page] == []
    for reports in (held, printed):
        whole: Counter[str] = sum(measure.measure_slips(form, reports, ()).values(), Counter())
        assert whole["first"] >= 0.9 * whole["planted"]
        assert whole["three"] >= 0.98 * whole["planted"]


@pytest.mark.slow
def test_what_no_method_could_find_is_what_the_page_says(form: Form, measure: ModuleType, limits: ModuleType,
                                                         shared: Path) -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    held = measure.collect_reports(form)
    assert [line for line in limits.report_lines(form, held) if line not in page] == []
    (blamed,) = limits.misled_lines(form, held)
    planted, said, blaming = re.findall(r"\d+", blamed)
    assert f"Of {planted} made wrong" in page
    assert f"{said} are said, and {blaming} lead to such a guess" in page


def test_a_guess_settles_what_it_is_shown_for_and_changes_nothing(form: Form, measure: ModuleType) -> None:
    report = cli.sample_report()
    cell = Address("requests", "other_misc", "natural_person")
    wrong = measure.with_layer(report, Layer.VALUES, {**report.entries(Layer.VALUES), cell: Decimal(21)})
    snap = take_snapshot(form, wrong)
    guesses = suggestions.find_likely(snap, snap.causes[0].findings)
    assert guesses[0] == suggestions.Guess("swapped", cell, Decimal(12)) and len(guesses) > 1
    for guess in guesses:
        mended = {**wrong.entries(Layer.VALUES), guess.cell: guess.right}
        if guess.other is not None:
            mended[guess.other] = guess.other_right
        left = take_snapshot(form, measure.with_layer(wrong, Layer.VALUES, mended)).failed()
        # the sample's sentences tell the right cell from the others
        assert {f.rule for f in left} == (set() if guess == guesses[0] else {"T01"})
    assert snap.report == wrong


def test_nothing_is_guessed_where_no_sum_is_off(form: Form, make_report) -> None:    # type: ignore[no-untyped-def]
    snap = take_snapshot(form, make_report({"proactive/rules/issued": "1", "proactive/rules/in_force": "1"}))
    assert [f.rule for f in snap.failed()] == ["N12"]
    assert suggestions.find_likely(snap, snap.failed()) == ()


def rows_of(make_report, text: str, *, answered: str = "9"):  # type: ignore[no-untyped-def]
    """69 requests of 自然人; 20 refused at （三）8., 40 not held, which the text may say otherwise."""
    cells = {"new_requests": "69", "disclosed": answered, "refused_administrative_inquiry": "20",
             "unable_not_held": "40"}
    report = make_report({f"requests/{row}/natural_person": figure for row, figure in cells.items()})
    return edit_of(report, "", [(Layer.TEXTS, "requests.text", text)]).applied_to(report)


@pytest.mark.parametrize(("text", "off", "cells"), [
    ("予以公开9件，不予公开40件。", 1, ["requests/refused_administrative_inquiry/natural_person"]),
    ("予以公开9件，不予公开39件。", 1, []),                                 # no two rows make it 39
    ("予以公开9件，不予公开40件，无法提供40件。", 1, []),                   # what is right would be wrong
    ("予以公开9件，不予公开20件，无法提供40件。", 0, []),                   # nothing is wrong
])
def test_where_only_a_text_is_off_two_rows_are_blamed_if_all_else_stays_right(
        form: Form, make_report, text: str, off: int, cells: list[str]) -> None:                  # type: ignore[no-untyped-def]
    snap = take_snapshot(form, rows_of(make_report, text))
    assert [f.rule for f in snap.failed()] == ["T01"] * off
    guesses = [guess for cause in snap.causes for guess in suggestions.find_likely(snap, cause.findings)]
    assert [str(guess.cell) for guess in guesses] == cells


def test_a_figure_that_is_taken_from_the_table_bears_nothing_out(form: Form, make_report) -> None:  # type: ignore[no-untyped-def]
    """〔…〕 follows the table: with it the same cells are guessed as without any text."""
    def guesses(text: str) -> tuple[suggestions.Guess, ...]:
        snap = take_snapshot(form, rows_of(make_report, text, answered="0"))
        return suggestions.find_likely(snap, snap.causes[0].findings)

    assert guesses("予以公开〔表三·予以公开·总计〕件，部分公开〔表三·部分公开·总计〕件。") == guesses("")
    assert guesses("予以公开0件，部分公开9件。")[0].cell == Address("requests", "partially_disclosed", "natural_person")


def test_negative_and_fractional_figures_of_a_foreign_file_do_no_harm(form: Form, make_report) -> None:  # type: ignore[no-untyped-def]
    snap = take_snapshot(form,
                         make_report({"requests/new_requests/natural_person": "-3", "requests/disclosed/other_org":
                                            "1.5"}))
    for cause in snap.causes:
        for guess in suggestions.find_likely(snap, cause.findings):
            assert guess.right >= 0
            assert re.search(r"\S", suggestions.describe_guess(form, snap.report, guess))


@pytest.mark.parametrize(("row", "typed"), [("new_requests", 7), ("carried_over_in", 0)])
def test_no_guess_spoils_a_column_that_holds_to_mend_the_total_alone(form: Form, row: str, typed: int) -> None:
    """自然人 is off, 商业企业 holds: a figure forgotten in 商业企业 would put the total right, and nothing else."""
    report = cli.sample_report()
    wrong = Address("requests", row, "natural_person")
    snap = take_snapshot(form, edit_of(report, "填入", [(Layer.VALUES, wrong, Decimal(typed))]).applied_to(report))
    (cause,) = [c for c in snap.causes if c.lead.rule == "N01"]
    found = suggestions.find_likely(snap, cause.findings)
    assert found[0].cell == wrong
    assert {guess.cell.column for guess in found} == {"natural_person"}


ORDERS = ("proactive/normative_documents/issued", "proactive/rules/issued")


def heard(form: Form, make_report, level: str, text: str = "制发行政规范性文件0件。"):    # type: ignore[no-untyped-def]
    """5 documents, whose text says none: what is guessed."""
    report = make_report({cell: "5" if cell == ORDERS[0] else "0" for cell in ORDERS})
    wanted = [(Layer.TEXTS, "proactive.text", text), (Layer.COVER, "organ.level", level)]
    snap = take_snapshot(form, edit_of(report, "", wanted).applied_to(report))
    (cause,) = [c for c in snap.causes if c.lead.rule == "T01"]
    return [suggestions.describe_guess(form, snap.report, guess) for guess
            in suggestions.find_likely(snap, cause.findings)]


def test_no_guess_leads_to_what_must_be_put_right_again(form: Form, make_report) -> None:      # type: ignore[no-untyped-def]
    """A county makes no rules (N12): its figure is not sought in their row, where a city's may be."""
    assert heard(form, make_report, "city")
    assert heard(form, make_report, "county") == []


@pytest.mark.parametrize("typed", ["123456789012", "158888"])
def test_no_guess_puts_an_absurd_figure_anywhere(form: Form, typed: str) -> None:
    """Twelve digits slipped into one cell of a small table: its own figure is the only way out."""
    report = cli.sample_report()
    wrong = Address("requests", "new_requests", "natural_person")
    snap = take_snapshot(form, edit_of(report, "填入", [(Layer.VALUES, wrong, Decimal(typed))]).applied_to(report))
    found = [guess for cause in snap.causes for guess in suggestions.find_likely(snap, cause.findings)]
    assert [(guess.cell, guess.right) for guess in found][:1] == [(wrong, Decimal(15))]
    assert max(right for guess in found for right in guess.rights().values()) <= 1000


def test_a_large_figure_is_still_guessed_where_the_table_has_large_ones(form: Form, make_report) -> None:  # type: ignore[no-untyped-def]
    cells = {"new_requests": "52000", "disclosed": "0", "unable_not_held": "12000"}
    snap = take_snapshot(form, make_report({f"requests/{row}/natural_person": v for row, v in cells.items()}))
    found = suggestions.find_likely(snap, snap.causes[0].findings)
    assert Decimal(40000) in {guess.right for guess in found}


def test_two_slips_at_once_are_found_where_the_paper_tells_which_rows(form: Form, measure: ModuleType) -> None:
    """A fast stand-in for the campaign of measure_double_slips.py: the sample, with the totals of its paper."""
    doubles = script("measure_double_slips")
    report = measure.with_totals(form, cli.sample_report())
    found: Counter[str] = Counter()
    for pair in doubles.draw_pairs(form, "sample", report, 20):
        found += doubles.judge_pair(form, report, pair)[0]
    assert found["planted"] == 20
    assert found["sets"] >= 10
    assert found["first"] >= 18
    assert found["single"] <= found["first"]


@pytest.mark.slow
def test_two_slips_at_once_are_named_as_often_as_the_page_says(form: Form, measure: ModuleType, shared: Path) -> None:
    """All columns of the table but the last: the time is another on each machine."""
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    doubles = script("measure_double_slips")
    lines = doubles.table_lines(form, doubles.faultless_reports(form), doubles.PAIRS_OF_A_REPORT)
    assert [line for line in lines if line.rstrip("| ").rpartition("|")[0] not in page] == []


def test_the_balance_row_leads_to_the_first_of_the_cells_that_must_change_together(form: Form) -> None:
    """One slip of two: gone to is a cell of the set, not the one that would make the column alone right."""
    wanted: list[tuple[Layer, Address, Decimal]] = [
        (layer, Address.parse(f"requests/{cell}"), Decimal(figure)) for layer, cell, figure in (
            (Layer.VALUES, "disclosed/natural_person", 0), (Layer.VALUES, "other_misc/natural_person", 24),
            (Layer.STATED, "disclosed/total", 1), (Layer.STATED, "other_misc/total", 14),
            (Layer.STATED, "results_total/natural_person", 22))]
    snap = take_snapshot(form, edit_of(cli.sample_report(), "", wanted).applied_to(cli.sample_report()))
    lead = snap.causes[0].lead
    assert (lead.rule, lead.line) == ("N01", "natural_person")
    assert find_likeliest_cell(snap, lead) == Address.parse("requests/disclosed/natural_person")
