"""The open draft: brought onto the desk with all that watches over it, last year's report laid beside it, put away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from govdesk.base.errors import UserError
from govdesk.document.style import Style
from govdesk.export.formats import format_of
from govdesk.formfile import form_reader
from govdesk.report.report import Edit, Report
from govdesk.session import previous_year
from govdesk.session.session import Session, snapshot
from govdesk.store.sql.history import BEFORE, EXPORTED, Mark
from ui.common.mnemonics import marked
from ui.common.program_title import TITLE
from ui.common.unfinished import Work
from ui.draft import integrity_warning
from ui.draft.background_jobs import finish_for, tell
from ui.draft.unsaved_question import leave_unsaved
from ui.editing.autosave import Autosave
from ui.editing.editor import Editor
from ui.home.draft_list import name_of
from ui.pages.export_page import act_of
from ui.widgets.basics import add_act
from ui.widgets.focus_regions import show_over
from ui.widgets.notification_bar import drop, notices_of
from ui.wizard.wizard import Wizard

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

BRINGING = "带入上年年报"
WHOSE = "whose last year's report is"        # subject of a notice


def open_draft(window: MainWindow, draft_id: int) -> Wizard:
    """A draft at the cover, or where it was left last."""
    chosen = window.settings
    report = window.drafts.load(draft_id)
    editor = Editor(Session(form_reader.load(report.form_id), report), window)
    editor.exported = window.drafts.last_export(draft_id)
    wizard = Wizard(editor, chosen.last_export_folder, chosen.enter_moves, Style.from_dict(chosen.style),
                    row_height=chosen.row_height, organs=lambda: _organs(window),
                    run=partial(_finish, window, draft_id))
    saver = Autosave(window.drafts, draft_id, editor, window)
    _connect(window, wizard, saver)
    window.wizard, window.autosave = wizard, saver
    window.stack.addWidget(wizard)
    window.stack.setCurrentWidget(wizard)
    wizard.top.set_deadline(chosen.deadline)
    wizard.enter_item(chosen.last_step if chosen.last_draft == draft_id else None)
    _name_window(window, editor)
    editor.changed.connect(lambda *_: _name_window(window, editor))
    return wizard


def _finish(window: MainWindow, draft_id: int, page: QWidget, work: Work, *acts: Callable[..., Any]) -> None:
    """An export goes on though the draft is left."""
    finish_for(window, page, work, *acts, late=lambda: _note_late_export(window, draft_id, work.target))


def _name_window(window: MainWindow, editor: Editor) -> None:
    """By the organ, as soon as it has a name."""
    name = " ".join(editor.now.report.cover("organ.name").split()) or "新建年报"
    window.setWindowTitle(f"{name} - {TITLE}")


def _connect(window: MainWindow, wizard: Wizard, saver: Autosave) -> None:
    wizard.status.follow(saver)
    saver.saved.connect(lambda _: setattr(window, "worked", True))
    saver.damaged.connect(lambda places: integrity_warning.tell(window, places))
    wizard.home_wanted.connect(window.show_home)
    wizard.save_wanted.connect(lambda: save_now(window))
    wizard.top.past_wanted.connect(window.show_past)
    wizard.top.manual_wanted.connect(window.show_manual)
    wizard.sheet_wanted.connect(lambda: show_self_check(window))
    wizard.last_year_wanted.connect(lambda at: offer_last_year(window, at))
    wizard.exported.connect(lambda _: _mark_exported(window, saver.draft_id))
    wizard.exported.connect(lambda path: saver.keep(EXPORTED, act_of(format_of(Path(path)))))
    wizard.begun.connect(lambda act: saver.keep(BEFORE, act))
    wizard.top.hand_over_wanted.connect(wizard.hand_over)
    wizard.top.carry_wanted.connect(lambda: _elsewhere().ask_and_carry(window))
    wizard.top.compare_wanted.connect(lambda: _elsewhere().ask_and_compare(window))
    saver.clashed.connect(lambda: _clashes().clash(window))
    wizard.status.merge_wanted.connect(lambda: _clashes().merge_clash(window))
    wizard.folder_used.connect(lambda folder: window.remember(last_export_folder=folder))
    wizard.style_chosen.connect(lambda style: window.remember(style=style.to_dict()))
    wizard.broke.connect(window.tell_error)


def save_now(window: MainWindow) -> None:
    """Ctrl+S: what is written is saved at once, and that is said when it is true; else the sentence of the save that
    failed stands. Also a draft without a change is written: its file may be gone by now."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None:
        return
    QGuiApplication.inputMethod().commit()
    kept = wizard.commit()
    window.fresh = False                     # who saves it wants it, be it empty

    def tell(moment: datetime) -> None:
        words = f"全部内容已保存（{moment:%H:%M:%S}）"
        wizard.status.show_word(words if kept else f"其余{words[2:]}；有一格没有填入")

    saver.saved.connect(tell, Qt.ConnectionType.SingleShotConnection)
    saver.write_again(Edit("", ()))
    saver.save_now()


def _elsewhere() -> ModuleType:
    """What a draft that is opened need not wait for."""
    from ui.draft import transfer

    return transfer


def _clashes() -> ModuleType:
    from ui.draft import save_conflict

    return save_conflict


