"""Removes what is private from a report that is handed to another office; notes go along only when asked for.

Notes, sources and sums as typed are written for oneself or the next clerk. So are facts about the work (the draft's own
name, the local deadline, which file last year's figures came from), last year's reasons and reasons that wait to be
finished, or that answer nothing any more and stand on no page; these never go along, not even when asked for: whoever
takes over the work is given the draft itself.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from govdesk.findings.reasons import answer_to, awaits_ground
from govdesk.report.report import Layer, Report, edit_of

NOTE_LAYERS: Final = {Layer.NOTES: "备注", Layer.SOURCES: "来源", Layer.TAPES: "逐笔相加的算式"}
_OWN: Final = (Layer.DESK, Layer.PREVIOUS_ANSWERS)


def strip_private(report: Report, asked: Collection[str], *, with_notes: bool = False) -> Report:
    """The report as it is handed over: without what is private. `asked`: the keys of what the rules find in it; only
    reasons to that go along. `with_notes`: notes, sources and tapes do, too."""
    kept_back = (*_OWN, *(() if with_notes else NOTE_LAYERS))
    gone = [(layer, key, None) for layer in kept_back for key in report.entries(layer)]
    gone += [(Layer.ANSWERS, key, None) for key in report.entries(Layer.ANSWERS)
             if key not in asked or awaits_ground(answer_to(report, str(key)))]
    return edit_of(report, "", gone).applied_to(report)


def describe_notes(report: Report) -> str:
    """“备注 2 处、来源 1 处”; “” where there are none."""
    counts = ((words, len(report.entries(layer))) for layer, words in NOTE_LAYERS.items())
    return "、".join(f"{words} {count} 处" for words, count in counts if count)
