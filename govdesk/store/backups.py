"""Makes, verifies, thins, opens and restores dated copies of the data file.

A copy is made through a connection of its own, so neither a save nor a keystroke waits for it. In WAL the connection
holds one moment of the database meanwhile; elsewhere it goes in steps of a megabyte, and a save between two of them
begins it anew. Copies are counted (the number at the end of a name), and the count is their order: the clock that dates
them may be wrong for a while, and right again.
"""

from __future__ import annotations

import heapq
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from govdesk.base.errors import StoreError
from govdesk.store.drafts import Drafts, Summaries, open_store
from govdesk.store.file.diagnosis import FILE_ERRORS, explain_error, raising_store_errors
from govdesk.store.file.file_names import FILE_NAME, companion_of, install_replacement, replacement_of
from govdesk.store.sql import sqlite

BACKUP_FOLDER = "backups"
SECONDS_BETWEEN_COPIES = 30 * 60.0       # seconds between two copies while work goes on
NEWEST, DAYS, WEEKS, MONTHS = 4, 7, 4, 12
UNFINISHED_SUFFIX = ".tmp"               # ends the name of a copy that is being made
ABANDONED_AFTER_SECONDS = 3600.0         # seconds after which it is one that a crash or a power cut has left
COUNT_DIGITS = 6                         # of the count in a name, or more
CLOCK_SLACK = timedelta(minutes=10)      # two clocks, or a file system that rounds
SPARE_BYTES = 20 * 2**20                 # bytes of the disk that a copy leaves free

_DIFFERS = "写出的备份读回来与原来的不同"
# Six digits or more are the count; fewer told copies of one second apart before copies were counted.
_NAME = re.compile(r"govdesk-(\d{8}-\d{6})(?:-(\d+))?\.sqlite3")
_ASIDE = re.compile(r"govdesk\.(bad|replaced|back|v\d+)-(\d{8}-\d{6})(?:-\d+)?\.sqlite3")
ASIDE_NAMES = {"bad": "损坏后留存的文件", "replaced": "换回备份之前的文件", "back": "重新建立时的副本"}


class BackupCopy(NamedTuple):
    """A copy of the data file; `at` is local time, from its name."""

    file: Path
    at: datetime
    what: str                            # "" for a backup, else why it is kept


def make_backup(file: Path, second: Path | None = None) -> BackupCopy:
    """A verified copy of the data file beside it, and in the second place where that is there. Raises StoreError, a
    sentence that says which of the two failed; what there was stays."""
    folder = file.parent / BACKUP_FOLDER
    with _said(folder):
        folder.mkdir(exist_ok=True)
        _check_room(file, folder)
        target = folder / _next_name(folder, second)
        _fold_log(file)
        _copy(file, target)
        _thin(folder, target)
    if second is not None:
        with _said(second):
            if not second.is_dir():          # raises where one may not look
                return BackupCopy(target, _stamp(target), "")
            _check_room(file, second)
            _carry(target, second / target.name)
            _thin(second, second / target.name)
    return BackupCopy(target, _stamp(target), "")


def list_backups(file: Path, second: Path | None = None) -> list[BackupCopy]:
    """Every copy that can be found, the newest first; one that claims to be of the future, and is not counted, last."""
    found: dict[str, BackupCopy] = {}
    for folder in (file.parent / BACKUP_FOLDER, *((second,) if second else ())):
        for path in _backups(folder):
            found.setdefault(path.name, BackupCopy(path, _stamp(path), ""))
    aside = [BackupCopy(path, datetime.strptime(name[2], "%Y%m%d-%H%M%S"), ASIDE_NAMES.get(name[1], "升级之前的文件"))
             for path in _listed(file.parent) if (name := _ASIDE.fullmatch(path.name))]
    now = datetime.now() + CLOCK_SLACK
    made = sorted(found.values(), key=lambda copy: _order(copy.file, now), reverse=True)
    aside.sort(key=lambda copy: _moment(copy.at, now), reverse=True)
    return list(heapq.merge(made, aside, key=lambda copy: _moment(copy.at, now), reverse=True))


