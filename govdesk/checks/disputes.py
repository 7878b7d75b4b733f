"""Checks what a text says about reconsideration and litigation (that there were some, or none) against table 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from govdesk.base.numerals import format_value, shorten_text
from govdesk.checks import readings
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.form.form import Address, Check
from govdesk.prose.claims import Claim

_TOGETHER: Final = {"disputes": ("reconsideration", "litigation"),
                    "litigation_after": ("litigation_after_reconsideration",)}


def check_disputes_text(check: Check, facts: Facts) -> Iterator[Finding]:
    """The text of section four and table 4 agree on whether there was any reconsideration or litigation."""
    text_id, subjects = check.word("text"), check.tables("subjects")
    said = [claim for claim in readings.said_of(facts, text_id) if claim.kind == "count"
            and not (claim.columns and not claim.number)]
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
