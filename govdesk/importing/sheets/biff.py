"""A look over the records of an .xls workbook before it is read: how far each sheet reaches, which rows are hidden,
whether it is encrypted."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from govdesk.importing.files.compound import Compound
from govdesk.importing.files.source import UnreadableSourceError
from govdesk.importing.sheets.extent import Sheet

_BOF, _SHEET, _ROW, _COLUMNS, _LOCKED = 0x0809, 0x0085, 0x0208, 0x007D, 0x002F
_CELLS: Final = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00D6, 0x0406, 0x0206))
_SPREAD: Final = 0x00BD              # several numbers in one record: the last column stands at its end


def sheets(data: bytes) -> dict[str, Sheet]:
    """Each sheet by its name. Raises UnreadableSourceError, also for what is encrypted."""
    book = Compound(data)
    name = next((one for one in book.names if one in ("Workbook", "Book")), None)
    if name is None:
        raise UnreadableSourceError("里面没有工作表，请核对文件")
    stream = book.read(name)
    found: dict[str, Sheet] = {}
    names = {}
    now, begun = "", 0
    for at, kind, body in _records(stream):
        if kind == _LOCKED:
            raise UnreadableSourceError("文件加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份")
        if kind == _SHEET and len(body) >= 8:
            names[struct.unpack_from("<I", body)[0]] = _name(body[6:])
        elif kind == _BOF:
            begun += 1
            now = names.get(at, "")
            found.setdefault(now, Sheet(0, 0))
        elif now in found:
            found[now] = _after(found[now], kind, body)
    if not begun:
        raise UnreadableSourceError("文件不完整或已损坏，请让对方重新发一份，或用原来的软件打开后另存一份")
    return found


def _after(sheet: Sheet, kind: int, body: bytes) -> Sheet:
    if kind in _CELLS and len(body) >= 4:
        row, column = struct.unpack_from("<HH", body)
        return sheet._replace(rows=max(sheet.rows, row + 1), columns=max(sheet.columns, column + 1))
    if kind == _SPREAD and len(body) >= 6:
        row, column = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, len(body) - 2)[0]
        return sheet._replace(rows=max(sheet.rows, row + 1), columns=max(sheet.columns, column + 1))
    if kind == _ROW and len(body) >= 16:
        return sheet._replace(hidden=sheet.hidden + bool(body[12] & 0x20))
    if kind == _COLUMNS and len(body) >= 10:
        first, last = struct.unpack_from("<HH", body)
        hidden = last - first + 1 if body[8] & 0x01 and last < 256 else 0
        return sheet._replace(hidden=sheet.hidden + hidden)
    return sheet


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4:at + 4 + length]
        at += 4 + length


def _name(body: bytes) -> str:
    length, flags = body[0], body[1] if len(body) > 1 else 0
    return body[2:2 + length * 2].decode("utf-16-le", "replace") if flags & 1 else body[2:2 + length].decode("latin-1")