def is_backup_due(file: Path) -> bool:
    """Whether something was saved since the newest copy, and that copy is old enough."""
    made = _newest(file)
    return made == 0 or (_changed_since(file, made) and time.time() - made >= SECONDS_BETWEEN_COPIES)


def is_changed_since_backup(file: Path) -> bool:
    """Whether something was saved since the newest copy."""
    return _changed_since(file, _newest(file))


def _newest(file: Path) -> float:
    """When the newest copy was made, 0: there is none. One of the future says nothing: the clock was wrong then, or is
    now, and to wait for it would be to make no copy for a year."""
    made = (path.stat().st_mtime for path in _backups(file.parent / BACKUP_FOLDER))
    return max((moment for moment in made if moment <= time.time() + CLOCK_SLACK.total_seconds()), default=0.0)


def _changed_since(file: Path, moment: float) -> bool:
    parts = (file, companion_of(file, sqlite.LOG))
    return any(part.stat().st_mtime > moment for part in parts if part.exists() and part.stat().st_size)


@contextmanager
def open_backup(copy: Path) -> Iterator[Drafts]:
    """The drafts in a copy, read from a copy of the copy: looking in changes nothing, whatever version it is of."""
    with tempfile.TemporaryDirectory(prefix="govdesk-") as folder:
        with raising_store_errors("读取", copy):
            for suffix in ("", sqlite.LOG):
                if (part := companion_of(copy, suffix)).exists():
                    shutil.copyfile(part, Path(folder) / (FILE_NAME + suffix))
        with open_store(Path(folder)) as drafts:
            yield drafts


def list_drafts_in_backup(copy: Path) -> Summaries:
    """What the list of drafts would show; also what is in its bin. Raises StoreError."""
    with open_backup(copy) as drafts:
        return [*drafts.list(), *drafts.list(deleted=True)]


def restore_backup(file: Path, copy: Path) -> Path:
    """Puts a copy in the place of the data file, which nobody has open; the name under which the latter is kept."""
    with raising_store_errors("换回", file):
        _carry(copy, replacement_of(file))
        return install_replacement(file, "replaced")


# -- the parts of it

def _copy(file: Path, target: Path) -> None:
    beside = companion_of(target, UNFINISHED_SUFFIX)
    beside.unlink(missing_ok=True)
    try:
        with closing(sqlite.connect(file, 5.0, mode="ro")) as source, closing(sqlite.connect(beside, 5.0)) as made:
            sqlite.disable_sync(made)            # synced as a whole below
            held = sqlite.has_log(source)
            if held:
                sqlite.hold_moment(source)
            sqlite.copy_pages(source, made, in_steps=not held)
            _verify(source if held else None, made)
        _sync(beside)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _fold_log(file: Path) -> None:
    """What was saved goes from the log into the file itself, as far as nobody reads an older moment: whoever copies the
    one file by hand takes nearly all along. SQLite does so by itself only after some four megabytes. Before the copy:
    a file that changed after it would count as one that nobody has copied yet."""
    with suppress(sqlite.Error, OSError), closing(sqlite.connect(file, 0.0, mode="rw")) as raw:
        sqlite.fold_log(raw)


def _verify(source: sqlite.Raw | None, copy: sqlite.Raw) -> None:
    if not sqlite.is_sound(copy, thoroughly=True):
        raise OSError(0, _DIFFERS)
    for table in ("draft", "entry") if source else ():
        question = f"SELECT count(*) FROM {table}"
        if source and source.execute(question).fetchone() != copy.execute(question).fetchone():
            raise OSError(0, _DIFFERS)