def show_self_check(window: MainWindow) -> None:
    """自检单 of the report as it is now, over the wizard."""
    from ui.pages.self_check_page import SelfCheckPage

    if window.wizard is not None:
        window.wizard.commit()
        editor = window.wizard.editor
        page = SelfCheckPage(editor.now, window.settings.last_export_folder, unfinished=editor.unfinished,
                             run=partial(finish_for, window))
        page.folder_used.connect(window.wizard.use_folder)
        show_over(window.stack, page, page.back_wanted)
        page.focus_first()


def leave_draft(window: MainWindow) -> bool:
    """Save and close the open draft. False where it could not be saved and the clerk chose to stay."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None:
        return True
    wizard.commit()
    if not _is_closed(saver):
        if window.ending:
            saver.rescue()
        elif not leave_unsaved(window):
            return False
        saver.give_up()
    if window.fresh and not wizard.editor.stack.count():
        with suppress(UserError):
            window.drafts.delete(saver.draft_id)             # begun and left untouched: not worth a line at home
    window.fresh = False
    integrity_warning.forget(window)
    drop(window, WHOSE)
    if window.keeper:
        window.keeper.look()
    window.remember(last_draft=saver.draft_id, last_step=wizard.at[1].item)
    wizard.close_workers()
    window.stack.removeWidget(wizard)
    wizard.deleteLater()
    wizard.editor.deleteLater()
    window.wizard, window.autosave = None, None
    return True


def _is_closed(saver: Autosave) -> bool:
    """Whether all is saved. Where another window has only kept a version, the save goes on by itself (`clashes`) and is
    waited for; the version that closing makes is alone not worth a question."""
    if saver.close() or (saver.is_saving and saver.close()):
        return True
    if saver.unsaved:
        return False
    saver.give_up()
    return True


def _organs(window: MainWindow) -> Sequence[dict[str, str]]:
    """To be picked from on the cover; where they cannot be read there is nothing to pick."""
    try:
        return window.drafts.organs()
    except UserError:
        return ()


def _note_late_export(window: MainWindow, draft_id: int, target: Path | None) -> None:
    """An export ended after its draft was left. What is on paper is the draft as it was when the export began, whatever
    was typed since; the mark finds that moment. A draft in the bin stays there, and is not said to be exported."""
    saver, wizard = window.autosave, window.wizard
    if target is None:
        return
    try:
        if all(draft.id != draft_id for draft in window.drafts.list()):
            return
        if saver is not None and saver.draft_id == draft_id and not saver.save_at_once():
            return                           # it is open again, and what was typed there cannot be saved now
        window.drafts.save(draft_id, [Mark(EXPORTED, act_of(format_of(target)))], anyway=True)
        window.drafts.mark_exported(draft_id)
        if saver is not None and saver.draft_id == draft_id and wizard is not None:
            wizard.editor.set_exported(window.drafts.last_export(draft_id))
    except UserError as error:
        tell(window, f"△ {error.sentence}")


def _mark_exported(window: MainWindow, draft_id: int) -> None:
    try:
        window.drafts.mark_exported(draft_id)
    except UserError as error:
        tell(window, f"△ {error.sentence}")


# -- last year

def next_year(last: Report, file: str = "") -> Report:
    """The next year's report: cover, what is carried over, last year's figures beside the cells. Raises UserError."""
    if last.year is None:
        raise UserError("上年年报没有写报告年度，请先在“封面与机关”填写。")
    return previous_year.next_year(snapshot(form_reader.load(last.form_id), last), source_of(last, file))


def offer_last_year(window: MainWindow, at: QWidget) -> None:
    """Reports of the open draft's organ from the year before, and a file from elsewhere."""
    wizard = window.wizard
    if wizard is None:
        return
    menu, now = QMenu(window), wizard.editor.now.report
    for draft in window.drafts.list():
        if now.year and draft.organ_name == now.cover("organ.name") and draft.year == now.year - 1:
            menu.addAction(marked(name_of(draft), ""),
                           lambda draft=draft: bring(window, lambda: window.drafts.load(draft.id)))
    add_act(menu, "从交换文件…", "F", lambda: _ask_and_bring(window))
    menu.exec(at.mapToGlobal(at.rect().bottomLeft()))


def _ask_and_bring(window: MainWindow) -> None:
    from govdesk.exchange.readers import read_file

    path = window.ask_file("从上年年报带入")
    if path:
        bring(window, lambda: read_file(path).report, path.name)


def bring(window: MainWindow, read: Callable[[], Report], file: str = "") -> None:
    """Last year's report beside the open draft, as one step; the wrong year is kept out with the reason."""
    assert window.wizard is not None
    editor = window.wizard.editor
    try:
        last, now = read(), editor.now.report
        if reason := previous_year.misfit(now, last):
            raise UserError(f"没有带入：{reason}")
        doubt = previous_year.other_organ(now, last)
        wanted = previous_year.brought(now, snapshot(form_reader.load(last.form_id), last), source_of(last, file))
        if window.autosave:
            window.autosave.keep(BEFORE, BRINGING)
        editor.do(editor.session.edit(BRINGING, wanted))
        drop(window, WHOSE)
        if doubt:
            notices_of(window).say(WHOSE, f"已带入，按 Ctrl+Z 可以撤销。{doubt}")
    except UserError as error:
        window.wizard.status.show_warning(error.sentence)


def source_of(last: Report, file: str = "") -> str:
    """How last year's report is named beside the figures that came from it."""
    return f"{last.cover('organ.name')}{last.cover('year')}年年报" + (f"（{file}）" if file else "")
