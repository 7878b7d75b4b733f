"""Clauses without a number that say that there was none: “未收到政府信息公开申请”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from govdesk.prose.clauses import Clause
from govdesk.prose.meaning import DECISIONS, DISPUTES, Topic
from govdesk.prose.tokens import Piece

_SILENT: Final = frozenset({"aside", "compare", "unknown", "way", "approximate", "applicant"})
_DOCUMENTS: Final = {"document": "documents", "rule": "rules"}
_SAYS_NOTHING: Final = frozenset({"deny", "filler", "time", "year", "subject"})
_LIMITS: Final = frozenset({"manner", "other", "rest", "outside", "within"})    # not all, or only how
_PLAIN: Final = frozenset({"deny", "filler", "time", "year", "subject", "verb", "mark"})
_RECEIVING: Final = frozenset({"received", "new", "received_and_handled", "has"})
_REQUESTS: Final = frozenset({"request", "bare_request"})


class Denial(NamedTuple):
    """What a clause denies: the claims whose sum is said to be 0 and their columns, from where to where it says so,
    and what it speaks of."""

    ids: tuple[str, ...]
    start: int
    end: int
    topic: Topic
    columns: tuple[str, ...] = ()


def denial(clause: Clause, topic: Topic, told: bool, groups: Mapping[str, str]) -> Denial | None:
    """What a clause denies. Only where every word is known, and nothing but the thing itself is denied:
    “未发生被纠错的行政复议” denies no 复议. `told`: some were told of before, so that 没有其他
    leaves these. `groups`: the group of rows of each reason."""
    pieces = clause.pieces
    at = next((i for i, p in enumerate(pieces) if p.role == "deny"), None)
    if at is None or any(p.role in _SILENT for p in pieces):
        return None
    if told and any(p.role == "part" and p.sense in ("rest", "outside") for p in pieces):
        return None                          # “没有其他行政复议” leaves those that were told
    if any(p.sense == "applicants" for p in pieces[:at]):
        return None                          # “申请人未再提起诉讼” is the applicants' doing
    named = [p.sense for p in pieces if p.role == "thing"]
    if named and named[-1] == "other":
        return None
    if topic.name == "dispute" and topic.kind and all(p.role in _SAYS_NOTHING for p in pieces):
        return Denial((topic.kind,), pieces[at].start, pieces[-1].end, topic)    # “无。”, “本年度无此类情况。”
    denied = pieces[at:]
    if all(p.role in ("deny", "filler") for p in denied):
        denied = pieces                      # “结转下年度继续办理：无”
    found = _of_outcome(denied, topic) if any(p.role == "outcome" for p in pieces) else (
        _of_carried(denied, topic) or _of_results(denied, topic, groups) or _of_requests(denied, topic)
        or _of_disputes(denied, pieces, topic) or _of_decisions(denied, topic)
        or _of_documents(denied, clause, pieces[at].start, topic))
    if found is None:
        return None
    ends = [p.end for p in denied if p.role in ("thing", "carry", "result", "verb", "outcome")]
    return found._replace(start=denied[0].start, end=max([*ends, pieces[at].end]))


def _senses(pieces: Sequence[Piece], role: str) -> set[str]:
    return {p.sense for p in pieces if p.role == role}


def _things(pieces: Sequence[Piece]) -> set[str]:
    return _senses(pieces, "thing") - {"other"}


def _requests(topic: Topic) -> Topic:
    return Topic("request", True, topic.cause, home=topic.home)


def _of_carried(denied: Sequence[Piece], topic: Topic) -> Denial | None:
    carried = _senses(denied, "carry")
    if "carried" in _senses(denied, "deny") and not _senses(denied, "time") & {"last"}:
        carried = carried | {"out"}          # “未结转下年度”
    if len(carried) != 1 or "pending" in carried or _senses(denied, "result") or _things(denied) - _REQUESTS:
        return None
    return Denial(("carried_over",) if "in" in carried else ("carried_forward",), 0, 0, _requests(topic))


def _of_results(denied: Sequence[Piece], topic: Topic, groups: Mapping[str, str]) -> Denial | None:
    """“没有不予公开的情形”: of one group or row, with nothing else beside it."""
    results = _senses(denied, "result")
    plain = all(p.role in _PLAIN or p.sense in _REQUESTS or p.role == "result" for p in denied)
    if topic.name != "request" or not topic.firm or not plain or len(results) != 1 or not results & {
            *groups.values(), "disclosed", "partially_disclosed"} or _senses(denied, "verb") - {"has"}:
        return None
    return Denial(tuple(results), 0, 0, _requests(topic))


def _of_requests(denied: Sequence[Piece], topic: Topic) -> Denial | None:
    if "request" not in _things(denied) or _senses(denied, "result") or _senses(denied, "carry") or (
            _senses(denied, "verb") - _RECEIVING):
        return None
    return Denial(("not_received",), 0, 0, _requests(topic))


def _of_disputes(denied: Sequence[Piece], pieces: Sequence[Piece], topic: Topic) -> Denial | None:
    things = _things(denied)
    if not things or not things <= DISPUTES or not (topic.cause or _senses(pieces, "cause")):
        return None
    both = things >= {"reconsideration", "litigation"} or "disputes" in things
    if not both and len(things) > 1:
        return None
    kind = "disputes" if both else next(iter(things))
    return Denial((kind,), 0, 0, Topic("dispute", True, True, kind, home=topic.home))


def _of_outcome(denied: Sequence[Piece], topic: Topic) -> Denial | None:
    """“发生行政诉讼5件，无败诉案件”: of the disputes that were told."""
    outcomes = _senses(denied, "outcome")
    plain = all(p.role in _PLAIN or p.role == "outcome" for p in denied)
    if topic.name != "dispute" or not topic.firm or not topic.kind or not plain or len(outcomes) != 1:
        return None
    return Denial((topic.kind,), 0, 0, topic, tuple(outcomes))


def _of_decisions(denied: Sequence[Piece], topic: Topic) -> Denial | None:
    """“未作出行政处罚决定”."""
    things = _things(denied)
    if len(things) != 1 or not things <= set(DECISIONS) or _senses(denied, "verb") != {"decided"}:
        return None
    return Denial((DECISIONS[next(iter(things))],), 0, 0, Topic("decision", True, kind="told", home=topic.home))


def _of_documents(denied: Sequence[Piece], clause: Clause, start: int, topic: Topic) -> Denial | None:
    things = _things(denied)
    verb = _document_verb(clause, start)
    if len(things) != 1 or not things <= set(_DOCUMENTS) or not verb:
        return None
    kind = next(iter(things))
    return Denial((f"{_DOCUMENTS[kind]}_{verb}",), 0, 0, Topic("document", True, kind=kind, verb=verb, home=topic.home))


def _document_verb(clause: Clause, start: int) -> str:
    """What is denied of documents: the verb behind the denial, or within its word (未制发)."""
    verbs = {p.sense for p in clause.pieces if p.role == "verb" and p.start >= start}
    denying = {p.sense for p in clause.pieces if p.role == "deny"}
    found = verbs | (denying & {"issued", "repealed"})
    return next(iter(found)) if len(found) == 1 and found <= {"issued", "repealed"} else ""


def all_done(clause: Clause, topic: Topic) -> tuple[int, int] | None:
    """Where a clause says that all requests were answered: not in what manner, nor of a part of them."""
    pieces = clause.pieces
    if topic.name != "request" or not topic.firm or any(
            p.role in _SILENT or p.role in ("deny", "carry", "result", "time", "outcome") or p.sense in _LIMITS
            for p in pieces if p.sense != "this"):
        return None
    every = next((p for p in pieces if p.role == "all" and p.sense == "word"), None)
    done = next((p for p in pieces if p.role == "verb" and p.sense in ("answered", "handled")), None)
    if every is None or done is None or done.sense != "answered":
        return None
    return min(every.start, done.start), max(every.end, done.end)
