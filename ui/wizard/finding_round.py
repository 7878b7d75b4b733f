"""Goes round what is open in a report, for F8: causes first, then what is blank."""

from __future__ import annotations

from typing import NamedTuple

from govdesk.checks import Finding, State
from govdesk.findings.reasons import key_of_finding
from govdesk.form.form import Address
from govdesk.session.progress import open_causes
from govdesk.session.session import Snapshot

ONLY_ONE = "只有这一处了"
NOTHING_OPEN = "没有要改的，也没有空白"


class OpenStop(NamedTuple):
    """Something that is open, by the key of its finding, and where it can be looked at; `finding` is shown there, None
    for a blank."""

    key: str
    places: tuple[Address | str, ...]
    finding: Finding | None


class RoundStep(NamedTuple):
    """Where F8 leads, and a word where there is nothing else to lead to."""

    place: Address | str | None
    finding: Finding | None = None
    words: str = ""


class FindingRound:
    """Remembers what was looked at last, by its key: what is mended meanwhile drops out of the round."""

    def __init__(self) -> None:
        self._last = ""

    def go_on(self, now: Snapshot, at: Address | str | None) -> RoundStep:
        """The next that is open. Where it is the only one and the cursor (`at`) stands at it already, the next of its
        places, so that the key always leads on."""
        stops = list_stops(now)
        if not stops:
            return RoundStep(None, None, NOTHING_OPEN)
        keys = [stop.key for stop in stops]
        before = keys.index(self._last) if self._last in keys else -1
        stop = stops[(before + 1) % len(stops)]
        stays = len(stops) == 1 and at in stop.places
        place = stop.places[(stop.places.index(at) + 1) % len(stop.places) if stays and at is not None else 0]
        self._last = stop.key
        return RoundStep(place, stop.finding, ONLY_ONE if stays and len(stop.places) == 1 else "")


def list_stops(now: Snapshot) -> list[OpenStop]:
    """The causes that no reason answers, the gravest first, and what is blank."""
    causes = [OpenStop(key_of_finding(cause.lead), tuple(dict.fromkeys(cause.lead.places)), cause.lead)
              for cause in open_causes(now)]
    cells: list[Address | str] = [cell for cell in now.form.input_cells if now.figures[cell] is None]
    waiting = [place for f in now.findings if f.state is State.PENDING for place in f.places]
    places = tuple(dict.fromkeys(cells or waiting))
    blank = [OpenStop("blank", places, None)] if places else []
    return [*causes, *blank]
