"""Tells how far a long read has come, to whoever watches it; one who no longer wants it ends it by an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_watcher: ContextVar[Callable[[int, int], object] | None] = ContextVar("watcher", default=None)


@contextmanager
def watch_reading(tell: Callable[[int, int], object]) -> Iterator[None]:
    """While this lasts, `tell` is given the number of each page of a file that is read in this thread, from 1, and how
    many there are. What it raises ends the read."""
    before = _watcher.set(tell)
    try:
        yield
    finally:
        _watcher.reset(before)


def note_page(number: int, count: int) -> None:
    """A page is about to be read."""
    if tell := _watcher.get():
        tell(number, count)
