"""What becomes of a report that was read from a file of another program: a draft, last year's report, what was
published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govdesk.drafts.last_year import explain_misfit
from govdesk.exchange.readers import EXCHANGE_READER, read_bytes, read_file_bytes
from govdesk.importing import kinds
from govdesk.importing.files.reading_watch import watch_reading
from govdesk.importing.import_report import Imported
from govdesk.importing.importer import import_source, read_source
from govdesk.importing.published import PublishedCheck, compare_published
from govdesk.importing.review import FileReading
from govdesk.organs.report_kind import find_report_kind
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session import previous_year
from govdesk.session.session import Snapshot
from govdesk.texts import tokens

_HEAD = 4096                         # bytes by which a file of ours is known


def is_plainly_ours(path: Path) -> bool:
    """Whether the beginning of a file says that it is ours; also where it cannot be read, which its reader explains."""
    try:
        with path.open("rb") as file:
            return EXCHANGE_READER.recognises(file.read(_HEAD))
    except (OSError, ValueError):
        return True


def read_foreign(path: Path, tell: Callable[[int, int], object] = lambda _number, _count: None
                 ) -> FileReading | None:
    """What a file of another program holds; None for one that is read without it: ours. `tell` is given the number of
    each page and how many there are, and may raise Stopped. Raises UnreadableFileError."""
    data = read_file_bytes(path)
    if EXCHANGE_READER.recognises(data):
        return None
    if not kinds.is_known(data):
        read_bytes(data, str(path))          # it says what is wrong
        return None
    with watch_reading(tell):
        source = read_source(data, str(path))
    found = import_source(source, str(path))
    return FileReading(path.name, found.source or source, found, data if source.turns else b"")


def complete_cover(report: Report) -> Report:
    """The report with 年报种类, which no file states, where the organ's name alone decides it."""
    kind = find_report_kind(report.cover("organ.name"))
    if not kind or report.cover("organ.kind"):
        return report
    return edit_of(report, "", [(Layer.COVER, "organ.kind", kind)]).applied_to(report)


def explain_no_next_year(report: Report) -> str:
    """Why no next year's report can begin from this one, as a sentence; “” where one can."""
    return "" if report.year else "没有读出报告年度，不知道下一年是哪一年，请先在上面填写。"


def explain_no_last_year(now: Report, report: Report) -> tuple[str, str]:
    """Why this cannot be laid beside the open draft as last year's, and what is to be asked where it can; “” each."""
    reason = explain_misfit(now, report)
    return reason, "" if reason else previous_year.warn_other_organ(now, report)


def check_published(now: Snapshot, found: Imported) -> PublishedCheck:
    """The open draft, as it would be printed, against what was published."""
    texts = {str(key): tokens.text_with_figures(now.form, now.figures, str(text))
             for key, text in now.report.entries(Layer.TEXTS).items()}
    facts = {key: now.report.cover(key) for key in ("organ.name", "year", "issued_on")}
    return compare_published(now.form, now.figures, texts, facts, found)
