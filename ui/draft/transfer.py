"""A draft that is worked on in two places: carried away as a file, and brought back.

Whatever comes is shown beside what is here before anything is replaced; what is chosen becomes one edit. Files are read
and written by a thread (`errands`).
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from govdesk.base.errors import UserError
from govdesk.base.files import Stamp, write_whole
from govdesk.base.numerals import shorten
from govdesk.exchange import draft_file, report_file
from govdesk.exchange.handover import describe_notes
from govdesk.exchange.read_result import Read
from govdesk.exchange.readers import EXCHANGE, read_file
from govdesk.formfile import form_reader
from govdesk.report import three_way_merge
from govdesk.report.compare import differences
from govdesk.report.history import Kept, Past
from govdesk.report.report import Edit, Report, edit_of
from govdesk.report.three_way_merge import Spot, Standing
from govdesk.session.session import snapshot
from govdesk.store import draft_import
from govdesk.store.draft_import import BROUGHT, MERGING, Joined
from govdesk.store.drafts import Drafts, DraftSummary, Outstanding, moment_now
from govdesk.store.sql.history import BEFORE, CARRIED, JOINED, Mark
from ui.common.unfinished import Work
from ui.compare.merge_page import Meeting, MergePage
from ui.draft.background_jobs import tell
from ui.editing.autosave import Autosave, outstanding
from ui.history.versions_page import when
from ui.pages.export_page import file_name
from ui.widgets.focus_regions import take_again
from ui.widgets.notification_bar import drop, notices_of
from ui.widgets.save_dialog import ask_where

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

HERE = "本机"
ARRIVED = "file that came"                   # subject of a notice
PATIENCE = 10.0                              # seconds that a file waits for the save that it is to tell of
BUSY = 300                                   # ms after which it is looked again whether something lies over the page


# -- carried away

def ask_and_carry(window: MainWindow) -> None:
    """Ask for the file, then write the draft with its past into it."""
    if window.wizard is None:
        return
    now = window.wizard.editor.now
    folder = Path(window.settings.last_export_folder or Path.home())
    suggested = folder / f"{file_name(now.report, now)}（带历史）{EXCHANGE.suffix}"
    if agreed := ask_where(window, "带走这份草稿", suggested, EXCHANGE):
        carry_to(window, *agreed)


def carry_to(window: MainWindow, target: Path, over: Stamp | None = None) -> None:
    """The draft with its past in a file. The moment is marked here too, so that the file is known when it comes back;
    where the disk is full the file is written all the same."""
    wizard, saver = window.wizard, window.autosave
    if wizard is None or saver is None:
        return
    wizard.commit()
    if reason := report_file.unfit(wizard.editor.now.report):
        wizard.status.show_warning(reason)
        return
    report, tag, drafts = wizard.editor.now.report, os.urandom(8).hex(), window.drafts
    saver.keep(CARRIED, tag)
    saved = _once_saved(saver)

    def write() -> bool:
        saved.wait(PATIENCE)
        data, whole = draft_file.dumps(report, _tagged(draft_import.past_of(drafts, saver.draft_id), report, tag))
        write_whole(target, data, over)
        return whole

    window.errands.run(f"正在写出 {target.name}……", write, lambda whole: _carried(window, target, report, whole),
                       lambda sentence: tell(window, f"△ 草稿没有带走：{sentence}"),
                       Work(f"“{target.name}”的写出", target))
    saver.save_now()


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


def _carried(window: MainWindow, target: Path, report: Report, whole: bool) -> None:
    window.remember(last_export_folder=str(target.parent))
    notes, less = describe_notes(report), "" if whole else "较早的历史放不下，没有带上；"
    along = f"连同{notes}，只给自己用；" if notes else ""
    tell(window, f"✓ 已带走：{target}（{along}{less}本机的草稿照旧）")


def _tagged(past: Past, report: Report, tag: str) -> Past:
    """The past up to the tag; where that could not be saved, up to now and on to the report."""
    mark = next((kept for kept in past.tags() if kept.name == tag), None)
    if mark is not None:
        return past.until(mark.revision).leading_to(report, mark.at)
    now = moment_now()
    longer = past.leading_to(report, now)
    return longer._replace(versions=(*longer.versions, Kept(longer.last, CARRIED, tag, now)))


# -- opened

class Arrived(NamedTuple):
    """What a file is to this computer: a report without a past; or its draft here, and what both come from; or, where
    there was none, the draft that was `made` of it."""

    came: Read
    draft: DraftSummary | None = None
    made: int = 0
    ancestor: Kept | None = None
    base: Report | None = None


def open_file(window: MainWindow, path: Path) -> None:
    """An exchange file as a draft; one that comes from a draft here leads to that."""
    drop(window, ARRIVED)
    drafts = window.drafts
    window.errands.run(f"正在打开 {path.name}……", lambda: _arrival(drafts, path),
                       lambda found: _shown(window, path, found), lambda sentence: tell(window, f"△ {sentence}"))


def _arrival(drafts: Drafts, path: Path) -> Arrived:
    """In the thread. Raises UserError."""
    came = read_file(path)
    past = came.past
    if past is None:
        return Arrived(came)
    home = draft_import.at_home(drafts, past.draft)
    read = [(draft, held) for draft in home if (held := _read(drafts, draft)) and held.form_id == came.report.form_id]
    if not read:
        return Arrived(came, made=draft_import.create(drafts, came.report, past, _counts(came.report)))
    # Of several with one identity the one that is the same, or saved last.
    best = next((draft for draft, held in read if not differences(held, came.report)), read[0][0])
    return Arrived(came, best, 0, *_origin(drafts, best.id, came))


def _origin(drafts: Drafts, draft_id: int, came: Read) -> tuple[Kept | None, Report | None]:
    """The moment from which the draft and the file both come, and the report then."""
    if came.past is None:
        return None, None
    known = {version.name for version in drafts.versions(draft_id) if version.kind in (CARRIED, JOINED)}
    ancestor = came.past.ancestor(known)
    return ancestor, _report_at(came.past, came.report.form_id, ancestor)


def _shown(window: MainWindow, path: Path, found: Arrived) -> None:
    """Whoever has begun something else meanwhile is told, and opens it by a button."""
    if window.leaving:                           # the file is where it was
        return
    if window.wizard is None and _is_free(window):
        window.told(lambda: _take_up(window, found))
    else:
        notices_of(window).say(ARRIVED, f"“{path.name}”读好了。", [("打开", lambda: window.open_file(path))], mark="")


def _take_up(window: MainWindow, found: Arrived) -> None:
    came = found.came
    if found.draft is not None:
        _meet(window, found.draft, found)
    elif found.made:
        window.open_draft(found.made).status.show_word("✓ 已打开带来的草稿，历史也带来了（Ctrl+Shift+H 可看）")
    else:
        alike = _alike(window, came.report)
        window.adopt(came.report)
        tell(window, f"△ {''.join(came.doubts)}" if came.doubts else alike)


def _alike(window: MainWindow, report: Report) -> str:
    """What is said where a file without a past becomes a draft beside others of its organ and year."""
    about = report.cover("organ.name"), report.year
    held = [draft for draft in window.drafts.list() if (draft.organ_name, draft.year) == about]
    if not held or any(_read(window.drafts, draft) == report for draft in held):
        return ""
    return "已另存为一份新草稿。本机还有同一机关、同一年度的草稿，可以打开那一份，用“与文件对照合并”比较"


def open_from_outside(window: MainWindow, path: Path) -> None:
    """A second start was given the file. What the clerk is just being asked or shown is not taken away."""
    if not _is_free(window):
        QTimer.singleShot(BUSY, window, lambda: open_from_outside(window, path))
        return
    window.show_home()
    if window.wizard is None:                    # it could be saved
        window.open_file(path)


def _is_free(window: MainWindow) -> bool:
    """Whether nothing lies over the page."""
    return (window.stack.currentWidget() in (window.home, window.wizard)
            and not QApplication.activeModalWidget() and not QApplication.activePopupWidget())


def _read(drafts: Drafts, draft: DraftSummary) -> Report | None:
    """None for a draft that is damaged: no reason not to open the file."""
    try:
        return drafts.load(draft.id)
    except UserError:
        return None


def _meet(window: MainWindow, draft: DraftSummary, found: Arrived) -> None:
    """A file of a draft that is here: the same, older, newer, or both have changed."""
    came, base = found.came, found.base
    assert came.past is not None
    if draft.deleted_at:
        window.drafts.restore(draft.id)
    wizard = window.open_draft(draft.id)
    again = "，已从回收站恢复" if draft.deleted_at else ""
    stands = three_way_merge.standing(wizard.editor.now.report, came.report, base)
    if stands is Standing.SAME:
        wizard.status.show_word(f"✓ 文件与本机的这份草稿相同{again}")
    elif stands is Standing.OURS_NEWER:
        wizard.status.show_word(f"✓ 本机的草稿比文件新，文件里没有本机缺少的内容{again}")
    else:
        words = {Standing.THEIRS_NEWER: "文件比本机的草稿新：带走之后本机没有改过。请看过以下不同之处，再取入。",
                 Standing.BOTH: "带走之后，本机和带回的文件都改过。请逐处选用。"}[stands]
        meeting = Meeting(came.report, base, (HERE, "带回的文件"),
                          (f"{when(draft.saved_at)} 保存", _made(came.past)), "带回的草稿", words)
        page = show(window, meeting)
        page.merge_wanted.connect(lambda taken: _join(window, page, (came, found.ancestor), taken))


def _report_at(past: Past, form_id: str, moment: Kept | None) -> Report | None:
    from govdesk.report.history import report_of

    if moment is None:
        return None
    rows = past.rows_at(moment.revision)
    return report_of(form_id, ((layer, key, value) for (layer, key), value in rows.items()))


def _made(past: Past) -> str:
    made = draft_import.made_at(past)
    return f"{when(made)} 带走" if made else ""


def _join(window: MainWindow, page: MergePage, came: tuple[Read, Kept | None], taken: list[Spot]) -> None:
    """One edit; both sides are versions, and what came has its time line where it is known since when."""
    (file, ancestor), saver = came, window.autosave
    if saver is None:
        return
    ours, theirs = page.ours, file.report
    edit = edit_of(ours, MERGING, three_way_merge.merged(ours, theirs, page.spots, taken))
    becomes = edit.applied_to(ours)
    if file.past and ancestor and not saver.unsaved:
        drafts, joined = window.drafts, Joined(theirs, file.past, ancestor.revision, becomes)
        page.set_busy(True)
        window.errands.run("", lambda: draft_import.take_in(drafts, saver.draft_id, joined, _counts(becomes)),
                           lambda _: _joined(window, page, (saver, edit, []), len(taken)), page.refuse)
    else:
        tags = file.past.tags() if file.past else []
        _joined(window, page, (saver, edit, [Mark(BEFORE, MERGING), step(ours, theirs, BROUGHT),
                                             Mark(JOINED, tags[0].name if tags else ""),
                                             step(theirs, becomes, MERGING)]), len(taken))


def _joined(window: MainWindow, page: MergePage, how: tuple[Autosave, Edit, list[Edit | Mark]], taken: int) -> None:
    """The page shows what is on the disk already, or is saved by these steps."""
    saver, edit, saved_as = how
    if window.autosave is not saver or window.wizard is None:
        return                                   # it was left meanwhile
    saver.carry_out(edit, saved_as)
    close(window, page)
    window.wizard.status.show_word(f"✓ 已合并，采用带回的 {taken} 处；Ctrl+Z 可以退回" if taken
                                   else "✓ 已全部保留本机的；带回的内容留作版本")


def step(one: Report, other: Report, name: str) -> Edit:
    return edit_of(one, name, [(d.layer, d.key, d.after) for d in differences(one, other)])


def _counts(report: Report) -> Outstanding:
    return outstanding(snapshot(form_reader.load(report.form_id), report))


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
    drafts, form_id = window.drafts, wizard.editor.form.id

    def read() -> Arrived:
        came = read_file(path)
        if came.report.form_id != form_id:
            raise UserError("这份文件的表式与草稿不同，不能对照。")
        return Arrived(came, None, 0, *_origin(drafts, saver.draft_id, came))

    window.errands.run(f"正在读取 {path.name}……", read, lambda found: _beside(window, saver, path, found),
                       lambda sentence: tell(window, f"△ {sentence}"))


def _beside(window: MainWindow, saver: Autosave, path: Path, found: Arrived) -> None:
    wizard, came = window.wizard, found.came
    if wizard is None or window.autosave is not saver:
        return                                   # the draft was left meanwhile
    if not _is_free(window):
        QTimer.singleShot(BUSY, window, lambda: _beside(window, saver, path, found))
        return
    wizard.commit()
    if not differences(wizard.editor.now.report, came.report):
        wizard.status.show_word("✓ 文件与这份草稿相同")
        return
    words = f"{_unlike(wizard.editor.now.report, came.report)}草稿与文件不同。请逐处选用；不选的照旧。"
    page = show(window, Meeting(came.report, found.base, (HERE, "文件"), ("现在", path.name), "与文件对照", words))
    page.merge_wanted.connect(lambda taken: _join(window, page, (came, found.ancestor), taken))


def _unlike(here: Report, there: Report) -> str:
    """Where the file is another report, whose; “” where it is this one's."""
    about = [(" ".join(report.cover("organ.name").split()), report.cover("year")) for report in (here, there)]
    if about[0] == about[1]:
        return ""
    name, year = about[1]
    return f"文件是“{shorten(name, 40)}”{year}年度的年报，不是这一份。"


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
        take_again(window.wizard.stack.currentWidget())
    window.stack.removeWidget(page)
    page.deleteLater()
