"""A kind of check is its function and its row: parameters, refusals and last year's figures follow from the row."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from govdesk import cli
from govdesk.base.errors import FormError
from govdesk.base.paths import resources_folder
from govdesk.checks.findings import Facts, Finding, State, make_finding
from govdesk.checks.parameters import CELL, NUMBER
from govdesk.checks.previous import find_last_figure, named_by
from govdesk.checks.registry import KINDS, CheckKind
from govdesk.form.form import Address, Check
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, build_report
from govdesk.session import previous_year
from govdesk.session.session import take_snapshot

REAL = tomllib.loads((resources_folder() / "forms" / "ogi-annual-report-2021.toml").read_text(encoding="utf-8"))
CELL_ID = "requests/refused_state_secret/natural_person"
RULE = {"id": "X01", "kind": "at_most_more", "severity": "hint", "title": "比上年多得不多", "source": "某通知",
        "counted": CELL_ID, "most": 5, "message": "今年 {value}，上年 {last}"}


def at_most_more(check: Check, facts: Facts) -> Iterator[Finding]:
    address = Address.parse(check.word("counted"))
    now, last = facts.number(address), find_last_figure(facts, address)
    if now is not None and last is not None and now > last + check.number("most"):
        yield make_finding(check, State.FAILED, check.word("message").format(value=now, last=last), (address,))


def form_with(rule: dict[str, Any]) -> dict[str, Any]:
    table = copy.deepcopy(REAL)
    table["check"].append(rule)
    return table


@pytest.fixture
def _one_more_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "at_most_more", CheckKind(
        at_most_more, {"counted": CELL, "most": NUMBER}, {"message": frozenset({"value", "last"})},
        reads_last_year=named_by("counted"), needs_last_year=True))


@pytest.mark.usefixtures("_one_more_kind")
def test_a_new_kind_is_judged_and_its_cell_of_last_year_is_asked_for() -> None:
    form = form_reader.parse_form(form_with(RULE))
    cell = Address.parse(CELL_ID)
    assert cell in previous_year.list_asked_cells(form)
    assert cell not in previous_year.list_asked_cells(form_reader.parse_form(copy.deepcopy(REAL)))
    report = build_report(form.id, {Layer.VALUES: {cell: Decimal(9)}, Layer.PREVIOUS: {cell: Decimal(3)}})
    assert [f.message for f in take_snapshot(form, report).failed() if f.rule == "X01"] == ["今年 9，上年 3"]


@pytest.mark.usefixtures("_one_more_kind")
@pytest.mark.parametrize(("key", "value", "reason"), [
    ("counted", "requests/none/total", "'requests/none/total' is not a cell"),       # in another kind a pattern
    ("counted", 5, "must be text, not 5"), ("most", "5", "must be a whole number"),
    ("message", "今年 {now}", "{now} is not filled in")])
def test_what_a_new_kind_is_told_is_held_against_its_own_types(key: str, value: object, reason: str) -> None:
    with pytest.raises(FormError) as refused:
        form_reader.parse_form(form_with({**RULE, key: value}))
    assert refused.value.path == f"check[{len(REAL['check'])}].{key}"
    assert reason in refused.value.reason


@pytest.mark.parametrize("rule", REAL["check"], ids=[rule["id"] for rule in REAL["check"]])
def test_a_rule_needs_no_cell_of_last_year_but_those_that_its_kind_declares(rule: dict[str, Any]) -> None:
    """With these alone it says what it says with all of last year's figures."""
    form = form_reader.parse_form({**copy.deepcopy(REAL), "check": [rule]})
    last = previous_year.printed_figures(take_snapshot(form, cli.sample_report()))
    declared = {cell: last[cell] for cell in previous_year.list_asked_cells(form)}
    for typed, repealed in ((0, 0), (30, 30), (0, 30)):
        values = {cell: Decimal(repealed if cell.column == "repealed" else typed) for cell in form.input_cells}
        whole, short = (take_snapshot(form, build_report(form.id, {Layer.VALUES: values, Layer.PREVIOUS: known}))
                        for known in (last, declared))
        assert [f.message for f in short.findings] == [f.message for f in whole.findings]
