"""Defines the tables as they are now. A change here needs a migration and a higher `connection.SCHEMA_VERSION`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Dialect, ForeignKey, Integer, MetaData, Table, Text, text
from sqlalchemy.types import TypeDecorator

from govdesk.store.sql.text_codec import decode_text, encode_text


class ExactText(TypeDecorator[str]):
    """Text exactly as typed, be it no valid Unicode (see `text_codec`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else encode_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else decode_text(value)


metadata = MetaData()

draft = Table(
    "draft", metadata,
    Column("id", Integer, primary_key=True),
    Column("form_id", ExactText, nullable=False),
    # These two repeat entries of the cover, so that the list of drafts need not read entries.
    Column("organ_name", ExactText, nullable=False),
    Column("year", Integer),
    # Moments are UTC, as ISO 8601 with milliseconds: they sort as text.
    Column("created_at", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("blanks", Integer),
    Column("problems", Integer),
    Column("exported_at", Text),
    Column("deleted_at", Text),
    # Counts the saves of entries; not what only the list says (exported, deleted).
    Column("revision", Integer, nullable=False, server_default=text("0")),
    # The same wherever the draft is carried; not unique here: a copy that was taken back may stand beside its draft.
    Column("uid", Text, nullable=False, server_default=text("''")),
    Column("unfilled", Integer),
    Column("unexplained", Integer),
)

entry = Table(
    "entry", metadata,
    Column("draft_id", Integer, ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True),
    Column("layer", ExactText, primary_key=True),
    Column("key", ExactText, primary_key=True),
    Column("value", ExactText, nullable=False),
    sqlite_with_rowid=False,
)

# What an entry was, by the draft's revision; written in the transaction that saves the entry (see `history`).
journal = Table(
    "journal", metadata,
    Column("draft_id", Integer, ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True),
    Column("layer", ExactText, primary_key=True),
    Column("key", ExactText, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("value", ExactText),
    Column("at", Text, nullable=False),
    Column("act", ExactText, nullable=False),
    sqlite_with_rowid=False,
)

version = Table(
    "version", metadata,
    Column("draft_id", Integer, ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", ExactText, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)
