"""The pieces of a sentence put together to clauses of at most one count each, with the brackets between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from govdesk.prose.tokens import Count, Piece, WordToken

# Words that a number belongs to; if one stands before it, what follows is the next number's.
HEADS: Final = frozenset({"thing", "verb", "carry", "result", "applicant", "way", "outcome", "compare", "aside"})

_BESIDE_PUBLISHED: Final = frozenset({"partially_disclosed", "refused", "unable"})


class Clause(NamedTuple):
    """Words with at most one count, as `before` and `after` it. `mark` is what ends it; `(` and `)` stand for brackets
    that open and close, without words."""

    before: tuple[Piece, ...]
    number: Count | None
    after: tuple[Piece, ...]
    mark: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (*self.before, *([self.number] if self.number else []), *self.after)


def is_head(piece: Piece) -> bool:
    return piece.role in HEADS and piece.sense != "has"


def split_clauses(pieces: Sequence[Piece]) -> Iterator[Clause]:
    """A number in brackets alone is as without them; words before a bracket that hold no number go on behind it. A
    number with nothing but its thing, and behind a comma what became of it, are one clause:
    “4件申请因期限未到，结转下年度办理”."""
    waits: Clause | None = None
    for clause in _with_published(_without_fees(_single(pieces))):
        if waits is not None and clause.pieces and clause.number is None and _tells_what_became(clause):
            yield waits._replace(after=(*waits.after, *clause.before), mark=clause.mark)
            waits = None
            continue
        if waits is not None:
            yield waits
        waits = clause if _is_open(clause) else None
        if waits is None:
            yield clause
    if waits is not None:
        yield waits


def _without_fees(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """“对1件申请收取信息处理费380元”: requests of which a fee was taken are not those that came."""
    held: Clause | None = None
    for clause in clauses:
        if held is not None:
            taken = next((p for p in clause.before if p.role == "verb" and p.sense == "collected"), None)
            if taken is not None and not held.mark and held.number is not None and isinstance(taken, WordToken):
                held = held._replace(after=(*held.after, taken._replace(role="aside", sense="word")))
            yield held
        held = clause
    if held is not None:
        yield held


def _with_published(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """“公开17件、部分公开7件”: 公开 alone before another result is one, too."""
    held: Clause | None = None
    for clause in clauses:
        if held is not None:
            plain = clause.number is not None and any(p.sense in _BESIDE_PUBLISHED for p in clause.pieces)
            yield held._replace(before=tuple(map(_as_result, held.before))) if plain else held
            held = None
        if clause.number is not None and clause.mark in "、,;" and _is_published(clause):
            held = clause
        else:
            yield clause
    if held is not None:
        yield held


def _is_published(clause: Clause) -> bool:
    said = [p for p in clause.pieces if p.role not in ("filler", "part", "count") and p.sense != "has"]
    return len(said) == 1 and said[0].sense == "made_public"


def _as_result(piece: Piece) -> Piece:
    return piece._replace(role="result", sense="disclosed") if piece.sense == "made_public" else piece


def _is_open(clause: Clause) -> bool:
    return (clause.number is not None and clause.mark == "," and not any(is_head(p) for p in clause.before)
            and all(p.role in ("thing", "filler") for p in clause.after))


def _tells_what_became(clause: Clause) -> bool:
    first = next((p for p in clause.before if p.role != "filler"), None)
    return first is not None and first.role in ("carry", "result", "outcome")


def _single(pieces: Sequence[Piece]) -> Iterator[Clause]:
    pieces = _without_bare_brackets(pieces)
    held: list[Piece] = []
    counted = False                          # whether a number is held
    waiting: list[list[Piece]] = []
    for i, piece in enumerate(pieces):
        if piece.role == "count":
            if counted:
                at = _cut(held)
                yield _clause(held[:at], "")
                held = held[at:]
            counted = True
        if piece.role != "mark":
            held.append(piece)
        elif piece.sense == "(":
            if counted:
                yield _clause(held, "(")
                held = []
            waiting.append(held)
            held, counted = [], False
            yield Clause((), None, (), "(")
        elif piece.sense == ")":
            yield _clause(held, ")")
            held, counted = waiting.pop() if waiting else [], False      # what waits holds no number
            yield Clause((), None, (), ")")
        elif _ends(piece, counted, pieces[i + 1] if i + 1 < len(pieces) else None):
            yield _clause(held, piece.sense)
            held, counted = [], False
    for rest in [*waiting, held]:
        yield _clause(rest, ".")


def _ends(mark: Piece, counted: bool, following: Piece | None) -> bool:
    """“、” joins words and parts numbers; “：” before a number or a denial says nothing."""
    if mark.sense == "、":
        return counted
    if mark.sense == ":":
        return counted or following is None or following.role not in ("count", "deny")
    return True


def _clause(pieces: Sequence[Piece], mark: str) -> Clause:
    for i, piece in enumerate(pieces):
        if isinstance(piece, Count):
            return Clause(tuple(pieces[:i]), piece, tuple(pieces[i + 1:]), mark)
    return Clause(tuple(pieces), None, (), mark)


def _cut(held: list[Piece]) -> int:
    """Where a clause ends into which a second number comes: behind the first, or behind the word that belongs to it."""
    first = next(i for i, p in enumerate(held) if p.role == "count")
    if any(is_head(p) for p in held[:first]):
        named = any(p.role == "thing" for p in held[:first])
        return first + 2 if not named and held[first + 1:first + 2] and held[first + 1].role == "thing" else first + 1
    head = next((i for i in range(first + 1, len(held)) if is_head(held[i])), None)
    return first + 1 if head is None else head + 1


def _without_bare_brackets(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    i = 0
    while i < len(pieces):
        inner = pieces[i + 1] if i + 2 < len(pieces) else None
        if (pieces[i].role == "mark" and pieces[i].sense == "(" and isinstance(inner, Count)
                and inner.unit in ("table", "") and pieces[i + 2].role == "mark" and pieces[i + 2].sense == ")"):
            found.append(inner)
            i += 3
        else:
            found.append(pieces[i])
            i += 1
    return found
