"""Streams of a compound file (OLE2), the container of .doc and .xls, read with no more care for its header than needed:
WPS fills in fields that others leave empty, and cuts the last sector short."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from govdesk.importing.files.source import UnreadableSourceError

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST: Final = 0xFFFFFFFA            # sector numbers from here on are none
_MOST_SECTORS: Final = 200_000
_BROKEN: Final = "文件不完整或已损坏，请让对方重新发一份，或用原来的软件打开后另存一份"


class Compound:
    """A compound file."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableSourceError where its directory cannot be read."""
        if not data.startswith(SIGNATURE) or len(data) < 1536:
            raise UnreadableSourceError(_BROKEN)
        self._data = data
        shift, self._mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or self._mini_shift != 6:
            raise UnreadableSourceError(_BROKEN)
        self._size = 1 << shift
        self._cutoff = struct.unpack_from("<I", data, 56)[0]
        self._fat = self._table()
        first = struct.unpack_from("<I", data, 48)[0]
        self._entries = list(self._directory(self._chain(first)))
        root = next((entry for entry in self._entries if entry[1] == 5), None)
        if root is None:
            raise UnreadableSourceError(_BROKEN)
        self._mini_data = self._chain(root[2], root[3])
        mini_fat = self._chain(struct.unpack_from("<I", data, 60)[0])
        self._mini_fat = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat[:len(mini_fat) // 4 * 4])

    @property
    def names(self) -> list[str]:
        return [name for name, kind, _, _ in self._entries if kind == 2]

    def read(self, name: str) -> bytes:
        """A stream by its name. Raises UnreadableSourceError where there is none."""
        entry = next((one for one in self._entries if one[1] == 2 and one[0] == name), None)
        if entry is None:
            raise UnreadableSourceError(_BROKEN)
        _, _, start, size = entry
        return self._chain(start, size) if size >= self._cutoff else self._mini_chain(start, size)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._data[at:at + self._size]

    def _table(self) -> tuple[int, ...]:
        """The allocation table: for each sector the one that follows it."""
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        next_one = struct.unpack_from("<I", self._data, 68)[0]
        seen = 0
        while next_one < _LAST and seen < 2000:
            sector = self._sector(next_one)
            if len(sector) < self._size:
                break
            *more, next_one = struct.unpack(f"<{self._size // 4}I", sector)
            numbers += more
            seen += 1
        pieces = [self._sector(number) for number in numbers if number < _LAST]
        table = b"".join(piece for piece in pieces if len(piece) == self._size)
        return struct.unpack(f"<{len(table) // 4}I", table)

    def _chain(self, start: int, size: int | None = None) -> bytes:
        pieces, number = list[bytes](), start
        seen = set[int]()
        while number < _LAST and number not in seen and len(seen) < _MOST_SECTORS:
            seen.add(number)
            pieces.append(self._sector(number))
            number = self._fat[number] if number < len(self._fat) else _LAST
        found = b"".join(pieces)
        return found if size is None else found[:size]

    def _mini_chain(self, start: int, size: int) -> bytes:
        pieces, number = list[bytes](), start
        seen = set[int]()
        while number < _LAST and number not in seen and len(seen) < _MOST_SECTORS:
            seen.add(number)
            pieces.append(self._mini_data[number << 6:(number << 6) + 64])
            number = self._mini_fat[number] if number < len(self._mini_fat) else _LAST
        return b"".join(pieces)[:size]

    def _directory(self, data: bytes) -> Iterator[tuple[str, int, int, int]]:
        for at in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            if kind not in (1, 2, 5) or length > 64:
                continue
            name = data[at:at + max(0, length - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, at + 116)
            yield name, kind, start, size
