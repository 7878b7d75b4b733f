"""The versions of the open draft: shown, kept, gone back to."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from govdesk.base.errors import UserError
from govdesk.report.compare import Difference
from govdesk.report.report import edit_of
from govdesk.store.sql.history import NAMED, RESTORED
from ui.common.notice_level import NoticeLevel
from ui.editing.workspace import OpenDraft, Workspace
from ui.history.versions_page import Past, VersionsPage
from ui.shell.main_window import Shell


class HistoryController:
    """Shows the versions page and does what it asks for."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._workspace, self._shell = workspace, shell

    def show(self) -> VersionsPage | None:
        """Shows the versions over the wizard; what waits is saved first, so that the page shows it."""
        draft = self._workspace.open
        if draft is None or isinstance(self._shell.stack.currentWidget(), VersionsPage):
            return None
        draft.view.commit()
        drafts, draft_id = self._workspace.drafts, draft.draft_id
        past = Past(lambda: drafts.versions(draft_id), lambda revision: drafts.report_at(draft_id, revision),
                    lambda layer, key: drafts.moments(draft_id, layer, key))
        try:
            page = VersionsPage(draft.editor, past, draft.view.place())
        except UserError as error:
            self._shell.say(NoticeLevel.WARNING, error.sentence)
            return None
        page.keep_wanted.connect(lambda name: _keep(draft, name))
        page.restore_wanted.connect(lambda chosen, name: self._restore(draft, page, chosen, name))
        draft.autosave.saved.connect(page.show_versions)
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()
        return page

    def _restore(self, draft: OpenDraft, page: VersionsPage, chosen: list[Difference], name: str) -> None:
        """One edit, so one undo step; what was there before is a version of its own."""
        edit = edit_of(draft.editor.now.report, f"恢复到{name}", [(d.layer, d.key, d.before) for d in chosen])
        draft.autosave.keep(RESTORED)
        draft.editor.do(edit)
        draft.autosave.save_now()
        QTimer.singleShot(0, page, lambda: self._shell.close_over(page))


def _keep(draft: OpenDraft, name: str) -> None:
    draft.autosave.keep(NAMED, name)
    draft.autosave.save_now()
