"""信息处理费 in the text against the tables: what a fee notice asks to be reported, and an amount that is too large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govdesk.base.numerals import canonical, show
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, State, finding, passed
from govdesk.form.form import Address, Check
from govdesk.prose.year_parts import of_the_year

TEN_THOUSAND = Decimal(10_000)


def fee_notices(check: Check, facts: Facts) -> Iterator[Finding]:
    """Requests that ended because a notified fee was not paid: the text says something of the notices."""
    address, text_id = Address.parse(check.word("cell")), check.word("text")
    value, text = facts.number(address), facts.texts.get(text_id, "")
    if value == 0:
        return
    if value is None or (value > 0 and not text):
        yield finding(check, State.PENDING, f"{check.title}：填完后核对", (address, text_id))
    elif value > 0 and not re.search(check.word("mentioned"), plain(text)):
        yield finding(check, State.FAILED, check.word("message").format(value=show(value)), (text_id, address))
    else:
        yield passed(check, (text_id, address))


def fee_within(check: Check, facts: Facts) -> Iterator[Finding]:
    """The fee that a text says was collected, in 万元, is part of the amount in the table."""
    address, text_id = Address.parse(check.word("cell")), check.word("text")
    value = facts.number(address)
    said = max(_amounts(check, facts, text_id), default=None)
    if said is None:
        return
    if value is None:
        yield finding(check, State.PENDING, f"{check.title}：填完后核对", (address, text_id))
    elif said > value:
        message = check.word("message").format(amount=show(said), value=show(value))
        sides = facts.side((), "第六部分", ("第六部分的信息处理费", said)), facts.side((address,))
        yield finding(check, State.FAILED, message, (text_id, address), sides=sides, sign="≤")
    else:
        yield passed(check, (text_id, address))


def _amounts(check: Check, facts: Facts, text_id: str) -> Iterator[Decimal]:
    """Each amount of the year in 万元; a price, a notice or a debt is none."""
    for part in of_the_year(plain(facts.texts.get(text_id, "")), facts.report.year):
        match = re.search(check.word("collected"), part.group())
        if match and not re.search(check.word("not_collected"), part.group()):
            amount = Decimal(match["amount"].replace(",", ""))
            yield amount if match["unit"] else canonical((amount / TEN_THOUSAND).normalize())
