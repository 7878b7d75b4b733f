"""The period of a report's figures: the year from its first day to its last."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

Place = tuple[int, int]
_DAY: Final = r"(?P<{0}>\d{{1,2}})\s*月\s*(?:份|(?P<{1}>\d{{1,2}})\s*[日号])?"
_TO: Final = r"\s*(?:零时|0时)?\s*[起始]?\s*(?:至|到|止|[-—－~～–]){1,2}\s*"
_RANGE: Final = (r"(?:(?P<year>20\d\d)\s*年\s*)?" + _DAY.format("month", "day") + _TO +
                 r"(?:(?P<last_year>20\d\d)\s*年\s*)?" + _DAY.format("last_month", "last_day"))


def find_other_period(text: str, this_year: int, front: str, unless: str) -> Place | None:
    """The first place at which a period, behind words that match `front`, is not 1 January to 31 December of the year;
    None in a text where `unless` is found: an organ that was made within the year counts from then on."""
    return None if re.search(unless, text) else _find(text, str(this_year), front)


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def _find(text: str, this_year: str, front: str) -> Place | None:
    for match in re.finditer(f"(?:{front}){_RANGE}", text):
        begins = int(match["month"]) == 1 and int(match["day"] or 1) == 1
        ends = int(match["last_month"]) == 12 and int(match["last_day"] or 31) == 31
        years = {match["year"] or this_year, match["last_year"] or this_year}
        if not (begins and ends) or years != {this_year}:
            return match.span()
    return None
