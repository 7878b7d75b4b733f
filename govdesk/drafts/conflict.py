"""Two windows on one draft: whether what was shown is still what is saved, and the steps of a merge."""

from __future__ import annotations

from govdesk.report.compare import find_differences
from govdesk.report.report import Edit, Report, edit_of
from govdesk.store.drafts import Drafts
from govdesk.store.sql.history import NAMED, VersionMark

UNSEEN_REVISION = -1                         # no revision: whatever is on the disk was not seen here
CLASH = "与另一窗口合并"


def is_as_shown(drafts: Drafts, draft_id: int, shown: Report) -> bool:
    """Whether the draft on the disk is as it was shown. If so, its revision counts as seen and the next save is
    accepted; if not, it is refused. Raises StoreError."""
    if not find_differences(drafts.load(draft_id), shown):
        return True
    drafts.seen(draft_id, UNSEEN_REVISION)
    return False


def step_between(one: Report, other: Report, name: str) -> Edit:
    """The edit that leads from one report to the other, with every entry that differs."""
    return edit_of(one, name, [(d.layer, d.key, d.after) for d in find_differences(one, other)])


def steps_of_merge(theirs: Report, ours: Report, becomes: Report) -> list[Edit | VersionMark]:
    """What is saved on top of what the other window has saved: both sides stay as versions."""
    return [VersionMark(NAMED, "另一窗口保存的（合并前）"), step_between(theirs, ours, "本窗口的改动"),
            VersionMark(NAMED, "本窗口的（合并前）"), step_between(ours, becomes, CLASH)]
