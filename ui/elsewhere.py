"""A draft that is worked on in two places: carried away as a file, brought back, or saved by another window meanwhile.

Whatever comes is shown beside what is here before anything is replaced; what is chosen becomes one edit.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from govdesk import formfile, joining
from govdesk.compare import differences
from govdesk.errors import UserError
from govdesk.files import write_whole
from govdesk.importers import carried
from govdesk.importers.carried import Carried
from govdesk.joining import Spot, Standing
from govdesk.report import Edit, Report, edit_of
from govdesk.session import snapshot
from govdesk.store import carrying
from govdesk.store.carrying import BROUGHT, MERGING, Joined
from govdesk.store.drafts import DraftSummary, Outstanding, moment_now
from govdesk.store.history import BEFORE, CARRIED, JOINED, NAMED, Mark
from govdesk.trail import Kept, Past
from ui.autosave import Autosave, outstanding
from ui.pages.export_page import file_name, unfit
from ui.pages.merge_page import Meeting, MergePage
from ui.pages.versions_page import when

if TYPE_CHECKING:
    from ui.main_window import MainWindow

HERE = "本机"
UNSEEN = -1                                  # no revision: whatever is on the disk was not seen here
BUSY = 300                                   # ms after which it is looked again whether something lies over the page
CLASH = "与另一窗口合并"


# -- carried away

def ask_and_carry(window: MainWindow) -> None:
    """Ask for the file, then write the draft with its past into it."""
    if window.wizard is None:
        return
    now = window.wizard.editor.now
    folder = Path(window.settings.last_export_folder or Path.home())
    suggested = str(folder / f"{file_name(now.report, now)}（带历史）.govdesk")
    path, _ = QFileDialog.getSaveFileName(window, "带走这份草稿", suggested, "年报交换文件 (*.govdesk)")
    if path:
        carry_to(window, Path(path if path.endswith(".govdesk") else path + ".govdesk"))


def carry_to(window: MainWindow, target: Path) -> None:
    """The draft with its past in a file. The moment is marked here too, so that the file is known when it comes back;
    where the disk is full the file is written all the same."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None:
        return
    wizard.commit()
    if reason := unfit(wizard.editor.now.report):
        wizard.status.show_warning(reason)
        return
    report, tag = wizard.editor.now.report, os.urandom(8).hex()
    saver.keep(CARRIED, tag)
    _once_saved(saver, lambda: _write(window, saver.draft_id, (report, tag), target))
    saver.save_now()


def _once_saved(saver: Autosave, act: Callable[[], object]) -> None:
    """After the next save, whether it succeeds or not."""
    def over(_: object) -> None:
        saver.saved.disconnect(over)
        saver.failed.disconnect(over)
        act()

    saver.saved.connect(over)
    saver.failed.connect(over)


def _write(window: MainWindow, draft_id: int, what: tuple[Report, str], target: Path) -> None:
    report, tag = what
    try:
        data, whole = carried.dumps(report, _tagged(carrying.past_of(window.drafts, draft_id), report, tag))
        write_whole(target, data)
    except UserError as error:
        _say(window, f"⚠ 草稿没有带走：{error.sentence}")
        return
    window.remember(last_export_folder=str(target.parent))
    less = "" if whole else "较早的历史放不下，没有带上；"
    _say(window, f"✓ 已带走：{target}（{less}本机的草稿照旧）")


def _tagged(past: Past, report: Report, tag: str) -> Past:
    """The past up to the tag; where that could not be saved, up to now and on to the report."""
    mark = next((kept for kept in past.tags() if kept.name == tag), None)
    if mark is not None:
        return past.until(mark.revision).leading_to(report, mark.at)
    now = moment_now()
    longer = past.leading_to(report, now)
    return longer._replace(versions=(*longer.versions, Kept(longer.last, CARRIED, tag, now)))


def _say(window: MainWindow, words: str) -> None:
    """Where the clerk is looking by now."""
    if not words:
        return
    if window.wizard is None:
        window.home.say(words, "off" if words.startswith("⚠") else "quiet")
    elif words.startswith("⚠ "):
        window.wizard.status.show_warning(words.removeprefix("⚠ "))
    else:
        window.wizard.status.show_word(words)


