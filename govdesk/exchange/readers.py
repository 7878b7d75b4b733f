"""Lists the readers of files, and reads a file of any kind into a report.

A reader recognises a file by its content. The suffixes serve the dialogues, and the start of the program with a file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from govdesk.base.bounds import DOCUMENT, MAX_FILE_BYTES
from govdesk.base.errors import UnreadableFileError
from govdesk.base.files import dialog_filter, explain_read_error
from govdesk.exchange import draft_file, file_kinds, report_file
from govdesk.exchange.read_result import ReadResult
from govdesk.importing.kinds import FORMATS, is_known, may_be_long

ALL_FILES = "所有文件 (*)"


class FileReader(NamedTuple):
    """A row of the table. `read` is given the bytes and the name that messages call the file by; it raises
    UnreadableFileError. What it needs that is heavy it imports when it is called."""

    id: str
    label: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], ReadResult]

    @property
    def suffix(self) -> str:
        """The suffix that files of this kind are written with."""
        return self.suffixes[0]

    @property
    def filter(self) -> str:
        """The line of a file dialogue."""
        return dialog_filter(self.label, self.suffixes)


def _import(data: bytes, name: str) -> ReadResult:
    """The report in a file of another program, with all that is in doubt as sentences."""
    from govdesk.importing.importer import import_bytes, sentences

    found = import_bytes(data, name)
    return ReadResult(found.report, None, tuple(sentences(found)))


EXCHANGE_READER: Final = FileReader("exchange", "年报数据文件", (".govdesk",), report_file.is_exchange_file,
                                    draft_file.load_draft)
READERS: Final[dict[str, FileReader]] = {reader.id: reader for reader in (
    EXCHANGE_READER, *(FileReader(row.id, row.label, row.suffixes, row.recognises, _import) for row
                       in FORMATS.values()))}


def read_file(path: Path) -> ReadResult:
    """Reads a file of any kind in the table. Raises UnreadableFileError with the reason and what to do."""
    return read_bytes(read_file_bytes(path), str(path))


_OF_JSON = (b"{", b"[", b'"', b"null", b"\xff\xfe", b"\xfe\xff")     # how JSON begins, in whatever encoding


def read_bytes(data: bytes, name: str) -> ReadResult:
    """Reads what a file holds; `name` is what messages call it."""
    for reader in READERS.values():
        if reader.recognises(data):
            return reader.read(data, name)
    if is_known(data):
        return _import(data, name)               # it says what is wrong
    if kind := file_kinds.kind_of_file(data):
        advice = file_kinds.advise_on_file_kind(kind, EXCHANGE_READER.suffix)
        what = f"这是{kind}" if kind == file_kinds.TEXT else f"这是{kind}，不是{EXCHANGE_READER.label}"
        raise UnreadableFileError(f"{name}：{what}。{advice}")
    if data.strip() and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_OF_JSON):
        own = f"{EXCHANGE_READER.label}（{EXCHANGE_READER.suffix}）"
        raise UnreadableFileError(f"{name}：认不出这是什么文件。能打开的有{own}和 Word、WPS、网页、Excel、CSV、PDF、"
                                  "OFD 文件，请核对文件，或用原来的软件打开后另存一份")
    return EXCHANGE_READER.read(data, name)      # it says what is wrong


def read_file_bytes(path: Path) -> bytes:
    """What is in a file that may be read. Raises UnreadableFileError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)    # not by its stated size: a device or a pipe states none
            most = DOCUMENT if may_be_long(data) else MAX_FILE_BYTES
            data += file.read(most - MAX_FILE_BYTES) if len(data) > MAX_FILE_BYTES else b""
        if len(data) > most:
            raise UnreadableFileError(_too_large(str(path), path.stat().st_size, most))
        return data
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{path}：{explain_read_error(error)}") from error


def _too_large(name: str, size: int, most: int) -> str:
    stated = f"有 {size / 2**20:.1f} MB，" if size > most else ""
    return f"{name}：文件{stated}超过上限 {most >> 20} MB，不像一份年报，请核对文件"


def open_filter() -> str:
    """The lines of a dialogue that opens a file: where there are several kinds, first all of them together."""
    rows = list(READERS.values())
    every = tuple(suffix for reader in rows for suffix in reader.suffixes)
    together = [dialog_filter("可以打开的文件", every)] if len(rows) > 1 else []
    return ";;".join([*together, *(reader.filter for reader in rows), ALL_FILES])


def is_named_as_readable(name: str) -> bool:
    """Whether the suffix of a name is one of the table."""
    return name.lower().endswith(tuple(suffix for reader in READERS.values() for suffix in reader.suffixes))
