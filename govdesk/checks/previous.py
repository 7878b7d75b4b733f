"""Checks the figures against those of the year before; where last year's figure is not known a rule says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from govdesk.base.numerals import format_value
from govdesk.checks.findings import Facts, Finding, Side, State, as_number, make_finding, make_passed
from govdesk.form.form import Address, Check, Form
from govdesk.report.report import Layer


def carried_forward_cells(check: Check, _form: Form) -> Iterator[Address]:
    """What `carried_over` reads of last year's report."""
    return (Address(check.word("grid"), check.word("last_row"), column) for column in check.words("columns"))


def carried_over_cells(check: Check, form: Form) -> Iterator[tuple[Address, Address]]:
    """The cells of this year's row, each with that of last year's, in all columns."""
    grid = form.grids[check.word("grid")]
    for column in grid.columns:
        yield Address(grid.id, check.word("row"), column), Address(grid.id, check.word("last_row"), column)


def in_force_cells(check: Check, _form: Form) -> Iterator[Address]:
    return (Address(check.word("grid"), row, check.word("in_force")) for row in check.words("rows"))


def in_force_carried(check: Check, form: Form) -> Iterator[tuple[Address, Address]]:
    return ((cell, cell) for cell in in_force_cells(check, form))


def pending_cells(check: Check, form: Form) -> Iterator[Address]:
    grid = form.grids[check.word("grid")]
    return (Address(grid.id, row, check.word("pending_column")) for row in grid.rows)


def named_by(key: str) -> Callable[[Check, Form], Iterator[Address]]:
    """The cells that a parameter names."""
    return lambda check, _form: (Address.parse(cell) for cell in check.words(key))


def find_last_figure(facts: Facts, address: Address) -> Decimal | None:
    """Last year's figure of a cell; a total that was not given is the sum of its parts where all are."""
    if not facts.report.entries(Layer.PREVIOUS):
        return None
    stated = as_number(facts.report.previous(address))
    if stated is not None:
        return stated
    parts = facts.form.grids[address.grid].parts.get(address, ())
    numbers = [as_number(facts.report.previous(part)) for part in parts]
    if not numbers or None in numbers:
        return None
    return sum((n for n in numbers if n is not None), Decimal(0))


def check_carried_over(check: Check, facts: Facts) -> Iterator[Finding]:
    """What last year carried forward is what this year carries over, in the columns `columns`."""
    grid = facts.form.grids[check.word("grid")]
    for column in check.words("columns"):
        here, there = Address(grid.id, check.word("row"), column), Address(grid.id, check.word("last_row"), column)
        last, now = find_last_figure(facts, there), facts.number(here)
        if last is None:
            continue
        name = grid.columns[column].name
        words = {"table": grid.name, "column": name, "row": grid.rows[here.row].label, "last": format_value(last)}
        sides = facts.side((here,)), facts.side((), "", (f"上年{grid.rows[there.row].name}", last))
        if now is None:
            yield make_finding(check, State.PENDING, check.word("pending").format(**words), (here,), line=column)
        elif now != last:
            message = check.word("message").format(**words, value=format_value(now), gap=format_value(abs(now - last)))
            yield make_finding(check, State.FAILED, message, (here,), line=column, sides=sides)
        else:
            yield make_passed(check, (here,), column, sides)


def check_stock_since_last_year(check: Check, facts: Facts) -> Iterator[Finding]:
    """In force now = in force last year + issued − repealed."""
    grid = facts.form.grids[check.word("grid")]
    for row in check.words("rows"):
        cells = [Address(grid.id, row, check.word(key)) for key in ("issued", "repealed", "in_force")]
        last, (issued, repealed, now) = find_last_figure(facts, cells[2]), [facts.number(cell) for cell in cells]
        if last is None:
            continue
        words = {"table": grid.name, "row": grid.rows[row].label, "last": format_value(last),
                 "issued": format_value(issued),
                 "repealed": format_value(repealed)}
        before_now = (f"上年{grid.columns[cells[2].column].name}", last)
        sides = facts.side((cells[2], cells[1])), facts.side((cells[0],), "", before_now)
        if issued is None or repealed is None or now is None:
            yield make_finding(check, State.PENDING, check.word("pending").format(**words), tuple(cells), line=row)
        elif now != last + issued - repealed:
            due = last + issued - repealed
            message = check.word("message").format(**words, value=format_value(now), due=format_value(due),
                                                   gap=format_value(abs(now - due)))
            yield make_finding(check, State.FAILED, message, (cells[2], cells[0], cells[1]), line=row, sides=sides)
        else:
            yield make_passed(check, tuple(cells), row, sides)


