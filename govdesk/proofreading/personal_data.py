"""Finds identity numbers of citizens (GB 11643, with their check digit) and mobile numbers. Names are not guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXxＸｘ](?![\dA-Za-z])")
_COUNTED = "元件条次人万亿平吨户个％%亩米"          # units: a number before one of these is no telephone
_MOBILE = re.compile(r"(?<![\dA-Za-z.\-－])1[3-9]\d(?P<sign>[ -]?)\d{4}(?P=sign)\d{4}(?![\d.]?\d)"
                     rf"(?!\s?[{_COUNTED}])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# The first two digits: provinces and the like of GB/T 2260.
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_OLDEST = 1900


class PersonalNumber(NamedTuple):
    """A number at `start` to `end`; `kind` is “identity” or “mobile”."""

    kind: str
    start: int
    end: int


@lru_cache(maxsize=64)
def find_personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """In order. `text` has its digits in half width."""
    return tuple(sorted([*_identity_numbers(text), *_mobile_numbers(text)], key=lambda found: found.start))


def is_identity_number(digits: str) -> bool:
    """Whether 18 digits are a citizen's number: a province, a day of birth and the right check digit. An organ's own
    number (统一社会信用代码) has no day there."""
    digits = digits.upper().replace("Ｘ", "X")
    if not _PROVINCE.match(digits):
        return False
    try:
        born = datetime.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return born.year >= _OLDEST and digits[17] == _CHECK_DIGITS[total % 11]


def mask_number(number: str) -> str:
    """The number with its middle hidden, as it may be repeated in a message."""
    digits = re.sub(r"\W", "", number)
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"


def _identity_numbers(text: str) -> Iterator[PersonalNumber]:
    for match in _IDENTITY.finditer(text):
        if is_identity_number(match[0]):
            yield PersonalNumber("identity", *match.span())


def _mobile_numbers(text: str) -> Iterator[PersonalNumber]:
    for match in _MOBILE.finditer(text):
        yield PersonalNumber("mobile", *match.span())
