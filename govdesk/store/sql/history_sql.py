"""Reads and writes the tables `journal` and `version`, with SQLAlchemy Core."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Integer, and_, bindparam, delete, exists, func, insert, literal, select

from govdesk.report.history import DraftHistory, KeptVersion, PastValue
from govdesk.report.report import Layer
from govdesk.store.sql import history
from govdesk.store.sql.history import ActNames, Moment, Version, VersionMark
from govdesk.store.sql.rows import Changes, Rows
from govdesk.store.sql.tables import ExactText, entry, journal, version

HOUR, DAY, MONTH = 13, 10, 7             # so much of “2026-01-05T09:30” says which one
_RUNS = [layer.value for layer in Layer if history.is_typed_in_runs(layer.value)]
_OF_DRAFT = bindparam("of_draft", type_=Integer)
_OF_LAYER, _OF_KEY = bindparam("of_layer", type_=ExactText), bindparam("of_key", type_=ExactText)

_NOTE = insert(journal)
# A text that is being typed: the value before, if nothing was kept of that moment.
_other = journal.alias("other")
_NEWEST_VALUE = (select(func.max(_other.c.revision))
                 .where(_other.c.draft_id == _OF_DRAFT, _other.c.layer == _OF_LAYER, _other.c.key == _OF_KEY))
_NEWEST_VERSION = select(func.coalesce(func.max(version.c.revision), 0)).where(version.c.draft_id == _OF_DRAFT)
_FORGET_RUN = delete(journal).where(
    journal.c.draft_id == _OF_DRAFT, journal.c.layer == _OF_LAYER, journal.c.key == _OF_KEY,
    journal.c.act == bindparam("of_act"), journal.c.at > bindparam("since"), journal.c.at <= bindparam("now"),
    journal.c.revision == _NEWEST_VALUE.scalar_subquery(), journal.c.revision > _NEWEST_VERSION.scalar_subquery())
_VERSIONS = (select(version.c.revision, version.c.kind, version.c.name, version.c.at)
             .where(version.c.draft_id == _OF_DRAFT)
             .order_by(version.c.revision.desc(), version.c.kind))
_MOMENTS = (select(journal.c.value, journal.c.at, journal.c.act)
            .where(journal.c.draft_id == _OF_DRAFT, journal.c.layer == _OF_LAYER, journal.c.key == _OF_KEY)
            .order_by(journal.c.revision.desc()))
_ALL_VALUES = (select(*(journal.c[name] for name in PastValue._fields)).where(journal.c.draft_id == _OF_DRAFT)
               .order_by(journal.c.layer, journal.c.key, journal.c.revision))
_UNMARK = delete(version).where(*(column == bindparam(f"of_{column.name}") for column in version.primary_key))


def note_values(connection: Connection, draft_id: int, when: tuple[int, str], changes: Changes, acts: ActNames) -> None:
    """The new values of entries at a revision and moment, in the transaction that saves them."""
    revision, at = when
    rows = [{"draft_id": draft_id, "layer": layer, "key": key, "revision": revision, "value": value, "at": at,
             "act": acts.get((layer, key), "")} for (layer, key), value in changes.items()]
    since = (datetime.fromisoformat(at) - timedelta(seconds=history.RUN_SECONDS)).isoformat(timespec="milliseconds")
    runs = [{"of_draft": draft_id, "of_layer": row["layer"], "of_key": row["key"], "of_act": row["act"],
             "since": since, "now": at} for row in rows if history.is_typed_in_runs(str(row["layer"]))]
    if runs:
        connection.execute(_FORGET_RUN, runs)
    if rows:
        connection.execute(_NOTE, rows)


def begin_history(connection: Connection, draft_id: int, revision: int, at: str, act: str) -> None:
    """The entries of a draft as the first values of its past."""
    rows = select(literal(draft_id), entry.c.layer, entry.c.key, literal(revision), entry.c.value, literal(at),
                  literal(act)).where(entry.c.draft_id == draft_id)
    connection.execute(insert(journal).from_select(
        ["draft_id", "layer", "key", "revision", "value", "at", "act"], rows))


def read_history(connection: Connection, draft_id: int) -> tuple[tuple[PastValue, ...], tuple[KeptVersion, ...]]:
    """The whole past of a draft, values by layer, key and revision."""
    values = connection.execute(_ALL_VALUES, {"of_draft": draft_id})
    kept = connection.execute(_VERSIONS, {"of_draft": draft_id})
    return tuple(PastValue(*row) for row in values), tuple(KeptVersion(*row) for row in kept)


def put_history(connection: Connection, draft_id: int, past: DraftHistory, shift: int = 0) -> None:
    """A past from elsewhere, its revisions counted on by `shift`."""
    values = [_row(draft_id, shift, was) for was in past.values]
    kept = [_row(draft_id, shift, of) for of in past.versions]
    if values:
        connection.execute(insert(journal), values)
    if kept:
        connection.execute(insert(version), kept)


def _row(draft_id: int, shift: int, of: PastValue | KeptVersion) -> dict[str, object]:
    return {**dict(zip(of._fields, of, strict=True)), "draft_id": draft_id, "revision": of.revision + shift}


def mark_version(connection: Connection, draft_id: int, revision: int, at: str, wanted: VersionMark) -> None:
    if wanted.kind in history.KEPT_BY_THE_WAY and any(v.revision == revision for v
                                                      in list_versions(connection, draft_id)):
        return
    if wanted.kind == history.EXPORTED:
        revision = _end_of_export(connection, draft_id, revision, wanted.name)
    unmark_version(connection, draft_id, revision, wanted.kind)  # it may be kept under another name
    connection.execute(insert(version), {"draft_id": draft_id, "revision": revision, "kind": wanted.kind, "at": at,
                                         "name": wanted.name})


def _end_of_export(connection: Connection, draft_id: int, revision: int, name: str) -> int:
    """The revision that was exported: what the draft was when the export under this name began. The mark of that
    moment goes, for the export says more of it."""
    begun = [v.revision for v in list_versions(connection, draft_id)
             if v.kind == history.BEFORE and name and v.name == name]
    if begun:
        unmark_version(connection, draft_id, max(begun), history.BEFORE)
        return max(begun)
    newest = select(func.max(journal.c.revision)).where(journal.c.draft_id == draft_id).scalar_subquery()
    connection.execute(delete(version).where(version.c.draft_id == draft_id, version.c.kind == history.BEFORE,
                                             version.c.revision >= newest))
    return revision


def unmark_version(connection: Connection, draft_id: int, revision: int, kind: str) -> None:
    connection.execute(_UNMARK, {"of_draft_id": draft_id, "of_revision": revision, "of_kind": kind})


def list_versions(connection: Connection, draft_id: int) -> list[Version]:
    return [history.version_of_row(tuple(row)) for row in connection.execute(_VERSIONS, {"of_draft": draft_id})]


def rows_at(connection: Connection, draft_id: int, revision: int) -> Rows:
    """The entries as they were at a revision."""
    last = (select(journal.c.layer, journal.c.key, func.max(journal.c.revision).label("revision"))
            .where(journal.c.draft_id == draft_id, journal.c.revision <= revision)
            .group_by(journal.c.layer, journal.c.key).subquery())
    found = connection.execute(
        select(journal.c.layer, journal.c.key, journal.c.value)
        .join(last, and_(journal.c.layer == last.c.layer, journal.c.key == last.c.key,
                         journal.c.revision == last.c.revision))
        .where(journal.c.draft_id == draft_id))
    return {(layer, key): value for layer, key, value in found if value is not None}


def list_moments(connection: Connection, draft_id: int, layer: str, key: str) -> list[Moment]:
    found = connection.execute(_MOMENTS, {"of_draft": draft_id, "of_layer": layer, "of_key": key})
    return [history.moment_of_row(tuple(row)) for row in found]


def thin_history(connection: Connection, draft_id: int, now: datetime) -> None:
    """Versions by `history.find_superfluous_versions`; of texts the values that no version shows: after a day the last
    of each hour, after a week of each day, after 60 days of each month. Values of cells are small and stay. So many
    days of work must have followed too: a clock that is wrong for some days thins nothing before its time."""
    for gone in history.find_superfluous_versions(list_versions(connection, draft_id)):
        unmark_version(connection, draft_id, gone.revision, gone.kind)
    for age, worked, width in ((1, 2, HOUR), (7, 7, DAY), (history.DAYS, 20, MONTH)):
        begun = _begun(connection, draft_id, worked)
        if begun is None:
            return                           # fewer days of work than that
        before = (now - timedelta(days=age)).isoformat(timespec="milliseconds")
        _thin_texts(connection, draft_id, (before, begun), width)


def _begun(connection: Connection, draft_id: int, days: int) -> int | None:
    """The revision with which the last so many days of work began; None: there are fewer."""
    day = func.substr(journal.c.at, 1, DAY)
    found: int | None = connection.scalar(
        select(func.min(journal.c.revision)).where(journal.c.draft_id == draft_id)
        .group_by(day).order_by(func.max(journal.c.revision).desc()).limit(1).offset(days - 1))
    return found


def _thin_texts(connection: Connection, draft_id: int, until: tuple[str, int], width: int) -> None:
    """Of a text's values before a moment and a revision, those that no version shows and that have a later one within
    the same hour, day or month."""
    before, begun = until
    later = journal.alias("later")
    shown = exists().where(version.c.draft_id == journal.c.draft_id, version.c.revision >= journal.c.revision,
                           version.c.revision < later.c.revision).correlate(journal, later)
    followed = exists().where(
        later.c.draft_id == journal.c.draft_id, later.c.layer == journal.c.layer, later.c.key == journal.c.key,
        later.c.revision > journal.c.revision,
        func.substr(later.c.at, 1, width) == func.substr(journal.c.at, 1, width), ~shown).correlate(journal)
    connection.execute(delete(journal).where(
        journal.c.draft_id == draft_id, journal.c.layer.in_(_RUNS), journal.c.at < before, journal.c.revision < begun,
        followed))
