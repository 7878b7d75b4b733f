"""Handles sums typed into a cell: “12+3+5” enters 20 and keeps the sum as typed, its tape, beside the figure.

A tape is never trusted: it is shown only while it adds up to the figure, and every edit of a figure that brings no tape
of its own takes the old one away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.base.numerals import (
    SCIENTIFIC_PATTERN,
    Accepted,
    NumeralError,
    Value,
    format_value,
    parse_value,
    shorten_text,
    to_half_width,
)
from govdesk.form.form import Address
from govdesk.report.report import Entry, Key, Layer, Report

MAX_ADDENDS: Final = 1000            # addends of one cell; a year's applications counted day by day are fewer
_LONGEST: Final = 16_000             # characters of them
_SIGNS = r"([+-])"
_FORMULA = r"[A-Za-z(*/:!^&]"

Wanted = tuple[Layer, Key, Entry | None]


class EnteredValue(NamedTuple):
    """What was typed into a cell comes to: its value, and the tape where it was a sum (else “”)."""

    value: Value | None
    tape: str = ""


def parse_entry(text: str, *, whole: bool, signed: bool = False, unit: str = "") -> EnteredValue:
    """As `numerals.parse_value`, and sums as well. Raises NumeralError with the reason.

    A minus is a correction within a sum: “20-3” alone may be a slip or a date, so it wants a plus or a “=” before it.
    """
    accepted: Accepted = {"whole": whole, "signed": signed, "unit": unit}
    plain = to_half_width(text)
    begun = plain.startswith("=")
    body = plain.removeprefix("=").strip()
    if begun and re.search(_FORMULA, body):
        raise NumeralError(f"“{shorten_text(text)}”是公式，请填算好的数，或逐个相加，如 12+3+5")
    if "+" in body[1:] and not re.fullmatch(SCIENTIFIC_PATTERN, body):
        return _sum(body, accepted)
    if begun and "-" in body[1:]:
        return _sum(body, accepted)
    return _single(text, body, accepted, begun=begun)


def _single(text: str, body: str, accepted: Accepted, *, begun: bool) -> EnteredValue:
    if begun and not body:
        raise NumeralError("等号后面还没有数")
    if re.fullmatch(r"\d[\d.,]*-\d[\d.,]*", body):
        raise NumeralError(f"“{shorten_text(text)}”不是数字，要相减请写成 ={shorten_text(body)}")
    return EnteredValue(parse_value(body if begun else text, **accepted))


def _sum(body: str, accepted: Accepted) -> EnteredValue:
    pieces = re.split(_SIGNS, body.lstrip("+")) if len(body) <= _LONGEST else []
    if not pieces or len(pieces) // 2 >= MAX_ADDENDS:
        raise NumeralError(f"一格最多连加 {MAX_ADDENDS} 个数，请先分几段加好再填")
    pieces = ["", *pieces[1:]] if pieces[0].strip() == "" else ["+", *pieces]
    signs, numbers = pieces[0::2], pieces[1::2]
    if not signs[0] or len(signs) != len(numbers):
        raise NumeralError("加号、减号的前后都要有数")
    addends = [_addend(number, accepted) for number in numbers]
    total = sum((-n if sign == "-" else n for sign, n in zip(signs, addends, strict=True)), Decimal(0))
    if total < 0 and not accepted["signed"]:
        raise NumeralError(f"各数相加为 {format_value(total)}，不能填负数")
    tape = "".join(f"{sign}{format_value(n)}" for sign, n in zip(signs, addends, strict=True))
    return EnteredValue(parse_value(format_value(total), **accepted), tape.removeprefix("+"))


def _addend(text: str, accepted: Accepted) -> Decimal:
    if not text.strip():
        raise NumeralError("加号、减号的前后都要有数")
    value = parse_value(text, **accepted)
    if not isinstance(value, Decimal):
        raise NumeralError(f"“{shorten_text(text)}”不是数字，不能相加")
    return value


def describe_understood(text: str, entered: EnteredValue) -> str:
    """What was made of a text that stands otherwise in the cell than it was typed; “” where nothing need be said."""
    if entered.tape:
        return f"{shorten_text(entered.tape, 40)}＝{format_value(entered.value)}"
    if entered.value is None or to_half_width(text).replace(" ", "") == format_value(entered.value):
        return ""
    words = format_value(entered.value) if isinstance(entered.value, Decimal) else "不适用"
    return f"“{shorten_text(text)}”按{words}填入"


def tape_of(report: Report, address: Address) -> str:
    """The tape of a cell while it adds up to its figure, else “”."""
    tape, value = report.entry(Layer.TAPES, address), report.value(address)
    if not isinstance(tape, str) or value is None:
        return ""
    return tape if _adds_up_to(tape) == value else ""


def _adds_up_to(tape: str) -> Value | None:
    try:
        return parse_entry(tape, whole=False, signed=True).value
    except NumeralError:                     # written by another program
        return None


def split_tape(tape: str) -> list[str]:
    """“12+3-5” → 12, +3, −5, as they are listed."""
    pieces = re.split(_SIGNS, tape)
    return [pieces[0], *(f"{'−' if sign == '-' else '+'}{number}"
                         for sign, number in zip(pieces[1::2], pieces[2::2], strict=True))]


def drop_stale_tapes(wanted: Iterable[Wanted]) -> list[Wanted]:
    """The entries wanted, and with every figure that brings no tape of its own the end of the old one."""
    entries = list(wanted)
    own = {key for layer, key, _ in entries if layer is Layer.TAPES}
    return entries + [(Layer.TAPES, key, None) for layer, key, _ in entries
                      if layer is Layer.VALUES and key not in own]
