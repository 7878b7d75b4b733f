"""What is known while a sentence is read: of whom and when it speaks, what was told last, and what was claimed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.prose.claims import Claim, Coverage, Part
from govdesk.prose.clauses import Clause, is_head
from govdesk.prose.meaning import Topic
from govdesk.prose.tokens import Count, Piece

_NEAR: Final = 60                    # characters around a number that belong to what a clerk is shown
_COME_IN: Final = frozenset({"received", "carried_over", "received_and_handled"})


class Context(NamedTuple):
    """What a sentence leaves to the next of its paragraph."""

    topic: Topic
    time: str = "this"               # this, last, other
    mains: tuple[Part, ...] = ()     # the numbers told last, of one family: of these a part may be told
    origin: str = ""


class SentenceReading(NamedTuple):
    """What a sentence claims, with places within it, what it leaves to the next, and how much of it was understood."""

    claims: tuple[Claim, ...]
    context: Context
    coverage: Coverage


class Within(NamedTuple):
    """What goes on as it was when a bracket closes."""

    time: str
    scope: str
    part: bool
    mains: tuple[Part, ...]
    origin: str
    topic: Topic
    items: list[Part]


class SentenceState:
    """One sentence as it is read."""

    def __init__(self, sentence: str, before: Context, groups: Mapping[str, str], year: int | None) -> None:
        self.text, self.before, self.groups, self.year = sentence, before, groups, year
        self.topic, self.mains, self.origin = before.topic, before.mains, ""
        self.time, self.scope = "", ""       # as a word of this sentence says
        self.part = False                    # behind 其中, 中, or within brackets
        self.shared = False                  # parts of the mains have been told
        self.ways: list[Count] = []          # in which requests came
        self.ways_open = False               # there are others: 等, 其余
        self.ways_named: set[str] = set()    # online, offline
        self.items: list[Part] = []          # what a 合计 may be the sum of
        self.last: Part | None = None        # of which a rate behind it may be
        self.based = False                   # compared with last year: 较上年
        self.comparing = ""                  # the mark behind a change, where the next may be one, too
        self.queue: list[Piece] = []         # words that wait for their numbers, behind 分别
        self.queue_words: list[Piece] = []   # what they share
        self.reason = ""                     # one that was named before its result
        self.ever = False                    # 累计 stands in the clause before
        self.excepted: tuple[str, ...] = ()  # told with 除…外
        self.received: Decimal | None = None
        self.mark = ""                       # what ended the clause before
        self.claims: list[Claim] = []
        self.others = 0
        self.unclear: list[tuple[int, int]] = []
        self.counted = ""                    # what the last number counted: table, other, unclear

    # -- of whom and when

    def is_now(self) -> bool:
        return (self.time or self.before.time) == "this"

    def within(self) -> Within:
        return Within(self.time, self.scope, self.part, self.mains, self.origin, self.topic, self.items)

    def go_on(self, held: Within) -> None:
        (self.time, self.scope, self.part, self.mains, self.origin, self.topic, self.items) = held

    def forget(self) -> None:
        """Behind a number that was not understood nobody knows what is spoken of."""
        self.mains, self.items, self.last, self.origin = (), [], None, ""

    def left(self) -> Context:
        """A number of other things, or one that was not understood, leaves it open what the next sentence speaks of.
        """
        topic = self.topic
        if self.counted in ("other", "unclear") and topic.name in ("other", "unclear"):
            topic = Topic("unclear", cause=topic.cause, home=topic.home)
        elif topic.name in ("other", "unclear"):
            topic = self.before.topic
        return Context(topic, self.time or "this", self.mains, self.origin)

    # -- what was told

    def is_result(self, claim: str) -> bool:
        """Whether a claim tells what became of requests."""
        return claim in self.groups or claim in self.groups.values() or claim.startswith(("disclosed", "partially"))

    def family(self, ids: tuple[str, ...]) -> str:
        """Claims of one family stand side by side: what came in, results; any other is its own."""
        if ids[0] in _COME_IN:
            return "in"
        return "result" if self.is_result(ids[0]) else ids[0]

    def owner(self, *wanted: str) -> str:
        """The one claim of which parts are told; “” where it may be of several."""
        if len(self.mains) != 1 or self.mains[0].ids[0] not in wanted:
            return ""
        return self.mains[0].ids[-1]

    def add(self, claim: Claim, clause: Clause) -> None:
        """Notes a claim with its words: those from the first that matters to the number, or to the word that belongs
        to it behind."""
        count = clause.number
        start, end = claim.start, claim.end
        if count is not None and count.start == claim.start:
            heads = [p for p in clause.before if is_head(p) or (p.role == "cause" and p.end - p.start > 2)]
            after = [p for p in clause.after if is_head(p)]
            start = heads[0].start if heads else count.start
            end = count.stop if heads or not after else after[0].end
            claim = claim._replace(fraction=count.fraction)
        self.claims.append(claim._replace(
            said=self.text[start:end].strip(), scope=self.scope,
            sentence=self.text[max(0, claim.start - _NEAR):claim.end + _NEAR].strip()))

    def not_understood(self, clause: Clause) -> None:
        self.unclear.append((clause.pieces[0].start, clause.pieces[-1].end))
        self.counted = "unclear"

    def reading(self) -> SentenceReading:
        return SentenceReading(tuple(sorted(self.claims, key=lambda c: c.start)), self.left(),
                               Coverage(len(self.claims), self.others, tuple(self.unclear)))


def claim(kind: str, count: Count, *, ids: tuple[str, ...] = (), columns: tuple[str, ...] = (), origin: str = "",
          of: tuple[Part, ...] = (), number: Decimal | None = None) -> Claim:
    """A claim of a number, without its words."""
    value = count.value if number is None else number
    return Claim(kind, count.start, count.end, value, "", "", ids, columns, "", origin, of)


def real_ids(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Without the mark that requests were told of as 新收."""
    return tuple(i for i in ids if i != "new")
