"""What a file is to this computer: a report without a past, or its draft here, and what both come from."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from govdesk.base.errors import UserError
from govdesk.base.numerals import shorten_text
from govdesk.drafts.conflict import step_between
from govdesk.drafts.names import moment_words, name_on_one_line
from govdesk.drafts.outstanding import count_outstanding_of
from govdesk.exchange.read_result import ReadResult
from govdesk.exchange.readers import read_file
from govdesk.report.compare import find_differences
from govdesk.report.history import DraftHistory, KeptVersion, report_of
from govdesk.report.report import Edit, Report
from govdesk.store import draft_import
from govdesk.store.draft_import import BROUGHT, MERGING
from govdesk.store.draft_summary import DraftSummary
from govdesk.store.drafts import Drafts
from govdesk.store.sql.history import BEFORE, CARRIED, JOINED, VersionMark


class Arrived(NamedTuple):
    """A report without a past; or its draft here, and what both come from; or, where there was none, the draft that was
    `made` of it."""

    came: ReadResult
    draft: DraftSummary | None = None
    made: int = 0
    ancestor: KeptVersion | None = None
    base: Report | None = None


def receive_file(drafts: Drafts, path: Path) -> Arrived:
    """Reads a file and finds, or makes, its draft. Raises UserError."""
    came = read_file(path)
    past = came.past
    if past is None:
        return Arrived(came)
    home = draft_import.find_drafts_here(drafts, past.draft)
    read = [(draft, held) for draft in home
            if (held := load_or_none(drafts, draft.id)) and held.form_id == came.report.form_id]
    if not read:
        return Arrived(came,
                       made=draft_import.create_draft(drafts, came.report, past, count_outstanding_of(came.report)))
    # Of several with one identity the one that is the same, or saved last.
    best = next((draft for draft, held in read if not find_differences(held, came.report)), read[0][0])
    return Arrived(came, best, 0, *_find_origin(drafts, best.id, came))


def read_beside(drafts: Drafts, draft_id: int, form_id: str, path: Path) -> Arrived:
    """Reads a file, whosever it is, to be laid beside a draft. Raises UserError."""
    came = read_file(path)
    if came.report.form_id != form_id:
        raise UserError("这份文件的表式与草稿不同，不能对照。")
    return Arrived(came, None, 0, *_find_origin(drafts, draft_id, came))


def _find_origin(drafts: Drafts, draft_id: int, came: ReadResult) -> tuple[KeptVersion | None, Report | None]:
    """The moment from which the draft and the file both come, and the report then."""
    if came.past is None:
        return None, None
    known = {version.name for version in drafts.versions(draft_id) if version.kind in (CARRIED, JOINED)}
    ancestor = came.past.ancestor(known)
    return ancestor, report_at(came.past, came.report.form_id, ancestor)


def report_at(past: DraftHistory, form_id: str, moment: KeptVersion | None) -> Report | None:
    """The report as it was at a moment of its past; None for no moment."""
    if moment is None:
        return None
    rows = past.rows_at(moment.revision)
    return report_of(form_id, ((layer, key, value) for (layer, key), value in rows.items()))


def load_or_none(drafts: Drafts, draft_id: int) -> Report | None:
    """None for a draft that is damaged: no reason not to open another report."""
    try:
        return drafts.load(draft_id)
    except UserError:
        return None


def find_same(drafts: Drafts, report: Report) -> int | None:
    """The draft that holds this very report: opening a file or the sample again leads back to it."""
    alike = _find_alike(drafts, report) if report.cover("organ.name") else []
    return next((draft.id for draft in alike if load_or_none(drafts, draft.id) == report), None)


def describe_alike(drafts: Drafts, report: Report) -> str:
    """What is said where a file without a past becomes a draft beside others of its organ and year; “” elsewhere."""
    held = _find_alike(drafts, report)
    if not held or any(load_or_none(drafts, draft.id) == report for draft in held):
        return ""
    return "已另存为一份新草稿。本机还有同一机关、同一年度的草稿，可以打开那一份，用“与文件对照合并”比较"


def _find_alike(drafts: Drafts, report: Report) -> list[DraftSummary]:
    about = report.cover("organ.name"), report.year
    return [draft for draft in drafts.list() if (draft.organ_name, draft.year) == about]


def describe_other(here: Report, there: Report) -> str:
    """Where a file is another report, whose; “” where it is this one's."""
    about = [(name_on_one_line(report.cover("organ.name")), report.cover("year")) for report in (here, there)]
    if about[0] == about[1]:
        return ""
    name, year = about[1]
    return f"文件是“{shorten_text(name, 40)}”{year}年度的年报，不是这一份。"


def describe_departure(past: DraftHistory) -> str:
    """“今天 10:42 拷出”; “” where that is not known."""
    made = draft_import.carried_away_at(past)
    return f"{moment_words(made)} 拷出" if made else ""


def steps_of_joining(ours: Report, came: ReadResult, becomes: Report) -> list[Edit | VersionMark]:
    """What is saved where a file is merged whose time line cannot be taken in: both sides stay as versions."""
    tags = came.past.tags() if came.past else []
    return [VersionMark(BEFORE, MERGING), step_between(ours, came.report, BROUGHT),
            VersionMark(JOINED, tags[0].name if tags else ""), step_between(came.report, becomes, MERGING)]
