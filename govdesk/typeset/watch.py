"""A long task's progress, and the wish to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from govdesk.base.errors import Stopped

ProgressCall = Callable[[int, int | None], None]  # (pages done, pages in all or None while they are not known)
StopCall = Callable[[], bool]


class Watch(NamedTuple):
    """Who is told, and who is asked. Both are called on the thread that works."""

    progress: ProgressCall | None = None
    stop: StopCall | None = None

    def tell(self, done: int, total: int | None) -> None:
        """A page is done."""
        self.ask()
        if self.progress:
            self.progress(done, total)

    def ask(self) -> None:
        """Raises Stopped where it is wished."""
        if self.stop and self.stop():
            raise Stopped


UNWATCHED = Watch()
