"""The cases in cases/*.toml, which a clerk can read: what is given, and which totals and findings must follow.

`base` is "zeros" (0 everywhere), "sample" (the report that comes with the program) or nothing (all blank); what is
given is put over it, and "" makes a cell blank. All failed findings of a case are listed, no more and no fewer; of the
pending ones those of the rules that it names, and all where no cell is blank or 不适用. `silent` are rules that looked
at the case and found nothing: a near miss. `at` is the first address of a finding, `addresses` are all of them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdesk import cli, suggestions
from govdesk.base.numerals import NA, format_value, load_value
from govdesk.checks import Finding, State
from govdesk.form.form import Address, Form
from govdesk.report.report import Layer, Report, build_report, edit_of
from govdesk.session.session import Snapshot, take_snapshot

HERE = Path(__file__).parent / "cases"
FILES = sorted(HERE.glob("*.toml"))
CASES = [(file.stem, case) for file in FILES for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]
COVER = {"organ.name": "临江区教育局", "organ.level": "county", "organ.kind": "organ_report", "year": "2023"}
SEVERITIES = {**dict.fromkeys(["N01", "N02", "N03", "N04", "N05", "N06", "N12", "N16", "N21"], "error"),
              **dict.fromkeys(["N11", "N17"], "warning"), **dict.fromkeys(["N18", "N20"], "hint"),
              "N07": "error", "N08": "warning", "N09": "warning", "N10": "warning", "N13": "warning", "N19": "hint",
              "N14": "hint", "N15": "warning", "N22": "hint", "N26": "warning", "N27": "warning", "T01": "warning",
              "T02": "error", "T03": "warning", "T04": "warning", "T05": "warning", "T11": "warning", "T12": "hint",
              "T13": "warning", "T14": "hint", "T15": "warning", "T16": "warning", "T17": "hint"}


def report_of(form: Form, given: dict[str, Any]) -> Report:
    base = given.get("base", "blank")
    if base == "sample":
        report = cli.sample_report()
    else:
        values = dict.fromkeys(form.input_cells, load_value("0")) if base == "zeros" else {}
        report = build_report(form.id, {Layer.COVER: dict(COVER), Layer.VALUES: values})
    wanted: list[tuple[Layer, Any, Any]] = []
    for layer in Layer:
        for key, value in given.get(layer.value, {}).items():
            if layer in (Layer.TEXTS, Layer.COVER, Layer.PREVIOUS_TEXTS):
                assert layer is Layer.COVER or key in form.texts, key
                wanted.append((layer, key, value))
            else:
                assert Address.parse(key) in form.cells, key
                wanted.append((layer, Address.parse(key), load_value(value) if value else None))
    return edit_of(report, "", wanted).applied_to(report)


def written(found: Finding, expected: dict[str, Any]) -> dict[str, Any]:
    """A finding in the words of a case: the same keys, the default ones filled in."""
    full = {"rule": found.rule, "state": found.state.value, "severity": found.severity.value, "message": found.message}
    if "addresses" in expected:
        full["addresses"] = list(found.addresses)
    if "at" in expected:
        full["at"] = found.addresses[0]
    return full


def test_the_cases_are_many_and_their_titles_differ() -> None:
    titles = [case["title"] for _, case in CASES]
    assert len(titles) >= 45
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{name}: {case['title']}" for name, case in CASES])
def test_case(form: Form, case: dict[str, Any]) -> None:
    assert set(case) <= {"title", "given", "silent", "totals", "findings", "causes"}
    assert set(case["given"]) <= {"base", *(layer.value for layer in Layer)}
    snap = take_snapshot(form, report_of(form, case["given"]))
    for address, total in case.get("totals", {}).items():
        assert format_value(snap.figures[Address.parse(address)]) == total, address
    if "findings" in case or "causes" not in case:
        check_findings(snap, case.get("findings", []))
    check_causes(snap, case)
    for rule in case.get("silent", []):
        states = {finding.state for finding in snap.of_rule(rule)}
        assert State.PASSED in states and State.FAILED not in states, rule


def check_causes(snap: Snapshot, case: dict[str, Any]) -> None:
    """Where a case lists causes they are all of them: what leads, how many echoes, and the likeliest slips in order;
    `together`: the sets of cells that settle what no one cell does."""
    if "causes" not in case:
        return
    told = any("texts" in wanted for wanted in case["causes"])                 # as in `check_findings`
    causes = [cause for cause in snap.causes if told or cause.lead.rule != "T01"]
    assert [cause.lead.message for cause in causes] == [wanted["lead"] for wanted in case["causes"]]
    for cause, wanted in zip(causes, case["causes"], strict=True):
        assert set(wanted) <= {"lead", "echoes", "texts", "likely", "slip", "together"}
        assert [echo.message for echo in cause.echoes if echo.rule != "T01"] == wanted.get("echoes", [])
        if "texts" in wanted:
            assert [echo.message for echo in cause.echoes if echo.rule == "T01"] == wanted["texts"]
        guesses = suggestions.find_likely(snap, cause.findings)
        said = [suggestions.describe_guess(snap.form, snap.report, guess) for guess in guesses]
        assert said[:len(wanted.get("likely", []))] == wanted.get("likely", [])
        assert "slip" not in wanted or guesses[0].kind == wanted["slip"]
        if "together" in wanted:
            sets = suggestions.find_fewest_cells(snap, cause.findings)
            assert [[suggestions.describe_guess(snap.form, snap.report, slip) for slip in cells.slips] for cells
                    in sets] == wanted["together"]


def test_every_check_has_a_case_that_fires_and_one_that_stays_silent_and_every_fingerprint_one(form: Form) -> None:
    rules = {finding["rule"] for _, case in CASES for finding in case.get("findings", [])}
    assert {check.id for check in form.checks} - rules == set()
    silent = {rule for _, case in CASES for rule in case.get("silent", [])}
    assert {check.id for check in form.checks} - silent == set()
    slips = {cause.get("slip") for _, case in CASES for cause in case.get("causes", [])}
    assert {slip.id for slip in form.slips} - slips == set()


def check_findings(snap: Snapshot, listed: list[dict[str, Any]]) -> None:
    expected = [{"state": "failed", "severity": SEVERITIES[f["rule"]], **f} for f in listed]
    for finding in expected:
        assert set(finding) <= {"rule", "state", "severity", "message", "at", "addresses"}
        assert "at" in finding or "addresses" in finding, finding["message"]
    unfinished = snap.blanks or any(value is NA for value in snap.figures.values())
    pending_rules = {f["rule"] for f in expected if f["state"] == "pending"}
    # the sample's own sentences contradict figures put over it: T01 is asked for by name; its cases are sentences
    ignored = set() if any(f["rule"] == "T01" for f in expected) else {"T01"}
    found = [f for f in snap.findings if (f.rule not in ignored and f.state is State.FAILED)
             or (f.state is State.PENDING and (f.rule in pending_rules or not unfinished))]
    assert [f"{f.rule} {f.message}" for f in found] == [f"{f['rule']} {f['message']}" for f in expected]
    for actual, wanted in zip(found, expected, strict=True):
        assert written(actual, wanted) == wanted
