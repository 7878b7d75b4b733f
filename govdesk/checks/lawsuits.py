"""Checks whether so many requests can have been sued over without reconsideration first."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govdesk.base.numerals import format_value
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.checks.previous import find_last_figure
from govdesk.form.form import Address, Check

_NONE = Decimal(0)


def check_direct_litigation(check: Check, facts: Facts) -> Iterator[Finding]:
    """From report year `since` on a refusal is sued over only after reconsideration, so that the suits without it are
    about other results (`suable`), of this year or the last, or were open already at the end of the last.

    Source: 行政复议法（2023年修订）第二十三条第一款第（四）项; 最高法 interpretation in force since 1 June 2025. More
    suits than that are asked about only where there are refusals (`refused`) that they may be about. Of the first year
    nothing is said where last year is not known: what was refused before it could be sued over directly. The page of
    last year's figures does not ask for these: they are looked at where a report of last year gives them.
    """
    address = Address.parse(check.word("cell"))
    suits, year = facts.number(address), facts.report.year
    since = check.number("since")
    if year is not None and year < since:
        return
    if suits == 0:
        yield make_passed(check, (address,))
        return
    suable, refused = _cells(check, "suable"), _cells(check, "refused")
    results, refusals = facts.total(suable), facts.total(refused)
    if suits is None or year is None or results is None or refusals is None:
        lacks = "封面的报告年度填好后核对" if suits is not None and year is None else "还有空白，填完后核对"
        yield make_finding(check, State.PENDING, f"{check.title}：{lacks}", (address,))
        return
    before = _sum_of_last_year(facts, suable)
    earlier = before or _NONE
    if year == since:
        refused_before = _sum_of_last_year(facts, refused)
        if before is None or refused_before is None:
            return
        earlier += refused_before
    earlier += find_last_figure(facts, Address.parse(check.word("pending"))) or _NONE
    if suits <= results + earlier or not refusals:
        yield make_passed(check, (address,))
        return
    words = {"value": format_value(suits), "results": format_value(results), "refused": format_value(refusals)}
    key = "message" if before is None else "message_years"
    message = check.word(key).format(**words, earlier=format_value(earlier))
    yield make_finding(check, State.FAILED, message, (address,))


def _cells(check: Check, key: str) -> tuple[Address, ...]:
    return tuple(Address.parse(cell) for cell in check.words(key))


def _sum_of_last_year(facts: Facts, cells: tuple[Address, ...]) -> Decimal | None:
    """None where one of the figures is not known."""
    total = _NONE
    for cell in cells:
        last = find_last_figure(facts, cell)
        if last is None:
            return None
        total += last
    return total
