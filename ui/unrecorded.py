"""Reasons that are written but not recorded: no way out of a page loses what was typed."""

from __future__ import annotations

from collections.abc import Callable

from govdesk import answers
from ui.bridge import Editor

ACT = "说明理由"


def record(editor: Editor, tell: Callable[[str], object]) -> None:
    """Record what was written for a finding that still asks, as one step, and `tell` so. What cannot be recorded (it
    is too long) stays in its field."""
    now, entries = editor.now, []
    leads = {answers.key_of(cause.lead): cause.lead for cause in now.causes}
    for key, typed in list(editor.unrecorded.items()):
        lead = leads.get(key)
        if lead is None or not answers.answerable(lead) or answers.fault(typed):
            continue                         # it may come back: until then its words wait
        del editor.unrecorded[key]
        entries.append(answers.wanted(now.report, now.figures, lead, typed))
    if entries:
        editor.do(editor.session.edit(ACT, entries))
        tell(f"✓ 已记下写好的理由（{len(entries)} 条）；Ctrl+Z 可以撤销")