def check_after_reconsideration(check: Check, facts: Facts) -> Iterator[Finding]:
    """Litigation after reconsideration is at most the reconsiderations of this year and the last."""
    sued, reconsidered = Address.parse(check.word("cell")), Address.parse(check.word("against"))
    now, this, last = facts.number(sued), facts.number(reconsidered), find_last_figure(facts, reconsidered)
    if last is None:
        return
    if now is None or this is None:
        yield _still_blank(check, (sued, reconsidered))
    elif now > this + last:
        message = check.word("message").format(value=format_value(now), this=format_value(this),
                                               last=format_value(last))
        sides = facts.side((sued,)), facts.side((reconsidered,), "", (f"上年{facts.row_name(reconsidered)}", last))
        yield make_finding(check, State.FAILED, message, (sued, reconsidered), sides=sides, sign="≤")
    else:
        yield make_passed(check, (sued, reconsidered))


def check_pending_chain(check: Check, facts: Facts) -> Iterator[Finding]:
    """Cases that were open at the end of last year appear among this year's."""
    grid = facts.form.grids[check.word("grid")]
    for row in grid.rows:
        total = Address(grid.id, row, check.word("total"))
        last, now = find_last_figure(facts, Address(grid.id, row, check.word("pending_column"))), facts.number(total)
        if last is None:
            continue
        if now is None:
            yield _still_blank(check, (total,), row)
        elif now < last:
            message = check.word("message").format(
                table=grid.name, row=grid.rows[row].label, value=format_value(now), last=format_value(last))
            open_then = f"上年{grid.columns[check.word('pending_column')].name}"
            sides = facts.side((total,)), facts.side((), "", (open_then, last))
            yield make_finding(check, State.FAILED, message, (total,), line=row, sides=sides, sign="≥")
        else:
            yield make_passed(check, (total,), row)


def check_jump(check: Check, facts: Facts) -> Iterator[Finding]:
    """A figure that is `factor` times last year's or its `factor`-th part, where the larger is at least `least`. Beside
    a 0 there is no factor, and the other must be at least `least_beside_zero`."""
    factor, least, beside_zero = (Decimal(check.number(key)) for key in ("factor", "least", "least_beside_zero"))
    for cell in check.words("cells"):
        address = Address.parse(cell)
        now, last = facts.number(address), find_last_figure(facts, address)
        if last is None:
            continue
        if now is None:
            yield _still_blank(check, (address,), cell)
            continue
        small, large = sorted((now, last))
        if large >= (least if small else beside_zero) and large >= factor * small:
            message = check.word("message").format(cell=facts.form.name_of(address), value=format_value(now),
                                                   last=format_value(last))
            sides = compare_years(facts, address, last)
            yield make_finding(check, State.FAILED, message, (address,), line=cell, sides=sides, sign="≈")
        else:
            yield make_passed(check, (address,), cell)


def _still_blank(check: Check, places: tuple[Address, ...], line: str = "") -> Finding:
    return make_finding(check, State.PENDING, f"{check.title}：还有空白，填完后核对", places, line=line)


def compare_years(facts: Facts, address: Address, last: Decimal) -> tuple[Side, Side]:
    """A figure beside last year's, as the two sides of a finding."""
    return facts.side((address,), "今年"), facts.side((), "", ("上年", last))
