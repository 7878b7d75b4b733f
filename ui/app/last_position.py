"""Remembers the open draft and cursor, so that the next start can restore them.

The place is looked at once a second and written, where it has changed, by a thread: a keystroke knows nothing of it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.common.worker import Worker
    from ui.shell.main_window import MainWindow

FILE = "govdesk.place"
LOOK = 1000                                  # ms between two looks at where the cursor is
SOUND = 30                                   # looks after which a draft that was opened by itself is no danger


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
        from ui.common.worker import Worker

        if self._worker is None:
            self._worker = Worker("place", self)
        return self._worker

    def _place(self) -> Place | None:
        wizard, saver, last = self._window.wizard, self._window.autosave, self._written
        if wizard is None or saver is None:
            return last and last._replace(is_open=False)
        from govdesk.form.form import Address

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
    from govdesk.form.form import Address

    wizard = window.wizard
    with suppress(ValueError):
        wizard.enter_item(place.item)
        address = Address.parse(place.at) if place.at else None
        if address in wizard.editor.form.cells:
            wizard.go_to(address)
    return True


def _tell_unfinished(window: MainWindow, folder: Path) -> None:
    """Where another window has the drafts open, what is noted there may still be under way."""
    from ui.common.unfinished import take_left

    if window.lock is None or not window.lock.isLocked():
        return
    said = take_left(folder)
    if said:
        from ui.widgets.notification_bar import notices_of

        notices_of(window).say("unfinished", "".join(said), [])


def end(window: MainWindow) -> None:
    """The program ends: by its window, or because the system is shut down with the draft still open."""
    if window.autosave is not None and window.wizard is not None:
        window.wizard.commit()
        window.autosave.close()
    if window.keeper is not None:
        window.keeper.close()
