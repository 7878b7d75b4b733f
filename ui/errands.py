"""What is done with a file beside the work: in a thread, one after another, said once it takes longer than a blink."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from govdesk.errors import FormError, UserError
from ui.task import Worker

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SAY_AFTER = 300                              # ms; what is quicker needs no word


class Errands(QObject):
    """Belongs to the window, which waits for them before it closes its drafts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._worker = window, Worker("errands", window)
        self._under_way = 0
        self.unsaid: list[str] = []              # what failed when nobody could read it in the window any more

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    def run(self, words: str, job: Callable[[], Any], done: Callable[[Any], object],
            failed: Callable[[str], object]) -> None:
        """`job` in the thread, then `done` with its result or `failed` with a sentence; `words`: what is being done."""
        soon = QTimer(self)
        soon.setSingleShot(True)
        soon.timeout.connect(lambda: tell(self._window, words))
        soon.start(SAY_AFTER)
        self._under_way += 1

        def over(act: Callable[[Any], object], value: Any) -> None:
            self._under_way -= 1
            soon.stop()
            soon.deleteLater()
            act(value)

        self._worker.run(job, lambda value: over(done, value),
                         lambda error: over(lambda error: failed(_sentence(error)), error))

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
