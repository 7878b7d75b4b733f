"""Checks the fee of table 2 against last year, the organ's level and the texts, and what the texts say about 信息处理费
against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from govdesk.base.numerals import format_value, normalise_number
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.checks.previous import compare_years, find_last_figure
from govdesk.form.form import Address, Check
from govdesk.prose.fees import FeeAmount, read_fee_amounts

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
    said = max((to_wan_yuan(fee.yuan) for fee in fee_amounts(check, facts, text_id) if fee.of == "processing"),
               default=None)
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


def fee_amounts(check: Check, facts: Facts, text_id: str) -> tuple[FeeAmount, ...]:
    """What a text says was collected in the report's year, read with the words that a rule names."""
    text = facts.texts.get(text_id, "")
    return read_fee_amounts(text, facts.report.year, check.word("lexicon"), check.word("fee_lexicon")) if text else ()


def to_wan_yuan(yuan: Decimal) -> Decimal:
    return normalise_number((yuan / TEN_THOUSAND).normalize())


def check_unit_slip(check: Check, facts: Facts) -> Iterator[Finding]:
    """元 for 万元? An amount is doubtful that a text gives as so many 元, that is a hundred times last year's or a
    hundredth of it (where one of the two years has 0: from `least` on), or above what its level collects (`most`).
    """
    address = Address.parse(check.word("cell"))
    now, last = facts.number(address), find_last_figure(facts, address)
    if now is None:
        return
    beside_last = _beside_last_year(check, facts, address, now, last)
    beside_texts = _beside_texts(check, facts, address, now) if now else None
    found = [finding for finding in (beside_last, beside_texts) if finding is not None]
    yield from found
    if now and not last and not any(finding.state is State.FAILED for finding in found):
        yield from _beside_level(check, facts, address, now)


def _beside_last_year(check: Check, facts: Facts, address: Address, now: Decimal, last: Decimal | None
                      ) -> Finding | None:
    if last is None or not (now or last):
        return None
    small, large = sorted((now, last))
    sides = compare_years(facts, address, last)
    doubtful = large >= 100 * small if small else large >= check.number("least")
    if not doubtful:
        return make_passed(check, (address,), "last", sides, "≈")
    message = check.word("message" if small else "message_zero").format(value=format_value(now),
                                                                        last=format_value(last))
    return make_finding(check, State.FAILED, message, (address,), line="last", sides=sides, sign="≈")


def _beside_texts(check: Check, facts: Facts, address: Address, now: Decimal) -> Finding | None:
    """The amount stands in a text with 元 behind it, alone or as the sum of what was collected, and no text says as
    much in 万元."""
    told = _tell_fees(check, facts)
    right = _is_told(told, now)
    place = next((text_id for text_id, fees in told.items()
                  if now in {fee.yuan for fee in fees} | {sum(fee.yuan for fee in fees)}), "")
    if place and not right:
        message = check.word("message_text").format(value=format_value(now), place=facts.form.texts[place].name,
                                                    due=format_value(to_wan_yuan(now)))
        return make_finding(check, State.FAILED, message, (address, place), line="text")
    return make_passed(check, (address, *told), "text") if told else None


def _tell_fees(check: Check, facts: Facts) -> dict[str, tuple[FeeAmount, ...]]:
    """The amounts that the texts tell, of those that tell any."""
    return {text_id: fees for text_id in facts.texts if (fees := fee_amounts(check, facts, text_id))}


def _is_told(told: Mapping[str, tuple[FeeAmount, ...]], amount: Decimal) -> bool:
    """Whether a text has an amount as it stands in the table, in 万元."""
    return any(to_wan_yuan(fee.yuan) == amount for fees in told.values() for fee in fees)


def _beside_level(check: Check, facts: Facts, address: Address, now: Decimal) -> Iterator[Finding]:
    level, kind = facts.form.choice("level", facts.report.cover("organ.level")), facts.report.cover("organ.kind")
    if level is None or _is_told(_tell_fees(check, facts), now):
        return
    most = next((Decimal(limit["amount"]) for limit in check.tables("most")
                 if limit["level"] == level.id and limit.get("kind", kind) == kind), None)
    if most is not None and now > most:
        message = check.word("message_level").format(value=format_value(now), level=level.label,
                                                     due=format_value(to_wan_yuan(now)))
        yield make_finding(check, State.FAILED, message, (address,), line="level")
