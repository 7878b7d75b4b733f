"""Defines what every reader of files returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from govdesk.report.report import Entry, Key, Layer, Report

if TYPE_CHECKING:                            # most files have no past
    from govdesk.report.history import DraftHistory


class ReadResult(NamedTuple):
    """A report as it was read from a file. `past` is None where the file has no history, or none that can be read.
    `doubts` are the sentences that whoever reads the file should see."""

    report: Report
    past: DraftHistory | None = None
    doubts: tuple[str, ...] = ()

    @property
    def stated(self) -> Mapping[Key, Entry]:
        """The totals as the file states them; empty where it states none."""
        return self.report.entries(Layer.STATED)
