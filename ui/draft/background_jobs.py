"""What is done with a file beside the work: in a thread, one after another, said once it takes longer than a blink."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from govdesk.base.errors import FormError, Stopped, UserError
from ui.common.unfinished import Unfinished, Work
from ui.common.worker import Worker

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

SAY_AFTER = 300                              # ms; what is quicker needs no word


class Errands(QObject):
    """Belongs to the window, which waits for them before it closes its drafts."""

    moved = Signal()                             # `asked_for` may be something else now

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._worker = window, Worker("errands", window)
        self._under_way: list[str] = []          # what is being done, in words that “没有完成” could follow
        self.unfinished = Unfinished(lambda: window.drafts.file.parent)
        self.unsaid: list[str] = []              # what failed when nobody could read it in the window any more

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    @property
    def asked_for(self) -> str:
        """What is being written for somebody, “” where nothing is."""
        return next(filter(None, self._under_way), "")

    def run(self, words: str, job: Callable[[], Any], done: Callable[[Any], object],
            failed: Callable[[str], object], work: Work | None = None) -> None:
        """`job` in the thread, then `done` with its result or `failed` with a sentence; `words`: what is being done.
        `work` that the end of the program cuts off is told of at the next start."""
        self.submit(words, job, done, lambda error: failed(_sentence(error)), work)

    def submit(self, words: str, job: Callable[[], Any], done: Callable[[Any], object],
               failed: Callable[[BaseException], object], work: Work | None = None) -> None:
        """The same; `failed` is given the exception."""
        soon = QTimer(self)
        soon.setSingleShot(True)
        soon.timeout.connect(lambda: tell(self._window, words))
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
            if work and not self._window.ending:     # else nobody is told of it before the next start
                self.unfinished.over(work)
            act(value)

        self._worker.run(noted, lambda value: over(done, value), lambda error: over(failed, error))

    def wait(self) -> None:
        """Until all of them are done; from any thread but the window's. Takes no more."""
        self._worker.wait()


def _sentence(error: BaseException) -> str:
    if isinstance(error, UserError):
        return error.sentence
    if isinstance(error, FormError):
        return f"这份草稿的表式本程序打不开（{error}）"
    raise error                              # nobody has foreseen it: the dialogue for errors takes it


def tell(window: MainWindow, words: str) -> None:
    """Where the clerk is looking by now."""
    if not words:
        return
    if window.leaving:
        if words.startswith("△"):
            window.errands.unsaid.append(words)
    elif window.wizard is None:
        window.home.say(words, "off" if words.startswith("△") else "quiet")
    elif words.startswith("△ "):
        window.wizard.status.show_warning(words.removeprefix("△ "))
    else:
        window.wizard.status.show_word(words)


def finish_for(window: MainWindow, page: QWidget, work: Work, *acts: Callable[..., Any],
               late: Callable[[], object] = lambda: None) -> None:
    """Work that was asked for on a page is finished though the page is left; then the word of it comes where the clerk
    is. `acts`: the job, what to do with its result, and with its exception; `late`: what is still to be done then."""
    job, done, failed = acts

    def is_there() -> bool:
        return isValid(page) and not getattr(page, "left", False)

    def over(result: Any) -> None:
        if is_there():
            done(result)
        elif work.target is None:
            tell(window, f"△ {work.what}没有完成：准备好之前已经离开那一页。")
        else:
            late()
            tell(window, f"✓ {work.what}已完成：{work.target}")

    def broken(error: BaseException) -> None:
        if is_there():
            failed(error)
        elif not isinstance(error, Stopped):
            tell(window, f"△ {work.what}没有完成：{_sentence(error)}")

    window.errands.submit("", job, over, broken, work)
