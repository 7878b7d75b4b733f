"""What the window does with copies of the data file: makes, shows and restores them, takes one draft out of one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from govdesk.base.errors import FormError, UserError
from govdesk.formfile import form_reader
from govdesk.session.session import snapshot
from govdesk.store import backups, draft_import
from govdesk.store.backups import Copy
from govdesk.store.drafts import open_store
from ui.backups.backups_page import RestorePage
from ui.backups.scheduler import Backing
from ui.editing.autosave import outstanding
from ui.widgets.notification_bar import drop, notices_of

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow


def show_copies(window: MainWindow) -> RestorePage:
    """The restore page over the list of drafts."""
    file = window.drafts.file
    second = window.second_place
    page = RestorePage(lambda: backups.all_copies(file, second), window.drafts.list, (file, second))
    page.back_wanted.connect(lambda: _close_copies(window, page))
    page.make_wanted.connect(lambda: _make(window, page))
    page.second_wanted.connect(lambda: _choose_second(window, page))
    page.take_wanted.connect(lambda copy, draft: _take(window, page, copy, draft))
    page.replace_wanted.connect(lambda copy: _put_back(window, page, copy))
    window.stack.addWidget(page)
    window.stack.setCurrentWidget(page)
    page.focus_first()
    return page


def _close_copies(window: MainWindow, page: RestorePage) -> None:
    page.close_worker()
    window.stack.removeWidget(page)
    page.deleteLater()
    window.show_home()


def _make(window: MainWindow, page: RestorePage) -> None:
    backing = window.backed()
    page.make_button.setEnabled(False)

    def over(words: str, role: str) -> None:
        with suppress(RuntimeError):             # the page may be gone
            page.make_button.setEnabled(True)
            page.say(words, role)
            page.show_copies()

    backing.made.connect(lambda _: over("✓ 备份好了，并且核对过。", "agreed"), Qt.ConnectionType.SingleShotConnection)
    backing.failed.connect(lambda said: over(f"△ {said}", "off"), Qt.ConnectionType.SingleShotConnection)
    backing.make()


def _choose_second(window: MainWindow, page: RestorePage) -> None:
    folder = QFileDialog.getExistingDirectory(window, "第二处备份放在哪里")
    if folder:
        window.remember(backup_folder=folder)
        _close_copies(window, page)
        _make(window, show_copies(window))


def _take(window: MainWindow, page: RestorePage, copy: Copy, draft: int) -> None:
    try:
        with backups.opened(copy.file) as inside:
            report, past = inside.load(draft), draft_import.past_of(inside, draft)
        draft_import.create(
            window.drafts, report, past, outstanding(snapshot(form_reader.load(report.form_id), report))
        )
    except (UserError, FormError) as error:
        page.say(f"△ {getattr(error, 'sentence', error)}")
        return
    name = f"{report.cover('organ.name')} {report.cover('year')}"
    page.say(f"✓ 已取回“{name}”，连同它的历史，在草稿列表的最上面。", "agreed")


def _put_back(window: MainWindow, page: RestorePage, copy: Copy) -> None:
    """The whole file, when the clerk said so; what is replaced is kept, and is itself one of the copies."""
    from ui.backups.confirm_restore import sure

    folder = window.drafts.file.parent
    try:
        if not sure(window, copy):
            return
        with backups.opened(copy.file):
            pass                                 # it opens, whatever version it is of
        window.drafts.close()
        try:
            kept = backups.replace(window.drafts.file, copy.file)
        finally:
            window.drafts = open_store(folder)
    except UserError as error:
        page.say(f"△ {error.sentence}")
        return
    _close_copies(window, page)
    window.home.say(f"已换回 {copy.at:%Y-%m-%d %H:%M} 的备份；原来的文件留存为 {kept.name}，"
                    "可以在“备份与恢复”里再换回来。")
    window.home.table.setFocus()                 # Enter must not begin a new report


def backing_of(window: MainWindow) -> Backing:
    """The backups of a window; one that failed is said where the clerk is looking."""
    backing = Backing(window)
    backing.failed.connect(lambda sentence: _say(window, sentence))
    backing.made.connect(lambda _: drop(window, "backup"))
    return backing


def _say(window: MainWindow, sentence: str) -> None:
    """Until it is answered, or a later copy is made."""
    if window.leaving:
        window.errands.unsaid.append(f"△ {sentence}")
        return
    notices_of(window).say("backup", sentence)
