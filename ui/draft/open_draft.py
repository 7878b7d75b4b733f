"""The open draft: brought onto the screen with all that watches over it, saved, left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from govdesk.base.errors import UserError
from govdesk.document.style import Style
from govdesk.drafts.names import title_of
from govdesk.drafts.unfinished import FileWork
from govdesk.formfile import form_reader
from govdesk.report.report import Edit, Report
from govdesk.session.session import Session
from govdesk.store.sql.history import BEFORE
from ui.common.notice_level import NoticeLevel
from ui.draft.export_marks import ExportMarks
from ui.draft.unsaved_question import leave_unsaved
from ui.editing.autosave import Autosave
from ui.editing.background_jobs import BackgroundJobs
from ui.editing.editor import Editor
from ui.editing.workspace import OpenDraft, Workspace
from ui.shell.main_window import Shell
from ui.wizard.find_bar import SearchMemory
from ui.wizard.wizard import Wizard


class DraftController(QObject):
    """Opens, saves and leaves a draft. What its wizard asks of others is a signal."""

    home_wanted = Signal()
    past_wanted = Signal()
    manual_wanted = Signal()
    carry_wanted = Signal()
    compare_wanted = Signal()
    published_wanted = Signal()
    last_year_wanted = Signal(object)        # the widget at which last year's reports are offered
    years_wanted = Signal()                  # the years in all texts, to be changed
    merge_wanted = Signal()                  # with what another window has saved
    clashed = Signal()                       # another window has saved the draft
    broke = Signal(object)                   # an error that nobody foresaw
    damaged = Signal(object)                 # [(layer, key)] of what is not as it was saved

    def __init__(self, workspace: Workspace, shell: Shell, jobs: BackgroundJobs) -> None:
        super().__init__(workspace)
        self._workspace, self._shell, self._jobs = workspace, shell, jobs
        self._marks = ExportMarks(workspace, shell)
        self._search = SearchMemory()
        self._wizard: Wizard | None = None
        self._untouched: int | None = None       # the draft that was begun from nothing just now

    # -- opened

    def open(self, draft_id: int, *, untouched: bool = False) -> Wizard:
        """Opens a draft at the cover, or where it was left last. `untouched`: it was begun just now, and is worth
        nothing where nothing is typed into it. Raises UserError or FormError."""
        report = self._workspace.drafts.load(draft_id)
        session = Session(form_reader.load_form(report.form_id), report)
        if not self.leave():
            raise UserError("没有打开：现在这份草稿的修改还没有保存。")
        draft, wizard = self._make(draft_id, session)
        self._connect(wizard, draft)
        self._untouched = draft_id if untouched else None
        self._wizard = wizard
        self._workspace.set_open(draft)
        self._shell.show_page(wizard)
        chosen = self._workspace.settings
        wizard.top.set_deadline(chosen.deadline)
        wizard.enter_item(chosen.last_step if chosen.last_draft == draft_id else None)
        self._name_window(session.now.report)
        return wizard

    def _make(self, draft_id: int, session: Session) -> tuple[OpenDraft, Wizard]:
        drafts, chosen = self._workspace.drafts, self._workspace.settings
        editor = Editor(session, self._workspace)
        editor.exported = drafts.last_export(draft_id)

        def finish(page: QWidget, work: FileWork, job: Callable[[], Any], done: Callable[[Any], object],
                   failed: Callable[[BaseException], object]) -> None:
            """An export goes on though the draft is left."""
            self._jobs.finish_for(page, work, job, done, failed,
                                  late=lambda: self._marks.mark_late(draft_id, work.target))

        wizard = Wizard(editor, chosen.last_export_folder, chosen.enter_moves, Style.from_dict(chosen.style),
                        row_height=chosen.row_height, organs=self._organs, run=finish,
                        search=self._search)
        return OpenDraft(draft_id, editor, Autosave(drafts, draft_id, editor, self._workspace), wizard), wizard

    def _connect(self, wizard: Wizard, draft: OpenDraft) -> None:
        saver, top = draft.autosave, wizard.top
        wizard.status.follow(saver)
        draft.editor.changed.connect(lambda now, _: self._name_window(now.report))
        wizard.exported.connect(lambda path: self._marks.mark(draft, Path(path)))
        wizard.begun.connect(lambda act: saver.keep(BEFORE, act))
        wizard.save_wanted.connect(self.save_now)
        wizard.sheet_wanted.connect(self.show_self_check)
        wizard.folder_used.connect(lambda folder: self._workspace.remember(last_export_folder=folder))
        wizard.style_chosen.connect(lambda style: self._workspace.remember(style=style.to_dict()))
        top.hand_over_wanted.connect(wizard.hand_over)
        for signal, passed_on in ((wizard.home_wanted, self.home_wanted), (top.past_wanted, self.past_wanted),
                                  (top.manual_wanted, self.manual_wanted), (top.carry_wanted, self.carry_wanted),
                                  (top.compare_wanted, self.compare_wanted),
                                  (top.published_wanted, self.published_wanted),
                                  (wizard.last_year_wanted, self.last_year_wanted), (wizard.broke, self.broke),
                                  (wizard.years_wanted, self.years_wanted),
                                  (wizard.status.merge_wanted, self.merge_wanted),
                                  (saver.clashed, self.clashed), (saver.damaged, self.damaged)):
            signal.connect(passed_on)

    def _organs(self) -> Sequence[dict[str, str]]:
        """To be picked from on the cover; where they cannot be read there is nothing to pick."""
        try:
            return self._workspace.drafts.organs()
        except UserError:
            return ()

    def _name_window(self, report: Report) -> None:
        self._shell.set_title(title_of(report))

    # -- while it is open

    def offer_merge(self) -> None:
        """Shows the way out beside the word that another window has saved the draft."""
        if self._wizard is not None:
            self._wizard.status.offer_merge()

    def save_now(self) -> None:
        """Ctrl+S: what is written is saved at once, and that is said when it is true; else the sentence of the save
        that failed stands. Also a draft without a change is written: its file may be gone by now."""
        draft = self._workspace.open
        if draft is None:
            return
        kept = draft.view.commit()
        self._untouched = None                   # who saves it wants it, be it empty

        def tell(moment: datetime) -> None:
            words = f"全部内容已保存（{moment:%H:%M:%S}）"
            self._shell.say(NoticeLevel.NOTE, words if kept else f"其余{words[2:]}；有一格没有填入")

        draft.autosave.saved.connect(tell, Qt.ConnectionType.SingleShotConnection)
        draft.autosave.write_again(Edit("", ()))
        draft.autosave.save_now()

    def show_self_check(self) -> None:
        """Shows 自检单 of the report as it is now."""
        wizard = self._wizard
        if wizard is None:
            return
        page = wizard.make_self_check(self._workspace.settings.last_export_folder, self._jobs.finish_for)
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()

    # -- left

    def leave(self) -> bool:
        """Saves and closes the open draft. False where it could not be saved and the clerk chose to stay."""
        draft = self._workspace.open
        if draft is None:
            return True
        draft.view.commit()
        if not _is_closed(draft.autosave):
            if self._workspace.is_ending:
                draft.autosave.rescue()
            elif not leave_unsaved(self._shell):
                return False
            draft.autosave.give_up()
        if self._untouched == draft.draft_id and not draft.editor.stack.count():
            with suppress(UserError):
                self._workspace.drafts.delete(draft.draft_id)    # not worth a line at home
        self._untouched = None
        self._workspace.closing.emit(draft)
        self._workspace.remember(last_draft=draft.draft_id, last_step=draft.view.at[1].item)
        draft.view.close_workers()
        self._shell.remove_page()
        draft.editor.deleteLater()
        self._wizard = None
        self._workspace.set_closed()
        return True


def _is_closed(saver: Autosave) -> bool:
    """Whether all is saved. Where another window has only kept a version, the save goes on by itself
    (`SaveConflictController.resolve`) and is waited for; the version that closing makes is alone not worth a
    question."""
    if saver.close() or (saver.is_saving and saver.close()):
        return True
    if saver.unsaved:
        return False
    saver.give_up()
    return True
