"""Clauses without a number that say that there was none: “未收到政府信息公开申请”."""

from __future__ import annotations

from typing import Final

from govdesk.prose.clauses import Clause
from govdesk.prose.meaning import DISPUTES, Topic

_SILENT: Final = frozenset({"aside", "outcome", "compare", "unknown", "way", "approximate", "applicant"})
_DOCUMENTS: Final = {"document": "documents", "rule": "rules"}
_SAYS_NOTHING: Final = frozenset({"deny", "filler", "time", "year", "subject"})
_LIMITS: Final = frozenset({"manner", "other", "rest", "outside", "within"})    # not all, or only how
Denial = tuple[tuple[str, ...], int, int, Topic]


def denial(clause: Clause, topic: Topic, told: bool) -> Denial | None:
    """The claims that a clause denies, from where to where it does, and what it speaks of. Only where every word is
    known, and nothing but the thing itself is denied: “未发生被纠错的行政复议” denies no 复议. `told`: some were told
    of before, so that 没有其他 leaves these."""
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
        return (topic.kind,), pieces[at].start, pieces[-1].end, topic            # “无。”, “本年度无此类情况。”
    denied = pieces[at:]
    if all(p.role in ("deny", "filler") for p in denied):
        denied = pieces                      # “结转下年度继续办理：无”
    things = {p.sense for p in denied if p.role == "thing"} - {"other"}
    carried = {p.sense for p in denied if p.role == "carry"}
    results = [p.sense for p in denied if p.role == "result"]
    end = max((p.end for p in denied if p.role in ("thing", "carry", "result", "verb")), default=0)
    if not things and not carried:
        return None
    now = Topic("request", True, topic.cause, home=topic.home)
    if carried:
        if results or things - {"request", "bare_request"} or len(carried) > 1 or "pending" in carried:
            return None
        ids = ("carried_over",) if "in" in carried else ("carried_forward",)
    elif "request" in things and not results and not any(
            p.role == "verb" and p.sense not in ("received", "new", "received_and_handled", "has") for p in denied):
        ids = ("not_received",)
    elif things <= DISPUTES and (topic.cause or any(p.role == "cause" for p in pieces)):
        both = {"reconsideration", "litigation"}
        kind = "disputes" if things >= both or "disputes" in things else next(iter(things)) if len(things) == 1 else ""
        if not kind:
            return None
        ids, now = (kind,), Topic("dispute", True, True, kind, home=topic.home)
    elif len(things) == 1 and things <= set(_DOCUMENTS):
        kind = next(iter(things))
        verb = _document_verb(clause, pieces[at].start)
        if not verb:
            return None
        ids, now = (f"{_DOCUMENTS[kind]}_{verb}",), Topic("document", True, kind=kind, verb=verb, home=topic.home)
    else:
        return None
    return ids, denied[0].start, max(end, pieces[at].end), now


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
            p.role in _SILENT or p.role in ("deny", "carry", "result", "time") or p.sense in _LIMITS
            for p in pieces if p.sense != "this"):
        return None
    every = next((p for p in pieces if p.role == "all" and p.sense == "word"), None)
    done = next((p for p in pieces if p.role == "verb" and p.sense in ("answered", "handled")), None)
    if every is None or done is None or done.sense != "answered":
        return None
    return min(every.start, done.start), max(every.end, done.end)
