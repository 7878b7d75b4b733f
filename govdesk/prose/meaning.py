"""What one clause counts: a row of the tables, another thing, or something that is not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from govdesk.prose.clauses import Clause, is_head
from govdesk.prose.tokens import Count, Piece

DISPUTES: Final = frozenset({"reconsideration", "litigation", "litigation_direct", "litigation_after", "disputes"})
DECISIONS: Final = {"licence": "licensing", "penalty": "penalty", "compulsion": "compulsion"}
_DOCUMENTS: Final = {"document": "documents", "rule": "rules"}
_OF_DOCUMENTS: Final = frozenset({"issued", "repealed", "in_force"})
_OF_TABLES: Final = ("thing", "carry", "result", "applicant", "way", "outcome")
_ALONE: Final = frozenset({"filler", "time", "year", "subject"})        # beside a number that a heading names
HEADING: Final = "heading"           # as `verb` of a topic: named by a clause of its own, and not counted yet
_ENDS_NUMBER: Final = frozenset({"all", "deny", "approximate"})         # behind them stands what is said of the number


class Topic(NamedTuple):
    """What is spoken of before a clause: `name` is request, dispute, document, decision, other, unclear or “”. `firm`:
    nothing else came between. `cause`: disputes are of disclosure. `kind` and `verb`: the last dispute or document,
    and what was done."""

    name: str = ""
    firm: bool = False
    cause: bool = False
    kind: str = ""
    verb: str = ""
    home: str = ""


class ClauseMeaning(NamedTuple):
    """`ids` are claims of the form, several where a number is the sum of their rows; none for `what` other than table.
    `columns`: an applicant's or an outcome's; `way`: one way in which requests came; `topic`: what is spoken of now."""

    what: str                        # "table", "other", "unclear", "share", "way", "sum", "compare", "alone"
    topic: Topic
    ids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    new: bool = False                # told as 新收
    carried: bool = False            # disputes of the year before, or of one court: a part of them


class Words:
    """The words that belong to a clause's number, by role."""

    def __init__(self, clause: Clause) -> None:
        before, after = list(clause.before), _of_number(clause.after, first=not clause.before)
        strong = any(is_head(p) for p in before)
        self.pieces: list[Piece] = [*before, *(_things(after) if strong else after)]
        self.unknown = any(p.role == "unknown" for p in (*before, *after))
        self.of_some = not strong and _is_of_some(clause)
        self._senses: dict[str, list[str]] = {}
        for piece in self.pieces:
            self._senses.setdefault(piece.role, []).append(piece.sense)

    def of(self, role: str) -> list[str]:
        return self._senses.get(role, [])

    def has(self, role: str, *senses: str) -> bool:
        held = self._senses.get(role)
        return held is not None and (not senses or any(sense in held for sense in senses))


def _of_number(after: Sequence[Piece], *, first: bool) -> list[Piece]:
    """What behind a number belongs to it. “49件已按期答复” begins with its number, and 已 changes nothing."""
    found = []
    for piece in after:
        ends = piece.role in _ENDS_NUMBER and not (first and piece.sense == "done")
        if ends or (piece.role == "part" and piece.sense == "within"):
            break
        found.append(piece)
    return found


def _is_of_some(clause: Clause) -> bool:
    """“6件申请在20个工作日内答复”: of some, of which something is said; not “共有48件申请”, “48件申请中”."""
    after = [p for p in clause.after if p.role != "filler" or p.sense == "manner"]
    if not after or after[0].role != "thing" or any(p.role == "part" and p.sense == "sum" for p in clause.before):
        return False
    rest = [p.role for p in after[1:] if p.sense != "within"]
    return any(role != "subject" for role in rest) or (
        after[0].sense == "bare_request" and not any(p.sense == "within" for p in after))


def _things(after: Sequence[Piece]) -> list[Piece]:
    """“收到8份政府信息公开申请”: the thing that stands behind the number of a verb."""
    found = []
    for piece in after:
        if piece.role not in ("thing", "filler", "applicant", "cause"):
            break
        found.append(piece)
    return found


def meaning(clause: Clause, topic: Topic, groups: Mapping[str, str], year: int | None) -> ClauseMeaning:
    """What a clause with a number counts. `groups`: the group of rows that each reason belongs to."""
    count = clause.number
    assert count is not None
    words = Words(clause)
    if words.has("compare") or count.unit in ("percent", "times") or (
            clause.before and clause.before[-1].sense == "from"):      # “由40件增至48件”
        return ClauseMeaning("unclear" if words.unknown and not words.has("thing", "other") else "compare", topic)
    if words.has("thing", "other") or words.has("aside") or words.has("subject", "others"):
        return ClauseMeaning("other", Topic("other", home=topic.home, cause=topic.cause))
    if words.has("thing", "fee") or (words.has("thing", "bare_fee") and topic.home == "decision"):
        return _fee(words, count, topic)
    if count.unit not in ("table", ""):
        return ClauseMeaning("other", topic if topic.name in ("request", "dispute")
                             else Topic("other", home=topic.home))
    if words.unknown and topic.name == "other" and not any(map(words.of, _OF_TABLES)):
        return ClauseMeaning("other", topic)  # one more of a list of other things
    if words.unknown or (words.has("deny") and not words.has("result") and not words.has("carry")):
        kind = next((t for t in words.of("thing") if t in DISPUTES), "")
        return ClauseMeaning("unclear", Topic("unclear", home=topic.home, cause=topic.cause, kind=kind))
    return (_decision(words, topic) or _document(words, topic) or _dispute(words, count, topic)
            or _request(words, topic, groups, year))


