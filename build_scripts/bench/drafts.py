"""Benchmarks saving one figure against sqlite3 itself with the same settings, in one process."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from measure import Comparison, measure_pairs

from govdesk import cli
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, edit_of
from govdesk.session.session import take_snapshot
from govdesk.store.drafts import open_store

SAVES = 20                           # in a round


def measure_autosave(rounds: int, folder: Path) -> Comparison:
    """Milliseconds for one saved figure."""
    report = cli.sample_report()
    cell = sorted(form_reader.load_form(report.form_id).input_cells)[0]
    raw = _raw(folder / "raw.sqlite3")
    with open_store(folder) as store:
        draft = store.create(report)
        edits = [edit_of(report, "填入", [(Layer.VALUES, cell, Decimal(1000 + i))]) for i in range(SAVES)]

        def ours(_: int) -> float:
            return _each(lambda i: store.save(draft, [edits[i]]))

        def peer(_: int) -> float:
            return _each(lambda i: _save_raw(raw, str(cell), str(1000 + i)))

        found = measure_pairs(rounds, ours, peer)
    raw.close()
    return found


def make_filled_folder(folder: Path, number: int) -> Path:
    """A folder with so many drafts, of a fifth as many organs."""
    report = cli.sample_report()
    with open_store(folder) as store:
        for i in range(number):
            cover = [(Layer.COVER, "organ.name", f"临江区第{i // 5}局"), (Layer.COVER, "year", str(2021 + i % 5))]
            store.create(edit_of(report, "", cover).applied_to(report))
    return folder


def _each(act: Callable[[int], object]) -> float:
    start = time.perf_counter()
    for i in range(SAVES):
        act(i)
    return (time.perf_counter() - start) * 1000 / SAVES


def _raw(file: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(file, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE draft (id INTEGER PRIMARY KEY, saved_at TEXT)")
    raw.execute("CREATE TABLE entry (draft_id, layer, key, value, PRIMARY KEY (draft_id, layer, key)) WITHOUT ROWID")
    raw.execute("INSERT INTO draft VALUES (1, '')")
    return raw


def _save_raw(raw: sqlite3.Connection, key: str, value: str) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE draft SET saved_at = ? WHERE id = 1", (value,))
    raw.execute("INSERT INTO entry VALUES (1, 'values', ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (key, value))
    raw.execute("COMMIT")


def measure_snapshots(rounds: int) -> list[float]:
    """Milliseconds for all totals, checks and steps of the sample; one value a round."""
    report = cli.sample_report()
    form = form_reader.load_form(report.form_id)
    found = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        for _ in range(SAVES):
            take_snapshot(form, report)
        found.append((time.perf_counter() - start) * 1000 / SAVES)
    return found[1:]
