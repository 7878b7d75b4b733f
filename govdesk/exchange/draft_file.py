"""A draft as one file to carry: the exchange file with its past. One whose past is damaged is read without it.

The command line reads files through this too, and most have no past: what reads one is imported when there is one.
"""

from __future__ import annotations

from govdesk.base import bounds
from govdesk.exchange import report_file
from govdesk.exchange.json_checks import RefusedError
from govdesk.exchange.read_result import Read
from govdesk.formfile import form_reader
from govdesk.report.history import Past
from govdesk.report.report import Report

BYTES = 4                                    # of a character; escapes, which may take six, are seldom
AROUND = 64                                  # bytes around the past


def loads(data: bytes, name: str) -> Read:
    """The draft in the bytes of a file. Raises UnreadableFileError as `report_file.loads` does."""
    report, history = report_file.loads_with(data, name)
    if history is None:
        return Read(report)
    from govdesk.exchange import history_codec

    try:
        past = history_codec.read(form_reader.load(report.form_id), history)
    except RefusedError as refused:
        return Read(report, None, ("文件里的历史读不懂，没有带进来，现在的内容是全的"
                                   f"（{refused.path}：{refused.reason}）。",))
    return Read(report, past.leading_to(report, past.latest))


def dumps(report: Report, past: Past) -> tuple[bytes, bool]:
    """The file, and whether all of the past is in it: not what has no room, nor a past that `loads` would refuse.
    Raises UnwritableFileError as `report_file.dumps` does."""
    from govdesk.exchange import history_codec

    plain = report_file.dumps(report)
    room = min(history_codec.LARGEST, (bounds.FILE - len(plain) - AROUND) // BYTES)
    history, cut = history_codec.written(past, room)
    if not history:
        return plain, False
    whole = plain.rstrip()[:-1].rstrip() + b",\n " + report_file.encoded(f'"{history_codec.KEY}": {history}\n}}\n')
    if len(whole) > bounds.FILE or loads(whole, "").past is None:
        return plain, False
    return whole, not cut
