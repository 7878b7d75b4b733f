"""Writes to the command's two streams; what cannot be written is a sentence or a quiet end, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO
from unicodedata import category

from govdesk.base.errors import UserError

EXIT_BROKEN_PIPE = 141               # what a shell says of a program that wrote into a closed pipe: 128 + SIGPIPE
_PIPE = {errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE}


class OutputError(UserError):
    """The answer could not be written. Nobody reads a closed pipe any more, so that is no fault: no sentence."""

    def __init__(self, error: OSError) -> None:
        closed = error.errno in _PIPE
        super().__init__("" if closed else f"结果没有写完（{_reason(error)}），请换个地方输出再试一次。")
        self.exit_code = EXIT_BROKEN_PIPE if closed else 2


def prepare_streams() -> None:
    """Chinese on a console of any encoding: what it cannot show becomes an escape."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def print_answer(text: str, end: str = "\n") -> None:
    """A part of the answer. Raises UnheardError."""
    try:
        print(text, end=end)
    except OSError as error:
        _give_up(sys.stdout)
        raise OutputError(error) from error


def flush_answer() -> None:
    """All of the answer is out. Raises UnheardError: left to Python's end, a full disk would be a traceback."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        _give_up(sys.stdout)
        raise OutputError(error) from error


def leave_process(code: int) -> None:
    """The process ends here, unless something is still to be said: then Python ends it."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


def print_notice(sentence: str) -> None:
    """A sentence beside the answer; where even that cannot be written, only the exit code speaks."""
    if not sentence or sys.stderr is None:       # print would write it among the answer
        return
    try:
        print(f"govdesk：{_one_line(sentence)}", file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


def _one_line(sentence: str) -> str:
    """A name of a file may hold line ends and commands to the console."""
    unseen = {"Cc", "Cs", "Zl", "Zp"}
    return "".join(c.encode("unicode_escape").decode() if category(c) in unseen else c for c in sentence)


def _give_up(stream: TextIO) -> None:
    """What the stream still holds goes nowhere; otherwise Python would try again at its end, and fail aloud."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):    # no real file behind it
        return


def _reason(error: OSError) -> str:
    return "磁盘空间不足" if error.errno == errno.ENOSPC else error.strerror or str(error)
