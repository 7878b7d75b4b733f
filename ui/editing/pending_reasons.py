"""Reasons that are written but not recorded: no way out of a page loses what was typed."""

from __future__ import annotations

from collections.abc import Callable

from govdesk.findings import reasons
from govdesk.report.report import Entry, Key, Layer
from ui.editing.editor import Editor

ACT = "说明理由"
Answer = tuple[Layer, Key, Entry | None]  # of a report, for one finding


def record_pending_reasons(editor: Editor, tell: Callable[[str], object]) -> None:
    """Record what was written for a finding that still asks, as one step, and `tell` so. What says nothing or is too
    long is kept in the draft, too, and the finding goes on asking."""
    now = editor.now
    taken: list[Answer] = []
    waiting: list[Answer] = []
    long: list[Answer] = []
    leads = {reasons.key_of_finding(cause.lead): cause.lead for cause in now.causes}
    for key, typed in list(editor.unrecorded.items()):
        lead = leads.get(key)
        if lead is None or not reasons.is_answerable(lead):
            continue                         # it may come back: until then its words wait
        fault, bare = reasons.find_reason_fault(typed), reasons.is_bare(editor.form, typed)
        if (fault or bare) and reasons.is_answered(now.report, now.figures, lead):
            continue                         # the reason that stands is the better one
        editor.note_reason(key, "")
        if fault or bare:
            (long if fault else waiting).append(reasons.entry_for_unfounded(lead, typed))
        else:
            taken.append(reasons.entry_for_reason(now.report, now.figures, lead, typed))
    if taken or waiting or long:
        editor.do(editor.session.edit(ACT, [*taken, *waiting, *long]))
    said = [f"✓ 已记下写好的理由（{len(taken)} 条）；Ctrl+Z 可以撤销"] if taken else []
    said += [f"{len(waiting)} 条理由没有说凭什么，已留着，还要再选一条"] if waiting else []
    said += [f"{len(long)} 条理由太长，已留着，还要改短"] if long else []
    if said:
        tell("；".join(said))