def _fee(words: Words, count: Count, topic: Topic) -> ClauseMeaning:
    if count.unit == "money" and not words.unknown and len(set(words.of("verb"))) <= 1:
        return ClauseMeaning("table", Topic("fee", home=topic.home), ("fees",))
    return ClauseMeaning("other", Topic("other", home=topic.home))


def _decision(words: Words, topic: Topic) -> ClauseMeaning | None:
    named = [DECISIONS[t] for t in words.of("thing") if t in DECISIONS]
    if not named:
        return None
    carried = topic.firm and (topic.kind == "told" or (topic.name == topic.home == "decision")) and not words.of("verb")
    done = words.has("verb", "decided") or (words.has("verb", "handled") and topic.home == "decision") or carried
    if words.has("verb", "handled") and words.has("filler", "case"):
        done = False                         # cases that are worked on are not yet decided
    named = list(dict.fromkeys(named))
    if not done or len(named) > 1 or len(set(words.of("thing"))) > 1:
        return ClauseMeaning("other", Topic("other", home=topic.home))
    return ClauseMeaning("table", Topic("decision", True, kind="told", home=topic.home), (named[0],))


def _document(words: Words, topic: Topic) -> ClauseMeaning | None:
    things = [t for t in words.of("thing") if t in _DOCUMENTS]
    verbs = [v for v in words.of("verb") if v in _OF_DOCUMENTS]
    cleaned = words.has("verb", "cleaned")
    if not things and not ((verbs or cleaned) and topic.name == "document"):
        return None
    kind = things[0] if things else topic.kind
    if words.has("verb", "cleaned"):         # “清理废止3件” may hold what is no longer in force, too
        return ClauseMeaning("other", Topic("document", True, kind=kind, home=topic.home))
    if set(words.of("thing")) - {kind} or len(set(verbs)) > 1 or set(words.of("verb")) - {*_OF_DOCUMENTS, "has"}:
        return ClauseMeaning("other", Topic("other", home=topic.home))
    carried = topic.name == "document" and not (things and kind == topic.kind)     # named anew, it has no verb
    verb = verbs[0] if verbs else topic.verb if carried else ""
    if not verb:
        return ClauseMeaning("other", Topic("document", True, kind=kind, home=topic.home))
    return ClauseMeaning("table", Topic("document", True, kind=kind, verb=verb, home=topic.home),
                         (f"{_DOCUMENTS[kind]}_{verb}",))


def _dispute(words: Words, count: Count, topic: Topic) -> ClauseMeaning | None:
    kinds = list(dict.fromkeys(t for t in words.of("thing") if t in DISPUTES))
    outcomes = list(dict.fromkeys(words.of("outcome")))
    if not kinds and _is_of_heading(words, topic):
        kinds = [topic.kind] if topic.name == "dispute" else []
    if not kinds and not (outcomes and topic.name == "dispute"):
        return None
    cause = topic.cause or words.has("cause")
    # 其他领域的行政复议14件、行政诉讼22件
    listed = bool(kinds) and not words.has("cause") and not words.of("verb")
    if not cause or words.has("result") or (listed and topic.name == "other"):
        return ClauseMeaning("other", Topic("other", home=topic.home))
    if listed and topic.name == "unclear" and topic.kind:   # what was not understood may be said of these, too
        return ClauseMeaning("unclear", topic)
    if not kinds:
        kinds = [_kind_by_body(words, topic.kind)]
    if set(kinds) == {"reconsideration", "litigation"}:
        kinds = ["disputes"]
    if len(kinds) > 1 or len(outcomes) > 1 or words.has("part", "each") or (words.has("part", "every") and count.value):
        return ClauseMeaning("unclear", Topic("dispute", False, cause, home=topic.home, kind=topic.kind))
    now = Topic("dispute", True, cause, kind=kinds[0], home=topic.home)
    carried = words.has("carry") or words.has("part", "stage")
    return ClauseMeaning("table", now, (kinds[0],), (outcomes[0],) if outcomes else (), carried=carried)


def _is_of_heading(words: Words, topic: Topic) -> bool:
    """“在行政复议方面，全年共6件”: a number alone behind words that only name what it is of."""
    return topic.verb == HEADING and all(p.role in _ALONE or p.sense in ("sum", "has") for p in words.pieces)


