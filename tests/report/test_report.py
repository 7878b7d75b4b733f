"""What a report says of itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.form.form import Address
from govdesk.report.report import Layer, Report, build_report, edit_between, edit_of, is_same_on_paper, year_in

FORM = "ogi-annual-report-2021"


@pytest.mark.parametrize(("text", "year"), [
    ("2023", 2023), ("02023", None), ("0202", None), ("202", None), ("20233", None), ("２０２３", None), ("", None),
    ("-202", None), (" 2023", None), ("9" * 5000, None)])
def test_one_reading_of_a_year(text: str, year: int | None) -> None:
    assert build_report(FORM, {Layer.COVER: {"year": text}}).year == year_in(text) == year


CELL, OTHER = Address("requests", "disclosed", "natural_person"), Address("requests", "disclosed", "other_org")
BASE = build_report("form",
                    {Layer.VALUES: {CELL: Decimal(1)}, Layer.TEXTS: {"preamble": "一"}, Layer.COVER: {"year": "2023"}})


def changed(layer: Layer, key: Address | str, after: Decimal | str | None) -> Report:
    return edit_of(BASE, "改", [(layer, key, after)]).applied_to(BASE)


@pytest.mark.parametrize("other", [
    BASE, changed(Layer.VALUES, CELL, Decimal(2)), changed(Layer.VALUES, CELL, Decimal("1.0")),
    changed(Layer.VALUES, CELL, None), changed(Layer.VALUES, OTHER, Decimal(3)), changed(Layer.NOTES, CELL, "问过了"),
    changed(Layer.TEXTS, "preamble", ""), build_report("form", {})])
def test_the_edit_between_two_reports_leads_there_and_back(other: Report) -> None:
    for one, two in ((BASE, other), (other, BASE)):
        edit = edit_between(one, two, "并入")
        assert edit.applied_to(one) == two and edit.inverse().applied_to(two) == one
        assert edit.name == "并入"
    assert bool(edit_between(BASE, other, "并入").changes) == (other is not BASE)


def test_the_edit_between_two_reports_holds_what_differs_in_the_order_of_the_layers() -> None:
    other = build_report("form", {Layer.DESK: {"label": "送审稿"}, Layer.TEXTS: {"preamble": "一"},
                                  Layer.COVER: {"year": "2024"}, Layer.VALUES: {CELL: Decimal(1), OTHER: Decimal(2)}})
    changes = edit_between(BASE, other, "并入").changes
    assert [(c.layer, c.key) for c in changes] == [
        (Layer.VALUES, OTHER), (Layer.COVER, "year"), (Layer.DESK, "label")]


@pytest.mark.parametrize(("other", "alike"), [
    (build_report("form", dict(BASE.layers)), True), (changed(Layer.NOTES, CELL, "问过了"), True),
    (changed(Layer.COVER, "contact.phone", "1"), True), (changed(Layer.COVER, "year", "2024"), False),
    (changed(Layer.VALUES, CELL, Decimal("1.0")), False), (changed(Layer.VALUES, CELL, None), False),
    (changed(Layer.VALUES, OTHER, Decimal(1)), False), (changed(Layer.TEXTS, "preamble", "二"), False),
    (build_report("".join(["fo", "rm"]), dict(BASE.layers)), True),     # an equal id, not the same object
    (build_report("another", dict(BASE.layers)), False), (build_report("a", dict(BASE.layers)), False)])
def test_two_reports_are_printed_alike(other: Report, alike: bool) -> None:
    assert is_same_on_paper(BASE, other) is alike
    assert is_same_on_paper(other, BASE) is alike


def test_an_edit_leaves_out_what_is_so_and_an_empty_text_is_absent() -> None:
    edit = edit_of(BASE, "改", [(Layer.VALUES, CELL, Decimal(1)), (Layer.TEXTS, "problems", ""),
                               (Layer.TEXTS, "preamble", ""), (Layer.VALUES, OTHER, Decimal(0))])
    assert [(c.key, c.before, c.after) for c in edit.changes] == [("preamble", "一", None), (OTHER, None, Decimal(0))]
    assert Layer.TEXTS not in edit.applied_to(BASE).layers
    assert build_report("form", {Layer.TEXTS: {"preamble": "", "problems": "二"}}).layers == {
        Layer.TEXTS: {"problems": "二"}}
