"""Work off the GUI thread, with its result or its error brought back to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.common.cycle_collector import start_cycle_collector


class Worker(QObject):
    """One thread that does jobs in turn. `done` and `failed` reach the thread that made the worker."""

    _finished = Signal(object, object)       # what to call, what to call it with

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        start_cycle_collector()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._thread: threading.Thread | None = None
        self._finished.connect(lambda call, value: call(value))

    def run(self, job: Callable[[], Any], done: Callable[[Any], None],
            failed: Callable[[BaseException], None]) -> Future[Any]:
        """Do `job` in the thread, then call `done` with its result or `failed` with its exception."""
        def work() -> Any:
            self._thread = threading.current_thread()
            return job()

        def report(future: Future[Any]) -> None:
            error = future.exception()
            with suppress(RuntimeError):     # the window may be gone; then nobody waits for this any more
                self._finished.emit(failed if error else done, error or future.result())

        future = self._pool.submit(work)
        future.add_done_callback(report)
        return future

    @property
    def is_dead(self) -> bool:
        """Whether the thread has ended though nobody told it to: it will do no job any more."""
        return self._thread is not None and not self._thread.is_alive()

    def wait(self) -> None:
        """Until all that was handed in is done; takes no more."""
        self._pool.shutdown(wait=True)
