"""The first moments of a run: back to where one was, and what is said after a run that crashed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govdesk.base import paths
from govdesk.base.errors import UserError
from govdesk.drafts.last_position import LastPlace, read_last_place
from govdesk.drafts.names import title_of_draft
from govdesk.drafts.unfinished import take_unfinished
from ui.app.last_position import LastPosition
from ui.common.notice_level import NoticeLevel
from ui.editing.workspace import Workspace
from ui.error_reports import crash_report
from ui.shell.main_window import Shell

if TYPE_CHECKING:
    from govdesk.store.draft_summary import DraftSummary
    from ui.widgets.notification_bar import Act

SUBJECT = "crash"
ASK = "上次程序没有正常退出"
AFTER_CRASH = "意外退出后继续填报"           # the act before which a version is kept


class Ways(NamedTuple):
    """Where the first moments may lead."""

    open_draft: Callable[[int], object]
    show_history: Callable[[], object]
    show_copies: Callable[[], object]


class CrashRecovery:
    """Leads back to the last place and tells what became of the last run."""

    def __init__(self, workspace: Workspace, shell: Shell, ways: Ways) -> None:
        self._workspace, self._shell, self._ways = workspace, shell, ways
        self.position: LastPosition | None = None

    def begin(self, *, left: Path | None, crashed: bool, alone: bool) -> LastPosition:
        """At the start, after the first frame. `left`: what the last run left behind, if it crashed; `alone`:
        no other window has the drafts open."""
        drafts = self._workspace.drafts
        place, last = read_last_place(self._workspace.folder), None
        with suppress(UserError):
            last = next((draft for draft in drafts.list() if place and draft.id == place.draft), None)
        self.position = LastPosition(self._workspace, place if last else None)
        if drafts.warning:
            self._shell.notify("behind", drafts.warning, [("查看备份", self._ways.show_copies)])
        if alone:                            # else what is noted there may still be under way
            self._tell_unfinished()
        if crashed:
            self._tell_crash(place, last, crash_report.keep_report(left or paths.log_folder() / "none"))
        elif place and last and self._workspace.open is None:
            if self._workspace.settings.start == "last":
                self._go_to(place)
            else:
                self._shell.home.offer_last(title_of_draft(last), lambda: self._go_to(place))
        return self.position

    def _tell_unfinished(self) -> None:
        if said := take_unfinished(self._workspace.folder):
            self._shell.notify("unfinished", "".join(said))

    def _tell_crash(self, place: LastPlace | None, last: DraftSummary | None, report: Path | None) -> None:
        acts: list[Act] = []
        whole = not self._workspace.drafts.warning
        words = f"{ASK}。" + ("已经保存的草稿都在。" if whole else "")
        if place and last and place.is_open and self._workspace.open is None:
            saved = f"{last.saved_at.astimezone():%m月%d日 %H:%M}"
            if place.again:
                words = f"{ASK}，那时正打开“{title_of_draft(last)}”（最后保存于{saved}）。"
                acts.append(("打开它", lambda: self._return(place)))
            elif self._return(place):
                there = "，显示过“已自动保存”的内容都在" if whole else ""
                words = f"{ASK}，现在打开的是当时的草稿{there}（最后保存于{saved}）。"
                acts.append(("看留下的版本", self._ways.show_history))
        if report is not None:
            acts.append(("查看并复制报告", lambda: self._show_report(report)))
        self._shell.notify(SUBJECT, words, acts, NoticeLevel.WARNING)

    def _return(self, place: LastPlace) -> bool:
        """Back to where one was; what the file holds then is a version of its own."""
        if self.position is not None:
            self.position.reopen(place)
        if not self._go_to(place):
            return False
        from govdesk.store.sql.history import BEFORE

        if self._workspace.open is not None:
            self._workspace.open.autosave.keep(BEFORE, AFTER_CRASH)
        return True

    def _go_to(self, place: LastPlace) -> bool:
        """Opens the draft there; where that cannot be, it is said on the home page."""
        if not self._shell.attempt(lambda: self._ways.open_draft(place.draft)) or self._workspace.open is None:
            return False
        from govdesk.form.form import Address

        draft = self._workspace.open
        with suppress(ValueError):
            draft.view.enter_item(place.item)
            address = Address.parse(place.at) if place.at else None
            if address in draft.editor.form.cells:
                draft.view.go_to(address)
        return True

    def _show_report(self, report: Path) -> None:
        from ui.error_reports.error_dialog import ReportDialog

        try:
            text = report.read_text(encoding="utf-8")
            others = len(list(report.parent.glob("crash-*.txt"))) - 1
        except OSError:
            text, others = crash_report.describe_versions(), 0
        more = f"此前的 {others} 份也在 {report.parent}。" if others > 0 else ""
        words = "请点“复制”，交给维护人员。里面只有版本和程序停在哪里，没有年报的内容，也没有姓名。"
        ReportDialog("上次退出的报告", self._workspace.describe_saved(), words + more, text, self._shell).exec()
