"""What is written can be read, what cannot be read is not written, and sums have every digit."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest

from govdesk import bounds
from govdesk.form import Address, Form
from govdesk.numerals import NumeralError, Value, dump, load, show
from govdesk.report import Layer, Report, build
from govdesk.session import Session, snapshot
from govdesk.tapes import read

HUGE = "999999999999999999.000000000001"       # as many digits as a file may state


def huge(form: Form) -> Report:
    grid = form.grids["requests"]
    values: dict[Address | str, Value | str] = {a: Decimal(HUGE) for a in grid.inputs}
    return build(form.id, {Layer.VALUES: values})


def test_totals_have_every_digit(form: Form) -> None:
    report = huge(form)
    whole = Address("requests", "results_total", "total")
    count = len(form.grids["requests"].parts[whole])
    wanted = show(Decimal(int(HUGE.replace(".", "")) * count).scaleb(-12))
    found = []
    thread = threading.Thread(target=lambda: found.append(show(snapshot(form, report).figures[whole])))
    thread.start()
    thread.join()
    assert show(snapshot(form, report).figures[whole]) == wanted
    assert found == [wanted]                     # a worker of the window adds as the window does


def test_a_rule_sees_a_gap_in_the_last_of_thirty_digits(form: Form) -> None:
    report = huge(form)
    values = dict(report.entries(Layer.VALUES))
    cells = {row: Address("requests", row, "natural_person") for row in form.grids["requests"].rows}
    values.update({cell: Decimal(0) for row, cell in cells.items() if cell in form.input_cells})
    values[cells["new_requests"]] = Decimal(HUGE)
    values[cells["disclosed"]] = Decimal(HUGE) - Decimal("0.000000000001")
    found = next(f for f in snapshot(form, build(form.id, {Layer.VALUES: values})).of_rule("N01")
                 if f.line == "natural_person")
    assert "相差 0.000000000001" in found.message


def test_sums_typed_into_a_cell_have_every_digit() -> None:
    assert read("=999999999999.000001+0.000001-0.000001", whole=False).value == Decimal("999999999999.000001")
    with pytest.raises(NumeralError, match="12 位"):
        read("999999999999+1", whole=True)


def test_a_total_of_foreign_figures_is_kept_as_last_years(form: Form) -> None:
    """A draft for the next year holds it, and can be opened again."""
    total = snapshot(form, huge(form)).figures[Address("requests", "results_total", "total")]
    assert isinstance(total, Decimal)
    assert load(dump(total), total=True) == total
    with pytest.raises(NumeralError, match=f"最多 {bounds.FOREIGN_DIGITS} 位"):
        load("1" * 19)


@pytest.mark.parametrize(("year", "known"), [("2007", False), ("2008", True), ("2100", True), ("2101", False),
                                             ("2203", False), ("9999", False)])
def test_a_year_is_known_where_files_take_it(form: Form, zeros, year: str, known: bool) -> None:
    from govdesk.standing import missing

    report = build(form.id, {Layer.COVER: {"year": year}, Layer.VALUES: zeros})
    assert (report.year is not None) is known
    words = [task.words for task in missing(Session(form, report).now)]
    assert ("报告年度“2203”不在 2008～2100 之间" in words) is (year == "2203")
    assert any("报告年度" in said for said in words) is not known
