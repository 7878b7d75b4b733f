"""The statements over `journal` and `version`, in SQLAlchemy Core, as in `core`."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, literal, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from govdesk.report import Layer
from govdesk.store import history
from govdesk.store.compiled import Statement
from govdesk.store.history import Acts, Mark, Moment, Version
from govdesk.store.rows import Changes, Rows
from govdesk.store.tables import KeptText, entry, journal, version
from govdesk.trail import Kept, Past, Was

_NOTE = Statement(insert(journal), journal.columns.keys())
# A text that is being typed: the value before, if nothing was kept of that moment.
_FORGET_RUN = Statement(text(
    "DELETE FROM journal WHERE draft_id = :draft AND layer = :layer AND key = :key AND act = :act"
    " AND at > :since AND at <= :now AND revision = (SELECT max(revision) FROM journal WHERE draft_id = :draft"
    " AND layer = :layer AND key = :key)"
    " AND revision > coalesce((SELECT max(revision) FROM version WHERE draft_id = :draft), 0)",
).bindparams(*(bindparam(name, type_=KeptText()) for name in ("layer", "key", "act"))))
_PUT_VERSION = upsert(version)
_MARK = _PUT_VERSION.on_conflict_do_update(set_={"at": _PUT_VERSION.excluded.at, "name": _PUT_VERSION.excluded.name})
_VERSIONS = (select(version.c.revision, version.c.kind, version.c.name, version.c.at)
             .where(version.c.draft_id == bindparam("of_draft"))
             .order_by(version.c.revision.desc(), version.c.kind))
_MOMENTS = (select(journal.c.value, journal.c.at, journal.c.act)
            .where(journal.c.draft_id == bindparam("of_draft"), journal.c.layer == bindparam("of_layer"),
                   journal.c.key == bindparam("of_key"))
            .order_by(journal.c.revision.desc()))
_ALL_VALUES = (select(*(journal.c[name] for name in Was._fields)).where(journal.c.draft_id == bindparam("of_draft"))
               .order_by(journal.c.layer, journal.c.key, journal.c.revision))
_FORGET_BEFORE = text(
    "DELETE FROM version WHERE draft_id = :draft AND kind = :kind"
    " AND revision >= (SELECT max(revision) FROM journal WHERE draft_id = :draft)")
_UNMARK = delete(version).where(*(column == bindparam(f"of_{column.name}") for column in version.primary_key))
# Of a text's values what no version shows, is older than a day of work, and has a later value within the same hour.
_THIN_TEXTS = text(
    "DELETE FROM journal WHERE draft_id = :draft AND layer IN (SELECT value FROM json_each(:layers)) AND at < :before"
    " AND revision < :begun"
    " AND EXISTS (SELECT 1 FROM journal AS later WHERE later.draft_id = journal.draft_id"
    "   AND later.layer = journal.layer AND later.key = journal.key AND later.revision > journal.revision"
    "   AND substr(later.at, 1, :width) = substr(journal.at, 1, :width)"
    "   AND NOT EXISTS (SELECT 1 FROM version WHERE version.draft_id = journal.draft_id"
    "     AND version.revision >= journal.revision AND version.revision < later.revision))")
# The revision with which the last day of work, or one so many days of work back, began; None: there is no such day.
_BEGUN = text("SELECT min(revision) FROM journal WHERE draft_id = :draft GROUP BY substr(at, 1, 10)"
              " ORDER BY max(revision) DESC LIMIT 1 OFFSET :back")
HOUR, DAY, MONTH = 13, 10, 7             # so much of “2026-01-05T09:30” says which one


def note(raw: sqlite3.Connection, draft_id: int, when: tuple[int, str], changes: Changes, acts: Acts) -> None:
    """The new values of entries at a revision and moment, in the transaction that saves them."""
    revision, at = when
    rows = [{"draft_id": draft_id, "layer": layer, "key": key, "revision": revision, "value": value, "at": at,
             "act": acts.get((layer, key), "")} for (layer, key), value in changes.items()]
    for row in rows:
        if history.is_run(str(row["layer"])):
            since = (datetime.fromisoformat(at) - timedelta(seconds=history.RUN)).isoformat(timespec="milliseconds")
            _FORGET_RUN.run(raw, {"draft": draft_id, "layer": row["layer"], "key": row["key"], "act": row["act"],
                                  "since": since, "now": at})
    if rows:
        _NOTE.run_each(raw, rows)


def begin(connection: Connection, draft_id: int, revision: int, at: str, act: str) -> None:
    """The entries of a draft as the first values of its past."""
    rows = select(literal(draft_id), entry.c.layer, entry.c.key, literal(revision), entry.c.value, literal(at),
                  literal(act)).where(entry.c.draft_id == draft_id)
    connection.execute(insert(journal).from_select(
        ["draft_id", "layer", "key", "revision", "value", "at", "act"], rows))


def everything(connection: Connection, draft_id: int) -> tuple[tuple[Was, ...], tuple[Kept, ...]]:
    """The whole past of a draft, values by layer, key and revision."""
    values = connection.execute(_ALL_VALUES, {"of_draft": draft_id})
    kept = connection.execute(_VERSIONS, {"of_draft": draft_id})
    return tuple(Was(*row) for row in values), tuple(Kept(*row) for row in kept)


def put(connection: Connection, draft_id: int, past: Past, shift: int = 0) -> None:
    """A past from elsewhere, its revisions counted on by `shift`."""
    values = [_row(draft_id, shift, was) for was in past.values]
    kept = [_row(draft_id, shift, of) for of in past.versions]
    if values:
        connection.execute(insert(journal), values)
    if kept:
        connection.execute(insert(version), kept)


def _row(draft_id: int, shift: int, of: Was | Kept) -> dict[str, object]:
    return {**dict(zip(of._fields, of, strict=True)), "draft_id": draft_id, "revision": of.revision + shift}


def mark(connection: Connection, draft_id: int, revision: int, at: str, wanted: Mark) -> None:
    if wanted.kind in history.BY_THE_WAY and any(v.revision == revision for v in versions(connection, draft_id)):
        return
    if wanted.kind == history.EXPORTED:
        # what was exported is what the draft was when that began, under the same name; of the same moment it says more
        # than that one was about to begin
        begun = [v.revision for v in versions(connection, draft_id)
                 if v.kind == history.BEFORE and wanted.name and v.name == wanted.name]
        if begun:
            revision = max(begun)
            unmark(connection, draft_id, revision, history.BEFORE)
        else:
            connection.execute(_FORGET_BEFORE, {"draft": draft_id, "kind": history.BEFORE})
    connection.execute(_MARK, {"draft_id": draft_id, "revision": revision, "kind": wanted.kind, "at": at,
                               "name": wanted.name})


def unmark(connection: Connection, draft_id: int, revision: int, kind: str) -> None:
    connection.execute(_UNMARK, {"of_draft_id": draft_id, "of_revision": revision, "of_kind": kind})


def versions(connection: Connection, draft_id: int) -> list[Version]:
    return [history.version(tuple(row)) for row in connection.execute(_VERSIONS, {"of_draft": draft_id})]


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


def moments(connection: Connection, draft_id: int, layer: str, key: str) -> list[Moment]:
    found = connection.execute(_MOMENTS, {"of_draft": draft_id, "of_layer": layer, "of_key": key})
    return [history.moment(tuple(row)) for row in found]


def thin(connection: Connection, draft_id: int, now: datetime) -> None:
    """Versions by `history.superfluous`; of texts the values that no version shows: after a day the last of each
    hour, after a week of each day, after 60 days of each month. Values of cells are small and stay. So many days of
    work must have followed too: a clock that is wrong for some days thins nothing before its time."""
    for gone in history.superfluous(versions(connection, draft_id)):
        unmark(connection, draft_id, gone.revision, gone.kind)
    for age, worked, width in ((1, 2, HOUR), (7, 7, DAY), (history.DAYS, 20, MONTH)):
        before = (now - timedelta(days=age)).isoformat(timespec="milliseconds")
        begun = connection.execute(_BEGUN, {"draft": draft_id, "back": worked - 1}).scalar()
        if begun is None:
            return                           # fewer days of work than that
        connection.execute(_THIN_TEXTS, {"draft": draft_id, "layers": _RUNS, "before": before, "width": width,
                                         "begun": begun})


_RUNS = "[" + ",".join(f'"{layer.value}"' for layer in Layer if history.is_run(layer.value)) + "]"
