"""A draft is carried away: written with its past into a file, by which another computer goes on."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

from govdesk.base.files import FileStamp, write_whole
from govdesk.drafts.departure import dump_draft
from govdesk.drafts.unfinished import FileWork
from govdesk.exchange import report_file
from govdesk.exchange.handover import describe_notes
from govdesk.exchange.readers import EXCHANGE_READER
from govdesk.printing.file_name import suggest_file_name
from govdesk.report.report import Report
from govdesk.store.sql.history import CARRIED
from ui.common.notice_level import NoticeLevel
from ui.editing.autosave import Autosave
from ui.editing.background_jobs import BackgroundJobs
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell
from ui.widgets.save_dialog import ask_where_to_save

PATIENCE = 10.0                              # seconds that a file waits for the save that it is to tell of


class CarryAwayController:
    """Asks for the file and writes it beside the work."""

    def __init__(self, workspace: Workspace, shell: Shell, jobs: BackgroundJobs) -> None:
        self._workspace, self._shell, self._jobs = workspace, shell, jobs

    def ask_and_carry(self) -> None:
        """Asks for the file, then writes the open draft with its past into it."""
        draft = self._workspace.open
        if draft is None:
            return
        now = draft.editor.now
        folder = Path(self._workspace.settings.last_export_folder or Path.home())
        suggested = folder / f"{suggest_file_name(now)}（含修改记录）{EXCHANGE_READER.suffix}"
        if agreed := ask_where_to_save(self._shell, "拷到另一台电脑（含修改记录）", suggested, EXCHANGE_READER):
            self.carry_to(*agreed)

    def carry_to(self, target: Path, over: FileStamp | None = None) -> None:
        """Writes the open draft with its past into a file. The moment is marked here too, so that the file is known
        when it comes back; where the disk is full the file is written all the same."""
        draft = self._workspace.open
        if draft is None:
            return
        draft.view.commit()
        report, saver, drafts = draft.editor.now.report, draft.autosave, self._workspace.drafts
        if reason := report_file.explain_unfit(report):
            self._shell.say(NoticeLevel.WARNING, reason)
            return
        tag = os.urandom(8).hex()
        saver.keep(CARRIED, tag)
        saved = _once_saved(saver)

        def write() -> bool:
            saved.wait(PATIENCE)
            data, whole = dump_draft(drafts, draft.draft_id, report, tag)
            write_whole(target, data, over)
            return whole

        self._jobs.run(f"正在写出 {target.name}……", write, lambda whole: self._carried(target, report, whole),
                       lambda sentence: self._shell.say(NoticeLevel.WARNING, f"草稿没有拷出：{sentence}"),
                       FileWork(f"“{target.name}”的写出", target))
        saver.save_now()

    def _carried(self, target: Path, report: Report, whole: bool) -> None:
        self._workspace.remember(last_export_folder=str(target.parent))
        notes, less = describe_notes(report), "" if whole else "较早的修改记录放不下，没有带上；"
        along = f"连同{notes}，只给自己用；" if notes else ""
        self._shell.say(NoticeLevel.DONE, f"已拷出：{target}（{along}{less}本机的草稿照旧）")


def _once_saved(saver: Autosave) -> Event:
    """Set after the next save, whether it succeeds or not."""
    saved = Event()

    def over(_: object) -> None:
        saver.saved.disconnect(over)
        saver.failed.disconnect(over)
        saved.set()

    saver.saved.connect(over)
    saver.failed.connect(over)
    return saved
