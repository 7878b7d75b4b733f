"""Defines a line in the list of drafts, and reads it from a row of the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from govdesk.store.sql.text_codec import decode_text

DAMAGED_LABEL = "（这份草稿已损坏）"     # stands in the list for the organ's name


class Outstanding(NamedTuple):
    """What a draft still lacks: input cells left blank, findings to be put right, places of texts and cover not filled
    in, findings that only want a reason. None: not counted yet."""

    blanks: int | None = None
    problems: int | None = None
    unfilled: int | None = None
    unexplained: int | None = None


class DraftSummary(NamedTuple):
    """A line in the list of drafts; moments are in UTC."""

    id: int
    form_id: str
    organ_name: str
    year: int | None
    created_at: datetime
    saved_at: datetime
    outstanding: Outstanding
    exported_at: datetime | None
    deleted_at: datetime | None
    kind: str = ""                       # of the report, as on its cover
    deadline: str = ""                   # the local one, YYYY-MM-DD, where the clerk has set one
    label: str = ""                      # the clerk's own name for it
    uid: str = ""                        # the same wherever it is carried
    changed: bool = False                # on paper it is another than when it was exported last
    damaged: bool = False                # its line cannot be read; opening it may still succeed


def read_summary(row: tuple[Any, ...]) -> DraftSummary:
    """Reads a row of the statement that lists the drafts; a damaged one is told as such."""
    draft_id, form_id, organ_name, year, created, saved, *counts, exported, deleted, uid, changed = row[:-3]
    try:
        return DraftSummary(
            draft_id, decode_text(form_id), decode_text(organ_name), _whole(year), _moment(created), _moment(saved),
            Outstanding(*map(_whole, counts)), None if exported is None else _moment(exported),
            None if deleted is None else _moment(deleted), **_facts([uid, *row[-3:]]), changed=bool(changed))
    except ValueError:
        long_ago = datetime.fromtimestamp(0, UTC)
        return DraftSummary(draft_id, "", DAMAGED_LABEL, None, long_ago, long_ago, Outstanding(), None,
                            None if deleted is None else long_ago, damaged=True)


def _facts(facts: Iterable[object]) -> dict[str, Any]:
    words = ("" if fact is None else decode_text(fact) for fact in facts)
    return dict(zip(("uid", "kind", "deadline", "label"), words, strict=True))


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(decode_text(text))
    if moment.tzinfo is None:
        raise ValueError(f"no moment in UTC: {text!r}")
    return moment


def _whole(number: object) -> int | None:
    if number is None or isinstance(number, int):
        return number
    raise ValueError(f"no number: {number!r}")