# -- opened

def open_file(window: MainWindow, path: Path) -> None:
    """An exchange file as a draft; one that comes from a draft here leads to that. Raises UserError."""
    came = carried.read(path)
    if came.past is None:
        alike = _alike(window, came.report)
        window.adopt(came.report)
        _say(window, f"⚠ {came.notice}" if came.notice else alike)
        return
    home = carrying.at_home(window.drafts, came.past.draft)
    read = [(draft, held) for draft in home if (held := _read(window, draft)) and held.form_id == came.report.form_id]
    if read:                                 # of several with one identity the one that is the same, or saved last
        best = next((draft for draft, held in read if not differences(held, came.report)), read[0][0])
        _meet(window, best, came)
        return
    draft_id = carrying.create(window.drafts, came.report, came.past, _counts(came.report))
    window.open_draft(draft_id).status.show_word("✓ 已打开带来的草稿，历史也带来了（Ctrl+H 可看）")


def _alike(window: MainWindow, report: Report) -> str:
    """What is said where a file without a past becomes a draft beside others of its organ and year."""
    about = report.cover("organ.name"), report.year
    held = [draft for draft in window.drafts.list() if (draft.organ_name, draft.year) == about]
    if not held or any(_read(window, draft) == report for draft in held):
        return ""
    return "已另存为一份新草稿。本机还有同一机关、同一年度的草稿，可以打开那一份，用“与文件对照合并”比较"


def open_from_outside(window: MainWindow, path: Path) -> None:
    """A second start was given the file. What the clerk is just being asked or shown is not taken away."""
    free = window.stack.currentWidget() in (window.home, window.wizard)
    if not free or QApplication.activeModalWidget() or QApplication.activePopupWidget():
        QTimer.singleShot(BUSY, window, lambda: open_from_outside(window, path))
        return
    window.show_home()
    if window.wizard is None:                    # it could be saved
        window.open_file(path)


def _read(window: MainWindow, draft: DraftSummary) -> Report | None:
    """None for a draft that is damaged: no reason not to open the file."""
    try:
        return window.drafts.load(draft.id)
    except UserError:
        return None


def _meet(window: MainWindow, draft: DraftSummary, came: Carried) -> None:
    """A file of a draft that is here: the same, older, newer, or both have changed."""
    past = came.past
    assert past is not None
    if draft.deleted_at:
        window.drafts.restore(draft.id)
    known = {version.name for version in window.drafts.versions(draft.id) if version.kind in (CARRIED, JOINED)}
    ancestor = past.ancestor(known)
    base = _report_at(past, came.report.form_id, ancestor)
    wizard = window.open_draft(draft.id)
    again = "，已从回收站恢复" if draft.deleted_at else ""
    stands = joining.standing(wizard.editor.now.report, came.report, base)
    if stands is Standing.SAME:
        wizard.status.show_word(f"✓ 文件与本机的这份草稿相同{again}")
    elif stands is Standing.OURS_NEWER:
        wizard.status.show_word(f"✓ 本机的草稿比文件新，文件里没有本机缺少的内容{again}")
    else:
        words = {Standing.THEIRS_NEWER: "文件比本机的草稿新：带走之后本机没有改过。请看过以下不同之处，再取入。",
                 Standing.BOTH: "带走之后，本机和带回的文件都改过。请逐处选用。"}[stands]
        meeting = Meeting(came.report, base, (HERE, "带回的文件"),
                          (f"{when(draft.saved_at)} 保存", _made(past)), "带回的草稿", words)
        page = show(window, meeting)
        page.merge_wanted.connect(lambda taken: _join(window, page, (came, ancestor), taken))


def _report_at(past: Past, form_id: str, moment: Kept | None) -> Report | None:
    from govdesk.trail import report_of

    if moment is None:
        return None
    rows = past.rows_at(moment.revision)
    return report_of(form_id, ((layer, key, value) for (layer, key), value in rows.items()))


def _made(past: Past) -> str:
    made = carrying.made_at(past)
    return f"{when(made)} 带走" if made else ""


