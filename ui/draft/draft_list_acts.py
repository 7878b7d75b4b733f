"""What is done with the drafts of the list: shown, copied, renamed, put into the bin and had back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from govdesk.base.bounds import MAX_LABEL
from govdesk.base.errors import UserError
from govdesk.drafts.names import title_of_draft
from ui.common.notice_level import NoticeLevel
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell

if TYPE_CHECKING:                            # the list is painted before a report is read
    from govdesk.report.report import Edit

COPY = "副本"                                # behind the name of a draft that was copied


class DraftListController:
    """Does what the home page asks for. Each act raises UserError where it cannot be done."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._workspace, self._shell = workspace, shell
        self._home = shell.home

    def show(self, *, in_bin: bool = False) -> None:
        """Shows the drafts, or those in the bin."""
        self._home.show_drafts(self._workspace.drafts.list(deleted=in_bin), in_bin=in_bin)

    def copy(self, drafts: list[int]) -> None:
        """Makes other drafts of the same content, each with a name of its own."""
        held = self._workspace.drafts
        labels, copies = {d.id: d.label for d in held.list()}, []
        for draft_id in drafts:
            copies.append(held.duplicate(draft_id))
            held.rename(copies[-1], f"{labels.get(draft_id, '')[:MAX_LABEL - len(COPY)]}{COPY}")
        self.show()
        self._home.choose(*copies)

    def rename(self, draft_id: int, name: str) -> None:
        """Gives a draft another name, or none."""
        edit = self._workspace.drafts.rename(draft_id, name)
        self.show(in_bin=self._home.in_bin)              # the click that ended the name may have led to the bin
        self._offer_undo(f"已改名为“{name}”。" if name else "已去掉草稿的名字。", "撤销改名",
                         lambda: self._take_back_name(draft_id, edit))

    def _take_back_name(self, draft_id: int, edit: Edit) -> None:
        self._workspace.drafts.save(draft_id, [edit.inverse()])
        self.show()

    def delete(self, drafts: list[int]) -> None:
        """Puts drafts into the bin."""
        names = [title_of_draft(d) for d in self._workspace.drafts.list() if d.id in drafts]
        try:
            for draft_id in drafts:
                self._workspace.drafts.delete(draft_id)
        except UserError:
            self.show()
            raise
        self.show()
        said = f"“{names[0]}”" if len(names) == 1 else f" {len(drafts)} 份草稿"
        self._offer_undo(f"已删除{said}，可以从回收站恢复。", "撤销删除", lambda: self.restore(drafts))

    def restore(self, drafts: list[int]) -> None:
        """Has drafts back from the bin."""
        for draft_id in drafts:
            self._workspace.drafts.restore(draft_id)
        self.show()
        self._home.choose(*drafts)

    def _offer_undo(self, words: str, name: str, undo: Callable[[], object]) -> None:
        self._home.say(NoticeLevel.NOTE, words, (name, lambda: self._shell.attempt(undo)))
