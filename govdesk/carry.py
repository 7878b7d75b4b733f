"""Last year's report beside this year's: a draft begun from it, what is carried over, and what may be typed in its
stead. What came from last year is not stored: it is what still equals last year's figure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from govdesk import tokens
from govdesk.answers import answers_of
from govdesk.form import Address, Check, Form
from govdesk.report import Entry, Key, Layer, Report, build, same
from govdesk.session import Snapshot

_EACH_YEAR = ("year", "issued_on")
_OF_LAST_YEAR = (Layer.PREVIOUS, Layer.PREVIOUS_TEXTS, Layer.PREVIOUS_ANSWERS)
SOURCE = "previous_source"

Wanted = list[tuple[Layer, Key, Entry | None]]


def next_year(last: Snapshot, source: str = "") -> Report:
    """The draft for the year after `last`: cover without its date, 上年结转 and 现行有效 as last year left them, last
    year's figures, texts and reasons beside them. `source` names last year's report."""
    found = {Layer.COVER: _cover(last.report), Layer.VALUES: _carried(last), Layer.DESK: _desk(last, source)}
    return build(last.report.form_id, {**found, **_beside(last)})


def brought(now: Report, last: Snapshot, source: str) -> Wanted:
    """What a draft that is already begun takes from last year's report: all that stands beside, and of the figures
    those that are still blank."""
    blank = [(Layer.VALUES, key, value) for key, value in _carried(last).items()
             if now.entry(Layer.VALUES, key) is None]
    beside = [(layer, key, entry) for layer, entries in _beside(last).items() for key, entry in entries.items()]
    return [*forgotten(now), *beside, (Layer.DESK, SOURCE, source), *blank]


def forgotten(now: Report) -> Wanted:
    """Last year taken away again. What was carried over into this year's figures stays: it is the clerk's now."""
    gone: Wanted = [(layer, key, None) for layer in _OF_LAST_YEAR for key in now.entries(layer)]
    return [*gone, (Layer.DESK, SOURCE, None)]


def has_last_year(report: Report) -> bool:
    return any(report.entries(layer) for layer in _OF_LAST_YEAR)


def carried(now: Snapshot) -> frozenset[Address]:
    """The input cells that stand as last year left them."""
    if not now.report.entries(Layer.PREVIOUS):
        return frozenset()
    return frozenset(here for here, there in origins(now.form).items()
                     if (value := now.report.value(here)) is not None and same(value, now.report.previous(there)))


def origins(form: Form) -> Mapping[Address, Address]:
    """The input cells that begin with a figure of last year's, and the cell it stands in there. The rules that compare
    the two know which they are."""
    found: dict[Address, Address] = {}
    for check in form.checks:
        if check.kind == "carried_over":
            grid = form.grids[check.word("grid")]
            found.update((here, there) for here, there in _carried_over(form, check) if not grid.is_total(here))
        elif check.kind == "stock_since_last_year":
            found.update((cell, cell) for cell in _in_force(check))
    return found


def counterpart(form: Form, cell: Address) -> Address:
    """The cell of last year's report that a cell is held against: the same one, but for 上年结转, totals included, what
    was carried forward then."""
    pairs = (pair for check in form.checks if check.kind == "carried_over" for pair in _carried_over(form, check))
    return next((there for here, there in pairs if here == cell), cell)


def _carried_over(form: Form, check: Check) -> Iterator[tuple[Address, Address]]:
    grid = form.grids[check.word("grid")]
    for column in grid.columns:
        yield Address(grid.id, check.word("row"), column), Address(grid.id, check.word("last_row"), column)


def asked(form: Form) -> tuple[Address, ...]:
    """The cells of last year's report that a rule compares with, in the order of the form. A total comes after the
    parts that give it, which may be typed instead."""
    named = {cell for check in form.checks for cell in _compared(form, check)}
    return tuple(cell for grid in form.grids.values() for cell in grid.addresses if cell in named)


def figures_of(last: Snapshot) -> dict[Key, Entry]:
    """Every figure of a report as it is printed. 原件合计 is none of them: it is what another paper said, held against
    the sum and never printed."""
    return {address: value for address, value in last.figures.items() if value is not None}


def _beside(last: Snapshot) -> dict[Layer, Mapping[Key, Entry]]:
    texts: dict[Key, Entry] = {key: tokens.resolve(last.form, last.figures, str(text))
                               for key, text in last.report.entries(Layer.TEXTS).items()}      # as published
    answers: dict[Key, Entry] = dict(answers_of(last.report).items())
    return {Layer.PREVIOUS: figures_of(last), Layer.PREVIOUS_TEXTS: texts,
            Layer.PREVIOUS_ANSWERS: answers}


def _cover(last: Report) -> dict[Key, Entry]:
    kept = {key: value for key, value in last.entries(Layer.COVER).items() if key not in _EACH_YEAR}
    return {**kept, **({"year": str(last.year + 1)} if last.year else {})}


def _desk(last: Snapshot, source: str) -> dict[Key, Entry]:
    """The local deadline comes round each year."""
    due = last.report.entry(Layer.DESK, "deadline")
    return {SOURCE: source, "deadline": _a_year_later(due) if isinstance(due, str) else ""}


def _a_year_later(day: str) -> str:
    try:
        before = datetime.date.fromisoformat(day)
        return before.replace(year=before.year + 1).isoformat()
    except ValueError:                       # no date, or 29 February
        return ""


def _carried(last: Snapshot) -> dict[Key, Entry]:
    figures = {here: last.figures[there] for here, there in origins(last.form).items()}
    return {here: value for here, value in figures.items() if value is not None}


def _in_force(check: Check) -> Iterator[Address]:
    return (Address(check.word("grid"), row, check.word("in_force")) for row in check.words("rows"))


def _compared(form: Form, check: Check) -> Iterator[Address]:
    """What each kind of rule in checks.previous reads of last year's report."""
    if check.kind == "carried_over":
        yield from (Address(check.word("grid"), check.word("last_row"), column) for column in check.words("columns"))
    elif check.kind in ("stock_since_last_year", "stock"):
        yield from _in_force(check)
    elif check.kind in ("unit_slip", "after_reconsideration"):
        yield Address.parse(check.word("cell" if check.kind == "unit_slip" else "against"))
    elif check.kind == "pending_chain":
        grid = form.grids[check.word("grid")]
        yield from (Address(grid.id, row, check.word("pending_column")) for row in grid.rows)
    elif check.kind == "jump":
        yield from (Address.parse(cell) for cell in check.words("cells"))
