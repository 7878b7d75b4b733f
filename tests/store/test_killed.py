"""The program is killed while it saves: whatever it had called saved is there, and no edit is there by half."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from govdesk.form.form import Address
from govdesk.report.report import Layer, Report
from govdesk.store.drafts import open_store
from tests.store.saver import CELLS, edit_number
from tests.store.store_helpers import FORM, python


def killed_saver(folder: Path, draft_id: int, start: int, after: float) -> int:
    """Lets a process save from `start` on, kills it `after` seconds from its first save; its last acknowledged save."""
    with python(str(Path(__file__).parent / "saver.py"), str(folder), str(draft_id), str(start)) as process:
        assert process.stdout
        acknowledged = int(process.stdout.readline())
        killer = threading.Timer(after, process.kill)
        killer.start()
        for line in process.stdout:
            if line.endswith("\n"):
                acknowledged = int(line)
        killer.join()
    return acknowledged


def check(folder: Path, draft_id: int, acknowledged: int) -> int:
    """Every acknowledged save is there, whole; the number of the last save that reached the file."""
    with open_store(folder) as store:
        report = store.load(draft_id)
    numbers = [int(str(report.value(Address("t", f"r{row}", "one")) or 0)) for row in range(CELLS)]
    last = max(numbers)
    assert acknowledged <= last <= acknowledged + 1
    expected = Report(FORM)
    for number in range(max(1, last - CELLS + 1), last + 1):
        expected = edit_number(number).applied_to(expected)
    for layer in (Layer.VALUES, Layer.TEXTS):
        assert report.entries(layer) == expected.entries(layer)
    return last


def campaign(folder: Path, rounds: int, longest: float) -> None:
    with open_store(folder) as store:
        draft_id = store.create(Report(FORM))
    chance, last = random.Random(20240118), 0
    for _ in range(rounds):
        last = check(folder, draft_id, killed_saver(folder, draft_id, last + 1, chance.uniform(0, longest)))
    with closing(sqlite3.connect(folder / "govdesk.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_killed_ten_times(tmp_path: Path) -> None:
    campaign(tmp_path, 10, 0.15)


@pytest.mark.slow
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    campaign(tmp_path, 200, 0.6)
