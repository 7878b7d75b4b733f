"""Every edit is saved by itself within a second, in one transaction, off the GUI thread.

What is said of it is worked out from what the disk holds and what the window holds, not from words that might be
missed; and once a second edits that no save is handling are picked up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from datetime import date, datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from govdesk.base.errors import UserError
from govdesk.drafts.outstanding import count_outstanding
from govdesk.report.report import Edit, Layer, Report, edit_between, edit_of
from govdesk.session.session import Snapshot
from govdesk.store.draft_summary import Outstanding
from govdesk.store.drafts import Drafts
from govdesk.store.sql.errors import ChangedElsewhereError
from govdesk.store.sql.history import BEFORE, CLOSING, DAY, VersionMark
from ui.common.worker import Worker
from ui.editing.editor import Editor

SAVE_DELAY_MS = 300                          # ms from the first unsaved edit to the save
RETRY_MS = 3000                              # ms until a failed save is tried again
LOOK_MS = 1000                               # ms between two looks for what nobody is saving
LATE_SECONDS = 2.0                           # seconds after which it is said that something is not saved yet
DAMAGE_LOOK_MS = 700                         # ms after opening, when the first page is there
LARGE_BATCH = 10                             # entries changed by one act, from which the moment before is kept

RESCUED_LABEL = "未合并的修改"               # a draft of what could not be saved into its own
FOUND_ACT = "填写"                           # what an edit is called of which only the outcome is known


class SaveState(NamedTuple):
    """What stands between the window and the disk. `pending`: something does; `warning`: since when and why, once that
    has lasted; `saved_at`: when all was on the disk last."""

    pending: bool = False
    warning: str = ""
    saved_at: datetime | None = None


class _Batch:
    """Edits in line, since when."""

    def __init__(self, items: Sequence[Edit | VersionMark] = ()) -> None:
        self.items = list(items)
        self.since, self.begun = datetime.now(), time.monotonic()

    @property
    def age(self) -> float:
        return time.monotonic() - self.begun

    def followed_by(self, other: _Batch) -> _Batch:
        """A new one: a word that comes late of this one is not about that."""
        both = _Batch([*self.items, *other.items])
        both.since, both.begun = self.since, self.begun
        return both


class Autosave(QObject):
    """Watches an editor and saves its edits into a draft. What failed to be saved stays in line and is tried again."""

    saved = Signal(object)                   # datetime, local: all that was typed until then is on the disk
    failed = Signal(str)                     # a sentence; the window keeps the work
    looked = Signal()                        # `state` may be another now
    damaged = Signal(object)                 # [(layer, key)] of what is not as it was saved
    clashed = Signal()                       # `failed`, because another window has saved the draft

    def __init__(self, drafts: Drafts, draft_id: int, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drafts, self.draft_id = drafts, draft_id
        self._editor = editor
        self._waiting = _Batch()
        self._saving: _Batch | None = None
        self._job: Future[Any] | None = None     # of what is being saved
        self._ahead = editor.now.report      # what the disk holds once all in line is saved
        self._saved_at: datetime | None = None
        self._reason = ""                    # why the last save failed
        self._thinned = self._closed = self._held = self._carrying = False
        self._rescued: Report | None = None  # what `rescue` has kept
        self._edited_on: date | None = None  # the day of the last edit here
        self._worker = Worker("autosave", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save_now)
        self._looks = QTimer(self)
        self._looks.timeout.connect(self.look)
        self._looks.start(LOOK_MS)
        editor.changed.connect(self._changed)
        QTimer.singleShot(DAMAGE_LOOK_MS, self, self._look_for_damage)

    # -- what is so

    @property
    def unsaved(self) -> bool:
        return bool(self._in_line) or self._ahead is not self._editor.now.report

    @property
    def is_saving(self) -> bool:
        return self._saving is not None

    @property
    def state(self) -> SaveState:
        """Worked out anew each time: the same report in the window and on the disk, or not."""
        if not self.unsaved:
            return SaveState(saved_at=self._saved_at)
        oldest = self._saving or self._waiting
        late = self._reason or (oldest.items and oldest.age > LATE_SECONDS)
        return SaveState(True, self._warning(oldest.since) if late else "", self._saved_at)

    def _warning(self, since: datetime) -> str:
        """“有 3 处修改尚未保存（自 10:42 起）：磁盘空间不足”."""
        count = len(edit_between(self.on_disk, self._editor.now.report, "").changes)
        what = f"有 {count} 处修改尚未保存（自 {since:%H:%M} 起）" if count else "尚未保存"
        return f"{what}：{self._reason}" if self._reason else what

    @property
    def _in_line(self) -> list[Edit | VersionMark]:
        return (self._saving.items if self._saving else []) + self._waiting.items

    @property
    def on_disk(self) -> Report:
        """The report as it was saved or read here last: what it is now without what waits."""
        report = self._ahead
        for item in reversed(self._in_line):
            if isinstance(item, Edit):
                report = item.inverse().applied_to(report)
        return report

    # -- into the line

    def _changed(self, now: Snapshot, edit: Edit) -> None:
        if self._carrying:
            return
        if self._edited_on != (today := date.today()):
            self._edited_on = today
            self._put(VersionMark(DAY))
        if len(edit.changes) >= LARGE_BATCH:
            self._put(VersionMark(BEFORE, edit.name))
        self._put(edit)
        self._ahead = edit.applied_to(self._ahead)
        self._catch_up()
        self._start()

    def _catch_up(self) -> None:
        """Edits of which no word came, because something raised before it: what they led to goes into the line."""
        now = self._editor.now.report
        if self._ahead is not now:
            missed = edit_between(self._ahead, now, FOUND_ACT)
            if missed.changes:
                self._put(missed)
            self._ahead = now

    def _put(self, item: Edit | VersionMark) -> None:
        if not self._waiting.items:
            self._waiting = _Batch()
        self._waiting.items.append(item)

    def _start(self) -> None:
        if not self._timer.isActive() and not self._saving:
            self._timer.start(SAVE_DELAY_MS)

    def _wait_with(self, item: Edit | VersionMark) -> None:
        self._put(item)
        self._start()

    def look(self) -> None:
        """Save what nobody is saving, whatever became of the word, the timer or the thread."""
        if self._closed:
            return
        self._catch_up()
        self._take_back()
        if self._waiting.items and not self._timer.isActive():
            self.save_now()
        self.looked.emit()

    def _take_back(self) -> None:
        """What was handed to the worker, where it is over and no word came, or the thread is dead."""
        if self._saving is None:
            return
        job = self._job
        if job is not None and job.done():
            error = CancelledError() if job.cancelled() else job.exception()
            if error is None:
                self._done()
            else:
                self._failed(error)
        elif job is None or self._worker.is_dead:
            self._worker = Worker("autosave", self)
            self._back_in_line()
            self._timer.stop()

    def hold(self, *, on: bool = True) -> bool:
        """Save nothing while what is here and on the disk are being compared. Whether no save is under way."""
        self._held = on
        if not on and self._waiting.items:
            self._timer.start(SAVE_DELAY_MS)
        return not self._saving

    def carry_out(self, edit: Edit, saved_as: Sequence[Edit | VersionMark], *, afresh: bool = False) -> None:
        """An edit that is saved by other steps, which lead to the same; `afresh`: they hold all that waits, too."""
        self._carrying = True
        try:
            self._editor.do(edit)
        finally:
            self._carrying = False
        if afresh:
            self._waiting = _Batch()
        for item in saved_as:
            self._put(item)
        self._ahead = self._editor.now.report
        self._held = False
        self.save_now()

    def keep(self, kind: str, name: str = "") -> None:
        """What the report is now becomes a version, with the next save; an export may end after the draft was left."""
        if not self._closed:
            self._wait_with(VersionMark(kind, name))

    def write_again(self, edit: Edit) -> None:
        """Save what the window shows already; nothing in it changes."""
        self._wait_with(edit)

    def _look_for_damage(self) -> None:
        if not self._closed:
            self._worker.run(lambda: self.drafts.disagreements(self.draft_id), self._tell_damage, lambda _: None)

    def _tell_damage(self, places: list[tuple[str, str]]) -> None:
        if places and not self._closed:
            self.damaged.emit(places)

    # -- onto the disk

    def save_now(self) -> None:
        """Hand what waits to the worker, unless it is still busy; then it goes next."""
        self._timer.stop()
        if self._saving or self._held or not self._waiting.items:
            return
        batch, counts = self._waiting, self._counts()
        self._saving, self._waiting, self._job = batch, _Batch(), None
        items = list(batch.items)

        def over(act: Callable[[], None]) -> None:
            if self._saving is batch:            # else it was saved at once meanwhile, this word comes late
                act()

        try:
            self._job = self._worker.run(lambda: self._save(items, counts), lambda _: over(self._done),
                                         lambda error: over(lambda: self._failed(error)))
        except RuntimeError as error:            # no thread could be begun
            self._worker = Worker("autosave", self)
            self._failed(error)

    def _save(self, items: list[Edit | VersionMark], counts: Outstanding | None) -> None:
        """In the worker. Once in a while what need not be kept of the past goes, after the save; where it does not,
        that is no failed save: the next sitting tries again."""
        self.drafts.save(self.draft_id, items, counts)
        if not self._thinned:
            self._thinned = True
            try:
                self.drafts.thin(self.draft_id)
            except UserError:                    # as where another window is just writing
                return
            except Exception as error:
                sys.excepthook(type(error), error, error.__traceback__)

    def _counts(self) -> Outstanding | None:
        """What the list of drafts says; where that cannot be worked out the report is saved without it."""
        try:
            return count_outstanding(self._editor.now)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            return None

    def _done(self) -> None:
        self._saving, self._reason = None, ""
        self._catch_up()
        if self._waiting.items:
            self._timer.start(SAVE_DELAY_MS)
        else:
            self._tell_saved()

    def _tell_saved(self) -> None:
        self._saved_at, self._reason = datetime.now(), ""
        self.saved.emit(self._saved_at)

    def _back_in_line(self) -> None:
        if self._saving is not None:
            self._waiting, self._saving = self._saving.followed_by(self._waiting), None

    def _failed(self, error: BaseException) -> None:
        self._back_in_line()
        self._reason = error.sentence if isinstance(error, UserError) else f"没有保存上：{error}"
        self.failed.emit(self._reason)
        if isinstance(error, ChangedElsewhereError):
            self.clashed.emit()
        self._timer.start(RETRY_MS)

    def save_at_once(self) -> bool:
        """Save what waits before this returns, and go on; False (and `failed`) where it could not be saved. If
        another window saved first, this report becomes a separate draft: nobody is there to merge it."""
        was_saving = self.is_saving
        left = self._stop_worker()
        self._worker = Worker("autosave", self)
        if left:
            try:
                self.drafts.save(self.draft_id, left, self._counts())
            except Exception as error:
                self._failed(error)
                return isinstance(error, ChangedElsewhereError) and self.rescue()
            self._waiting = _Batch()
        if left or was_saving:
            self._tell_saved()
        return True

    def _stop_worker(self) -> list[Edit | VersionMark]:
        """Until the worker has ended; all that is in line then. What it has saved is on the disk though its word is
        still on the way: to save it again would be refused where another window has saved since."""
        self._timer.stop()
        self._worker.wait()
        job = self._job
        if job is not None and job.done() and not job.cancelled() and job.exception() is None:
            self._saving = None
        self._catch_up()
        self._back_in_line()
        return self._waiting.items

    def rescue(self) -> bool:
        """The report as a draft beside this one; whether that could be saved."""
        report = self._editor.now.report
        if self._rescued == report:
            return True
        named = edit_of(report, "", [(Layer.DESK, "label", RESCUED_LABEL)]).applied_to(report)
        try:
            self.drafts.create(named, self._counts() or Outstanding())
        except UserError:
            return False
        self._rescued = report
        return True

    def close(self) -> bool:
        """Save what is left, here and now. False (and `failed`) where it could not be saved."""
        left = [*self._stop_worker(), *([VersionMark(CLOSING)] if self._edited_on else [])]
        if left:
            try:
                self.drafts.save(self.draft_id, left, self._counts())
            except Exception as error:
                self._worker = Worker("autosave", self)
                self._failed(error)
                return False
        self.give_up()
        if left:
            self._tell_saved()
        return True

    def give_up(self) -> None:
        """Nothing more is written: neither what waits nor what comes."""
        self._timer.stop()
        self._looks.stop()
        self._saving, self._waiting, self._closed = None, _Batch(), True
        self._editor.changed.disconnect(self._changed)

