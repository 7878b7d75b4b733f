"""A sentence read clause by clause: what is carried from one to the next, parts and wholes, lists and their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.prose import denials
from govdesk.prose.claims import Claim, Coverage, Part
from govdesk.prose.clauses import Clause, clauses, is_head
from govdesk.prose.meaning import DISPUTES, Meaning, Topic, meaning
from govdesk.prose.tokens import Count, Piece

# what may stand before a change or a share of the number before; anything else has a number of its own
_OF_CHANGE: Final = frozenset({"compare", "filler", "thing", "time", "year", "part", "verb", "all"})
_NOT_OF_CHANGE: Final = frozenset({"other", "each", "received", "new", "handled", "answered", "received_and_handled", "rest"})
_IN_ORDER: Final = frozenset({"thing", "result", "applicant", "outcome", "carry"})
_ORIGINS: Final = {"in": "carried_over", "new": "new", "received": "received"}
_NEAR: Final = 60                    # characters around a number that belong to what a clerk is shown
_FAMILY: Final = {"received": "in", "carried_over": "in", "received_and_handled": "in"}
_RESULTS: Final = ("disclosed", "partially", "answered", "handled")     # with reasons and groups: what became of requests


class Context(NamedTuple):
    """What a sentence leaves to the next of its paragraph."""

    topic: Topic
    time: str = "this"               # this, last, other
    mains: tuple[Part, ...] = ()     # the numbers told last, of one family: of these a part may be told
    origin: str = ""


class Reading(NamedTuple):
    """What a sentence claims, with places within it, what it leaves to the next, and how much of it was understood."""

    claims: tuple[Claim, ...]
    context: Context
    coverage: Coverage


def read(sentence: str, pieces: Sequence[Piece], context: Context, groups: Mapping[str, str], year: int | None) -> Reading:
    return _Sentence(sentence, context, groups, year).read(pieces)


def _apart(piece: Piece, text: str) -> list[Piece]:
    """Words that are one entry of the lexicon together: 行政复议和行政诉讼, 予以公开和部分公开."""
    pairs = {"disputes": ("reconsideration", "litigation"), "disclosed_both": ("disclosed", "partially_disclosed")}
    senses = pairs.get(piece.sense, (piece.sense,))
    if piece.sense == "disputes" and text.find("诉讼", piece.start, piece.end) < text.find("复议", piece.start, piece.end):
        senses = senses[::-1]
    return [piece._replace(sense=sense) for sense in senses]


class _Sentence:
    """One sentence as it is read."""

    def __init__(self, sentence: str, context: Context, groups: Mapping[str, str], year: int | None) -> None:
        self._text, self._groups, self._year = sentence, groups, year
        self._topic, self._mains, self._origin = context.topic, context.mains, ""
        self._before = context
        self._time, self._scope = "", ""
        self._part = False                   # behind 其中, 中, or within brackets
        self._shared = False                 # parts of the mains have been told
        self._ways: list[tuple[Count, Decimal]] = []
        self._ways_open = False
        self._items: list[Part] = []         # what a 合计 may be the sum of
        self._last: Part | None = None       # of which a rate behind it may be
        self._claims: list[Claim] = []
        self._others, self._unclear = 0, []  # type: tuple[int, list[tuple[int, int]]]
        self._based = False                  # compared with last year: 较上年
        self._table_row = False              # several numbers without a unit: a row of a table that was pasted
        self._queue: list[Piece] = []        # words that wait for their numbers, behind 分别
        self._shared_words: list[Piece] = []
        self._ever = False                   # 累计 stands in the clause before
        self._reason = ""                    # a reason that was named before its result
        self._mark = ""                      # what ended the clause before
        self._told_received: Decimal | None = None
        self._comparing = ""                 # the mark behind a change, where the next may be one, too
        self._excepted: tuple[str, ...] = () # told with 除…外
        self._counted = ""                   # what the last number counted: table, other, unclear

    def read(self, pieces: Sequence[Piece]) -> Reading:
        held: list[tuple[str, str, bool, tuple[Part, ...], str, Topic, list[Part]]] = []
        found = list(clauses(pieces))
        bare = [clause for clause in found if clause.number is not None and not clause.number.unit]
        self._table_row = len(bare) > 1 and not all(any(map(is_head, clause.before)) for clause in bare)
        for clause in found:
            if not clause.pieces:
                if clause.mark == "(":
                    held.append((self._time, self._scope, self._part, self._mains, self._origin, self._topic, self._items))
                    self._items = []
                    self._part = True
                elif clause.mark == ")" and held:
                    self._end_ways()
                    (self._time, self._scope, self._part, self._mains, self._origin, topic, self._items) = held.pop()
                    self._topic = topic
                continue
            if self._mark == ";" and any(p.role == "carry" or p.sense == "new" for p in clause.before):
                self._part = False           # a new thing is told of, not one more part
            self._clause(clause)
            self._mark = clause.mark
        self._end_ways()
        return Reading(tuple(sorted(self._claims, key=lambda c: c.start)), self._left(), Coverage(
            len(self._claims), self._others, tuple(self._unclear)))

    def _left(self) -> Context:
        """A number of other things, or one that was not understood, leaves it open what the next sentence speaks of."""
        topic = self._topic
        if self._counted in ("other", "unclear") and topic.name in ("other", "unclear"):
            topic = Topic("unclear", cause=topic.cause, home=topic.home)
        elif topic.name in ("other", "unclear"):
            topic = self._before.topic
        return Context(topic, self._time or "this", self._mains, self._origin)

    # -- one clause

    def _clause(self, clause: Clause) -> None:
        self._when_and_who(clause)
        of_parts = any(p.role == "part" and p.sense == "of" for p in clause.before)
        if of_parts and clause.mark != "(":
            self._part = True
            if self._ever and self._claims and any(p.sense == "this" for p in clause.before):
                self._claims.pop()           # “累计办理216件，其中本年48件”: of all years
                self._others += 1
        self._ever = any(p.sense == "ever" for p in clause.before)
        if clause.number is None:
            self._without_number(clause)
        else:
            self._with_number(clause, clause.number)
            self._denied_behind(clause)
        if any(p.role == "part" and p.sense == "within" for p in clause.pieces):
            self._part = True
        if any(p.sense == "unrelated" for p in clause.pieces):
            related = [c for c in self._claims if not c.ids or c.ids[0] not in DISPUTES]
            self._others += len(self._claims) - len(related)
            self._claims = related
            self._topic = Topic("other", home=self._topic.home)

    def _when_and_who(self, clause: Clause) -> None:
        carried = any(p.role == "carry" for p in clause.pieces)
        compared = any(p.role == "compare" for p in clause.pieces) or (clause.number is not None and clause.number.unit == "times")
        before = clause.before if clause.number is not None and any(
            p.role in ("year", "time", "subject") for p in clause.before) else clause.pieces
        for piece in before:
            if piece.role == "subject":
                self._scope = piece.sense
            elif carried and (piece.role == "year" or piece.sense in ("last", "next")):
                if piece.role == "year" and self._year is not None and int(piece.sense) == self._year:
                    self._time = "this"
            elif piece.role == "year" and self._year is not None and not compared:
                self._time = "this" if int(piece.sense) == self._year else "last" if int(piece.sense) == self._year - 1 else "other"
            elif piece.role == "time" and not compared:
                self._time = piece.sense
        if not self._time and not self._carries_on(clause):
            self._time = "this"

    def _carries_on(self, clause: Clause) -> bool:
        """Whether a sentence begins with what belongs to the one before: a part, or a clause that names no thing of its own."""
        if self._before.time == "this":
            return True
        return not any(p.role == "thing" for p in clause.pieces)

    def _is_now(self) -> bool:
        time = self._time or self._before.time
        return time == "this"

    def _requests_of(self, clause: Clause) -> None:
        """“新收的申请中，…”: whose results are told from here on."""
        senses = [p.sense for p in clause.pieces if p.role in ("carry", "verb")]
        origin = next((_ORIGINS[sense] for sense in senses if sense in _ORIGINS), "")
        if origin:
            self._origin, self._mains = origin, ()

    def _denied_behind(self, clause: Clause) -> None:
        """“办理申请24件无一引发行政复议”: what is denied of a number."""
        at = next((i for i, p in enumerate(clause.after) if p.role == "deny"), None)
        if at is not None:
            self._without_number(Clause(clause.after[at:], None, (), clause.mark))

    def _without_number(self, clause: Clause) -> None:
        things = {p.sense for p in clause.pieces if p.role == "thing"}
        if self._ways and any(p.role == "part" and p.sense in ("open", "rest") for p in clause.pieces):
            self._ways_open = True
        if any(p.role == "part" and p.sense == "within" for p in clause.pieces):
            self._requests_of(clause)
        if any(p.role in ("applicant", "result", "way", "thing") for p in clause.pieces):
            self._last = None                # a share behind it is of this
        reasons = [p.sense for p in clause.pieces if p.role == "result" and p.sense in self._groups]
        self._reason = reasons[0] if len(reasons) == 1 else ""
        if found := denials.denial(clause, self._topic, bool(self._claims or self._before.mains)):
            ids, start, end, topic = found
            self._topic = topic
            if self._is_now() and self._excepted and (ids == self._excepted or "disputes" in ids):
                return
            if self._is_now() and self._scope != "others":
                self._add("count", start, end, Decimal(0), clause, ids=ids)
            return
        if any(p.role == "cause" for p in clause.pieces) and "other" not in things:
            self._topic = self._topic._replace(cause=True)
        if "request" in things:
            self._topic = Topic("request", True, self._topic.cause, home=self._topic.home)
        if (said := denials.all_done(clause, self._topic)) and self._is_now() and self._of_one(("carried_over",)) == "":
            self._add("all", *said, Decimal(0), clause)
        if "request" in things:
            return
        if ("other" in things and self._topic.name != "other") or any(p.role in ("unknown", "aside") for p in clause.pieces):
            self._topic = self._topic._replace(firm=False)

    def _in_order(self, clause: Clause) -> Clause:
        """“A、B分别为a件、b件”: each number with its own of the words that stood before."""
        if any(p.role == "part" and p.sense == "each" for p in clause.before):
            heads = [each for p in clause.before if p.role in _IN_ORDER for each in _apart(p, self._text)]
            if len(heads) > 1:
                self._shared_words = [p for p in clause.before if p.role not in _IN_ORDER and p.sense != "each"]
                self._queue = heads
        if not self._queue:
            return clause
        if len(self._queue) > 1 and any(p.sense == "each" for p in clause.before) or not any(map(is_head, clause.before)):
            return clause._replace(before=(*self._shared_words, self._queue.pop(0)))
        self._queue = []
        return clause

    def _with_number(self, clause: Clause, count: Count) -> None:
        clause = self._in_order(clause)
        found = meaning(clause, self._topic, self._groups, self._year)
        if self._comparing == "、" and found.what == "table":
            found = found._replace(what="compare")           # “同比减少行政复议1件、行政诉讼2件”
        self._comparing = clause.mark if found.what == "compare" else ""
        if self._table_row and not count.unit and found.what != "other":
            found = Meaning("unclear", Topic("unclear", home=self._topic.home, cause=self._topic.cause))
        if found.what != "way":
            self._end_ways()
        if found.what == "compare":
            self._compare(clause, count)
            return
        self._topic = found.topic
        self._counted = found.what
        if found.what == "unclear":
            self._forget()
            self._unclear.append((clause.pieces[0].start, clause.pieces[-1].end))
            return
        if found.what == "other" or count.about or not self._is_now() or self._scope == "others" or any(
                p.role == "approximate" for p in clause.before):
            self._counted = "other"
            self._others += 1
            self._skip(found, count)
            return
        if found.what == "table":
            self._table(clause, count, found)
        elif found.what == "way":
            self._way(clause, count, found)
        elif found.what == "share":
            self._share(clause, count, found)
        elif found.what == "sum":
            self._sum(clause, count)
        else:
            self._alone(clause, count)

    def _forget(self) -> None:
        self._mains, self._items, self._last, self._origin = (), [], None, ""

    def _skip(self, found: Meaning, count: Count) -> None:
        """A number that is not held against this year's tables: another year's may still be what the next one counts."""
        self._items = []
        self._mains = ()
        if self._time == "last":
            self._based = True               # “收到48件，上年同期40件，增长20%”
        else:
            self._last = None
        if found.what == "table":
            self._mains = (Part(found.ids, found.columns, count.value),)

    # -- what is counted

    def _table(self, clause: Clause, count: Count, found: Meaning) -> None:
        if self._reason and found.ids == (self._groups[self._reason],):
            found = found._replace(ids=(self._reason,))      # “因没有现成信息需要另行制作，无法提供2件”
        self._reason = ""
        part = Part(found.ids, found.columns, count.value)
        main = found.ids[0]
        if any(p.role == "part" and p.sense == "outside" for p in clause.before):
            self._excepted = found.ids
        origin = ""
        if self._part and any(part.ids[0] == main and not found.columns and not part.columns for part in self._mains):
            self._others += 1                # “收到48件，其中区政府收到20件”: a part of the same
            return
        if main == "received" and self._told_received is not None and count.value < self._told_received:
            self._others += 1                # “收到48件，受理46件”: those that were admitted
            return
        if main == "received" and not self._part:
            self._told_received = count.value
        if main in self._groups or main in self._groups.values() or main.startswith(_RESULTS):
            origin = self._origin or (self._of_one(("received", "carried_over")) if self._part else "")
        origin = "carried_over" if found.carried else origin
        said = "new" if found.new and main == "received" else "part" if main == "carried_over" and self._part else origin
        self._add("count", count.start, count.end, count.value, clause, count, ids=found.ids, columns=found.columns, origin=said)
        self._last = part
        self._items.append(part)
        if found.columns and found.topic.name == "request" and self._part and self._mains:
            self._shared = True
            return
        if origin:
            self._origin = origin
        else:
            self._origin = ""
        before = self._mains[-1] if self._mains else None
        same = (before is not None and not self._shared and self._family(before.ids) == self._family(found.ids)
                and not self._part)
        self._mains = (*self._mains[-3:], part) if same else (part,)
        self._shared = False
        if found.new and main == "received":
            self._mains = (*self._mains[:-1], Part(("received", "new"), part.columns, part.number))

    def _family(self, ids: tuple[str, ...]) -> str:
        return _FAMILY.get(ids[0], ids[0] if ids[0] not in (*self._groups, *self._groups.values()) else "result") if not ids[0].startswith(
            ("disclosed", "partially")) else "result"

    def _of_one(self, wanted: tuple[str, ...]) -> str:
        """The one claim of which parts are told; “” where it may be of several."""
        if len(self._mains) != 1 or self._mains[0].ids[0] not in wanted:
            return ""
        return self._mains[0].ids[-1]

    def _way(self, clause: Clause, count: Count, found: Meaning) -> None:
        self._others += 1
        self._ways.append((count, count.value))
        self._items = [item for item in self._items if item.ids == ("way",)]
        self._items.append(Part(("way",), (), count.value))
        self._ways_open = self._ways_open or any(p.role == "part" and p.sense in ("open", "rest") for p in clause.pieces)
        self._last = None

    def _end_ways(self) -> None:
        ways, open_list = self._ways, self._ways_open
        self._ways, self._ways_open = [], False
        owner = self._mains[-1] if self._mains and self._mains[-1].ids[0] in ("received", "received_and_handled") else None
        if len(ways) < 2 or open_list or owner is None:
            return
        total = sum((value for _, value in ways), Decimal(0))
        first, last = ways[0][0], ways[-1][0]
        self._claims.append(Claim("channels", last.start, last.end, total, self._text[first.start:last.stop],
                                  self._around(first.start, last.stop), ("received",), of=(owner,), scope=self._scope))

    def _share(self, clause: Clause, count: Count, found: Meaning) -> None:
        owner = self._mains[-1] if len(self._mains) == 1 else None
        if any(item.ids == ("way",) for item in self._items):
            owner = Part((), ("",), count.value)     # “其中网上申请60件、自然人40件”: parts of two divisions
        if owner is None or owner.columns or owner.ids[0] in ("fees",):
            if not self._mains and not self._part:
                owner = Part(("received",), (), Decimal(0))
            else:
                self._unclear.append((clause.pieces[0].start, clause.pieces[-1].end))
                return
        ids = tuple(i for i in owner.ids if i != "new")
        self._add("count", count.start, count.end, count.value, clause, count, ids=ids, columns=found.columns,
                  origin=self._origin if owner.ids[0] != "received" else "")
        self._last = Part(ids, found.columns, count.value)
        self._items.append(self._last)
        self._shared = True

    def _sum(self, clause: Clause, count: Count) -> None:
        items = self._items
        if len(items) < 2:
            self._alone(clause, count)
            return
        self._others += items[0].ids == ("way",)
        of = tuple(Part(tuple(i for i in item.ids if i != "new"), item.columns, item.number) for item in items)
        self._add("sum", count.start, count.end, count.value, clause, count, of=of)
        self._items = []
        self._last = None
        family = {self._family(item.ids) for item in items}
        if family == {"in"}:
            self._mains = (Part(("received_and_handled",), (), count.value),)

    def _alone(self, clause: Clause, count: Count) -> None:
        """A number with nothing beside it is what the last one counted, told of another year or of another office."""
        said = self._mains[-1] if len(self._mains) == 1 else None
        told = any(p.role in ("subject", "year", "time") or p.sense == "sum" for p in clause.before)
        if said is None or not told or self._part or not self._topic.name:
            self._unclear.append((clause.pieces[0].start, clause.pieces[-1].end))
            self._counted = "unclear"
            return
        ids = tuple(i for i in said.ids if i != "new")
        self._add("count", count.start, count.end, count.value, clause, count, ids=ids, columns=said.columns)
        self._last = Part(ids, said.columns, count.value)

    # -- changes and shares

    def _compare(self, clause: Clause, count: Count) -> None:
        senses = {p.sense for p in clause.pieces if p.role == "compare"}
        last = self._last
        if "rate" in senses or last is None or last.ids == ("way",) or count.about or not _OF_CHANGE.issuperset(
                p.role if p.sense not in _NOT_OF_CHANGE else "" for p in clause.before):
            self._others += 1
            return
        if count.unit == "percent" and (senses & {"share"} or not senses):
            if "个" not in self._text[count.end:count.stop] and "点" not in self._text[count.end:count.stop]:
                self._add("portion", count.start, count.end, count.value, clause, count, of=(last,))
            return
        sign = -1 if "fall" in senses else 1
        self._based = self._based or "base" in senses or any(p.sense == "last" for p in clause.pieces)
        years = [int(p.sense) for p in clause.pieces if p.role == "year"]
        kind = {"percent": "rate", "times": "multiple", "table": "difference"}.get(count.unit, "")
        changes = bool(senses & {"rise", "fall"}) or kind == "multiple"
        if not kind or not changes or "to" in senses or not self._based or (self._year is not None and any(y != self._year - 1 for y in years)):
            self._others += 1
            return
        self._add(kind, count.start, count.end, sign * count.value, clause, count, of=(last,))

    # -- output

    def _add(self, kind: str, start: int, end: int, number: Decimal, clause: Clause, count: Count | None = None, *,
             ids: tuple[str, ...] = (), columns: tuple[str, ...] = (), origin: str = "", of: tuple[Part, ...] = ()) -> None:
        said = self._text[start:end] if count is None else self._said(clause, count)
        self._claims.append(Claim(kind, start, end, number, said, self._around(start, end), ids, columns, self._scope, origin, of,
                                  count.fraction if count else 0))

    def _said(self, clause: Clause, count: Count) -> str:
        """The words from the first that matters to the number with its unit, or to the word that belongs to it behind."""
        heads = [p for p in clause.before if is_head(p) or (p.role == "cause" and p.end - p.start > 2)]
        if heads:
            return self._text[heads[0].start:count.stop].strip()
        after = [p for p in clause.after if is_head(p)]
        return self._text[count.start:after[0].end if after else count.stop].strip()

    def _around(self, start: int, end: int) -> str:
        return self._text[max(0, start - _NEAR):end + _NEAR].strip()
