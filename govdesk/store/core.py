"""The statements, in SQLAlchemy Core. Imported when a draft is first read or written, not to list drafts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, lru_cache

from sqlalchemy import Connection, Engine, bindparam, create_engine, delete, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.pool import StaticPool

from govdesk.records import TYPE_CHECKING
from govdesk.store import past
from govdesk.store.compiled import Statement
from govdesk.store.history import Acts, Mark, Moment, Version
from govdesk.store.rows import Changes, Rows
from govdesk.store.tables import draft, entry, metadata
from govdesk.trail import Past

if TYPE_CHECKING:
    from typing import Any

# Built once: building them takes longer than SQLite takes to run them, and every keystroke is a save. What every save
# runs is compiled once, too.
_UPDATE_DRAFT = update(draft).where(draft.c.id == bindparam("of_draft"))
_SAVE_DRAFT = _UPDATE_DRAFT.values(revision=draft.c.revision + 1).returning(draft.c.revision)
_FACTS = select(draft.c.form_id, draft.c.revision).where(draft.c.id == bindparam("of_draft"))
_ROWS = select(entry.c.layer, entry.c.key, entry.c.value).where(entry.c.draft_id == bindparam("of_draft"))
_INSERT_ENTRY = upsert(entry)
_PUT_ENTRY = Statement(_INSERT_ENTRY.on_conflict_do_update(set_={"value": _INSERT_ENTRY.excluded.value}),
                       entry.columns.keys())
_DELETE_ENTRY = delete(entry).where(
    *(column == bindparam(f"of_{column.name}") for column in entry.primary_key))


@lru_cache(maxsize=16)
def _save_draft(columns: tuple[str, ...]) -> Statement:
    return Statement(_SAVE_DRAFT, columns)


class Database:
    """The one connection that is already open: sqlite3 itself for transactions and what every save does, SQLAlchemy
    over it for the rest."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        self._engine.connect().close()       # what SQLAlchemy asks of a database at first ends with a rollback

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """All of it is on the disk when the block is left, or nothing."""
        # A writer takes its lock at once: one that only asks for it at its first write may be refused without waiting.
        self._raw.execute("BEGIN IMMEDIATE")
        transaction = Transaction(self._raw, self._engine)
        try:
            yield transaction
            self._raw.execute("COMMIT")
        finally:
            transaction.end()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One moment of the database, without waiting for writers."""
        self._raw.execute("BEGIN")
        transaction = Transaction(self._raw, self._engine)
        try:
            yield transaction
        finally:
            transaction.end()


def create_tables(raw: sqlite3.Connection, application_id: int, version: int) -> None:
    """Tables and stamps in one transaction; harmless when another process was faster."""
    with Database(raw).writing() as transaction:
        metadata.create_all(transaction.connection)
        transaction.connection.exec_driver_sql(f"PRAGMA application_id = {application_id}")
        transaction.connection.exec_driver_sql(f"PRAGMA user_version = {version}")


class Transaction:
    """What can be read and written in one transaction."""

    def __init__(self, raw: sqlite3.Connection, engine: Engine) -> None:
        self._raw, self._engine = raw, engine

    @cached_property
    def connection(self) -> Connection:
        """SQLAlchemy's, within this transaction; made when it is asked for."""
        made = self._engine.connect()
        made.begin()                         # a word to SQLAlchemy alone: the driver begins nothing by itself here
        return made

    def end(self) -> None:
        """What was not committed is undone."""
        if "connection" in self.__dict__:
            self.connection.close()
        if self._raw.in_transaction:
            self._raw.rollback()

    def insert_draft(self, columns: Mapping[str, Any]) -> int:
        inserted = self.connection.execute(insert(draft).values(**columns))
        return int(inserted.lastrowid)

    def update_draft(self, draft_id: int, columns: Mapping[str, Any]) -> bool:
        """Whether there is such a draft."""
        return self.connection.execute(_UPDATE_DRAFT, {"of_draft": draft_id, **columns}).rowcount == 1

    def save_draft(self, draft_id: int, columns: Mapping[str, Any]) -> int | None:
        """The same when its entries are saved too: the revision that this makes, None if there is no such draft."""
        saved = _save_draft(tuple(columns)).run(self._raw, {"of_draft": draft_id, **columns}).fetchall()
        return int(saved[0][0]) if saved else None

    def facts_of(self, draft_id: int) -> tuple[str, int] | None:
        """The form's id and the revision; None if there is no such draft."""
        found = self.connection.execute(_FACTS, {"of_draft": draft_id}).first()
        return None if found is None else (found.form_id, found.revision)

    def rows(self, draft_id: int) -> Rows:
        found = self.connection.execute(_ROWS, {"of_draft": draft_id})
        return {(layer, key): value for layer, key, value in found}

    def write(self, draft_id: int, changes: Changes) -> None:
        """Only these entries; None removes one."""
        kept = [{"draft_id": draft_id, "layer": layer, "key": key, "value": value}
                for (layer, key), value in changes.items() if value is not None]
        gone = [{"of_draft_id": draft_id, "of_layer": layer, "of_key": key}
                for (layer, key), value in changes.items() if value is None]
        if kept:
            _PUT_ENTRY.run_each(self._raw, kept)
        if gone:
            self.connection.execute(_DELETE_ENTRY, gone)

    def copy(self, draft_id: int, columns: Mapping[str, Any]) -> int | None:
        """Another draft with the same entries and `columns` of its own; None if there is no such draft."""
        found = self.connection.execute(select(draft).where(draft.c.id == draft_id)).mappings().first()
        if found is None:
            return None
        shared = {name: value for name, value in found.items() if name != "id"}
        copied = self.insert_draft({**shared, **columns})
        entries = select(literal(copied), entry.c.layer, entry.c.key, entry.c.value).where(entry.c.draft_id == draft_id)
        self.connection.execute(insert(entry).from_select(["draft_id", "layer", "key", "value"], entries))
        return copied

    # -- the past (see `past`)

    def next_revision(self, draft_id: int) -> int:
        ((revision,),) = _save_draft(()).run(self._raw, {"of_draft": draft_id}).fetchall()
        return int(revision)

    def begin(self, draft_id: int, at: str, act: str) -> None:
        facts = self.facts_of(draft_id)
        past.begin(self.connection, draft_id, facts[1] if facts else 0, at, act)

    def note(self, draft_id: int, revision: int, at: str, changes: Changes, acts: Acts) -> None:
        past.note(self._raw, draft_id, (revision, at), changes, acts)

    def mark(self, draft_id: int, revision: int, at: str, wanted: Mark) -> None:
        past.mark(self.connection, draft_id, revision, at, wanted)

    def unmark(self, draft_id: int, revision: int, kind: str) -> None:
        past.unmark(self.connection, draft_id, revision, kind)

    def versions(self, draft_id: int) -> list[Version]:
        return past.versions(self.connection, draft_id)

    def rows_at(self, draft_id: int, revision: int) -> Rows:
        return past.rows_at(self.connection, draft_id, revision)

    def moments(self, draft_id: int, layer: str, key: str) -> list[Moment]:
        return past.moments(self.connection, draft_id, layer, key)

    def past(self, draft_id: int) -> Past:
        """Everything that is kept of it, with the draft's identity."""
        uid = self.connection.execute(select(draft.c.uid).where(draft.c.id == draft_id)).scalar_one_or_none()
        return Past(uid or "", *past.everything(self.connection, draft_id))

    def put_past(self, draft_id: int, found: Past, shift: int = 0) -> None:
        past.put(self.connection, draft_id, found, shift)

    def thin(self, draft_id: int, now: datetime) -> None:
        past.thin(self.connection, draft_id, now)
