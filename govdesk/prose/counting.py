"""What a clause with a number adds to what was told: a row, a way, a part, a sum, a change."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from govdesk.prose.claims import NOT_TOLD, Claim, Part
from govdesk.prose.clauses import Clause, is_head
from govdesk.prose.meaning import DISPUTES, ClauseMeaning
from govdesk.prose.state import SentenceState, claim, real_ids
from govdesk.prose.tokens import Count, Piece

# what may stand before a change or a share of the number before; anything else has a number of its own
_OF_CHANGE: Final = frozenset({"compare", "filler", "thing", "time", "year", "part", "verb", "all"})
_NOT_OF_CHANGE: Final = frozenset({"other", "each", "received", "new", "handled", "answered", "received_and_handled",
                                   "rest"})
_IN_ORDER: Final = frozenset({"thing", "result", "applicant", "outcome", "carry"})
_DONE: Final = ("answered", "handled")
_WAY: Final = ("way",)
_REQUESTS: Final = frozenset({"request", "bare_request"})
_OF_LAST_YEAR: Final = frozenset({"time", "year", "filler"})
_REST: Final = ("other_org",)
_YEARS: Final = re.compile(r"20\d\d(?=年)")
_RATES: Final = {"rate_upheld": "upheld", "rate_corrected": "corrected"}
_ALL_WAYS: Final = {"online", "offline"}


def table(state: SentenceState, clause: Clause, count: Count, found: ClauseMeaning) -> None:
    """A row of the tables."""
    if state.reason and found.ids == (state.groups[state.reason],):
        found = found._replace(ids=(state.reason,))          # “因没有现成信息需要另行制作，无法提供2件”
    state.reason = ""
    main = found.ids[0]
    if any(p.role == "part" and p.sense == "outside" for p in clause.before):
        state.excepted = found.ids
    if _is_told_already(state, main, count, found):
        state.others += 1
        return
    if main == "received" and not state.part:
        state.received = count.value
    origin = _origin(state, main, found)
    said = "new" if found.new and main == "received" else "part" if main == "carried_over" and state.part else origin
    state.add(claim("count", count, ids=found.ids, columns=found.columns, origin=said), clause)
    part = Part(found.ids, found.columns, count.value)
    state.last = part
    state.items.append(part)
    if found.columns and found.topic.name == "request" and state.part and state.mains:
        state.shared = True
        return
    state.origin = origin
    _note_main(state, part, new=found.new and main == "received")


def _is_told_already(state: SentenceState, main: str, count: Count, found: ClauseMeaning) -> bool:
    """A part of the same (“收到48件，其中区政府收到20件”), or those that were admitted (“收到48件，受理46件”)."""
    if state.part and not found.columns and any(part.ids[0] == main and not part.columns for part in state.mains):
        return True
    if state.part and main == "received" and any(item.ids == ("answered",) for item in state.items):
        return True                          # “办结49件，其中上年结转5件，本年新收44件”
    return main == "received" and state.received is not None and count.value < state.received


def _origin(state: SentenceState, main: str, found: ClauseMeaning) -> str:
    """Whose requests a result is told of."""
    if found.carried:
        return "carried_over"
    if not state.is_result(main) and main not in _DONE:
        return ""
    return state.origin or (state.owner("received", "carried_over") if state.part else "")


def _note_main(state: SentenceState, part: Part, *, new: bool) -> None:
    """From here on parts are of this number, or of it and the ones of its family before it."""
    before = state.mains[-1] if state.mains else None
    same = (before is not None and not state.shared and not state.part
            and state.family(before.ids) == state.family(part.ids))
    noted = part._replace(ids=("received", "new")) if new else part
    state.mains = (*state.mains[-3:], noted) if same else (noted,)
    state.shared = False


def way(state: SentenceState, clause: Clause, count: Count) -> None:
    """One way in which requests came."""
    state.others += 1
    state.ways.append(count)
    state.ways_named |= {p.sense for p in clause.pieces if p.role == "way"}
    state.items = [*(item for item in state.items if item.ids == _WAY), Part(_WAY, (), count.value)]
    if any(p.role == "part" and p.sense in ("open", "rest") for p in clause.pieces):
        state.ways_open = True
    state.last = None


def end_ways(state: SentenceState) -> None:
    """All ways in which requests came add up to what was received."""
    ways, more, named = state.ways, state.ways_open, state.ways_named
    state.ways, state.ways_open, state.ways_named = [], False, set()
    owner = state.mains[-1] if state.mains else None
    if owner is None and len(ways) == 2 and named == _ALL_WAYS:
        owner = Part(("received",), (), Decimal(0))          # “收到线上申请29件、线下申请19件”
    if len(ways) < 2 or more or owner is None or owner.ids[0] not in ("received", "received_and_handled"):
        return
    first, last = ways[0], ways[-1]
    total = sum((count.value for count in ways), Decimal(0))
    words = state.text[first.start:last.stop]
    state.claims.append(Claim("channels", last.start, last.end, total, words, words, ("received",), scope=state.scope,
                              of=(owner,)))


def share(state: SentenceState, clause: Clause, count: Count, found: ClauseMeaning) -> None:
    """An applicant's part of the number before; of what was received, where none stands before."""
    owner = state.mains[0] if len(state.mains) == 1 else None
    divided = any(item.ids == _WAY for item in state.items)  # “其中网上申请60件、自然人40件”: parts of two divisions
    if owner is None and not state.mains and (not state.part or state.origin in ("new", "received")):
        owner = Part(("received",), (), Decimal(0))
    if owner is not None and owner.columns and state.topic.name == "request":
        owner = owner._replace(columns=())                   # “收到个人申请38件，单位申请10件”
    if owner is None or divided or owner.columns or owner.ids[0] == "fees":
        state.not_understood(clause)
        return
    ids = real_ids(owner.ids)
    origin = state.origin if owner.ids[0] != "received" else "new" if "new" in (state.origin, *owner.ids) else ""
    if found.columns == _REST and _is_the_rest(state, owner, count):
        state.others += 1
        return
    state.add(claim("count", count, ids=ids, columns=found.columns, origin=origin), clause)
    state.last = Part(ids, found.columns, count.value)
    state.items.append(state.last)
    state.shared = True


