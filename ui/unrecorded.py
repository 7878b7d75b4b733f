"""Reasons that are written but not recorded: no way out of a page loses what was typed."""

from __future__ import annotations

from collections.abc import Callable

from govdesk import answers
from ui.bridge import Editor

ACT = "说明理由"


def record(editor: Editor, tell: Callable[[str], object]) -> None:
    """Record what was written for a finding that still asks, as one step, and `tell` so. What says nothing is kept and
    goes on asking; what cannot be recorded (it is too long) stays in its field."""
    now, taken, waiting = editor.now, [], []
    leads = {answers.key_of(cause.lead): cause.lead for cause in now.causes}
    for key, typed in list(editor.unrecorded.items()):
        lead = leads.get(key)
        if lead is None or not answers.answerable(lead) or answers.fault(typed):
            continue                         # it may come back: until then its words wait
        bare = answers.is_bare(editor.form, typed)
        if bare and answers.is_answered(now.report, now.figures, lead):
            continue                         # the reason that stands is the better one
        del editor.unrecorded[key]
        if bare:
            waiting.append(answers.unfounded(lead, typed))
        else:
            taken.append(answers.wanted(now.report, now.figures, lead, typed))
    if taken or waiting:
        editor.do(editor.session.edit(ACT, [*taken, *waiting]))
    said = [f"✓ 已记下写好的理由（{len(taken)} 条）；Ctrl+Z 可以撤销"] if taken else []
    said += [f"{len(waiting)} 条理由没有说凭什么，已留着，还要再选一条"] if waiting else []
    if said:
        tell("；".join(said))
