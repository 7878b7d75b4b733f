"""A draft with its past as a file that is carried to another computer."""

from __future__ import annotations

from govdesk.exchange import draft_file
from govdesk.report.history import DraftHistory, KeptVersion
from govdesk.report.report import Report
from govdesk.store import draft_import
from govdesk.store.drafts import Drafts, moment_now
from govdesk.store.sql.history import CARRIED


def dump_draft(drafts: Drafts, draft_id: int, report: Report, tag: str) -> tuple[bytes, bool]:
    """The file's content, and whether all of the past is in it. `tag`: the name under which the moment was kept.
    Raises UserError."""
    return draft_file.dump_draft(report, tag_past(draft_import.history_of_draft(drafts, draft_id), report, tag))


def tag_past(past: DraftHistory, report: Report, tag: str) -> DraftHistory:
    """The past up to the tag; where that could not be saved, up to now and on to the report."""
    mark = next((kept for kept in past.tags() if kept.name == tag), None)
    if mark is not None:
        return past.until(mark.revision).leading_to(report, mark.at)
    now = moment_now()
    longer = past.leading_to(report, now)
    return longer._replace(versions=(*longer.versions, KeptVersion(longer.last, CARRIED, tag, now)))
