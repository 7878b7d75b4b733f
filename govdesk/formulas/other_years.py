"""Years that a text brings along: a period, the report itself, or work told of another year as if it were this one's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from govdesk.organs.mentions import mentions

Place = tuple[int, int]
_DIGITS = "〇一二三四五六七八九零○"
_TO_DIGITS = str.maketrans(_DIGITS, "012345678900")


class YearWords(NamedTuple):
    """Patterns of the form file: those with a group `year` find one; `done` and `planned` tell what was from what will
    be."""

    periods: tuple[str, ...]
    published: str
    told: tuple[str, ...]
    beside: str
    done: str
    planned: str
    plan: str


def other_year(text: str, year: int | None, words: YearWords) -> Place | None:
    """The first place where the report, the period of its figures or its work is said to be of another year."""
    if year is None:
        return None
    text = _in_digits(text)
    said = [((m.start, m.end), m.year) for m in mentions(text) if m.how == "report" and m.name]
    for pattern in (*words.periods, words.published):
        said += _years(text, pattern)
    found = next((place for place, named in said if named != year), None)
    return found or next(iter((*_told(text, year, words), *_planned(text, year, words.plan))), None)


@lru_cache(maxsize=64)
def _in_digits(text: str) -> str:
    """“二〇二二年” as “2022年”, as long as it was."""
    return re.sub(rf"二[〇○零][{_DIGITS}]{{2}}(?= ?年)", lambda year: year[0].translate(_TO_DIGITS), text)


@lru_cache(maxsize=256)
def _years(text: str, pattern: str) -> tuple[tuple[Place, int], ...]:
    return tuple((m.span(), int(m["year"])) for m in re.finditer(pattern, text))


@lru_cache(maxsize=64)
def _told(text: str, this_year: int, words: YearWords) -> tuple[Place, ...]:
    """What is told of an earlier year, in paragraphs that say nothing of this one and do not set years side by side;
    of a later year only what cannot be a plan."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        if re.search(f"{this_year} ?年", paragraph[0]) or re.search(words.beside, paragraph[0]):
            continue
        for match in (m for pattern in words.told for m in re.finditer(pattern, paragraph[0])):
            year, said = int(match["year"]), match[0]
            if year < this_year or (year > this_year and re.search(words.done, said)
                                    and not re.search(words.planned, said)):
                found.append((paragraph.start() + match.start("year"), paragraph.start() + match.end()))
    return tuple(sorted(found))


@lru_cache(maxsize=64)
def _planned(text: str, this_year: int, plan: str) -> tuple[Place, ...]:
    """What is still to be done in the year of the report, or was in an earlier one: the report is written when it is
    over."""
    return tuple((m.start("year"), m.end()) for m in re.finditer(plan, text) if int(m["year"]) <= this_year)
