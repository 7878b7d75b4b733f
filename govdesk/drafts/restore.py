"""What is said before all drafts are put back to what a copy holds."""

from __future__ import annotations

from govdesk.drafts.names import title_of_draft
from govdesk.store.drafts import Summaries

MAX_NAMED_DRAFTS = 5                         # so many drafts are named


def describe_loss(here: Summaries, inside: Summaries) -> list[str]:
    """A sentence for the drafts that are not in the copy, one for those that are older there."""
    there = {draft.uid: draft for draft in inside}
    absent = [d for d in here if d.uid not in there]
    newer = [d for d in here if d.uid in there and d.saved_at > there[d.uid].saved_at]
    found = [f"本机有 {len(absent)} 份草稿不在这份备份里：{_names(absent)}。"] if absent else []
    return [*found, *([f"有 {len(newer)} 份草稿在备份之后改动过：{_names(newer)}。"] if newer else [])]


def _names(drafts: Summaries) -> str:
    names = "、".join(title_of_draft(d) + ("（在回收站）" if d.deleted_at else "") for d in drafts[:MAX_NAMED_DRAFTS])
    return names + (f" 等 {len(drafts)} 份" if len(drafts) > MAX_NAMED_DRAFTS else "")
