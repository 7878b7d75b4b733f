"""Years that a text brings along: a period, the report itself, or work told of another year as if it were this one's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from govdesk.form.form import Check
from govdesk.organs.mentions import mentions

Place = tuple[int, int]
_DONE, _PLANNED = re.compile("未|没有|收到|收取了|办结|答复了"), re.compile("将|计划|拟|继续")


def other_year(check: Check, text: str, year: int | None) -> Place | None:
    """The first place where the report, the period of its figures or its work is said to be of another year."""
    if year is None:
        return None
    said = [((m.start, m.end), m.year) for m in mentions(text) if m.how == "report" and m.name]
    for pattern in (*check.words("periods"), check.word("published")):
        said += _years(text, pattern)
    said += _dated(text, year, check.word("dated"), check.word("beside"))
    return next((place for place, named in said if named != year), None)


@lru_cache(maxsize=256)
def _years(text: str, pattern: str) -> tuple[tuple[Place, int], ...]:
    return tuple((m.span(), int(m["year"])) for m in re.finditer(pattern, text))


@lru_cache(maxsize=64)
def _dated(text: str, this_year: int, dated: str, beside: str) -> tuple[tuple[Place, int], ...]:
    """What is told of an earlier year, in paragraphs that say nothing of this one and do not set years side by side;
    of a later year only what cannot be a plan."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        if f"{this_year}年" in paragraph[0] or re.search(beside, paragraph[0]):
            continue
        for match in re.finditer(dated, paragraph[0]):
            year = int(match["year"])
            if year < this_year or (_DONE.search(match[0]) and not _PLANNED.search(match[0])):
                place = paragraph.start() + match.start("year"), paragraph.start() + match.end()
                found.append((place, year))
    return tuple(found)
