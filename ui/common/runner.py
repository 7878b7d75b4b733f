"""How a page has its work done: by whoever outlives the page, or by its own thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from govdesk.drafts.unfinished import FileWork
from ui.common.worker import Worker

# (the page that asked, the work, the job, what to do with its result or its exception). The page may be left meanwhile.
Runner = Callable[[QWidget, FileWork, Callable[[], Any], Callable[[Any], None], Callable[[BaseException], None]],
                  object]


def run_alone(worker: Worker) -> Runner:
    """For a page without a window that would outlive it."""
    return lambda _page, _work, job, done, failed: worker.run(job, done, failed)
