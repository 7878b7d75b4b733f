"""Checks what a text says about 信息处理费 against the tables: fee notices to be reported, and an amount
that is too large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govdesk.base.numerals import format_value, normalise_number
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.form.form import Address, Check
from govdesk.prose.year_parts import parts_about_year

TEN_THOUSAND = Decimal(10_000)


def check_fee_notices(check: Check, facts: Facts) -> Iterator[Finding]:
    """Requests that ended because a notified fee was not paid: the text says something of the notices."""
    address, text_id = Address.parse(check.word("cell")), check.word("text")
    value, text = facts.number(address), facts.texts.get(text_id, "")
    if value == 0:
        return
    if value is None or (value > 0 and not text):
        yield make_finding(check, State.PENDING, f"{check.title}：填完后核对", (address, text_id))
    elif value > 0 and not re.search(check.word("mentioned"), plain(text)):
        yield make_finding(check, State.FAILED, check.word("message").format(value=format_value(value)),
                           (text_id, address))
    else:
        yield make_passed(check, (text_id, address))


def check_fee_within(check: Check, facts: Facts) -> Iterator[Finding]:
    """The fee that a text says was collected, in 万元, is part of the amount in the table."""
    address, text_id = Address.parse(check.word("cell")), check.word("text")
    value = facts.number(address)
    said = max(_amounts(check, facts, text_id), default=None)
    if said is None:
        return
    if value is None:
        yield make_finding(check, State.PENDING, f"{check.title}：填完后核对", (address, text_id))
    elif said > value:
        message = check.word("message").format(amount=format_value(said), value=format_value(value))
        sides = facts.side((), "第六部分", ("第六部分的信息处理费", said)), facts.side((address,))
        yield make_finding(check, State.FAILED, message, (text_id, address), sides=sides, sign="≤")
    else:
        yield make_passed(check, (text_id, address))


def _amounts(check: Check, facts: Facts, text_id: str) -> Iterator[Decimal]:
    """Each amount of the year in 万元; a price, a notice or a debt is none."""
    for part in parts_about_year(plain(facts.texts.get(text_id, "")), facts.report.year):
        match = re.search(check.word("collected"), part.group())
        if match and not re.search(check.word("not_collected"), part.group()):
            amount = Decimal(match["amount"].replace(",", ""))
            yield amount if match["unit"] else normalise_number((amount / TEN_THOUSAND).normalize())
