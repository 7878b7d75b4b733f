"""Converts the entries of a report to rows of the file and back, without a database."""

from __future__ import annotations

from collections.abc import Iterable

from govdesk.report.history import Changes, Rows, encode_entry, report_of, rows_of
from govdesk.report.report import Edit

__all__ = ["Changes", "Rows", "changes_of", "report_of", "rows_of"]


def changes_of(edits: Iterable[Edit]) -> Changes:
    """The last word on each entry that the edits touch; None: to be removed.

    An entry that comes back to where it was is written all the same: a save that failed may have reached the disk.
    """
    changes: Changes = {}
    for edit in edits:
        for change in edit.changes:
            absent = change.after is None or change.after == ""
            value = None if change.after is None or absent else encode_entry(change.after)
            changes[change.layer.value, str(change.key)] = value
    return changes
