"""A draft that another window has saved meanwhile: both sides are shown, and what is chosen is one edit on top."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from govdesk.base.errors import UserError
from govdesk.drafts.conflict import CLASH, is_as_shown, steps_of_merge
from govdesk.report import three_way_merge
from govdesk.report.report import Report, edit_of
from govdesk.report.three_way_merge import Spot
from ui.common.notice_level import NoticeLevel
from ui.draft.merge_page import Meeting, MergePage
from ui.editing.workspace import OpenDraft, Workspace
from ui.shell.main_window import Shell

AGAIN = 50                                   # ms until it is looked again whether a save is over


class SaveConflictController(QObject):
    """Goes on where the other window has changed nothing, and offers a merge where it has."""

    merge_possible = Signal()                # another window has changed the draft: the way out is to be shown

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        super().__init__(workspace)
        self._workspace, self._shell = workspace, shell

    def resolve(self) -> None:
        """A save was refused. Where the other window has only kept a version, this one goes on; else a merge is
        offered."""
        draft = self._workspace.open
        if draft is None:
            return
        try:
            same = is_as_shown(self._workspace.drafts, draft.draft_id, draft.autosave.on_disk)
        except UserError:                            # said by the next save
            return
        if same:
            draft.autosave.save_now()
        else:
            self.merge_possible.emit()

    def show(self) -> MergePage | None:
        """Shows what is in this window beside what another one has saved. Until it is decided nothing is saved here."""
        draft = self._workspace.open
        if draft is None or isinstance(self._shell.stack.currentWidget(), MergePage):
            return None
        saver = draft.autosave
        draft.view.commit()
        saver.hold()
        try:
            theirs = self._workspace.drafts.newest(draft.draft_id)
        except UserError as error:
            saver.hold(on=False)
            self._shell.say(NoticeLevel.WARNING, error.sentence)
            return None
        page = MergePage(draft.editor, Meeting(
            theirs, saver.on_disk, ("本窗口", "另一窗口"), ("还没有保存", "已经保存"), "与另一窗口对照",
            "另一个窗口改动并保存过这份草稿，本窗口的改动还没有保存。请逐处选用。"))
        page.back_wanted.connect(lambda: saver.hold(on=False))
        page.merge_wanted.connect(lambda taken: self._settle(draft, page, theirs, taken))
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()
        if not page.spots:
            self._settle(draft, page, theirs, [])
        return page

    def _settle(self, draft: OpenDraft, page: MergePage, shown: Report, taken: list[Spot]) -> None:
        """One edit on top of what the other window saved; both sides are versions."""
        if self._workspace.open is not draft:
            return
        if not draft.autosave.hold():                # a save is just failing once more
            QTimer.singleShot(AGAIN, page, lambda: self._settle(draft, page, shown, taken))
            return
        try:
            if not is_as_shown(self._workspace.drafts, draft.draft_id, shown):
                self._show_anew(page)
                return
        except UserError as error:
            page.say(error.sentence)
            return
        ours = page.ours
        edit = edit_of(ours, CLASH, three_way_merge.merge_entries(ours, shown, page.spots, taken))
        draft.autosave.carry_out(edit, steps_of_merge(shown, ours, edit.applied_to(ours)), afresh=True)
        self._shell.close_over(page)

    def _show_anew(self, page: MergePage) -> None:
        self._shell.close_over(page)
        again = self.show()
        if again is not None:
            again.say("刚才另一个窗口又保存了新的改动，下面已换成最新的内容，请再核对一遍。")
