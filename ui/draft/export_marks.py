"""Notes in the drafts that one of them was exported, and the moment that is on paper."""

from __future__ import annotations

from pathlib import Path

from govdesk.base.errors import UserError
from govdesk.export.formats import format_of
from govdesk.store.sql.history import EXPORTED, VersionMark
from ui.common.notice_level import NoticeLevel
from ui.editing.workspace import OpenDraft, Workspace
from ui.shell.main_window import Shell


class ExportMarks:
    """What failed to be noted is said to the clerk; the exported file is whole."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._workspace, self._shell = workspace, shell

    def mark(self, draft: OpenDraft, target: Path) -> None:
        """Notes an export of the open draft: what it is now becomes a version."""
        try:
            self._workspace.drafts.mark_exported(draft.draft_id)
        except UserError as error:
            self._shell.say(NoticeLevel.WARNING, error.sentence)
        draft.autosave.keep(EXPORTED, format_of(target).act)

    def mark_late(self, draft_id: int, target: Path | None) -> None:
        """Notes an export that ended after its draft was left. What is on paper is the draft as it was when the export
        began, whatever was typed since; the mark finds that moment. A draft in the bin stays there, and is not said to
        be exported."""
        if target is None:
            return
        drafts, again = self._workspace.drafts, self._workspace.open
        if again is not None and again.draft_id != draft_id:
            again = None
        try:
            if all(draft.id != draft_id for draft in drafts.list()):
                return
            if again is not None and not again.autosave.save_at_once():
                return                       # it is open again, and what was typed there cannot be saved now
            drafts.mark(draft_id, VersionMark(EXPORTED, format_of(target).act))
            drafts.mark_exported(draft_id)
            if again is not None:
                again.editor.set_exported(drafts.last_export(draft_id))
        except UserError as error:
            self._shell.say(NoticeLevel.WARNING, error.sentence)
