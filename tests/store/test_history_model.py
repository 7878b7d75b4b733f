"""The SQL of the history against the same rules in plain Python, with two drafts and several entries at random."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import Connection, create_engine, insert

from govdesk.report.history import DraftHistory, KeptVersion, PastValue
from govdesk.report.report import Layer
from govdesk.store.sql import history, history_sql
from govdesk.store.sql.history import BEFORE, CARRIED, CLOSING, DAY, EXPORTED, NAMED, VersionMark
from govdesk.store.sql.tables import draft, metadata

TEXT, CELL = Layer.TEXTS.value, Layer.VALUES.value
ENTRIES = ((TEXT, "a"), (TEXT, "b"), (CELL, "a"), (CELL, "g/r/c"))
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
DRAFTS = (1, 2)


class Run(NamedTuple):
    """What two drafts have been: the values and the versions of each."""

    values: dict[int, list[PastValue]]
    versions: dict[int, list[KeptVersion]]
    end: datetime


def moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def run_at_random(chance: random.Random, days: int) -> Run:
    """Some saves on some of the days; each has values of one or more entries and sometimes a version."""
    values: dict[int, list[PastValue]] = {one: [] for one in DRAFTS}
    versions: dict[int, list[KeptVersion]] = {one: [] for one in DRAFTS}
    at, revision = START, dict.fromkeys(DRAFTS, 0)
    for _ in range(days):
        at = START + timedelta(days=(at - START).days + chance.choice((1, 1, 1, 3, 20)), hours=chance.randrange(3))
        for _ in range(chance.randrange(1, 7)):
            at += timedelta(minutes=chance.choice((1, 9, 40)))
            one = chance.choice(DRAFTS)
            revision[one] += 1
            values[one] += [PastValue(layer, key, revision[one], f"{revision[one]}", moment(at), "填写")
                            for layer, key in chance.sample(ENTRIES, chance.randrange(1, 4))]
            if chance.random() < 0.2:
                kind = chance.choice((NAMED, DAY, CLOSING, CARRIED))
                versions[one].append(KeptVersion(revision[one], kind, "名" if kind == NAMED else "", moment(at)))
    return Run(values, versions, at)


def stored(run: Run) -> Connection:
    connection = create_engine("sqlite://").connect()
    metadata.create_all(connection)
    for one in DRAFTS:
        connection.execute(insert(draft),
            {"id": one, "form_id": "f", "organ_name": "", "created_at": "", "saved_at": ""})
        history_sql.put_history(connection, one, DraftHistory(
            "draft", tuple(run.values[one]), tuple(run.versions[one])))
    return connection


def left_of_texts(values: list[PastValue], versions: list[KeptVersion], now: datetime) -> list[PastValue]:
    """Reads the rules of thinning as they are written in `thin_history`, for few versions, where none of them goes."""
    by_day: dict[str, list[PastValue]] = {}
    for was in values:
        by_day.setdefault(was.at[:10], []).append(was)
    newest_days = sorted(by_day, key=lambda day: max(was.revision for was in by_day[day]), reverse=True)
    left = list(values)
    for age, worked, width in ((1, 2, 13), (7, 7, 10), (60, 20, 7)):
        if len(newest_days) < worked:
            break
        begun = min(was.revision for was in by_day[newest_days[worked - 1]])
        before = moment(now - timedelta(days=age))
        left = [was for was in left if not (
            was.layer == TEXT and was.at < before and was.revision < begun and any(
                later.layer == was.layer and later.key == was.key and later.revision > was.revision
                and later.at[:width] == was.at[:width]
                and not any(was.revision <= kept.revision < later.revision for kept in versions)
                for later in left))]
    return left


@pytest.mark.parametrize("seed", range(24))
def test_thinning_is_what_its_rules_say_and_leaves_the_other_draft(seed: int) -> None:
    run = run_at_random(random.Random(seed), days=6 + 2 * seed)
    now = run.end + timedelta(days=(0, 2, 8, 61, 400)[seed % 5], seconds=1)
    one, other = DRAFTS if seed % 2 else reversed(DRAFTS)
    with closing(stored(run)) as connection:
        history_sql.thin_history(connection, one, now)
        values, versions = history_sql.read_history(connection, one)
        assert sorted(values) == sorted(left_of_texts(run.values[one], run.versions[one], now))
        assert sorted(versions) == sorted(run.versions[one])
        as_it_was, kept = history_sql.read_history(connection, other)
        assert (sorted(as_it_was), sorted(kept)) == (sorted(run.values[other]), sorted(run.versions[other]))


def test_the_model_takes_something_away() -> None:
    gone = 0
    for seed in range(24):
        run = run_at_random(random.Random(seed), days=6 + 2 * seed)
        gone += len(run.values[1]) - len(left_of_texts(run.values[1], run.versions[1], run.end + timedelta(days=400)))
    assert gone > 100


@pytest.mark.parametrize("seed", range(12))
def test_every_revision_is_read_as_it_was(seed: int) -> None:
    run = run_at_random(random.Random(seed), days=8)
    with closing(stored(run)) as connection:
        for one in DRAFTS:
            newest = max((was.revision for was in run.values[one]), default=0)
            for revision in range(newest + 2):
                then: dict[tuple[str, str], str | None] = {}
                for was in run.values[one]:
                    if was.revision <= revision:
                        then[was.layer, was.key] = was.value
                assert history_sql.rows_at(connection, one, revision) == then


def save(connection: Connection, one: int, revision: int, at: datetime, *keys: tuple[str, str],
         act: str = "填写") -> None:
    history_sql.note_values(connection, one, (revision, moment(at)), dict.fromkeys(keys, f"{one}.{revision}"),
                            dict.fromkeys(keys, act))


def kept_of(connection: Connection, one: int) -> list[tuple[str, str, int]]:
    return sorted((was.layer, was.key, was.revision) for was in history_sql.read_history(connection, one)[0])


EMPTY = Run({1: [], 2: []}, {1: [], 2: []}, START)


@pytest.mark.parametrize(("seconds", "act", "joined"), [(59, "填写", True), (61, "填写", False), (59, "粘贴", False),
                                                        (0, "填写", True), (-5, "填写", False)])
def test_what_is_typed_in_one_run_is_one_value(seconds: int, act: str, *, joined: bool) -> None:
    """Another draft, another entry of the same moment and a figure are none of the run."""
    with closing(stored(EMPTY)) as connection:
        for one in DRAFTS:
            save(connection, one, 1, START, (TEXT, "a"), (TEXT, "b"), (CELL, "a"))
        save(connection, 1, 2, START + timedelta(seconds=seconds), (TEXT, "a"), (CELL, "a"), act=act)
        cells = [(CELL, "a", 1), (CELL, "a", 2)]
        texts = [(TEXT, "a", 2)] if joined else [(TEXT, "a", 1), (TEXT, "a", 2)]
        assert kept_of(connection, 1) == sorted([*cells, *texts, (TEXT, "b", 1)])
        assert kept_of(connection, 2) == sorted([(TEXT, "a", 1), (TEXT, "b", 1), (CELL, "a", 1)])


def test_an_export_takes_its_own_beginning_and_no_other_mark() -> None:
    def marks(one: int) -> list[tuple[int, str]]:
        return sorted((found.revision, found.kind) for found in history_sql.list_versions(connection, one))

    with closing(stored(EMPTY)) as connection:
        for one in DRAFTS:
            for revision in (1, 2, 3):
                save(connection, one, revision, START + timedelta(days=revision), (CELL, "a"))
            for revision in (1, 3):
                history_sql.mark_version(connection, one, revision, moment(START), VersionMark(BEFORE, "粘贴"))
        history_sql.mark_version(connection, 2, 2, moment(START), VersionMark(BEFORE, "导出 PDF"))
        for one in DRAFTS:
            history_sql.mark_version(connection, one, 3, moment(START), VersionMark(EXPORTED, "导出 PDF"))
        assert marks(1) == [(1, BEFORE), (3, EXPORTED)]          # of the moment itself, the export says more
        assert marks(2) == [(1, BEFORE), (2, EXPORTED), (3, BEFORE)]


def test_a_mark_by_the_way_gives_way_only_at_its_own_revision() -> None:
    with closing(stored(EMPTY)) as connection:
        for revision in (300, 301):
            save(connection, 1, revision, START, (CELL, "a"))
            history_sql.mark_version(connection, 1, revision, moment(START), VersionMark(NAMED, f"第{revision}稿"))
        save(connection, 1, 299, START, (CELL, "b"))
        history_sql.mark_version(connection, 1, 299, moment(START), VersionMark(CLOSING))
        history_sql.mark_version(connection, 1, int("301"), moment(START), VersionMark(CLOSING))
        history_sql.mark_version(connection, 2, int("301"), moment(START), VersionMark(CLOSING))
        assert [v.kind for v in history_sql.list_versions(connection, 1)] == [NAMED, NAMED, CLOSING]
        assert [v.kind for v in history_sql.list_versions(connection, 2)] == [CLOSING]
        assert history.NEWEST_KEPT == 40
