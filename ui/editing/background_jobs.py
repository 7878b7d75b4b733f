"""What is done with a file beside the work: in a thread, one after another, said once it takes longer than a blink."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from govdesk.base.errors import Stopped, sentence_of
from govdesk.drafts.unfinished import FileWork, UnfinishedWork
from ui.common.notice_level import NoticeLevel
from ui.common.worker import Worker
from ui.editing.workspace import Workspace

SAY_AFTER = 300                              # ms; what is quicker needs no word


class BackgroundJobs(QObject):
    """The jobs of one program, which waits for them before it closes its drafts."""

    moved = Signal()                         # `asked_for` may be something else now
    said = Signal(object, str)               # Severity, words: for the clerk, wherever he is by now

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace, self._worker = workspace, Worker("jobs", workspace)
        self._under_way: list[str] = []          # what is being done, in words that “没有完成” could follow
        self.unfinished = UnfinishedWork(lambda: workspace.folder)

    @property
    def busy(self) -> bool:
        """Whether a job is being done or waits."""
        return bool(self._under_way)

    @property
    def asked_for(self) -> str:
        """What is being written for somebody, “” where nothing is."""
        return next(filter(None, self._under_way), "")

    def run(self, words: str, job: Callable[[], Any], done: Callable[[Any], object],
            failed: Callable[[str], object] | None = None, work: FileWork | None = None) -> None:
        """Does `job` in the thread, then `done` with its result or `failed` with a sentence, which is a warning where
        nothing else is to be done with it; `words`: what is being done. `work` that the end of the program cuts off is
        told of at the next start."""
        refuse = failed or self._warn
        self.submit(words, job, done, lambda error: refuse(sentence_of(error)), work)

    def submit(self, words: str, job: Callable[[], Any], done: Callable[[Any], object],
               failed: Callable[[BaseException], object], work: FileWork | None = None) -> None:
        """Like `run`, but `failed` gets the exception."""
        soon = QTimer(self)
        soon.setSingleShot(True)
        soon.timeout.connect(lambda: self.said.emit(NoticeLevel.NOTE, words))
        soon.start(SAY_AFTER)
        what = work.what if work else ""
        self._under_way.append(what)

        if work:                                 # at once: it may wait in line when the end comes
            self.unfinished.begin(work)

        def noted() -> Any:
            result = job()
            if work and work.target:             # it is there, whoever is there to hear of it
                self.unfinished.over(work)
            return result

        def over(act: Callable[[Any], object], value: Any) -> None:
            self._under_way.remove(what)
            soon.stop()
            soon.deleteLater()
            self.moved.emit()
            if work and not self._workspace.is_ending:       # else nobody is told of it before the next start
                self.unfinished.over(work)
            act(value)

        self._worker.run(noted, lambda value: over(done, value), lambda error: over(failed, error))

    def finish_for(self, page: QWidget, work: FileWork, job: Callable[[], Any], done: Callable[[Any], object],
                   failed: Callable[[BaseException], object], *, late: Callable[[], object] = lambda: None) -> None:
        """Finishes what was asked for on a page though the page is left; then the word of it comes where the clerk is.
        `late`: what is still to be done then."""
        def is_there() -> bool:
            return isValid(page) and not getattr(page, "left", False)

        def over(result: Any) -> None:
            if is_there():
                done(result)
            elif work.target is None:
                self._warn(f"{work.what}没有完成：准备好之前已经离开那一页。")
            else:
                late()
                self.said.emit(NoticeLevel.DONE, f"{work.what}已完成：{work.target}")

        def broken(error: BaseException) -> None:
            if is_there():
                failed(error)
            elif not isinstance(error, Stopped):
                self._warn(f"{work.what}没有完成：{sentence_of(error)}")

        self.submit("", job, over, broken, work)

    def _warn(self, sentence: str) -> None:
        self.said.emit(NoticeLevel.WARNING, sentence)

    def wait(self) -> None:
        """Waits until all of them are done; from any thread but the window's. Takes no more."""
        self._worker.wait()