def _is_the_rest(state: SentenceState, owner: Part, count: Count) -> bool:
    """Whether 其他 is what the parts told before it leave of their whole."""
    told = [item.number for item in state.items if item.ids == real_ids(owner.ids) and item.columns]
    return bool(told) and sum(told, count.value) == owner.number


def rest(state: SentenceState, clause: Clause, count: Count) -> bool:
    """“其他2件” at the end of a list: of applicants, of outcomes, of results. Whether it is one of these."""
    before = state.last
    said = {(p.role, p.sense) for p in clause.pieces if p.role not in ("filler", "count") and p.sense != "has"}
    if before is None or said != {("part", "rest")} or not (state.part or before.columns):
        return False
    if state.topic.name == "dispute":
        found = ClauseMeaning("table", state.topic, before.ids, ("other_outcome",))
    elif before.columns:
        share(state, clause, count, ClauseMeaning("share", state.topic, columns=_REST))
        return True
    elif before.ids[0] in state.groups:
        whole = sum((item.number for item in state.items if item.ids[0] in state.groups), count.value)
        if state.groups[before.ids[0]] != "other_handling" or any(m.number == whole for m in state.mains):
            return False
        found = ClauseMeaning("table", state.topic, ("other_misc",))
    else:
        return False
    table(state, clause, count, found)
    return True


def total(state: SentenceState, clause: Clause, count: Count) -> None:
    """“48件、5件，合计53件”: a sum of what stands before; else a number alone."""
    items = state.items
    if len(items) < 2:
        alone(state, clause, count)
        return
    state.others += items[0].ids == _WAY
    of = tuple(item._replace(ids=real_ids(item.ids)) for item in items)
    state.add(claim("sum", count, of=of), clause)
    state.items, state.last = [], None
    if {state.family(item.ids) for item in items} == {"in"}:
        state.mains = (Part(("received_and_handled",), (), count.value),)


def alone(state: SentenceState, clause: Clause, count: Count) -> None:
    """A number with nothing beside it is what the last one counted, told of another year or of another office."""
    said = state.mains[0] if len(state.mains) == 1 else None
    told = any(p.role in ("subject", "year", "time") or p.sense == "sum" for p in clause.before)
    if said is None or not told or state.part or not state.topic.name:
        state.not_understood(clause)
        return
    ids = real_ids(said.ids)
    state.add(claim("count", count, ids=ids, columns=said.columns), clause)
    state.last = Part(ids, said.columns, count.value)


def change(state: SentenceState, clause: Clause, count: Count) -> None:
    """A share of the number before, or its change against last year; of anything else nothing is claimed."""
    named = _named_share(state, clause, count)
    if named is not None:
        state.add(claim("portion", count, of=(named,)), clause)
        return
    of = _changed(state, clause, count)
    kind = _kind_of_change(state, clause, count) if of is not None else ""
    if of is None or not kind:
        state.others += 1
        return
    falls = any(p.role == "compare" and p.sense == "fall" for p in clause.pieces)
    number = -count.value if falls and kind != "portion" else count.value
    state.add(claim(kind, count, of=(of,), number=number), clause)


