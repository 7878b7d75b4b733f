"""Last year's report laid beside the open draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from govdesk.base.errors import UserError
from govdesk.drafts.last_year import bring_last_year
from govdesk.drafts.names import title_of_draft
from govdesk.formfile.form_choice import may_be_last_years
from govdesk.report.report import Report
from govdesk.store.draft_summary import DraftSummary
from govdesk.store.sql.history import BEFORE
from ui.common.mnemonics import mark_letter
from ui.common.notice_level import NoticeLevel
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell
from ui.widgets.basics import add_act

BRINGING = "带入上年年报"
WHOSE = "whose last year's report is"        # subject of a notice


class LastYearController:
    """Offers the reports that may be last year's and takes one over."""

    def __init__(self, workspace: Workspace, shell: Shell, ask_for_file: Callable[[], object]) -> None:
        """`ask_for_file`: asks for last year's file, and has it brought here."""
        self._workspace, self._shell, self._ask_for_file = workspace, shell, ask_for_file
        workspace.closed.connect(lambda _: shell.drop_notice(WHOSE))

    def offer(self, at: QWidget) -> None:
        """Offers the reports of the open draft's organ from the year before, and a file from elsewhere."""
        draft = self._workspace.open
        if draft is None:
            return
        menu, now = QMenu(self._shell), draft.editor.now.report
        for other in self._workspace.drafts.list():
            is_before = now.year is not None and other.year == now.year - 1
            if is_before and other.organ_name == now.cover("organ.name") and may_be_last_years(
                    other.form_id, now.form_id):
                self._offer_draft(menu, other)
        add_act(menu, "从文件…", "F", self._ask_for_file)
        menu.exec(at.mapToGlobal(at.rect().bottomLeft()))

    def _offer_draft(self, menu: QMenu, last: DraftSummary) -> None:
        menu.addAction(mark_letter(title_of_draft(last), ""),
                       lambda: self.bring(lambda: self._workspace.drafts.load(last.id)))

    def bring(self, read: Callable[[], Report], file: str = "") -> bool:
        """Lays last year's report beside the open draft, as one step; the wrong year is kept out with the reason, and
        False."""
        draft = self._workspace.open
        if draft is None:
            return False
        editor = draft.editor
        try:
            wanted, doubt = bring_last_year(editor.now.report, read(), file)
        except UserError as error:
            self._shell.say(NoticeLevel.WARNING, error.sentence)
            return False
        draft.autosave.keep(BEFORE, BRINGING)
        editor.do(editor.session.edit(BRINGING, wanted))
        self._shell.drop_notice(WHOSE)
        if doubt:
            self._shell.notify(WHOSE, f"已带入，按 Ctrl+Z 可以撤销。{doubt}")
        return True
