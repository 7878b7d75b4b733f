"""The ways out of a doubtful number in a text: the table's own figure in its place, as a live one where it can be."""

from __future__ import annotations

from govdesk.base.numerals import format_value
from govdesk.checks import Facts, Finding
from govdesk.checks.readings import Doubt, Reading, find_doubts
from govdesk.report.report import Edit, Layer
from govdesk.session.session import Snapshot
from ui.editing.editor import Editor


def find_doubt(now: Snapshot, finding: Finding) -> Doubt | None:
    """The doubt that a finding speaks of; None where it speaks of anything else."""
    check = next((c for c in now.form.checks if c.id == finding.rule and c.kind == "claims"), None)
    text = next((str(place) for place in finding.places if place in now.form.texts), "")
    if check is None or not text:
        return None
    facts = Facts(now.form, now.report, now.figures, {})
    return next((doubt for doubt in find_doubts(check, facts, text) if doubt.key == finding.line), None)


def list_readings(now: Snapshot, doubt: Doubt) -> tuple[Reading, ...]:
    """What may stand in place of the number: of many readings only the plainest, and of two with the same figure, too;
    nothing where no number is written."""
    written = now.report.text(doubt.text_id)[doubt.start:doubt.end]
    if doubt.claim.id == "channels" or not any(ch.isdigit() for ch in written):
        return ()
    two = len(doubt.readings) == 2 and doubt.readings[0].value != doubt.readings[1].value
    return doubt.readings[:2 if two else 1]


def describe_way(reading: Reading, *, alone: bool = False) -> str:
    """“改为 5（部分公开，随表更新）”: which figure it is; `alone`: there is no other, “改为 5（随表更新）”."""
    notes = [*([] if alone else [reading.name]), *(["随表更新"] if reading.token else [])]
    words = f"改为 {format_value(reading.value)}"
    return f"{words}（{'，'.join(notes)}）" if notes else words


def edit_for_reading(editor: Editor, doubt: Doubt, reading: Reading) -> Edit:
    """The edit that puts the table's own figure in place of the number; one undo step."""
    text = editor.now.report.text(doubt.text_id)
    new = text[:doubt.start] + (reading.token or format_value(reading.value)) + text[doubt.end:]
    return editor.session.edit("改为表中数字", [(Layer.TEXTS, doubt.text_id, new)])
