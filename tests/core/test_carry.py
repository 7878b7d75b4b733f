"""This year's report begun from last year's."""

from __future__ import annotations

from govdesk import cli, formfile
from govdesk.carry import figures_of, next_year
from govdesk.checks import State
from govdesk.form import Address, Form
from govdesk.importers import exchange
from govdesk.report import Layer
from govdesk.session import snapshot
from tests.conftest import MakeReport

OUT = "requests/carried_forward_out"


def test_the_cover_and_what_is_carried_over(form: Form, make_report: MakeReport) -> None:
    last = snapshot(form, make_report({f"{OUT}/natural_person": "3", f"{OUT}/other_org": "1"}))
    now = next_year(last)
    assert now.cover("year") == "2024"
    assert now.cover("organ.name") == last.report.cover("organ.name")
    assert now.cover("issued_on") == ""
    assert now.value(Address("requests", "carried_over_in", "natural_person")) == 3
    assert now.value(Address("requests", "carried_over_in", "other_org")) == 1
    assert now.value(Address("requests", "new_requests", "natural_person")) is None
    assert not now.entries(Layer.TEXTS)


def test_last_years_figures_are_known_to_the_checks(form: Form, make_report: MakeReport) -> None:
    now = snapshot(form, next_year(snapshot(form, make_report({f"{OUT}/natural_person": "3"}))))
    states = {f.line: f.state for f in now.findings if f.rule in ("N07", "N08")}
    assert set(states.values()) == {State.PASSED}
    assert "total" in states


def test_a_blank_is_not_carried_over_as_0(form: Form, make_report: MakeReport) -> None:
    assert not next_year(snapshot(form, make_report(blank=True))).entries(Layer.VALUES)


def test_a_stated_total_counts_as_published(form: Form, make_report: MakeReport) -> None:
    last = snapshot(form, make_report(stated={f"{OUT}/total": "7"}))
    assert figures_of(last)[Address.parse(f"{OUT}/total")] == 7


def test_it_goes_through_the_exchange_file() -> None:
    report = next_year(snapshot(formfile.load("ogi-annual-report-2021"), cli.sample_report()))
    assert exchange.loads(exchange.dumps(report), "x") == report
