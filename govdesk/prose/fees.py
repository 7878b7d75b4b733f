"""Reads what a text says was collected in fees: each amount of the year in yuan, with the fee that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from govdesk.base.plain_text import plain
from govdesk.prose import lexicon
from govdesk.prose.clauses import Clause, split_clauses
from govdesk.prose.tokens import Count, tokens

_SENTENCE: Final = re.compile(r"[^。！？；;\n]+")
_YUAN: Final = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_FEES: Final = {"processing_fee": "processing", "fee": "all", "fee_notice": "processing",
                "fee_due": "processing"}
_TELLS: Final = frozenset({"processing_fee", "fee", "fee_charged"})
_OF_FEES: Final = _TELLS | {"fee_unnamed", "request", "bare_request"}


class FeeAmount(NamedTuple):
    """An amount that a text says was collected in the report's year. `of`: “processing” (信息处理费), “all”
    (行政事业性收费), or “” where the text does not say; `start` to `end` are the digits with their unit."""

    of: str
    yuan: Decimal
    start: int
    end: int


@lru_cache(maxsize=64)                       # three rules ask for each text, and most keys change no text
def read_fee_amounts(text: str, year: int | None, words: str, fee_words: str) -> tuple[FeeAmount, ...]:
    """The amounts of a text in order. A clause with a word that is not known tells none, nor does a price, a notice, a
    debt or another year."""
    known = lexicon.load(words, fee_words)
    found: list[FeeAmount] = []
    for sentence in _SENTENCE.finditer(plain(text)):
        if "元" in sentence[0] and ("费" in sentence[0] or "收" in sentence[0]):
            found += (one._replace(start=one.start + sentence.start(), end=one.end + sentence.start())
                      for one in _read_sentence(sentence[0], year, known))
    return tuple(found)


def _read_sentence(sentence: str, year: int | None, known: lexicon.Lexicon) -> Iterator[FeeAmount]:
    fee, this_year = "", True
    for clause in split_clauses(tokens(sentence, known)):
        this_year = _is_of_year(clause, year, this_year)
        things = [p.sense for p in clause.pieces if p.role == "thing"]
        named = [_FEES[t] for t in things if t in _FEES]
        if named:
            fee = named[0]
        elif any(t not in _OF_FEES for t in things):
            fee = ""                         # of something else
        count = clause.number
        if count is not None and this_year and _tells_what_was_collected(clause, things):
            unit = sentence[count.end:count.stop].strip()
            if unit in _YUAN:
                yield FeeAmount(fee, count.value * _YUAN[unit], count.start, count.stop)


def _tells_what_was_collected(clause: Clause, things: list[str]) -> bool:
    """Whether every word of a clause is known, it names a fee or says that something was collected, and nothing makes
    it a price, a notice or a debt."""
    count, pieces = clause.number, clause.pieces
    if not isinstance(count, Count) or count.about or any(
            p.role in ("unknown", "aside", "deny", "compare", "approximate") for p in pieces):
        return False
    collected = any(p.role == "verb" and p.sense == "collected" for p in pieces)
    others = any(t not in _OF_FEES for t in things)
    return not others and (collected or not _TELLS.isdisjoint(things))


def _is_of_year(clause: Clause, year: int | None, before: bool) -> bool:
    """Whether a clause speaks of the report's year; what the one before said holds on."""
    for piece in clause.pieces:
        if piece.role == "year" and year is not None:
            before = int(piece.sense) == year
        elif piece.role == "time" and piece.sense in ("this", "last", "next", "all"):
            before = piece.sense == "this"
    return before
