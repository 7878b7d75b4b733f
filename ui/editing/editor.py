"""Session listener → Qt signal: the only bridge. And the one way for a widget to change a report."""

from __future__ import annotations

import itertools
from datetime import datetime

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QUndoStack

from govdesk.findings.reasons import key_of_finding
from govdesk.form.form import Form
from govdesk.printing import missing_glyphs
from govdesk.report.report import Edit, Key, Layer, Report, is_same_on_paper
from govdesk.session.session import Session, Snapshot
from ui.editing.commands import EditCommand, push_command

COMPOSING = "输入法里的字还没有上屏"
_runs = itertools.count(1)


class _EntrySignal(QObject):
    """Says that one entry has changed."""

    changed = Signal()


class Editor(QObject):
    """An open report for widgets: what it is now, one undo stack, and a signal after each change."""

    changed = Signal(object, object)         # Snapshot, Edit
    unfinished_changed = Signal()            # `unfinished` says something else
    exported_changed = Signal()              # `exported` is another

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.stack = QUndoStack(self)
        self.unrecorded: dict[str, str] = {}     # reasons that are written but not recorded, by the finding's key
        self.exported: tuple[datetime, Report] | None = None     # when it was exported last, and what it was then
        self._held: dict[str, str] = {}          # what stands in the fields of a page only, in words, by page
        self._composed: set[object] = set()      # fields into which an input method composes a word
        self._run = next(_runs)
        self._entries: dict[tuple[Layer, Key], _EntrySignal] = {}
        session.listen(self._tell)

    @property
    def form(self) -> Form:
        return self.session.form

    @property
    def now(self) -> Snapshot:
        return self.session.now

    @property
    def is_as_exported(self) -> bool:
        """Whether a print-out of now would be the one that was exported last."""
        return self.exported is not None and is_same_on_paper(self.exported[1], self.now.report)

    def set_exported(self, last: tuple[datetime, Report] | None) -> None:
        """An export is done: when, and of which report."""
        self.exported = last
        self.exported_changed.emit()

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What is typed and not in the report, in words: a figure that is being typed, a word that an input method
        composes, reasons not recorded."""
        asked = {key_of_finding(cause.lead) for cause in self.now.causes}
        waiting = sum(key in asked for key in self.unrecorded)
        return (*filter(None, (*self._held.values(), self.composing)),
                *([f"{waiting} 条理由没有记下"] if waiting else []))

    @property
    def in_the_way(self) -> tuple[str, ...]:
        """What keeps a report from being ready though the rules find nothing: what is unfinished, and what would not be
        printed."""
        return (*self.unfinished, *missing_glyphs.explain_in_the_way(self.now))

    @property
    def held(self) -> bool:
        """Whether a figure is being typed, or one cannot be taken over."""
        return any(self._held.values())

    @property
    def composing(self) -> str:
        """That an input method has a word open, in words; “” where none has."""
        return COMPOSING if self._composed else ""

    def note_composing(self, field: object, *, on: bool) -> None:
        """An input method composes a word in a field, or no longer does."""
        was = self.composing
        (self._composed.add if on else self._composed.discard)(field)
        if self.composing != was:
            self.unfinished_changed.emit()

    def hold(self, where: str, words: str) -> None:
        """Something is typed on the page `where` that is not in the report; “” when it is there or given up."""
        if self._held.get(where, "") != words:
            self._held[where] = words
            self.unfinished_changed.emit()

    def note_reason(self, key: str, typed: str) -> None:
        """What is written for a finding and not recorded; “” when it is recorded or given up."""
        known = key in self.unrecorded
        if typed:
            self.unrecorded[key] = typed
        else:
            self.unrecorded.pop(key, None)
        if known != bool(typed):
            self.unfinished_changed.emit()

    def do(self, edit: Edit) -> None:
        """Carry out an edit as one undo step."""
        if edit.changes:
            self.seal()
            push_command(self.stack, EditCommand(self.session, edit))

    def type(self, edit: Edit) -> None:
        """Carry out an edit of one field that joins the typing before it, until `seal`."""
        if edit.changes:
            push_command(self.stack, EditCommand(self.session, edit, self._run))

    def seal(self) -> None:
        """End a run of typing: what follows is another undo step."""
        self._run = next(_runs)

    def entry_changed(self, layer: Layer, key: Key) -> SignalInstance:
        """The signal that this entry has changed; it is sent before `changed`. A field connects to it, so that an edit
        asks none of the fields that it does not concern."""
        signal = self._entries.get((layer, key))
        if signal is None:
            signal = self._entries[layer, key] = _EntrySignal(self)
        return signal.changed

    def _tell(self, snapshot: Snapshot, edit: Edit) -> None:
        for entry in dict.fromkeys((change.layer, change.key) for change in edit.changes):
            if entry in self._entries:
                self._entries[entry].changed.emit()
        self.changed.emit(snapshot, edit)
