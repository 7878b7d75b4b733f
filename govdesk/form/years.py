"""Holds the report years that a form is for, and the form that it follows, as the form file says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Years(NamedTuple):
    """Report years, the first and the last among them; None: without a beginning, without an end."""

    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)

    @property
    def words(self) -> str:
        """“2019—2020年度”, “2021年度起”; “” for every year."""
        if self.first is None:
            return ""
        if self.last is None:
            return f"{self.first}年度起"
        return f"{self.first}年度" if self.first == self.last else f"{self.first}—{self.last}年度"


EVERY_YEAR: Final = Years()


class Follows(NamedTuple):
    """The form before: its id, and for a table, a row or a cell here (`requests`, `requests/other_misc`, …) the one
    there. A table or a row stands for all its cells that both forms have under the same further ids."""

    form: str
    places: Mapping[str, str]
