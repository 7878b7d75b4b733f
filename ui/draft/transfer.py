"""A file that comes: opened as a draft, shown beside the draft that it comes from, or beside the open one.

Whatever comes is shown beside what is here before anything is replaced. Files are read by a thread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from govdesk.drafts.arrival import (
    Arrived,
    describe_alike,
    describe_departure,
    describe_other,
    read_beside,
    receive_file,
)
from govdesk.drafts.names import moment_words
from govdesk.report import three_way_merge
from govdesk.report.compare import find_differences
from govdesk.report.three_way_merge import MergeState
from govdesk.store.draft_summary import DraftSummary
from ui.common.notice_level import NoticeLevel
from ui.draft.merge_page import Meeting
from ui.draft.merging import HERE, MergeController
from ui.draft.new_draft import NewDraftController
from ui.draft.open_draft import DraftController
from ui.editing.background_jobs import BackgroundJobs
from ui.editing.workspace import OpenDraft, Workspace
from ui.shell.main_window import Shell
from ui.widgets.open_dialog import ask_file

ARRIVED = "file that came"                   # subject of a notice
BUSY = 300                                   # ms after which it is looked again whether something lies over the page
NEWER = {MergeState.THEIRS_NEWER: "文件比本机的草稿新：拷出之后本机没有改过。请看过以下不同之处，再取入。",
         MergeState.BOTH: "拷出之后，本机和带回的文件都改过。请逐处选用。"}


class TransferController:
    """Opens a file when no draft is open, and lays one beside the draft that is."""

    def __init__(self, workspace: Workspace, shell: Shell, jobs: BackgroundJobs, *, drafts: DraftController,
                 new_draft: NewDraftController, merging: MergeController, go_home: Callable[[], object]) -> None:
        self._workspace, self._shell, self._jobs = workspace, shell, jobs
        self._drafts, self._new_draft, self._merging, self._go_home = drafts, new_draft, merging, go_home

    # -- opened

    def open_file(self, path: Path) -> None:
        """Opens an exchange file as a draft; one that comes from a draft here leads to that. The file itself is not
        changed."""
        if self._workspace.open is not None:
            self._go_home()
        if self._workspace.open is not None:         # it could not be saved
            return
        self._shell.home.say(NoticeLevel.NOTE, "")
        self._shell.drop_notice(ARRIVED)
        drafts = self._workspace.drafts
        self._jobs.run(f"正在打开 {path.name}……", lambda: receive_file(drafts, path),
                       lambda found: self._shown(path, found))

    def open_from_outside(self, path: Path) -> None:
        """A second start was given the file. What the clerk is just being asked or shown is not taken away."""
        if not self._shell.is_free:
            QTimer.singleShot(BUSY, self._shell, lambda: self.open_from_outside(path))
            return
        self._go_home()
        if self._workspace.open is None:             # it could be saved
            self.open_file(path)

    def _shown(self, path: Path, found: Arrived) -> None:
        """Whoever has begun something else meanwhile is told, and opens it by a button."""
        if self._workspace.is_leaving:               # the file is where it was
            return
        if self._workspace.open is None and self._shell.is_free:
            self._shell.attempt(lambda: self._take_up(found))
        else:
            self._shell.notify(ARRIVED, f"“{path.name}”读好了。", [("打开", lambda: self.open_file(path))],
                               NoticeLevel.NOTE)

    def _take_up(self, found: Arrived) -> None:
        came = found.came
        if found.draft is not None:
            self._meet(found.draft, found)
        elif found.made:
            self._drafts.open(found.made)
            self._shell.say(NoticeLevel.DONE, "已打开带来的草稿，历史也带来了（Ctrl+Shift+H 可看）")
        else:
            alike = describe_alike(self._workspace.drafts, came.report)
            self._new_draft.adopt(came.report)
            if came.doubts:
                self._shell.say(NoticeLevel.WARNING, "".join(came.doubts))
            else:
                self._shell.say(NoticeLevel.NOTE, alike)

    def _meet(self, summary: DraftSummary, found: Arrived) -> None:
        """A file of a draft that is here: the same, older, newer, or both have changed."""
        came, again = found.came, ""
        assert came.past is not None
        if summary.deleted_at:
            self._workspace.drafts.restore(summary.id)
            again = "，已从回收站恢复"
        self._drafts.open(summary.id)
        draft = self._workspace.open
        assert draft is not None
        stands = three_way_merge.find_merge_state(draft.editor.now.report, came.report, found.base)
        if stands is MergeState.SAME:
            self._shell.say(NoticeLevel.DONE, f"文件与本机的这份草稿相同{again}")
        elif stands is MergeState.OURS_NEWER:
            self._shell.say(NoticeLevel.DONE, f"本机的草稿比文件新，文件里没有本机缺少的内容{again}")
        else:
            self._merging.show(draft, Meeting(
                came.report, found.base, (HERE, "带回的文件"),
                (f"{moment_words(summary.saved_at)} 保存", describe_departure(came.past)), "带回的草稿",
                NEWER[stands]), found)

    # -- beside the open draft

    def ask_and_compare(self) -> None:
        """Asks for a file, then shows it beside the open draft."""
        path = ask_file(self._shell, "与文件对照合并", self._workspace.settings.last_export_folder)
        if path:
            self.compare_with(path)

    def compare_with(self, path: Path) -> None:
        """Shows the open draft beside an exchange file, whosever it is."""
        draft = self._workspace.open
        if draft is None:
            return
        draft.view.commit()
        drafts, form_id = self._workspace.drafts, draft.editor.form.id
        self._jobs.run(f"正在读取 {path.name}……", lambda: read_beside(drafts, draft.draft_id, form_id, path),
                       lambda found: self._show_beside(draft, path, found))

    def _show_beside(self, draft: OpenDraft, path: Path, found: Arrived) -> None:
        came = found.came
        if self._workspace.open is not draft:
            return                                   # it was left meanwhile
        if not self._shell.is_free:
            QTimer.singleShot(BUSY, self._shell, lambda: self._show_beside(draft, path, found))
            return
        draft.view.commit()
        ours = draft.editor.now.report
        if not find_differences(ours, came.report):
            self._shell.say(NoticeLevel.DONE, "文件与这份草稿相同")
            return
        words = f"{describe_other(ours, came.report)}草稿与文件不同。请逐处选用；不选的照旧。"
        self._merging.show(draft, Meeting(came.report, found.base, (HERE, "文件"), ("现在", path.name),
                                          "与文件对照", words), found)
