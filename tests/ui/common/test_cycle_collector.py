"""Reference cycles that hold widgets are freed on the window's thread, whichever thread is busy."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.common.cycle_collector import collect_cycles
from ui.common.worker import Worker


class Dropped(QObject):
    """An object in a cycle, and where it is freed."""

    def __init__(self, where: list[str]) -> None:
        super().__init__()
        self.me, self.where = self, where

    def __del__(self) -> None:
        self.where.append(threading.current_thread().name)


def test_a_busy_worker_frees_no_widget(qtbot: QtBot) -> None:
    where: list[str] = []
    worker, done = Worker("busy"), []

    def allocate() -> int:
        return len([[i] for i in range(100_000)])        # Python's own collector would run a hundred times

    for _ in range(20):
        Dropped(where)
    worker.run(allocate, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    worker.wait()
    assert done == [100_000] and [name for name in where if name.startswith("busy")] == []
    made = [[i] for i in range(10_000)]
    qtbot.waitUntil(lambda: len(where) == 20, timeout=20_000)
    assert len(made) == 10_000 and set(where) == {threading.main_thread().name}


def test_nothing_is_looked_for_where_little_was_made(qtbot: QtBot) -> None:
    Worker("idle").wait()
    assert not gc.isenabled()
    gc.collect()
    before = [stat["collections"] for stat in gc.get_stats()]
    collect_cycles()
    assert [stat["collections"] for stat in gc.get_stats()] == before
