"""A report from a file beside the open draft: what is chosen of it becomes one edit."""

from __future__ import annotations

from govdesk.drafts.arrival import Arrived, steps_of_joining
from govdesk.drafts.outstanding import count_outstanding_of
from govdesk.report import three_way_merge
from govdesk.report.report import Edit, edit_of
from govdesk.report.three_way_merge import Spot
from govdesk.store import draft_import
from govdesk.store.draft_import import MERGING, ReturnedDraft
from govdesk.store.sql.history import VersionMark
from ui.common.notice_level import NoticeLevel
from ui.draft.merge_page import Meeting, MergePage
from ui.editing.background_jobs import BackgroundJobs
from ui.editing.workspace import OpenDraft, Workspace
from ui.shell.main_window import Shell

HERE = "本机"


class MergeController:
    """Nothing of the draft is replaced before it was shown."""

    def __init__(self, workspace: Workspace, shell: Shell, jobs: BackgroundJobs) -> None:
        self._workspace, self._shell, self._jobs = workspace, shell, jobs

    def show(self, draft: OpenDraft, meeting: Meeting, found: Arrived) -> MergePage:
        """Shows what came beside the open draft."""
        page = MergePage(draft.editor, meeting)
        page.merge_wanted.connect(lambda taken: self._join(draft, page, found, taken))
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()
        return page

    def _join(self, draft: OpenDraft, page: MergePage, found: Arrived, taken: list[Spot]) -> None:
        """One edit; both sides are versions, and what came has its time line where it is known since when."""
        came, ours = found.came, page.ours
        edit = edit_of(ours, MERGING, three_way_merge.merge_entries(ours, came.report, page.spots, taken))
        becomes = edit.applied_to(ours)
        if came.past and found.ancestor and not draft.autosave.unsaved:
            drafts, joined = self._workspace.drafts, ReturnedDraft(came.report, came.past, found.ancestor.revision,
                                                                   becomes)
            page.set_busy(True)
            self._jobs.run(
                "", lambda: draft_import.take_in_returned(drafts, draft.draft_id, joined,
                                                          count_outstanding_of(becomes)),
                lambda _: self._joined(draft, page, edit, [], len(taken)), page.refuse)
        else:
            self._joined(draft, page, edit, steps_of_joining(ours, came, becomes), len(taken))

    def _joined(self, draft: OpenDraft, page: MergePage, edit: Edit, saved_as: list[Edit | VersionMark],
                taken: int) -> None:
        """The page shows what is on the disk already, or is saved by these steps."""
        if self._workspace.open is not draft:
            return                                   # it was left meanwhile
        draft.autosave.carry_out(edit, saved_as)
        self._shell.close_over(page)
        self._shell.say(NoticeLevel.DONE, f"已合并，采用带回的 {taken} 处；Ctrl+Z 可以退回" if taken
                        else "已全部保留本机的；带回的内容留作版本")
