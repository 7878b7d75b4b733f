"""Reads and writes a draft with its history as one exchange file. A file whose history is damaged is
read without it.

The command line reads files through this too, and most have no past: what reads one is imported when there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govdesk.base import bounds
from govdesk.exchange import report_file
from govdesk.exchange.json_checks import RefusedError
from govdesk.exchange.read_result import ReadResult
from govdesk.formfile import form_reader
from govdesk.report.report import Report

if TYPE_CHECKING:
    from govdesk.report.history import DraftHistory

BYTES_PER_CHARACTER = 4                      # of a character; escapes, which may take six, are seldom
BYTES_AROUND_HISTORY = 64                    # bytes around the past


def load_draft(data: bytes, name: str) -> ReadResult:
    """The draft in the bytes of a file. Raises UnreadableFileError as `report_file.load_report` does."""
    report, history = report_file.load_report_with_history(data, name)
    if history is None:
        return ReadResult(report)
    from govdesk.exchange import history_codec

    try:
        past = history_codec.load_history(form_reader.load_form(report.form_id), history)
    except RefusedError as refused:
        return ReadResult(report, None, ("文件里的历史读不懂，没有带进来，现在的内容是全的"
                                         f"（{refused.path}：{refused.reason}）。",))
    return ReadResult(report, past.leading_to(report, past.latest))


def dump_draft(report: Report, past: DraftHistory) -> tuple[bytes, bool]:
    """The file, and whether all of the past is in it: not what has no room, nor a past that `load_draft` would refuse.
    Raises UnwritableFileError as `report_file.dump_report` does."""
    from govdesk.exchange import history_codec

    plain = report_file.dump_report(report)
    room = min(history_codec.MAX_HISTORY_CHARACTERS,
               (bounds.MAX_FILE_BYTES - len(plain) - BYTES_AROUND_HISTORY) // BYTES_PER_CHARACTER)
    history, cut = history_codec.dump_history(past, room)
    if not history:
        return plain, False
    member = report_file.encode_json(f'"{history_codec.HISTORY_KEY}": {history}\n}}\n')
    whole = plain.rstrip()[:-1].rstrip() + b",\n " + member
    if len(whole) > bounds.MAX_FILE_BYTES or load_draft(whole, "").past is None:
        return plain, False
    return whole, not cut
