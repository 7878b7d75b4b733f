"""What a cell's text says as a figure of the form: the value, and why it is in doubt where it is not plain."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.base.numerals import Accepted, NumeralError, Value, parse_value, shorten_text, to_half_width

_PLAIN = re.compile(r"(?a)[+-]?\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_TORN = re.compile(r"(?a)\d+(?: \d+)?(?:\.\d+)?|\d+(?:\n\d+)+(?:\.\d+)?|\d+ ?\. ?\d+")
_GROUPED = re.compile(r"(?a)\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NOTED = re.compile(r"(?as)(\d[\d,]*(?:\.\d+)?)\s*(?:件|宗|个|条|份|项|万元)?\s*"
                    r"[(\[〔【].{1,200}[)\]〕】]\s*(?:件|万元)?")
_MARKED = re.compile(r"(?a)(\d[\d,]*(?:\.\d+)?)\s*(?:\^.{1,4}|[*※†‡①-⑳⑴-⒇¹²³⁴-⁹]+)")
_YUAN = re.compile(r"(?a)(\d[\d,]*(?:\.\d+)?)\s*(万?)元")
_FACTORS: Final = {("", "万元"): Decimal("0.0001"), ("万", "元"): Decimal(10_000)}      # written, the cell's unit
_LONGEST: Final = 240                # characters; what is longer is prose


class Figure(NamedTuple):
    """A figure as it was understood; `doubt`: why it may be another, “” where it is plain. No value: none can be read,
    for that reason."""

    value: Value | None
    doubt: str = ""
    is_torn: bool = False            # its digits stand apart, as where a narrow cell breaks a number


def read_figure(text: str, accepted: Accepted) -> Figure:
    """What a cell that takes such numbers says. A blank cell is None without a doubt."""
    half = to_half_width(text)
    if not half:
        return Figure(None)
    if half[0] in "=+@":
        return Figure(None, f"“{shorten_text(text)}”像公式，不是数")
    if len(half) > _LONGEST:
        return Figure(None, f"“{shorten_text(text)}”不是数")
    try:
        value = parse_value(text, **accepted)
    except NumeralError as error:
        return _salvaged(half, accepted) or Figure(None, str(error))
    if isinstance(value, Decimal) and not _PLAIN.fullmatch(_without_unit(half, accepted["unit"])):
        return Figure(value, f"写的是“{shorten_text(text)}”")
    return Figure(value)


def bare_number(text: str) -> str:
    """A text that holds a figure and a remark on it as the figure alone, so that nobody takes it for a name; any other
    text as it is."""
    half = to_half_width(text)
    for pattern in (_NOTED, _MARKED, _YUAN):
        if found := pattern.fullmatch(half):
            return found[1]
    return text


def _without_unit(half: str, unit: str) -> str:
    return half.removesuffix(unit).rstrip().replace("−", "-").replace("－", "-")


def _salvaged(half: str, accepted: Accepted) -> Figure | None:
    """A figure that is written with something else, always in doubt."""
    flat = " ".join(half.split())
    unit = accepted["unit"]
    lines = "\n".join(" ".join(line.split()) for line in half.splitlines() if line.strip())
    joined = re.sub(r"\s", "", _without_unit(flat, unit))
    if _TORN.fullmatch(_without_unit(lines, unit)) or ("\n" in lines and _GROUPED.fullmatch(joined)):
        figure = _again(joined, accepted, f"数字是分开写的“{shorten_text(flat)}”，拼成一个数")
        return figure and figure._replace(is_torn="\n" in half)
    for pattern in (_NOTED, _MARKED):
        if found := pattern.fullmatch(half):
            return _again(found[1], accepted, f"写的是“{shorten_text(flat, 40)}”，只取前面的数")
    if (found := _YUAN.fullmatch(flat)) and (factor := _FACTORS.get((found[2], accepted["unit"]))):
        amount = Decimal(found[1].replace(",", "")) * factor
        return _again(format(amount.normalize(), "f"), accepted,
                      f"写的是“{shorten_text(flat)}”，换算成{accepted['unit']}")
    return None


def _again(text: str, accepted: Accepted, doubt: str) -> Figure | None:
    try:
        return Figure(parse_value(text, **accepted), doubt)
    except NumeralError:
        return None
