"""How a draft and a moment are called wherever a clerk reads of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:                            # the list of drafts is painted before a report is read
    from govdesk.report.report import Report
    from govdesk.store.draft_summary import DraftSummary

UNNAMED_WORDS = "（未填机关名称）"


def name_on_one_line(name: str) -> str:
    """A name without breaks and runs of blanks."""
    return " ".join(name.split())


def title_of_draft(draft: DraftSummary) -> str:
    """“临江区教育局 2023 年 · 送审稿”."""
    label = f" · {draft.label}" if draft.label else ""
    return f"{name_on_one_line(draft.organ_name) or UNNAMED_WORDS} {draft.year or '—'} 年{label}"


def title_of(report: Report) -> str:
    """The organ by which an open draft is called, as soon as it has a name."""
    return name_on_one_line(report.cover("organ.name")) or "新建年报"


def moment_words(at: datetime) -> str:
    """“今天 10:42”, “2023年3月1日 09:05”; a moment without a zone is one of this computer."""
    local = at.astimezone()
    days = (datetime.now().astimezone().date() - local.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{local.year}年{local.month}月{local.day}日")
    return f"{day} {local:%H:%M}"
