"""A draft that comes from a file with its past, or comes back: made, recognised, taken in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from govdesk.store import failures
from govdesk.store.drafts import Drafts, DraftSummary, Outstanding, listed, moment_now, new_uid
from govdesk.store.history import BEFORE, JOINED, Mark
from govdesk.trail import Past, changes_between, rows_of

if TYPE_CHECKING:
    from govdesk.report import Report

TAKING_IN = "取入带回的文件"


def past_of(drafts: Drafts, draft_id: int) -> Past:
    """Everything that is kept of a draft's past. Raises StoreError."""
    with drafts.reading(draft_id) as transaction:
        if transaction.facts_of(draft_id) is None:
            raise failures.unknown_draft(draft_id)
        return transaction.past(draft_id)


def at_home(drafts: Drafts, uid: str) -> list[DraftSummary]:
    """The drafts here with this identity, last saved first; those in the bin where no other has it."""
    for deleted in (False, True):
        if found := [draft for draft in drafts.list(deleted=deleted) if uid and draft.uid == uid]:
            return found
    return []


def create(drafts: Drafts, report: Report, past: Past, outstanding: Outstanding | None = None) -> int:
    """A draft with its past. It keeps its identity, unless one in the list has it already."""
    now = moment_now()
    whole = past.leading_to(report, now)
    taken = any(draft.uid == past.draft for draft in drafts.list())
    uid = past.draft if past.draft and not taken else new_uid()
    columns = {"created_at": now, "saved_at": now, "uid": uid, "revision": whole.last, **listed(report, outstanding)}
    with drafts.writing() as transaction:
        draft_id = transaction.insert_draft(columns)
        transaction.write(draft_id, dict(rows_of(report)))
        transaction.put_past(draft_id, whole)
    drafts.seen(draft_id, whole.last)
    return draft_id


def take_in(drafts: Drafts, draft_id: int, came: tuple[Report, Past], ancestor: int,
            outstanding: Outstanding | None = None) -> None:
    """A draft that has not changed since it was carried away becomes what came back, with what happened to it there:
    the part of its past after the revision `ancestor`. What is here is kept as a version. ChangedElsewhereError as in
    `Drafts.save`."""
    report, past = came
    news, wanted = past.since(ancestor), rows_of(report)
    with drafts.saving(draft_id, listed(report, outstanding)) as (transaction, revision):
        now = moment_now()
        transaction.mark(draft_id, revision, now, Mark(BEFORE, TAKING_IN))
        transaction.put_past(draft_id, news, revision - ancestor)
        reached = max(revision, revision - ancestor + past.last) + 1
        with failures.readable(draft_id, drafts.file):
            transaction.write(draft_id, changes_between(transaction.rows(draft_id), wanted))
            left = changes_between(transaction.rows_at(draft_id, reached), wanted)
        transaction.note(draft_id, reached, now, left, dict.fromkeys(left, TAKING_IN))
        if tags := past.tags():
            transaction.mark(draft_id, reached, now, Mark(JOINED, tags[0].name))
        transaction.update_draft(draft_id, {"revision": reached})
        drafts.reached = reached


def made_at(past: Past) -> datetime | None:
    """When it was carried away last; UTC."""
    tags = past.tags()
    return datetime.fromisoformat(tags[0].at).astimezone(UTC) if tags else None
