"""Numbers as a clerk types them: what is understood, what is refused and why, and how a value is shown.

A value is a Decimal or NA (不适用). Blank is the absence of a value and is written None where text is parsed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from typing import Final


class NotApplicable(Enum):
    """不适用: neither a number nor blank. In the exchange file it is "na"."""

    NA = "na"


NA: Final = NotApplicable.NA
Value = Decimal | NotApplicable

# A count beyond this is a slip of the finger; the longest published figure in a real report has nine digits.
MAX_DIGITS: Final = 12
MAX_DECIMALS: Final = 6

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_NA_WORDS = frozenset({"na", "n/a", "不适用", "/", "-", "—", "——", "－", "–"})
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-"})


class NumeralError(ValueError):
    """Text that is no value for this cell; the message is the reason, for the clerk."""


def parse(text: str, *, whole: bool) -> Value | None:
    """The value of what was typed: a Decimal ≥ 0, NA, or None for blank.

    Full-width digits, thousands separators and surrounding blanks are understood. `whole` cells (件) take no
    fraction. Raises NumeralError with the reason.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    if plain.casefold() in _NA_WORDS or plain in _NA_WORDS:
        return NA
    plain = re.sub(r"\s+", "", plain).replace("，", ",").replace("、", ",").replace("。", ".").translate(_DASHES)
    number = _to_decimal(plain)
    if number is None:
        raise NumeralError(f"“{shorten(text)}”不是数字，请只填阿拉伯数字")
    if number < 0:
        raise NumeralError("不能填负数")
    return _within_limits(number, whole)


def _to_decimal(plain: str) -> Decimal | None:
    if "," in plain:
        if not _GROUPED.fullmatch(plain):
            return None
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain) or not plain.isascii():
        return None
    return Decimal(plain.rstrip(".") if not plain.endswith("..") else plain)


def _within_limits(number: Decimal, whole: bool) -> Decimal:
    number = canonical(number)
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if whole and exponent < 0:
        raise NumeralError("件数须为整数，不能带小数")
    if -exponent > MAX_DECIMALS:
        raise NumeralError(f"最多保留 {MAX_DECIMALS} 位小数")
    if len(digits) + max(exponent, 0) + min(exponent, 0) > MAX_DIGITS:
        raise NumeralError(f"数字过大，整数部分最多 {MAX_DIGITS} 位")
    return number


def canonical(number: Decimal) -> Decimal:
    """The same number in plain notation, without leading zeros or an exponent; decimals typed are kept (12.50)."""
    number = abs(number) if number == 0 else number
    return Decimal(format(number, "f"))


def shorten(text: str, limit: int = 20) -> str:
    """Text for a message: one line, control characters out, at most `limit` characters."""
    line = "".join(c if c.isprintable() else " " for c in text).strip()
    return line if len(line) <= limit else line[:limit] + "…"


def show(value: Value | None) -> str:
    """How a value stands on paper and screen: plain digits, — for 不适用, nothing for blank."""
    if value is None:
        return ""
    return "—" if value is NA else format(value, "f")


def dump(value: Value) -> str:
    """The value as the exchange file writes it."""
    return "na" if value is NA else format(value, "f")


def load(text: str) -> Value:
    """The inverse of `dump`: a decimal string as published (also a negative or a fraction), or "na".

    Raises NumeralError. Stricter in notation and laxer in range than `parse`: a foreign file is read as it is and
    rule N05 judges the number.
    """
    if text == "na":
        return NA
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,12})?", text) or not text.isascii():
        raise NumeralError(f"“{shorten(text)}”不是数字")
    return canonical(Decimal(text))
