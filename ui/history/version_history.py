"""What the window does with the past: versions of a draft, copies of all drafts; shown, kept, gone back to."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from govdesk import formfile
from govdesk.compare import Difference
from govdesk.errors import FormError, UserError
from govdesk.report import edit_of
from govdesk.session import snapshot
from govdesk.store import backups, carrying
from govdesk.store.backups import Copy
from govdesk.store.drafts import open_store
from govdesk.store.history import NAMED, RESTORED
from ui.autosave import outstanding
from ui.backing import Backing
from ui.notices import drop, notices_of
from ui.pages.restore_page import RestorePage
from ui.pages.versions_page import Past, VersionsPage
from ui.panes import take_again

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def show_past(window: MainWindow) -> VersionsPage | None:
    """The versions page over the wizard; what waits is saved first, so that the page shows it."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None or isinstance(window.stack.currentWidget(), VersionsPage):
        return None
    wizard.commit()
    drafts, draft = window.drafts, saver.draft_id
    past = Past(lambda: drafts.versions(draft), lambda revision: drafts.report_at(draft, revision),
                lambda layer, key: drafts.moments(draft, layer, key))
    try:
        page = VersionsPage(wizard.editor, past, wizard.place())
    except UserError as error:
        wizard.status.show_warning(error.sentence)
        return None
    page.back_wanted.connect(lambda: close_past(window, page))
    page.keep_wanted.connect(lambda name: _keep(window, page, name))
    page.restore_wanted.connect(lambda chosen, name: _restore(window, page, chosen, name))
    saver.saved.connect(page.show_versions)
    window.stack.addWidget(page)
    window.stack.setCurrentWidget(page)
    page.focus_first()
    return page


def close_past(window: MainWindow, page: VersionsPage) -> None:
    if window.autosave:
        window.autosave.saved.disconnect(page.show_versions)
    if window.wizard:
        window.stack.setCurrentWidget(window.wizard)
        take_again(window.wizard.stack.currentWidget())
    window.stack.removeWidget(page)
    page.deleteLater()


def _keep(window: MainWindow, page: VersionsPage, name: str) -> None:
    if window.autosave:
        window.autosave.keep(NAMED, name)
        window.autosave.save_now()


def _restore(window: MainWindow, page: VersionsPage, chosen: list[Difference], name: str) -> None:
    """One edit, so one undo step; what was there before is a version of its own."""
    if window.wizard is None or window.autosave is None:
        return
    editor = window.wizard.editor
    edit = edit_of(editor.now.report, f"恢复到{name}", [(d.layer, d.key, d.before) for d in chosen])
    window.autosave.keep(RESTORED)
    editor.do(edit)
    window.autosave.save_now()
    QTimer.singleShot(0, lambda: close_past(window, page))


# -- copies of the data file

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
            report, past = inside.load(draft), carrying.past_of(inside, draft)
        carrying.create(window.drafts, report, past, outstanding(snapshot(formfile.load(report.form_id), report)))
    except (UserError, FormError) as error:
        page.say(f"△ {getattr(error, 'sentence', error)}")
        return
    name = f"{report.cover('organ.name')} {report.cover('year')}"
    page.say(f"✓ 已取回“{name}”，连同它的历史，在草稿列表的最上面。", "agreed")


def _put_back(window: MainWindow, page: RestorePage, copy: Copy) -> None:
    """The whole file, when the clerk said so; what is replaced is kept, and is itself one of the copies."""
    from ui.replacing import sure

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
