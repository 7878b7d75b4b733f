"""Session listener → Qt signal: the only bridge. And the one way for a widget to change a report."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from govdesk.form import Form
from govdesk.report import Edit
from govdesk.session import Session, Snapshot
from ui.undo import EditCommand, push

_runs = itertools.count(1)


class Editor(QObject):
    """An open report for widgets: what it is now, one undo stack, and a signal after each change."""

    changed = Signal(object, object)         # Snapshot, Edit

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.stack = QUndoStack(self)
        self.unrecorded: dict[str, str] = {}     # reasons that are written but not recorded, by the finding's key
        self._run = next(_runs)
        session.listen(self._tell)

    @property
    def form(self) -> Form:
        return self.session.form

    @property
    def now(self) -> Snapshot:
        return self.session.now

    def do(self, edit: Edit) -> None:
        """Carry out an edit as one undo step."""
        if edit.changes:
            self.seal()
            push(self.stack, EditCommand(self.session, edit))

    def type(self, edit: Edit) -> None:
        """Carry out an edit of one field that joins the typing before it, until `seal`."""
        if edit.changes:
            push(self.stack, EditCommand(self.session, edit, self._run))

    def seal(self) -> None:
        """End a run of typing: what follows is another undo step."""
        self._run = next(_runs)

    def _tell(self, snapshot: Snapshot, edit: Edit) -> None:
        self.changed.emit(snapshot, edit)
