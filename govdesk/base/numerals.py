"""Parses numbers as a clerk types them, says why a text is refused, and formats values.

A value is a Decimal or NA (不适用). Blank is the absence of a value and is written None where text is parsed.
"""

from __future__ import annotations

import decimal
import re
import unicodedata
from decimal import Decimal
from enum import Enum
from typing import Final, TypedDict

from govdesk.base.bounds import MAX_DECIMALS, MAX_DIGITS, MAX_FOREIGN_DECIMALS, MAX_FOREIGN_DIGITS, MAX_TOTAL_DIGITS


class NotApplicable(Enum):
    """不适用: neither a number nor blank. In the exchange file it is "na"."""

    NA = "na"


NA: Final = NotApplicable.NA
Value = Decimal | NotApplicable

# Sums are exact. Python rounds every sum, difference and even −x to 28 digits, and a foreign file may state 30 of them.
# The template is what every other thread begins with.
DECIMAL_PRECISION: Final = 200
decimal.DefaultContext.prec = decimal.getcontext().prec = DECIMAL_PRECISION

# Patterns that only typing needs; compiled when the first figure is typed
_NUMBER = r"(?a)[+-]?(\d+\.?\d*|\.\d+)"
_GROUPED = r"(?a)[+-]?\d{1,3}((,\d{3})+|( \d{3})+)(\.\d*)?"
_FIGURES = r"(?a)[+-]?[\d,.\s]+"
SCIENTIFIC_PATTERN = r"(?a)[+-]?[\d.]{1,20}[eE][+-]?\d{1,5}"
_PUBLISHED = re.compile(rf"-?(\d{{1,{MAX_TOTAL_DIGITS}}})(\.\d{{1,{MAX_FOREIGN_DECIMALS}}})?", re.ASCII)
_NA_WORDS = frozenset({"na", "n/a", "不适用", "/", "-", "--", "—", "——", "–", "−"})
_NOTHING_WORDS = frozenset({"无", "没有", "暂无", "零"})
_MONEY = ("万元", "元")
_UNITS = ("件", *_MONEY)
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-"})
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Accepted(TypedDict):
    """What a cell takes: whole numbers alone, numbers below 0, its unit (件, 万元, 元, 项)."""

    whole: bool
    signed: bool
    unit: str


class NumeralError(ValueError):
    """Text that is no value for this cell; the message is the reason, for the clerk."""


def parse_value(text: str, *, whole: bool, signed: bool = False, unit: str = "") -> Value | None:
    """The value of what was typed: a Decimal ≥ 0, NA, or None for blank.

    Full-width digits, thousands separators, surrounding blanks and the cell's own `unit` (else 件 or 万元) are
    understood. `whole` cells take no fraction, `signed` ones a number below 0 too. Raises NumeralError with the reason.
    """
    half = to_half_width(text)
    if not half:
        return None
    if half.casefold() in _NA_WORDS:
        return NA
    if half in _NOTHING_WORDS:
        raise NumeralError(f"“{half}”不是数字，没有发生的请填 0")
    own_unit = unit or ("件" if whole else "万元")
    number = _to_decimal(_without_unit(half, own_unit).replace("。", ".").translate(_DASHES), text)
    if number < 0 and not signed:
        raise NumeralError("不能填负数")
    return _within_limits(number, whole)


def to_half_width(text: str) -> str:
    """What was typed without invisible signs and outer blanks, full-width letters and signs narrowed. Only width is
    changed, not NFKC: that would read ① as 1 and 5² as 52."""
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return visible.translate(_HALF_WIDTH).strip()


def _without_unit(half: str, own_unit: str) -> str:
    """“3件” → “3”. Another unit than the cell's is refused: 380 元 are not 380 万元."""
    unit = next((unit for unit in (*_UNITS, own_unit) if half.endswith(unit)), "")
    number = half.removesuffix(unit).rstrip()
    if not unit or not number[-1:].isdigit():
        return half
    if unit != own_unit:
        money = own_unit in _MONEY
        raise NumeralError(f"这一格的单位是{own_unit}，不能填“{unit}”" + ("，请换算后只填数字" if money else ""))
    return number


