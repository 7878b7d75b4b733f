"""Lists, opens, saves, copies, deletes and restores the drafts of one folder.

Any thread may call; a lock lets one in at a time, so the window's worker thread can wait for the disk. The list is read
in plain SQL, because the first page shows it and importing SQLAlchemy costs more than all the rest.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from govdesk.store.draft_summary import DraftSummary, Outstanding, read_summary
from govdesk.store.file import diagnosis, last_save, opening
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.file.file_watch import WatchedDatabase
from govdesk.store.sql import errors
from govdesk.store.sql.connection import Database
from govdesk.store.sql.since_export import CHANGED_SINCE_EXPORT
from govdesk.store.sql.text_codec import decode_text

if TYPE_CHECKING:                        # the list of drafts is there before anything of a report is imported
    from typing import Any, Self

    from govdesk.report.report import Edit, Layer, Report
    from govdesk.store.sql.history import Moment, Version, VersionMark
    from govdesk.store.sql.rows import Changes
    from govdesk.store.sql.statements import Transaction

# Two organs may have one name; where all of these agree it is one organ.
_TELLS_APART = ("organ.name", "organ.level", "organ.kind", "contact.office", "contact.address")
LOCK_TIMEOUT_SECONDS = 5.0               # seconds to wait for another process

_LIST = f"""
    SELECT id, form_id, organ_name, year, created_at, saved_at, blanks, problems, unfilled, unexplained,
        exported_at, deleted_at, uid,
        exported_at IS NOT NULL AND {CHANGED_SINCE_EXPORT},
        (SELECT value FROM entry WHERE draft_id = draft.id AND layer = 'cover' AND key = 'organ.kind'),
        (SELECT value FROM entry WHERE draft_id = draft.id AND layer = 'desk' AND key = 'deadline'),
        (SELECT value FROM entry WHERE draft_id = draft.id AND layer = 'desk' AND key = 'label')
    FROM draft WHERE (deleted_at IS NOT NULL) = :deleted ORDER BY saved_at > :now, saved_at DESC, id DESC"""
# Of the drafts in the bin too: an organ does not cease with its draft.
_COVERS = """
    SELECT draft_id, key, value FROM entry JOIN draft ON draft.id = draft_id
    WHERE layer = 'cover' AND (key LIKE 'organ.%' OR key LIKE 'contact.%') ORDER BY saved_at DESC, draft_id DESC"""


Summaries = list[DraftSummary]           # within Drafts, `list` is the method
Versions = list["Version"]
Moments = list["Moment"]
Places = list[tuple[str, str]]


def open_store(folder: Path, *, patience: float = LOCK_TIMEOUT_SECONDS) -> Drafts:
    """The drafts in a folder, which is made if need be. StoreError; UnusableStoreError says where the bad file is."""
    said: list[str] = []
    database = opening.open_database(folder, patience, said.append)
    return Drafts(database, folder / FILE_NAME, patience, "".join(said))


def set_aside_and_start_new(folder: Path) -> tuple[Drafts, Path]:
    """New drafts in place of a file that cannot be used, and the name under which that file is kept."""
    kept = opening.set_file_aside(folder)
    return open_store(folder), kept


class Drafts:
    def __init__(self, database: Database, file: Path, patience: float = LOCK_TIMEOUT_SECONDS,
                 warning: str = "") -> None:
        self.file = file
        self.warning = warning                   # what the clerk is to hear: something that was saved is missing
        self._watched = WatchedDatabase(database, file, patience)
        self._lock = threading.RLock()
        self._revisions: dict[int, int] = {}     # of each draft, as it was read or written here last
        self.reached = 0                        # the revision at the end of the save that is going on

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def list(self, *, deleted: bool = False) -> Summaries:
        """The drafts last saved first; with `deleted`, those in the bin. What claims to be of the future comes last:
        the clock was wrong then, or is now."""
        with self._lock, diagnosis.raising_store_errors("读取", self.file):
            found = self._watched.database.ask(_LIST, {"deleted": deleted, "now": moment_now()})
            return [read_summary(row) for row in found]

    def organs(self) -> tuple[dict[str, str], ...]:
        """What the covers say of organs, each once, last saved first: facts of the cover by id."""
        covers: dict[int, dict[str, str]] = {}
        with self._lock, diagnosis.raising_store_errors("读取", self.file):
            for draft_id, key, value in self._watched.database.ask(_COVERS, {}):
                with suppress(ValueError):       # a damaged entry is no organ's
                    covers.setdefault(draft_id, {})[decode_text(key)] = decode_text(value)
        found = {tuple(cover.get(key) for key in _TELLS_APART): cover
                 for cover in reversed(covers.values()) if cover.get("organ.name", "").strip()}
        return tuple(reversed(found.values()))

    def rename(self, draft_id: int, label: str) -> Edit:
        """The clerk's own name for a draft; gives the edit, whose inverse takes it back."""
        from govdesk.report.report import Layer, edit_of

        edit = edit_of(self.load(draft_id), "重命名", [(Layer.DESK, "label", label)])
        self.save(draft_id, [edit])
        return edit

    def create(self, report: Report, outstanding: Outstanding | None = None) -> int:
        from govdesk.store.sql.rows import rows_of

        now = moment_now()
        columns = {"created_at": now, "saved_at": now, "uid": new_uid(), **list_columns_of(report, outstanding)}
        with self.writing() as transaction:
            draft_id = transaction.insert_draft(columns)
            transaction.fill(draft_id, rows_of(report))
            transaction.begin(draft_id, now, "开始")
        self._revisions[draft_id] = 0
        last_save.note_save(self.file, draft_id, 0)
        return draft_id

    def load(self, draft_id: int) -> Report:
        from govdesk.store.sql.rows import report_of

        with self.reading(draft_id) as transaction:
            facts = transaction.facts_of(draft_id)
            if facts is None:
                raise errors.unknown_draft_error(draft_id)
            form_id, revision = facts
            found = transaction.rows(draft_id)
            report = report_of(form_id, ((layer, key, value) for (layer, key), value in found.items()))
            self._revisions[draft_id] = revision
            return report

    def save(self, draft_id: int, items: Iterable[Edit | VersionMark], outstanding: Outstanding | None = None) -> None:
        """The entries that the edits touch, in one transaction: on return they are on the disk, or StoreError.

        A mark among the edits keeps what was saved before it as a version. The same edits may be given again after a
        failure. A draft in the bin comes back. ChangedElsewhereError if another program saved since it was read.
        """
        from govdesk.store.sql import history

        parts = [(history.changed_by(part.edits), part.marks) for part in history.split_at_marks(items)]
        columns = _counted(outstanding)
        for (changes, _), _marks in parts:
            columns.update(_listed_changes(changes))
        if not columns and not any(changes or marks for (changes, _), marks in parts):
            return
        with self.saving(draft_id, columns) as (transaction, revision):
            now, marked = moment_now(), False
            for (changes, acts), marks in parts:
                if changes and marked:           # what follows a mark is no part of it
                    revision = self.reached = transaction.next_revision(draft_id)
                transaction.write(draft_id, changes)
                transaction.note(draft_id, revision, now, changes, acts)
                for mark in marks:
                    transaction.mark(draft_id, revision, now, mark)
                marked = bool(marks)

    def replace(self, draft_id: int, report: Report, outstanding: Outstanding | None = None) -> None:
        """Makes the draft hold this report; writes what differs. ChangedElsewhereError as in `save`."""
        from govdesk.report.history import changes_between
        from govdesk.store.sql.rows import rows_of

        wanted = rows_of(report)
        with self.saving(draft_id, list_columns_of(report, outstanding)) as (transaction, revision):
            with diagnosis.reading_draft(draft_id, self.file):
                found = transaction.rows(draft_id)
            changes = changes_between(found, wanted)
            transaction.write(draft_id, changes)
            transaction.note(draft_id, revision, moment_now(), changes, dict.fromkeys(changes, "换成窗口里的内容"))

    def mark(self, draft_id: int, mark: VersionMark) -> None:
        """Keeps what is on the disk as a version, whoever saved it; what another program saved stays unseen here."""
        with self.writing() as transaction:
            if (facts := transaction.facts_of(draft_id)) is None:
                raise errors.unknown_draft_error(draft_id)
            transaction.mark(draft_id, facts[1], moment_now(), mark)

    def versions(self, draft_id: int) -> Versions:
        """What is kept of a draft's past, the newest first."""
        with self.reading(draft_id) as transaction:
            return transaction.versions(draft_id)

    def report_at(self, draft_id: int, revision: int) -> Report:
        """The report as it was at a version's revision."""
        from govdesk.store.sql.rows import report_of

        with self.reading(draft_id) as transaction:
            facts = transaction.facts_of(draft_id)
            if facts is None:
                raise errors.unknown_draft_error(draft_id)
            found = transaction.rows_at(draft_id, revision)
            return report_of(facts[0], ((layer, key, value) for (layer, key), value in found.items()))

    def last_export(self, draft_id: int) -> tuple[datetime, Report] | None:
        """When a draft was exported last, and what it was then; None where no version tells it."""
        from govdesk.store.sql.history import EXPORTED

        last = next((v for v in self.versions(draft_id) if v.kind == EXPORTED), None)
        return (last.at, self.report_at(draft_id, last.revision)) if last else None

    def newest(self, draft_id: int) -> Report:
        """What was saved last, by whomever. Unlike `load` it does not count as read: a save is refused as before."""
        return self.report_at(draft_id, 2**62)

    def disagreements(self, draft_id: int) -> Places:
        """Entries (layer, key) that are not what the journal says was written last: every save writes both, so a
        disk or a cable has changed one of them unnoticed. SQLite has no checksum of its pages."""
        with self.reading(draft_id) as transaction:
            facts = transaction.facts_of(draft_id)
            if facts is None:
                raise errors.unknown_draft_error(draft_id)
            here, written = transaction.rows(draft_id), transaction.rows_at(draft_id, facts[1])
        return sorted(place for place in here.keys() | written.keys() if here.get(place) != written.get(place))

    def moments(self, draft_id: int, layer: Layer, key: object) -> Moments:
        """Every value of an entry, the newest first."""
        with self.reading(draft_id) as transaction:
            return transaction.moments(draft_id, layer.value, str(key))

    def unmark(self, draft_id: int, version: Version) -> None:
        """A version is kept no longer; what the draft holds is not touched."""
        with self.writing() as transaction:
            transaction.unmark(draft_id, version.revision, version.kind)

    def thin(self, draft_id: int, now: datetime | None = None) -> None:
        """Takes away what need not be kept of a draft's past (`history`, `history_sql.thin_history`)."""
        with self.writing() as transaction:
            transaction.thin(draft_id, now or datetime.now(UTC))

    def duplicate(self, draft_id: int) -> int:
        now = moment_now()
        columns = {"created_at": now, "saved_at": now, "exported_at": None, "deleted_at": None, "uid": new_uid()}
        with self.writing() as transaction, diagnosis.reading_draft(draft_id, self.file):
            copied = transaction.copy(draft_id, columns)
            if copied is None:
                raise errors.unknown_draft_error(draft_id)
            transaction.begin(copied, now, "复制")
        return copied

    def delete(self, draft_id: int) -> None:
        """Into the bin: no longer listed, still there for `restore`."""
        self._set(draft_id, deleted_at=moment_now())

    def restore(self, draft_id: int) -> None:
        self._set(draft_id, deleted_at=None)

    def mark_exported(self, draft_id: int) -> None:
        self._set(draft_id, exported_at=moment_now())

    def seen(self, draft_id: int, revision: int) -> None:
        """The revision as it was written here last."""
        self._revisions[draft_id] = revision

    def warm_up(self) -> None:
        """Imports what the first load or save needs; for a worker thread while the list of drafts is looked at."""
        from govdesk.store.sql import statements  # noqa: F401

        with self._lock:
            self._watched.database.warm_up()

    def close(self) -> None:
        with self._lock:
            self._watched.close()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        from govdesk.store.sql.statements import Transaction

        with self._lock, diagnosis.raising_store_errors("保存", self.file):
            self._watched.stay()
            try:
                with self._watched.database.begin() as connection:
                    yield Transaction(connection)
            except Exception as error:
                self._watched.doubt(error)
                raise

    @contextmanager
    def reading(self, draft_id: int) -> Iterator[Transaction]:
        from govdesk.store.sql.statements import Transaction

        with (self._lock, diagnosis.raising_store_errors("读取", self.file),
              diagnosis.reading_draft(draft_id, self.file),
              self._watched.database.read() as connection):
            yield Transaction(connection)

    @contextmanager
    def saving(self, draft_id: int, columns: dict[str, Any]) -> Iterator[tuple[Transaction, int]]:
        """The transaction, and the draft's revision in it; `reached` is where it ended."""
        with self._lock:
            with self.writing() as transaction:
                revision = transaction.save_draft(draft_id, {"saved_at": moment_now(), "deleted_at": None, **columns})
                if revision is None:
                    raise errors.unknown_draft_error(draft_id)
                if self._revisions.get(draft_id, revision - 1) != revision - 1:
                    raise errors.ChangedElsewhereError(draft_id)
                self.reached = revision
                yield transaction, revision
            self._revisions[draft_id] = self.reached
            last_save.note_save(self.file, draft_id, self.reached)

    def _set(self, draft_id: int, **columns: Any) -> None:
        with self.writing() as transaction:
            if not transaction.update_draft(draft_id, columns):
                raise errors.unknown_draft_error(draft_id)


def new_uid() -> str:
    return os.urandom(16).hex()


def moment_now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def list_columns_of(report: Report, outstanding: Outstanding | None = None) -> dict[str, Any]:
    """The columns of the list that a report fills."""
    from govdesk.report.report import year_in

    return {"form_id": report.form_id, "organ_name": report.cover("organ.name"), "year": year_in(report.cover("year")),
            **_counted(outstanding)}


def _listed_changes(changes: Changes) -> dict[str, Any]:
    """The columns of the list that an edit of the cover changes."""
    from govdesk.report.report import Layer, year_in

    columns: dict[str, Any] = {}
    if (name := (Layer.COVER.value, "organ.name")) in changes:
        columns["organ_name"] = changes[name] or ""
    if (year := (Layer.COVER.value, "year")) in changes:
        columns["year"] = year_in(changes[year] or "")
    return columns


def _counted(outstanding: Outstanding | None) -> dict[str, int | None]:
    return outstanding._asdict() if outstanding else {}
