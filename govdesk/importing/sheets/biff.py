"""A look over the records of an .xls workbook before it is read: how far its sheets reach, whether it is encrypted."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from govdesk.importing.files.compound import Compound
from govdesk.importing.files.packages import TOO_MUCH
from govdesk.importing.files.source import MOST_CELLS, UnreadableSourceError
from govdesk.importing.sheets.grid import BROKEN, LOCKED, check_reach

_BOF, _LOCK = 0x0809, 0x002F
_CELLS: Final = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00D6, 0x0406, 0x0206))
_NUMBERS: Final = 0x00BD            # several in one record: the last column stands at its end


def stream_of(data: bytes) -> bytes:
    """The stream with the workbook's records. Raises UnreadableSourceError."""
    book = Compound(data)
    name = next((one for one in book.names if one in ("Workbook", "Book", "WORKBOOK", "BOOK")), None)
    if name is None:
        raise UnreadableSourceError("里面没有工作表，请核对文件")
    return book.read(name)


def check(stream: bytes) -> None:
    """Raises UnreadableSourceError for what is encrypted, reaches too far or is no workbook."""
    begun = count = 0
    for kind, body in _records(stream):
        if kind == _LOCK:
            raise UnreadableSourceError(LOCKED)
        begun += kind == _BOF
        count += kind in _CELLS
        if count > MOST_CELLS * 2:
            raise UnreadableSourceError(TOO_MUCH)
        if kind in _CELLS and len(body) >= 4:
            check_reach(*struct.unpack_from("<HH", body))
        elif kind == _NUMBERS and len(body) >= 6:
            check_reach(struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, len(body) - 2)[0])
    if not begun:
        raise UnreadableSourceError(BROKEN)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4:at + 4 + length]
        at += 4 + length
