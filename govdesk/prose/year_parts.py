"""How a sentence of a report is read: its clauses and parts, and which year a part speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLAUSE = re.compile(r"[^。；;！？\n]+")
_PART = re.compile(r"(?:[^，,]|(?<=\d),(?=\d{3}))+")
_THIS_YEAR = re.compile("本年|今年")
_YEAR = re.compile(r"20\d\d(?=年)")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年|往年|同期)(?!度?结转)")


def clauses(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The pieces between full stops, semicolons and line ends, of the text from `start` to `end`."""
    return _CLAUSE.finditer(text, start, len(text) if end is None else end)


def parts(text: str, clause: re.Match[str]) -> Iterator[re.Match[str]]:
    """The pieces of a clause between commas."""
    return _PART.finditer(text, clause.start(), clause.end())


def is_about_year(year: int | None, part: str, before: bool) -> bool:
    """Whether a part of a sentence speaks of the report's year; `before` holds on where it does not say."""
    if _THIS_YEAR.search(part):
        return True
    if _LAST_YEAR.search(part):
        return False
    named = _YEAR.findall(part)
    return before if not named or year is None else str(year) in named


def parts_about_year(text: str, year: int | None) -> Iterator[re.Match[str]]:
    """The parts of a text that do not speak of another year."""
    for clause in clauses(text):
        this_year = True
        for part in parts(text, clause):
            this_year = is_about_year(year, part.group(), this_year)
            if this_year:
                yield part
