"""What the window does with versions of a draft: shows them, keeps one, goes back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from govdesk.base.errors import UserError
from govdesk.report.compare import Difference
from govdesk.report.report import edit_of
from govdesk.store.sql.history import NAMED, RESTORED
from ui.history.versions_page import Past, VersionsPage
from ui.widgets.focus_regions import take_again

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow


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
