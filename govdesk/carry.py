"""This year's report begun from last year's: the cover, what is carried over, and last year's figures beside it."""

from __future__ import annotations

from govdesk.form import Address
from govdesk.numerals import Value
from govdesk.report import Entry, Key, Layer, Report, build
from govdesk.session import Snapshot

_EACH_YEAR = ("year", "issued_on")


def next_year(last: Snapshot) -> Report:
    """The draft for the year after `last`: cover without its date, 上年结转 by column, last year's figures.

    In force is not carried over: it changes with what is issued and repealed, and rules N09 and N10 compare it.
    """
    return build(last.report.form_id, {
        Layer.COVER: _cover(last.report), Layer.VALUES: _carried(last), Layer.PREVIOUS: figures_of(last)})


def _cover(last: Report) -> dict[Key, Entry]:
    kept = {key: value for key, value in last.entries(Layer.COVER).items() if key not in _EACH_YEAR}
    return {**kept, **({"year": str(last.year + 1)} if last.year else {})}


def _carried(last: Snapshot) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    # the rule that compares the two rows knows which they are
    for check in (c for c in last.form.checks if c.kind == "carried_over"):
        grid = last.form.grids[check.word("grid")]
        for column in grid.columns:
            value = last.figures[Address(grid.id, check.word("last_row"), column)]
            here = Address(grid.id, check.word("row"), column)
            if value is not None and not grid.is_total(here):
                found[here] = value
    return found


def figures_of(last: Snapshot) -> dict[Key, Entry]:
    """Every figure of a report as it is published: totals as the paper stated them, where it did."""
    found: dict[Key, Entry] = {}
    for address, computed in last.figures.items():
        stated: Value | None = last.report.stated(address)
        value = computed if stated is None else stated
        if value is not None:
            found[address] = value
    return found
