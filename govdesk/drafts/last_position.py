"""Where the clerk was when the program was left: a small file beside the drafts."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

LAST_PLACE_FILE = "govdesk.place"


class LastPlace(NamedTuple):
    """A draft, its page, a cell of it (“” for none); whether it is open; the number of automatic
    reopenings after crashes, so that a draft that crashes the program is not opened for ever."""

    draft: int
    item: str = ""
    at: str = ""
    is_open: bool = True
    again: int = 0


def read_last_place(folder: Path) -> LastPlace | None:
    """Reads the place. None where nothing is kept or it makes no sense."""
    try:
        found = json.loads((folder / LAST_PLACE_FILE).read_text(encoding="utf-8"))
        return LastPlace(*found) if [type(part) for part in found] == [int, str, str, bool, int] else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def write_last_place(folder: Path, place: LastPlace) -> None:
    """Writes the old or the new, never half of it. Not synced: a power cut may leave the place of a minute ago."""
    beside = folder / f"{LAST_PLACE_FILE}.tmp"
    with suppress(OSError):
        beside.write_text(json.dumps(place), encoding="utf-8")
        beside.replace(folder / LAST_PLACE_FILE)


class PlaceRecord:
    """What is written of the place, and what is to be written as it changes."""

    SOUND = 30                               # looks after which a draft that was opened by itself is no danger

    def __init__(self, written: LastPlace | None) -> None:
        self.written = written
        self._looks = 0

    def reopen(self, place: LastPlace) -> LastPlace:
        """Counts that the draft is about to be opened by itself, once more."""
        self.written, self._looks = place._replace(again=place.again + 1), 0
        return self.written

    def look(self, now: tuple[int, str, str] | None) -> LastPlace | None:
        """Notes draft, page and cell as they are, None where no draft is open. Gives the place that is to be written,
        None where nothing has changed."""
        self._looks += 1
        last = self.written
        if now is None:
            place = last and last._replace(is_open=False)
        else:
            again = last.again if last and last.draft == now[0] and self._looks < self.SOUND else 0
            place = LastPlace(*now, True, again)
        if place is None or place == last:
            return None
        self.written = place
        return place

    def close(self) -> LastPlace | None:
        """The place as an orderly end leaves it."""
        return self.written and self.written._replace(is_open=False, again=0)
