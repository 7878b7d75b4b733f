"""Makes a draft with a long history, and a data file of a given size, for the benchmarks of opening and backups."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from govdesk import cli
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, edit_of
from govdesk.store import drafts
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.sql import sqlite
from govdesk.store.sql.history import CLOSING, DAY, EXPORTED, VersionMark

DAYS_A_YEAR = 48                         # on which a draft is worked on: a long winter, and a look each month
SAVES_A_DAY = 6


def make_fresh_draft(folder: Path) -> Path:
    """A draft as it is just after the sample was opened."""
    with open_store(folder) as store:
        store.create(cli.sample_report())
    return folder


def make_aged_draft(folder: Path, years: int, saves_a_day: int = SAVES_A_DAY) -> Path:
    """The same draft after so many years of work, thinned day by day as the program does it."""
    with open_store(folder) as store:
        draft = store.create(cli.sample_report())
        usual = drafts.moment_now
        try:
            for moment in _days(years):
                _work(store, draft, moment, saves_a_day)
        finally:
            drafts.moment_now = usual
    return folder


def _days(years: int) -> Iterator[datetime]:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=365 * years)
    for number in range(years * DAYS_A_YEAR):
        yield start + timedelta(days=number * 365 / DAYS_A_YEAR)


def _work(store: Drafts, draft: int, day: datetime, saves: int) -> None:
    chance = random.Random(day.isoformat())
    report = store.load(draft)
    cells = sorted(form_reader.load_form(report.form_id).input_cells)
    for number in range(saves):
        drafts.moment_now = lambda at=day + timedelta(minutes=10 * number): at.isoformat(timespec="milliseconds")
        edit = edit_of(report, "填入", [
            (Layer.VALUES, chance.choice(cells), Decimal(chance.randrange(999))),
            (Layer.TEXTS, "problems", f"{report.text('problems')[-300:]}第{chance.randrange(999)}句。")])
        before = [VersionMark(DAY)] if number == 0 else []
        last, exported = number == saves - 1, chance.random() < 0.01
        after = [VersionMark(CLOSING)] if last else [VersionMark(EXPORTED)] if exported else []
        store.save(draft, [*before, edit, *after])
        report = edit.applied_to(report)
    store.thin(draft, day)


def make_data_file_of_size(folder: Path, size: int) -> Path:
    """A data file of so many bytes, of drafts with long texts."""
    with open_store(folder) as store:
        report = cli.sample_report()
        long = edit_of(report, "", [(Layer.TEXTS, "problems", "问题与改进。" * 3000)]).applied_to(report)
        while store.file.stat().st_size < size:
            for _ in range(20):
                store.create(long)
            with closing(sqlite.connect(store.file, 5.0)) as raw:
                sqlite.empty_log(raw)
    return folder
