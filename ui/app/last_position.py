"""Where one was: kept beside the drafts while one works, gone back to at the next start; what is said after a run that
ended by itself.

The place is looked at once a second and written, where it has changed, by a thread: a keystroke knows nothing of it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

from govdesk import paths
from govdesk.errors import UserError
from ui import crash_report
from ui.draft_list import name_of

if TYPE_CHECKING:
    from govdesk.store.drafts import DraftSummary
    from ui.main_window import MainWindow
    from ui.notices import Act
    from ui.task import Worker

FILE = "govdesk.place"
LOOK = 1000                                  # ms between two looks at where the cursor is
SOUND = 30                                   # looks after which a draft that was opened by itself is no danger
SUBJECT = "crash"
ASK = "上次程序没有正常退出"


class Place(NamedTuple):
    """A draft, its page, a cell of it (“” for none); whether it is open; how often it was opened by itself after a
    run that ended by itself, so that a draft that ends the program is not opened for ever."""

    draft: int
    item: str = ""
    at: str = ""
    is_open: bool = True
    again: int = 0


def read(folder: Path) -> Place | None:
    """None where nothing is kept or it makes no sense."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        kept = Place(*found)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return kept if [type(part) for part in kept] == [int, str, str, bool, int] else None


def write(folder: Path, place: Place) -> None:
    """The old or the new, never half of it. Not synced: a power cut may leave the place of a minute ago."""
    beside = folder / f"{FILE}.tmp"
    with suppress(OSError):
        beside.write_text(json.dumps(place), encoding="utf-8")
        beside.replace(folder / FILE)


class Keeper(QObject):
    """Writes the place down as it changes."""

    def __init__(self, window: MainWindow, before: Place | None) -> None:
        super().__init__(window)
        self._window, self._written = window, before
        self._looks = 0
        self._worker: Worker | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)

    def look(self) -> None:
        self._looks += 1
        place = self._place()
        if place is not None and place != self._written:
            self._written = place
            folder = self._window.drafts.file.parent
            self._thread().run(lambda: write(folder, place), lambda _: None, lambda _: None)

    def _thread(self) -> Worker:
        from ui.task import Worker

        if self._worker is None:
            self._worker = Worker("place", self)
        return self._worker

    def _place(self) -> Place | None:
        wizard, saver, last = self._window.wizard, self._window.autosave, self._written
        if wizard is None or saver is None:
            return last and last._replace(is_open=False)
        from govdesk.form import Address

        at = wizard.place()
        again = last.again if last and last.draft == saver.draft_id and self._looks < SOUND else 0
        return Place(saver.draft_id, wizard.at[1].item, str(at) if isinstance(at, Address) else "", True, again)

    def remember(self, place: Place) -> None:
        """It is written already."""
        self._written, self._looks = place, 0

    def close(self) -> None:
        """On leaving the program: here and now."""
        self._timer.stop()
        if self._worker is not None:
            self._worker.wait()
        if self._written:
            write(self._window.drafts.file.parent, self._written._replace(is_open=False, again=0))


def go_to(window: MainWindow, place: Place) -> bool:
    """Open the draft there; where that cannot be, it is said on the home page."""
    if not window.told(lambda: window.open_draft(place.draft)) or window.wizard is None:
        return False
    from govdesk.form import Address

    wizard = window.wizard
    with suppress(ValueError):
        wizard.enter_item(place.item)
        address = Address.parse(place.at) if place.at else None
        if address in wizard.editor.form.cells:
            wizard.go_to(address)
    return True


def begin(window: MainWindow, *, left: Path | None, crashed: bool) -> None:
    """At the start, after the first frame. `left`: what the last run left behind, if it ended by itself."""
    folder = window.drafts.file.parent
    place = read(folder)
    drafts = []
    with suppress(UserError):
        drafts = [draft for draft in window.drafts.list() if place and draft.id == place.draft]
    window.keeper = Keeper(window, place if drafts else None)
    if window.drafts.warning:
        from ui.notices import notices_of

        notices_of(window).say("behind", window.drafts.warning, [("查看备份", window.show_copies)])
    _tell_unfinished(window, folder)
    if crashed:
        _after_crash(window, place, drafts, crash_report.keep(left or paths.log_folder() / "none"))
    elif place and drafts and window.wizard is None:
        if window.settings.start == "last":
            go_to(window, place)
        else:
            window.home.offer_last(name_of(drafts[0]), lambda: go_to(window, place))


def _tell_unfinished(window: MainWindow, folder: Path) -> None:
    """Where another window has the drafts open, what is noted there may still be under way."""
    from ui.unfinished import take_left

    if window.lock is None or not window.lock.isLocked():
        return
    said = take_left(folder)
    if said:
        from ui.notices import notices_of

        notices_of(window).say("unfinished", "".join(said), [])


def _after_crash(window: MainWindow, place: Place | None, drafts: list[DraftSummary], report: Path | None) -> None:
    from ui.notices import notices_of

    acts: list[Act] = []
    whole = not window.drafts.warning
    words = f"{ASK}。" + ("已经保存的草稿都在。" if whole else "")
    if place and drafts and place.is_open and window.wizard is None:
        saved = f"{drafts[0].saved_at.astimezone():%m月%d日 %H:%M}"
        if place.again:
            words = f"{ASK}，那时正打开“{name_of(drafts[0])}”（最后保存于{saved}）。"
            acts.append(("打开它", lambda: _return(window, place)))
        elif _return(window, place):
            there = "，显示过“已自动保存”的内容都在" if whole else ""
            words = f"{ASK}，现在打开的是当时的草稿{there}（最后保存于{saved}）。"
            acts.append(("看留下的版本", window.show_past))
    if report is not None:
        acts.append(("查看并复制报告", lambda: show_report(window, report)))
    notices_of(window).say(SUBJECT, words, acts)


def _return(window: MainWindow, place: Place) -> bool:
    """Back to where one was; what the file holds then is a version of its own."""
    again = place._replace(again=place.again + 1)
    write(window.drafts.file.parent, again)
    if window.keeper is not None:
        window.keeper.remember(again)
    if not go_to(window, place):
        return False
    from govdesk.store.history import BEFORE

    if window.autosave is not None:
        window.autosave.keep(BEFORE, "意外退出后继续填报")
    return True


def show_report(window: MainWindow, report: Path) -> None:
    from ui.error_dialog import ReportDialog

    try:
        text = report.read_text(encoding="utf-8")
        others = len(list(report.parent.glob("crash-*.txt"))) - 1
    except OSError:
        text, others = crash_report.versions(), 0
    more = f"此前的 {others} 份也在 {report.parent}。" if others > 0 else ""
    words = "请复制下来交给维护人员。里面只有版本和程序停在哪里，没有年报的内容，也没有姓名。"
    ReportDialog("上次退出的报告", words + more, text, window).exec()


def end(window: MainWindow) -> None:
    """The program ends: by its window, or because the system is shut down with the draft still open."""
    if window.autosave is not None and window.wizard is not None:
        window.wizard.commit()
        window.autosave.close()
    if window.keeper is not None:
        window.keeper.close()
