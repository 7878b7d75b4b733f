"""Work off the GUI thread, with its result or its error brought back to it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal


class Worker(QObject):
    """One thread that does jobs in turn. `done` and `failed` reach the thread that made the worker."""

    _finished = Signal(object, object)       # what to call, what to call it with

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._finished.connect(lambda call, value: call(value))

    def run(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[BaseException], None]) -> None:
        """Do `job` in the thread, then call `done` with its result or `failed` with its exception."""
        def report(future: Future[Any]) -> None:
            error = future.exception()
            with suppress(RuntimeError):     # the window may be gone; then nobody waits for this any more
                self._finished.emit(failed if error else done, error or future.result())

        self._pool.submit(job).add_done_callback(report)

    def wait(self) -> None:
        """Until all that was handed in is done; takes no more."""
        self._pool.shutdown(wait=True)
