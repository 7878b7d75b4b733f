"""Defines the errors that a person can act on: one sentence (what is wrong, where, what to do) and an exit code."""

from __future__ import annotations


class UserError(Exception):
    """A sentence in Chinese for the person who can act; `exit_code` is what the command line returns for it."""

    exit_code = 2

    @property
    def sentence(self) -> str:
        return str(self.args[0])


class UnreadableFileError(UserError):
    """A file that is absent, damaged, of another format, or says something that is refused."""


class UnwritableFileError(UserError):
    """A file that could not be written: no right, no room, open elsewhere."""


class StoreError(UserError):
    """The drafts' database could not be opened, read or written."""


class InstallationError(UserError):
    """A file that came with the program is damaged or gone; nothing is wrong with what the clerk made."""

    def __init__(self, file: object, reason: object) -> None:
        super().__init__(f"程序自带的文件“{file}”缺失或已损坏（{reason}）。请重新安装程序；年报和草稿不受影响。")


class Stopped(Exception):  # noqa: N818 (nothing went wrong)
    """The person who began a long task stopped it; nothing was written."""


class FormError(Exception):
    """A form file is wrong: for whoever maintains the form, so in English. Names the key path and the reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def sentence_of(error: BaseException) -> str:
    """What a clerk is told of an error that somebody has foreseen; any other is raised again."""
    if isinstance(error, UserError):
        return error.sentence
    if isinstance(error, FormError):
        return f"这份草稿的表式本程序打不开（{error}）"
    raise error
