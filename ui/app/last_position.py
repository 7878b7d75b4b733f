"""Remembers the open draft and cursor, so that the next start can restore them.

The place is looked at once a second and written, where it has changed, by a thread: a keystroke knows nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from govdesk.drafts.last_position import LastPlace, PlaceRecord, write_last_place
from ui.editing.workspace import Workspace

if TYPE_CHECKING:                            # waits until a draft was opened
    from ui.common.worker import Worker

LOOK = 1000                                  # ms between two looks at where the cursor is


class LastPosition(QObject):
    """Writes the place down as it changes."""

    def __init__(self, workspace: Workspace, before: LastPlace | None) -> None:
        super().__init__(workspace)
        self._workspace, self._record = workspace, PlaceRecord(before)
        self._worker: Worker | None = None
        workspace.closing.connect(lambda _: self.look())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)

    def look(self) -> None:
        """Has the place written where it is another than before."""
        place = self._record.look(self._now())
        if place is not None:
            folder = self._workspace.folder
            self._thread().run(lambda: write_last_place(folder, place), lambda _: None, lambda _: None)

    def _thread(self) -> Worker:
        from ui.common.worker import Worker

        if self._worker is None:
            self._worker = Worker("place", self)
        return self._worker

    def _now(self) -> tuple[int, str, str] | None:
        draft = self._workspace.open
        if draft is None:
            return None
        from govdesk.form.form import Address

        at = draft.view.place()
        return draft.draft_id, draft.view.at[1].item, str(at) if isinstance(at, Address) else ""

    def reopen(self, place: LastPlace) -> None:
        """Notes, at once, that the draft of this place is about to be opened by itself."""
        write_last_place(self._workspace.folder, self._record.reopen(place))

    def close(self) -> None:
        """On leaving the program: writes here and now."""
        self._timer.stop()
        if self._worker is not None:
            self._worker.wait()
        place = self._record.close()
        if place is not None:
            write_last_place(self._workspace.folder, place)

