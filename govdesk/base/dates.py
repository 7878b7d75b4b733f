"""Reads a date as an office writes it into YYYY-MM-DD and formats it again; all date fields use this module."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Final

from govdesk.base.bounds import YEARS

DATE_YEARS: Final = range(YEARS.start, YEARS.stop + 1)  # years: a report is issued in the year after its own
_WRITE: Final = "请写成 2024年1月18日 或 2024-01-18"

_DIGITS = "〇一二三四五六七八九"
# What input methods, word processors and scans put for the 〇 of a year.
_ZEROS = str.maketrans(dict.fromkeys("○◯零Oo", "〇"))
_SIGNS = str.maketrans({"—": "-", "–": "-", "−": "-", "‐": "-", "‑": "-", "。": ".", "．": "."})
_PARTED = (r"([0-9〇一二三四五六七八九]{4})[年./\-]([0-9元一二三四五六七八九十]{1,3})[月./\-]"
           r"([0-9一二三四五六七八九十]{1,3})[日号]?")
_EIGHT = r"(\d{4})(\d{2})(\d{2})"
_SHORT_YEAR = r"(\d{1,3}[年./\-]|[〇一二三四五六七八九]{2}年).*"
_NO_DAY = r"[0-9〇一二三四五六七八九]{4}[年./\-][0-9元一二三四五六七八九十]{1,3}月?"


def parse_date(text: str) -> str:
    """“2024年1月18日”, “二○二四年一月十八日”, “2024.1.18”, “20240118” → “2024-01-18”; “” for blank. Raises ValueError
    with the reason: what may be two days is not guessed at."""
    plain = _plain(text)
    if not plain:
        return ""
    found = re.fullmatch(_PARTED, plain) or re.fullmatch(_EIGHT, plain, re.ASCII)
    if not found:
        raise ValueError(_fault(plain))
    year, month, number = _year(found[1]), _below_hundred(found[2]), _below_hundred(found[3])
    if month is None or number is None:
        raise ValueError(_WRITE)
    if year not in DATE_YEARS:
        raise ValueError(f"年份应在 {DATE_YEARS.start}～{DATE_YEARS.stop - 1} 之间，请核对")
    try:
        return datetime.date(year, month, number).isoformat()
    except ValueError:
        raise ValueError("没有这一天，请核对") from None


def to_date(iso: str) -> datetime.date | None:
    """The day of “2024-01-18”; None for anything else, also for what Python alone would take (“20240118”)."""
    try:
        found = datetime.date.fromisoformat(iso)
    except ValueError:
        return None
    return found if found.isoformat() == iso else None


def format_date(iso: str) -> str:
    """“2024年1月18日”: Arabic digits without leading zeros (GB/T 9704-2012 7.3.5.4). “” where there is none."""
    found = to_date(iso)
    return f"{found.year}年{found.month}月{found.day}日" if found else ""


def _plain(text: str) -> str:
    """Half-width, without blanks and unseen signs."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return re.sub(r"\s", "", seen).translate(_SIGNS).translate(_ZEROS)


def _fault(plain: str) -> str:
    if re.fullmatch(r"\d{5,7}", plain, re.ASCII):
        return f"“{plain}”分不清月和日，{_WRITE}"
    if re.fullmatch(_SHORT_YEAR, plain) or re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", plain, re.ASCII):
        return f"年份请写四位，写在最前面：{_WRITE}"
    if re.fullmatch(_NO_DAY, plain):
        return f"还缺哪一天，{_WRITE}"
    return _WRITE


def _year(text: str) -> int:
    return int("".join(str(_DIGITS.index(c)) if c in _DIGITS else c for c in text))


def _below_hundred(text: str) -> int | None:
    """“1”, “十八”, “元” (月); None for what is none: “十十”, “一八”, “1十”."""
    if text.isascii():
        return int(text) if len(text) <= 2 else None
    if text == "元":
        return 1
    if not re.fullmatch("[一二三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?", text):
        return None
    tens, ten, ones = text.rpartition("十")
    return (10 * (_DIGITS.index(tens) if tens else 1) if ten else 0) + (_DIGITS.index(ones) if ones else 0)