def _kind_by_body(words: Words, kind: str) -> str:
    """“复议机关维持3件”, “法院维持3件”: whose outcome it is decides between the two."""
    if words.has("part", "by_reviewers"):
        return "reconsideration"
    return "litigation" if words.has("part", "by_courts") and not kind.startswith("litigation") else kind


def _request(words: Words, topic: Topic, groups: Mapping[str, str], year: int | None) -> ClauseMeaning:
    named = words.has("thing", "request") or ((words.has("thing", "bare_request")
                                              and topic.home in ("request", "dispute")) or
                                              (words.has("thing", "bare_request") and topic.name == "request"))
    now = Topic("request", True, topic.cause, home=topic.home)
    unclear = ClauseMeaning("unclear", Topic("unclear", home=topic.home, cause=topic.cause))
    if not named and (topic.name != "request" or words.has("thing")):
        return unclear if topic.name != "other" else ClauseMeaning("other", topic)
    columns = tuple(dict.fromkeys(words.of("applicant")))
    if len(columns) > 1:
        return unclear
    plain = not (words.has("carry") or words.has("result") or set(words.of("verb")) - {"has"})
    if plain and topic.firm and topic.name == "request" and set(words.of("outcome")) in ({"concluded"}, {"pending"}):
        done = "answered" if words.has("outcome", "concluded") else "carried_forward"
        return ClauseMeaning("table", now, (done,), columns)             # “结案49件，未结4件”
    if words.has("outcome") or (plain and topic.name == "other"):
        # 主动公开60件，依申请公开20件
        return ClauseMeaning("other", Topic("other", home=topic.home, cause=topic.cause))
    if words.has("carry"):
        ids = () if words.has("result") else _carried(words, year)
        return ClauseMeaning("table", now, ids, columns) if ids else unclear
    if words.has("result"):
        ids = _results(words, groups)
        return ClauseMeaning("table", now, ids, columns) if ids else unclear
    if words.has("way") and not (len(words.of("way")) > 1 and words.of("verb")):     # 通过邮寄、网络收到…: all
        return ClauseMeaning("way", now, columns=columns)
    verbs = set(words.of("verb")) - {"has", "decided"}
    if verbs:
        if not named and not topic.firm:
            return unclear
        done = _verb(verbs, words)
        return ClauseMeaning("table", now, (done,), columns, words.has("verb", "new")) if done else unclear
    if columns:
        return ClauseMeaning("share", now, columns=columns)
    if words.has("part", "sum") and not named and not _is_of_heading(words, topic):
        return ClauseMeaning("sum", now)
    if _is_of_heading(words, topic):
        return ClauseMeaning("table", now, ("received",))
    if named:
        return unclear if words.of_some else ClauseMeaning("table", now, ("received",))
    return ClauseMeaning("alone", topic)


def _verb(verbs: set[str], words: Words) -> str:
    if verbs <= {"received", "new"}:
        return "received"
    if verbs <= {"received", "new", "received_and_handled", "handled", "answered"} and (
            verbs & {"received", "new", "received_and_handled"}):
        return "received_and_handled"
    if verbs == {"handled"}:
        return "handled"
    return "answered" if verbs <= {"answered", "handled"} else ""


def _carried(words: Words, year: int | None) -> tuple[str, ...]:
    """Whether a number was carried over into the year or out of it; the year that is named decides."""
    senses = set(words.of("carry"))
    if {"in", "out"} <= senses:
        return ()
    if senses & {"in", "out"}:
        return ("carried_over",) if "in" in senses else ("carried_forward",)
    for piece in words.pieces:
        if piece.role == "year" and year is not None and int(piece.sense) != year:
            return ("carried_over",) if int(piece.sense) < year else ("carried_forward",)
        if piece.role == "time" and piece.sense in ("last", "next"):
            return ("carried_over",) if piece.sense == "last" else ("carried_forward",)
    if "pending" in senses:
        return ("carried_forward",)
    return ("carried",) if senses != {"turned"} else ()      # “转我局办理9件” says nothing of years


def _results(words: Words, groups: Mapping[str, str]) -> tuple[str, ...]:
    """One result; a reason with its group; several reasons of one group, with an “等” the whole of it."""
    senses = list(dict.fromkeys(words.of("result")))
    if set(senses) == {"disclosed", "partially_disclosed"}:
        return ("disclosed_both",)
    reasons = [s for s in senses if s in groups]
    whole = [s for s in senses if s not in groups]
    if not reasons:
        return tuple(whole) if len(whole) == 1 else ()
    if len(whole) > 1 or len({groups[r] for r in reasons}) > 1 or (whole and whole[0] != groups[reasons[0]]):
        return ()
    if words.has("part", "open") or (whole and len(reasons) > 1):
        return (groups[reasons[0]],) if whole else ()
    return tuple(reasons)
