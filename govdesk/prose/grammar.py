"""A sentence read clause by clause: what is carried from one to the next, and which clause is read in which way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from govdesk.prose import counting, denials
from govdesk.prose.claims import NOT_TOLD, Claim, Part
from govdesk.prose.clauses import Clause, is_head, split_clauses
from govdesk.prose.meaning import DISPUTES, HEADING, ClauseMeaning, Topic, meaning
from govdesk.prose.state import Context, SentenceReading, SentenceState, Within, claim
from govdesk.prose.tokens import Count, Piece

_ORIGINS: Final = {"in": "carried_over", "new": "new", "received": "received"}
_NAMES_ONLY: Final = frozenset({"thing", "filler", "part", "time", "year", "subject", "cause"})
_READ_ANEW: Final = frozenset({"applicant", "result", "way", "thing"})


def read(sentence: str, pieces: Sequence[Piece], context: Context, groups: Mapping[str, str],
         year: int | None) -> SentenceReading:
    """What a sentence claims, behind what was said before it. `groups`: the group of rows of each reason."""
    state = SentenceState(sentence, context, groups, year)
    found = list(split_clauses(pieces))
    row = _is_row_of_a_table(found)
    held: list[Within] = []
    for clause in found:
        if clause.pieces:
            _clause(state, clause, row)
        elif clause.mark == "(":
            held.append(state.within())
            state.items, state.part = [], True
        elif held:
            counting.end_ways(state)
            state.go_on(held.pop())
    counting.end_ways(state)
    return state.reading()


def _is_row_of_a_table(found: Sequence[Clause]) -> bool:
    """Several numbers without a unit, not each with its words: a row of a table that was pasted."""
    bare = [clause for clause in found if clause.number is not None and not clause.number.unit]
    return len(bare) > 1 and not all(any(map(is_head, clause.before)) for clause in bare)


def _clause(state: SentenceState, clause: Clause, row: bool) -> None:
    if state.mark == ";" and any(p.role == "carry" or p.sense == "new" for p in clause.before):
        state.part = False                   # a new thing is told of, not one more part
    _note_when_and_who(state, clause)
    if clause.mark != "(" and any(p.role == "part" and p.sense == "of" for p in clause.before):
        state.part = True
    if state.ever and state.claims and _is_of_the_year(state, clause):
        state.claims.pop()                   # “累计办理216件，其中本年48件”, “…，2023年为48件”: of all years
        state.others += 1
    state.ever = any(p.sense == "ever" for p in clause.before)
    if clause.number is None:
        _without_number(state, clause)
    else:
        _with_number(state, clause, clause.number, row)
        _denied_behind(state, clause)
    if any(p.role == "part" and p.sense == "within" for p in clause.pieces):
        state.part = True
    if any(p.sense == "unrelated" for p in clause.pieces):
        _take_back(state)
    state.mark = clause.mark


def _is_of_the_year(state: SentenceState, clause: Clause) -> bool:
    """Whether a number is told of this year with nothing else beside it."""
    named = any(p.sense == "this" or (p.role == "year" and int(p.sense) == state.year) for p in clause.before)
    return named and clause.number is not None and not any(map(is_head, clause.before))


def _take_back(state: SentenceState) -> None:
    """“均不涉及政府信息公开”: the disputes of the sentence are of other business."""
    kept = [claim for claim in state.claims if not claim.ids or claim.ids[0] not in DISPUTES]
    state.others += len(state.claims) - len(kept)
    state.claims = kept
    state.topic = Topic("other", home=state.topic.home)


def _note_when_and_who(state: SentenceState, clause: Clause) -> None:
    """The words before a number say when and of whom; where there are none, those behind it."""
    carried = any(p.role == "carry" or (p.role == "deny" and p.sense == "carried") for p in clause.pieces)
    compared = any(p.role == "compare" for p in clause.pieces) or (
        clause.number is not None and clause.number.unit == "times")
    told = clause.number is not None and any(p.role in ("year", "time", "subject") for p in clause.before)
    for piece in clause.before if told else clause.pieces:
        if piece.role == "subject":
            state.scope = piece.sense
        elif piece.role == "year" and state.year is not None:
            if not compared and not (carried and int(piece.sense) != state.year):
                state.time = _time(int(piece.sense), state.year)
        elif piece.role == "time" and not compared and not (carried and piece.sense in ("last", "next")):
            state.time = piece.sense
    goes_on = state.before.time == "this" or not any(p.role == "thing" for p in clause.pieces)
    if not state.time and not goes_on:
        state.time = "this"                  # a thing of its own: not what the sentence before spoke of


def _time(named: int, year: int) -> str:
    return "this" if named == year else "last" if named == year - 1 else "other"


def _without_number(state: SentenceState, clause: Clause) -> None:
    senses = {p.sense for p in clause.pieces if p.role == "part"}
    if state.ways and senses & {"open", "rest"}:
        state.ways_open = True
    if "within" in senses:
        _note_whose_requests(state, clause)
    if any(p.role in _READ_ANEW for p in clause.pieces):
        state.last = None                    # a share behind it is of this
    reasons = [p.sense for p in clause.pieces if p.role == "result" and p.sense in state.groups]
    state.reason = reasons[0] if len(reasons) == 1 else ""
    denied = denials.denial(clause, state.topic, bool(state.claims or state.before.mains), state.groups)
    if denied is not None:
        _deny(state, clause, denied)
        return
    _note_topic(state, clause)


def _deny(state: SentenceState, clause: Clause, denied: denials.Denial) -> None:
    state.topic = denied.topic
    excepted = bool(state.excepted) and (denied.ids == state.excepted or "disputes" in denied.ids)
    if state.is_now() and not excepted and state.scope != "others":
        state.add(Claim("count", denied.start, denied.end, Decimal(0), "", "", denied.ids, denied.columns), clause)


def _note_topic(state: SentenceState, clause: Clause) -> None:
    """What is spoken of from here on, and whether all requests are said to be answered."""
    things = {p.sense for p in clause.pieces if p.role == "thing"}
    if "other" not in things and any(p.role == "cause" for p in clause.pieces):
        state.topic = state.topic._replace(cause=True)
    heads = bool(things) and all(p.role in _NAMES_ONLY for p in clause.pieces)
    if "request" in things:
        state.topic = Topic("request", True, state.topic.cause, home=state.topic.home, verb=HEADING if heads else "")
    if len(things) == 1 and things <= DISPUTES and (state.topic.cause or state.topic.home == "dispute") and heads:
        kind, home = next(iter(things)), state.topic.home    # “行政复议：维持3件”
        state.topic = Topic("dispute", True, True, kind, HEADING, home)
        state.part = False
    done = denials.all_done(clause, state.topic)
    if done is not None and state.is_now() and not state.owner("carried_over"):
        state.add(Claim("all", *done, Decimal(0), "", ""), clause)
    if "request" in things:
        return
    if "other" in things or any(p.role in ("unknown", "aside") for p in clause.pieces):
        state.topic = state.topic._replace(firm=False)


def _note_whose_requests(state: SentenceState, clause: Clause) -> None:
    """“新收的申请中，…”: whose results are told from here on."""
    senses = [p.sense for p in clause.pieces if p.role in ("carry", "verb")]
    origin = next((_ORIGINS[sense] for sense in senses if sense in _ORIGINS), "")
    if origin:
        state.origin, state.mains = origin, ()


def _denied_behind(state: SentenceState, clause: Clause) -> None:
    """“办理申请24件无一引发行政复议”: what is denied of a number."""
    at = next((i for i, p in enumerate(clause.after) if p.role == "deny"), None)
    if at is not None:
        _without_number(state, Clause(clause.after[at:], None, (), clause.mark))


def _with_number(state: SentenceState, clause: Clause, count: Count, row: bool) -> None:
    clause = counting.in_order(state, clause)
    found = meaning(clause, state.topic, state.groups, state.year)
    if state.comparing == "、" and found.what == "table":
        found = found._replace(what="compare")               # “同比减少行政复议1件、行政诉讼2件”
    state.comparing = clause.mark if found.what == "compare" else ""
    if row and not count.unit and found.what != "other":
        found = ClauseMeaning("unclear", Topic("unclear", home=state.topic.home, cause=state.topic.cause))
    if found.what != "way":
        counting.end_ways(state)
    if state.is_now() and not count.about and counting.rest(state, clause, count):
        state.counted = "table"
        return
    if found.what in ("compare", "alone", "unclear") and counting.last_year(state, clause, count):
        return
    if found.what == "compare":
        counting.change(state, clause, count)
        return
    state.topic, state.counted = found.topic, found.what
    if found.what == "unclear":
        state.forget()
        state.not_understood(clause)
    elif _is_rest_of_requests(clause, found):
        state.not_understood(clause)
    elif _is_of_others(state, clause, count, found):
        state.counted = "other"
        state.others += 1
        _skip(state, clause, count, found)
    else:
        _count(state, clause, count, found)


def _is_rest_of_requests(clause: Clause, found: ClauseMeaning) -> bool:
    """“其中招生类申请6件、其他申请4件”, “其他类申请4件”: what is left of a division that the form does not know."""
    said = {(p.role, p.sense) for p in clause.pieces}
    of_all = found.what == "table" and found.ids[0] in ("received", "received_and_handled") and ("part", "rest") in said
    return of_all or (("result", "other_misc") in said and any(role == "thing" and sense in ("request", "bare_request")
                                                              for role, sense in said))


def _is_of_others(state: SentenceState, clause: Clause, count: Count, found: ClauseMeaning) -> bool:
    """Other things, another year, another office, or only about so many."""
    about = count.about or any(p.role == "approximate" for p in clause.before)
    return found.what == "other" or about or not state.is_now() or state.scope == "others"


def _skip(state: SentenceState, clause: Clause, count: Count, found: ClauseMeaning) -> None:
    """A number that is not held against this year's tables: another year's may still be what the next one counts."""
    state.items, state.mains = [], ()
    if state.time == "last":
        if found.what == "table" and not found.columns and not count.about and state.scope != "others":
            of = Part(found.ids, found.columns, NOT_TOLD)
            state.add(claim("last_year", count, of=(of,)), clause)      # “去年收到申请40件，今年48件”
        state.based = True                   # “收到48件，上年同期40件，增长20%”
    else:
        state.last = None
    if found.what == "table":
        state.mains = (Part(found.ids, found.columns, count.value),)


def _count(state: SentenceState, clause: Clause, count: Count, found: ClauseMeaning) -> None:
    if found.what == "table":
        counting.table(state, clause, count, found)
    elif found.what == "way":
        counting.way(state, clause, count)
    elif found.what == "share":
        counting.share(state, clause, count, found)
    elif found.what == "sum":
        counting.total(state, clause, count)
    else:
        counting.alone(state, clause, count)
