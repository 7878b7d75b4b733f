"""Every edit is saved by itself within a second, in one transaction, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from govdesk.errors import UserError
from govdesk.report import Edit, Layer, Report, edit_of
from govdesk.session import Snapshot
from govdesk.standing import standing
from govdesk.store.drafts import Drafts, Outstanding
from govdesk.store.errors import ChangedElsewhereError
from govdesk.store.history import BEFORE, CLOSING, DAY, Mark
from ui.bridge import Editor
from ui.task import Worker

DELAY = 300                                  # ms from the first unsaved edit to the save
RETRY = 3000                                 # ms until a failed save is tried again
DAMAGE_LOOK = 700                            # ms after opening, when the first page is there
LARGE = 10                                   # entries changed by one act, from which the moment before is kept

RESCUED = "未合并的修改"                     # a draft of what could not be saved into its own


class Autosave(QObject):
    """Watches an editor and saves its edits into a draft. What failed to be saved stays in line and is tried again."""

    saved = Signal(object)                   # datetime, local: all that was typed until then is on the disk
    failed = Signal(str)                     # a sentence; the window keeps the work
    damaged = Signal(object)                 # [(layer, key)] of what is not as it was saved
    clashed = Signal()                       # `failed`, because another window has saved the draft

    def __init__(self, drafts: Drafts, draft_id: int, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drafts, self.draft_id = drafts, draft_id
        self._editor = editor
        self._waiting: list[Edit | Mark] = []
        self._saving: list[Edit | Mark] = []
        self._thinned = self._closed = self._held = False
        self._rescued: Report | None = None  # what `rescue` has kept
        self._edited_on: date | None = None  # the day of the last edit here
        self._worker = Worker("autosave", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save_now)
        editor.changed.connect(self._changed)
        QTimer.singleShot(DAMAGE_LOOK, self, self._look_for_damage)

    @property
    def unsaved(self) -> bool:
        return bool(self._waiting or self._saving)

    def _changed(self, _: Snapshot, edit: Edit) -> None:
        if self._edited_on != (today := date.today()):
            self._edited_on = today
            self._waiting.append(Mark(DAY))
        if len(edit.changes) >= LARGE:
            self._waiting.append(Mark(BEFORE, edit.name))
        self._wait_with(edit)

    @property
    def on_disk(self) -> Report:
        """The report as it was saved or read here last: what it is now without what waits."""
        report = self._editor.now.report
        for item in reversed(self._saving + self._waiting):
            if isinstance(item, Edit):
                report = item.inverse().applied_to(report)
        return report

    def hold(self, *, on: bool = True) -> bool:
        """Save nothing while what is here and on the disk are being compared. Whether no save is under way."""
        self._held = on
        if not on and self._waiting:
            self._timer.start(DELAY)
        return not self._saving

    def carry_out(self, edit: Edit, saved_as: Sequence[Edit | Mark], *, afresh: bool = False) -> None:
        """An edit that is saved by other steps, which lead to the same; `afresh`: they hold all that waits, too."""
        self._editor.changed.disconnect(self._changed)
        self._editor.do(edit)
        self._editor.changed.connect(self._changed)
        self._waiting = [*([] if afresh else self._waiting), *saved_as]
        self._held = False
        self.save_now()

    def keep(self, kind: str, name: str = "") -> None:
        """What the report is now becomes a version, with the next save; an export may end after the draft was left."""
        if not self._closed:
            self._wait_with(Mark(kind, name))

    def _look_for_damage(self) -> None:
        if not self._closed:
            self._worker.run(lambda: self.drafts.disagreements(self.draft_id), self._tell_damage, lambda _: None)

    def _tell_damage(self, places: list[tuple[str, str]]) -> None:
        if places and not self._closed:
            self.damaged.emit(places)

    def write_again(self, edit: Edit) -> None:
        """Save what the window shows already; nothing in it changes."""
        self._wait_with(edit)

    def _wait_with(self, item: Edit | Mark) -> None:
        self._waiting.append(item)
        if not self._timer.isActive() and not self._saving:
            self._timer.start(DELAY)

    def save_now(self) -> None:
        """Hand what waits to the worker, unless it is still busy; then it goes next."""
        self._timer.stop()
        if self._saving or self._held or not self._waiting:
            return
        self._saving, self._waiting = self._waiting, []
        batch, items, counts = self._saving, list(self._saving), outstanding(self._editor.now)

        def over(act: Callable[[], None]) -> None:
            if self._saving is batch:            # else it was saved at once meanwhile, this word comes late
                act()

        self._worker.run(lambda: self._save(items, counts), lambda _: over(self._done),
                         lambda error: over(lambda: self._failed(error)))

    def _save(self, items: list[Edit | Mark], counts: Outstanding) -> None:
        """In the worker. Once in a while what need not be kept of the past goes, after the save."""
        self.drafts.save(self.draft_id, items, counts)
        if not self._thinned:
            self._thinned = True
            self.drafts.thin(self.draft_id)

    def _done(self) -> None:
        self._saving = []
        if self._waiting:
            self._timer.start(DELAY)
        else:
            self.saved.emit(datetime.now())

    def _failed(self, error: BaseException) -> None:
        self._waiting, self._saving = self._saving + self._waiting, []
        self.failed.emit(error.sentence if isinstance(error, UserError) else f"没有保存上：{error}")
        if isinstance(error, ChangedElsewhereError):
            self.clashed.emit()
        self._timer.start(RETRY)

    def save_at_once(self) -> bool:
        """Save what waits before this returns, and go on; False (and `failed`) where it could not be saved. What
        another window was before of is kept as a draft of its own: nobody is there to merge it."""
        self._timer.stop()
        self._worker.wait()
        self._worker = Worker("autosave", self)
        left = self._saving + self._waiting
        self._saving, self._waiting = [], left
        if left:
            try:
                self.drafts.save(self.draft_id, left, outstanding(self._editor.now))
            except Exception as error:
                self._failed(error)
                return isinstance(error, ChangedElsewhereError) and self.rescue()
            self._waiting = []
            self.saved.emit(datetime.now())
        return True

    def rescue(self) -> bool:
        """The report as a draft beside this one; whether that could be saved."""
        report = self._editor.now.report
        if self._rescued == report:
            return True
        named = edit_of(report, "", [(Layer.DESK, "label", RESCUED)]).applied_to(report)
        try:
            self.drafts.create(named, outstanding(self._editor.now))
        except UserError:
            return False
        self._rescued = report
        return True

    def close(self) -> bool:
        """Save what is left, here and now. False (and `failed`) where it could not be saved."""
        self._timer.stop()
        self._worker.wait()
        left = self._saving + self._waiting
        if self._edited_on:
            left.append(Mark(CLOSING))
        if left:
            try:
                self.drafts.save(self.draft_id, left, outstanding(self._editor.now))
            except Exception as error:
                self._worker = Worker("autosave", self)
                self._failed(error)
                return False
        self.give_up()
        if left:
            self.saved.emit(datetime.now())
        return True

    def give_up(self) -> None:
        """Nothing more is written: neither what waits nor what comes."""
        self._timer.stop()
        self._saving, self._waiting, self._closed = [], [], True
        self._editor.changed.disconnect(self._changed)


def outstanding(snap: Snapshot) -> Outstanding:
    """What the list of drafts says of a report."""
    return Outstanding(snap.blanks, standing(snap).off)