def _to_decimal(plain: str, typed: str) -> Decimal:
    if "," in plain or re.search(r"\d\s+\d", plain):
        plain = _without_separators(plain, typed)
    if not re.fullmatch(_NUMBER, plain):
        raise NumeralError(f"“{shorten_text(typed)}”不是数字，{_advice(plain)}")
    return Decimal(plain)


def _advice(plain: str) -> str:
    """What to type instead. Nothing is guessed: a wrong guess would be a wrong figure."""
    if re.fullmatch(SCIENTIFIC_PATTERN, plain):
        return "科学记数法会丢尾数，请写出全部数字"
    if re.fullmatch(r"[\d.,]+ ?[万亿][件元]?", plain, re.ASCII):
        return "请按这一格的单位写出全部数字"
    if re.fullmatch(r"#+", plain):
        return "是表格软件里列太窄的样子，请放宽那一列再复制"
    return "请只填阿拉伯数字"


def _without_separators(plain: str, typed: str) -> str:
    """Thousands stand in threes, by commas or by spaces; anything else may be two numbers, or a slip."""
    if re.fullmatch(_GROUPED, plain):
        return re.sub(r"[, ]", "", plain)
    if not re.fullmatch(_FIGURES, plain):
        return plain
    fault = "逗号的位置不对" if "," in plain else "中间有空格"
    raise NumeralError(f"“{shorten_text(typed)}”{fault}，请只填一个数")


def _within_limits(number: Decimal, whole: bool) -> Decimal:
    number = normalise_number(number.to_integral_value() if whole and number == number.to_integral_value() else number)
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if whole and number != number.to_integral_value():
        raise NumeralError("件数须为整数，不能带小数")
    if -exponent > MAX_DECIMALS:
        raise NumeralError(f"最多保留 {MAX_DECIMALS} 位小数")
    if len(digits) + max(exponent, 0) + min(exponent, 0) > MAX_DIGITS:
        raise NumeralError(f"数字过大，整数部分最多 {MAX_DIGITS} 位")
    return number


def normalise_number(number: Decimal) -> Decimal:
    """The same number in plain notation, without leading zeros or an exponent; decimals typed are kept (12.50)."""
    number = abs(number) if number == 0 else number
    return Decimal(format(number, "f"))


def shorten_text(text: str, limit: int = 20) -> str:
    """Text for a message: one line, control characters out, at most `limit` characters."""
    line = "".join(c if c.isprintable() else " " for c in text).strip()
    return line if len(line) <= limit else line[:limit] + "…"


def format_value(value: Value | None) -> str:
    """How a value stands on paper and screen: plain digits, — for 不适用, nothing for blank."""
    if value is None:
        return ""
    return "—" if value is NA else format(value, "f")


def dump_value(value: Value) -> str:
    """The value as the exchange file writes it."""
    return "na" if value is NA else format(value, "f")


def load_value(text: str, *, total: bool = False) -> Value:
    """The inverse of `dump_value`: a decimal string as published (also a negative or a fraction), or "na".

    Raises NumeralError. Stricter in notation and laxer in range than `parse_value`: a foreign file is read as it is and
    rule N05 judges the number. `total`: it may be the sum of other figures, so it may have more digits.
    """
    if text == "na":
        return NA
    found = _PUBLISHED.fullmatch(text)
    if not found:
        raise NumeralError(f"“{shorten_text(text)}”不是数字")
    if not total and len(found[1]) > MAX_FOREIGN_DIGITS:
        raise NumeralError(f"“{shorten_text(text)}”过大，整数部分最多 {MAX_FOREIGN_DIGITS} 位")
    return normalise_number(Decimal(text))