def _join(window: MainWindow, page: MergePage, came: tuple[Carried, Kept | None], taken: list[Spot]) -> None:
    """One edit; both sides are versions, and what came has its time line where it is known since when."""
    (file, ancestor), saver = came, window.autosave
    if saver is None:
        return
    ours, theirs = page.ours, file.report
    edit = edit_of(ours, MERGING, joining.merged(ours, theirs, page.spots, taken))
    becomes = edit.applied_to(ours)
    try:
        if file.past and ancestor and not saver.unsaved:
            carrying.take_in(window.drafts, saver.draft_id,
                             Joined(theirs, file.past, ancestor.revision, becomes), _counts(becomes))
            saver.carry_out(edit, [])
        else:
            tags = file.past.tags() if file.past else []
            saver.carry_out(edit, [Mark(BEFORE, MERGING), _to(ours, theirs, BROUGHT),
                                   Mark(JOINED, tags[0].name if tags else ""), _to(theirs, becomes, MERGING)])
    except UserError as error:
        page.say(error.sentence)
        return
    close(window, page)
    if window.wizard:
        window.wizard.status.show_word(f"✓ 已合并，采用带回的 {len(taken)} 处；Ctrl+Z 可以退回" if taken
                                       else "✓ 已全部保留本机的；带回的内容留作版本")


def _to(one: Report, other: Report, name: str) -> Edit:
    return edit_of(one, name, [(d.layer, d.key, d.after) for d in differences(one, other)])


def _counts(report: Report) -> Outstanding:
    return outstanding(snapshot(formfile.load(report.form_id), report))


# -- beside any file

def ask_and_compare(window: MainWindow) -> None:
    path = window.ask_file("与文件对照合并")
    if path:
        compare_with(window, path)


def compare_with(window: MainWindow, path: Path) -> None:
    """The open draft beside an exchange file, whosever it is."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None:
        return
    wizard.commit()
    try:
        came = carried.read(path)
        if came.report.form_id != wizard.editor.form.id:
            raise UserError("这份文件的表式与草稿不同，不能对照。")
        known = {version.name for version in window.drafts.versions(saver.draft_id)
                 if version.kind in (CARRIED, JOINED)}
    except UserError as error:
        wizard.status.show_warning(error.sentence)
        return
    if not differences(wizard.editor.now.report, came.report):
        wizard.status.show_word("✓ 文件与这份草稿相同")
        return
    ancestor = came.past.ancestor(known) if came.past else None
    base = _report_at(came.past, came.report.form_id, ancestor) if came.past else None
    page = show(window, Meeting(came.report, base, (HERE, "文件"), ("现在", path.name), "与文件对照",
                                "草稿与文件不同。请逐处选用；不选的照旧。"))
    page.merge_wanted.connect(lambda taken: _join(window, page, (came, ancestor), taken))


# -- saved by another window

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
    edit = edit_of(ours, CLASH, joining.merged(ours, shown, page.spots, taken))
    saver.carry_out(edit, [
        Mark(NAMED, "另一窗口保存的（合并前）"), _to(shown, ours, "本窗口的改动"), Mark(NAMED, "本窗口的（合并前）"),
        _to(ours, edit.applied_to(ours), CLASH)], afresh=True)
    close(window, page)


def _anew(window: MainWindow, page: MergePage) -> None:
    close(window, page)
    merge_clash(window)
    again = window.stack.currentWidget()
    if isinstance(again, MergePage):
        again.say("刚才另一个窗口又保存了新的改动，下面已换成最新的内容，请再核对一遍。")


# -- the page

def show(window: MainWindow, meeting: Meeting) -> MergePage:
    assert window.wizard is not None
    page = MergePage(window.wizard.editor, meeting)
    page.back_wanted.connect(lambda: close(window, page))
    window.stack.addWidget(page)
    window.stack.setCurrentWidget(page)
    page.focus_first()
    return page


def close(window: MainWindow, page: MergePage) -> None:
    if window.wizard:
        window.stack.setCurrentWidget(window.wizard)
        window.wizard.stack.currentWidget().setFocus()
    window.stack.removeWidget(page)
    page.deleteLater()
