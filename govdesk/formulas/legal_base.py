"""The legal base that a report names: articles of the regulation, its decree, and the number of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

Place = tuple[int, int]


class OldBase(NamedTuple):
    """What is named no more: a pattern (its group `said`, where it has one, is quoted), what beside it makes it lawful
    (“” where nothing does), the words to say, and how grave it is (“” as the rule)."""

    pattern: str
    unless: str
    advice: str
    severity: str


def old_bases(tables: Iterable[Mapping[str, str]]) -> tuple[OldBase, ...]:
    """The tables of the form file as records."""
    return tuple(OldBase(table["pattern"], table.get("unless", ""), table["advice"], table.get("severity", ""))
                 for table in tables)


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def find_old_bases(text: str, bases: tuple[OldBase, ...]) -> tuple[tuple[Place, OldBase], ...]:
    """Each base that a text names and that is no longer in force, once."""
    found = []
    for base in bases:
        match = re.search(base.pattern, text)
        if match and not (base.unless and re.search(base.unless, text)):
            found.append((match.span("said" if "said" in match.re.groupindex else 0), base))
    return tuple(found)
