"""The one undo command: an Edit applied forwards or backwards."""

from __future__ import annotations

import sys

from PySide6.QtGui import QUndoCommand, QUndoStack

from govdesk.report.report import Change, Edit, is_same_entry
from govdesk.session.session import Session


class EditCommand(QUndoCommand):
    """An edit on the undo stack. `run` joins edits of one run of typing in the same field: equal numbers above 0
    merge, 0 never does."""

    def __init__(self, session: Session, edit: Edit, run: int = 0) -> None:
        super().__init__(edit.name)
        self.session, self.edit, self.run = session, edit, run
        self.pushed = False
        self.error: BaseException | None = None      # why the edit could not be carried out

    def redo(self) -> None:
        self._apply(self.edit)

    def undo(self) -> None:
        self._apply(self.edit.inverse()._replace(name=f"撤销 {self.edit.name}"))

    def _apply(self, edit: Edit) -> None:
        """What could not be carried out is no step of the stack: Qt drops a command that is obsolete. Nothing is raised
        into Qt, which would crash: `push_command` raises it afterwards, undo and redo report it."""
        try:
            self.session.apply(edit)
        except BaseException as error:
            self.setObsolete(True)
            if self.pushed:
                sys.excepthook(type(error), error, error.__traceback__)
            else:
                self.error = error

    def id(self) -> int:
        return 1 if self.run else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand) or other.run != self.run or other.isObsolete():
            return False
        merged = join_edits(self.edit, other.edit)
        if merged is None:
            return False
        self.edit = merged
        self.setObsolete(all(is_same_entry(c.before, c.after) for c in merged.changes))
        return True


def push_command(stack: QUndoStack, command: EditCommand) -> None:
    """Carry out a command as a step of the stack; raises what kept it from that."""
    stack.push(command)
    command.pushed = True
    if command.error is not None:
        raise command.error


def join_edits(first: Edit, second: Edit) -> Edit | None:
    """Two edits of the same single entry as one; None where they are of different entries."""
    if len(first.changes) != 1 or len(second.changes) != 1:
        return None
    one, two = first.changes[0], second.changes[0]
    if (one.layer, one.key) != (two.layer, two.key):
        return None
    return Edit(first.name, (Change(one.layer, one.key, one.before, two.after),))
