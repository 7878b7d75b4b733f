"""改年份 over the open draft: offered where a draft was begun from last year's, shown, done as one step."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from govdesk.report.report import Entry, Key, Layer
from govdesk.store.sql.history import BEFORE
from govdesk.texts.year_change import list_texts_to_take
from ui.common.notice_level import NoticeLevel
from ui.draft.year_change_page import YearChangePage
from ui.editing.workspace import OpenDraft, Workspace
from ui.shell.main_window import Shell

TEXTS = "last year's texts, not taken yet"   # subject of a notice


class YearChangeController:
    """Shows the page and writes what it asks for."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._workspace, self._shell = workspace, shell
        workspace.closed.connect(lambda _: shell.drop_notice(TEXTS))

    def offer(self) -> None:
        """Says that last year's texts can be taken with their years changed, where the draft has such."""
        draft = self._workspace.open
        waiting = list_texts_to_take(draft.editor.form, draft.editor.now.report) if draft else {}
        if waiting:
            self._shell.notify(TEXTS, f"上年写过 {len(waiting)} 段文字，可以一次取来，年份逐处改好。",
                               [("取来并改年份…", lambda: self.show(taking=True))], NoticeLevel.NOTE)

    def show(self, *, taking: bool = False) -> YearChangePage | None:
        """Shows the years in the texts over the wizard. `taking`: with last year's texts."""
        draft = self._workspace.open
        if draft is None or isinstance(self._shell.stack.currentWidget(), YearChangePage):
            return None
        draft.view.commit()
        page = YearChangePage(draft.editor, taking=taking)
        page.change_wanted.connect(lambda wanted, act: self._change(draft, page, wanted, act))
        self._shell.drop_notice(TEXTS)
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()
        return page

    def _change(self, draft: OpenDraft, page: YearChangePage, wanted: list[tuple[Layer, Key, Entry]], act: str) -> None:
        """One edit, so one undo step; what was there before is a version of its own."""
        draft.autosave.keep(BEFORE, act)
        draft.editor.do(draft.editor.session.edit(act, wanted))
        QTimer.singleShot(0, page, lambda: self._shell.close_over(page))
        self._shell.say(NoticeLevel.DONE, f"已{act}")
