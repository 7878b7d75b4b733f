"""What a text claims about the figures: a number, or a denial, with what it counts, of whom, and where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

NOT_TOLD: Final = Decimal(-1)


class Part(NamedTuple):
    """A number told before, of which another may be the sum, a part or the change: the claim's ids, its columns and
    the number; `NOT_TOLD` where the text names it without its number."""

    ids: tuple[str, ...]
    columns: tuple[str, ...]
    number: Decimal


class Claim(NamedTuple):
    """`start` to `end` is the number, or the words where there is none (a denial claims 0); `said` the words with it,
    `sentence` what stands around. `ids` are claims of the form, of whose rows the number is the sum, `columns` an
    applicant's or an outcome's.

    `kind`: “count”; “rate”, “difference”, “multiple” (of `of`, against last year); “last_year” (last
    year's number of `of`); “portion” (per cent of one of the
    wholes); “sum” (of `of`); “channels” (all ways in which what `of` counts came); “all”: every request was answered.
    `scope`: own, office, level or area, where the sentence says whose. `origin`: the claim whose requests are told of
    (new, received, carried_over); of what was received “new” (told as 新收), of what was carried over “part” (told as
    a part of the number before). `fraction`: decimals as written."""

    kind: str
    start: int
    end: int
    number: Decimal
    said: str
    sentence: str
    ids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    scope: str = ""
    origin: str = ""
    of: tuple[Part, ...] = ()
    fraction: int = 0

    @property
    def id(self) -> str:
        """What it is about, in one word."""
        return "+".join(self.ids) if self.kind == "count" else self.kind

    def moved(self, by: int) -> Claim:
        return self._replace(start=self.start + by, end=self.end + by)


class Coverage(NamedTuple):
    """How many numbers and denials of a text are claims, how many speak of other things, and the places of clauses
    with a number that are not understood."""

    claims: int = 0
    others: int = 0
    unclear: tuple[tuple[int, int], ...] = ()
