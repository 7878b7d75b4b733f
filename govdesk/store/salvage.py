"""Reads what can still be read of a damaged file, draft by draft; the file itself is only copied.

SQLite is asked row by row from both ends, draft by draft and layer by layer: a bad page hides what lies on it, not
what lies on others. What the table of entries does not give, the journal may.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from govdesk.base.errors import StoreError
from govdesk.report.history import VERSION_KINDS, DraftHistory, KeptVersion, PastValue
from govdesk.report.report import Layer, Report
from govdesk.store import draft_import
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.diagnosis import raising_store_errors
from govdesk.store.file.file_names import FILE_NAME, companion_of, install_replacement, replacement_of
from govdesk.store.sql import sqlite
from govdesk.store.sql.rows import Rows, report_of
from govdesk.store.sql.text_codec import decode_text

_FURTHEST = 100_000                      # drafts; a damaged number is no reason to ask for ever
_GAPS = 200                              # numbers without a draft, after which there are no more


class SalvagedDraft(NamedTuple):
    """One draft as far as it could be read."""

    draft_id: int
    report: Report
    whole: bool                          # nothing of it was hidden by damage
    past: DraftHistory | None = None     # as far as it could be read


FindForm = Callable[[Collection[str], str], str]         # the addresses of a draft and its year → the id of its form


def read_damaged_file(file: Path, find_form: FindForm) -> list[SalvagedDraft]:
    """The drafts of a damaged file; none where nothing can be read. `find_form` is asked for the form of a draft whose
    own line is lost."""
    with tempfile.TemporaryDirectory(prefix="govdesk-") as folder:
        copy = Path(folder) / FILE_NAME
        with suppress(OSError):
            if companion_of(file, sqlite.LOG).exists():
                shutil.copyfile(companion_of(file, sqlite.LOG), companion_of(copy, sqlite.LOG))
            shutil.copyfile(file, copy)
        with suppress(sqlite.Error, OSError), closing(sqlite.connect(copy, 1.0)) as connection:
            sqlite.read_despite_damage(connection)
            return list(_drafts(connection, find_form))
    return []


def start_from_salvaged(folder: Path, found: list[SalvagedDraft]) -> tuple[Drafts, Path]:
    """New drafts that hold what was salvaged, in place of a damaged file; the name under which that is kept."""
    file = folder / FILE_NAME
    with raising_store_errors("重新建立", file), tempfile.TemporaryDirectory(prefix="govdesk-new-",
                                                                         dir=folder) as beside:
        with open_store(Path(beside)) as made:
            for salvaged in found:
                draft_import.create_draft(made, salvaged.report, salvaged.past or DraftHistory("", (), ()))
        made.file.replace(replacement_of(file))      # closed: no log is left beside it
        kept = install_replacement(file, "bad")
    return open_store(folder), kept


def _drafts(connection: sqlite.Raw, find_form: FindForm) -> Iterator[SalvagedDraft]:
    for draft_id in _ids(connection):
        form_id = _form(connection, draft_id)
        rows, complete = _entries(connection, draft_id)
        if not rows:
            continue
        sound = form_id is not None
        if form_id is None:
            form_id = find_form([key for layer, key in rows if layer == Layer.VALUES.value],
                                str(rows.get((Layer.COVER.value, "year"), "")))
        with suppress(ValueError, StoreError):
            yield SalvagedDraft(draft_id, _report(form_id, rows), complete and sound, _past(connection, draft_id))


def _ids(connection: sqlite.Raw) -> list[int]:
    """Numbers of drafts, by whichever table tells them."""
    found: set[int] = set()
    for table, column in (("draft", "id"), ("entry", "draft_id"), ("journal", "draft_id")):
        for order in ("ASC", "DESC"):
            with suppress(sqlite.Error):
                for (number,) in connection.execute(f"SELECT {column} FROM {table} ORDER BY {column} {order}"):
                    if isinstance(number, int) and 0 < number < _FURTHEST:
                        found.add(number)
    missed, number = 0, max(found, default=0)
    while missed < _GAPS and number < _FURTHEST:         # behind the last one that a whole reading reached
        number, missed = number + 1, missed + 1
        with suppress(sqlite.Error):
            if connection.execute("SELECT 1 FROM entry WHERE draft_id = ? LIMIT 1", (number,)).fetchone():
                found.add(number)
                missed = 0
    return sorted(found)


def _form(connection: sqlite.Raw, draft_id: int) -> str | None:
    with suppress(sqlite.Error, ValueError):
        found = connection.execute("SELECT form_id FROM draft WHERE id = ?", (draft_id,)).fetchone()
        if found:
            return decode_text(found[0])
    return None


def _entries(connection: sqlite.Raw, draft_id: int) -> tuple[Rows, bool]:
    rows: Rows = {}
    complete = True
    for layer in (layer.value for layer in Layer):
        for order in ("ASC", "DESC"):
            if not _gather(connection, rows, "SELECT layer, key, value FROM entry WHERE draft_id = ? AND layer = ?"
                           f" ORDER BY key {order}", (draft_id, layer)):
                complete = False
                continue
            break
    if not complete:
        past: Rows = {}
        for order in ("ASC", "DESC"):
            _gather(connection, past, "SELECT layer, key, value FROM journal WHERE draft_id = ?"
                    f" ORDER BY layer {order}, key {order}, revision", (draft_id,))
        rows = {**past, **rows}
    return rows, complete


def _past(connection: sqlite.Raw, draft_id: int) -> DraftHistory:
    """What can be read of the journal and the versions, from both ends; a row that makes no sense is left out."""
    uid = ""
    with suppress(sqlite.Error, ValueError, TypeError):
        uid = decode_text(connection.execute("SELECT uid FROM draft WHERE id = ?", (draft_id,)).fetchone()[0])
    values: dict[tuple[object, ...], PastValue] = {}
    for order in ("ASC", "DESC"):
        if _gather_past(connection, values, draft_id, order):
            break
    return DraftHistory(uid, tuple(sorted(values.values(), key=lambda w: (w.layer, w.key, w.revision))),
                        tuple(_versions(connection, draft_id)))


def _gather_past(connection: sqlite.Raw, values: dict[tuple[object, ...], PastValue], draft_id: int,
                 order: str) -> bool:
    try:
        for row in connection.execute("SELECT layer, key, revision, value, at, act FROM journal WHERE draft_id = ?"
                                      f" ORDER BY layer {order}, key {order}, revision {order}", (draft_id,)):
            with suppress(ValueError):
                was = _was(row)
                values[was.layer, was.key, was.revision] = was
    except sqlite.Error:
        return False
    return True


def _was(row: tuple[Any, ...]) -> PastValue:
    layer, key, revision, value, at, act = row
    was = PastValue(decode_text(layer), decode_text(key), revision, None if value is None else decode_text(value),
                    _time(at),
                    decode_text(act))
    if type(revision) is not int or revision < 0:
        raise ValueError(f"no revision: {revision!r}")
    if was.value is not None:
        report_of("", [(was.layer, was.key, was.value)])
    return was


def _versions(connection: sqlite.Raw, draft_id: int) -> Iterator[KeptVersion]:
    with suppress(sqlite.Error):
        for revision, kind, name, at in connection.execute(
                "SELECT revision, kind, name, at FROM version WHERE draft_id = ?", (draft_id,)):
            with suppress(ValueError):
                if type(revision) is int and revision >= 0 and kind in VERSION_KINDS:
                    yield KeptVersion(revision, kind, decode_text(name), _time(at))


def _time(at: object) -> str:
    text = decode_text(at)
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(f"no moment in UTC: {text!r}")
    return text


def _gather(connection: sqlite.Raw, rows: Rows, question: str, of: tuple[object, ...]) -> bool:
    try:
        for layer, key, value in connection.execute(question, of):
            with suppress(ValueError):
                if value is None:
                    rows.pop((decode_text(layer), decode_text(key)), None)
                else:
                    rows[decode_text(layer), decode_text(key)] = decode_text(value)
    except sqlite.Error:
        return False
    return True


def _report(form_id: str, rows: Rows) -> Report:
    """One row that makes no sense is left out, not the draft."""
    sound = []
    for (layer, key), value in rows.items():
        with suppress(ValueError):
            report_of(form_id, [(layer, key, value)])
            sound.append((layer, key, value))
    return report_of(form_id, sound)
