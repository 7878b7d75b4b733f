"""Checks what a text says about reconsideration and litigation (that there were some, or none) against table 4, and
whether so many suits can have come without reconsideration first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from govdesk.base.numerals import format_value, shorten_text
from govdesk.checks import readings
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.checks.previous import find_last_figure
from govdesk.form.form import Address, Check
from govdesk.prose.claims import Claim

_NONE: Final = Decimal(0)
_OFFICES: Final = ("office", "level")
_TOGETHER: Final = {"disputes": ("reconsideration", "litigation"),
                    "litigation_after": ("litigation_after_reconsideration",)}


def check_disputes_text(check: Check, facts: Facts) -> Iterator[Finding]:
    """The text of section four and table 4 agree on whether there was any reconsideration or litigation."""
    text_id, subjects = check.word("text"), check.tables("subjects")
    said = [claim for claim in readings.said_of(facts, text_id) if claim.kind == "count"
            and not (claim.columns and not claim.number)]
    if readings.tells_of_many(facts):        # what one office of a government says of itself is a part
        said = [claim for claim in said if claim.scope not in _OFFICES]
    cells = {s["id"]: tuple(Address.parse(a) for a in s["cells"]) for s in subjects}
    totals = {subject: facts.total(addresses) for subject, addresses in cells.items()}
    for subject in subjects:
        places, total, name = cells[subject["id"]], totals[subject["id"]], subject["name"]
        if not any(subject["id"] in _subjects(claim) for claim in said):
            continue
        if total is None:
            message = f"{check.title}（{name}）：还有空白，填完后核对"
            yield make_finding(check, State.PENDING, message, places, line=subject["id"])
            continue
        wider = {s for s, others in cells.items() if set(places) < set(others)}
        wrong = next((claim for claim in said if _contradicts(claim, subject["id"], totals)
                      and wider.isdisjoint(_subjects(claim))), None)
        if wrong is None:
            yield make_passed(check, (text_id, *places), subject["id"])
            continue
        message = check.word("message_named" if wrong.number else "message_denied").format(
            quote=shorten_text(wrong.said, 24), name=name, value=format_value(total))
        yield make_finding(check, State.FAILED, message, (text_id, *places), line=subject["id"])


def _subjects(claim: Claim) -> tuple[str, ...]:
    """Those that a number is of, or a denial."""
    return _TOGETHER.get(claim.ids[0], claim.ids[:1])


def _contradicts(claim: Claim, subject: str, totals: Mapping[str, Decimal | None]) -> bool:
    named = _subjects(claim)
    if subject not in named:
        return False
    if not claim.number:
        return bool(totals[subject])
    return all(totals[s] == 0 for s in named)


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