def _changed(state: SentenceState, clause: Clause, count: Count) -> Part | None:
    """What a change is of: the number before, or requests that the clause names (“申请数量同比增长20%”); None where
    something in the clause has a number of its own."""
    rate = any(p.role == "compare" and p.sense == "rate" for p in clause.pieces)
    if count.about or rate or not _OF_CHANGE.issuperset(
            p.role if p.sense not in _NOT_OF_CHANGE else "" for p in clause.before):
        return None
    things = {p.sense for p in clause.before if p.role == "thing"}
    if things and things <= _REQUESTS and state.topic.name == "request" and not state.part:
        return Part(("received",), (), Decimal(0))
    return None if things or state.last is None or state.last.ids == _WAY else state.last


def _named_share(state: SentenceState, clause: Clause, count: Count) -> Part | None:
    """“自然人占79.2%”, “行政复议纠正率为16.7%”: a share of something that the clause names without its number."""
    said = [p for p in clause.pieces if p.role not in ("filler", "count", "part", "time", "year", "cause")
            and p.sense != "has"]
    senses = {p.sense for p in said}
    if count.unit != "percent" or count.about or state.scope == "others" or not state.is_now():
        return None
    if state.topic.name == "request" and len(said) == 2 and {p.role for p in said} == {"applicant", "compare"}:
        column = next(p.sense for p in said if p.role == "applicant")
        whole = state.mains[0].ids if len(state.mains) == 1 else ("received",)
        return Part(real_ids(whole), (column,), NOT_TOLD) if "share" in senses else None
    rate = senses & set(_RATES)
    kinds = [p.sense for p in said if p.role == "thing"] or [state.topic.kind]
    if len(rate) != 1 or len(said) > 2 or kinds[0] not in DISPUTES or not state.topic.cause:
        return None
    return Part((kinds[0],), (_RATES[rate.pop()],), NOT_TOLD)


def last_year(state: SentenceState, clause: Clause, count: Count) -> bool:
    """“收到48件，上年同期为40件”, “与去年的40件相比”: last year's number of what was told. Whether it is one."""
    plain = all(p.role in _OF_LAST_YEAR or p.sense in ("has", "base") for p in (*clause.before, *clause.after))
    named = any(p.sense == "last" or (p.role == "year" and state.year is not None and int(p.sense) == state.year - 1)
                or (p.role == "compare" and p.sense == "base" and p.end - p.start > 1) for p in clause.before)
    if not plain or not named or state.last is None or state.last.ids == _WAY or count.about or count.unit != "table":
        return False
    state.add(claim("last_year", count, of=(state.last,)), clause)
    state.based = True
    return True


def _kind_of_change(state: SentenceState, clause: Clause, count: Count) -> str:
    senses = {p.sense for p in clause.pieces if p.role == "compare"}
    if count.unit == "percent" and (not senses or "share" in senses):
        return "" if "点" in state.text[count.end:count.stop] else "portion"
    if "base" in senses or any(p.sense == "last" for p in clause.pieces):
        state.based = True
    kind = {"percent": "rate", "times": "multiple", "table": "difference"}.get(count.unit, "")
    if kind == "rate" and state.year is not None and _names_no_other_year(state.text, state.year):
        state.based = True                   # “行政许可1286件，增长8.1%”: reports compare with the year before
    changes = kind == "multiple" or bool(senses & {"rise", "fall"})
    years = [int(p.sense) for p in clause.pieces if p.role == "year"]
    other_year = state.year is not None and any(year != state.year - 1 for year in years)
    return kind if changes and state.based and "to" not in senses and not other_year else ""


def _names_no_other_year(text: str, year: int) -> bool:
    return all(int(named) in (year, year - 1) for named in _YEARS.findall(text))


def in_order(state: SentenceState, clause: Clause) -> Clause:
    """“A、B分别为a件、b件”: each number with its own of the words that stood before."""
    each = any(p.role == "part" and p.sense == "each" for p in clause.before)
    if each:
        heads = [one for p in clause.before if p.role in _IN_ORDER for one in _apart(p, state.text)]
        state.queue = heads if len(heads) > 1 else []
        state.queue_words = [p for p in clause.before if p.role not in _IN_ORDER and p.sense != "each"]
    if not state.queue:
        return clause
    if each or not any(map(is_head, clause.before)):
        return clause._replace(before=(*state.queue_words, state.queue.pop(0)))
    state.queue = []
    return clause


def _apart(piece: Piece, text: str) -> list[Piece]:
    """Words that are one entry of the lexicon together: 行政复议和行政诉讼, 予以公开和部分公开."""
    pairs = {"disputes": ("reconsideration", "litigation"), "disclosed_both": ("disclosed", "partially_disclosed")}
    senses = pairs.get(piece.sense, (piece.sense,))
    place = piece.start, piece.end
    if piece.sense == "disputes" and text.find("诉讼", *place) < text.find("复议", *place):
        senses = senses[::-1]
    return [piece._replace(sense=sense) for sense in senses]
