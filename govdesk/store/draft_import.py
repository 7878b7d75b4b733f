"""Imports a draft with its history from a file, recognises one that comes back, and takes it in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from govdesk.report.history import DraftHistory, changes_between, rows_of
from govdesk.report.report import Report
from govdesk.store.draft_summary import DraftSummary, Outstanding
from govdesk.store.drafts import Drafts, list_columns_of, moment_now, new_uid
from govdesk.store.file.diagnosis import reading_draft
from govdesk.store.sql import errors
from govdesk.store.sql.history import BEFORE, JOINED, VersionMark

TAKEN_BACK_ACT = "取回"
TAKING_IN, BROUGHT, MERGING = "取入带回的文件", "带回的文件", "合并带回的文件"


def history_of_draft(drafts: Drafts, draft_id: int) -> DraftHistory:
    """Everything that is kept of a draft's past. Raises StoreError."""
    with drafts.reading(draft_id) as transaction:
        if transaction.facts_of(draft_id) is None:
            raise errors.unknown_draft_error(draft_id)
        return transaction.past(draft_id)


def find_drafts_here(drafts: Drafts, uid: str) -> list[DraftSummary]:
    """The drafts here with this identity, last saved first; those in the bin where no other has it."""
    for deleted in (False, True):
        if found := [draft for draft in drafts.list(deleted=deleted) if uid and draft.uid == uid]:
            return found
    return []


def create_draft(drafts: Drafts, report: Report, past: DraftHistory, outstanding: Outstanding | None = None) -> int:
    """A draft with its past; what of the report that does not tell is a step more. It keeps its identity, unless one in
    the list has it already."""
    now = moment_now()
    whole = past.leading_to(report, now, TAKEN_BACK_ACT)
    taken = any(draft.uid == past.draft for draft in drafts.list())
    uid = past.draft if past.draft and not taken else new_uid()
    columns = {"created_at": now, "saved_at": now, "uid": uid, "revision": whole.last,
               **list_columns_of(report, outstanding)}
    with drafts.writing() as transaction:
        draft_id = transaction.insert_draft(columns)
        transaction.fill(draft_id, rows_of(report))
        transaction.put_past(draft_id, whole)
    drafts.seen(draft_id, whole.last)
    return draft_id


class ReturnedDraft(NamedTuple):
    """What came back: the report, its past, the revision in that past from which both come; and what the draft is to
    become of it and of what is here."""

    report: Report
    past: DraftHistory
    ancestor: int
    becomes: Report


def take_in_returned(drafts: Drafts, draft_id: int, came: ReturnedDraft, outstanding: Outstanding
                     | None = None) -> None:
    """A draft becomes what was made of it and of what came back, and its values have the time line that they had
    elsewhere. What is here and what came back are versions; those that were kept elsewhere come along where nothing has
    changed here, for else they would show what never was. ChangedElsewhereError as in `Drafts.save`."""
    news, theirs, wanted = came.past.since(came.ancestor), rows_of(came.report), rows_of(came.becomes)
    with drafts.saving(draft_id, list_columns_of(came.becomes, outstanding)) as (transaction, revision):
        now = moment_now()
        transaction.mark(draft_id, revision, now, VersionMark(BEFORE, TAKING_IN))
        with reading_draft(draft_id, drafts.file):
            ours = transaction.rows(draft_id)
        if ours != came.past.rows_at(came.ancestor):
            news = news._replace(versions=())
        transaction.put_past(draft_id, news, revision - came.ancestor)
        reached = max(revision, revision - came.ancestor + came.past.last) + 1
        with reading_draft(draft_id, drafts.file):
            left = changes_between(transaction.rows_at(draft_id, reached), theirs)
        transaction.note(draft_id, reached, now, left, dict.fromkeys(left, BROUGHT))
        if tags := came.past.tags():
            transaction.mark(draft_id, reached, now, VersionMark(JOINED, tags[0].name))
        chosen = changes_between(theirs, wanted)
        transaction.note(draft_id, reached + 1, now, chosen, dict.fromkeys(chosen, MERGING))
        transaction.write(draft_id, changes_between(ours, wanted))
        transaction.update_draft(draft_id, {"revision": reached + 1})
        drafts.reached = reached + 1


def carried_away_at(past: DraftHistory) -> datetime | None:
    """When it was carried away last; UTC."""
    tags = past.tags()
    return datetime.fromisoformat(tags[0].at).astimezone(UTC) if tags else None
