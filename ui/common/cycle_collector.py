"""Frees Python's reference cycles on the window's thread only.

A cycle may hold widgets. Python frees cycles in whatever thread happens to allocate: a destructor of Qt would then run
in a worker, wait for Python's lock while it holds one of Qt's, and the window, which waits the other way round, would
stand still for ever.
"""

from __future__ import annotations

import gc

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer

INTERVAL_MS = 500                            # ms between two looks whether there is enough to be freed


class CycleCollector(QObject):
    """Takes over from Python's own collector, which is switched off, with the same thresholds."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect_cycles)
        timer.start(INTERVAL_MS)


_collector: CycleCollector | None = None


def start_cycle_collector() -> None:
    """From here on cycles are freed by the event loop. Once is enough; without an application nothing happens."""
    global _collector  # noqa: PLW0603  # one for the process, as Python's own is
    application = QCoreApplication.instance()
    if application is not None and not (_collector and shiboken6.isValid(_collector)):
        _collector = CycleCollector(application)


def collect_cycles() -> None:
    """The oldest generation whose threshold is passed, and with it the younger ones."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
    if due:
        gc.collect(max(due))
