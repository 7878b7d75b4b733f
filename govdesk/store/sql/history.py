"""Defines the versions of a draft and how they are thinned.

A version holds no rows of its own. The journal has each entry's values by the draft's revision (a count, so a clock set
back does no harm); the report as it was at revision R is the last value of each entry up to R.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from govdesk.report.history import VERSION_KINDS
from govdesk.report.report import CELL_LAYERS, Edit, Layer
from govdesk.store.sql.rows import Changes, changes_of
from govdesk.store.sql.text_codec import decode_text

NAMED, DAY, BEFORE, EXPORTED, CLOSING, RESTORED, CARRIED, JOINED = VERSION_KINDS
KEPT_FOR_EVER = frozenset({NAMED, EXPORTED, CARRIED, JOINED})      # the last two tell what a file has of ours
KEPT_BY_THE_WAY = frozenset({DAY, CLOSING})  # not worth a line where the moment has one already
RUN_SECONDS = 60.0                       # seconds within which the saves of one text are one value of its past

DAYS, MONTHS = 60, 120                   # so many of them keep their last version
NEWEST_KEPT = 40                         # versions that are always kept

ActNames = Mapping[tuple[str, str], str]  # (layer, key) → the act that said the last word


class VersionMark(NamedTuple):
    """Between two edits: what was saved until here is kept as a version."""

    kind: str
    name: str = ""


class Version(NamedTuple):
    revision: int
    kind: str
    name: str
    at: datetime                         # UTC


class Moment(NamedTuple):
    """One value of an entry; None: it was blank from then on."""

    value: str | None
    at: datetime                         # UTC
    act: str


class MarkedEdits(NamedTuple):
    """Edits without a mark between them, and the marks that follow."""

    edits: tuple[Edit, ...]
    marks: tuple[VersionMark, ...]


def split_at_marks(items: Iterable[Edit | VersionMark]) -> Iterator[MarkedEdits]:
    edits: list[Edit] = []
    marks: list[VersionMark] = []
    for item in items:
        if isinstance(item, VersionMark):
            marks.append(item)
            continue
        if marks:
            yield MarkedEdits(tuple(edits), tuple(marks))
            edits, marks = [], []
        edits.append(item)
    if edits or marks:
        yield MarkedEdits(tuple(edits), tuple(marks))


def last_acts(edits: Iterable[Edit]) -> ActNames:
    """The name of the act that said the last word on each entry."""
    return {(change.layer.value, str(change.key)): edit.name for edit in edits for change in edit.changes}


def changed_by(edits: tuple[Edit, ...]) -> tuple[Changes, ActNames]:
    return changes_of(edits), last_acts(edits)


def is_typed_in_runs(layer: str) -> bool:
    """Whether saves of such an entry follow each other while it is being typed."""
    return Layer(layer) not in CELL_LAYERS


def version_of_row(row: tuple[Any, ...]) -> Version:
    revision, kind, name, at = row
    return Version(int(revision), kind, decode_text(name), parse_moment(at))


def moment_of_row(row: tuple[Any, ...]) -> Moment:
    value, at, act = row
    return Moment(None if value is None else decode_text(value), parse_moment(at), decode_text(act))


def parse_moment(text: object) -> datetime:
    try:
        found = datetime.fromisoformat(decode_text(text))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def find_superfluous_versions(versions: Iterable[Version]) -> list[Version]:
    """What thinning takes away. Kept are the newest 40; what was named, exported or carried; and of what is older the
    last of each day for 60 days that have one, then the last of each month for 120 months. Counted, not dated: a clock
    that was wrong for a day empties nothing."""
    newest_first = sorted(versions, key=lambda v: v.revision, reverse=True)
    days: set[str] = set()
    months: set[str] = set()
    gone = []
    for place, found in enumerate(newest_first):
        day = f"{found.at.astimezone():%Y-%m-%d}"
        month = day[:7]
        keeps = place < NEWEST_KEPT or found.kind in KEPT_FOR_EVER
        if day not in days and len(days) < DAYS:
            days.add(day)
            keeps = True
        if month not in months and len(months) < MONTHS:
            months.add(month)
            keeps = True
        if not keeps:
            gone.append(found)
    return gone