def _carry(source: Path, target: Path) -> None:
    """A whole file to another place, read back and compared."""
    beside = companion_of(target, UNFINISHED_SUFFIX)
    try:
        shutil.copyfile(source, beside)
        _sync(beside)
        if not _same(source, beside):
            raise OSError(0, _DIFFERS)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as a, other.open("rb") as b:
        while True:
            left, right = a.read(1 << 20), b.read(1 << 20)
            if left != right:
                return False
            if not left:
                return True


def _sync(file: Path) -> None:
    with file.open("rb+") as opened_file:
        os.fsync(opened_file.fileno())


def _check_room(file: Path, folder: Path) -> None:
    size = file.stat().st_size
    if shutil.disk_usage(folder).free < size + SPARE_BYTES:
        raise StoreError(f"备份没有做成：{folder} 所在的磁盘空间不足（需要 {max(1, (size + SPARE_BYTES) >> 20)} MB）。"
                         "草稿照常保存，请清理出一些空间。")


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except FILE_ERRORS as error:
        raise StoreError(f"备份没有做成：{folder} 写不进去，或草稿文件读不出来（{explain_error(error)}）。"
                         "草稿照常保存；请检查这个文件夹，稍后会再试。") from error


def _next_name(*folders: Path | None) -> str:
    """With a count behind all that are there; also in the second place, where the first was emptied meanwhile."""
    number = max((_number(path) for folder in folders if folder for path in _backups(folder)), default=0) + 1
    return f"govdesk-{datetime.now():%Y%m%d-%H%M%S}-{number:0{COUNT_DIGITS}}.sqlite3"


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _backups(folder: Path) -> list[Path]:
    return [path for path in _listed(folder) if _NAME.fullmatch(path.name)]


def _stamp(file: Path) -> datetime:
    found = _NAME.fullmatch(file.name)
    try:
        return datetime.strptime(found[1], "%Y%m%d-%H%M%S") if found else datetime.min
    except ValueError:
        return datetime.min


def _number(file: Path) -> int:
    """Which copy it is; 0 before copies were counted."""
    found = _NAME.fullmatch(file.name)
    return int(found[2]) if found and len(found[2] or "") >= COUNT_DIGITS else 0


def _moment(at: datetime, now: datetime) -> tuple[bool, datetime]:
    """What claims to be of the future was made while the clock was wrong."""
    return at <= now, at


def _order(file: Path, now: datetime) -> tuple[int, bool, datetime, int, str]:
    """By the count; of two that have none by their dates, then by the number that was given within a second."""
    return _number(file), *_moment(_stamp(file), now), len(file.name), file.name


def _thin(folder: Path, made: Path) -> None:
    left = [path for path in _listed(folder) if path.suffix == UNFINISHED_SUFFIX and _NAME.fullmatch(path.stem)
            and time.time() - path.stat().st_mtime > ABANDONED_AFTER_SECONDS]
    for path in (*find_superfluous_backups(_backups(folder)), *left):
        if path != made:                 # two programs may count alike
            path.unlink(missing_ok=True)


def find_superfluous_backups(backups: Iterable[Path]) -> list[Path]:
    """Kept are the newest 4, and the newest of each of 7 days, 4 weeks and 12 months that have one: newest by the
    count, so that copies of a wrong clock have their turn and no more. A date that comes twice is one day."""
    now, gone = datetime.now() + CLOCK_SLACK, []
    seen: dict[str, set[str]] = {"day": set(), "week": set(), "month": set()}
    for place, path in enumerate(sorted(backups, key=lambda path: _order(path, now), reverse=True)):
        at = _stamp(path)
        keeps = place < NEWEST
        year, week, _ = at.isocalendar()
        for kind, word, most in (("day", f"{at:%Y%m%d}", DAYS), ("week", f"{year}-{week}", WEEKS),
                                 ("month", f"{at:%Y%m}", MONTHS)):
            if word not in seen[kind] and len(seen[kind]) < most:
                seen[kind].add(word)
                keeps = True
        if not keeps:
            gone.append(path)
    return gone
