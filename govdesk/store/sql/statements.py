"""Holds the statements on drafts and entries, in SQLAlchemy Core; imported when a draft is first read or written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from govdesk.report.history import DraftHistory
from govdesk.store.sql import history_sql
from govdesk.store.sql.history import ActNames, Moment, Version, VersionMark
from govdesk.store.sql.rows import Changes, Rows
from govdesk.store.sql.tables import draft, entry

# Built once: building them takes longer than the database takes to run them, and every keystroke is a save.
_INSERT_DRAFT = insert(draft).returning(draft.c.id)
_UPDATE_DRAFT = update(draft).where(draft.c.id == bindparam("of_draft"))
_SAVE_DRAFT = _UPDATE_DRAFT.values(revision=draft.c.revision + 1).returning(draft.c.revision)
_FACTS = select(draft.c.form_id, draft.c.revision).where(draft.c.id == bindparam("of_draft"))
_ROWS = select(entry.c.layer, entry.c.key, entry.c.value).where(entry.c.draft_id == bindparam("of_draft"))
_INSERT_ENTRY = insert(entry)
_DELETE_ENTRY = delete(entry).where(
    *(column == bindparam(f"of_{column.name}") for column in entry.primary_key))


class Transaction:
    """What can be read and written in one transaction (`connection` begins and ends it)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def insert_draft(self, columns: Mapping[str, Any]) -> int:
        return int(self._connection.execute(_INSERT_DRAFT, columns).scalar_one())

    def update_draft(self, draft_id: int, columns: Mapping[str, Any]) -> bool:
        """Whether there is such a draft."""
        return self._connection.execute(_UPDATE_DRAFT, {"of_draft": draft_id, **columns}).rowcount == 1

    def save_draft(self, draft_id: int, columns: Mapping[str, Any]) -> int | None:
        """The same when its entries are saved too: the revision that this makes, None if there is no such draft."""
        return self._connection.execute(_SAVE_DRAFT, {"of_draft": draft_id, **columns}).scalar_one_or_none()

    def facts_of(self, draft_id: int) -> tuple[str, int] | None:
        """The form's id and the revision; None if there is no such draft."""
        found = self._connection.execute(_FACTS, {"of_draft": draft_id}).first()
        return None if found is None else (found.form_id, found.revision)

    def rows(self, draft_id: int) -> Rows:
        found = self._connection.execute(_ROWS, {"of_draft": draft_id})
        return {(layer, key): value for layer, key, value in found}

    def fill(self, draft_id: int, rows: Rows) -> None:
        """The entries of a draft that has none of these yet."""
        kept = [{"draft_id": draft_id, "layer": layer, "key": key, "value": value}
                for (layer, key), value in rows.items()]
        if kept:
            self._connection.execute(_INSERT_ENTRY, kept)

    def write(self, draft_id: int, changes: Changes) -> None:
        """Only these entries; None removes one. Deleted and inserted anew, which every database understands alike."""
        touched = [{"of_draft_id": draft_id, "of_layer": layer, "of_key": key} for layer, key in changes]
        if touched:
            self._connection.execute(_DELETE_ENTRY, touched)
        self.fill(draft_id, {place: value for place, value in changes.items() if value is not None})

    def copy(self, draft_id: int, columns: Mapping[str, Any]) -> int | None:
        """Another draft with the same entries and `columns` of its own; None if there is no such draft."""
        found = self._connection.execute(select(draft).where(draft.c.id == draft_id)).mappings().first()
        if found is None:
            return None
        shared = {name: value for name, value in found.items() if name != "id"}
        copied = self.insert_draft({**shared, **columns})
        entries = select(literal(copied), entry.c.layer, entry.c.key, entry.c.value).where(entry.c.draft_id == draft_id)
        self._connection.execute(insert(entry).from_select(["draft_id", "layer", "key", "value"], entries))
        return copied

    # -- the past (see `past`)

    def next_revision(self, draft_id: int) -> int:
        return int(self._connection.execute(_SAVE_DRAFT, {"of_draft": draft_id}).scalar_one())

    def begin(self, draft_id: int, at: str, act: str) -> None:
        facts = self.facts_of(draft_id)
        history_sql.begin_history(self._connection, draft_id, facts[1] if facts else 0, at, act)

    def note(self, draft_id: int, revision: int, at: str, changes: Changes, acts: ActNames) -> None:
        history_sql.note_values(self._connection, draft_id, (revision, at), changes, acts)

    def mark(self, draft_id: int, revision: int, at: str, wanted: VersionMark) -> None:
        history_sql.mark_version(self._connection, draft_id, revision, at, wanted)

    def unmark(self, draft_id: int, revision: int, kind: str) -> None:
        history_sql.unmark_version(self._connection, draft_id, revision, kind)

    def versions(self, draft_id: int) -> list[Version]:
        return history_sql.list_versions(self._connection, draft_id)

    def rows_at(self, draft_id: int, revision: int) -> Rows:
        return history_sql.rows_at(self._connection, draft_id, revision)

    def moments(self, draft_id: int, layer: str, key: str) -> list[Moment]:
        return history_sql.list_moments(self._connection, draft_id, layer, key)

    def past(self, draft_id: int) -> DraftHistory:
        """Everything that is kept of it, with the draft's identity."""
        uid = self._connection.execute(select(draft.c.uid).where(draft.c.id == draft_id)).scalar_one_or_none()
        return DraftHistory(uid or "", *history_sql.read_history(self._connection, draft_id))

    def put_past(self, draft_id: int, found: DraftHistory, shift: int = 0) -> None:
        history_sql.put_history(self._connection, draft_id, found, shift)

    def thin(self, draft_id: int, now: datetime) -> None:
        history_sql.thin_history(self._connection, draft_id, now)
