"""A draft that another window has saved meanwhile: both sides are shown, and what is chosen is one edit on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from govdesk.base.errors import UserError
from govdesk.report import three_way_merge
from govdesk.report.compare import differences
from govdesk.report.report import Report, edit_of
from govdesk.report.three_way_merge import Spot
from govdesk.store.sql.history import NAMED, Mark
from ui.compare.merge_page import Meeting, MergePage
from ui.draft.transfer import close, show, step

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

UNSEEN = -1                                  # no revision: whatever is on the disk was not seen here
CLASH = "与另一窗口合并"


def clash(window: MainWindow) -> None:
    """A save was refused. Where the other window has only kept a version, this one goes on; else a merge is offered."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None:
        return
    try:
        same = _agreed(window, saver.draft_id, saver.on_disk)
    except UserError:                            # said by the next save
        return
    if same:
        saver.save_now()
    else:
        wizard.status.offer_merge()


def _agreed(window: MainWindow, draft_id: int, shown: Report) -> bool:
    """Whether the draft is as it was shown; then what is saved from here on is on top of that."""
    if not differences(window.drafts.load(draft_id), shown):
        return True
    window.drafts.seen(draft_id, UNSEEN)
    return False


def merge_clash(window: MainWindow) -> None:
    """What is in this window beside what another one has saved. Until it is decided nothing is saved here."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None or isinstance(window.stack.currentWidget(), MergePage):
        return
    wizard.commit()
    saver.hold()
    try:
        theirs = window.drafts.newest(saver.draft_id)
    except UserError as error:
        saver.hold(on=False)
        wizard.status.show_warning(error.sentence)
        return
    page = show(window, Meeting(
        theirs, saver.on_disk, ("本窗口", "另一窗口"), ("还没有保存", "已经保存"), "与另一窗口对照",
        "另一个窗口改动并保存过这份草稿，本窗口的改动还没有保存。请逐处选用。"))
    page.back_wanted.connect(lambda: saver.hold(on=False))
    page.merge_wanted.connect(lambda taken: _settle(window, page, theirs, taken))
    if not page.spots:
        _settle(window, page, theirs, [])


def _settle(window: MainWindow, page: MergePage, shown: Report, taken: list[Spot]) -> None:
    """One edit on top of what the other window saved; both sides are versions."""
    saver = window.autosave
    if saver is None:
        return
    if not saver.hold():                         # a save is just failing once more
        QTimer.singleShot(50, page, lambda: _settle(window, page, shown, taken))
        return
    try:
        if not _agreed(window, saver.draft_id, shown):
            _anew(window, page)
            return
    except UserError as error:
        page.say(error.sentence)
        return
    ours = page.ours
    edit = edit_of(ours, CLASH, three_way_merge.merged(ours, shown, page.spots, taken))
    saver.carry_out(edit, [
        Mark(NAMED, "另一窗口保存的（合并前）"), step(shown, ours, "本窗口的改动"), Mark(NAMED, "本窗口的（合并前）"),
        step(ours, edit.applied_to(ours), CLASH)], afresh=True)
    close(window, page)


def _anew(window: MainWindow, page: MergePage) -> None:
    close(window, page)
    merge_clash(window)
    again = window.stack.currentWidget()
    if isinstance(again, MergePage):
        again.say("刚才另一个窗口又保存了新的改动，下面已换成最新的内容，请再核对一遍。")
